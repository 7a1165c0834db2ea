"""The process of a published one-thing (办理流程): standard, or for what a reader has answered; as file and as picture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.layouts import Layout, lay_out
from yijianshi.domain.plans import Plan
from yijianshi.domain.processes import process_of, process_one_by_one, standard_situation

from ..catalogue.planning import plan_for
from ..catalogue.published import current
from ..reading.guide import read_guide
from .bpmn import bpmn_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProcess:
    """A process as it is drawn: at once, and one by one as before; `standard` where nothing was answered."""

    edition: Edition
    plan: Plan
    together: Layout
    one_by_one: Layout
    standard: bool
    query: str

    def bpmn(self) -> bytes:
        """Return the process as a BPMN 2.0 file."""
        return bpmn_of(self.together, edition=self.edition.name)


def read_process(
    *,
    bundle: BundleCode,
    division: DivisionCode,
    given: Mapping[str, Any],
    also: Iterable[str] = (),
    commit: Iterable[str] = (),
    on: date,
) -> ReadProcess:
    """
    Return the process for what was answered, or the standard one if nothing was.

    :raises UnknownBundle: if the one-thing is not published there.
    """
    also, commit = tuple(also), tuple(commit)
    asked = also or commit or any(value not in (None, "", []) for value in given.values())
    query = ""
    if asked:
        guide = read_guide(bundle=bundle, division=division, given=given, also=also, commit=commit, on=on)
        plan, query = guide.plan, guide.query()
    else:
        published = current(bundle, division, on)
        plan = plan_for(published.id, standard_situation(published.edition))
    return ReadProcess(
        edition=plan.edition,
        plan=plan,
        together=lay_out(process_of(plan, division=division)),
        one_by_one=lay_out(process_one_by_one(plan, division=division)),
        standard=not asked,
        query=query,
    )
