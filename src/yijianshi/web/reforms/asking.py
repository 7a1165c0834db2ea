"""Which edition and which situation a page of the reform speaks of: both stand in its address, so that it can be shared."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from yijianshi.domain.choices import widest_choice
from yijianshi.domain.codes import BundleCode, ItemCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Situation
from yijianshi.services.applying.situation import AnswersRefused, read_situation
from yijianshi.services.catalogue.published import bundles_of, current
from yijianshi.services.reforms.widest import widest_reform
from yijianshi.web import parts as p
from yijianshi.web.acting import today
from yijianshi.web.visitor.region import division_of, own_division


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What was asked: the edition, the situation, the questions with their answers, and what was not understood."""

    edition: Edition
    situation: Situation
    answers: dict[str, Any]
    questions: tuple[p.Asked, ...]
    problems: p.Problems
    query: str  # the answers as they stand in the address, with the division where it is not the own one

    @property
    def status(self) -> int:
        return 422 if self.problems.items else 200


def editions_here(request: HttpRequest) -> tuple[Edition, ...]:
    """Return every one-thing that holds today in the reader's division."""
    return tuple(published.edition for published in bundles_of(division_of(request), today()))


def edition_here(request: HttpRequest, bundle: str) -> Edition:
    """Return the edition that holds today. :raises UnknownBundle: if the one-thing is not published here."""
    return current(BundleCode(bundle), division_of(request), today()).edition


def asking(request: HttpRequest, bundle: str) -> Asking:
    """
    Return what the address asks for: whatever is not answered is answered so that most items apply.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    edition = edition_here(request, bundle)
    given = {q.key: p.posted(p.asked_question(q), request.GET) for q in edition.bundle.questions}
    troubles: dict[str, str] = {}
    try:
        answers = read_situation(edition, given)
    except AnswersRefused as refused:
        troubles = {trouble.key: trouble.message for trouble in refused.troubles}
        answers = read_situation(edition, {k: v for k, v in given.items() if k not in troubles})
    known = {item.code for item in edition.bundle.items if item.commitment.allowed}
    committed = frozenset(ItemCode(code) for code in request.GET.getlist("committed") if code in known)
    situation = widest_choice(edition, answers=answers) if answers else widest_reform(edition).plan.situation
    situation = replace(situation, commitments=committed & frozenset(situation.items))
    return Asking(
        edition=edition,
        situation=situation,
        answers=answers,
        questions=tuple(
            p.asked_question(q, value=given.get(q.key), error=troubles.get(q.key, "").partition("：")[2])
            for q in edition.bundle.questions
        ),
        problems=p.Problems(
            items=tuple(p.Problem(field=f"f-{key}", text=text) for key, text in troubles.items()),
            then="改好再看",
        ),
        query=urlencode(
            [*_written(answers), *(("committed", c) for c in sorted(committed)), *_there(request)]
        ),
    )


def _written(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in answers.items():
        if isinstance(value, bool):
            yield key, "yes" if value else "no"
        elif isinstance(value, list):
            yield from ((key, str(one)) for one in value)
        else:
            yield key, str(value)


def _there(request: HttpRequest) -> Iterator[tuple[str, str]]:
    division = division_of(request)
    if division != own_division():
        yield "division", division
