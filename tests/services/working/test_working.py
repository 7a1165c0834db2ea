"""What follows from each step: told once, tried again, laid aside, and never in the way of the others."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.services.town import Town
from yijianshi.services import outside
from yijianshi.services.ports import Message
from yijianshi.services.working import drain, work
from yijianshi.store.cases.models import FeedRow, OutboxRow, StepRow
from yijianshi.store.cases.telling import MOST_ATTEMPTS, read_feed
from yijianshi.store.letters.models import MessageRow


class LostMessenger:
    """A messenger that cannot deliver to one account."""

    def __init__(self, account: str, also: outside.Outside) -> None:
        self.account, self.inner = account, also.messenger

    def send(self, messages: Iterable[Message], *, once: str) -> None:
        kept = list(messages)
        if any(message.account == self.account for message in kept):
            raise ValueError("no such number 13900000002")
        self.inner.send(kept, once=once)


def messages_to(login_account: str) -> list[str]:
    rows = MessageRow.objects.filter(account=UUID(login_account)).order_by("id")
    return list(rows.values_list("key", flat=True))


def test_everybody_is_told_once_however_often_the_worker_looks(town: Town) -> None:
    wang = town.who("wangfang", enterprise=True)
    town.file(wang)
    for _ in range(3):
        drain(at=town.now)
    assert messages_to(wang.account) == ["submission.received"]
    assert not OutboxRow.objects.exists()


@pytest.mark.clause("S4.2", "C4.1")
def test_while_the_register_is_down_the_automatic_verification_waits_and_nothing_else_does(
    town: Town,
) -> None:
    wang = town.who("wangfang", enterprise=True)
    submission = town.file(wang)
    town.work()
    town.down.add("business-licence")
    assert town.release(submission)["licence-check"] == "accepted"
    assert "submission.released" in messages_to(wang.account), "she is told although the register is away"
    for _ in range(MOST_ATTEMPTS * 3):
        town.later(minutes=10)
        town.work()
    row = OutboxRow.objects.get()
    assert (row.dead, row.told_feed) == (False, True)
    assert row.attempts > MOST_ATTEMPTS
    assert town.states(submission)["food-business-permit"] == "waiting"
    town.down.clear()
    town.later(minutes=10)
    town.work()
    assert town.states(submission)["licence-check"] == "granted"
    assert town.states(submission)["food-business-permit"] == "accepted"
    assert messages_to(wang.account).count("submission.released") == 1
    assert not OutboxRow.objects.exists()


def test_what_the_register_denies_waits_for_an_officer(town: Town) -> None:
    town.down |= {"business-licence", "legal-entity"}
    submission = town.file(town.who("wangfang", enterprise=True))  # she types the name herself, and wrongly
    town.down.clear()
    assert town.release(submission)["licence-check"] == "accepted"
    town.decide(submission, "licence-check")
    assert town.states(submission)["licence-check"] == "granted"


def test_a_row_that_fails_is_tried_again_after_growing_pauses_and_at_last_laid_aside(town: Town) -> None:
    wang, qian = town.who("wangfang", enterprise=True), town.who("qianjin", enterprise=True)
    outside.use(replace(outside.outside(), messenger=LostMessenger(wang.account, outside.outside())))
    town.file(wang)
    town.file(qian)
    town.work()
    assert messages_to(qian.account) == ["submission.received"], "one bad row does not stop the others"
    pauses = []
    for _ in range(MOST_ATTEMPTS):
        row = OutboxRow.objects.get()
        if row.dead:
            break
        assert row.not_before is not None
        pauses.append(row.not_before - town.now)
        town.clock.moment = row.not_before
        town.work()
    row = OutboxRow.objects.get()
    assert (row.dead, row.attempts) == (True, MOST_ATTEMPTS)
    assert pauses == sorted(pauses)
    assert pauses[-1] > 10 * pauses[0]
    assert row.last_error.startswith("ValueError")
    town.later(days=1)
    assert work(at=town.now) == 0
    assert messages_to(wang.account) == []


def test_what_cannot_be_told_is_in_the_feed_all_the_same(town: Town) -> None:
    wang = town.who("wangfang", enterprise=True)
    outside.use(replace(outside.outside(), messenger=LostMessenger(wang.account, outside.outside())))
    submission = town.file(wang)
    town.work()
    assert FeedRow.objects.count() == StepRow.objects.filter(submission_id=submission).count() == 4


@pytest.mark.clause("C2.3", "C4.7")
def test_the_feed_is_free_of_gaps_and_can_be_resumed_anywhere(town: Town) -> None:
    submission = town.file(town.who("wangfang", enterprise=True))
    town.release(submission)
    town.decide_all(submission)
    whole = read_feed(after=0, most=1000)
    positions = [row[0] for row in whole]
    assert positions == list(range(positions[0], positions[0] + len(positions)))
    assert {row[1] for row in whole} == set(StepRow.objects.values_list("id", flat=True))
    assert read_feed(after=positions[4], most=3) == whole[5:8]


def test_a_kind_of_row_that_nobody_follows_up_goes_to_the_feed_and_is_done(town: Town) -> None:
    submission = town.file(town.who("wangfang", enterprise=True))
    town.work()
    step = StepRow.objects.create(
        id=uuid4(), submission_id=submission, action="noted", state="", at=town.now, unit=""
    )
    OutboxRow.objects.create(id=uuid4(), submission_id=submission, kind="noted", steps=[str(step.id)])
    town.work()
    assert not OutboxRow.objects.exists()
    assert FeedRow.objects.filter(step_id=step.id).exists()


def test_time_is_looked_at_even_while_there_is_much_to_tell(town: Town) -> None:
    first = town.file(town.who("wangfang", enterprise=True))
    town.go_to(12, 2)
    town.file(town.who("qianjin", enterprise=True))
    work(at=town.now)
    assert "received" not in town.states(first).values()
