"""Where two persons decide, one proposes and another confirms exactly that; elsewhere nothing is different."""

import threading
from uuid import UUID

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.services.handling.acts import FIRE, FOOD
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action
from yijianshi.domain.countersigning import ProposalNotPossible, SecondPersonNeeded
from yijianshi.domain.results import RefusalWithoutReasons
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.countersign import confirm_proposal, propose_decision, send_back
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.demand_two import demand_two_persons
from yijianshi.services.handling.mend import ask_to_mend, report_mended
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.cases.models import StepRow
from yijianshi.store.results.models import DecisionTextRow, ResultRow

UNIT = "fire-rescue@320106"
REFUSAL = Decision(Action.REFUSE, reasons="安全出口只有一个", basis="消防法第十五条")


def colleague(town: Town, login: str = "qianli") -> Actor:
    """Return 钱立, who sits beside 赵凯 in the fire brigade."""
    account, _ = Account.objects.get_or_create(login=login, defaults={"created_at": town.now})
    Officer.objects.get_or_create(account=account, role="reviewer", unit=UNIT, since=town.now.date())
    from yijianshi.services.people.actors import actor_of

    return actor_of(account, on=town.now.date())


def filed(town: Town, *, two: bool = True) -> UUID:
    submission = town.file(town.who("wangfang", enterprise=True))
    town.release(submission)
    if two:
        demand_two_persons(unit=UNIT, item=FIRE, actor=town.who("heli"), at=town.now, wanted=True)
    return submission


def propose(town: Town, submission: UUID, decision: Decision = REFUSAL, *, who: Actor | None = None) -> None:
    case = town.case(submission, FIRE).now.id
    propose_decision(case=case, actor=who or town.who("zhaokai"), decision=decision, at=town.now)


@pytest.mark.django_db
@pytest.mark.clause("C3.1")
def test_one_proposes_another_confirms_and_exactly_that_is_decided(town: Town) -> None:
    submission = filed(town)
    case = town.case(submission, FIRE).now.id
    with pytest.raises(SecondPersonNeeded, match="两个人"):
        town.decide(submission, FIRE, Action.REFUSE)
    propose(town, submission)
    assert town.states(submission)[FIRE] == "accepted"
    with nothing_written(), pytest.raises(SecondPersonNeeded, match="不能自己确认"):
        confirm_proposal(case=case, actor=town.who("zhaokai"), at=town.now)
    other = colleague(town)
    with nothing_written(), pytest.raises(SecondPersonNeeded, match="不是这个决定"):
        decide_case(case=case, actor=other, decision=Decision(Action.GRANT), at=town.now)
    changed = Decision(Action.REFUSE, reasons="别的理由", basis=REFUSAL.basis)
    with nothing_written(), pytest.raises(SecondPersonNeeded, match="理由或依据"):
        decide_case(case=case, actor=other, decision=changed, at=town.now)
    assert confirm_proposal(case=case, actor=other, at=town.now).state == "refused"
    assert town.steps(submission, FIRE)[-2:] == ["propose", "refuse"]
    from yijianshi.services.contents import open_words

    said = open_words(DecisionTextRow.objects.get(case=case, action="refuse").sealed, purpose="decision")
    assert (said["reasons"], said["basis"]) == (REFUSAL.reasons, REFUSAL.basis)
    decided_by = StepRow.objects.filter(case_id=case, action="refuse").values_list("by", flat=True).get()
    assert str(decided_by) == other.account


@pytest.mark.django_db
def test_a_grant_is_proposed_with_a_note_that_stays_sealed(town: Town) -> None:
    submission = filed(town)
    propose(town, submission, Decision(Action.GRANT, reasons="现场看过，符合"))
    case = town.case(submission, FIRE).now.id
    step = StepRow.objects.get(case_id=case, action="propose")
    assert step.detail == {"decision": "grant"}
    assert "现场".encode() not in bytes(DecisionTextRow.objects.get(case=case, action="propose").sealed)
    decided = confirm_proposal(case=case, actor=colleague(town), at=town.now)
    assert decided.result_number
    assert ResultRow.objects.filter(case=case).count() == 1


@pytest.mark.django_db
def test_it_is_sent_back_with_a_reason_and_proposed_anew(town: Town) -> None:
    submission = filed(town)
    propose(town, submission)
    case, other = town.case(submission, FIRE).now.id, colleague(town)
    with pytest.raises(ProposalNotPossible, match="已经有一份"):
        propose(town, submission)
    with pytest.raises(ReasonMissing):
        send_back(case=case, actor=other, reason=" ", at=town.now)
    send_back(case=case, actor=other, reason="请补现场照片", at=town.now)
    with pytest.raises(ProposalNotPossible, match="没有等审核的"):
        confirm_proposal(case=case, actor=other, at=town.now)
    with pytest.raises(ProposalNotPossible, match="没有等审核的"):
        send_back(case=case, actor=other, reason="再退", at=town.now)
    propose(town, submission, Decision(Action.GRANT))
    assert confirm_proposal(case=case, actor=other, at=town.now).state == "granted"


@pytest.mark.django_db
def test_a_refusal_without_reasons_is_not_even_proposed(town: Town) -> None:
    submission = filed(town)
    with nothing_written(), pytest.raises(RefusalWithoutReasons):
        propose(town, submission, Decision(Action.REFUSE))


@pytest.mark.django_db
def test_what_was_proposed_falls_with_every_step_that_leads_on(town: Town) -> None:
    submission = filed(town)
    propose(town, submission, Decision(Action.GRANT))
    case, zhao, other = town.case(submission, FIRE).now.id, town.who("zhaokai"), colleague(town)
    suspend_case(case=case, actor=zhao, ground="inspection", reason="送检", expected_days=3, at=town.now)
    town.later(days=1)
    resume_case(case=case, actor=zhao, at=town.now)
    with pytest.raises(ProposalNotPossible, match="没有等审核的"):
        confirm_proposal(case=case, actor=other, at=town.now)


@pytest.mark.django_db
def test_a_case_that_is_never_mended_is_refused_by_two_as_well(town: Town) -> None:
    submission = filed(town)
    case, zhao = town.case(submission, FIRE).now.id, town.who("zhaokai")
    ask_to_mend(
        case=case, actor=zhao, findings=["出口被挡"], basis="消防法", mend_by=town.now.date(),
        inspectors="赵凯、钱立", at=town.now,
    )  # fmt: skip
    with pytest.raises(ProposalNotPossible, match="不能这样决定"):
        propose(town, submission, Decision(Action.GRANT))
    propose(town, submission)
    report_mended(case=case, actor=town.who("wangfang", enterprise=True), words="改好了", at=town.now)
    with pytest.raises(ProposalNotPossible, match="没有等审核的"):
        confirm_proposal(case=case, actor=colleague(town), at=town.now)
    propose(town, submission)
    assert confirm_proposal(case=case, actor=colleague(town), at=town.now).state == "refused"


@pytest.mark.django_db
def test_without_the_rule_one_decides_and_the_database_is_asked_nothing_more(town: Town) -> None:
    submission = filed(town, two=False)
    case = town.case(submission, FIRE).now.id
    with pytest.raises(ProposalNotPossible, match="一个人就能决定"):
        propose(town, submission)
    with CaptureQueriesContext(connection) as asked:
        decide_case(case=case, actor=town.who("zhaokai"), decision=Decision(Action.GRANT), at=town.now)
    looked = [
        query["sql"] for query in asked if "steprow" in query["sql"] or "decisiontextrow" in query["sql"]
    ]
    assert not [
        sql for sql in looked if sql.lstrip().upper().startswith("SELECT") and "move_cases" not in sql
    ]


@pytest.mark.django_db
@pytest.mark.clause("C3.1", "C5.2")
def test_nobody_of_another_unit_proposes_confirms_or_sends_back(town: Town) -> None:
    submission = filed(town)
    propose(town, submission)
    case = town.case(submission, FIRE).now.id
    for login in ("zhoulin", "hemin", "laoli", "wangfang", "heli"):
        stranger = town.who(login)
        with nothing_written():
            with pytest.raises(NotPermitted):
                propose(town, submission, who=stranger)
            with pytest.raises(NotPermitted):
                confirm_proposal(case=case, actor=stranger, at=town.now)
            with pytest.raises(NotPermitted):
                send_back(case=case, actor=stranger, reason="不行", at=town.now)


@pytest.mark.django_db
@pytest.mark.clause("C5.2")
def test_only_supervision_or_a_steward_of_the_place_sets_the_rule(town: Town) -> None:
    for login in ("zhaokai", "hemin", "laoli", "wangfang", "jinshan"):
        with pytest.raises(NotPermitted):
            demand_two_persons(unit=UNIT, item=FIRE, actor=town.who(login), at=town.now, wanted=True)
    for login in ("heli", "lanhui", "gaoyuan"):
        demand_two_persons(unit=UNIT, item=FIRE, actor=town.who(login), at=town.now, wanted=True)
    submission = filed(town, two=False)
    assert town.case(submission, FIRE).two_persons
    assert not town.case(submission, FOOD).two_persons
    demand_two_persons(unit=UNIT, item=FIRE, actor=town.who("heli"), at=town.now, wanted=False)
    assert not town.case(submission, FIRE).two_persons


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("C3.1")
def test_one_confirms_while_another_sends_back_and_only_one_of_them_did_it(committed_town: Town) -> None:
    town = committed_town
    submission = filed(town)
    propose(town, submission, Decision(Action.GRANT))
    case = town.case(submission, FIRE).now
    one, two = colleague(town), colleague(town, "sunli")
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def at_once(act: str) -> None:
        try:
            ready.wait(timeout=10)
            if act == "confirm":
                confirm_proposal(case=case.id, actor=one, at=town.now, seen=case.seq)
            else:
                send_back(case=case.id, actor=two, reason="再看看", at=town.now, seen=case.seq)
            outcomes.append(act)
        except (SomebodyWasFaster, ProposalNotPossible, SecondPersonNeeded) as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=at_once, args=(act,)) for act in ("confirm", "back")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({"confirm", "back"} & set(outcomes)) == 1, outcomes
    state = town.states(submission)[FIRE]
    assert state == ("granted" if "confirm" in outcomes else "accepted")
