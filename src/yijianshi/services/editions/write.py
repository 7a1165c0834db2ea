"""Writing on a manuscript (修改): a new wording, unless somebody else has written since this one was read."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.manuscripts import ManuscriptMove, after_move, owners_of
from yijianshi.domain.rights import Act, Actor
from yijianshi.domain.workdays import legal_day
from yijianshi.store.manuscripts.models import ManuscriptRow, TextRow
from yijianshi.store.manuscripts.moving import StaleManuscript, move_manuscript

from ..catalogue.lines import NotYaml, parse_yaml
from .begin import digest_of_text
from .checking import TextNotSound, Written, compiled
from .loading import ManuscriptLoaded, load_manuscript

LONGEST = 400_000


class TextStale(Exception):
    """Somebody else has written on the manuscript meanwhile; both wordings are here, and nothing is lost."""

    def __init__(self, *, theirs: str, ours: str, by: UUID, at: datetime) -> None:
        super().__init__("您打开以后，别人改过这份稿。两份都在，请对照后再保存")
        self.theirs, self.ours, self.by, self.at = theirs, ours, by, at


class TextTooLong(ValueError):
    """The text is longer than any one-thing can be."""


def write_text(*, manuscript: UUID, actor: Actor, text: str, seen: str, at: datetime) -> str:
    """
    Keep a new wording and return its digest; a checked manuscript is a draft again, signatures no longer count.

    :param seen: the digest of the wording from which the writer began.
    :raises TextStale: if somebody else has written since.
    :raises MoveNotAllowed: if the manuscript is no longer being written.
    """
    loaded = load_manuscript(manuscript, actor=actor, act=Act.WRITE_MANUSCRIPT)
    text = text.replace("\r\n", "\n").strip("\n") + "\n"
    if len(text) > LONGEST:
        raise TextTooLong(f"稿子超过 {LONGEST // 10000} 万字，存不下；一件事写不了这么长，请核对")
    if loaded.row.digest != seen:
        raise _stale(loaded, text)
    digest = digest_of_text(text)
    if digest == seen:
        return digest
    to = after_move(loaded.stage, ManuscriptMove.WRITE)
    try:
        with transaction.atomic():
            TextRow.objects.create(
                manuscript=loaded.row, digest=digest, text=text, by=UUID(actor.account), at=at
            )
            move_manuscript(
                loaded.row, move=ManuscriptMove.WRITE, to=to, at=at, by=UUID(actor.account), digest=digest,
                title=_title(text) or loaded.row.title, owners=owners_in(loaded, text, at),
            )  # fmt: skip
    except StaleManuscript as error:
        raise _stale(load_manuscript(manuscript, actor=actor), text) from error
    return digest


def wording(manuscript: UUID, digest: str, *, actor: Actor) -> str:
    """Return an earlier wording by its digest, from which somebody is still writing; the present one if there is none."""
    loaded = load_manuscript(manuscript, actor=actor, act=Act.WRITE_MANUSCRIPT)
    found = loaded.row.texts.filter(digest=digest).order_by("-id").first()
    return (found or loaded.text).text


def owners_in(loaded: ManuscriptLoaded, text: str, at: datetime) -> dict[str, list[str]]:
    """Return who must countersign a text; while it cannot become an edition, whoever had to before."""
    was = loaded.written
    try:
        edition = compiled(
            Written(text, was.kind, was.bundle, was.division, was.standard), valid_from=legal_day(at)
        )
    except TextNotSound:
        return dict(loaded.row.owners)
    return {str(unit): list(items) for unit, items in owners_of(edition).items()}


def _title(text: str) -> str:
    try:
        tree = parse_yaml(text)
    except NotYaml:
        return ""
    if not isinstance(tree, dict):
        return ""
    return str(tree.get("plain_name") or tree.get("name") or "")[:200]


def _stale(loaded: ManuscriptLoaded, text: str) -> TextStale:
    last = loaded.text
    return TextStale(theirs=last.text, ours=text, by=last.by, at=last.at)


def texts_of(row: ManuscriptRow) -> list[TextRow]:
    """Return every wording of a manuscript, the last first."""
    return list(row.texts.order_by("-id"))
