"""A list that a reform is carried out by (清单): one value from which the page, the sheet, the paper and the JSON are made."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ..punctuation import wide


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the row's attribute, its name on paper, and how wide it is beside the others."""

    key: str
    name: str
    width: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list with its title, what it is counted from, its columns and its rows (dataclasses)."""

    kind: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]
    empty: str = ""

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows as words, column by column, numbered from 1."""
        return tuple(
            (str(number), *(said(getattr(row, column.key)) for column in self.columns))
            for number, row in enumerate(self.rows, 1)
        )

    @property
    def heads(self) -> tuple[str, ...]:
        return ("序号", *(column.name for column in self.columns))

    @property
    def plain(self) -> dict[str, Any]:
        """Return the list as plain values that can be written as JSON."""
        return {
            "list": self.kind,
            "title": self.title,
            "columns": {column.key: column.name for column in self.columns},
            "rows": [asdict(row) for row in self.rows],
        }


def said(value: Any) -> str:
    """Return a cell as words: several things joined, nothing as nothing."""
    if isinstance(value, tuple | list):
        return "、".join(wide(one) for one in value)
    return "" if value is None else wide(value)


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in order, each once."""
    return tuple(dict.fromkeys(names))
