"""What an account may stand as today, in one statement: every page and every call begins with it."""

import json
from datetime import date
from typing import NamedTuple
from uuid import UUID

from ..prepared import ask

_STANDING = """
SELECT json_build_object(
  'represents', EXISTS (
    SELECT FROM accounts_representation
    WHERE account_id = $1::uuid AND party_id = $2::uuid AND since <= $3::date AND (until IS NULL OR until >= $3::date)),
  'posts', coalesce((
    SELECT json_agg(json_build_array(role, unit) ORDER BY id) FROM accounts_officer
    WHERE account_id = $1::uuid AND since <= $3::date AND (until IS NULL OR until >= $3::date)), '[]'))::text
"""


class Standing(NamedTuple):
    """What an account holds on a day."""

    represents: bool  # the party asked about, by an entry of its own
    posts: tuple[tuple[str, str], ...]  # role and unit


def standing_of(account: UUID, *, party: UUID | None, on: date) -> Standing:
    """Return the posts that an account holds on a day, and whether it represents a party then; without one, it does not."""
    told = json.loads(ask(_STANDING, str(account), str(party) if party else None, on.isoformat()) or b"{}")
    return Standing(told["represents"], tuple((role, unit) for role, unit in told["posts"]))
