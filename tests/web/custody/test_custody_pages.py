"""A lease taken in at 昆山, sent to 鼓楼, counted, kept, given back; a certificate that comes back to be fetched."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.services.custody.far import GULOU, KUNSHAN, begin_far_away, file_far_away
from tests.services.town import StandingClock, Town
from tests.web.staff import signed_in_as
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.custody.receive import Found, receive_list
from yijianshi.services.custody.send import send_papers
from yijianshi.services.custody.take import Handed, take_originals
from yijianshi.store.accounts.models import Officer, Party
from yijianshi.store.custody.models import HandOverRow, PaperRow, PickUpRow, ReceiptRow
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.results.models import DeliveryRow
from yijianshi.store.submissions.models import SubmissionRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C1.7")]


def text_of(response: Any) -> str:
    return str(response.content.decode())


MARKET = "market-regulation@320106"


class Far:
    """A restaurant for 鼓楼 that 汤静 took in at 昆山."""

    def __init__(self) -> None:
        self.town = Town(StandingClock(NODE_CLOCK.now()), None)  # type: ignore[arg-type]
        self.id = file_far_away(self.town)

    def takes_the_lease(self) -> UUID:
        receipt = take_originals(
            actor=self.town.who("tangjing"), brought_by="王芳", papers=[Handed("租赁合同原件", 1, 12)],
            submission=self.id, at=self.town.now,
        )  # fmt: skip
        return PaperRow.objects.get(receipt=receipt).id

    def sends(
        self, paper: UUID, *, sender: str = KUNSHAN, to: str = GULOU, who: str = "tangjing", days_ago: int = 0
    ) -> UUID:
        from yijianshi.domain.custody import HandOverWay

        return send_papers(
            papers=[paper], sender=sender, to=to, way=HandOverWay.BY_HAND, courier_number="", actor=self.town.who(who),
            at=self.town.now - timedelta(days=days_ago),
        )  # fmt: skip


@pytest.fixture
def far() -> Far:
    return Far()


def papers_posted(**more: str) -> dict[str, str]:
    row = {
        "papers.0.name": "租赁合同原件",
        "papers.0.copies": "1",
        "papers.0.pages": "12",
        "papers.rows": "1",
    }
    return {"brought_by": "王芳"} | row | more


@pytest.mark.clause("S2.1")
def test_the_clerk_chooses_the_home_and_the_draft_is_of_that_division(seeded: None) -> None:
    tang = signed_in_as("tangjing")
    assert "归哪里办" in text_of(tang.get("/window/start"))
    sent = {
        "home": "320106", "bundle": "open-restaurant", "kind": "enterprise", "number": "91320106DEM000014U",
        "name": "南京禾味餐饮管理有限公司",
    }  # fmt: skip
    began = tang.post("/window/start", sent)
    party = Party.objects.get(pk=UUID(began["Location"].split("/")[-1].partition("?")[0]))
    assert began["Location"].endswith(f"{party.id}?home=320106")
    assert "鼓楼区" in text_of(tang.get(began["Location"]))
    situation = {"venue-area": "80", "has-signage": "no", "sells-tobacco": "no", "discharges-to-sewer": "no"}
    opened = tang.post(began["Location"], situation)
    assert opened.status_code == 302
    draft = DraftRow.objects.order_by("-id").first()
    assert draft
    assert "收存原件" in text_of(tang.get(f"/draft/{draft.id}/materials"))
    nowhere = tang.post("/window/start", sent | {"home": "999999"})
    assert nowhere["Location"].endswith(str(party.id)), "an unknown place is the window's own"


def test_the_receiving_window_sees_how_far_it_is_and_nothing_of_the_form(far: Far) -> None:
    tang, li = signed_in_as("tangjing"), signed_in_as("laoli")
    assert "替外地收的" in text_of(tang.get("/window"))
    page = text_of(tang.get(f"/window/{far.id}"))
    assert "食品经营许可" in page
    assert "只看得到进度" in page
    assert "苏州市昆山市政务服务中心" in page
    assert "示例路" not in page
    for closed in (f"/my/{far.id}", f"/window/{far.id}/review", f"/my/{far.id}/receipt"):
        assert tang.get(closed).status_code == 404
    assert tang.get(f"/papers/{far.id}/receipt.pdf").status_code == 200
    assert tang.get(f"/papers/{far.id}/form.pdf").status_code == 404
    assert "苏州市昆山市政务服务中心" in text_of(li.get(f"/window/{far.id}"))


def test_originals_are_taken_in_with_a_receipt_and_what_is_missing_is_said_at_its_field(far: Far) -> None:
    tang = signed_in_as("tangjing")
    address = f"/window/{far.id}/custody"
    assert "收存原件" in text_of(tang.get(address))
    for wrong in ({"brought_by": ""}, {"papers.0.pages": ""}, {"papers.0.name": ""}):
        refused = tang.post(address, papers_posted(**wrong))
        assert refused.status_code == 422
        assert "改好再收" in text_of(refused)
    assert not ReceiptRow.objects.exists()
    more = tang.post(address, papers_posted(row="add:papers"))
    assert more.status_code == 200
    assert "第 2 行" in text_of(more)
    assert tang.post(address, papers_posted()).status_code == 302
    receipt = ReceiptRow.objects.get()
    assert receipt.number in text_of(tang.get(address))
    assert tang.get(f"/papers/custody/{receipt.id}.pdf").status_code == 200
    for stranger in ("qianjin", "zhaokai"):
        assert signed_in_as(stranger).get(f"/papers/custody/{receipt.id}.pdf").status_code == 404
        assert signed_in_as(stranger).get(address).status_code == 404
    assert tang.get(f"/papers/custody/{uuid4()}.pdf").status_code == 404


def test_originals_are_taken_in_while_the_form_is_filled(seeded: None) -> None:
    town = Town(StandingClock(NODE_CLOCK.now()), None)  # type: ignore[arg-type]
    draft = begin_far_away(town)
    tang = signed_in_as("tangjing")
    assert tang.post(f"/draft/{draft}/custody", papers_posted()).status_code == 302
    assert "打原件保管回执" in text_of(tang.get(f"/draft/{draft}/custody"))
    assert "还没有交还" in text_of(tang.post(f"/draft/{draft}/discard"))
    assert signed_in_as("laoli").get(f"/draft/{draft}/custody").status_code == 404
    filed = tang.post(f"/draft/{draft}/review", {"declared": "on"})
    submission = SubmissionRow.objects.order_by("-id").first()
    assert submission
    assert filed["Location"] == f"/window/{submission.id}"
    assert PaperRow.objects.get().submission_id == submission.id


def test_what_is_ticked_goes_on_a_list_and_the_other_counts_it(far: Far) -> None:
    paper = far.takes_the_lease()
    tang, li = signed_in_as("tangjing"), signed_in_as("laoli")
    assert "租赁合同原件" in text_of(tang.get("/custody"))
    whole = {"place": KUNSHAN, "paper": str(paper), "to": GULOU, "way": "courier", "courier": "SF123"}
    for wrong, words in (
        ({"paper": ""}, "一份也没有勾"),
        ({"courier": ""}, "快递单号"),
        ({"to": ""}, "移交给哪里"),
    ):
        refused = tang.post("/custody", whole | wrong)
        assert refused.status_code == 422
        assert words in text_of(refused)
    assert signed_in_as("laoli").post("/custody", whole).status_code == 404
    sent = tang.post("/custody", whole)
    listed = HandOverRow.objects.get()
    assert sent["Location"] == f"/custody/lists/{listed.id}"
    page = text_of(tang.get(sent["Location"]))
    assert "撤回移交" in page
    assert "SF123" in page
    assert tang.get(f"/papers/hand-over/{listed.id}.pdf").status_code == 200
    assert "等您签收" in text_of(li.get("/custody"))
    assert li.post(sent["Location"], {}).status_code == 422
    short = {f"got-{paper}": "some", f"pages-{paper}": "11", f"note-{paper}": ""}
    assert "少了什么" in text_of(li.post(sent["Location"], short))
    assert li.post(sent["Location"], short | {f"note-{paper}": "缺第 12 页"}).status_code == 302
    assert "缺第 12 页" in text_of(li.get(f"/custody/{paper}"))
    assert signed_in_as("heli").get("/supervise/custody").status_code == 200
    assert "应有 12，点到 11" in text_of(signed_in_as("heli").get("/supervise/custody"))
    for stranger in ("zhaokai", "heli", "wangfang"):
        assert signed_in_as(stranger).get(f"/custody/{paper}").status_code == 404
        assert signed_in_as(stranger).get(sent["Location"]).status_code == 404
    assert signed_in_as("laoli").get("/supervise/custody").status_code == 404


def test_a_list_is_called_back_and_a_missing_paper_found(far: Far) -> None:
    paper, tang, li = far.takes_the_lease(), signed_in_as("tangjing"), signed_in_as("laoli")
    first = far.sends(paper)
    assert li.post(f"/custody/lists/{first}", {"call_back": "1"}).status_code == 404
    assert tang.post(f"/custody/lists/{first}", {"call_back": "1"}).status_code == 302
    second = far.sends(paper)
    missing = {f"got-{paper}": "none", f"note-{paper}": "信封是空的"}
    assert li.post(f"/custody/lists/{second}", missing).status_code == 302
    assert "请查找" in text_of(tang.get("/custody"))
    assert "找到了吗" in text_of(tang.get(f"/custody/{paper}"))
    assert tang.post(f"/custody/{paper}", {"find": "1"}).status_code == 302
    assert PaperRow.objects.get().state == "held"


def test_the_department_gives_back_or_keeps_and_the_applicant_sees_where_it_is(far: Far) -> None:
    first, second = far.takes_the_lease(), far.takes_the_lease()
    chen, tang = signed_in_as("chenzhiyuan"), signed_in_as("tangjing")
    for paper in (first, second):
        listed = far.sends(paper, to=MARKET)
        receive_list(
            hand_over=listed, found={paper: Found(12)}, actor=far.town.who("chenzhiyuan"), at=far.town.now
        )
    wang = as_enterprise("wangfang")
    mine = text_of(wang.get(f"/my/{far.id}"))
    assert "我的原件在哪里" in mine
    assert "在鼓楼区市场监督管理局保管" in mine
    food = far.town.case(far.id, "food-business-permit").now.id
    assert "租赁合同原件" in text_of(chen.get(f"/desk/{food}"))
    assert chen.post(f"/custody/{first}", {"give": "1", "to_whom": ""}).status_code == 422
    assert chen.post(f"/custody/{first}", {"give": "1", "to_whom": "王芳本人"}).status_code == 302
    assert tang.post(f"/custody/{second}", {"keep": "1", "why": "x"}).status_code == 404
    assert chen.post(f"/custody/{second}", {"keep": "1", "why": ""}).status_code == 422
    assert chen.post(f"/custody/{second}", {"keep": "1", "why": "示例条例第九条"}).status_code == 302
    mine = text_of(wang.get(f"/my/{far.id}"))
    assert "已经交还，不在任何单位手里" in mine
    assert "归档留存" in mine


@pytest.mark.clause("S9.1")
def test_a_certificate_comes_to_the_chosen_window_and_is_fetched_with_the_code(far: Far) -> None:
    far.town.later(minutes=5)
    far.town.release(far.id)
    food = far.town.case(far.id, "food-business-permit").now.id
    chen, tang, wang = signed_in_as("chenzhiyuan"), signed_in_as("tangjing"), as_enterprise("wangfang")
    assert chen.get(f"/desk/{food}/certificate").status_code == 409
    assert "到哪个窗口领" in text_of(wang.get(f"/my/{far.id}/pick-up"))
    assert wang.post(f"/my/{far.id}/pick-up", {"place": "nowhere"}).status_code == 422
    for place in (GULOU, KUNSHAN):
        assert wang.post(f"/my/{far.id}/pick-up", {"place": place})["Location"] == f"/my/{far.id}"
    assert tang.post(f"/my/{far.id}/pick-up", {"place": KUNSHAN})["Location"] == f"/window/{far.id}"
    assert signed_in_as("qianjin").get(f"/my/{far.id}/pick-up").status_code == 404
    assert PickUpRow.objects.filter(submission=far.id).count() == 3
    far.town.decide_all(far.id)
    assert "登记实体证照" in text_of(chen.get(f"/desk/{food}"))
    page = text_of(chen.get(f"/desk/{food}/certificate"))
    assert "苏州市昆山市政务服务中心" in page
    assert chen.post(f"/desk/{food}/certificate", {"name": "", "copies": "1"}).status_code == 422
    made = chen.post(f"/desk/{food}/certificate", {"name": "食品经营许可证", "copies": "2"})
    assert made["Location"] == f"/custody?place={MARKET}"
    assert "要送到苏州市昆山市政务服务中心" in text_of(chen.get(made["Location"]))
    delivery = DeliveryRow.objects.get(submission=far.id)
    number = SubmissionRow.objects.get(pk=far.id).number
    code = {"number": number, "code": delivery.pick_up_code}
    early = tang.post("/window/hand-over", code)
    assert early.status_code == 422
    assert "还有实体证照没有到本窗口" in text_of(early)
    assert "实体证照还没有送到窗口" in text_of(wang.get(f"/my/{far.id}"))
    paper = PaperRow.objects.get(kind="certificate").id
    listed = far.sends(paper, sender=MARKET, to=KUNSHAN, who="chenzhiyuan")
    assert tang.post(f"/custody/lists/{listed}", {f"got-{paper}": "all"}).status_code == 302
    assert "取件码" in text_of(tang.get(f"/window/{far.id}"))
    assert "实体证照还没有送到窗口" not in text_of(wang.get(f"/my/{far.id}"))
    assert tang.post("/window/hand-over", code).status_code == 302
    assert PaperRow.objects.get(pk=paper).state == "given_back"


def test_supervision_sees_what_nobody_signed_for(far: Far) -> None:
    Officer.objects.update(since=far.town.now - timedelta(days=30))
    listed = far.sends(far.takes_the_lease(), days_ago=20)
    assert HandOverRow.objects.get(pk=listed)
    page = text_of(signed_in_as("heli").get("/supervise/custody"))
    assert "超期" in page
    assert "南京禾味" not in page
    assert "超期没签收" in text_of(signed_in_as("tangjing").get("/custody"))


def as_enterprise(login: str) -> Client:
    client = signed_in_as(login)
    session = client.session
    town = Town(StandingClock(NODE_CLOCK.now()), None)  # type: ignore[arg-type]
    session["acting_for"] = town.who(login, enterprise=True).party
    session.save()
    return client
