"""From the guide to the rating through the pages, as 王芳 with nothing but a browser without scripts."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import PAPER, actor
from tests.web.applicant.walking import SITUATION, begin, file_draft, fill_all, sign_in
from yijianshi.domain.cases import Action, State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import Target
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.working import drain
from yijianshi.web.acting import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

REVIEWERS = {
    "fire-safety-check": "zhaokai",
    "licence-check": "chenzhiyuan",
    "food-business-permit": "chenzhiyuan",
    "signage-permit": "zhoulin",
}


def filed(client: Client) -> UUID:
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_all(client, draft)
    return file_draft(client, draft, "王芳")


def cases_of(submission: UUID) -> dict[str, UUID]:
    return {case.now.item: case.now.id for case in load_submission(submission).cases}


def asked_to_correct(submission: UUID) -> None:
    """城管 cannot read the picture of the sign, and its name is another one."""
    case = cases_of(submission)["signage-permit"]
    zhou = actor("zhoulin", at=now())
    for target, code in ((Target.MATERIAL, "sign-rendering"), (Target.FIELD, "sign-text")):
        make_remark(
            case=case, actor=zhou, target=target, code=code, reason="看不清", basis="市容条例第十一条", remedy="请补清楚", at=now()
        )  # fmt: skip
    release_submission(submission=submission, actor=actor("hemin", at=now()), at=now())
    drain(at=now())


def test_a_restaurant_is_filed_without_scripts(client: Client) -> None:
    guide = client.get("/guide/open-restaurant", SITUATION)
    door = client.get(guide.context["page"].start)
    assert door["Location"].startswith("/login?next=")
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_all(client, draft)
    submission = file_draft(client, draft, "王芳")
    drain(at=now())
    assert "已收件" in client.get(f"/my/{submission}/receipt").text
    timeline = client.get(f"/my/{submission}").text
    for words in ("现在在谁手里", "陈志远", "025-0000-1003", "南京禾味餐饮管理有限公司"):
        assert words in timeline
    assert "南京禾味餐饮管理有限公司" in client.get("/my").text
    assert "已收到申报" in client.get("/my/messages").text
    again = client.post(f"{draft}/review", {"declared": "yes", "name": "王芳"})
    assert again["Location"] == f"/my/{submission}", "a second press files nothing"
    assert client.get(f"{draft}/form/0")["Location"] == f"/my/{submission}"


def test_the_one_correction_is_gathered_bit_by_bit_and_given_back_at_once(client: Client) -> None:
    submission = filed(client)
    asked_to_correct(submission)
    page = client.get(f"/my/{submission}")
    assert "请您补 2 样材料和内容" in page.text
    assert page.context["waiting"] == 1
    address = f"/my/{submission}/correction"
    nothing = client.post(address, {})
    assert nothing.status_code == 422
    assert "招牌设置效果图：还没有补" in nothing.text
    bad = SimpleUploadedFile("图.exe", b"MZ", "application/octet-stream")
    refused = client.post(f"{address}/sign-rendering", {"file": bad})
    assert refused.status_code == 422
    good = SimpleUploadedFile("图.pdf", PAPER, "application/pdf")
    assert client.post(f"{address}/sign-rendering", {"file": good}).status_code == 302
    half = client.post(address, {})
    assert half.status_code == 422
    assert "图.pdf" in half.text, "what was gathered is still there"
    assert client.post(f"{address}/business-licence", {"file": good}).status_code == 422, (
        "nobody asked for it"
    )
    done = client.post(address, {"sign-text": "禾味小馆"})
    assert done["Location"] == f"/my/{submission}"
    states = {case.now.item: case.now.state for case in load_submission(submission).cases}
    assert states["signage-permit"] is State.CORRECTED
    assert client.get(address).status_code == 409
    assert client.post(address, {"sign-text": "再来"}).status_code == 409


def test_results_are_shown_with_their_seal_and_rated_once(client: Client) -> None:
    submission = filed(client)
    release_submission(submission=submission, actor=actor("hemin", at=now()), at=now())
    drain(at=now())
    assert client.post(f"/my/{submission}/rate", {"level": "5"}).status_code == 409
    for item, case in cases_of(submission).items():
        if load_submission(submission).case(case).now.state is State.ACCEPTED:
            decide_case(
                case=case, actor=actor(REVIEWERS[item], at=now()), decision=Decision(Action.GRANT), at=now()
            )
    drain(at=now())
    assert client.get(f"/my/{submission}").context["page"].lanes is None, "nobody holds anything any more"
    page = client.get(f"/my/{submission}").text
    assert "都办好了" in page
    assert "食品经营许可证" in page
    assert "准予许可" in page
    assert "结果已送达" in page
    empty = client.post(f"/my/{submission}/rate", {})
    assert empty.status_code == 422
    assert "请先选一个" in empty.text
    assert client.post(f"/my/{submission}/rate", {"level": "5", "comment": "快"}).status_code == 302
    assert "非常满意" in client.get(f"/my/{submission}").text
    assert client.post(f"/my/{submission}/rate", {"level": "1"}).status_code == 409


def test_what_runs_says_who_holds_it_and_what_is_done_folds_away(client: Client) -> None:
    submission = filed(client)
    release_submission(submission=submission, actor=actor("hemin", at=now()), at=now())
    drain(at=now())
    answer = client.get(f"/my/{submission}")
    page = answer.context["page"]
    assert "同时在办" in page.detail
    assert [notice.text for notice in page.joint] == ["请勾您方便的半天，几个部门一起来，只来一次"]
    assert page.lead.name == "何敏"
    assert any(day.is_today for day in page.lanes.axis.days), "today is on the picture, also on a Sunday"
    assert len(page.history.events) == 3
    assert page.earlier.events
    done = next(card for card in page.cards if card.name == "执照核验")
    assert (done.person, done.is_open) == (None, False)
    assert all(card.person for card in page.cards if card is not done)
    assert "设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批（户外招牌）" in answer.text
    assert "户外招牌" in dict(page.withdrawals)
    made = next(paper for paper in page.papers if paper.name == "消防安全检查申报表或告知承诺书")
    assert client.get(made.href)["Content-Type"] == "application/pdf"
    told = client.get("/my/messages").text
    assert "执照核验：办好了" in told
    assert "南京禾味餐饮管理有限公司" in told


def test_what_was_declined_says_where_to_apply_instead(client: Client) -> None:
    submission = filed(client)
    declined = {
        ItemCode("signage-permit"): {
            "reasons": "不在本机关管辖范围内",
            "basis": "行政许可法第三十二条",
            "competent": "园区管理委员会",
        }
    }
    release_submission(submission=submission, actor=actor("hemin", at=now()), at=now(), declined=declined)
    drain(at=now())
    answer = client.get(f"/my/{submission}")
    page = answer.context["page"]
    assert "请向园区管理委员会申请" in answer.text
    assert next(card for card in page.cards if card.name == "户外招牌").is_open
    assert "没有办成 1 项" in page.donut.sentence
    assert page.donut.done == sum(card.tag.word == "已办结" for card in page.cards)


def test_looks_of_one_official_on_one_day_are_one_line(client: Client) -> None:
    submission = filed(client)
    drain(at=now())
    reviewer = Client()
    sign_in(reviewer, "zhoulin")
    for _ in range(3):
        assert reviewer.get(f"/desk/{cases_of(submission)['signage-permit']}").status_code == 200
    looks = [look for look in client.get("/my/reads").context["looks"] if look.who == "周琳"]
    assert len(looks) == 1
    assert looks[0].times >= 3
    assert f"看了 {looks[0].times} 次，最后 今天" in client.get("/my/reads").text


def test_a_refusal_tells_reason_basis_and_what_remains_open(client: Client) -> None:
    submission = filed(client)
    release_submission(submission=submission, actor=actor("hemin", at=now()), at=now())
    drain(at=now())
    decision = Decision(Action.REFUSE, reasons="招牌超出屋顶。", basis="市容条例第十一条")
    decide_case(
        case=cases_of(submission)["signage-permit"],
        actor=actor("zhoulin", at=now()),
        decision=decision,
        at=now(),
    )
    page = client.get(f"/my/{submission}").text
    for words in ("招牌超出屋顶。", "市容条例第十一条", "行政复议", "行政诉讼"):
        assert words in page


def test_what_falls_with_a_withdrawal_is_shown_before(client: Client) -> None:
    submission = filed(client)
    cases = cases_of(submission)
    address = f"/my/{submission}/withdraw/{cases['licence-check']}"
    question = client.get(address)
    assert "撤回这 4 项" in question.text
    assert "户外招牌 · 城管" in question.text
    assert load_submission(submission).state == "received", "asking does nothing"
    single = client.get(f"/my/{submission}/withdraw/{cases['signage-permit']}")
    assert "不受影响，照常办" in single.text
    assert client.post(f"/my/{submission}/withdraw/{cases['signage-permit']}").status_code == 302
    states = {case.now.item: case.now.state for case in load_submission(submission).cases}
    assert states["signage-permit"] is State.WITHDRAWN
    assert states["food-business-permit"] is State.RECEIVED
    assert client.post(f"/my/{submission}/withdraw/{cases['signage-permit']}").status_code == 409


def test_somebody_else_and_nonsense_get_the_same_refusal(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_all(client, draft)
    other = begin(client)
    submission = file_draft(client, draft, "王芳")
    copy = client.get("/my/materials").context["lines"][0].copy
    case = cases_of(submission)["signage-permit"]
    stranger = Client()
    sign_in(stranger, "qianjin")
    nowhere = "00000000-0000-7000-8000-000000000000"
    pages = [
        f"/my/{submission}", f"/my/{submission}/receipt", f"/my/{submission}/correction",
        f"/my/{submission}/withdraw/{case}", f"/my/materials/{copy}", f"{other}/situation", f"{other}/form/0",
        f"{other}/materials", f"{other}/review", other,
    ]  # fmt: skip
    told = set()
    for page in (*pages, f"/my/{nowhere}", f"/draft/{nowhere}/form/0", f"/my/materials/{nowhere}"):
        response = stranger.get(page)
        assert response.status_code == 404, page
        assert "王芳" not in response.text
        told.add(response.text.split("怎么回事")[1].split("</dl>")[0])
    assert len(told) == 1
    for page in (
        f"{other}/form/0/save",
        f"{other}/review",
        f"/my/{submission}/rate",
        f"{other}/materials/sign-rendering",
    ):
        assert stranger.post(page, {"level": "1"}).status_code == 404, page
    assert client.get("/my/not-a-key").status_code == 404


NEWBORN = {
    "birth-place": "省内助产机构", "married": "yes", "household-follow": "随父", "mother-insured": "职工生育保险",
    "directly-settled": "no",
}  # fmt: skip
FOUNDING = {"needs-seal": "yes", "needs-account": "yes", "needs-invoice": "yes", "has-employees": "yes"}


@pytest.mark.parametrize(
    ("login", "name", "bundle", "situation"),
    [("wangfang", "王芳", "newborn", NEWBORN), ("zhouwen", "周文", "enterprise-opening", FOUNDING)],
)
def test_the_same_pages_file_every_other_one_thing(
    client: Client, login: str, name: str, bundle: str, situation: dict[str, str]
) -> None:
    sign_in(client, login)
    draft = begin(client, bundle, situation)
    fill_all(client, draft)
    submission = file_draft(client, draft, name)
    drain(at=now())
    release_submission(
        submission=submission, actor=actor("liujie" if bundle == "newborn" else "hemin", at=now()), at=now()
    )
    drain(at=now())
    assert "现在在谁手里" in client.get(f"/my/{submission}").text


def test_who_represents_no_enterprise_is_told_why_a_restaurant_is_not_his(client: Client) -> None:
    sign_in(client, "zhouwen")
    page = client.get("/start/open-restaurant")
    assert "这件事由单位来办" in page.text
    assert client.post("/start/open-restaurant", {"party": "nonsense"}).status_code == 404
