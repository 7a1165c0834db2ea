"""A paper of a case as it is about to be written: the step that owes it, what had happened by then, the words kept for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.cases import Action, Step
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.deadlines import STARTING, Clock, clock_of
from yijianshi.domain.documents import DOCUMENTS, Paper, papers_of
from yijianshi.domain.results import appeal_against
from yijianshi.domain.rights import Actor
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import StepRow
from yijianshi.store.results.models import DecisionTextRow
from yijianshi.store.submissions.models import RevisionRow

from .. import letters
from ..contents import open_words
from ..handling.loading import CaseLoaded
from ..outside import outside
from .naming import LICENCE, name_of_paper, number_of_paper, writer_of
from .opening import Opened, lay_open, show_case
from .paper import NoSuchLetter
from .words import authority_of, desks_at, title_of, until_words

#: What is said where a paper was asked for that nothing has brought about.
_NOT_YET = {
    "acceptance": "这个事项还没有受理，受理以后才有受理通知书",
    "decline": "这个事项没有不予受理，所以没有不予受理决定书",
    "refusal": "这个事项没有作出不予许可的决定，所以没有决定书",
    "suspension": "这个事项没有停止计时，所以没有停止计时告知书",
    "result": "这个事项还没有准予，准予以后才有决定书",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A case with one of its papers, as of the step that owes it."""

    opened: Opened
    case: CaseLoaded
    item: ServiceItem
    paper: Paper
    steps: tuple[Step, ...]  # up to and including the one that owes the paper
    unit: Unit  # who had the case then
    writer: Unit
    words: Mapping[str, str]

    @property
    def step(self) -> Step:
        return self.steps[-1]

    @property
    def on(self) -> date:
        return legal_day(self.step.at)

    @property
    def name(self) -> str:
        return name_of_paper(self.paper.document.kind, self.item)

    @property
    def is_licence(self) -> bool:
        return self.item.type == LICENCE

    def last(self, *actions: Action) -> Step | None:
        """Return the last step of one of these kinds before the paper, or the paper's own."""
        return next((step for step in reversed(self.steps) if step.action in actions), None)

    def heading(self, *, ask: Unit | None = None) -> dict[str, Any]:
        """
        Return what every letter about the case has.

        :param ask: whom to ask about it, if not who writes it.
        """
        loaded = self.opened.loaded
        return {
            "authority": authority_of(self.writer),
            "on": self.on,
            "demo": outside().demo_seal,
            "document_number": number_of_paper(
                self.paper, self.step.action, unit=str(self.unit), on=self.on, loaded=loaded, found=self.case
            ),
            "applicant": self.opened.party.name,
            "item": self.opened.name_of(self.case),
            "case_number": self.case.now.number,
            "bundle": title_of(self.opened.edition),
            "submission_number": loaded.number,
            "desks": desks_at(ask or self.writer),
            "under_licensing_law": self.is_licence,
            "qr": f"{outside().address}/my/{loaded.id}",
        }

    def clock(self, *, before: bool = False) -> Clock:
        """Return how the limit stood after the step, or before it."""
        steps = self.steps[:-1] if before else self.steps
        committed = self.case.now.committed
        return clock_of(steps, self.item.limit, outside().calendar, today=self.on, committed=committed)

    def due(self) -> str:
        """Return by when the case was to be decided after the step; nothing where its limit does not run."""
        due = self.clock().due
        return until_words(due.day, provisional=due.provisional) if due else ""

    def accepted_on(self) -> date:
        """Return since when the case is handled."""
        accepted = self.last(Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED) or self.last(*STARTING)
        if accepted is None:
            return self.opened.received_on
        effective = accepted.detail.get("effective_on")
        return date.fromisoformat(effective) if effective else legal_day(accepted.at)

    def appeal(self) -> letters.Appeal:
        """Return the ways of appeal against what the unit did."""
        appeal = appeal_against(self.unit, self.opened.edition)
        return letters.Appeal(review_body=appeal.reconsideration_at, court=appeal.court)


def open_paper(case: UUID, kind: str, *, nth: int | None, actor: Actor, at: datetime) -> Written:
    """
    Return a case with the newest paper of a kind, or the `nth`; what was filed is open as it stood then.

    :raises NoSuchLetter: if nothing of the kind has happened to the case, or not so often.
    :raises NotPermitted: if the actor may read neither the case nor the whole submission.
    """
    loaded, found = show_case(case, actor=actor, at=at)
    rows = tuple(StepRow.objects.filter(case_id=case).order_by("at", "id"))
    steps = tuple(Step(Action(row.action), row.at, str(row.by or "system"), row.detail or {}) for row in rows)
    papers = [paper for paper in papers_of(steps) if paper.document.kind == kind]
    if not papers:
        raise NoSuchLetter(_NOT_YET.get(kind) or f"这个事项没有{DOCUMENTS[kind].name}：还没有发生这样的事")
    paper = papers[-1] if nth is None else next((one for one in papers if one.nth == nth), None)
    if paper is None:
        raise NoSuchLetter(f"这个事项只有 {len(papers)} 份{DOCUMENTS[kind].name}，没有第 {nth} 份")
    step, unit = steps[paper.place], rows[paper.place].unit or found.unit
    return Written(
        opened=lay_open(loaded, revision=_revision_at(loaded.id, step.at)),
        case=found,
        item=loaded.edition.item(found.now.item),
        paper=paper,
        steps=steps[: paper.place + 1],
        unit=Unit.parse(unit),
        writer=writer_of(step.action, unit, loaded),
        words=_words_of(case, steps, paper.place),
    )


def sentences(text: str) -> tuple[str, ...]:
    """Return what was written, line by line, each ended as a sentence."""
    return tuple(ended(line.strip()) for line in text.splitlines() if line.strip())


def bases(text: str) -> tuple[str, ...]:
    """Return laws and articles as they stand within a sentence, without what ends one."""
    return tuple(line.strip().rstrip("。；;") for line in text.splitlines() if line.strip())


def ended(text: str) -> str:
    """Return the text with a full stop at its end."""
    if not text.strip():
        return ""
    return text if text.endswith(("。", "！", "？")) else f"{text.rstrip('；;，, ')}。"


def happened_with(written: Written, action: Action) -> tuple[str, ...]:
    """Return the names of the other items to which `action` happened by the very act that owes the paper."""
    loaded = written.opened.loaded
    rows = StepRow.objects.filter(submission_id=loaded.id, action=action, at=written.step.at)
    cases = set(rows.exclude(case_id=written.case.now.id).values_list("case_id", flat=True))
    return tuple(written.opened.name_of(case) for case in loaded.cases if case.now.id in cases)


def _revision_at(submission: UUID, at: datetime) -> int:
    """A paper says what was filed when it was written, not what was handed in afterwards."""
    rows = RevisionRow.objects.filter(submission=submission, made_at__lte=at).order_by("-number")
    return rows.values_list("number", flat=True).first() or 1


def _words_of(case: UUID, steps: tuple[Step, ...], place: int) -> dict[str, str]:
    """The words kept with a step: those of its action and moment; none where they were erased."""
    step = steps[place]
    rows = DecisionTextRow.objects.filter(case=case, action=step.action, at=step.at).order_by("id")
    kept = list(rows.values_list("sealed", flat=True))
    nth = sum(other.action is step.action and other.at == step.at for other in steps[:place])
    return open_words(bytes(kept[nth]), purpose="decision") if nth < len(kept) else {}
