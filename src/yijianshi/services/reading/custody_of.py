"""
What concerns custody on the page of one submission: its papers, its receipts, where its results are fetched.

And what a window sees of a submission that it took in for elsewhere (通办件的进度): how far it is, nothing of its contents.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import State
from yijianshi.domain.rights import Act, Actor, Role, may, require
from yijianshi.store.custody.models import IntakeRow
from yijianshi.store.results.models import DeliveryRow
from yijianshi.store.submissions.models import SubmissionRow

from ..custody.pick_up import AT_A_WINDOW, pick_up_of, way_of
from ..custody.places import home_window, name_of_place, thing_with_places, windows_at
from ..handling.loading import Loaded, load_submission
from .beside import Beside
from .case_history import names_of
from .custody import PaperLine, Travelled, lines_of, papers_of, ways_of
from .reading_log import Looked, note_read, unit_of
from .units import name_of_unit
from .whose import whose_submission

PROGRESS = Looked("progress", "进度和原件")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSeen:
    """One paper with its way."""

    line: PaperLine
    way: tuple[Travelled, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyOf:
    """Whose hands the papers of a submission are in, and where its results are fetched."""

    papers: tuple[PaperSeen, ...]
    receipts: tuple[tuple[UUID, str], ...]  # key and number
    taken_in: str  # the window's name, empty where it came another way
    taken_in_by: str
    at_a_window: bool
    pick_up: str
    pick_up_name: str
    windows: tuple[tuple[str, str], ...]
    delivered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A submission as the window sees it that took it in for elsewhere."""

    id: UUID
    number: str
    bundle: str
    title: str
    applicant: str
    home: str
    state: str
    received_at: datetime
    promised_on: date | None
    items: tuple[tuple[str, str, State, date | None], ...]
    may_take: bool
    may_give_out: bool
    is_ready: bool


def custody_of(
    submission: UUID,
    *,
    division: str,
    at: datetime,
    way: str | None = None,
    there: frozenset[Beside] = frozenset(Beside),
) -> CustodyOf:
    """
    Return what concerns custody of a submission, for whoever was let see its page already.

    :param way: how its results go out, where that is known.
    :param there: what is known to hang on it; of the rest nothing is asked.
    """
    rows = list(papers_of(submission)) if Beside.PAPERS in there else []
    ways = ways_of([row.pk for row in rows]) if rows else {}
    numbers = {row.receipt.pk: row.receipt.number for row in rows if row.receipt}
    intakes = IntakeRow.objects.filter(submission=submission)
    intake = intakes.first() if Beside.INTAKE in there else None
    at_a_window = (way_of(submission) if way is None else way) == AT_A_WINDOW
    place = pick_up_of(submission, division=division, at=at) if at_a_window else ""
    fetched = DeliveryRow.objects.filter(submission=submission).exclude(delivered_at=None)
    return CustodyOf(
        papers=tuple(
            PaperSeen(line=line, way=ways[row.pk])
            for row, line in zip(rows, lines_of(rows, at=at), strict=True)
        ),
        receipts=tuple(numbers.items()),
        taken_in=name_of_place(intake.place) if intake else "",
        taken_in_by=names_of([intake.by]).get(intake.by, "—") if intake else "",
        at_a_window=at_a_window,
        pick_up=place,
        pick_up_name=name_of_place(place) if place else "",
        windows=tuple((one, name_of_place(one)) for one in windows_at(at)) if at_a_window else (),
        delivered=at_a_window and fetched.exists(),
    )


def read_my_custody(submission: UUID, *, actor: Actor, at: datetime) -> tuple[Loaded, CustodyOf]:
    """
    Return a submission with its custody to its applicant, its home's window or a window that has to do with it.

    :raises NotPermitted: if the actor is none of these, or there is none.
    """
    loaded = load_submission(submission)
    require(actor, Act.READ_PROGRESS, thing_with_places(loaded))
    return loaded, custody_of(submission, division=loaded.division, at=at)


def read_progress(submission: UUID, *, actor: Actor, at: datetime) -> tuple[Progress, CustodyOf]:
    """
    Return how far a submission is to the window that took it in or gives its results out; the look is written down.

    :raises NotPermitted: if the actor's window is neither, or there is none.
    """
    loaded, custody = read_my_custody(submission, actor=actor, at=at)
    thing = thing_with_places(loaded)
    promised = SubmissionRow.objects.values_list("promised_on", flat=True).get(pk=submission)
    matter = whose_submission(submission)
    delivery = DeliveryRow.objects.filter(submission=submission).values_list("delivered_at", flat=True)
    is_ready = list(delivery) == [None]
    note_read(PROGRESS, submission=submission, actor=actor, unit=unit_of(actor, Role.WINDOW), at=at)
    return Progress(
        id=submission,
        number=loaded.number,
        bundle=loaded.edition.bundle.title,
        title=matter.title,
        applicant=matter.applicant,
        home=name_of_place(home_window(loaded.division, at=at)),
        state=loaded.state,
        received_at=loaded.received_at,
        promised_on=promised,
        items=tuple(
            (
                loaded.edition.item(case.now.item).plain_name,
                name_of_unit(case.unit),
                case.now.state,
                case.now.due_on,
            )
            for case in loaded.cases
        ),
        may_take=may(actor, Act.TAKE_CUSTODY, thing),
        may_give_out=may(actor, Act.HAND_OVER, thing),
        is_ready=is_ready,
    ), custody


def is_at_home(submission: UUID, *, actor: Actor) -> bool:
    """Return whether the actor may read the whole of a submission, and not its progress alone."""
    return may(actor, Act.READ_SUBMISSION, load_submission(submission).thing())
