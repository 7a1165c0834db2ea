"""The print of a photograph by the labels of a paper: what stands after which one, in its column and below (版面)."""

import re

from .paper_marks import Layout
from .reading_lines import Photograph, Row, Span, below, rows_of


class Page:
    """A photograph with the labels of one kind of paper found on it (版面)."""

    def __init__(self, photograph: Photograph, layout: Layout) -> None:
        self.rows = rows_of(photograph.lines)
        self.labels = layout.labels
        self._found: dict[str, list[tuple[int, int, int]]] = {}  # label: row, from, to
        for number, row in enumerate(self.rows):
            marks = list(_labels_in(row, layout.labels, layout.long))
            for place, (label, _, end) in enumerate(marks):
                stop = marks[place + 1][1] if place + 1 < len(marks) else len(row.text)
                self._found.setdefault(label, []).append((number, end, stop))

    def after(self, *labels: str, rows_below: int = 0) -> Span | None:
        """Return what stands after a label, with the lines that go on below; None where the label or the text is missing."""
        for label in labels:
            for number, start, stop in self._found.get(label, ())[:1]:
                start += len(self.rows[number].text[start:stop]) - len(
                    self.rows[number].text[start:stop].lstrip(":")
                )
                if start < stop:
                    span = self.rows[number].span(start, stop)
                    if not rows_below:
                        return span
                    return below(self.rows, number, span, labels=self.labels, most=rows_below)
        return None

    def matching(self, pattern: "re.Pattern[str]", *, in_rows: bool = False) -> tuple[Span, ...]:
        """Return every stretch of a line, or of a row, that has a certain shape."""
        units = self.rows if in_rows else [Row([line]) for row in self.rows for line in row.lines]
        return tuple(unit.span(*match.span()) for unit in units for match in pattern.finditer(unit.text))


def _labels_in(row: Row, labels: tuple[str, ...], long: frozenset[str]) -> "list[tuple[str, int, int]]":
    """Return the labels of a row: at the beginning of a line, or after the short text of another one."""
    pattern = re.compile("|".join(sorted(labels, key=len, reverse=True))) if labels else None
    found: list[tuple[str, int, int]] = []
    if pattern is None:
        return found
    for match in pattern.finditer(row.text):
        same_line = [mark for mark in found if row.is_same_line(mark[2] - 1, match.start())]
        if row.begins_line(match.start()) or (same_line and same_line[-1][0] not in long):
            found.append((match[0], match.start(), match.end()))
    return found
