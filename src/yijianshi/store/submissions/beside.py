"""
What hangs on a submission beside its cases, in one statement, so that a page asks only for what is there.

The tables are of other modules; only whether a row stands there is read.
"""

from uuid import UUID

from ..prepared import ask

_BESIDE = """
SELECT concat_ws(' ',
  CASE WHEN EXISTS (SELECT FROM custody_paperrow WHERE submission_id = $1) THEN 'papers' END,
  CASE WHEN EXISTS (SELECT FROM custody_intakerow WHERE submission_id = $1) THEN 'intake' END,
  CASE WHEN EXISTS (SELECT FROM joint_operationrow WHERE submission_id = $1) THEN 'joint' END,
  CASE WHEN EXISTS (SELECT FROM hall_ticketrow WHERE submission_id = $1)
         OR EXISTS (SELECT FROM hall_bookingrow WHERE submission_id = $1) THEN 'visits' END)
"""


def names_beside(submission: UUID) -> frozenset[str]:
    """Return which of papers, intake, joint and visits there are for a submission."""
    return frozenset((ask(_BESIDE, str(submission)) or b"").decode().split())
