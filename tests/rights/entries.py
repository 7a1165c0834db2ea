"""What `tests/rights/*.yaml` says: for each address and method who may, and how everybody else is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.rights.world import COLUMNS

FOLDER = Path(__file__).parent
#: The entries of the API have columns of their own.
API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the matrix."""

    name: str
    method: str
    allowed: frozenset[str]
    refused_with: int = 404
    about: Mapping[str, Any] = field(
        default_factory=dict
    )  # which thing an argument is; else that of its name
    asks: Mapping[str, Any] = field(default_factory=dict)  # the query
    sends: Mapping[str, Any] = field(default_factory=dict)  # the form
    people: Mapping[str, str] = field(default_factory=dict)  # who stands in a column for this line alone
    kind: str = ""  # the content type, where it is no form
    headers: Mapping[str, str] = field(default_factory=dict)
    why: str = ""  # of what anybody may see although it is about something

    @property
    def is_open(self) -> bool:
        return self.allowed == frozenset(COLUMNS)

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


@cache
def entries() -> tuple[Entry, ...]:
    """Return every line of every room."""
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        if file.stem != API:
            for line in yaml.safe_load(file.read_text()) or ():
                found.append(_entry(line, file.name))
    return tuple(found)


def _entry(line: dict[str, Any], file: str) -> Entry:
    allowed = line.pop("allowed")
    if allowed == "anyone":
        who = frozenset(COLUMNS)
    elif allowed == "signed_in":
        who = frozenset(COLUMNS) - {"visitor"}
    else:
        who = frozenset(allowed)
    unknown = who - set(COLUMNS)
    assert not unknown, f"{file}: {line['name']} 里没有这样的列：{sorted(unknown)}"
    return Entry(allowed=who, **line)
