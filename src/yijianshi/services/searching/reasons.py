"""Why something was found (原因): the wording that led to it, with the characters that were asked for marked."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from .index import Likeness
from .sounds import heard_as, syllables
from .words import plain

#: The brackets of Chinese text, sign for sign.
_WIDE = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the wording; `hit` where it is what was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """What kind of wording led to a one-thing, and that wording in pieces."""

    said: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return the wording whole."""
        return "".join(piece.text for piece in self.pieces)


def reason_for(best: Likeness, asked: str) -> Reason:
    """Return why a likeness was found, with the characters marked that were asked for or sound so."""
    text = best.lead.text.translate(_WIDE)
    marked = _by_sound(text, asked) if best.by_sound else _by_sign(text, asked)
    said = f"{best.lead.kind}（读音相近）" if best.by_sound else str(best.lead.kind)
    return Reason(said, _pieces(text, marked))


def _by_sign(text: str, asked: str) -> set[int]:
    return _shared([plain(sign) for sign in text], list(plain(asked)))


def _by_sound(text: str, asked: str) -> set[int]:
    there = ["".join(heard_as(one) for one in syllables(plain(sign))) for sign in text]
    sounds = [heard_as(one) for one in syllables(plain(asked))]
    marked = _shared(there, sounds)
    return marked or _shared([sound[:1] for sound in there], list(plain(asked)))


def _shared(there: list[str], asked: list[str]) -> set[int]:
    matcher = SequenceMatcher(None, there, asked, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    longest = max((block.size for block in blocks), default=0)
    return {
        at
        for block in blocks
        if block.size > 1 or longest == 1
        for at in range(block.a, block.a + block.size)
        if there[at]
    }


def _pieces(text: str, marked: set[int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for at, sign in enumerate(text):
        hit = at in marked
        if pieces and pieces[-1].hit == hit:
            pieces[-1] = Piece(pieces[-1].text + sign, hit)
        else:
            pieces.append(Piece(sign, hit))
    return tuple(pieces)
