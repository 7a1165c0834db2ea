"""Which characters the fonts can print; a name is never printed with a gap in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

#: Line ends and tabs are laid out, not printed.
_NEEDS_NO_GLYPH = frozenset("\r\n\t")


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file, with the characters it can print."""

    family: str
    path: Path
    index: int = 0

    @property
    def characters(self) -> frozenset[int]:
        """Return the code points in the face's character map."""
        return _characters(self.path, self.index, self.path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _characters(path: Path, index: int, changed: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


class Coverage:
    """What a set of faces can print together."""

    def __init__(self, faces: Iterable[Face]) -> None:
        self.faces = tuple(faces)

    @cached_property
    def _known(self) -> frozenset[int]:
        """Read when something is first to be printed: it takes a second, and most processes print nothing."""
        return frozenset().union(*(face.characters for face in self.faces))

    def __len__(self) -> int:
        return len(self._known)

    def count(self, block: range) -> tuple[int, int]:
        """Return how many code points of `block` can be printed, and how many there are."""
        return sum(1 for point in block if point in self._known), len(block)

    def missing(self, value: object) -> str:
        """Return each character anywhere within `value` that no face can print, once, in order of appearance."""
        seen = dict.fromkeys(character for text in _texts(value) for character in text)
        return "".join(c for c in seen if ord(c) not in self._known and c not in _NEEDS_NO_GLYPH)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Iterable):
        for each in value:
            yield from _texts(each)
