"""What the rules make of what a reader saw: field by field right, to be compared, declined, or wrong."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yijianshi.domain.paper_marks import PaperKind, kind_of
from yijianshi.domain.photograph_faults import faults_of
from yijianshi.domain.reading_papers import Standing, read_paper

from .recording import Seen

DAY = date(2026, 11, 27)
RIGHT, COMPARE, DIFFERS, DECLINED, WRONG = (
    "right",
    "to compare",
    "to compare, and differs",
    "declined",
    "wrong",
)
OUTCOMES = (RIGHT, COMPARE, DIFFERS, DECLINED, WRONG)


@dataclass
class Judged:
    """The counts of a collection: by kind of paper, by what was done to the photograph, and what was told."""

    photographs: int = 0
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    by_way: dict[str, Counter[str]] = field(default_factory=dict)
    told: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    mistaken: list[str] = field(default_factory=list)  # papers taken for another kind
    other_paper: Counter[str] = field(default_factory=Counter)

    @property
    def fields(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for counts in self.by_kind.values():
            total += counts
        return total

    def figures(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        return {
            "photographs": self.photographs,
            "fields": _plain(self.fields),
            "by_kind": {kind: _plain(counts) for kind, counts in self.by_kind.items()},
            "by_distortion": {how: _plain(counts) for how, counts in self.by_way.items()},
            "told": {how: dict(counts.most_common()) for how, counts in self.told.items()},
            "another_paper_shown": dict(self.other_paper),
            "wrong": self.wrong,
            "to_compare_and_differing": self.differing,
            "taken_for_another_paper": self.mistaken,
        }


def judge(collection: Iterable[Seen]) -> Judged:
    """Return what the rules make of a collection, each photograph asked for as what it is and as every other paper."""
    judged = Judged()
    for seen in collection:
        judged.photographs += 1
        kind = PaperKind(seen.kind)
        read = read_paper(seen.photograph, kind)
        for one in read.fields:
            if one.key not in seen.truth:
                continue
            outcome = _outcome(one.standing, one.value == seen.truth[one.key])
            judged.by_kind.setdefault(seen.kind, Counter())[outcome] += 1
            judged.by_way.setdefault(seen.how, Counter())[outcome] += 1
            said = f"{seen.name}: {one.key} read as {one.value}, is {seen.truth[one.key]}"
            if outcome == WRONG:
                judged.wrong.append(said)
            elif outcome == DIFFERS:
                judged.differing.append(said)
        faults = faults_of(seen.photograph, read, asked=kind, on=DAY)
        told = judged.told.setdefault(seen.how, Counter())
        told.update([str(fault.kind) for fault in faults] or ["nothing"])
        if (found := kind_of(seen.photograph)) not in (None, kind):
            judged.mistaken.append(f"{seen.name} as {found}")
        _as_another(seen, kind, judged)
    return judged


def _as_another(seen: Seen, kind: PaperKind, judged: Judged) -> None:
    """Count what happens where another paper was asked for: told, and nothing confirmed that is not on the paper."""
    for asked in PaperKind:
        if asked is kind:
            continue
        read = read_paper(seen.photograph, asked)
        told = faults_of(seen.photograph, read, asked=asked, on=DAY)
        named = any(fault.kind in ("wrong-paper", "unknown-paper") for fault in told)
        judged.other_paper["told" if named else "not told"] += 1


def _outcome(standing: Standing, is_right: bool) -> str:
    if standing is Standing.DECLINED:
        return DECLINED
    if standing is Standing.CHECKED:
        return RIGHT if is_right else WRONG
    return COMPARE if is_right else DIFFERS


def _plain(counts: "Counter[str]") -> dict[str, int]:
    return {outcome: counts[outcome] for outcome in OUTCOMES}
