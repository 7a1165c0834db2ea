"""Helpers, visits, the window, children, relatives who died, stewards of projects: recorded, and over when it is over."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import PAPER, actor, file_one
from tests.web.applicant.walking import begin, fill_all
from tests.web.staff import signed_in_as
from yijianshi.domain.mandates import last_day_as_minor
from yijianshi.domain.workdays import legal_day
from yijianshi.integrations.population import build_population
from yijianshi.services.mandates.finish import end_with_matter
from yijianshi.services.mandates.groups import SpecialGroup, groups_of
from yijianshi.services.people.actors import actor_of, parties_of
from yijianshi.store.accounts.models import Account
from yijianshi.store.mandates.models import ChaseRow, MandateRow, VisitRow
from yijianshi.store.submissions.models import SubmissionRow
from yijianshi.web.acting import now, today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast"), pytest.mark.clause("C3.4")]

ELDER = {"age-80": "yes", "hardship": "都不是", "has-account": "yes", "is-renewal": "no"}


def number_of(name: str) -> str:
    people = build_population(on=today()).people
    return next(person.number for person in people if person.name == name)


def account(login: str) -> Account:
    return Account.objects.get(login=login)


def attest(**more: object) -> Client:
    """老李 writes down what 赵例英, who cannot sign in, said before him."""
    li = signed_in_as("laoli")
    sent = {
        "name": "赵例英", "number": number_of("赵例英"), "about": "elderly-allowance", "days": "30", "proof": "spoken",
        "helper": str(account("fangqin").id), "words": "本人到窗口说的，看了身份证",
    }  # fmt: skip
    answer = li.post("/window/mandates", sent | more)
    assert answer.status_code == 302, answer.context["page"]["problems"]
    return li


def test_a_helper_files_for_an_elder_who_cannot_sign_in_and_his_authority_ends_with_the_matter() -> None:
    attest()
    helper = signed_in_as("fangqin")
    assert "赵例英" in helper.get("/helping").text
    mandate = MandateRow.objects.get(kind="helper")
    helper.post("/account/acting", {"party": str(mandate.giver_id)})
    draft = begin(helper, "elderly-allowance", ELDER)
    fill_all(helper, draft)
    filed = helper.post(f"{draft}/review", {"declared": "yes", "name": "方勤"})
    assert filed.status_code == 302, filed.context["page"].open
    submission = SubmissionRow.objects.get()
    assert "方勤 代 赵例英" in helper.get(f"/my/{submission.id}").text
    mandate.refresh_from_db()
    assert submission.id in mandate.matters
    assert end_with_matter(submission=submission.id, at=now()) == 1
    assert helper.get(f"/my/{submission.id}").status_code == 404


def test_a_signed_paper_is_photographed_and_a_window_takes_back_what_was_given_there() -> None:
    li = signed_in_as("laoli")
    sent = {
        "name": "赵例英", "number": number_of("赵例英"), "about": "elderly-allowance", "days": "30", "proof": "paper",
        "helper": "link", "holder": "王芳", "words": "女儿来，带了签字的纸",
    }  # fmt: skip
    missing = li.post("/window/mandates", sent)
    assert missing.status_code == 422
    assert "请拍照上传授权书" in missing.text
    paper = SimpleUploadedFile("授权书.pdf", PAPER, "application/pdf")
    assert li.post("/window/mandates", sent | {"paper": paper}).status_code == 302
    row = MandateRow.objects.get(kind="asked")
    assert len(row.paper) == 64
    assert signed_in_as("tangjing").post(f"/window/mandates/{row.id}/end").status_code == 404
    assert signed_in_as("wangfang").get("/window/mandates").status_code == 404
    shown = li.get(f"/my/mandates/{row.id}/paper")
    assert b"".join(shown.streaming_content) == PAPER  # type: ignore[attr-defined]
    for stranger in ("qianjin", "tangjing", "hemin"):
        assert signed_in_as(stranger).get(f"/my/mandates/{row.id}/paper").status_code == 404
    link = li.get("/window/mandates").context["page"]["given"][0][0].link.partition("8000")[2]
    daughter = signed_in_as("wangfang")
    assert "赵例英请您替他办" in daughter.get(link).text
    assert li.post(f"/window/mandates/{row.id}/end").status_code == 302
    assert daughter.get(link).status_code == 404


def test_somebody_comes_home_and_only_he_sees_the_address() -> None:
    father, other = signed_in_as("liligen"), signed_in_as("qianjin")
    asked = {"address": "示例巷 23 号 2 幢 102 室", "phone": "13900000008", "about": "尊老金"}
    other.post("/my/home-visits/ask", asked | {"address": "示例路 18 号"})
    assert father.post("/my/home-visits/ask", asked).status_code == 302
    assert "已经约了一次" in father.post("/my/home-visits/ask", asked).text
    visit = VisitRow.objects.get(party=account("liligen").party_id)
    assert visit.first, "the register says that he is eighty"
    li, helper = signed_in_as("laoli"), signed_in_as("fangqin")
    page = helper.get("/helping").text
    assert page.index("李例根") < page.index("钱进"), "special groups come first"
    assert "示例巷 23 号" not in page
    assert signed_in_as("tangjing").post(f"/helping/visits/{visit.id}", {}).status_code == 404
    day = (today() + timedelta(days=2)).isoformat()
    helper.post(f"/helping/visits/{visit.id}", {"day": day, "half": "am"})
    assert "示例巷 23 号" in helper.get("/helping").text
    assert "示例巷 23 号" not in li.get("/helping").text
    assert "方勤" in father.get("/my/home-visits").text
    assert "上门的日子定了" in father.get("/my/messages").text
    assert other.post(f"/my/home-visits/{visit.id}/cancel").status_code == 404
    helper.post(f"/helping/visits/{visit.id}", {"done": "yes"})
    assert VisitRow.objects.get(pk=visit.id).state == "done"


def test_a_mother_acts_for_her_child_until_the_day_before_it_is_eighteen() -> None:
    mother = account("wulimin")
    child = next(one for one in parties_of(mother, on=today()) if one.name == "吴例童")
    row = MandateRow.objects.get(holder=mother, kind="guardian")
    assert row.until == last_day_as_minor(date(2017, 6, 1))
    signed_in_as("wulimin").post("/my/mandates/children")
    assert MandateRow.objects.filter(holder=mother, kind="guardian").count() == 1
    on_birthday = actor_of(mother, on=row.until + timedelta(days=1), party=child.id)
    assert on_birthday.giver == ""
    assert "没有查到" in signed_in_as("qianjin").post("/my/mandates/children", follow=True).text
    assert not parties_of(account("zhouwen"), on=today())[1:]


def test_a_daughter_handles_what_follows_a_death_and_it_says_what_was_relied_on() -> None:
    daughter = signed_in_as("wulimin")
    dead = {"name": "吴例福", "number": number_of("吴例福"), "relation": "子女"}
    assert "请勾选承诺" in daughter.post("/my/mandates/heir", dead).text
    made = daughter.post("/my/mandates/heir", dead | {"committed": "yes"})
    assert "子女，依据死亡信息库；亲属关系由本人承诺" in daughter.get(made["Location"]).text
    row = MandateRow.objects.get(kind="heir")
    assert row.bundles == ["after-death"]
    alive = {"name": "李例根", "number": number_of("李例根"), "relation": "子女", "committed": "yes"}
    nobody = alive | {"name": "张三", "number": "11010519491231002X"}
    answers = [daughter.post("/my/mandates/heir", one) for one in (alive, nobody)]
    assert all(one.status_code == 422 and "没有查到这位亲人去世" in one.text for one in answers)
    assert MandateRow.objects.filter(kind="heir").count() == 1


def test_a_steward_of_a_project_follows_it_and_asks_and_sees_no_form() -> None:
    submission = file_one(actor("wangfang", at=now(), enterprise=True), at=now())
    he, guan = signed_in_as("hemin"), signed_in_as("guanli")
    assert signed_in_as("liujie").get(f"/coordinate/{submission}/steward").status_code == 404
    assert "指定管家" in he.get(f"/coordinate/{submission}").text
    chosen = {"steward": str(account("guanli").id)}
    assert he.post(f"/coordinate/{submission}/steward", chosen).status_code == 302
    row = MandateRow.objects.get(kind="project_steward")
    page = guan.get(f"/helping/projects/{row.id}")
    assert page.status_code == 200
    assert "食品经营" in page.text
    asked = guan.post(f"/helping/projects/{row.id}", {"unit": "fire-rescue@320106", "words": "消防哪天看"})
    assert asked.status_code == 302
    assert ChaseRow.objects.count() == 1
    assert "项目管家在问进度" in signed_in_as("zhaokai").get("/my/messages").text
    for closed in (f"/my/{submission}", f"/papers/{submission}/receipt.pdf", f"/my/{submission}/fees"):
        assert guan.get(closed).status_code == 404, closed
    there = actor_of(account("guanli"), on=legal_day(now()), party=row.giver_id)
    assert {one.value for mandate in there.mandates for one in mandate.powers} == {"follow", "ask"}
    assert signed_in_as("fangqin").get(f"/helping/projects/{row.id}").status_code == 404


def test_help_is_offered_to_whom_a_register_names_and_nothing_of_it_is_kept() -> None:
    parties = {login: UUID(actor(login, at=now()).party) for login in ("liligen", "wangfang", "qianjin")}
    assert groups_of(parties["liligen"], at=now()) == (SpecialGroup.OLD,)
    assert groups_of(parties["wangfang"], at=now()) == (SpecialGroup.MOTHER,)
    assert groups_of(parties["qianjin"], at=now()) == ()
    father = signed_in_as("liligen")
    draft = begin(father, "elderly-allowance", ELDER)
    page = father.get(f"{draft}/situation").text
    for words in ("您可以这样办", "人口库里您满 60 岁", "没有存下来", "长辈版", "上门"):
        assert words in page, words
    assert "您可以这样办" not in father.get(f"{draft}/situation").text, "it is said once"


def test_every_page_of_who_is_signed_in_has_somebody_to_talk_to() -> None:
    father = signed_in_as("liligen")
    draft = begin(father, "elderly-allowance", ELDER)
    for page in ("/my", "/account", "/my/mandates", "/my/home-visits", f"{draft}/situation", "/my/messages"):
        assert "想问就问" in father.get(page).text, page
