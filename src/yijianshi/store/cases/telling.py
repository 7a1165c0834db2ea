"""
Telling others (一步一报): taking outbox rows, giving their steps a place in the gap-free feed, and letting them go.

A row is taken with SKIP LOCKED, so that several workers never take the same; a row that cannot be told is put
back with a growing pause and, after too many tries, laid aside where an administrator sees it.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from ..prepared import run

MOST_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(minutes=10)


class Taken(NamedTuple):
    """One outbox row in a worker's hands."""

    id: UUID
    submission: UUID
    kind: str
    attempts: int


_FEED = """
WITH taken AS (
  SELECT id, steps FROM cases_outboxrow WHERE NOT told_feed AND NOT dead ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
), steps AS (
  SELECT s.id::uuid AS step_id, row_number() OVER (ORDER BY taken.id, s.n) AS n
  FROM taken, jsonb_array_elements_text(taken.steps) WITH ORDINALITY AS s(id, n)
), head AS (
  UPDATE cases_feedhead SET position = position + (SELECT count(*) FROM steps) WHERE id = 1
    AND EXISTS (SELECT 1 FROM steps) RETURNING position
), fed AS (
  INSERT INTO cases_feedrow (position, step_id)
  SELECT (SELECT position FROM head) - (SELECT count(*) FROM steps) + n, step_id FROM steps
), told AS (
  UPDATE cases_outboxrow o SET told_feed = true FROM taken WHERE o.id = taken.id
    AND o.kind = ANY(%(with_effects)s::text[])
), gone AS (
  DELETE FROM cases_outboxrow o USING taken WHERE o.id = taken.id AND NOT o.kind = ANY(%(with_effects)s::text[])
)
SELECT count(*) FROM taken
"""


def feed_steps(*, most: int, with_effects: list[str]) -> int:
    """Give the steps of up to `most` outbox rows their place in the feed; return how many rows were fed."""
    return int(run(_FEED, {"most": most, "with_effects": with_effects})[0][0])


def take_one(*, at: datetime) -> Taken | None:
    """Take one fed row whose effects are due, locked until the surrounding transaction ends."""
    rows = run(
        "SELECT id, submission_id, kind, attempts FROM cases_outboxrow WHERE told_feed AND NOT dead"
        " AND (not_before IS NULL OR not_before <= %s) ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
        (at,),
    )
    return Taken(*rows[0]) if rows else None


def let_go(taken: Taken) -> None:
    """Delete a row whose effects have happened, in the transaction in which they happened."""
    run("DELETE FROM cases_outboxrow WHERE id = %s", (taken.id,))


def put_back(taken: Taken, *, at: datetime, error: str, waits: bool = False) -> None:
    """
    Put a row back for a later try, after a growing pause, or lay it aside after too many.

    :param waits: somebody outside is away; that is not the row's fault, so it is tried for as long as it takes.
    """
    attempts = min(taken.attempts + 1, 32_000)
    pause = min(timedelta(seconds=2 ** min(attempts, 30)), LONGEST_PAUSE)
    dead = attempts >= MOST_ATTEMPTS and not waits
    run(
        "UPDATE cases_outboxrow SET attempts = %s, not_before = %s, dead = %s, last_error = %s WHERE id = %s",
        (attempts, at + pause, dead, error[:200], taken.id),
    )


def read_feed(*, after: int, most: int) -> list[tuple[Any, ...]]:
    """Return the steps after a position, in feed order."""
    return run(
        "SELECT f.position, t.id, t.submission_id, s.number, t.case_id, c.number, c.item, t.action, t.state, t.at, t.unit"
        " FROM cases_feedrow f JOIN cases_steprow t ON t.id = f.step_id"
        " JOIN submissions_submissionrow s ON s.id = t.submission_id LEFT JOIN cases_caserow c ON c.id = t.case_id"
        " WHERE f.position > %s ORDER BY f.position LIMIT %s",
        (after, most),
    )


def in_one_transaction() -> transaction.Atomic:
    """Return the transaction in which a row is taken, its effects happen, and it is let go."""
    return transaction.atomic()
