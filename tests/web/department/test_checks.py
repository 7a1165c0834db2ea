"""The queue of commitments to be checked, the record of what was found, and what the applicant reads and may do."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import actor
from tests.filed import fill, seal
from tests.web.staff import signed_in_as
from yijianshi.domain.cases import Action
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.applying.choose import choose_items
from yijianshi.services.applying.start import start_draft
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.working import drain
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.promises.models import CreditRow
from yijianshi.web.acting import ACTING_FOR

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C1.5")]
FIRE = "fire-safety-check"
ITEMS = (ItemCode("licence-check"), ItemCode(FIRE))


class Committed:
    """A fire check that 王芳's enterprise filed on a commitment, released."""

    def __init__(self) -> None:
        at, who = NODE_CLOCK.now(), actor("wangfang", at=NODE_CLOCK.now(), enterprise=True)
        self.draft = begun()
        problems = choose_items(draft=self.draft, actor=who, items=ITEMS, commitments=[ItemCode(FIRE)], at=at)
        assert problems == ()
        self.id = seal(fill(self.draft, who=who, at=at), who=who, at=at).id
        release_submission(submission=self.id, actor=actor("hemin", at=at), at=at)
        drain(at=at)

    @property
    def case(self) -> UUID:
        return next(c.now.id for c in load_submission(self.id).cases if c.now.item == FIRE)

    @property
    def state(self) -> str:
        return str(next(c.now.state for c in load_submission(self.id).cases if c.now.item == FIRE))

    def grant(self) -> None:
        at = NODE_CLOCK.now()
        decide_case(case=self.case, actor=actor("zhaokai", at=at), decision=Decision(Action.GRANT), at=at)
        drain(at=at)

    def owner(self) -> Client:
        client = signed_in_as("wangfang")
        session = client.session
        session[ACTING_FOR] = str(load_submission(self.id).party)
        session.save()
        return client


def begun() -> UUID:
    at = NODE_CLOCK.now()
    return start_draft(
        actor=actor("wangfang", at=at, enterprise=True), bundle=BundleCode("open-restaurant"),
        division=DivisionCode("320106"), items=ITEMS, at=at,
        answers={"venue-area": 480, "has-signage": False, "sells-tobacco": False, "discharges-to-sewer": False},
    )  # fmt: skip


@pytest.fixture
def committed(db: None) -> Committed:
    return Committed()


def text_of(response: Any) -> str:
    return response.content.decode()


def test_what_was_granted_on_a_commitment_stands_in_a_queue_of_its_own(committed: Committed) -> None:
    zhao = signed_in_as("zhaokai")
    assert "没有待核查的承诺" in text_of(zhao.get("/desk/checks"))
    committed.grant()
    assert "/desk/checks" in text_of(zhao.get("/desk"))
    assert str(committed.case) in text_of(zhao.get("/desk/checks"))
    page = text_of(zhao.get(f"/desk/{committed.case}"))
    assert f"/desk/{committed.case}/check" in page
    assert str(committed.case) not in text_of(signed_in_as("chenzhiyuan").get("/desk/checks"))
    assert signed_in_as("wangfang").get("/desk/checks").status_code == 404
    assert signed_in_as("chenzhiyuan").get(f"/desk/{committed.case}/check").status_code == 404


def test_a_kept_commitment_leaves_the_queue(committed: Committed) -> None:
    committed.grant()
    zhao, address = signed_in_as("zhaokai"), f"/desk/{committed.case}/check"
    assert zhao.get(address).status_code == 200
    refused = zhao.post(address, {"outcome": "", "facts": "现场看过"})
    assert refused.status_code == 422
    assert "现场看过" in text_of(refused)
    assert zhao.post(address, {"outcome": "kept", "facts": "现场看过，出口两个"}).status_code == 302
    assert committed.state == "granted"
    assert str(committed.case) not in text_of(zhao.get("/desk/checks"))
    assert "承诺已核查，属实" in text_of(zhao.get(f"/desk/{committed.case}"))
    assert zhao.post(address, {"outcome": "kept", "facts": "再看"}).status_code == 409
    assert committed.owner().get(f"/my/{committed.id}").status_code == 200


def test_a_broken_commitment_is_revoked_told_and_shuts_the_quick_way_until_repaired(
    committed: Committed,
) -> None:
    committed.grant()
    zhao, owner = signed_in_as("zhaokai"), committed.owner()
    address = f"/desk/{committed.case}/check"
    assert zhao.post(address, {"outcome": "broken", "facts": "出口只有一个", "basis": ""}).status_code == 422
    assert committed.state == "granted"
    given = {"outcome": "broken", "facts": "出口只有一个", "basis": "国办发〔2020〕42号"}
    assert zhao.post(address, given).status_code == 302
    drain(at=NODE_CLOCK.now())
    assert committed.state == "revoked"
    assert CreditRow.objects.count() == 1
    assert MessageRow.objects.filter(key="case.revoked").exists()
    assert "已记入信用" in text_of(owner.get(f"/my/{committed.id}"))

    draft = begun()
    page = text_of(owner.get(f"/draft/{draft}/situation"))
    assert "这次不能用告知承诺" in page
    assert 'name="commit"' not in page
    posted = owner.post(f"/draft/{draft}/situation", {"item": list(ITEMS), "commit": [FIRE]})
    assert posted.status_code == 422
    assert "修复" in text_of(posted)

    case_page = text_of(zhao.get(f"/desk/{committed.case}"))
    assert "出口只有一个" in case_page
    assert f"/desk/{committed.case}/repair" in case_page
    assert zhao.get(f"/desk/{committed.case}/repair").status_code == 200
    assert zhao.post(f"/desk/{committed.case}/repair", {"reason": " "}).status_code == 422
    assert zhao.post(f"/desk/{committed.case}/repair", {"reason": "加开了出口"}).status_code == 302
    assert "信用已修复" in text_of(zhao.get(f"/desk/{committed.case}"))
    assert 'name="commit"' in text_of(owner.get(f"/draft/{draft}/situation"))


def test_the_applicant_takes_his_commitment_back_and_reads_what_it_means_first(committed: Committed) -> None:
    owner, address = committed.owner(), f"/my/{committed.id}/commitment/{committed.case}"
    assert address in text_of(owner.get(f"/my/{committed.id}"))
    asked = text_of(owner.get(address))
    assert "按一般程序办" in asked
    assert signed_in_as("zhaokai").get(address).status_code == 404
    assert owner.post(address, {"reason": "图纸要重画"}).status_code == 302
    page = text_of(owner.get(f"/my/{committed.id}"))
    assert address not in page
    assert "申请人撤回承诺" in page
    assert owner.get(address).status_code == 409
    assert "告知承诺办理" not in text_of(signed_in_as("zhaokai").get(f"/desk/{committed.case}"))
