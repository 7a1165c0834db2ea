"""What happens in a random life beside the cases' own acts: fees, promises that are checked, questions, joint operations."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from tests.filed import begin, coordinator_of, fill, officer_of, seal, whose
from tests.services.town import Town
from yijianshi.domain.appointments import AppointmentRefused, half_days
from yijianshi.domain.cases import Action, State
from yijianshi.domain.commitments import CheckNotPossible, NothingCommitted, RepairNotPossible
from yijianshi.domain.consultations import ConsultationNotPossible
from yijianshi.domain.fees import ChargeNotPossible, RefundNotPossible
from yijianshi.domain.holds import FEE, DecisionHeld, held_by
from yijianshi.domain.joint import OperationRefused, Opinion, OpinionIncomplete, RecordIncomplete, Verdict
from yijianshi.domain.rights import Act, Actor, NotPermitted
from yijianshi.domain.workdays import legal_day
from yijianshi.services.applying.choose import choose_items
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.handling.check_commitment import record_broken, record_kept
from yijianshi.services.handling.consult import answer_unit, ask_unit
from yijianshi.services.handling.credit import repair_credit
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import CaseLoaded, Loaded
from yijianshi.services.handling.uncommit import withdraw_commitment
from yijianshi.services.joining.appoint import fix_appointment, offer_times
from yijianshi.services.joining.loading import load_operation
from yijianshi.services.joining.opine import digest_of_unit, give_opinion, sign_opinions
from yijianshi.services.outside import outside
from yijianshi.services.paying.charge import Charge, charge_case
from yijianshi.services.paying.pay import NothingToPay, open_payment, take_at_counter
from yijianshi.services.paying.refund import RefundDecision, decide_refund
from yijianshi.services.people.credit import why_left_out
from yijianshi.store.accounts.models import Officer
from yijianshi.store.cases.models import StepRow
from yijianshi.store.desks.models import QuestionRow
from yijianshi.store.fees.models import ChargeRow
from yijianshi.store.joint.models import OperationRow, OpinionRow
from yijianshi.store.promises.models import CheckRow, CreditRow

REFUSED = (
    AppointmentRefused, ChargeNotPossible, CheckNotPossible, ConsultationNotPossible, DecisionHeld, NothingCommitted,
    NothingToPay, OperationRefused, OpinionIncomplete, RecordIncomplete, RefundNotPossible, RepairNotPossible,
)  # fmt: skip
#: Acts that concern a case without moving it or its day.
MOVES_NOTHING = frozenset({"charge", "pay", "consult", "meet", "sign"})


class Lived(Protocol):
    """A life, as far as these acts need it."""

    town: Town
    submission: UUID
    owner: Actor

    @property
    def loaded(self) -> Loaded: ...
    def pick(self, chance: int) -> tuple[CaseLoaded, Actor]: ...


class Stood(NamedTuple):
    """How a case stood before an act."""

    state: State
    due_on: date | None
    holds: str


def file_committed(bundle: str, *, at: Any) -> UUID:
    """File the fullest choice with every commitment that may be made."""
    who = whose(bundle, at=at)
    draft = begin(bundle, who=who, at=at)
    items = open_draft(draft, actor=who).plan().items
    committed = [item.code for item in items if item.commitment.allowed]
    assert committed
    problems = choose_items(
        draft=draft, actor=who, items=[i.code for i in items], commitments=committed, at=at
    )
    assert problems == ()
    return seal(fill(draft, who=who, at=at), who=who, at=at).id


def charge(life: Lived, chance: int) -> None:
    loaded = life.loaded
    charging = [
        case
        for case in loaded.cases
        if loaded.edition.item(case.now.item).fee.charged != "no" and case.now.state is State.ACCEPTED
    ]
    case = charging[chance % len(charging)] if charging and chance % 4 else life.pick(chance)[0]
    charge_case(
        case=case.now.id, actor=officer_of(case, at=life.town.now), at=life.town.now,
        charge=Charge(fen=100 * (1 + chance % 3), standard="每件", basis="示例收费标准第一条"),
    )  # fmt: skip


def pay(life: Lived, chance: int) -> None:
    if chance % 3 == 0:
        open_payment(submission=life.submission, actor=life.owner, at=life.town.now)
    else:
        window = life.town.who("laoli")
        take_at_counter(submission=life.submission, actor=window, receipt=f"No.{chance}", at=life.town.now)


def advance(life: Lived, chance: int) -> None:
    """Grant one of those that can be decided, as most lives go on."""
    ready = [case for case in life.loaded.cases if case.now.state is State.ACCEPTED]
    if ready:
        case = ready[chance % len(ready)]
        officer = officer_of(case, at=life.town.now)
        decide_case(case=case.now.id, actor=officer, decision=Decision(Action.GRANT), at=life.town.now)


def refund(life: Lived, chance: int) -> None:
    paid = list(ChargeRow.objects.filter(submission=life.submission, state="paid").order_by("id"))
    if paid:
        row = paid[chance % len(paid)]
        officer = officer_of(life.loaded.case(row.case_id), at=life.town.now)
        decision = RefundDecision(
            fen=row.fen if chance % 2 else 0,
            rendered=chance % 3 == 0,
            reason="没有提供服务",
            basis="示例收费标准第三条",
        )
        decide_refund(case=row.case_id, charge=row.pk, actor=officer, decision=decision, at=life.town.now)


def consult(life: Lived, chance: int) -> None:
    waiting = list(QuestionRow.objects.filter(submission=life.submission, answered_at=None).order_by("id"))
    case, officer = life.pick(chance)
    if waiting and chance % 2:
        question = waiting[chance % len(waiting)]
        answer_unit(question=question.pk, actor=officer, text="可以", at=life.town.now)
    else:
        other, _ = life.pick(chance // 10)
        ask_unit(case=case.now.id, actor=officer, unit=other.unit, text="按哪一条算？", at=life.town.now)


def check(life: Lived, chance: int) -> None:
    open_ones = CheckRow.objects.filter(case__submission=life.submission, outcome="").values_list(
        "case", flat=True
    )
    case, officer = life.pick(chance)
    if open_ones and chance % 4:
        case = life.loaded.case(open_ones[chance % len(open_ones)])
        officer = officer_of(case, at=life.town.now)
    who: dict[str, Any] = {"case": case.now.id, "actor": officer, "at": life.town.now}
    if chance % 3 == 0:
        record_kept(words="看过，属实", **who)
    else:
        record_broken(facts="承诺不实", basis="国办发〔2020〕42号", **who)


def promise(life: Lived, chance: int) -> None:
    case, officer = life.pick(chance)
    if chance % 2:
        repair_credit(case=case.now.id, actor=officer, reason="已经改正", at=life.town.now)
    else:
        withdraw_commitment(case=case.now.id, actor=life.owner, reason="", at=life.town.now)


def meet(life: Lived, chance: int) -> None:
    """Say when one can come, agree on a day, or give an opinion - on one's own case or, wrongly, on another's."""
    row = (
        OperationRow.objects.filter(submission=life.submission)
        .exclude(state="cancelled")
        .order_by("id")
        .first()
    )
    if row is None:
        return
    at, found = life.town.now, load_operation(row.pk)
    case, officer = life.pick(chance)
    slots = half_days(outside().calendar, after=legal_day(at))
    if found.kind.is_on_site and row.state == "planned" and chance % 3 == 0:
        offer_times(operation=row.pk, actor=officer, party=case.unit, slots=slots[:2], at=at)
    elif found.kind.is_on_site and row.state in ("planned", "proposed"):
        lead = coordinator_of(life.loaded, at=at)
        fix_appointment(operation=row.pk, actor=lead, slot=slots[chance % len(slots)], place="现场", at=at)
    else:
        about, _ = life.pick(chance // 10) if chance % 5 == 0 else (case, officer)
        kept = found.said(about.now.id)
        verdict = Verdict.PASS if chance % 2 else Verdict.FAIL
        give_opinion(
            operation=row.pk, actor=officer, at=at, seen=kept.seq if kept else None,
            opinion=Opinion(case=about.now.id, verdict=verdict, reason="看过", basis="示例条例", present="甲、乙"),
        )  # fmt: skip


def sign(life: Lived, chance: int) -> None:
    row = (
        OperationRow.objects.filter(submission=life.submission)
        .exclude(state="cancelled")
        .order_by("id")
        .first()
    )
    if row is None:
        return
    case, officer = life.pick(chance)
    found = load_operation(row.pk)
    if case.unit not in found.units:
        raise NotPermitted(Act.TAKE_PART)
    digest = digest_of_unit(found, case.unit)
    sign_opinions(operation=row.pk, actor=officer, unit=case.unit, digest=digest, at=life.town.now)


ACTS: dict[str, Callable[[Any, int], None]] = {
    "charge": charge, "pay": pay, "refund": refund, "consult": consult, "check": check, "promise": promise,
    "meet": meet, "sign": sign, "advance": advance,
}  # fmt: skip


def holds_between(life: Lived, before: Mapping[UUID, Stood], act: str) -> None:
    """Hold the laws of fees, promises, questions and joint operations."""
    loaded = life.loaded
    unpaid = set(
        ChargeRow.objects.filter(submission=life.submission, state="open").values_list("case", flat=True)
    )
    for case in loaded.cases:
        now, was = case.now, before[case.now.id]
        if now.state is State.GRANTED and was.state is not State.GRANTED:
            assert not held_by(was.holds), f"granted while held back by {was.holds}"
        assert not (now.state is State.GRANTED and now.id in unpaid), "granted before it was paid"
        if now.state is State.ACCEPTED:
            assert (FEE in held_by(case.holds)) == (now.id in unpaid)
        if act in MOVES_NOTHING:
            assert (now.state, now.due_on) == (was.state, was.due_on), f"{act} moved a case"
    if act in ("meet", "sign"):
        _only_participants_spoke(life)
    if act in ("check", "promise", "take up", "worker"):
        _broken_promises_follow(life)


def _only_participants_spoke(life: Lived) -> None:
    units = {case.now.id: case.unit for case in life.loaded.cases}
    for row in OpinionRow.objects.filter(operation__submission=life.submission):
        assert row.unit == units[row.case_id]
        for who in filter(None, (row.by, row.signed_by)):
            assert Officer.objects.filter(account=who, unit=row.unit, role="reviewer").exists()


def _broken_promises_follow(life: Lived) -> None:
    broken = set(
        CheckRow.objects.filter(case__submission=life.submission, outcome="broken").values_list(
            "case", flat=True
        )
    )
    entered = CreditRow.objects.filter(case__submission=life.submission)
    assert broken == set(entered.values_list("case", flat=True))
    revoked = StepRow.objects.filter(case_id__in=broken, action=Action.REVOKE).values_list(
        "case_id", flat=True
    )
    assert broken <= set(revoked)
    assert bool(why_left_out(life.loaded.party)) == entered.filter(repaired_at=None).exists()
