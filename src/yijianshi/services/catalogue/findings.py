"""
What is wrong with a catalogue, and where: said so that a steward can go to the line and mend it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: A way into the catalogue: its part, then codes, positions and keys, such as ("bundles", "newborn", "items", …).
Place = tuple[str | int, ...]


class Severity(StrEnum):
    """Whether a finding stops publication (错误) or only asks to be looked at (提醒)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule found, at a place in the catalogue."""

    rule: str
    place: Place
    message: str
    remedy: str
    severity: Severity | None = None  # None: as grave as its kind


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark with the file and the line it speaks of."""

    rule: str
    severity: Severity
    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.message}；{self.remedy}（{self.rule}）"


class CatalogueUnreadable(ValueError):
    """The catalogue cannot be used as it stands; `findings` says where and why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        shown = "\n".join(str(finding) for finding in self.findings[:20])
        more = len(self.findings) - 20
        super().__init__(f"目录读不了，先改这些：\n{shown}" + (f"\n另有 {more} 处" if more > 0 else ""))
