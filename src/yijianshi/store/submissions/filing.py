"""
Filing in one statement: submission, revision, cases, first steps, what others are told, the caller's key.

An acknowledged submission is therefore there exactly once, with its cases and first steps, or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg import errors

from ..cases.moving import KeyAlreadyUsed
from ..keys import new_id
from ..prepared import run

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
    key: bytes | None = None
    request_digest: bytes = b""
    answer: bytes = b""


_FILE = """
WITH s AS (
  INSERT INTO submissions_submissionrow (id, number, division, edition_id, party_id, account_id, channel, lead_unit, state,
    open_cases, received_at, collect_until, promised_on, promised_provisional, delivery_method, wrapped_key, title_sealed)
  VALUES (%(id)s, %(number)s, %(division)s, %(edition)s, %(party)s, %(account)s, %(channel)s, %(lead)s, 'received',
    %(open)s, %(at)s, %(collect)s, %(promised)s, %(provisional)s, %(method)s, %(wrapped)s, %(title)s)
), r AS (
  INSERT INTO submissions_revisionrow (id, submission_id, number, sealed, digest, made_at, made_by)
  VALUES (%(revision)s, %(id)s, 1, %(sealed)s, %(digest)s, %(at)s, %(account)s)
), c AS (
  INSERT INTO cases_caserow (id, submission_id, number, division, item, member, unit, state, seq, waits_for, committed,
    provisional, received_at, look_again_at)
  SELECT c.id, %(id)s, c.number, %(division)s, c.item, c.member, c.unit, 'received', 1, c.waits_for, c.committed,
    false, %(at)s, c.look
  FROM unnest(%(ids)s::uuid[], %(numbers)s::text[], %(items)s::text[], %(members)s::text[], %(units)s::text[],
    %(waits)s::int[], %(committed)s::bool[], %(looks)s::timestamptz[])
    AS c(id, number, item, member, unit, waits_for, committed, look)
), t AS (
  INSERT INTO cases_steprow (id, submission_id, case_id, action, state, at, by, unit, detail)
  SELECT t.id, %(id)s, t.case_id, 'receive', 'received', %(at)s, %(account)s, t.unit, NULL
  FROM unnest(%(step_ids)s::uuid[], %(ids)s::uuid[], %(units)s::text[]) AS t(id, case_id, unit)
), o AS (
  INSERT INTO cases_outboxrow (id, submission_id, kind, steps, attempts, told_feed, dead, last_error)
  VALUES (%(outbox)s, %(id)s, %(follows)s, to_jsonb(%(step_ids)s::uuid[]), 0, false, false, '')
), k AS (
  INSERT INTO cases_idempotencyrow (key, request_digest, answer, at)
  SELECT %(key)s::bytea, %(request_digest)s::bytea, %(answer)s::bytea, %(at)s WHERE %(key)s::bytea IS NOT NULL
), d AS (
  UPDATE drafts_draftrow SET filed_as = %(id)s WHERE id = %(draft)s::uuid AND filed_as IS NULL RETURNING id
)
SELECT all_or_nothing((SELECT count(*) FROM d), CASE WHEN %(draft)s::uuid IS NULL THEN 0 ELSE 1 END)
"""


def file(filing: Filing) -> None:
    """
    Write everything or nothing.

    :raises KeyAlreadyUsed: if the caller's key was used before.
    :raises DraftAlreadyFiled: if the draft was filed before.
    """
    try:
        run(
            _FILE,
            {
                "id": filing.id,
                "number": filing.number,
                "division": filing.division,
                "edition": filing.edition,
                "party": filing.party,
                "account": filing.account,
                "channel": filing.channel,
                "lead": filing.lead_unit,
                "open": len(filing.cases),
                "at": filing.at,
                "collect": filing.collect_until,
                "promised": filing.promised_on,
                "provisional": filing.promised_provisional,
                "method": filing.delivery_method,
                "follows": filing.follows,
                "wrapped": filing.wrapped_key,
                "title": filing.title_sealed,
                "revision": filing.revision,
                "sealed": filing.sealed,
                "digest": filing.digest,
                "ids": [c.id for c in filing.cases],
                "numbers": [c.number for c in filing.cases],
                "items": [c.item for c in filing.cases],
                "members": [c.member for c in filing.cases],
                "units": [c.unit for c in filing.cases],
                "waits": [c.waits_for for c in filing.cases],
                "committed": [c.committed for c in filing.cases],
                "looks": [c.look_again_at for c in filing.cases],
                "step_ids": [new_id() for _ in filing.cases],
                "outbox": new_id(),
                "key": filing.key,
                "request_digest": filing.request_digest,
                "answer": filing.answer,
                "draft": filing.draft,
            },
        )
    except errors.UniqueViolation as error:
        if "idempotency" in (error.diag.constraint_name or ""):
            raise KeyAlreadyUsed from error
        raise
    except errors.Error as error:
        if error.sqlstate == "YJ001":
            raise DraftAlreadyFiled from error
        raise


def next_serial_block() -> int:
    """Return the first of SERIALS_PER_BLOCK fresh serials for submission and case numbers."""
    return int(run("SELECT nextval('number_serials')")[0][0])
