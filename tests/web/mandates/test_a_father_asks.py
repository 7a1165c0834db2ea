"""A father has somebody else do it: one button, one link, seen by both, taken back with one press; a stranger sees nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import actor
from tests.web.applicant.walking import begin, fill_all
from tests.web.staff import signed_in_as
from yijianshi.domain.rights import Act, Thing, may
from yijianshi.services.mandates.give import hash_of, token_of
from yijianshi.services.working import drain
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.mandates.models import MandateRow, UseRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow
from yijianshi.web.acting import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast"), pytest.mark.clause("C2.1", "C3.4")]

ELDER = {"age-80": "yes", "hardship": "都不是", "has-account": "yes", "is-renewal": "no"}
SIGNED = {"declared": "yes", "name": "王芳"}


@pytest.fixture
def father() -> Client:
    return signed_in_as("liligen")


@pytest.fixture
def draft(father: Client) -> str:
    return begin(father, "elderly-allowance", ELDER)


def ask(giver: Client, draft: str, name: str = "王芳", **more: str) -> str:
    """Ask somebody about a draft, and return the link that he gets."""
    key = draft.rpartition("/")[2]
    made = giver.post(f"/my/mandates/ask?draft={key}", {"name": name, "days": "30"} | more)
    assert made.status_code == 302, made.text
    return str(giver.get(made["Location"]).context["seen"].link.replace("http://127.0.0.1:8000", ""))


def accepted(father: Client, draft: str) -> Client:
    daughter = signed_in_as("wangfang")
    assert daughter.post(ask(father, draft), {"accept": "yes"}).status_code == 302
    return daughter


def test_she_reads_what_she_is_asked_accepts_fills_in_and_files_in_his_name(
    father: Client, draft: str
) -> None:
    assert "让别人替我办" in father.get(f"{draft}/situation").text
    link = ask(father, draft)
    daughter = signed_in_as("wangfang")
    page = daughter.get(link).text
    for words in (
        "李例根请您替他办",
        "尊老金申领",
        "不认识这个人，就不要接受",
        "撤回申请、缴费、作为共同申请人确认",
    ):
        assert words in page, words
    daughter.post(link, {"accept": "yes"})
    assert "您现在替<strong>李例根</strong>办" in daughter.get("/my").text
    assert "尊老金申领" in daughter.get("/my").text
    fill_all(daughter, draft)
    filed = daughter.post(f"{draft}/review", SIGNED)
    assert filed.status_code == 302, filed.context["page"].open
    submission = SubmissionRow.objects.get()
    assert str(submission.account_id) == actor("wangfang", at=now()).account
    assert str(submission.party_id) == actor("liligen", at=now()).party
    use, mandate = UseRow.objects.get(), MandateRow.objects.get(kind="asked")
    assert (use.submission, use.power, use.mandate_id) == (submission.id, "file", mandate.id)
    assert mandate.used == 1
    assert submission.id in mandate.matters, "she follows what she filed"
    drain(at=now())
    for reader in (father, daughter):
        assert "王芳 代 李例根" in reader.get(f"/my/{submission.id}").text
        assert "已收到申报" in reader.get("/my/messages").text
    assert "王芳 代 李例根 办" in father.get(f"/my/mandates/{mandate.id}").text
    assert father.get(f"/my/{submission.id}").status_code == 200


def test_he_takes_it_back_with_one_press_and_nothing_is_lost(father: Client, draft: str) -> None:
    daughter = accepted(father, draft)
    before = bytes(DraftRow.objects.get().sealed)
    assert daughter.get(f"{draft}/situation").status_code == 200
    mandate = MandateRow.objects.get(kind="asked")
    assert father.post(f"/my/mandates/{mandate.id}/end").status_code == 302
    assert daughter.get(f"{draft}/situation").status_code == 404
    assert daughter.post(f"{draft}/review", SIGNED).status_code == 404
    assert daughter.post(f"{draft}/discard").status_code == 404
    assert "尊老金" not in daughter.get("/my").text
    assert not SubmissionRow.objects.exists()
    assert bytes(DraftRow.objects.get().sealed) == before
    assert father.get(f"{draft}/situation").status_code == 200
    keys = set(MessageRow.objects.values_list("key", flat=True))
    assert {"mandate.accepted", "mandate.held", "mandate.ended", "mandate.back"} <= keys
    assert father.post(f"/my/mandates/{mandate.id}/end").status_code == 409


def test_a_filed_matter_comes_back_too_and_she_loses_sight_of_it_at_once(father: Client, draft: str) -> None:
    daughter = accepted(father, draft)
    fill_all(daughter, draft)
    daughter.post(f"{draft}/review", SIGNED)
    submission = SubmissionRow.objects.get()
    papers = (f"/my/{submission.id}", f"/my/{submission.id}/receipt", f"/papers/{submission.id}/receipt.pdf")
    assert daughter.get(papers[0]).status_code == 200
    father.post(f"/my/mandates/{MandateRow.objects.get(kind='asked').id}/end")
    for page in papers:
        assert daughter.get(page).status_code == 404, page
    assert father.get(papers[0]).status_code == 200


def test_a_stranger_sees_nothing_by_a_used_an_expired_a_guessed_or_another_ones_link(
    father: Client, draft: str
) -> None:
    qian, link = signed_in_as("qianjin"), ask(father, draft)
    foreign = qian.get(link)
    assert foreign.status_code == 404
    assert "李例根" not in foreign.text
    assert qian.post(link, {"accept": "yes"}).status_code == 404
    guessed = qian.get("/entrusted/" + "0" * 40)
    assert guessed.status_code == 404
    assert Client().get(link)["Location"].startswith("/login?next=")
    assert father.get(link).status_code == 404, "nobody accepts from himself"
    daughter = signed_in_as("wangfang")
    MandateRow.objects.filter(state="offered").update(link_until=now() - timedelta(seconds=1))
    assert daughter.get(link).status_code == 404
    MandateRow.objects.filter(state="offered").update(link_until=now() + timedelta(hours=1))
    daughter.post(link, {"accept": "yes"})
    assert daughter.get(link).status_code == 404
    assert daughter.post(link, {"accept": "yes"}).status_code == 404
    assert not MandateRow.objects.filter(link_hash=hash_of(link.rpartition("/")[2])).exists()
    key = MandateRow.objects.get(kind="asked").id
    assert qian.get(f"/my/mandates/{key}").status_code == 404
    assert qian.post(f"/my/mandates/{key}/end").status_code == 404
    assert qian.get(f"{draft}/situation").status_code == 404
    assert qian.get(f"/my/mandates/ask?draft={draft.rpartition('/')[2]}").status_code == 404


def test_of_a_link_only_the_hash_is_kept(father: Client, draft: str) -> None:
    token = ask(father, draft).rpartition("/")[2]
    row = MandateRow.objects.get(state="offered")
    assert token == token_of(row.id)
    assert bytes(row.link_hash or b"") == hash_of(token)
    kept = [str(value) for value in MandateRow.objects.filter(pk=row.id).values().get().values()]
    assert not any(token in one for one in kept)


def test_who_declines_gets_nothing_and_he_is_told(father: Client, draft: str) -> None:
    link, daughter = ask(father, draft), signed_in_as("wangfang")
    daughter.post(link, {"decline": "yes"})
    assert daughter.get(f"{draft}/situation").status_code == 404
    assert "对方没有接受" in father.get("/my/messages").text


def test_a_mandate_gives_this_one_matter_once_and_nothing_beside_it(father: Client, draft: str) -> None:
    other = begin(father, "elderly-allowance", ELDER)
    daughter = accepted(father, draft)
    assert daughter.get(f"{other}/situation").status_code == 404
    assert daughter.get("/my/materials").text.count("材料.pdf") == 0
    who = actor_standing_for(father="liligen", daughter="wangfang")
    assert not may(who, Act.FILE, Thing(party=who.giver, bundle="newborn"))
    assert daughter.get("/my/mandates/ask?draft=" + draft.rpartition("/")[2]).status_code == 404
    assert "删掉" not in daughter.get("/my").text
    assert daughter.post(f"{draft}/discard").status_code == 404, "to fill in is not to throw away"
    fill_all(daughter, draft)
    daughter.post(f"{draft}/review", SIGNED)
    submission = SubmissionRow.objects.get()
    assert not daughter.get(f"/my/{submission.id}").context["page"].withdrawals
    case = str(submission.caserow_set.values_list("pk", flat=True).first())
    assert daughter.get(f"/my/{submission.id}/withdraw/{case}").status_code == 404
    assert RevisionRow.objects.count() == 1


def actor_standing_for(*, father: str, daughter: str):  # type: ignore[no-untyped-def]
    from yijianshi.domain.workdays import legal_day
    from yijianshi.services.people.actors import actor_of
    from yijianshi.store.accounts.models import Account

    party = UUID(actor(father, at=now()).party)
    return actor_of(Account.objects.get(login=daughter), on=legal_day(now()), party=party)


def test_after_its_last_day_it_gives_nothing_more(father: Client, draft: str) -> None:
    daughter = accepted(father, draft)
    MandateRow.objects.filter(kind="asked").update(
        until=(now() - timedelta(days=2)).date(), since=(now() - timedelta(days=9)).date()
    )
    assert daughter.get(f"{draft}/situation").status_code == 404
    assert "到期了" in father.get("/my/mandates").text or "以前的 1 份" in father.get("/my/mandates").text


def test_she_asks_for_a_name_and_says_what_is_missing(father: Client, draft: str) -> None:
    wrong = father.post(f"/my/mandates/ask?draft={draft.rpartition('/')[2]}", {"days": "30"})
    assert wrong.status_code == 422
    assert "请写请谁来办" in wrong.text
