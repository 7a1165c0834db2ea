"""An agent with many principals: every page is bound to its own; one sent while standing for another writes nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import actor
from tests.web.applicant.walking import SITUATION, begin, file_draft, fill_all
from tests.web.staff import signed_in_as
from yijianshi.store.accounts.models import Account, Representation
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.mandates.models import MandateRow
from yijianshi.store.submissions.models import SubmissionRow
from yijianshi.web.acting import now, today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast"), pytest.mark.clause("C2.1")]

HEWEI, NOODLES = "南京禾味餐饮管理有限公司", "南京示例钱记面馆"


def party(login: str) -> str:
    return actor(login, at=now(), enterprise=True).party


def stand_for(client: Client, key: str) -> None:
    assert client.post("/account/acting", {"party": key}).status_code == 302


@pytest.fixture
def agent() -> Client:
    return signed_in_as("linxiao")


def test_she_sees_whom_she_acts_for_and_changes_over_with_one_press(agent: Client) -> None:
    page = agent.get("/account/principals").text
    assert HEWEI in page
    assert NOODLES in page
    assert "您现在替" not in page
    stand_for(agent, party("wangfang"))
    for address in ("/my", "/account", "/my/mandates", "/"):
        assert f"您现在替<strong>{HEWEI}</strong>办" in agent.get(address).text, address


def test_a_form_of_one_posted_while_standing_for_the_other_is_refused_and_nothing_is_written(
    agent: Client,
) -> None:
    stand_for(agent, party("wangfang"))
    start = agent.get("/start/open-restaurant", SITUATION)
    assert {one.name for one in start.context["page"].parties} == {HEWEI, NOODLES}
    first = agent.post(
        "/start/open-restaurant?venue-area=120&has-signage=yes&sells-tobacco=no&discharges-to-sewer=no",
        {"party": party("wangfang")},
    )["Location"].removesuffix("/situation")
    fill_all(agent, first)
    stand_for(agent, party("qianjin"))
    kept = list(DraftRow.objects.values_list("id", "sealed", "version"))
    for address in (f"{first}/situation", f"{first}/form/0", f"{first}/review", f"{first}/discard"):
        refused = agent.post(address, {"declared": "yes", "name": "林晓", "applicant-name": "串了"})
        assert refused.status_code == 409, address
        assert f"这是{HEWEI}的事" in refused.text
        assert "刚才填的没有存" in refused.text
        assert f"换成{HEWEI}，接着办" in refused.text
    assert list(DraftRow.objects.values_list("id", "sealed", "version")) == kept
    assert not SubmissionRow.objects.exists()
    back = agent.post("/account/acting", {"party": party("wangfang"), "next": f"{first}/review"})
    assert back["Location"] == f"{first}/review"
    submission = file_draft(agent, first, "林晓")
    assert str(SubmissionRow.objects.get(pk=submission).party_id) == party("wangfang")
    stand_for(agent, party("qianjin"))
    assert agent.get(f"/my/{submission}").status_code == 409
    assert agent.post(f"/my/{submission}/rate", {"level": "5"}).status_code == 409
    assert signed_in_as("qianjin").get(f"/my/{submission}").status_code == 404
    stand_for(agent, str(Account.objects.get(login="linxiao").party_id))
    assert agent.get(f"/my/{submission}").status_code == 409


def test_a_stranger_is_never_told_whose_it_is(agent: Client) -> None:
    wang = signed_in_as("wangfang")
    stand_for(wang, party("wangfang"))
    draft = begin(wang)
    MandateRow.objects.filter(holder__login="linxiao").update(state="revoked")
    for stranger in (agent, signed_in_as("qianjin"), signed_in_as("zhangwei"), signed_in_as("heli")):
        answer = stranger.get(f"{draft}/review")
        assert answer.status_code == 404
        assert HEWEI not in answer.text
    stand_for(wang, str(Account.objects.get(login="wangfang").party_id))
    assert wang.get(f"{draft}/review").status_code == 409


def test_the_legal_representative_gives_and_ends_agents(agent: Client) -> None:
    wang = signed_in_as("wangfang")
    assert wang.get("/account/agents").status_code == 404, "she stands for herself"
    stand_for(wang, party("wangfang"))
    page = wang.get("/account/agents").text
    assert "林晓替我办" in page
    made = wang.post("/account/agents", {"name": "周文", "days": "90"})
    link = wang.get(made["Location"]).context["seen"].link.partition("/entrusted/")[2]
    zhou = signed_in_as("zhouwen")
    zhou.post(f"/entrusted/{link}", {"accept": "yes"})
    assert f"您现在替<strong>{HEWEI}</strong>办" in zhou.get("/my").text
    assert zhou.get("/account/agents").status_code == 404, "an agent makes no agents"
    assert zhou.post("/my/mandates/ask", {"name": "钱进", "about": "all"}).status_code == 404
    given = MandateRow.objects.get(holder__login="zhouwen")
    assert "pay" not in given.powers
    assert given.until == today() + timedelta(days=90)
    wang.post(f"/my/mandates/{given.id}/end")
    assert "您现在替" not in zhou.get("/my").text


def test_an_agent_whose_entry_ends_loses_sight_even_of_what_he_began_himself() -> None:
    zhou = Account.objects.get(login="zhouwen")
    entry = Representation.objects.create(
        account=zhou, party_id=party("wangfang"), capacity="agent", since=today()
    )
    browser = signed_in_as("zhouwen")
    stand_for(browser, party("wangfang"))
    draft = begin(browser)
    wang = signed_in_as("wangfang")
    stand_for(wang, party("wangfang"))
    assert wang.post("/account/agents", {"end": str(entry.id)}).status_code == 302
    assert browser.get(f"{draft}/situation").status_code == 404
    assert wang.get(f"{draft}/situation").status_code == 200
    assert wang.post("/account/agents", {"end": "nonsense"}).status_code == 404
