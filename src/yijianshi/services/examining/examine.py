"""Examine a list of items (体检): what one thing would gain there, and what is wrong with the list; nothing else is needed."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from yijianshi.domain.catalogue import Bundle, Catalogue, ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.editions import UnknownDivision

from .faults import faults_of, repeated_codes
from .gaining import figures_of, gain_of
from .gains import Gain
from .listed import ListedItem, ListRead
from .matching import Match, Matching
from .places import RULES, Finding
from .reading import MOST_OF_ONE_KIND, NamedFile, read_list
from .report import MatchedName, PlaceFigures, Report, RuleCount, UnmatchedName
from .sameness import differences_between_levels
from .scheme import draft_scheme
from .sparing import spared_findings
from .wanted import Materials
from .whereabouts import NOWHERE, Whereabouts

#: What is told while it goes on: in words, how far, of how much.
Tell = Callable[[str, int, int], None]
MOST_UNMATCHED = 2_000
_TOLD_EVERY = 2_000

Key = tuple[BundleCode, ItemCode]


def examine(
    files: Iterable[Path | NamedFile],
    *,
    catalogue: Catalogue,
    on: date,
    division: str = "",
    tell: Tell | None = None,
) -> Report:
    """
    Return the report about the list in `files`.

    :param division: whose figures are shown one by one; without it, the place with the most items.
    :raises ListUnreadable: if not one item can be read.
    :raises UnknownDivision: if the division is not in the catalogue.
    """
    began = time.perf_counter()
    if division and DivisionCode(division) not in catalogue.divisions:
        raise UnknownDivision(f"行政区划 {division} 不在目录里；请核对六位代码，如 320106")
    say: Tell = tell or (lambda words, done, total: None)
    given = [file if isinstance(file, NamedFile) else NamedFile(file, file.name) for file in files]
    read = read_list(given, tell=lambda done, total: say("读清单", done, total))
    examination = _Examination(read, catalogue, division, on, say)
    report = examination.report(tuple(file.name for file in given))
    return replace(report, seconds=round(time.perf_counter() - began, 1))


class _Examination:
    """One list beside the catalogue, step by step."""

    def __init__(self, read: ListRead, catalogue: Catalogue, division: str, on: date, say: Tell) -> None:
        self._read, self._catalogue, self._on, self._say = read, catalogue, on, say
        self._where = Whereabouts(catalogue.divisions)
        self._where.settle(read.items)
        self._materials = Materials(catalogue)
        self._matching = Matching(catalogue)
        self._known = {
            (bundle.code, item.code): (bundle, item)
            for bundle in catalogue.bundles.values()
            for item in bundle.items
        }
        self._counts: Counter[str] = Counter()
        self._findings: list[Finding] = []
        self._by_place: dict[str, dict[Key, tuple[ListedItem, Match]]] = {}
        self._matched: dict[tuple[str, str], MatchedName] = {}
        self._unmatched: dict[tuple[str, str], UnmatchedName] = {}
        self._rows_of_name: Counter[tuple[str, str]] = Counter()
        self._go_through()
        self._division = division or self._fullest()

    def _go_through(self) -> None:
        self._keep(self._read.findings)
        items = self._read.items
        for number, item in enumerate(items, 1):
            match = self._matching.match(item)
            known = [self._known[key] for key in match.items] if match else []
            self._keep(faults_of(item, known, self._materials, on=self._on))
            self._remember(item, match)
            if number % _TOLD_EVERY == 0:
                self._say("逐条检查", number, len(items))
        self._keep(repeated_codes(items))
        self._keep(differences_between_levels(items, kind_of=self._kind_of))

    def _remember(self, item: ListedItem, match: Match | None) -> None:
        name = (item.title, self._kind_of(item))
        self._rows_of_name[name] += 1
        if match is None:
            if name not in self._unmatched:
                self._unmatched[name] = UnmatchedName(item.title, item.department, 0, str(item.cell))
            return
        if name not in self._matched:
            self._matched[name] = MatchedName(
                item.title, item.department, match.name, match.how, match.score, match.sure, 0, str(item.cell)
            )
        there = self._by_place.setdefault(item.division, {})
        for key in match.items:
            if key not in there or there[key][1].score < match.score:
                there[key] = (item, match)

    def _kind_of(self, item: ListedItem) -> str:
        """Return which sort of department handles an item, whatever place it is in."""
        known = self._matching.departments.of(item.department)
        return known or item.department.removeprefix(self._where.full_name(item.division))

    def _keep(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._counts[finding.rule] += 1
            if self._counts[finding.rule] <= MOST_OF_ONE_KIND:
                self._findings.append(finding)

    def _fullest(self) -> str:
        """Return the place of which the list has the most items of one-things, its own or those above it."""
        places = [place for place in self._by_place if place != NOWHERE] or [NOWHERE]
        return max(places, key=lambda place: (len(self._found(place)), -len(place)))

    def _found(self, place: str) -> dict[Key, tuple[ListedItem, Match]]:
        found: dict[Key, tuple[ListedItem, Match]] = {}
        for above in reversed(self._where.chain(place)):
            found.update(self._by_place.get(above, {}))
        return found

    def report(self, files: tuple[str, ...]) -> Report:
        """Return what was found, with the gains of the place shown and the figures of all places."""
        place = self._where.full_name(self._division)
        here = self._found(self._division)
        gains = tuple(self._gains(here, place))
        told: set[tuple[str, str]] = set()
        for bundle in self._catalogue.bundles.values():
            for finding in spared_findings(bundle, _of(bundle, here), self._materials):
                if (key := (finding.rule, str(finding.cell))) not in told:
                    told.add(key)
                    self._keep([finding])
        everywhere = tuple(self._figures())
        order = list(RULES)
        kept = Counter(finding.rule for finding in self._findings)
        return Report(
            on=self._on,
            files=files,
            rows=self._read.rows,
            items=len(self._read.items),
            materials=sum(len(item.materials) for item in self._read.items),
            places=sum(place != NOWHERE for place in {item.division for item in self._read.items}),
            division=self._division,
            place=place,
            tables=tuple(self._read.tables),
            gains=gains,
            everywhere=everywhere,
            counts=tuple(
                RuleCount(rule, self._counts[rule], kept[rule]) for rule in order if self._counts[rule]
            ),
            findings=tuple(sorted(self._findings, key=lambda f: order.index(f.rule))),
            matched=tuple(
                replace(found, rows=self._rows_of_name[name]) for name, found in self._matched.items()
            ),
            unmatched=tuple(
                replace(found, rows=self._rows_of_name[name])
                for name, found in list(self._unmatched.items())[:MOST_UNMATCHED]
            ),
            unmatched_names=len(self._unmatched),
        )

    def _gains(self, here: dict[Key, tuple[ListedItem, Match]], place: str) -> list[Gain]:
        gains = []
        for bundle in self._catalogue.bundles.values():
            gain = gain_of(
                bundle, _of(bundle, here), self._catalogue, self._materials,
                division=self._division, place=place,
            )  # fmt: skip
            gains.append(replace(gain, scheme=draft_scheme(gain)))
        return sorted(gains, key=lambda gain: (-gain.found, -_saved(gain)))

    def _figures(self) -> Iterator[PlaceFigures]:
        places = sorted(place for place in self._by_place if place != NOWHERE)
        for number, place in enumerate(places, 1):
            here = self._found(place)
            self._say("算“一件事”", number, len(places))
            for bundle in self._catalogue.bundles.values():
                found = _of(bundle, here)
                if found:
                    offered = sum(not item.deferred for item in bundle.items)
                    yield PlaceFigures(
                        bundle.code, place, self._where.full_name(place), len(found), offered,
                        figures_of(bundle, found, self._catalogue, self._materials),
                    )  # fmt: skip


def _of(
    bundle: Bundle, here: dict[Key, tuple[ListedItem, Match]]
) -> dict[ItemCode, tuple[ListedItem, Match]]:
    """Return what of the place belongs to one bundle, in its order."""
    items: tuple[ServiceItem, ...] = bundle.items
    return {
        item.code: here[bundle.code, item.code]
        for item in items
        if not item.deferred and (bundle.code, item.code) in here
    }


def _saved(gain: Gain) -> float:
    return sum(reduction.saved for reduction in gain.reductions)
