"""Count what two wordings share (相似度): single signs and pairs of neighbours, weighed by how rare they are."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from math import log

from .words import GAP

#: A single sign says less than two neighbours.
_SINGLE = 0.3
#: How rare what nobody says counts: little, or a sentence's small talk would outweigh its matter.
_UNHEARD = 1.2

Gram = tuple[Hashable, ...]


def grams_of(signs: Sequence[str]) -> Counter[Gram]:
    """Return the single signs and the neighbours of a wording; nothing spans a gap."""
    counted: Counter[Gram] = Counter()
    for at, sign in enumerate(signs):
        if sign == GAP:
            continue
        counted[(sign,)] += 1
        if at and signs[at - 1] != GAP:
            counted[signs[at - 1], sign] += 1
    return counted


class Grams:
    """The wordings of a list by their grams (倒排索引): asked for one, it says how much of it each wording covers."""

    def __init__(self, wordings: Iterable[tuple[Hashable, Sequence[str]]]) -> None:
        """:param wordings: whose each is, and its signs; what many owners have says little."""
        self._where: defaultdict[Gram, list[tuple[int, int]]] = defaultdict(list)
        owners: defaultdict[Gram, set[Hashable]] = defaultdict(set)
        everyone: set[Hashable] = set()
        counted = []
        for at, (owner, signs) in enumerate(wordings):
            everyone.add(owner)
            counted.append(grams_of(signs))
            for gram, times in counted[-1].items():
                self._where[gram].append((at, times))
                owners[gram].add(owner)
        self._rarity = {
            gram: (1 if len(gram) > 1 else _SINGLE) * log(1 + (len(everyone) + 0.5) / (len(having) + 0.5))
            for gram, having in owners.items()
        }
        self._whole = [self._weight(grams) for grams in counted]

    def covered(self, signs: Sequence[str]) -> dict[int, tuple[float, float]]:
        """Return, by position of a wording, which share of the question it covers, and which share of it is asked."""
        asked = grams_of(signs)
        whole = self._weight(asked) or 1.0
        shared: defaultdict[int, float] = defaultdict(float)
        for gram, times in asked.items():
            rarity = self._rarity.get(gram, 0.0)
            for at, there in self._where.get(gram, ()):
                shared[at] += rarity * min(times, there)
        return {at: (weight / whole, weight / self._whole[at]) for at, weight in shared.items()}

    def weighed(self, signs: Sequence[str]) -> list[tuple[float, tuple[int, ...]]]:
        """Return each gram of a question with its share of the whole, and the positions of the wordings that have it."""
        asked = grams_of(signs)
        whole = self._weight(asked) or 1.0
        return [
            (self._of(gram) * times / whole, tuple(at for at, _ in self._where.get(gram, ())))
            for gram, times in asked.items()
        ]

    def _of(self, gram: Gram) -> float:
        return self._rarity.get(gram, _UNHEARD * (1 if len(gram) > 1 else _SINGLE))

    def _weight(self, grams: Counter[Gram]) -> float:
        return sum(self._of(gram) * times for gram, times in grams.items())
