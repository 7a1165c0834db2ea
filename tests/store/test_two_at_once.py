"""Two at once, on two real connections: one wins, the other writes nothing, and the feed has no gaps."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections, transaction

from tests.cast import HOME, PAPER, RESTAURANT, answers_for
from tests.services.town import Town, nothing_written
from yijianshi.domain.cases import Action
from yijianshi.domain.codes import BundleCode, ItemCode
from yijianshi.domain.rights import Actor
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.drafting import DraftFiled, open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.start import start_draft
from yijianshi.services.delivering.compose import compose_licence
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_case
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.numbering import draw_serials
from yijianshi.services.once import KeyReused, Once
from yijianshi.services.working import outbox
from yijianshi.store.cases.models import (
    CaseRow,
    FeedHead,
    FeedRow,
    IdempotencyRow,
    OutboxRow,
    StepRow,
)
from yijianshi.store.cases.moving import MoveRow, Moving, StaleCase, answer_under, move
from yijianshi.store.results.models import CompositePartRow, CompositeRow, DeliveryRow, ResultRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow

FIRE, FOOD = "fire-safety-check", "food-business-permit"


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same moment, each on a connection of its own; return what each returned or raised."""
    start = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=30)
            found[number] = act()
        except Exception as error:
            found[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


@contextmanager
def held_back(act: Callable[[], Any]) -> Iterator[list[Any]]:
    """Run `act` on another connection while the caller's transaction holds what it needs; it ends after the block."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(act())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        yield found
        thread.start()
        _wait_until_somebody_waits()
    thread.join(timeout=60)


def _wait_until_somebody_waits() -> None:
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("nobody waited for the lock")


@pytest.fixture
def submission(committed_town: Town) -> UUID:
    return committed_town.file(committed_town.who("wangfang", enterprise=True))


def a_move(
    case: UUID, submission: UUID, town: Town, seq: int, state: str = "accepted", **more: Any
) -> Moving:
    return Moving(
        submission=submission,
        at=town.now,
        by=None,
        follows="accepted",
        follows_closing="closed",
        moves=[MoveRow(case=case, seq=seq, state=state, action="accept")],
        **more,
    )


def test_who_read_an_older_state_writes_nothing_at_all(committed_town: Town, submission: UUID) -> None:
    cases = list(CaseRow.objects.filter(submission=submission))
    fresh, stale = (
        MoveRow(case=c.id, seq=c.seq - n, state="accepted", action="accept") for n, c in enumerate(cases[:2])
    )
    both = Moving(
        submission=submission, at=committed_town.now, by=None, follows="accepted", follows_closing="closed",
        moves=[fresh, stale], key=b"k" * 32,
    )  # fmt: skip
    with nothing_written(), pytest.raises(StaleCase):
        move(both)
    assert not IdempotencyRow.objects.exists()


def test_of_two_who_move_one_case_one_wins(committed_town: Town, submission: UUID) -> None:
    case = CaseRow.objects.filter(submission=submission).first()
    assert case is not None
    for _ in range(5):
        seq = CaseRow.objects.get(pk=case.pk).seq
        moving = a_move(case.pk, submission, committed_town, seq)
        found = at_once(lambda: move(moving), lambda: move(moving), lambda: move(moving))
        assert sorted(type(one).__name__ for one in found) == ["StaleCase", "StaleCase", "int"]
        assert CaseRow.objects.get(pk=case.pk).seq == seq + 1
    assert StepRow.objects.filter(case_id=case.pk, action="accept").count() == 5


@pytest.mark.clause("S8.2")
def test_a_grant_and_a_withdrawal_at_the_same_moment_end_in_one_of_both(
    committed_town: Town, submission: UUID
) -> None:
    town = committed_town
    town.release(submission)
    case = town.case(submission, FIRE).now.id
    zhao, wang = town.who("zhaokai"), town.who("wangfang", enterprise=True)
    at_once(
        lambda: decide_case(case=case, actor=zhao, decision=Decision(Action.GRANT), at=town.now),
        lambda: withdraw_case(case=case, actor=wang, at=town.now),
    )
    state = town.states(submission)[FIRE]
    assert state in ("granted", "withdrawn")
    assert ResultRow.objects.filter(case=case).exists() is (state == "granted")
    assert StepRow.objects.filter(case_id=case, action__in=("grant", "withdraw")).count() == 1


def test_the_last_two_decisions_at_the_same_moment_close_the_submission_and_open_one_delivery(
    committed_town: Town,
) -> None:
    """One grants and one refuses, neither sees the other: what was granted is delivered all the same."""
    town = committed_town
    answers = {
        "birth-place": "省内助产机构", "married": True, "household-follow": "随父",
        "mother-insured": "职工生育保险", "directly-settled": True,
    }  # fmt: skip
    items = ("vaccination-record", "birth-registration")
    submission = town.file(town.who("xuming"), bundle="newborn", answers=answers, items=items)
    town.release(submission)
    record, registration = (town.case(submission, item).now.id for item in items)
    jiang, ma = town.who("jiangxin"), town.who("maqiang")
    refusal = Decision(Action.REFUSE, "不符合", "条例第一条")
    with held_back(lambda: decide_case(case=record, actor=jiang, decision=refusal, at=town.now)) as found:
        decide_case(case=registration, actor=ma, decision=Decision(Action.GRANT), at=town.now)
    assert not isinstance(found[0], Exception), found
    row = SubmissionRow.objects.get(pk=submission)
    assert (row.state, row.open_cases) == ("closed", 0)
    assert DeliveryRow.objects.filter(submission=submission).count() == 1


@pytest.mark.clause("C1.6")
def test_of_several_workers_one_issues_the_composite_licence(committed_town: Town, submission: UUID) -> None:
    town = committed_town
    town.release(submission)
    for item, login in ((FOOD, "chenzhiyuan"), (FIRE, "zhaokai"), ("signage-permit", "zhoulin")):
        case = town.case(submission, item).now.id
        decide_case(case=case, actor=town.who(login), decision=Decision(Action.GRANT), at=town.now)

    def compose() -> Any:
        return compose_licence(submission=submission, at=town.now)

    found = at_once(compose, compose, compose)
    row = CompositeRow.objects.get(submission=submission)
    assert sorted(str(one) for one in found) == sorted(["None", "None", str(row.id)])
    assert CompositePartRow.objects.filter(composite=row).count() == 3


def test_two_coordinators_at_once_release_once(committed_town: Town, submission: UUID) -> None:
    town, he = committed_town, committed_town.who("hemin")

    def release() -> Any:
        return release_submission(submission=submission, actor=he, at=town.now)

    found = at_once(release, release)
    assert sorted(type(one).__name__ for one in found) == ["AlreadyReleased", "tuple"]
    assert StepRow.objects.filter(submission_id=submission, action="release").count() == 1


def a_full_draft(town: Town, who: Actor) -> UUID:
    draft = start_draft(
        actor=who, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=town.now,
        items=tuple(ItemCode(c) for c in ("licence-check", FOOD)),
    )  # fmt: skip
    for _ in range(3):
        opened = open_draft(draft, actor=who)
        fill_fields(draft=draft, actor=who, given=answers_for(opened.form(), opened.edition), at=town.now)
    for needed in open_draft(draft, actor=who).plan().materials:
        if needed.way == "upload":
            attach_material(
                draft=draft,
                actor=who,
                material=needed.material,
                filename="材料.pdf",
                content=PAPER,
                at=town.now,
            )
    return draft


@pytest.mark.clause("S6.1")
def test_a_doubled_click_files_once(committed_town: Town) -> None:
    town, wang = committed_town, committed_town.who("wangfang", enterprise=True)
    draft = a_full_draft(town, wang)

    def seal() -> Any:
        return seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)

    found = at_once(seal, seal, seal)
    assert sorted(type(one).__name__ for one in found) == ["DraftFiled", "DraftFiled", "Receipt"]
    assert SubmissionRow.objects.count() == RevisionRow.objects.count() == 1
    assert CaseRow.objects.count() == StepRow.objects.count() == 2
    numbers = {one.submission for one in found if isinstance(one, DraftFiled)}
    assert numbers == {SubmissionRow.objects.get().id}


@pytest.mark.clause("S6.1")
def test_an_act_repeated_under_its_key_is_done_once_and_answered_alike(
    committed_town: Town, submission: UUID
) -> None:
    town, zhao = committed_town, committed_town.who("zhaokai")
    town.release(submission)
    case = load_case(town.case(submission, FIRE).now.id)[1].now
    once = Once.of(zhao.account, "decide", "key-1", b"grant")
    other = Once.of(zhao.account, "decide", "key-1", b"refuse")
    assert once is not None

    def grant(under: Once | None, action: Action = Action.GRANT) -> Any:
        decision = Decision(action, "不符合", "条例第一条")
        return decide_case(
            case=case.id, actor=zhao, decision=decision, at=town.now, seen=case.seq, once=under
        )

    found = at_once(lambda: grant(once), lambda: grant(once), lambda: grant(once))
    assert all(isinstance(one, tuple) for one in found), found
    assert all(answer == found[0][0] for answer, _ in found)
    assert sorted(again for _, again in found) == [False, True, True]
    assert ResultRow.objects.filter(case=case.id).count() == 1
    kept = answer_under(once.key)
    assert kept is not None
    assert kept[0] == once.request
    with nothing_written(), pytest.raises(Exception, match=r"请刷新|Idempotency-Key") as refused:
        grant(other, Action.REFUSE)
    assert type(refused.value).__name__ in ("SomebodyWasFaster", KeyReused.__name__)


def test_a_key_is_the_callers_own_and_bound_to_the_act() -> None:
    keys = {
        Once.of(account, verb, key, b"body").key  # type: ignore[union-attr]
        for account in ("a", "b")
        for verb in ("file", "decide")
        for key in ("1", "2")
    }
    assert len(keys) == 8
    assert Once.of("a", "file", "", b"body") is None


@pytest.mark.clause("C2.3")
def test_several_workers_at_once_leave_no_gap_in_the_feed_and_tell_nothing_twice(
    committed_town: Town,
) -> None:
    town = committed_town
    for login in ("wangfang", "qianjin") * 3:
        town.file(town.who(login, enterprise=True))
    assert OutboxRow.objects.count() == 6

    def work() -> int:
        return sum(outbox.work_once(at=town.now) for _ in range(4))

    found = at_once(work, work, work)
    assert all(isinstance(one, int) for one in found), found
    positions = list(FeedRow.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, StepRow.objects.count() + 1))
    assert FeedHead.objects.get().position == len(positions)
    assert not OutboxRow.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT once) FROM letters_messagerow")
        assert cursor.fetchone() == (6, 6)


def test_an_idle_worker_does_not_write(committed_town: Town) -> None:
    before = _written_so_far()
    for _ in range(20):
        outbox.work_once(at=committed_town.now)
    assert _written_so_far() == before


def _written_so_far() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin, position FROM cases_feedhead")
        return cursor.fetchall()


def test_serials_are_never_given_twice(committed_town: Town) -> None:
    drawn = [serial for batch in at_once(*[lambda: draw_serials(150)] * 4) for serial in batch]
    assert len(set(drawn)) == 600


def test_two_submissions_cannot_have_one_number(committed_town: Town, submission: UUID) -> None:
    row = SubmissionRow.objects.get(pk=submission)
    row.pk = None
    row.id = UUID(int=7 << 76)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
