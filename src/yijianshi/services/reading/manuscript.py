"""One manuscript as its pages show it: where it stands, what the check finds, who has signed, what stands in the way."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.differences import Difference, differences
from yijianshi.domain.editions import Edition
from yijianshi.domain.manuscripts import ManuscriptMove, ManuscriptStage, Round, allowed_moves, obstacles
from yijianshi.domain.rights import Act, Actor, may
from yijianshi.domain.routing import Unit

from ..catalogue.published import edition_by_id
from ..editions.checking import Found, TextNotSound, compiled, errors_in, look_over
from ..editions.loading import ManuscriptLoaded, load_manuscript, own_units
from ..editions.publish import names_of_owners
from ..editions.write import texts_of
from ..people.actors import name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkShown:
    """One remark on a row: who, where, what, and how it was settled."""

    id: UUID
    unit: Unit
    unit_name: str
    place: tuple[str, ...]
    words: str
    at: datetime
    answer: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class OwnerShown:
    """One owner in the round: its items, and what it has said last about which wording."""

    unit: Unit
    name: str
    items: tuple[str, ...]
    has_signed: bool
    objected: str
    said_before: bool  # to another wording


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a manuscript's history."""

    move: ManuscriptMove
    at: datetime
    by: str
    unit: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManuscriptRead:
    """Everything that the pages of a manuscript show."""

    id: UUID
    bundle: str
    title: str
    division: DivisionCode
    kind: str
    stage: ManuscriptStage
    text: str
    digest: str  # of the text
    signed: str  # digest of what is signed
    written_by: str
    written_at: datetime
    edition: Edition | None  # what it would become; None while it cannot
    standard: Edition | None
    base: Edition | None
    found: tuple[Found, ...]
    owners: tuple[OwnerShown, ...]
    remarks: tuple[RemarkShown, ...]
    obstacles: tuple[str, ...]
    moves: tuple[ManuscriptMove, ...]  # what the reader may do now as a steward
    own_units: tuple[Unit, ...]
    can_write: bool
    proposal: UUID | None
    published: UUID | None
    history: tuple[Happened, ...] = ()

    @property
    def errors(self) -> tuple[Found, ...]:
        return errors_in(self.found)

    @property
    def warnings(self) -> tuple[Found, ...]:
        return tuple(one for one in self.found if not one.is_error and one.rule != "unconfirmed")

    @property
    def to_confirm(self) -> int:
        return sum(one.rule == "unconfirmed" for one in self.found)


@dataclass(frozen=True, slots=True)
class Wording:
    """One earlier wording of a manuscript."""

    digest: str
    text: str
    by: str
    at: datetime


def read_manuscript(
    manuscript: UUID, *, actor: Actor, on: date, text: str | None = None, act: Act = Act.READ_MANUSCRIPT
) -> ManuscriptRead:
    """
    Return a manuscript to a steward of its division or to an owner of one of its items.

    :param text: a wording that is not kept yet, to look at in the place of the present one.
    :param act: what it is read for.
    :raises NotPermitted: if the reader is neither, or may not do that.
    """
    loaded = load_manuscript(manuscript, actor=actor, act=act)
    if text is not None:
        loaded = replace(loaded, written=replace(loaded.written, text=text))
    row = loaded.row
    names = names_of_owners(loaded)
    can_write = may(actor, Act.WRITE_MANUSCRIPT, loaded.thing)
    edition = edition_or_none(loaded, on=on)
    titles = {item.code: item.plain_name for item in edition.bundle.items} if edition else {}
    return ManuscriptRead(
        id=row.id, bundle=row.bundle, title=row.title, division=DivisionCode(row.division), kind=row.kind,
        stage=loaded.stage, text=loaded.written.text, digest=row.digest, signed=loaded.round.digest,
        written_by=name_of(loaded.text.by), written_at=loaded.text.at, edition=edition,
        standard=loaded.written.standard, base=edition_by_id(row.base) if row.base else None,
        found=look_over(loaded.written, on=on),
        owners=tuple(
            _owner(unit, loaded.round, names[unit], tuple(titles.get(code, code) for code in items))
            for unit, items in loaded.round.owners.items()
        ),
        remarks=_remarks(loaded, names),
        obstacles=obstacles(loaded.round, names=names),
        moves=allowed_moves(loaded.stage, by="steward") if can_write else (),
        own_units=own_units(actor, loaded),
        can_write=can_write,
        proposal=row.proposal,
        published=row.edition,
        history=tuple(
            Happened(ManuscriptMove(step.move), step.at, name_of(step.by), step.unit, step.words)
            for step in row.steps.order_by("-seq")[:60]
        ),
    )  # fmt: skip


def wordings_of(manuscript: UUID, *, actor: Actor) -> tuple[Wording, ...]:
    """Return every wording that a manuscript had, the last first. :raises NotPermitted: if the reader may not."""
    loaded = load_manuscript(manuscript, actor=actor)
    return tuple(Wording(t.digest, t.text, name_of(t.by), t.at) for t in texts_of(loaded.row))


def edition_or_none(loaded: ManuscriptLoaded, *, on: date) -> Edition | None:
    """Return what a manuscript would become, or nothing while it cannot become anything."""
    try:
        return compiled(loaded.written, valid_from=on)
    except (TextNotSound, LookupError):
        return None


def changes_of(read: ManuscriptRead) -> tuple[str, tuple[Difference, ...]]:
    """Return from what a manuscript differs, in words, and how; nothing where it is the first or cannot be read."""
    before = read.standard or read.base
    if before is None or read.edition is None:
        return "", ()
    said = f"{before.division.name}的标准" if read.standard else f"现行版本 {before.digest[:8]}"
    return said, differences(before, read.edition)


def _owner(unit: Unit, round_: Round, name: str, items: tuple[str, ...]) -> OwnerShown:
    said = round_.last_word(unit)
    of_this = said is not None and said.digest == round_.digest
    objected = said.words if said is not None and of_this and not said.agrees else ""
    return OwnerShown(unit, name, items, round_.has_signed(unit), objected, said is not None and not of_this)


def _remarks(loaded: ManuscriptLoaded, names: dict[Unit, str]) -> tuple[RemarkShown, ...]:
    keys = list(loaded.row.remarks.order_by("id").values_list("pk", flat=True))
    shown = [
        RemarkShown(
            id=key, unit=one.unit, unit_name=names.get(one.unit, str(one.unit)), place=one.place, words=one.words,
            at=one.at, answer=one.answer, is_open=one.is_open,
        )
        for key, one in zip(keys, loaded.round.remarks, strict=True)
    ]  # fmt: skip
    return tuple(sorted(shown, key=lambda one: (not one.is_open, one.at)))
