"""
What a reader saw on a photograph: lines of print with their places, and how good the picture is (识别结果).

Nothing here knows who read it; a line is what was seen, never what somebody thinks it should be.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Two lines stand in one row if they share so much of the height of the lower one.
_SHARED_HEIGHT = 0.5
#: What continues a text below begins at most so many heights of a line further down.
_NEXT_ROW = 1.9


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print: its text, its place in pixels of the upright and straightened picture, and how sure the reader is."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    at_edge: bool = False  # it touches the edge of the picture, so that some of it may be missing
    dazzled: bool = False  # a reflection lies on it or beside it, and may have eaten some of it

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """A photograph as it was read: upright size in pixels, what can be measured of it, and its lines."""

    width: int
    height: int
    sharpness: float  # of the print, independent of its size and its ink: blurred is near 0
    light: float  # 0 black to 1 white, of the paper
    glare: float  # share of the picture in which a reflection has eaten everything
    lines: tuple[Line, ...]
    turned: int = 0  # degrees by which it was turned to stand upright


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of print, perhaps over several lines: the pieces as they were seen, and the least of their confidences."""

    pieces: tuple[str, ...]
    confidence: float
    at_edge: bool = False
    dazzled: bool = False
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    height: float = 1.0

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def plain(text: str) -> str:
    """
    Return a text without blanks and with the narrow forms of digits, letters and marks.

    >>> plain("性别　男 （Ａ１）")
    '性别男(A1)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


class Row:
    """Lines side by side, as one text of which every character knows its line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(sorted(lines, key=lambda line: line.left))
        self._owners: list[int] = []
        texts = []
        for number, line in enumerate(self.lines):
            text = plain(line.text)
            texts.append(text)
            self._owners += [number] * len(text)
        self.text = "".join(texts)

    @property
    def top(self) -> float:
        return min(line.top for line in self.lines)

    @property
    def height(self) -> float:
        return max(line.height for line in self.lines)

    def begins_line(self, at: int) -> bool:
        """Return whether a line of its own begins at this character."""
        return at == 0 or self._owners[at] != self._owners[at - 1]

    def is_same_line(self, one: int, other: int) -> bool:
        """Return whether two characters stand in one line."""
        return self._owners[one] == self._owners[other]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch from `start` to `end` of the row's text."""
        pieces: list[str] = []
        owners = self._owners[start:end]
        for place, owner in enumerate(owners):
            if place and owners[place - 1] == owner:
                pieces[-1] += self.text[start + place]
            else:
                pieces.append(self.text[start + place])
        own = [self.lines[owner] for owner in dict.fromkeys(owners)]
        if not own:
            return Span((), 0.0)
        return Span(
            tuple(pieces),
            min(line.confidence for line in own),
            at_edge=any(line.at_edge for line in own),
            dazzled=any(line.dazzled for line in own),
            left=self._place(start),
            right=max(line.right for line in own),
            bottom=max(line.bottom for line in own),
            height=max(line.height for line in own),
        )

    def _place(self, at: int) -> float:
        """Return about where a character stands, print being evenly wide."""
        owner = self._owners[at]
        line, first = self.lines[owner], self._owners.index(owner)
        count = self._owners.count(owner)
        return line.left + (line.right - line.left) * (at - first) / count


def rows_of(lines: Iterable[Line]) -> tuple[Row, ...]:
    """Return the lines by rows, from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.top + one.bottom, one.left, one.text)):
        if not plain(line.text):
            continue
        for row in rows[-3:]:
            if _shared(row[0], line) >= _SHARED_HEIGHT:
                row.append(line)
                break
        else:
            rows.append([line])
    return tuple(Row(row) for row in rows)


def below(rows: Sequence[Row], number: int, first: Span, *, labels: Sequence[str], most: int = 2) -> Span:
    """Return `first`, found in row `number`, with the lines below that go on in the same column."""
    spans, last = [first], first
    for row in rows[number + 1 :]:
        if len(spans) > most:
            break
        following = [
            line
            for line in row.lines
            if abs(line.left - first.left) <= 2.5 * first.height
            and line.top - last.bottom <= (_NEXT_ROW - 1) * first.height
            and abs(line.height - first.height) <= 0.5 * first.height
            and not any(plain(line.text).startswith(label) for label in labels)
        ]
        if not following:
            if row.top - last.bottom > _NEXT_ROW * first.height:
                break
            continue
        last = Row(following[:1]).span(0, len(plain(following[0].text)))
        spans.append(last)
    return Span(
        tuple(piece for span in spans for piece in span.pieces),
        min(span.confidence for span in spans),
        at_edge=any(span.at_edge for span in spans),
        dazzled=any(span.dazzled for span in spans),
        left=first.left,
        right=first.right,
        bottom=spans[-1].bottom,
        height=first.height,
    )


def _shared(one: Line, other: Line) -> float:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / min(one.height, other.height)
