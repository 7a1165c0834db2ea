"""By which words a one-thing can be found (线索): its names, those of its items and results, and the steward's synonyms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from yijianshi.domain.codes import BundleCode, ItemCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.synonyms import Synonym

from .words import plain


class LeadKind(StrEnum):
    """What a lead is of the one-thing, in the words of the reason that is shown (线索种类)."""

    NAME = "名称"
    SYNONYM = "大家也这么说"
    ITEM = "里面有这个事项"
    ITEM_SYNONYM = "里面有这个事项，也叫"
    RESULT = "办成后拿到"
    ABOUT = "说明里有"
    STAGE = "人生阶段"
    DEPARTMENT = "经办部门"


#: How much it says about a one-thing that its lead of this kind was asked for.
WEIGHTS = {
    LeadKind.NAME: 1.0,
    LeadKind.SYNONYM: 1.0,
    LeadKind.ITEM: 0.86,
    LeadKind.ITEM_SYNONYM: 0.86,
    LeadKind.RESULT: 0.82,
    LeadKind.ABOUT: 0.55,
    LeadKind.STAGE: 0.6,
    LeadKind.DEPARTMENT: 0.3,
}


@dataclass(frozen=True, slots=True)
class Lead:
    """One wording by which a one-thing can be found."""

    bundle: BundleCode
    kind: LeadKind
    text: str
    item: ItemCode | None = None


def leads_of(edition: Edition, synonyms: Sequence[Synonym]) -> tuple[Lead, ...]:
    """Return every lead to an edition's one-thing, each wording once, under the kind that says most."""
    once: dict[tuple[str, ItemCode | None], Lead] = {}
    for lead in (*_own(edition), *_kept(edition, synonyms)):
        text = plain(lead.text)
        if text and (text, lead.item) not in once:
            once[text, lead.item] = lead
    return tuple(once.values())


@lru_cache(maxsize=4096)
def _own(edition: Edition) -> tuple[Lead, ...]:
    return tuple(_wordings(edition))


def _wordings(edition: Edition) -> Iterator[Lead]:
    bundle = edition.bundle
    for name in (bundle.plain_name, bundle.name):
        yield Lead(bundle.code, LeadKind.NAME, name)
    for word in bundle.keywords:
        yield Lead(bundle.code, LeadKind.SYNONYM, word)
    for item in bundle.items:
        if item.deferred:
            continue
        yield Lead(bundle.code, LeadKind.ITEM, item.name, item.code)
        yield Lead(bundle.code, LeadKind.ITEM, item.short, item.code)
        yield Lead(bundle.code, LeadKind.RESULT, item.result.name, item.code)
        licence = item.result.licence
        if licence in edition.licences:
            yield Lead(bundle.code, LeadKind.RESULT, edition.licences[licence].name, item.code)
    yield Lead(bundle.code, LeadKind.ABOUT, bundle.description)
    yield Lead(bundle.code, LeadKind.STAGE, bundle.stage)
    for code in dict.fromkeys((bundle.lead_department, *bundle.cooperating_departments)):
        yield Lead(bundle.code, LeadKind.DEPARTMENT, edition.departments[code].short_name)


def _kept(edition: Edition, synonyms: Iterable[Synonym]) -> Iterator[Lead]:
    bundle = edition.bundle
    items = {item.code for item in bundle.items if not item.deferred}
    for synonym in synonyms:
        if synonym.bundle == bundle.code:
            for word in synonym.words:
                yield Lead(bundle.code, LeadKind.SYNONYM, word)
        elif synonym.item in items:
            for word in synonym.words:
                yield Lead(bundle.code, LeadKind.ITEM_SYNONYM, word, synonym.item)
