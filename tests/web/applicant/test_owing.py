"""Handing in later, on pages: promised beside the document, told on the matter's page, handed in, and seen by the officer."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import PAPER, actor
from tests.filed import unanswered
from tests.web.staff import signed_in_as
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.sharing import MaterialWay
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.start import start_draft
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.working import drain
from yijianshi.web.acting import ACTING_FOR, today

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C1.5")]
SIGN, RENDERING = "signage-permit", "sign-rendering"
ITEMS = (ItemCode("licence-check"), ItemCode(SIGN))


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def draft(db: None) -> UUID:
    return half_done()


def half_done() -> UUID:
    """Return a draft in which everything is filled in and handed in but the rendering of the sign."""
    at = NODE_CLOCK.now()
    who = actor("wangfang", at=at, enterprise=True)
    key = start_draft(
        actor=who, bundle=BundleCode("open-restaurant"), division=DivisionCode("320106"), items=ITEMS, at=at,
        answers={"venue-area": 120, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": False},
    )  # fmt: skip
    for _ in range(4):
        fill_fields(draft=key, actor=who, given=unanswered(open_draft(key, actor=who)), at=at)
    for needed in open_draft(key, actor=who).plan().materials:
        if needed.way is MaterialWay.UPLOAD and needed.material != RENDERING:
            attach_material(
                draft=key, actor=who, material=needed.material, filename="材料.pdf", content=PAPER, at=at
            )
    return key


@pytest.fixture
def owner(draft: UUID) -> Client:
    client = signed_in_as("wangfang")
    session = client.session
    session[ACTING_FOR] = actor("wangfang", at=NODE_CLOCK.now(), enterprise=True).party
    session.save()
    return client


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("效果图.pdf", PAPER, content_type="application/pdf")


def test_a_document_is_promised_handed_in_and_the_grant_waits_for_it(draft: UUID, owner: Client) -> None:
    materials, promise = f"/draft/{draft}/materials", f"/draft/{draft}/materials/{RENDERING}/owe"
    assert promise in text_of(owner.get(materials))
    assert "还差" in text_of(owner.get(f"/draft/{draft}/review"))
    for day in ("", "2020-01-01"):
        assert owner.post(promise, {"day": day}).status_code == 422
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert owner.post(promise, {"day": tomorrow}).status_code == 302
    assert "说好" in text_of(owner.get(materials))
    assert owner.post(promise, {"now": "1"}).status_code == 302
    assert "还差" in text_of(owner.get(f"/draft/{draft}/review"))
    owner.post(promise, {"day": tomorrow})
    review = text_of(owner.get(f"/draft/{draft}/review"))
    assert "前补交" in review
    sent = owner.post(f"/draft/{draft}/review", {"declared": "yes", "name": "王芳"})
    assert sent.status_code == 302
    submission = UUID(sent.headers["Location"].split("/")[2])

    at = NODE_CLOCK.now()
    release_submission(submission=submission, actor=actor("hemin", at=at), at=at)
    drain(at=at)
    case = next(c.now.id for c in load_submission(submission).cases if c.now.item == SIGN)
    zhou = signed_in_as("zhoulin")
    desk = text_of(zhou.get(f"/desk/{case}"))
    assert "容缺：" in desk
    assert "办妥以后才能准予" in desk
    assert zhou.post(f"/desk/{case}/grant", {}).status_code == 409

    address = f"/my/{submission}/owed"
    assert address in text_of(owner.get(f"/my/{submission}"))
    assert "还欠 1 份" in text_of(owner.get(address))
    assert signed_in_as("zhoulin").get(address).status_code == 404
    assert owner.post(f"{address}/{RENDERING}").status_code == 422
    assert owner.post(f"{address}/{RENDERING}", {"file": paper()}).status_code == 302
    assert "都补齐了" in text_of(owner.get(address))
    assert address not in text_of(owner.get(f"/my/{submission}"))
    assert owner.post(f"{address}/{RENDERING}", {"file": paper()}).status_code == 409
    assert "容缺：" not in text_of(zhou.get(f"/desk/{case}"))
    assert zhou.post(f"/desk/{case}/grant", {}).status_code == 302
