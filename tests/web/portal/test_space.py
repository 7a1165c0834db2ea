"""One's own space, how one is told, coming in from a portal, and large letters with nothing lost."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from joserfc import jws
from joserfc.jwk import OctKey

from tests.cast import actor
from tests.web.applicant.walking import begin, file_draft, fill_all, sign_in
from yijianshi.domain.cases import Action
from yijianshi.domain.portals import Vouched
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.outside import outside
from yijianshi.services.people.parties import know_party
from yijianshi.services.portal.portals import register_portal
from yijianshi.services.reading import hot
from yijianshi.services.working import drain
from yijianshi.store.accounts.models import Account
from yijianshi.store.portal.models import BroughtRow
from yijianshi.store.results.models import ResultRow
from yijianshi.store.submissions.models import SubmissionRow
from yijianshi.web.acting import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
EMPTY = {
    "/my/licences": "还没有证照",
    "/my/ratings": "没有要评价的",
    "/my/data": "还没有提过",
    "/my/telling": "怎么告诉我",
    "/my/materials": "还没有材料",
}


def wang() -> Client:
    client = Client()
    sign_in(client, "wangfang")
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_part_of_the_space_says_what_will_be_there() -> None:
    client = wang()
    for address, words in EMPTY.items():
        page = text_of(client, address)
        assert words in page, address
        assert 'aria-label="我的空间"' in page, address
        assert Client().get(address)["Location"].startswith("/login?next="), address


def test_a_licence_a_document_and_what_it_was_used_for_are_found_and_nobody_elses() -> None:
    client = wang()
    draft = begin(client)
    fill_all(client, draft)
    submission = file_draft(client, draft, "王芳")
    release_submission(submission=submission, actor=actor("hemin", at=now()), at=now())
    drain(at=now())
    case = next(one for one in load_submission(submission).cases if one.now.item == "food-business-permit")
    decide_case(
        case=case.now.id, actor=actor("chenzhiyuan", at=now()), decision=Decision(Action.GRANT), at=now()
    )
    result = ResultRow.objects.get(case=case.now.id)
    licences = text_of(client, "/my/licences")
    assert result.number in licences
    assert "验真" in licences
    materials = text_of(client, "/my/materials")
    assert "您上传的" in materials
    assert "用在：" in materials
    number = SubmissionRow.objects.get(pk=submission).number
    assert client.get(f"/case/{number}")["Location"] == f"/my/{submission}"
    stranger = Client()
    sign_in(stranger, "qianjin")
    assert result.number not in text_of(stranger, "/my/licences")
    assert stranger.get(f"/case/{number}").status_code == stranger.get(f"/case/{'1' * 23}").status_code == 404


def test_ones_data_are_read_taken_along_and_asked_to_be_put_right() -> None:
    client = wang()
    made = client.post("/my/data/copies")
    page = text_of(client, made["Location"])
    assert "王芳" in page
    file = client.get(made["Location"] + ".json")
    assert json.loads(file.content)["本人"]["名称"] == "王芳"
    assert "attachment" in file["Content-Disposition"]
    stranger = Client()
    sign_in(stranger, "qianjin")
    assert (
        stranger.get(made["Location"]).status_code
        == stranger.get(made["Location"] + ".json").status_code
        == 404
    )
    assert client.post("/my/data/requests", {"about": "材料", "words": ""}).status_code == 422
    client.post("/my/data/requests", {"about": "材料", "words": "照片不是我的"})
    assert "照片不是我的" in text_of(client, "/my/data")
    desk = Client()
    sign_in(desk, "heli")
    asked = re.search(r"/supervise/data-requests/[0-9a-f-]{36}", text_of(desk, "/supervise/data-requests"))
    assert asked
    assert "照片不是我的" in text_of(desk, asked[0])
    assert stranger.get(asked[0]).status_code == stranger.get("/supervise/data-requests").status_code == 404
    assert desk.post(asked[0], {"outcome": "corrected", "words": "换成您交的"}).status_code == 302
    assert "换成您交的" in text_of(client, "/my/data")
    assert desk.post(asked[0], {"outcome": "corrected", "words": "再答"}).status_code == 409


def test_how_one_is_told_is_kept_with_the_account() -> None:
    client = wang()
    sent = {"ways-asks": ["sms"], "begins": "22", "ends": "7", "mail": "wang@example.com", "by_app": "1"}
    assert client.post("/my/telling", sent).status_code == 302
    page = wang().get("/my/telling").context["page"]
    assert (page.begins, page.ends, page.settings.mail, page.by_app) == (22, 7, "wang@example.com", True)
    assert [way for way, _, chosen in page.kinds[0].ways if chosen] == ["sms"]
    wrong = client.post("/my/telling", sent | {"mail": "王芳"})
    assert wrong.status_code == 422
    assert "电子邮箱的写法不对" in wrong.content.decode()


def test_large_letters_and_the_region_come_back_with_the_account() -> None:
    client = wang()
    client.post("/elder", {"on": "1", "next": "/"})
    client.post("/region", {"division": "320583", "next": "/"})
    another = text_of(wang(), "/")
    assert 'class="elder' in another
    assert "昆山" in another
    client.post("/elder", {"on": "0", "next": "/"})
    assert 'class="elder' not in text_of(wang(), "/")


def test_large_letters_ask_three_at_a_time_and_lose_nothing() -> None:
    client = wang()
    draft = begin(client)
    items = [one.code for one in client.get(f"{draft}/situation").context["page"].choices if one.chosen]
    client.post(f"{draft}/situation", {"item": items})
    groups = len(client.get(f"{draft}/form/0").context["page"].groups.groups)
    plain = [_questions(client, f"{draft}/form/{n}") for n in range(groups)]
    client.post("/elder", {"on": "1", "next": "/"})
    for n, names in enumerate(plain):
        address, seen = f"{draft}/form/{n}", []
        while True:
            page = client.get(address).context["page"]
            assert len(page.questions) <= 3
            seen += [one.name for one in page.questions]
            if len(seen) >= len(names):
                break
            address = f"{draft}/form/{n}?from={names[len(seen)]}"
        assert seen == names
    many = next(n for n, names in enumerate(plain) if len(names) > 3)
    first = client.get(f"{draft}/form/{many}").context["page"].questions[0]
    client.post(f"{draft}/form/{many}/save", {first.name: "示例"})
    later = f"{draft}/form/{many}/save?from={plain[many][3]}"
    client.post(later, {plain[many][3]: ""})
    kept = client.get(f"{draft}/form/{many}").context["page"].questions[0]
    assert kept.value in ("示例", first.value)
    assert "读给我听" in text_of(client, f"{draft}/form/{many}")


def _questions(client: Client, address: str) -> list[str]:
    return [one.name for one in client.get(address).context["page"].questions]


def test_what_was_filed_most_lately_stands_on_the_front_page_without_counts() -> None:
    assert "最近办得多" not in text_of(Client(), "/")
    client = wang()
    draft = begin(client)
    fill_all(client, draft)
    file_draft(client, draft, "王芳")
    hot.forget()
    assert "最近办得多" not in text_of(Client(), "/")  # one person's matter is nobody's business
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hot, "FEWEST", 1)
        hot.forget()
        assert "最近办得多" in text_of(Client(), "/")


def test_a_stage_of_life_narrows_the_list() -> None:
    page = text_of(Client(), "/all?stage=出生")
    assert "新生儿出生" in page
    assert "开办餐饮店" not in page


def _ticket(secret: str, **more: Any) -> str:
    party = know_party(Account.objects.get(login="wangfang").party_id)  # type: ignore[arg-type]
    at = int(now().timestamp())
    claims = {
        "iss": "gov", "aud": outside().address, "jti": "one", "iat": at, "exp": at + 60, "number": party.number,
        "name": party.name, "level": "middle", "to": "/start/newborn?has-insurance=yes",
    } | more  # fmt: skip
    return jws.serialize_compact({"alg": "HS256"}, json.dumps(claims).encode(), OctKey.import_key(secret))


@pytest.mark.clause("S2.2")
def test_a_ticket_signs_in_and_leads_on_and_what_is_begun_is_the_portals_to_hear_of() -> None:
    origin = "https://www.example.gov.cn"
    secret = register_portal(
        code="gov", name="示例", origin=origin, receiver=f"{origin}/told", highest=Vouched.MIDDLE, at=now()
    )
    client = Client(enforce_csrf_checks=True)
    came = client.post("/enter", {"ticket": _ticket(secret)}, HTTP_ORIGIN=origin)
    assert (came.status_code, came["Location"]) == (302, "/start/newborn?has-insurance=yes")
    assert client.session["assurance"] == 2
    again = Client().post("/enter", {"ticket": _ticket(secret)}, HTTP_ORIGIN=origin)
    assert again.status_code == 403
    assert "replayed" in again.content.decode()
    assert Client().post("/enter", {"ticket": "nonsense"}).status_code == 403
    assert Client().get("/enter").status_code == 405
    client = Client()
    client.post("/enter", {"ticket": _ticket(secret, jti="two")}, HTTP_ORIGIN=origin)
    begin(client, "newborn", {})
    assert BroughtRow.objects.get().portal_id == "gov"
    desk = Client()
    sign_in(desk, "heli")
    assert "示例" in text_of(desk, "/supervise/portals")
    assert client.get("/supervise/portals").status_code == 404
    assert "HS256" in text_of(Client(), "/joining")


def test_the_demo_shows_what_it_would_have_sent() -> None:
    assert "演示：发出的消息" in text_of(Client(), "/demo/messages")
