"""
What a reader likes, wherever he signs in (跟着账号走): large letters and his region come back with the account.

The session carries them, so that no page asks the database; a browser without a session has its own cookies.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from yijianshi.services.portal.settings import choose_division, choose_elder, settings_of
from yijianshi.web.acting import actor_if_any

from .device import DIVISION, ELDER, kiosk_of


def on_sign_in(*, request: HttpRequest | None, user: Any, **_: Any) -> None:
    """Bring back what the account has chosen, when somebody has signed in."""
    if request is None:
        return
    kept = settings_of(UUID(str(user.pk)))
    if kept.elder is not None:
        request.session[ELDER] = kept.elder
    elif request.COOKIES.get(ELDER) == "1":
        request.session[ELDER] = True
    if kept.division:
        request.session[DIVISION] = kept.division


def remember_elder(request: HttpRequest, elder: bool) -> None:
    """Keep with the session, and with the account of who is signed in, whether the letters are large."""
    if _has_session(request):
        request.session[ELDER] = elder
    if who := actor_if_any(request):
        choose_elder(actor=who, elder=elder)


def remember_division(request: HttpRequest, division: str) -> None:
    """Keep with the session, and with the account of who is signed in, where he is at home."""
    if _has_session(request):
        request.session[DIVISION] = division
    if who := actor_if_any(request):
        choose_division(actor=who, division=division)


def _has_session(request: HttpRequest) -> bool:
    """Return whether the session is to carry it: a visitor at his own browser has cookies for that."""
    return bool(request.user.is_authenticated) or kiosk_of(request) is not None
