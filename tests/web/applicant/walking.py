"""Walking through the pages as a browser without scripts does: sign in, begin, fill, hand in, file."""

import re
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from tests.cast import PAPER, plausible, signed_in_for
from yijianshi.store.accounts.models import Account
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.together.models import AskedRow
from yijianshi.web.acting import now

SITUATION = {"venue-area": "120", "has-signage": "yes", "sells-tobacco": "no", "discharges-to-sewer": "no"}


def sign_in(client: Client, login: str) -> None:
    assert client.post("/login/as", {"login": login}).status_code == 302


def as_posted(value: Any, name: str) -> dict[str, Any]:
    """Return an answer as a browser sends it."""
    if isinstance(value, bool):
        return {name: "yes" if value else "no"}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {f"{name}.{n}.{key}": cell for n, row in enumerate(value) for key, cell in row.items()}
    return {name: value}


def fill_group(client: Client, address: str) -> Any:
    """Answer every question of a group plausibly and save it."""
    page = client.get(address)
    assert page.status_code == 200, address
    sent: dict[str, Any] = {}
    read = page.context["draft"]
    for question in page.context["page"].questions:
        element = read.edition.elements[question.name]
        value = "电子证照推送" if question.name == "delivery-method" else plausible(element)
        if question.value not in ("", None, [], False):
            value = question.value
        sent |= as_posted(value, question.name)
    return client.post(address, sent)


def begin(client: Client, bundle: str = "open-restaurant", situation: dict[str, str] | None = None) -> str:
    """Begin a draft from the guide's address and return its own."""
    query = QueryDict(mutable=True)
    query.update(SITUATION if situation is None else situation)
    page = client.get(f"/start/{bundle}?{query.urlencode()}")
    party = page.context["page"].parties[0]
    response = client.post(f"/start/{bundle}?{query.urlencode()}", {"party": str(party.id)})
    assert response.status_code == 302
    return response["Location"].removesuffix("/situation")


def fill_all(client: Client, draft: str) -> None:
    """Choose what is suggested, fill every group, hand in every document."""
    page = client.get(f"{draft}/situation")
    items = [choice.code for choice in page.context["page"].choices if choice.chosen]
    response = client.post(f"{draft}/situation", {"item": items})
    address = response["Location"]
    while "/form/" in address:
        response = fill_group(client, address)
        assert response.status_code == 302, response.context["page"].problems
        address = response["Location"]
    page = client.get(f"{draft}/materials")
    for wanted in page.context["page"].wanted:
        paper = SimpleUploadedFile("材料.pdf", PAPER, "application/pdf")
        assert client.post(wanted.upload, {"file": paper}).status_code == 302


def file_draft(client: Client, draft: str, name: str) -> UUID:
    """Confirm and file, and return the submission's key."""
    response = client.post(f"{draft}/review", {"declared": "yes", "name": name})
    assert response.status_code == 302, response.context["page"].open
    if response["Location"] == f"{draft}/review":
        return confirmed_by_all(UUID(draft.rpartition("/")[2]))
    found = re.search(r"/my/([0-9a-f-]{36})/receipt", response["Location"])
    assert found
    return UUID(found[1])


def confirmed_by_all(draft: UUID) -> UUID:
    """Have everybody who is asked sign in and confirm, and return what was filed."""
    for row in AskedRow.objects.filter(draft=draft, state="asked"):
        who = signed_in_for(row.party_id, at=now())
        client = Client()
        client.force_login(Account.objects.get(pk=who.account))
        page = client.get(f"/together/{row.id}")
        sent = {
            "declared": "yes",
            "name": page.context["page"].name,
            "seen": page.context["page"].read.digest,
        }
        assert client.post(f"/together/{row.id}", sent).status_code == 302
    filed = DraftRow.objects.get(pk=draft).filed_as
    assert filed is not None
    return filed
