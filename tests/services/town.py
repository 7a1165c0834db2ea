"""The town of the tests: the demo's people and registers, a clock that stands still, and registers that can be taken away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.cast import actor, file_one
from yijianshi.domain.cases import Action
from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import start_of
from yijianshi.integrations.population import Population
from yijianshi.services.handling.decide import Decided, Decision, decide_case
from yijianshi.services.handling.loading import CaseLoaded, load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.sweep import sweep
from yijianshi.services.working import drain
from yijianshi.store.cases.models import CaseRow, OutboxRow, StepRow
from yijianshi.store.results.models import ResultRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow

#: Wednesday, 18 November 2026, nine o'clock in Nanjing.
FIRST_DAY = date(2026, 11, 18)
NINE = timedelta(hours=9)

#: Who decides what in 鼓楼区.
OFFICER = {
    "market-regulation": "chenzhiyuan",
    "fire-rescue": "zhaokai",
    "urban-management": "zhoulin",
    "housing-construction": "wuhao",
    "tobacco": "sunqian",
    "health": "liujie",
    "disease-control": "jiangxin",
    "public-security": "maqiang",
    "healthcare-security": "fengxue",
    "human-resources": "chuning",
    "taxation": "weiguo",
    "housing-fund": "shenping",
    "peoples-bank": "hansong",
}
LEAD = {"open-restaurant": "hemin", "enterprise-opening": "hemin", "newborn": "liujie"}


@dataclass
class StandingClock:
    """The Clock port of the tests: it moves when told to."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass
class Town:
    """What a test holds in its hands."""

    clock: StandingClock
    population: Population
    down: set[str] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        return self.clock.moment

    def go_to(self, month: int, day: int, *, year: int = 2026, after: timedelta = NINE) -> datetime:
        """Move the clock to a day, at nine unless told otherwise."""
        self.clock.moment = start_of(date(year, month, day)) + after
        return self.now

    def later(self, **by: float) -> datetime:
        self.clock.moment += timedelta(**by)
        return self.now

    def who(self, login: str, *, enterprise: bool = False) -> Actor:
        return actor(login, at=self.now, enterprise=enterprise)

    def file(self, who: Actor, **more: Any) -> UUID:
        return file_one(who, at=self.now, **more)

    def release(self, submission: UUID, **more: Any) -> dict[str, str]:
        """Send the submission to its departments by its own coordinator, and let the worker follow up."""
        bundle = load_submission(submission).edition.bundle.code
        release_submission(submission=submission, actor=self.who(LEAD[bundle]), at=self.now, **more)
        self.work()
        return self.states(submission)

    def decide(self, submission: UUID, item: str, action: Action = Action.GRANT, **words: str) -> Decided:
        """Decide one case by the officer whose it is, and let the worker follow up."""
        found = self.case(submission, item)
        officer = self.who(OFFICER[found.unit.partition("@")[0]])
        if action in (Action.REFUSE, Action.DECLINE):
            words = {"reasons": "不符合条件", "basis": "示例条例第一条"} | words
        decided, _ = decide_case(
            case=found.now.id, actor=officer, decision=Decision(action, **words), at=self.now
        )
        self.work()
        return decided

    def decide_all(self, submission: UUID, action: Action = Action.GRANT) -> None:
        """Decide whatever can be decided, round after round, until nothing is left."""
        while ready := [c for c in load_submission(submission).cases if c.now.state == "accepted"]:
            self.decide(submission, ready[0].now.item, action)

    def officer_of(self, submission: UUID, item: str) -> Actor:
        return self.who(OFFICER[self.case(submission, item).unit.partition("@")[0]])

    def work(self) -> None:
        """Do what the worker does until nothing is left that can be done now."""
        drain(at=self.now)

    def sweep(self) -> int:
        """Look at what time alone has changed."""
        moved = sweep(at=self.now)
        self.work()
        return moved

    def case(self, submission: UUID, item: str) -> CaseLoaded:
        return next(c for c in load_submission(submission).cases if c.now.item == item)

    def states(self, submission: UUID) -> dict[str, str]:
        return {case.now.item: str(case.now.state) for case in load_submission(submission).cases}

    def steps(self, submission: UUID, item: str) -> list[str]:
        case = self.case(submission, item).now.id
        return list(StepRow.objects.filter(case_id=case).order_by("id").values_list("action", flat=True))


@contextmanager
def nothing_written() -> Iterator[None]:
    """Hold that what happens inside leaves every table of cases as it was."""
    before = _written()
    yield
    assert _written() == before


def _written() -> Any:
    return (
        list(CaseRow.objects.order_by("id").values_list()),
        list(SubmissionRow.objects.order_by("id").values_list("id", "state", "open_cases")),
        [
            model.objects.count()  # type: ignore[attr-defined]
            for model in (StepRow, OutboxRow, ResultRow, RevisionRow)
        ],
    )


def first_morning() -> datetime:
    return (start_of(FIRST_DAY) + NINE).astimezone(UTC)
