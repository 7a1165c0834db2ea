"""The report of an examination (体检报告): what the list has, what is wrong with it, and what one thing would spare."""

from dataclasses import dataclass
from datetime import date

from .gains import Gain, Reduction
from .listed import TableRead
from .places import RULES, Finding


@dataclass(frozen=True, slots=True)
class MatchedName:
    """One name of the list beside the item of the catalogue that it was taken for."""

    listed: str
    department: str
    name: str
    how: str
    score: float
    sure: bool
    rows: int
    example: str


@dataclass(frozen=True, slots=True)
class UnmatchedName:
    """One name of the list that is no item of any one-thing in the catalogue."""

    listed: str
    department: str
    rows: int
    example: str


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """One one-thing in one place in figures, for the table of all places."""

    bundle: str
    division: str
    place: str
    found: int
    of: int
    reductions: tuple[Reduction, ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule found something; `kept` of them are in the report one by one."""

    rule: str
    count: int
    kept: int

    @property
    def title(self) -> str:
        return RULES[self.rule].title

    @property
    def grave(self) -> bool:
        return RULES[self.rule].grave

    @property
    def why(self) -> str:
        return RULES[self.rule].why


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that an examination found."""

    on: date
    files: tuple[str, ...]
    rows: int
    items: int
    materials: int
    places: int
    division: str  # whose figures are shown one by one
    place: str
    tables: tuple[TableRead, ...]
    gains: tuple[Gain, ...]
    everywhere: tuple[PlaceFigures, ...]
    counts: tuple[RuleCount, ...]
    findings: tuple[Finding, ...]
    matched: tuple[MatchedName, ...]
    unmatched: tuple[UnmatchedName, ...]
    unmatched_names: int
    seconds: float = 0

    @property
    def things(self) -> tuple[Gain, ...]:
        """The one-things of which the list has at least two items, those that spare most first."""
        return tuple(gain for gain in self.gains if gain.is_one_thing)

    @property
    def complete(self) -> tuple[Gain, ...]:
        return tuple(gain for gain in self.gains if gain.found and not gain.lacking)

    @property
    def absent(self) -> tuple[Gain, ...]:
        """The one-things of which the list has one item or none."""
        return tuple(gain for gain in self.gains if not gain.is_one_thing)

    @property
    def grave(self) -> int:
        return sum(count.count for count in self.counts if count.grave)

    @property
    def totals(self) -> tuple[Reduction, ...]:
        """The four reductions over all one-things of the place shown; what a list does not say is left out."""
        order: dict[str, list[Reduction]] = {}
        for gain in self.things:
            for reduction in gain.reductions:
                if reduction.before is not None and reduction.after is not None:
                    order.setdefault(reduction.name, []).append(reduction)
        return tuple(
            Reduction(
                name, found[0].unit, sum(r.before or 0 for r in found), sum(r.after or 0 for r in found), found[0].counted
            )
            for name, found in order.items()
        )  # fmt: skip

    @property
    def unknown_columns(self) -> tuple[tuple[str, str], ...]:
        """Every column that nobody knows, with its table."""
        return tuple((table.sheet or table.file, column) for table in self.tables for column in table.unknown)

    def count(self, rule: str) -> int:
        """Return how often a rule found something."""
        return next((count.count for count in self.counts if count.rule == rule), 0)

    def found_by(self, rule: str) -> tuple[Finding, ...]:
        """Return the findings of one rule that are in the report one by one."""
        return tuple(finding for finding in self.findings if finding.rule == rule)
