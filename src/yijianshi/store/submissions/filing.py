"""
Filing in one statement: submission, revision, cases, first steps, what others are told, the caller's key.

An acknowledged submission is therefore there exactly once, with its cases and first steps, or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import msgspec
from psycopg import errors

from ..cases.moving import STALE, KeyAlreadyUsed
from ..keys import new_id
from ..prepared import ask, run

SERIALS_PER_BLOCK = 100


class DraftAlreadyFiled(Exception):
    """The draft has been filed before; a doubled click files nothing twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFiled:
    """One case to open."""

    id: UUID
    number: str
    item: str
    member: str
    unit: str
    waits_for: int
    committed: bool
    look_again_at: datetime | None
    step: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """All that filing writes."""

    id: UUID
    number: str
    division: str
    edition: UUID
    party: UUID
    account: UUID
    channel: str
    lead_unit: str
    at: datetime
    collect_until: date
    promised_on: date | None
    promised_provisional: bool
    delivery_method: str
    follows: str  # what the worker does about it; empty: nothing but the feed
    wrapped_key: bytes
    title_sealed: bytes
    revision: UUID
    sealed: bytes
    digest: str
    cases: Sequence[CaseFiled]
    draft: UUID | None = None
    together: Sequence[UUID] | None = None  # who confirmed beside the applicant
    key: bytes | None = None
    request_digest: bytes = b""
    answer: bytes = b""


_FILE = """
WITH g AS (
  SELECT * FROM json_to_record($1::json) AS g(id uuid, number text, division text, edition uuid, party uuid, account uuid,
    channel text, lead_unit text, at timestamptz, collect_until date, promised_on date, promised_provisional bool,
    delivery_method text, follows text, revision uuid, digest text, cases json, step_ids jsonb, outbox uuid, draft uuid,
    together uuid[])
), x AS (
  SELECT x.* FROM g, json_to_recordset(g.cases) AS x(id uuid, number text, item text, member text, unit text,
    waits_for int, committed bool, look_again_at timestamptz, step uuid)
), s AS (
  INSERT INTO submissions_submissionrow (id, number, division, edition_id, party_id, account_id, channel, lead_unit, state,
    open_cases, received_at, collect_until, promised_on, promised_provisional, delivery_method, wrapped_key, title_sealed,
    together)
  SELECT id, number, division, edition, party, account, channel, lead_unit, 'received', json_array_length(cases), at,
    collect_until, promised_on, promised_provisional, delivery_method, $2::bytea, $3::bytea, together FROM g
), r AS (
  INSERT INTO submissions_revisionrow (id, submission_id, number, sealed, digest, made_at, made_by)
  SELECT revision, id, 1, $4::bytea, digest, at, account FROM g
), c AS (
  INSERT INTO cases_caserow (id, submission_id, number, division, item, member, unit, state, seq, waits_for, committed,
    provisional, received_at, look_again_at)
  SELECT x.id, g.id, x.number, g.division, x.item, x.member, x.unit, 'received', 1, x.waits_for, x.committed, false, g.at,
    x.look_again_at FROM g, x
), t AS (
  INSERT INTO cases_steprow (id, submission_id, case_id, action, state, at, by, unit, detail)
  SELECT x.step, g.id, x.id, 'receive', 'received', g.at, g.account, x.unit, NULL FROM g, x
), o AS (
  INSERT INTO cases_outboxrow (id, submission_id, kind, steps, attempts, told_feed, dead, last_error)
  SELECT g.outbox, g.id, g.follows, g.step_ids, 0, false, false, '' FROM g
), k AS (
  INSERT INTO cases_idempotencyrow (key, request_digest, answer, at)
  SELECT $5::bytea, $6::bytea, $7::bytea, g.at FROM g WHERE $5::bytea IS NOT NULL
), d AS (
  UPDATE drafts_draftrow d SET filed_as = g.id FROM g WHERE d.id = g.draft AND d.filed_as IS NULL RETURNING d.id
)
SELECT all_or_nothing((SELECT count(*) FROM d), CASE WHEN g.draft IS NULL THEN 0 ELSE 1 END)::text FROM g
"""
_BYTES = ("wrapped_key", "title_sealed", "sealed", "key", "request_digest", "answer")


def file(filing: Filing) -> None:
    """
    Write everything or nothing.

    :raises KeyAlreadyUsed: if the caller's key was used before.
    :raises DraftAlreadyFiled: if the draft was filed before.
    """
    given = {name: getattr(filing, name) for name in Filing.__slots__ if name not in _BYTES}
    given |= {"outbox": new_id(), "step_ids": [case.step for case in filing.cases]}
    try:
        ask(
            _FILE,
            msgspec.json.encode(given).decode(),
            filing.wrapped_key,
            filing.title_sealed,
            filing.sealed,
            filing.key,
            filing.request_digest,
            filing.answer,
        )
    except errors.UniqueViolation as error:
        if "idempotency" in (error.diag.constraint_name or ""):
            raise KeyAlreadyUsed from error
        raise
    except errors.Error as error:
        if error.sqlstate == STALE:
            raise DraftAlreadyFiled from error
        raise


def next_serial_block() -> int:
    """Return the first of SERIALS_PER_BLOCK fresh serials for submission and case numbers."""
    return int(run("SELECT nextval('number_serials')")[0][0])
