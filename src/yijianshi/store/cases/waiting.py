"""How many submissions wait for a party, in one statement: every page of the applicant's says it."""

from collections.abc import Sequence
from uuid import UUID

from ..prepared import ask

# Its own cases and those it confirmed are two questions: an `or` over two tables would read neither by its index.
_WAITING = """
SELECT (
  SELECT count(*) FROM (
    SELECT c.submission_id FROM submissions_submissionrow s JOIN cases_caserow c ON c.submission_id = s.id
    WHERE s.party_id = $1::uuid
      AND (c.state = $2 OR (strpos(c.holds, $3) > 0 AND c.state = ANY (string_to_array($4, ','))))
    UNION
    SELECT c.submission_id FROM submissions_submissionrow s JOIN cases_caserow c ON c.submission_id = s.id
    WHERE s.together @> ARRAY[$1::uuid] AND c.state = $2
  ) waits
) + (
  SELECT count(*) FROM together_askedrow a JOIN drafts_draftrow d ON d.id = a.draft_id
  WHERE a.party_id = $1::uuid AND a.state = 'asked' AND d.filed_as IS NULL
)
"""


def count_waiting(party: UUID, *, corrects: str, fee: str, payable: Sequence[str]) -> int:
    """
    Return how many submissions wait for a party: to be corrected, to be paid for, or to be confirmed.

    :param corrects: the state in which a case waits for a correction; that counts for those who confirmed it too.
    :param fee: the hold that a fee lays on a case, in whose states `payable` it may be paid.
    """
    return int(ask(_WAITING, str(party), corrects, fee, ",".join(payable)) or b"0")
