"""
Where papers are (原件在哪里): at one place with its lists, on one list, of one submission, and each with its whole way.

Names of papers and applicants are opened for the rows of one page only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yijianshi.domain.custody import (
    MOVE_WORDS,
    CustodyKind,
    CustodyMove,
    CustodyState,
    HandOverWay,
    is_overdue,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, may, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.custody.models import HandOverRow, MoveRow, NoteRow, PaperRow

from ..contents import open_text
from ..custody.pick_up import AT_A_WINDOW, pick_up_of
from ..custody.places import name_of_place, places_of, thing_at, units_of, windows_at
from ..custody.send import load_list
from ..custody.writing import load_paper
from .case_history import names_of
from .reading_log import Looked, note_read
from .whose import SEALED, whose

PAPERS = Looked("papers", "原件和实体证照在谁那里")
MOST = 200
KIND_WORDS = {CustodyKind.ORIGINAL: "原件", CustodyKind.CERTIFICATE: "实体证照"}
WAY_WORDS = {HandOverWay.BY_HAND: "专人当面交", HandOverWay.COURIER: "快递"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One paper in a list."""

    id: UUID
    name: str
    kind: CustodyKind
    copies: int
    pages: int
    state: CustodyState
    holder: str
    holder_name: str
    to_name: str
    since: datetime
    submission: UUID | None
    number: str  # of the submission; empty while it is being filled in
    title: str
    applicant: str
    hand_over: UUID | None
    goes_to: str = ""  # of a certificate: the window at which it is fetched
    is_late: bool = False

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]

    @property
    def amount(self) -> str:
        """Return 2 份 · 每份 3 页, or 1 份 3 页."""
        if self.kind is CustodyKind.CERTIFICATE:
            return f"{self.copies} 份"
        return f"{self.copies} 份，每份 {self.pages} 页" if self.copies > 1 else f"1 份 {self.pages} 页"

    @property
    def all_pages(self) -> int:
        return self.copies * self.pages

    def is_elsewhere(self, place: str) -> bool:
        """Return whether somebody holds it, and it does not lie at that place."""
        return bool(self.holder) and not (self.state is CustodyState.HELD and self.holder == place)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One hand-over list, with how many of its papers are still under way."""

    id: UUID
    number: str
    from_name: str
    to_name: str
    way: HandOverWay
    courier_number: str
    at: datetime
    expected_on: date
    provisional: bool
    under_way: int
    is_late: bool

    @property
    def way_words(self) -> str:
        return f"{WAY_WORDS[self.way]} {self.courier_number}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyPage:
    """What one place holds, what comes to it, what it has sent and not yet been signed for."""

    place: str
    place_name: str
    is_window: bool
    places: tuple[tuple[str, str], ...]  # where else the reader works
    held: tuple[PaperLine, ...]
    missing: tuple[PaperLine, ...]
    incoming: tuple[ListLine, ...]
    sent: tuple[ListLine, ...]
    destinations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Travelled:
    """One move of a paper, in words."""

    at: datetime
    text: str
    place: str
    by: str
    move: CustodyMove
    short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One hand-over list with its papers."""

    line: ListLine
    papers: tuple[PaperLine, ...]
    to_sign: tuple[PaperLine, ...]
    may_sign: bool
    may_call_back: bool
    sent_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """One paper, with its whole way and what the reader may do with it."""

    line: PaperLine
    way: tuple[Travelled, ...]
    receipt: UUID | None
    may_give_back: bool
    may_keep: bool
    may_find: bool


def read_custody(*, actor: Actor, place: str = "", at: datetime) -> CustodyPage:
    """
    Return what is in custody at a place of the actor, the first one unless another is named.

    :raises NotPermitted: if he works at none, or not at that one.
    """
    mine = places_of(actor)
    chosen = place or mine[0]
    require(actor, Act.MOVE_CUSTODY, thing_at(chosen))
    rows = _with_names(PaperRow.objects.filter(holder=chosen)).order_by("since", "id")
    held = tuple(lines_of(rows.filter(state="held")[:MOST], at=at))
    missing = tuple(lines_of(rows.filter(state="missing")[:MOST], at=at))
    of_cases = units_of({line.submission for line in held if line.submission})
    goals = [one for one in (*windows_at(at), *sorted(of_cases)) if one != chosen]
    under_way = PaperRow.objects.filter(state="under_way")
    return CustodyPage(
        place=chosen,
        place_name=name_of_place(chosen),
        is_window=chosen in windows_at(at),
        places=tuple((one, name_of_place(one)) for one in mine),
        held=held,
        missing=missing,
        incoming=_lists(under_way.filter(to=chosen), at=at),
        sent=_lists(under_way.filter(holder=chosen), at=at),
        destinations=tuple((one, name_of_place(one)) for one in goals),
    )


def waiting_at(place: str) -> int:
    """Return how many papers are on their way to a place."""
    return PaperRow.objects.filter(state="under_way", to=place).count()


def read_list(*, hand_over: UUID, actor: Actor, at: datetime) -> ListPage:
    """
    Return a hand-over list to whoever works at either of its places.

    :raises NotPermitted: if the actor works at neither, or there is none.
    """
    row = load_list(hand_over)
    sends, receives = (may(actor, Act.MOVE_CUSTODY, thing_at(one)) for one in (row.sender, row.to))
    if not sends and not receives:
        raise NotPermitted(Act.MOVE_CUSTODY)
    keys = MoveRow.objects.filter(list=row, move=CustodyMove.SEND).values("paper")
    papers = tuple(lines_of(_with_names(PaperRow.objects.filter(pk__in=keys)).order_by("id"), at=at))
    to_sign = tuple(
        line for line in papers if line.state is CustodyState.UNDER_WAY and line.hand_over == row.pk
    )
    return ListPage(
        line=list_line(row, len(to_sign), legal_day(at)),
        papers=papers,
        to_sign=to_sign,
        may_sign=receives and bool(to_sign),
        may_call_back=sends and bool(to_sign),
        sent_by=names_of([row.by]).get(row.by, "—"),
    )


def read_paper(*, paper: UUID, actor: Actor, at: datetime) -> PaperPage:
    """
    Return one paper to whoever works where it is, was or goes; that he looked is written down.

    :raises NotPermitted: if the actor works at none of these places, or there is none.
    """
    load_paper(paper)
    moves = MoveRow.objects.filter(paper=paper)
    places = {*moves.values_list("place", flat=True), *moves.values_list("to", flat=True)} - {""}
    mine = [one for one in sorted(places) if may(actor, Act.MOVE_CUSTODY, thing_at(one))]
    if not mine:
        raise NotPermitted(Act.MOVE_CUSTODY)
    row = _with_names(PaperRow.objects.filter(pk=paper)).get()
    line = next(iter(lines_of([row], at=at)))
    if row.submission_id:
        note_read(PAPERS, submission=row.submission_id, actor=actor, unit=mine[0], at=at)
    is_here = line.holder in mine
    held = line.state is CustodyState.HELD and is_here
    return PaperPage(
        line=line,
        way=ways_of([paper])[paper],
        receipt=row.receipt_id,
        may_give_back=held,
        may_keep=held
        and line.kind is CustodyKind.ORIGINAL
        and may(actor, Act.KEEP_FOR_GOOD, thing_at(line.holder)),
        may_find=line.state is CustodyState.MISSING and is_here,
    )


def lines_of(rows: Iterable[PaperRow], *, at: datetime) -> list[PaperLine]:
    """Return the papers in words; loaded with submission, its party and list."""
    on, goals, lines = legal_day(at), {}, []
    for row in rows:
        submission = row.submission
        matter = whose(submission) if submission else None
        goes_to = ""
        if submission and row.kind == CustodyKind.CERTIFICATE and submission.delivery_method == AT_A_WINDOW:
            if submission.pk not in goals:
                goals[submission.pk] = pick_up_of(submission.pk, division=submission.division, at=at)
            goes_to = name_of_place(goals[submission.pk])
        lines.append(
            PaperLine(
                id=row.pk,
                name=open_text(row.name_sealed, purpose="paper"),
                kind=CustodyKind(row.kind),
                copies=row.copies,
                pages=row.pages,
                state=CustodyState(row.state),
                holder=row.holder,
                holder_name=name_of_place(row.holder) if row.holder else "",
                to_name=name_of_place(row.to) if row.to else "",
                since=row.since,
                submission=row.submission_id,
                number=submission.number if submission else "",
                title=matter.title if matter else "还在填的申报",
                applicant=matter.applicant if matter else "",
                hand_over=row.list_id,
                goes_to=goes_to,
                is_late=row.state == "under_way"
                and row.list is not None
                and is_overdue(row.list.expected_on, on=on),
            )
        )
    return lines


def ways_of(papers: Iterable[UUID]) -> dict[UUID, tuple[Travelled, ...]]:
    """Return the whole way of each paper, the newest move first."""
    rows = list(MoveRow.objects.filter(paper__in=list(papers)).select_related("paper").order_by("-seq"))
    names = names_of({row.by for row in rows})
    sealed = dict(NoteRow.objects.filter(move__in=rows).values_list("move_id", "sealed"))
    ways: dict[UUID, list[Travelled]] = {}
    for row in rows:
        note = open_text(sealed[row.pk], purpose="custody-note") if row.pk in sealed else ""
        move = CustodyMove(row.move)
        short = row.counted is not None and row.counted < row.paper.copies * row.paper.pages
        ways.setdefault(row.paper_id, []).append(
            Travelled(
                at=row.at, text=_move_words(row, move, note, short=short), place=name_of_place(row.place),
                by=names.get(row.by, "—"), move=move, short=short,
            )
        )  # fmt: skip
    return {key: tuple(way) for key, way in ways.items()}


def papers_of(submission: UUID) -> "QuerySet[PaperRow]":
    """Return every paper of a submission, loaded with what `lines_of` needs."""
    return _with_names(PaperRow.objects.filter(submission=submission)).order_by("id")


def papers_of_case(submission: UUID, *, case: UUID, at: datetime) -> list[PaperLine]:
    """Return the originals of a submission and the certificates of one of its cases, with one question where there are none."""
    rows = papers_of(submission).filter(Q(kind=CustodyKind.ORIGINAL) | Q(case=case))
    return lines_of(rows, at=at)


def _move_words(row: MoveRow, move: CustodyMove, note: str, *, short: bool) -> str:
    words = MOVE_WORDS[move]
    if move is CustodyMove.SEND:
        words = f"移交给{name_of_place(row.to)}"
    elif move is CustodyMove.RECEIVE:
        words = f"签收，点到 {row.counted} 页" + ("，少了" if short else "，齐")
    return f"{words}：{note}" if note else words


def _with_names(rows: "QuerySet[PaperRow]") -> "QuerySet[PaperRow]":
    sealed = [f"submission__{field}" for field in (*SEALED, "number", "division", "delivery_method")]
    return rows.select_related("submission__party", "list", "receipt").only(
        "kind", "name_sealed", "copies", "pages", "state", "holder", "to", "seq", "since", "receipt__number",
        "list__expected_on", *sealed,
    )  # fmt: skip


def _lists(papers: "QuerySet[PaperRow]", *, at: datetime) -> tuple[ListLine, ...]:
    counted: dict[UUID, int] = {}
    for key in papers.values_list("list", flat=True)[: MOST * 10]:
        if key is not None:
            counted[key] = counted.get(key, 0) + 1
    rows = HandOverRow.objects.filter(pk__in=list(counted)).order_by("expected_on", "id")
    return tuple(list_line(row, counted[row.pk], legal_day(at)) for row in rows[:MOST])


def list_line(row: HandOverRow, under_way: int, on: date) -> ListLine:
    return ListLine(
        id=row.pk,
        number=row.number,
        from_name=name_of_place(row.sender),
        to_name=name_of_place(row.to),
        way=HandOverWay(row.way),
        courier_number=row.courier_number,
        at=row.at,
        expected_on=row.expected_on,
        provisional=row.provisional,
        under_way=under_way,
        is_late=bool(under_way) and is_overdue(row.expected_on, on=on),
    )
