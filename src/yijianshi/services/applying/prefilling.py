"""
Asking the registers what the state already knows (数据共享), so that nobody is asked for it.

A register that is down blocks nothing: what it would have said is asked instead, and noted for later verification.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from yijianshi.domain.catalogue import ASKED, COMPUTED, PRIOR
from yijianshi.domain.codes import ElementCode, LicenceCode, ResourceCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.drafts import Value
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan
from yijianshi.domain.workdays import legal_day

from ..outside import outside
from ..ports import SourceUnavailable, Subject


def ask_registers(
    plan: Plan, subject: Subject, *, known: Iterable[ElementCode], at: datetime
) -> tuple[dict[ElementCode, Value], tuple[ResourceCode, ...]]:
    """Return what the registers supply for the plan's fields, and which registers did not answer."""
    already = set(known)
    open_fields = {
        merged.element: _sources(merged.source, merged.element, plan.edition)
        for merged in plan.fields
        if merged.source not in (ASKED, COMPUTED) and merged.element not in already
    }
    supplied: dict[ElementCode, Value] = {}
    down: dict[ResourceCode, None] = {}
    while True:
        batch = _by_first_source(open_fields, supplied)
        if not batch:
            return supplied, tuple(down)
        for resource, elements in batch.items():
            try:
                answer = outside().exchange.ask(resource, about=subject, elements=elements)
            except SourceUnavailable:
                down[resource] = None
            else:
                supplied |= {
                    code: Value(value, resource, answer.as_of)
                    for code, value in answer.values.items()
                    if code in elements
                }
            for element in elements:
                open_fields[element] = tuple(s for s in open_fields[element] if s != resource)


def compute_values(plan: Plan, *, at: datetime) -> dict[ElementCode, Value]:
    """Return what the platform works out itself: the year and the day of filing."""
    today = legal_day(at)
    worked_out: Mapping[Kind, object] = {Kind.YEAR: str(today.year), Kind.DATE: today.isoformat()}
    return {
        merged.element: Value(worked_out[kind], COMPUTED, at)
        for merged in plan.fields
        if merged.source == COMPUTED and (kind := plan.edition.elements[merged.element].kind) in worked_out
    }


def licences_held(edition: Edition, subject: Subject) -> tuple[tuple[LicenceCode, ...], bool]:
    """Return which kinds of licence of this edition the subject holds, and whether the store answered at all."""
    try:
        found = outside().exchange.licences_of(subject)
    except SourceUnavailable:
        return (), False
    return tuple(dict.fromkeys(held.kind for held in found if held.kind in edition.licences)), True


def _sources(source: str, element: ElementCode, edition: Edition) -> tuple[ResourceCode, ...]:
    first = () if source == PRIOR else (ResourceCode(source),)
    return tuple(dict.fromkeys((*first, *edition.elements[element].sources)))


def _by_first_source(
    open_fields: Mapping[ElementCode, tuple[ResourceCode, ...]], supplied: Mapping[ElementCode, Value]
) -> dict[ResourceCode, list[ElementCode]]:
    batch: dict[ResourceCode, list[ElementCode]] = defaultdict(list)
    for element, sources in open_fields.items():
        if sources and element not in supplied:
            batch[sources[0]].append(element)
    return batch
