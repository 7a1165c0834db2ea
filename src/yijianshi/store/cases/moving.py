"""
The hot statement: move cases, with their steps, what others are told, and the caller's key, or nothing at all.

Compare-and-set on `seq`: whoever loaded an older state writes nothing (StaleCase) and decides anew. Everything
is one statement, so it is one round trip and one commit, and a crash leaves all of it or none of it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import errors

from ..keys import new_id
from ..prepared import run

#: Raised by the database when not every compared case was still as it had been read.
STALE = "YJ001"


class StaleCase(Exception):
    """Somebody else was faster: the case is no longer as it was read."""


class KeyAlreadyUsed(Exception):
    """The caller's idempotency key has been used; the first answer stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """One case's new row, and its step unless nothing but a counter changed."""

    case: UUID
    seq: int
    state: str
    action: str | None
    due_on: date | None = None
    provisional: bool = False
    stopped_on: date | None = None
    closed: bool = False
    lowers: int = 0
    look_again_at: datetime | None = None
    unit: str = ""
    detail: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGiven:
    """The result that a grant yields."""

    case: UUID
    number: str
    licence: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """All that one act writes about one submission."""

    submission: UUID
    at: datetime
    by: UUID | None
    follows: str  # what the worker does about it; empty: nothing but the feed
    follows_closing: str  # the same, if this act closes the last case
    moves: Sequence[MoveRow]
    electronic: str = ""  # the way of delivery that needs nobody to hand anything over
    releases: bool = False
    own_step: str = ""  # a step of the submission itself
    result: ResultGiven | None = None
    key: bytes | None = None
    request_digest: bytes = b""
    answer: bytes = b""


_MOVE = """
WITH m AS (
  SELECT * FROM unnest(%(ids)s::uuid[], %(seqs)s::int[], %(states)s::text[], %(dues)s::date[], %(provisional)s::bool[],
      %(stopped)s::date[], %(closed)s::bool[], %(lowers)s::int[], %(looks)s::timestamptz[])
    AS m(id, seq, state, due_on, provisional, stopped_on, closed, lowers, look_again_at)
), c AS (
  UPDATE cases_caserow c SET state = m.state, seq = c.seq + 1, due_on = m.due_on, provisional = m.provisional,
      stopped_on = m.stopped_on, waits_for = c.waits_for - m.lowers, look_again_at = m.look_again_at,
      closed_at = CASE WHEN m.closed THEN %(at)s ELSE NULL END
  FROM m WHERE c.id = m.id AND c.seq = m.seq AND c.submission_id = %(submission)s
  RETURNING c.id
), s AS (
  UPDATE submissions_submissionrow SET open_cases = open_cases - %(closing)s,
      state = CASE WHEN open_cases = %(closing)s THEN 'closed' WHEN %(releases)s THEN 'released' ELSE state END,
      released_at = CASE WHEN %(releases)s THEN %(at)s ELSE released_at END,
      closed_at = CASE WHEN open_cases = %(closing)s THEN %(at)s ELSE closed_at END
  WHERE id = %(submission)s AND (NOT %(releases)s OR state = 'received')
  RETURNING open_cases, delivery_method
), t AS (
  INSERT INTO cases_steprow (id, submission_id, case_id, action, state, at, by, unit, detail)
  SELECT t.id, %(submission)s, t.case_id, t.action, t.state, %(at)s, %(by)s, t.unit, t.detail
  FROM unnest(%(step_ids)s::uuid[], %(step_cases)s::uuid[], %(step_actions)s::text[], %(step_states)s::text[],
      %(step_units)s::text[], %(step_details)s::jsonb[]) AS t(id, case_id, action, state, unit, detail)
), o AS (
  INSERT INTO cases_outboxrow (id, submission_id, kind, steps, attempts, told_feed, dead, last_error)
  SELECT %(outbox)s, %(submission)s, CASE WHEN open_cases = 0 THEN %(follows_closing)s ELSE %(follows)s END,
    to_jsonb(%(step_ids)s::uuid[]), 0, false, false, '' FROM s
), r AS (
  INSERT INTO results_resultrow (id, case_id, number, licence, issued_at, state, code)
  SELECT %(result_id)s::uuid, %(result_case)s::uuid, %(result_number)s::text, %(result_licence)s::text, %(at)s, 'valid',
      %(result_code)s::text
  WHERE %(result_id)s::uuid IS NOT NULL
), d AS (
  INSERT INTO results_deliveryrow (id, submission_id, method, pick_up_code, ready_at, delivered_at)
  SELECT %(delivery)s, %(submission)s, delivery_method,
    CASE WHEN delivery_method = %(electronic)s THEN '' ELSE %(pick_up_code)s END, %(at)s,
    CASE WHEN delivery_method = %(electronic)s THEN %(at)s ELSE NULL END
  FROM s WHERE open_cases = 0 AND (%(result_id)s::uuid IS NOT NULL OR EXISTS (
    SELECT 1 FROM cases_caserow x WHERE x.submission_id = %(submission)s AND x.state = 'granted'))
), k AS (
  INSERT INTO cases_idempotencyrow (key, request_digest, answer, at)
  SELECT %(key)s::bytea, %(request_digest)s::bytea, %(answer)s::bytea, %(at)s WHERE %(key)s::bytea IS NOT NULL
)
SELECT all_or_nothing((SELECT count(*) FROM c), %(expected)s), all_or_nothing((SELECT count(*) FROM s), 1),
  (SELECT open_cases FROM s)
"""


def move(moving: Moving) -> int:
    """
    Write the moves and return how many cases of the submission are still open.

    :raises StaleCase: if a case is not as it was read; nothing is written.
    :raises KeyAlreadyUsed: if the key was used before; nothing is written.
    """
    steps = [(new_id(), m.case, m.action, m.state, m.unit, m.detail) for m in moving.moves if m.action]
    if moving.own_step:
        steps.append((new_id(), None, moving.own_step, "", "", None))
    closing = sum(m.closed for m in moving.moves)
    result = moving.result
    try:
        rows = run(
            _MOVE,
            {
                "submission": moving.submission,
                "at": moving.at,
                "by": moving.by,
                "follows": moving.follows,
                "follows_closing": moving.follows_closing,
                "delivery": new_id(),
                "pick_up_code": f"{secrets.randbelow(10**6):06d}",
                "electronic": moving.electronic,
                "ids": [m.case for m in moving.moves],
                "seqs": [m.seq for m in moving.moves],
                "states": [m.state for m in moving.moves],
                "dues": [m.due_on for m in moving.moves],
                "provisional": [m.provisional for m in moving.moves],
                "stopped": [m.stopped_on for m in moving.moves],
                "closed": [m.closed for m in moving.moves],
                "lowers": [m.lowers for m in moving.moves],
                "looks": [m.look_again_at for m in moving.moves],
                "closing": closing,
                "releases": moving.releases,
                "step_ids": [s[0] for s in steps],
                "step_cases": [s[1] for s in steps],
                "step_actions": [s[2] for s in steps],
                "step_states": [s[3] for s in steps],
                "step_units": [s[4] for s in steps],
                "step_details": [msgspec.json.encode(s[5]).decode() if s[5] else None for s in steps],
                "outbox": new_id(),
                "result_id": new_id() if result else None,
                "result_case": result.case if result else None,
                "result_number": result.number if result else None,
                "result_licence": result.licence if result else None,
                "result_code": result.code if result else None,
                "key": moving.key,
                "request_digest": moving.request_digest,
                "answer": moving.answer,
                "expected": len(moving.moves),
            },
        )
    except errors.UniqueViolation as error:
        if "idempotency" in (error.diag.constraint_name or ""):
            raise KeyAlreadyUsed from error
        raise
    except errors.Error as error:
        if error.sqlstate == STALE:
            raise StaleCase from error
        raise
    return int(rows[0][2])


_LOAD = """
SELECT s.id, s.number, s.division, s.edition_id, s.party_id, s.account_id, s.lead_unit, s.state, s.received_at, s.channel,
  s.pre_reviewed_at, x.id, x.number, x.item, x.member, x.unit, x.state, x.seq, x.waits_for, x.committed, x.due_on,
  x.provisional, x.stopped_on, x.look_again_at,
  EXISTS (SELECT 1 FROM corrections_remarkrow r WHERE r.case_id = x.id AND r.state = 'open')
FROM submissions_submissionrow s JOIN cases_caserow x ON x.submission_id = s.id
WHERE s.id = {which} ORDER BY x.id
"""
_LOAD_BY_CASE = _LOAD.format(which="(SELECT submission_id FROM cases_caserow WHERE id = %s)")
_LOAD_BY_SUBMISSION = _LOAD.format(which="%s")


def load_by_case(case: UUID) -> list[tuple[Any, ...]]:
    """Return the submission of a case with all its cases, one row each; empty if there is none."""
    return run(_LOAD_BY_CASE, (case,))


def load_by_submission(submission: UUID) -> list[tuple[Any, ...]]:
    """Return a submission with all its cases, one row each; empty if there is none."""
    return run(_LOAD_BY_SUBMISSION, (submission,))


def answer_under(key: bytes) -> tuple[bytes, bytes] | None:
    """Return the request digest and the answer kept under an idempotency key."""
    rows = run("SELECT request_digest, answer FROM cases_idempotencyrow WHERE key = %s", (key,))
    return (bytes(rows[0][0]), bytes(rows[0][1])) if rows else None
