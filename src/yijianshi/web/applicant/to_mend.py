"""What was found on site about one item (整改), as the page of the submission shows it with the form that answers it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from yijianshi.domain.rights import Act
from yijianshi.services.reading.my_submission import CaseSeen, SubmissionSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What was found on site about one item, and where to say that it is mended."""

    id: UUID
    name: str
    until: date
    findings: tuple[str, ...]
    by: str
    post: str
    error: str = ""


def mending_of(case: CaseSeen, seen: SubmissionSeen, unmended: tuple[UUID, str] | None) -> Mending:
    """Return what is to be mended; `unmended` is a case with what was wrong with its report."""
    return Mending(
        id=case.id,
        name=case.item.plain_name,
        until=date.fromisoformat(case.mending["mend_by"]),
        findings=tuple(case.mending["findings"].split("\n")),
        by=f"{case.unit_name} {case.mending['inspectors']}",
        post=reverse("report-mended", args=[seen.id, case.id]) if Act.CORRECT in seen.powers else "",
        error=unmended[1] if unmended and unmended[0] == case.id else "",
    )
