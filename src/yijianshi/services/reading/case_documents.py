"""Which papers a case has by now (文书清单): read from its steps, each with its name, its day and its number, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yijianshi.domain.cases import Action, Step
from yijianshi.domain.documents import papers_of
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import StepRow

from ..handling.loading import CaseLoaded, Loaded
from ..printing import PRINTERS
from ..printing.naming import name_of_paper, number_of_paper


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperListed:
    """One paper of a case; `nth` of its kind, `is_newest` of its kind; `of_all` is one letter for all departments."""

    case: UUID
    kind: str
    nth: int
    is_newest: bool
    of_all: bool
    name: str
    on: date
    number: str


def papers_listed(loaded: Loaded, found: CaseLoaded, rows: Sequence[StepRow]) -> tuple[PaperListed, ...]:
    """
    Return the papers of a case, newest first, without a query.

    :param rows: the case's own steps, the earliest first.
    """
    steps = [Step(Action(row.action), row.at, str(row.by or "system"), row.detail or {}) for row in rows]
    papers = [paper for paper in papers_of(steps) if paper.document.kind in PRINTERS]
    newest = {paper.document.kind: paper.nth for paper in papers}
    item = loaded.edition.item(found.now.item)
    listed = []
    for paper in reversed(papers):
        row, action = rows[paper.place], steps[paper.place].action
        kind, on = paper.document.kind, legal_day(row.at)
        listed.append(
            PaperListed(
                case=found.now.id,
                kind=kind,
                nth=paper.nth,
                is_newest=newest[kind] == paper.nth,
                of_all=action is Action.ASK_FOR_CORRECTION,
                name=name_of_paper(kind, item) + ("（再次）" if action is Action.ASK_AGAIN else ""),
                on=on,
                number=number_of_paper(
                    paper, action, unit=row.unit or found.unit, on=on, loaded=loaded, found=found
                ),
            )
        )
    return tuple(listed)


def papers_of_all(loaded: Loaded, rows: Sequence[StepRow]) -> Mapping[UUID, tuple[PaperListed, ...]]:
    """Return, case by case, the papers of a submission from all its steps, without a query."""
    steps: dict[UUID | None, list[StepRow]] = {}
    for row in rows:
        steps.setdefault(row.case_id, []).append(row)
    return {case.now.id: papers_listed(loaded, case, steps.get(case.now.id, [])) for case in loaded.cases}
