"""The index of what can be found in a division (索引), and the ranking: every hit carries the words that led to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from yijianshi.domain.codes import BundleCode, ItemCode
from yijianshi.domain.synonyms import Synonym

from .grams import Grams
from .leads import WEIGHTS, Lead, LeadKind
from .sounds import cut, heard_as, initials, syllables
from .words import Thesaurus, core, is_latin, plain

#: How much a likeness counts in each of the ways in which words can be alike.
_SOUND, _LETTERS = 0.86, 0.8
#: Below this nothing is said to be found; and what is far behind the best is only noise.
_ENOUGH, _BESIDE_BEST = 0.3, 0.5
_NEAR, _NOISE = 0.1, 0.08
_MOST = 12
_NEVER_SUGGESTED = (LeadKind.ABOUT, LeadKind.STAGE, LeadKind.DEPARTMENT)
#: What is being done to an enterprise or a shop; a wording that means the opposite is not what was asked for.
_INTENTS = ("注销", "开办", "变更")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a lead fits what was asked, and whether only its sound does."""

    lead: Lead
    score: float
    by_sound: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A one-thing that was found (命中): why, and which of its items were meant."""

    bundle: BundleCode
    score: float
    best: Likeness
    items: tuple[ItemCode, ...]


class Index:
    """What can be found, by signs, by sound and by initials."""

    def __init__(self, leads: Sequence[Lead], synonyms: Sequence[Synonym]) -> None:
        self.leads = tuple(leads)
        self._thesaurus = Thesaurus((said, s.word) for s in synonyms if s.word for said in s.words)
        texts = [plain(lead.text) for lead in leads]
        settled = [self._thesaurus.settle(text) for text in texts]
        owners = [lead.bundle for lead in leads]
        self._signs = Grams(zip(owners, settled, strict=True))
        self._sounds = Grams(
            (owner, [heard_as(one) for one in syllables(text)])
            for owner, text in zip(owners, texts, strict=True)
        )
        self._texts = texts
        self._weights = [WEIGHTS[lead.kind] for lead in leads]
        self._initials = [initials(text) for text in texts]
        self._letters = ["".join(syllables(text)) for text in texts]
        self._intents = {lead.bundle: set[str]() for lead in leads}
        for lead, text in zip(leads, settled, strict=True):
            if lead.kind is LeadKind.NAME:
                self._intents[lead.bundle].update(word for word in _INTENTS if word in text)

    def search(self, words: str, *, near: bool = False) -> tuple[Hit, ...]:
        """Return the one-things that the words may mean, best first; `near` also those that only come near."""
        asked = plain(words)
        if not asked:
            return ()
        settled = core(self._thesaurus.settle(asked))
        alike = self._alike(asked, settled)
        bag = self._bag(asked, settled)
        best: dict[BundleCode, list[Likeness]] = {}
        for likeness in sorted(alike.values(), key=lambda one: -one.score):
            best.setdefault(likeness.lead.bundle, []).append(likeness)
        hits = [self._hit(bundle, found, bag, settled) for bundle, found in best.items()]
        top = max((hit.score for hit in hits), default=0)
        enough = max(_NEAR if near else _ENOUGH, top * _BESIDE_BEST)
        ranked = sorted(
            (hit for hit in hits if hit.score >= enough), key=lambda hit: (-hit.score, hit.bundle)
        )
        return tuple(ranked[:_MOST])

    def suggest(self, words: str, *, most: int) -> tuple[Lead, ...]:
        """Return the wordings that begin with what was typed so far, or contain it; else what it may mean."""
        typed = plain(words)
        if not typed:
            return ()
        letters = typed.replace(" ", "") if is_latin(typed) else ""
        ranked: list[tuple[float, int, Lead]] = []
        for at, lead in enumerate(self.leads):
            if lead.kind in _NEVER_SUGGESTED:
                continue
            place = self._texts[at].find(typed)
            if place < 0 and letters:
                short, whole = self._initials[at].find(letters), self._letters[at].find(letters)
                place = min((found for found in (short, whole) if found >= 0), default=-1)
            if place >= 0:
                ranked.append((min(place, 2) - WEIGHTS[lead.kind], len(lead.text), lead))
        ranked.sort(key=lambda one: one[:2])
        once = list({lead.text: lead for _, _, lead in reversed(ranked)}.values())[::-1][:most]
        return tuple(once) or tuple(hit.best.lead for hit in self.search(words))[:most]

    def _hit(
        self, bundle: BundleCode, found: list[Likeness], bag: dict[BundleCode, float], settled: str
    ) -> Hit:
        best = found[0]
        more = next((one.score for one in found[1:] if one.lead.item != best.lead.item), 0.0)
        score = 0.66 * best.score + 0.06 * more + 0.28 * bag.get(bundle, 0.0)
        said = {word for word in _INTENTS if word in settled}
        if said & self._intents[bundle]:
            score += 0.12
        elif said and self._intents[bundle]:
            score *= 0.5
        meant: dict[ItemCode, float] = {}
        for one in found:
            if one.lead.item and one.score >= 0.4:
                meant.setdefault(one.lead.item, one.score)
        top = max(meant.values(), default=0.0)
        items = tuple(item for item, its in meant.items() if its >= top * 0.8)
        return Hit(bundle, score, best, items[:4])

    def _alike(self, asked: str, settled: str) -> dict[int, Likeness]:
        found: dict[int, Likeness] = {}

        def note(at: int, score: float, *, by_sound: bool = False) -> None:
            weighed = score * self._weights[at]
            if weighed < _NOISE:
                return
            if at not in found or found[at].score < weighed:
                found[at] = Likeness(self.leads[at], weighed, by_sound)

        latin = is_latin(asked)
        if not latin:
            for at, (of_question, of_lead) in self._signs.covered(settled).items():
                note(at, _fit(of_question, of_lead))
        sounds = [heard_as(one) for one in syllables(asked if latin else core(asked))]
        for at, (of_question, of_lead) in self._sounds.covered(sounds).items():
            note(at, _fit(of_question, of_lead) * (1 if latin else _SOUND), by_sound=True)
        letters = asked.replace(" ", "")
        if latin and len(letters) >= 2:
            for at, score in self._by_letters(letters).items():
                note(at, score, by_sound=True)
        return found

    def _by_letters(self, letters: str) -> dict[int, float]:
        found: dict[int, float] = {}
        if len(letters) <= 10 and not (cut(letters) and len(letters) > 4):
            for at, short in enumerate(self._initials):
                if short == letters:
                    found[at] = 1.0
                elif letters in short:
                    found[at] = (0.9 if short.startswith(letters) else 0.65) * (
                        0.6 + 0.4 * len(letters) / len(short)
                    )
        if len(letters) >= 4:
            for _, score, at in process.extract(
                letters, self._letters, scorer=fuzz.ratio, score_cutoff=76, limit=20
            ):
                found[at] = max(found.get(at, 0.0), score / 100 * _LETTERS)
            for at, whole in enumerate(self._letters):
                if whole.startswith(letters):
                    found[at] = max(found.get(at, 0.0), 0.75 + 0.25 * len(letters) / len(whole))
        return found

    def _bag(self, asked: str, settled: str) -> dict[BundleCode, float]:
        """Return how much of the question each one-thing covers with all its leads together."""
        covered: dict[BundleCode, float] = {}
        if is_latin(asked):
            weighed = self._sounds.weighed([heard_as(one) for one in syllables(asked)])
        else:
            weighed = self._signs.weighed(settled)
        for share, places in weighed:
            heaviest: dict[BundleCode, float] = {}
            for at in places:
                lead = self.leads[at]
                heaviest[lead.bundle] = max(heaviest.get(lead.bundle, 0.0), WEIGHTS[lead.kind])
            for bundle, weight in heaviest.items():
                covered[bundle] = covered.get(bundle, 0.0) + share * weight
        return covered


def _fit(of_question: float, of_lead: float) -> float:
    """Return how well a lead fits: both should be covered, the question more than the lead."""
    return 0.62 * of_question + 0.38 * of_lead if of_question > 0.15 else 0.5 * of_question


@lru_cache(maxsize=128)
def index_of(leads: tuple[Lead, ...], synonyms: tuple[Synonym, ...]) -> Index:
    """Return the index of these leads, made once and shared by all divisions that have the same."""
    return Index(leads, synonyms)
