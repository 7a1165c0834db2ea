"""
Whole submissions lived at random on the real tables, with the clock, failing registers and people who come too late.

Whatever happens, in whatever order, the same laws hold after every single act. `bin/trial` lives thousands of them.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import PAPER
from tests.filed import coordinator_of, file_fullest, officer_of, whose
from tests.services import between
from tests.services.town import Town
from yijianshi.domain.cases import CLOSED, Action, ActionNotAllowed, State, Step, state_after
from yijianshi.domain.corrections import CorrectionIncomplete, RemarkNotAllowed, Target
from yijianshi.domain.deadlines import ExtensionNotAllowed, StopNotAllowed, stop_grounds
from yijianshi.domain.documents import OWED_BY, documents_owed
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.domain.submissions import NotReady, PriorMissing, materials_for
from yijianshi.domain.workdays import legal_day
from yijianshi.services.catalogue.planning import plan_for
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.correct import NothingToCorrect, Upload, answer_correction
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.extend import extend_case
from yijianshi.services.handling.loading import CaseLoaded, Loaded, load_submission
from yijianshi.services.handling.mend import ask_to_mend, pass_inspection, report_mended
from yijianshi.services.handling.release import AlreadyReleased, release_submission
from yijianshi.services.handling.remark import make_remark, remarks_of
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.handling.take_up import redo_case, reopen_case, revoke_case
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.working import work
from yijianshi.store.cases.models import FeedRow, OutboxRow, StepRow
from yijianshi.store.corrections.models import CorrectionRow
from yijianshi.store.results.models import DecisionTextRow, DeliveryRow, ResultRow
from yijianshi.store.submissions.models import SubmissionRow

BUNDLES = ("newborn", "open-restaurant", "second-hand-home")
#: Every choice, and one on every commitment that may be made.
LIVES = (*BUNDLES, "open-restaurant, committed")
#: What may be refused in an ordinary life; anything else is a fault.
REFUSALS = (
    ActionNotAllowed, AlreadyReleased, CorrectionIncomplete, ExtensionNotAllowed, NotPermitted, NotReady,
    NothingToCorrect, PriorMissing, ReasonMissing, RemarkNotAllowed, SomebodyWasFaster, StopNotAllowed,
    *between.REFUSED,
)  # fmt: skip
LIVED = settings.default.max_examples // 6


class _Over(Exception):
    """The life is over; nothing of it stays."""


@dataclass
class Life:
    """One submission, whose it is, and what has been refused and done."""

    town: Town
    submission: UUID
    owner: Actor
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def loaded(self) -> Loaded:
        return load_submission(self.submission)

    def pick(self, chance: int) -> tuple[CaseLoaded, Actor]:
        """Return one of the cases with an officer of its unit."""
        cases = self.loaded.cases
        case = cases[chance % len(cases)]
        return case, officer_of(case, at=self.town.now)


def remark(life: Life, chance: int) -> None:
    case, officer = life.pick(chance)
    plan = plan_for(life.loaded.edition_id, open_revision(life.submission).situation())
    codes = materials_for(plan, case.now.item)
    if not codes:
        return
    make_remark(
        case=case.now.id, actor=officer, target=Target.MATERIAL, code=codes[chance % len(codes)],
        reason="看不清", basis="示例条例第一条", remedy="请重拍", at=life.town.now,
    )  # fmt: skip


def release(life: Life, chance: int) -> None:
    loaded = life.loaded
    declined = {}
    if chance % 5 == 0:
        declined[loaded.cases[chance % len(loaded.cases)].now.item] = {
            "reasons": "不归本机关",
            "basis": "示例",
        }
    release_submission(
        submission=life.submission, actor=coordinator_of(loaded, at=life.town.now), at=life.town.now,
        declined=declined,
    )  # fmt: skip


def correct(life: Life, chance: int) -> None:
    asked = {one.remark.code for one in remarks_of(life.submission, states=("asked",))}
    files = {code: [Upload("图.pdf", PAPER)] for code in sorted(asked)[chance % 2 :]}
    answer_correction(submission=life.submission, actor=life.owner, fields={}, files=files, at=life.town.now)


def decide(action: Action) -> Callable[[Life, int], None]:
    def act(life: Life, chance: int) -> None:
        case, officer = life.pick(chance)
        seen = case.now.seq - 1 if chance % 7 == 0 else case.now.seq
        decision = Decision(action, reasons="不符合条件", basis="示例条例第一条")
        decide_case(case=case.now.id, actor=officer, decision=decision, at=life.town.now, seen=seen)

    return act


def suspend(life: Life, chance: int) -> None:
    case, officer = life.pick(chance)
    grounds = stop_grounds(life.loaded.edition.item(case.now.item))
    ground = grounds[chance % len(grounds)].code if grounds else "hearing"
    suspend_case(
        case=case.now.id, actor=officer, ground=ground, reason="要鉴定", expected_days=5, at=life.town.now
    )


def resume(life: Life, chance: int) -> None:
    case, officer = life.pick(chance)
    resume_case(case=case.now.id, actor=officer, at=life.town.now)


def extend(life: Life, chance: int) -> None:
    case, officer = life.pick(chance)
    extend_case(
        case=case.now.id, actor=officer, days=1 + chance % 12, approved_by="局长", reason="等答复",
        joint=chance % 3 == 0, at=life.town.now,
    )  # fmt: skip


def mend(life: Life, chance: int) -> None:
    case, officer = life.pick(chance)
    if case.now.state is State.MENDING:
        report_mended(case=case.now.id, actor=life.owner, words="改好了", at=life.town.now)
    elif case.now.state is State.MENDED and chance % 2:
        pass_inspection(case=case.now.id, actor=officer, inspectors="甲、乙", words="", at=life.town.now)
    else:
        ask_to_mend(
            case=case.now.id, actor=officer, findings=["出口被挡"], basis="示例条例第一条", inspectors="甲、乙",
            mend_by=legal_day(life.town.now) + timedelta(days=5), at=life.town.now,
        )  # fmt: skip


def withdraw(life: Life, chance: int) -> None:
    withdraw_case(case=life.pick(chance)[0].now.id, actor=life.owner, at=life.town.now)


def take_up(life: Life, chance: int) -> None:
    case, officer = life.pick(chance)
    who: dict[str, Any] = {"case": case.now.id, "actor": officer, "at": life.town.now}
    if chance % 3 == 0:
        revoke_case(reasons="资料是假的", basis="行政许可法第六十九条", **who)
    elif chance % 3 == 1:
        redo_case(reasons="弄错了", approved_by="局长", **who)
    else:
        reopen_case(authority="区政府", document="1 号", **who)


def time_passes(life: Life, chance: int) -> None:
    life.town.later(days=1 + chance % 9)


def the_worker_comes(life: Life, chance: int) -> None:
    for _ in range(3):
        work(at=life.town.now)


def registers_come_and_go(life: Life, chance: int) -> None:
    if life.town.down:
        life.town.down.clear()
    else:
        life.town.down |= set(life.loaded.edition.resources)


ACTS: dict[str, Callable[[Life, int], None]] = {
    "remark": remark, "release": release, "correct": correct, "grant": decide(Action.GRANT),
    "grant too": decide(Action.GRANT), "refuse": decide(Action.REFUSE), "accept": decide(Action.ACCEPT),
    "decline": decide(Action.DECLINE), "suspend": suspend, "resume": resume, "extend": extend, "mend": mend,
    "withdraw": withdraw, "take up": take_up, "time": time_passes, "worker": the_worker_comes,
    "registers": registers_come_and_go, **between.ACTS,
}  # fmt: skip


@pytest.fixture(scope="module")
def filed(settled_town: Town) -> dict[str, UUID]:
    fullest = {bundle: file_fullest(bundle, at=settled_town.now).id for bundle in BUNDLES}
    return fullest | {LIVES[-1]: between.file_committed("open-restaurant", at=settled_town.now)}


@pytest.mark.clause("S7", "S8.1", "S8.2", "C5.1")
@settings(
    max_examples=LIVED, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    bundle=st.sampled_from(LIVES),
    acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 999)), min_size=8, max_size=30),
)
def test_in_every_life_the_same_laws_hold(
    town: Town, filed: dict[str, UUID], bundle: str, acts: list[tuple[str, int]]
) -> None:
    began = town.clock.moment
    try:
        with transaction.atomic():
            life = Life(town, filed[bundle], whose(bundle.partition(",")[0], at=town.now))
            # Most of what is worth living comes after the dispatch, and after a grant or two; one life in four meets it by chance.
            helped = [("release", 1), *[("advance", 0)] * (acts[1][1] % 5)]
            for act, chance in acts if acts[0][1] % 4 == 0 else [*acts[:3], *helped, *acts[3:]]:
                before = due_days(life)
                try:
                    with transaction.atomic():
                        ACTS[act](life, chance)
                    life.done[act] += 1
                except REFUSALS as refused:
                    life.refused[act] += bool(str(refused).strip())  # a refusal says something
                holds(life, before, act)
            raise _Over
    except _Over:
        town.clock.moment = began
        town.down.clear()


def due_days(life: Life) -> dict[UUID, between.Stood]:
    return {
        case.now.id: between.Stood(case.now.state, case.now.due_on, case.holds) for case in life.loaded.cases
    }


def holds(life: Life, before: dict[UUID, between.Stood], act: str) -> None:
    """Hold every law that must be so after any act."""
    loaded = life.loaded
    row = SubmissionRow.objects.get(pk=life.submission)
    still_open = [now for now in loaded.nows if now.state not in CLOSED]
    assert row.open_cases == len(still_open)
    assert (row.state == "closed") == (not still_open)
    assert CorrectionRow.objects.filter(submission=life.submission, is_breach=False).count() <= 1
    rows = list(StepRow.objects.filter(submission_id=life.submission).order_by("at", "id"))
    told = set(FeedRow.objects.values_list("step_id", flat=True))
    waiting = {UUID(step) for steps in OutboxRow.objects.values_list("steps", flat=True) for step in steps}
    assert {step.id for step in rows} <= told | waiting, "a step that nobody will ever be told of"
    results = Counter(
        ResultRow.objects.filter(case__submission=life.submission)
        .exclude(state="revoked")
        .values_list("case_id", flat=True)
    )
    texts: dict[tuple[UUID, str], int] = Counter(
        DecisionTextRow.objects.filter(case__submission=life.submission).values_list("case_id", "action")
    )
    for case in loaded.cases:
        now = case.now
        steps = [
            Step(Action(step.action), step.at, str(step.by), step.detail or {})
            for step in rows
            if step.case_id == now.id
        ]
        assert state_after(steps) is now.state
        assert (now.state is State.WAITING) <= (now.waits_for > 0)
        assert (now.state in (State.ACCEPTED, State.SUSPENDED, State.GRANTED)) <= (now.waits_for == 0)
        assert results[now.id] == (now.state is State.GRANTED)
        assert [step.action for step in steps].count(Action.ASK_FOR_CORRECTION) <= 1
        if now.state in CLOSED:
            assert OWED_BY[last_that_led(steps)] in documents_owed(steps)
        for action in ("refuse", "decline", "revoke"):
            said = sum(step.action == action for step in steps)
            assert texts[(now.id, action)] == said, f"{said} times {action}, without its words"
        was, due, _ = before[now.id]
        if act in ("resume", "extend") and due and now.due_on:
            assert now.due_on >= due, f"{act} brought a day nearer"
        if was in CLOSED and now.state not in CLOSED:
            assert act == "take up"
    between.holds_between(life, before, act)
    if row.state == "closed":
        granted = any(now.state is State.GRANTED for now in loaded.nows)
        assert DeliveryRow.objects.filter(submission=life.submission).exists() >= granted


def last_that_led(steps: list[Step]) -> Action:
    """Return the last step that led somewhere."""
    from yijianshi.domain.cases import BESIDE_THE_WAY

    return [step.action for step in steps if step.action not in BESIDE_THE_WAY][-1]


@pytest.mark.parametrize(
    ("lived", "acts", "comes_to"),
    [
        (
            "second-hand-home",
            ["release", "consult", *["charge", "advance"] * 5, "pay"],
            {"charge", "pay", "consult"},
        ),
        (
            LIVES[-1],
            [
                "release",
                "worker",
                "meet",
                "time",
                "meet",
                "advance",
                "advance",
                "advance",
                "advance",
                "check",
            ],
            {"meet", "check"},
        ),
    ],
    ids=["a fee", "a broken promise"],
)
def test_lives_come_to_fees_questions_promises_and_meetings(
    town: Town, filed: dict[str, UUID], lived: str, acts: list[str], comes_to: set[str]
) -> None:
    began = town.clock.moment
    with transaction.atomic():
        life = Life(town, filed[lived], whose(lived.partition(",")[0], at=town.now))
        for act in acts:
            before = due_days(life)
            try:
                with transaction.atomic():
                    ACTS[act](life, 1)
                life.done[act] += 1
            except REFUSALS as refused:
                life.refused[f"{act}: {refused}"] += 1
            holds(life, before, act)
        transaction.set_rollback(True)
    town.clock.moment = began
    assert comes_to <= set(life.done), life.refused


def test_the_lives_do_what_they_should(town: Town, filed: dict[str, UUID]) -> None:
    """Nothing is held by laws that no life ever comes to: walk one life by hand through most acts."""
    life = Life(town, filed["open-restaurant"], whose("open-restaurant", at=town.now))
    with transaction.atomic():
        for act, chance in (
            ("release", 1), ("worker", 0), ("mend", 0), ("mend", 0), ("mend", 4), ("extend", 5), ("worker", 0),
        ):  # fmt: skip
            before = due_days(life)
            try:
                with transaction.atomic():
                    ACTS[act](life, chance)
                life.done[act] += 1
            except REFUSALS:
                life.refused[act] += 1
            holds(life, before, act)
        transaction.set_rollback(True)
    assert life.done["release"] == 1
    assert life.done["mend"] + life.done["extend"] >= 2
