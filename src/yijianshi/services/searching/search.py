"""Search a division for one-things in plain words (搜索): what was found, why, and in which items; narrowed on request."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.editions import Edition

from ..catalogue.published import bundles_of, edition_by_id
from .index import Hit, Index, index_of
from .leads import LeadKind, leads_of
from .reasons import Reason, reason_for
from .synonyms import Stamp, stamp_of, synonyms_at

LONGEST = 50
#: A hit below this is shown as a guess and not as an answer.
_SURE = 0.45
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """How a search is narrowed; what is empty does not narrow."""

    audience: str = ""
    stage: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class ItemMeant:
    """An item that the words speak of (事项)."""

    code: str
    name: str
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A one-thing that was found: why, and which of its items were meant."""

    code: str
    title: str
    about: str
    audience: str
    stage: str
    departments: tuple[str, ...]
    lead_department: str
    score: float
    reason: Reason
    items: tuple[ItemMeant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to narrow what was found, and how many would be left."""

    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a search found; `near` are guesses, given only where nothing was found."""

    words: str
    found: tuple[Found, ...]
    near: tuple[Found, ...] = ()
    audiences: tuple[Choice, ...] = ()
    stages: tuple[Choice, ...] = ()
    departments: tuple[Choice, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether the first hit is an answer and not only a guess."""
        return bool(self.found) and self.found[0].score >= _SURE


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box while somebody types: the words, and the one-thing that they lead to."""

    words: str
    code: str
    title: str


NO_NARROWING = Narrowed()


def search_bundles(
    words: str, *, division: DivisionCode, on: date, narrowed: Narrowed = NO_NARROWING
) -> Results:
    """Return what plain words, pinyin or initials may mean in a division on a day, best first."""
    asked = words.strip()[:LONGEST]
    here = _offered(division, on)
    everything = [_found(hit, asked, here.editions) for hit in here.index.search(asked)]
    left = [one for one in everything if _is_left(one, narrowed)]
    guesses = () if everything else here.index.search(asked, near=True)[:_NEAR]
    return Results(
        words=asked,
        found=tuple(left),
        near=tuple(_found(hit, asked, here.editions) for hit in guesses),
        audiences=_choices(everything, lambda one: (one.audience,), {}, narrowed, "audience"),
        stages=_choices(everything, lambda one: (one.stage,), {}, narrowed, "stage"),
        departments=_choices(
            everything, lambda one: one.departments, here.departments, narrowed, "department"
        ),
    )


def suggest(words: str, *, division: DivisionCode, on: date, most: int = 8) -> tuple[Suggestion, ...]:
    """Return what somebody who has typed so far may be about to ask."""
    here = _offered(division, on)
    return tuple(
        Suggestion(lead.text, lead.bundle, here.editions[lead.bundle].bundle.title)
        for lead in here.index.suggest(words.strip()[:LONGEST], most=most)
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered in a division, ready to be searched: the index, the editions and their departments' names."""

    index: Index
    editions: dict[str, Edition]
    departments: dict[str, str]


def _offered(division: DivisionCode, on: date) -> Offered:
    return _offered_as(tuple(one.id for one in bundles_of(division, on)), stamp_of())


@lru_cache(maxsize=256)
def _offered_as(keys: tuple[UUID, ...], stamp: Stamp) -> Offered:
    """Return what these editions offer; what is published anew has a new key, so nothing need be forgotten."""
    synonyms = synonyms_at(stamp)
    editions = [edition_by_id(key) for key in keys]
    leads = [lead for edition in editions for lead in leads_of(edition, synonyms)]
    return Offered(
        index_of(tuple(leads), synonyms),
        {edition.bundle.code: edition for edition in editions},
        {d.code: d.short_name for edition in editions for d in edition.departments.values()},
    )


def _found(hit: Hit, asked: str, editions: dict[str, Edition]) -> Found:
    edition = editions[hit.bundle]
    bundle = edition.bundle
    meant = [
        ItemMeant(item.code, item.plain_name, edition.departments[item.department].short_name)
        for code in hit.items
        for item in bundle.items
        if item.code == code
    ]
    items = [item for item in bundle.items if not item.deferred]
    return Found(
        code=bundle.code,
        title=bundle.title,
        about=bundle.description,
        audience=bundle.audience,
        stage=bundle.stage,
        departments=tuple(sorted({item.department for item in items} | {bundle.lead_department})),
        lead_department=edition.departments[bundle.lead_department].short_name,
        score=round(hit.score, 3),
        reason=reason_for(hit.best, asked),
        items=tuple(meant) if hit.best.lead.kind is not LeadKind.ABOUT else (),
    )


def _is_left(one: Found, narrowed: Narrowed) -> bool:
    return (
        narrowed.audience in ("", one.audience)
        and narrowed.stage in ("", one.stage)
        and (not narrowed.department or narrowed.department in one.departments)
    )


def _choices(
    found: Sequence[Found],
    values: Callable[[Found], Sequence[str]],
    names: dict[str, str],
    narrowed: Narrowed,
    field: str,
) -> tuple[Choice, ...]:
    """Return the values of one field among what the other narrowings leave."""
    others = replace(narrowed, **{field: ""})
    counted = Counter(value for one in found if _is_left(one, others) for value in values(one) if value)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Choice(value=value, words=names.get(value, value), count=count) for value, count in ordered)
