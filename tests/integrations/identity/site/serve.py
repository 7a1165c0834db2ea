"""`python -m tests.integrations.identity.site.serve`: set the provider up in its folder, say its port, and serve."""

import json
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main(client: str, secret: str, back: str) -> None:
    """Make the users that the test wrote down, and the one application; serve until killed."""
    django.setup()
    from django.contrib.auth.models import User
    from oauth2_provider.models import Application

    from .settings import FOLDER

    call_command("migrate", verbosity=0)
    for name in json.loads((FOLDER / "people.json").read_text()):
        User.objects.create_user(name, password="open sesame")
    Application.objects.create(
        client_id=client, client_secret=secret, client_type="confidential", redirect_uris=back,
        authorization_grant_type="authorization-code", algorithm="RS256", name="一件事",
    )  # fmt: skip
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Silent)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
