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
    was_closed: bool = False
    lowers: int = 0
    look_again_at: datetime | None = None
    unit: str = ""
    detail: Any = None
    also: dict[str, Any] | None = None  # what else changes: unit, handler, extended_days, reminded, holds


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
    revokes: UUID | None = None  # the case whose result is no longer in force
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
#: The function stands in the migration `0006_whole_lives`.
_MOVE = "SELECT move_cases($1::json, $2::bytea, $3::bytea, $4::bytea)"


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
        "actor": moving.by,
        "follows": moving.follows,
        "follows_closing": moving.follows_closing,
        "closing": sum(m.closed and not m.was_closed for m in moving.moves),
        "reopens": sum(m.was_closed and not m.closed for m in moving.moves),
        "revokes": moving.revokes,
        "releases": moving.releases,
        "outbox": new_id(),
        "delivery": new_id(),
        "electronic": moving.electronic,
        "pick_up_code": f"{secrets.randbelow(10**6):06d}",
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
  'channel', s.channel, 'pre_reviewed_at', s.pre_reviewed_at, 'together', s.together, 'cases', (
    SELECT json_agg(json_build_object('unit', x.unit, 'provisional', x.provisional, 'stopped_on', x.stopped_on,
      'look_again_at', x.look_again_at, 'handler', x.handler, 'extended_days', x.extended_days, 'holds', x.holds,
      'two_persons', EXISTS (SELECT 1 FROM desks_twopersonsrow t WHERE t.unit = x.unit AND t.item = x.item), 'now', json_build_object('id', x.id, 'number', x.number, 'item', x.item,
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


def keep_key(key: bytes, *, request: bytes, at: datetime) -> None:
    """
    Take an idempotency key for an act that is being done in the surrounding transaction.

    Of two who come with it at once the second waits until the first is done.

    :raises KeyAlreadyUsed: if it was used before.
    """
    rows = run(
        "INSERT INTO cases_idempotencyrow (key, request_digest, answer, at) VALUES (%s, %s, '', %s)"
        " ON CONFLICT (key) DO NOTHING RETURNING 1",
        (key, request, at),
    )
    if not rows:
        raise KeyAlreadyUsed


def keep_answer(key: bytes, answer: bytes) -> None:
    """Keep what was answered to the act under its key, in the transaction in which the key was taken."""
    run("UPDATE cases_idempotencyrow SET answer = %s WHERE key = %s", (answer, key))
