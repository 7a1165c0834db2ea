"""Every one-thing of the catalogue on every page that somebody meets on the way, from the guide to the decided case."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.filed import begin, coordinator_of, fill, login_at, login_for, officer_of, ready, seal, whose
from tests.fullest import ALL, SLOWLY, fullest_answers
from tests.web.staff import signed_in_as
from yijianshi.domain.cases import Action
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.working import drain
from yijianshi.web.acting import ACTING_FOR

#: Latin words that belong in a Chinese text: kinds of files, units and what is written so in the world.
LATIN = frozenset({"pdf", "jpg", "png", "http", "https", "www", "com"}) | {
    element.unit for element in shipped_catalogue().elements.values()
}


@pytest.mark.clause("S1.1", "S3")
@pytest.mark.parametrize("bundle", ALL)
def test_guide_and_notice_read_well_with_and_without_answers(cast: None, bundle: str) -> None:
    visitor = Client()
    title = published_title(bundle)
    for query in ("", f"?{urlencode(as_sent(fullest_answers(bundle)), doseq=True)}"):
        page = visitor.get(f"/guide/{bundle}{query}")
        text = reads_well(page)
        assert title in text
        address = f"/guide/{bundle}/notice.pdf{query}"
        if page.context["page"].items:
            assert "要办的 0 个事项" not in text
            assert not query or is_paper(visitor.get(address))  # printing is slow: once is enough
        else:
            assert "挑要办的事项" in text
            assert visitor.get(address)["Location"].endswith("#ask")


@pytest.mark.clause("S4.1", "S5.1", "S6.1")
@pytest.mark.parametrize("bundle", SLOWLY)
def test_every_page_from_the_draft_to_the_decision_reads_well(cast: None, bundle: str) -> None:
    at = NODE_CLOCK.now()
    who = whose(bundle, at=at)
    login, _ = login_for(bundle, at=at)
    applicant = signed_in_as(login)
    session = applicant.session
    session[ACTING_FOR] = who.party
    session.save()
    draft = begin(bundle, who=who, at=at)
    reads_well(applicant.get(f"/draft/{draft}/situation"))
    pages_of_the_form(applicant, f"/draft/{draft}")
    reads_well(applicant.get(f"/draft/{draft}/review"))
    fill(draft, who=who, at=at)
    reads_well(applicant.get(f"/draft/{draft}/materials"))
    assert "还差" not in reads_well(applicant.get(f"/draft/{draft}/review"))
    filed = seal(draft, who=who, at=at)
    for address in (f"/my/{filed.id}", f"/my/{filed.id}/receipt", "/my"):
        reads_well(applicant.get(address))

    loaded = load_submission(filed.id)
    coordinator = signed_in_as(login_at(loaded.lead_unit, "coordinator"))
    for address in ("/coordinate", f"/coordinate/{filed.id}", f"/coordinate/{filed.id}/release"):
        reads_well(coordinator.get(address))
    release_submission(submission=filed.id, actor=coordinator_of(loaded, at=at), at=at)
    drain(at=at)
    reads_well(coordinator.get(f"/coordinate/{filed.id}"))
    loaded = load_submission(filed.id)
    longest = max(loaded.cases, key=lambda case: len(loaded.edition.item(case.now.item).fields))
    for case in {case.unit: case for case in (*loaded.cases, longest)}.values():
        officer = signed_in_as(login_at(case.unit, "reviewer"))
        reads_well(officer.get(f"/desk/{case.now.id}"))
        if case is longest:
            reads_well(officer.get("/desk"))
            assert is_paper(officer.get(f"/papers/cases/{case.now.id}/form.pdf"))
    while cases := ready(filed.id):
        for case in cases:
            decide_case(
                case=case.now.id, actor=officer_of(case, at=at), decision=Decision(Action.GRANT), at=at
            )
        drain(at=at)
    assert "已办结" in reads_well(applicant.get(f"/my/{filed.id}"))


def pages_of_the_form(client: Client, draft: str) -> None:
    """Look at each group of the form."""
    number = 0
    while (page := client.get(f"{draft}/form/{number}")).status_code == 200:
        reads_well(page)
        asked = page.context["page"]
        assert asked.questions or asked.facts.items or asked.later, asked.name
        number += 1
    assert number > 1


def reads_well(response: Any) -> str:
    """Hold that the page is there, has a title, and says nothing that only programmers read; return its text."""
    assert response.status_code == 200, (response.status_code, response.get("Location"))
    html = response.content.decode()
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert title
    assert title[1].strip()
    assert not re.search(r"<h([1-6])[^>]*>\s*</h\1>", html), "an empty heading"
    text = text_of(html)
    address = response.request["PATH_INFO"]
    for left_over in ("None", "{{", "{%", "}}", "%}", "True", "False", "&lt;", "&amp;"):
        assert left_over not in text, f"{address}: …{around(text, left_over)}…"
    words = set(re.findall(r"(?<![A-Za-z0-9.@/_-])[a-z]{3,}(?:[-_][a-z]+)*(?![A-Za-z0-9.@/])", text)) - LATIN
    assert not words, f"{address}: {[around(text, word) for word in words]}"
    halves = re.findall(r"[一-鿿][,;:?!()][一-鿿]|[一-鿿]\([^)]*\)", text)
    assert not halves, f"{address}: {[around(text, half) for half in halves]}"
    assert not re.search(r"：：|，，|。。|、、|，。|：。|、。|；。", text), address
    return text


def text_of(html: str) -> str:
    """Return what somebody reads on the page."""
    html = re.sub(r"<(script|style|head|template)\b.*?</\1>", " ", html, flags=re.S)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)))


def around(text: str, found: str) -> str:
    place = text.index(found)
    return text[max(0, place - 30) : place + len(found) + 30]


def is_paper(response: HttpResponse) -> bool:
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return content.startswith(b"%PDF-")


def as_sent(answers: dict[str, Any]) -> dict[str, Any]:
    return {
        key: ("yes" if value else "no") if isinstance(value, bool) else value
        for key, value in answers.items()
    }


def published_title(bundle: str) -> str:
    return next(b.title for code, b in shipped_catalogue().bundles.items() if code == bundle)
