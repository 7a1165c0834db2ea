"""From the guide to the timeline through the pages, as 王芳 with nothing but a browser without scripts."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from tests.cast import PAPER, plausible
from yijianshi.project import seeding
from yijianshi.services.working import drain
from yijianshi.web.acting import now

pytestmark = pytest.mark.django_db

SITUATION = {"venue-area": "120", "has-signage": "yes", "sells-tobacco": "no", "discharges-to-sewer": "no"}


@pytest.fixture
def cast() -> Iterator[None]:
    seeding.seed()
    yield


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
    found = re.search(r"/my/([0-9a-f-]{36})/receipt", response["Location"])
    assert found
    return UUID(found[1])


def test_a_restaurant_is_filed_without_scripts(client: Client, cast: None) -> None:
    guide = client.get("/guide/open-restaurant", SITUATION)
    assert guide.status_code == 200
    start = guide.context["page"].start
    door = client.get(start)
    assert door["Location"].startswith("/login?next=")
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_all(client, draft)
    submission = file_draft(client, draft, "王芳")
    drain(at=now())
    receipt = client.get(f"/my/{submission}/receipt")
    assert "已收件" in receipt.text
    timeline = client.get(f"/my/{submission}")
    assert timeline.status_code == 200
    assert "现在在谁手里" in timeline.text
    assert "陈志远" in timeline.text
    assert "025-0000-1003" in timeline.text
    assert "南京禾味餐饮管理有限公司" in client.get("/my").text
    again = client.post(f"{draft}/review", {"declared": "yes", "name": "王芳"})
    assert again["Location"] == f"/my/{submission}"
