"""What hangs on a submission beside its cases (原件、收件窗口、联合行动、到访); most have nothing of it, and their pages ask no further."""

from enum import StrEnum
from uuid import UUID

from yijianshi.store.submissions.beside import names_beside


class Beside(StrEnum):
    """One kind of thing that may hang on a submission."""

    PAPERS = "papers"  # originals and certificates in custody
    INTAKE = "intake"  # the window that took it in
    JOINT = "joint"  # joint operations, cancelled ones too
    VISITS = "visits"  # bookings and tickets of a hall


def beside(submission: UUID) -> frozenset[Beside]:
    """Return what there is; one query, whatever there is."""
    return frozenset(Beside(name) for name in names_beside(submission))
