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
from ..prepared import ask, run

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


class _Step(msgspec.Struct):
    """A step as it is written."""

    id: UUID
    case_id: UUID | None
    action: str
    state: str
    unit: str
    detail: Any


#: Everything but bytes comes as one JSON text: the server takes it apart far more cheaply than a client adapts arrays.
_MOVE = """
WITH g AS (
  SELECT * FROM json_to_record($1::json) AS g(submission uuid, at timestamptz, by uuid, follows text, follows_closing text,
    closing int, releases bool, outbox uuid, delivery uuid, electronic text, pick_up_code text, expected int,
    moves json, steps json, step_ids jsonb, result_id uuid, result_case uuid, result_number text, result_licence text,
    result_code text)
), m AS (
  SELECT m.* FROM g, json_to_recordset(g.moves) AS m("case" uuid, seq int, state text, due_on date, provisional bool,
    stopped_on date, closed bool, lowers int, look_again_at timestamptz)
), c AS (
  UPDATE cases_caserow c SET state = m.state, seq = c.seq + 1, due_on = m.due_on, provisional = m.provisional,
      stopped_on = m.stopped_on, waits_for = c.waits_for - m.lowers, look_again_at = m.look_again_at,
      closed_at = CASE WHEN m.closed THEN g.at ELSE NULL END
  FROM m, g WHERE c.id = m."case" AND c.seq = m.seq AND c.submission_id = g.submission
  RETURNING c.id
), s AS (
  UPDATE submissions_submissionrow s SET open_cases = s.open_cases - g.closing,
      state = CASE WHEN s.open_cases = g.closing THEN 'closed' WHEN g.releases THEN 'released' ELSE s.state END,
      released_at = CASE WHEN g.releases THEN g.at ELSE s.released_at END,
      closed_at = CASE WHEN s.open_cases = g.closing THEN g.at ELSE s.closed_at END
  FROM g WHERE s.id = g.submission AND (NOT g.releases OR s.state = 'received')
  RETURNING s.open_cases, s.delivery_method
), t AS (
  INSERT INTO cases_steprow (id, submission_id, case_id, action, state, at, by, unit, detail)
  SELECT t.id, g.submission, t.case_id, t.action, t.state, g.at, g.by, t.unit, t.detail
  FROM g, json_to_recordset(g.steps) AS t(id uuid, case_id uuid, action text, state text, unit text, detail jsonb)
), o AS (
  INSERT INTO cases_outboxrow (id, submission_id, kind, steps, attempts, told_feed, dead, last_error)
  SELECT g.outbox, g.submission, CASE WHEN s.open_cases = 0 THEN g.follows_closing ELSE g.follows END, g.step_ids,
    0, false, false, '' FROM g, s
), r AS (
  INSERT INTO results_resultrow (id, case_id, number, licence, issued_at, state, code)
  SELECT g.result_id, g.result_case, g.result_number, g.result_licence, g.at, 'valid', g.result_code
  FROM g WHERE g.result_id IS NOT NULL
), d AS (
  INSERT INTO results_deliveryrow (id, submission_id, method, pick_up_code, ready_at, delivered_at)
  SELECT g.delivery, g.submission, s.delivery_method,
    CASE WHEN s.delivery_method = g.electronic THEN '' ELSE g.pick_up_code END, g.at,
    CASE WHEN s.delivery_method = g.electronic THEN g.at ELSE NULL END
  FROM g, s WHERE s.open_cases = 0 AND (g.result_id IS NOT NULL OR anything_granted(g.submission))
), k AS (
  INSERT INTO cases_idempotencyrow (key, request_digest, answer, at)
  SELECT $2::bytea, $3::bytea, $4::bytea, g.at FROM g WHERE $2::bytea IS NOT NULL
)
SELECT (SELECT open_cases FROM s)::text FROM g
  WHERE all_or_nothing((SELECT count(*) FROM c), g.expected) AND all_or_nothing((SELECT count(*) FROM s), 1)
"""


def move(moving: Moving) -> int:
    """
    Write the moves and return how many cases of the submission are still open.

    :raises StaleCase: if a case is not as it was read; nothing is written.
    :raises KeyAlreadyUsed: if the key was used before; nothing is written.
    """
    steps = [_Step(new_id(), m.case, m.action, m.state, m.unit, m.detail) for m in moving.moves if m.action]
    if moving.own_step:
        steps.append(_Step(new_id(), None, moving.own_step, "", "", None))
    result = moving.result
    given = {
        "submission": moving.submission,
        "at": moving.at,
        "by": moving.by,
        "follows": moving.follows,
        "follows_closing": moving.follows_closing,
        "closing": sum(m.closed for m in moving.moves),
        "releases": moving.releases,
        "outbox": new_id(),
        "delivery": new_id(),
        "electronic": moving.electronic,
        "pick_up_code": f"{secrets.randbelow(10**6):06d}",
        "expected": len(moving.moves),
        "moves": moving.moves,
        "steps": steps,
        "step_ids": [step.id for step in steps],
    }
    if result:
        given |= {
            "result_id": new_id(),
            "result_case": result.case,
            "result_number": result.number,
            "result_licence": result.licence,
            "result_code": result.code,
        }
    try:
        still_open = ask(
            _MOVE, msgspec.json.encode(given).decode(), moving.key, moving.request_digest, moving.answer
        )
    except errors.UniqueViolation as error:
        if "idempotency" in (error.diag.constraint_name or ""):
            raise KeyAlreadyUsed from error
        raise
    except errors.Error as error:
        if error.sqlstate == STALE:
            raise StaleCase from error
        raise
    return int(still_open or 0)


_LOAD = """
SELECT json_build_object('id', s.id, 'number', s.number, 'division', s.division, 'edition_id', s.edition_id,
  'party', s.party_id, 'account', s.account_id, 'lead_unit', s.lead_unit, 'state', s.state, 'received_at', s.received_at,
  'channel', s.channel, 'pre_reviewed_at', s.pre_reviewed_at, 'cases', (
    SELECT json_agg(json_build_object('unit', x.unit, 'provisional', x.provisional, 'stopped_on', x.stopped_on,
      'look_again_at', x.look_again_at, 'now', json_build_object('id', x.id, 'number', x.number, 'item', x.item,
      'member', x.member, 'state', x.state, 'seq', x.seq, 'waits_for', x.waits_for, 'committed', x.committed,
      'due_on', x.due_on, 'remarked', {remarked})) ORDER BY x.id)
    FROM cases_caserow x WHERE x.submission_id = s.id))::text
FROM submissions_submissionrow s WHERE s.id = {which}
"""
#: Only the dispatch asks whether a case has been remarked on; a decision comes after it.
_LOAD_BY_CASE = _LOAD.format(
    which="(SELECT submission_id FROM cases_caserow WHERE id = $1::uuid)", remarked="false"
)
_LOAD_BY_SUBMISSION = _LOAD.format(
    which="$1::uuid",
    remarked="EXISTS (SELECT 1 FROM corrections_remarkrow r WHERE r.case_id = x.id AND r.state = 'open')",
)


def load_by_case(case: UUID) -> bytes | None:
    """Return, as JSON, the submission of a case with all its cases; None if there is none."""
    return ask(_LOAD_BY_CASE, str(case))


def load_by_submission(submission: UUID) -> bytes | None:
    """Return, as JSON, a submission with all its cases; None if there is none."""
    return ask(_LOAD_BY_SUBMISSION, str(submission))


def answer_under(key: bytes) -> tuple[bytes, bytes] | None:
    """Return the request digest and the answer kept under an idempotency key."""
    rows = run("SELECT request_digest, answer FROM cases_idempotencyrow WHERE key = %s", (key,))
    return (bytes(rows[0][0]), bytes(rows[0][1])) if rows else None
