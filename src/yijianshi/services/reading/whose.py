"""
Whose matter a submission is (谁的事), and who applies for it: the child on the title, the mother beside it.

Names are opened for the rows of one page only; a personal number is looked up by its keyed hash and never kept.
"""

from dataclasses import dataclass
from uuid import UUID

from yijianshi.domain.codes import is_citizen_number
from yijianshi.store.accounts.models import Party
from yijianshi.store.submissions.models import SubmissionRow

from ..contents import fingerprint, open_text

#: What a query of several submissions needs for `whose` (with `select_related` of the party).
SEALED = ("title_sealed", "party__name_sealed")
#: The key of no party: what is looked for under a number that nobody has.
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Whose:
    """The title of a submission, and the applicant where that is somebody else."""

    title: str
    applicant: str = ""

    @property
    def words(self) -> str:
        """Return 王一禾 · 王芳申请, or the title alone."""
        return f"{self.title} · {self.applicant}申请" if self.applicant else self.title


def whose(row: SubmissionRow) -> Whose:
    """Return whose matter it is; the row was loaded together with its party."""
    title = open_text(row.title_sealed, purpose="title")
    name = open_text(row.party.name_sealed, purpose="name")
    return Whose(title, name if name != title else "")


def whose_submission(submission: UUID) -> Whose:
    """Return whose matter one submission is, with one question to the database."""
    return whose(SubmissionRow.objects.select_related("party").only(*SEALED).get(pk=submission))


def is_personal_number(text: str) -> bool:
    """Return whether somebody meant the number of a person or an enterprise: it must not stand in an address."""
    return len(_plain(text)) == 18 and _plain(text).isascii() and _plain(text).isalnum()


def mark_of(number: str) -> str:
    """Return what stands for a personal number in an address: its keyed hash, whether or not anybody has it."""
    number = _plain(number)
    return fingerprint(number, kind="person" if is_citizen_number(number) else "enterprise").hex()


def party_marked(mark: str) -> UUID:
    """Return who has the number behind such a mark, or NOBODY."""
    try:
        number_hash = bytes.fromhex(mark)
    except ValueError:
        return NOBODY
    return Party.objects.filter(number_hash=number_hash).values_list("pk", flat=True).first() or NOBODY


def _plain(text: str) -> str:
    return "".join(text.split()).upper()
