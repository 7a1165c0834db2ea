"""王芳 and 张伟 sign for their daughter on the pages: she asks, he reads and confirms, both see how far it is."""

from uuid import UUID

import pytest
from django.test import Client

from tests.cast import actor
from tests.web.applicant.walking import begin, confirmed_by_all, fill_all, sign_in
from tests.web.staff import signed_in_as
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.corrections import Target
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.start import start_draft
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.working import drain
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.submissions.models import SubmissionRow
from yijianshi.store.together.models import AskedRow
from yijianshi.web.acting import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

NEWBORN = {
    "birth-place": "省内助产机构", "married": "yes", "household-follow": "随母", "mother-insured": "职工生育保险",
    "directly-settled": "yes",
}  # fmt: skip
SIGNED = {"declared": "yes", "name": "王芳"}


@pytest.fixture
def draft(client: Client) -> str:
    sign_in(client, "wangfang")
    draft = begin(client, "newborn", NEWBORN)
    fill_all(client, draft)
    return draft


def asked(draft: str) -> AskedRow:
    return AskedRow.objects.get(draft=UUID(draft.rpartition("/")[2]))


@pytest.mark.clause("S6.1", "C2.1")
def test_she_signs_he_reads_what_concerns_him_and_confirms_and_it_is_filed(
    client: Client, draft: str
) -> None:
    before = client.get(f"{draft}/review").text
    assert "签名，请对方确认" in before
    assert "还没请他" in before
    waiting = client.post(f"{draft}/review", SIGNED, follow=True).text
    assert "存好了，等对方确认" in waiting
    link = f"/together/{asked(draft).id}"
    assert link in waiting, "the link and its square code"
    assert 'name="declared"' not in waiting, "nothing is left to press"
    zhang = signed_in_as("zhangwei")
    assert zhang.get("/my").context["waiting"] == 1
    assert link in zhang.get("/my").text
    assert link in zhang.get("/my/messages").text
    page = zhang.get(link)
    for words in ("王芳填的申请", "把您写作父亲", "材料清单", "不认识这件事，就不要确认", "新生儿姓名"):
        assert words in page.text, words
    assert "1992-05-18" not in page.text, "her day of birth is her own"
    unsigned = zhang.post(link, {"seen": asked(draft).digest, "name": "王芳"})
    assert unsigned.status_code == 422
    assert "请写您自己的姓名“张伟”" in unsigned.text
    sent = {"declared": "yes", "name": "张伟", "seen": asked(draft).digest}
    filed = zhang.post(link, sent)
    submission = SubmissionRow.objects.get()
    assert filed["Location"] == f"/my/{submission.id}"
    assert "与王芳共同办理" in zhang.get(f"/my/{submission.id}").text
    assert "与王芳共同办理" in zhang.get("/my").text
    assert "与张伟共同办理" in client.get("/my").text
    assert zhang.get(link)["Location"] == f"/my/{submission.id}"
    assert client.get(f"{draft}/review")["Location"] == f"/my/{submission.id}"


def test_strangers_get_no_page_and_visitors_are_led_to_the_door(client: Client, draft: str) -> None:
    client.post(f"{draft}/review", SIGNED)
    link = f"/together/{asked(draft).id}"
    for login in ("wangfang", "xuming", "laoli", "liujie"):
        stranger = signed_in_as(login)
        assert stranger.get(link).status_code == 404
        assert stranger.post(link, {"decline": "yes", "reason": "不是我"}).status_code == 404
    assert Client().get(link)["Location"] == f"/login?next=%2Ftogether%2F{asked(draft).id}"


def test_a_change_makes_it_fall_and_a_page_opened_before_confirms_nothing(client: Client, draft: str) -> None:
    client.post(f"{draft}/review", SIGNED)
    row, zhang = asked(draft), signed_in_as("zhangwei")
    old = {"declared": "yes", "name": "张伟", "seen": row.digest}
    wang, key = actor("wangfang", at=now()), UUID(draft.rpartition("/")[2])
    fill_fields(draft=key, actor=wang, given={"newborn-name": "王二禾"}, at=now())
    assert "确认已作废" in client.get(f"{draft}/review").text
    late = zhang.post(f"/together/{row.id}", old)
    assert late.status_code == 409
    assert "内容刚刚改过" in late.text
    assert "内容改过了" in zhang.get(f"/together/{row.id}").text
    client.post(f"{draft}/review", SIGNED)
    assert zhang.get(f"/together/{row.id}").context["page"].read.state == "asked"


def test_who_declines_gives_a_reason_that_she_reads(client: Client, draft: str) -> None:
    client.post(f"{draft}/review", SIGNED)
    link, zhang = f"/together/{asked(draft).id}", signed_in_as("zhangwei")
    assert "请写明为什么不确认" in zhang.post(link, {"decline": "yes"}).text
    assert "您没有确认" in zhang.post(link, {"decline": "yes", "reason": "名字再商量"}, follow=True).text
    page = client.get(f"{draft}/review").text
    assert "他说：名字再商量" in page
    assert "签名，请对方确认" in page
    assert not SubmissionRow.objects.exists()


@pytest.mark.clause("S7")
def test_he_answers_the_one_correction_and_opens_none_of_her_papers(client: Client, draft: str) -> None:
    client.post(f"{draft}/review", SIGNED)
    submission = confirmed_by_all(UUID(draft.rpartition("/")[2]))
    case = next(c for c in load_submission(submission).cases if c.now.item == "birth-registration")
    make_remark(
        case=case.now.id, actor=actor("maqiang", at=now()), target=Target.FIELD, code="newborn-native-place",
        reason="籍贯不对", basis="户口登记条例第七条", remedy="请写到县", at=now(),
    )  # fmt: skip
    release_submission(submission=submission, actor=actor("liujie", at=now()), at=now())
    drain(at=now())
    zhang = signed_in_as("zhangwei")
    page = zhang.get(f"/my/{submission}")
    assert "请您补 1 样内容" in page.text
    for words in ("申报回执", "一张表（您填的）", "撤回这一项"):
        assert words not in page.text, words
    for address in (
        f"/papers/{submission}/receipt.pdf", f"/papers/{submission}/form.pdf", f"/my/{submission}/fees",
        f"/my/{submission}/withdraw/{case.now.id}",
    ):  # fmt: skip
        assert zhang.get(address).status_code == 404, address
    assert zhang.get(f"/papers/{submission}/correction.pdf").status_code == 200
    answered = zhang.post(f"/my/{submission}/correction", {"newborn-native-place": "320106"})
    assert answered["Location"] == f"/my/{submission}"
    drain(at=now())
    assert "共同办理的另一方已经交回" in client.get("/my/messages").text
    assert client.get(f"/my/{submission}/correction").status_code == 409


@pytest.mark.clause("C3.4")
def test_the_clerk_writes_down_who_stands_before_him_and_how_he_saw_it(client: Client, draft: str) -> None:
    li = signed_in_as("laoli")
    mine = DraftRow.objects.get(pk=UUID(draft.rpartition("/")[2]))
    made = start_draft(
        actor=actor("laoli", at=now()), bundle=BundleCode("newborn"), division=DivisionCode("320106"),
        answers={k: v == "yes" if v in ("yes", "no") else v for k, v in NEWBORN.items()}, at=now(), channel="window",
        items=[ItemCode("birth-certificate")], party=mine.party_id,
    )  # fmt: skip
    address = f"/draft/{made}"
    fill_all(li, address)
    page = li.get(f"{address}/review").text
    assert "谁在窗口前" in page
    unsaid = li.post(f"{address}/review", {"declared": "yes", "present-father": "yes"})
    assert "请选怎样核对了他的身份" in unsaid.text
    present = {"declared": "yes", "present-father": "yes", "way-father": "id-card"}
    filed = li.post(f"{address}/review", present)
    assert filed["Location"].endswith("/receipt")
