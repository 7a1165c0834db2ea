"""What is told about a photograph before it is handed in: in plain words, with what would do."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.photographs.recording import Seen, recorded
from yijianshi.domain.paper_marks import PaperKind
from yijianshi.domain.photograph_faults import Fault, FaultKind, faults_of, other_side_missing
from yijianshi.domain.reading_papers import read_paper

pytestmark = pytest.mark.clause("C2.4")
DAY = date(2026, 11, 27)
SEEN = recorded()
SOUND = ("plain", "turned 5", "turned 90", "turned 180", "slanted", "shadow", "noise")


def told(seen: Seen, asked: PaperKind | None = None) -> dict[FaultKind, Fault]:
    kind = asked or PaperKind(seen.kind)
    found = faults_of(seen.photograph, read_paper(seen.photograph, kind), asked=kind, on=DAY)
    return {fault.kind: fault for fault in found}


def of(kind: PaperKind, how: str = "plain", number: int = 0) -> Seen:
    return next(s for s in SEEN if (s.kind, s.how, s.number) == (kind, how, number))


def test_nothing_is_told_about_a_sound_photograph() -> None:
    for seen in SEEN:
        if seen.how in SOUND:
            assert set(told(seen)) <= {FaultKind.EXPIRED}, seen.name


@pytest.mark.parametrize(
    ("how", "fault"),
    [("blurred a little", FaultKind.BLURRED), ("small", FaultKind.SMALL), ("cut off", FaultKind.CUT_OFF)],
)
def test_what_is_wrong_is_told(how: str, fault: FaultKind) -> None:
    seen = [one for one in SEEN if one.how == how]
    counts = Counter(fault in told(one) for one in seen)
    assert counts[True] >= 0.85 * len(seen), counts


def test_a_photograph_of_which_nothing_can_be_read_is_never_called_sound() -> None:
    for seen in SEEN:
        if seen.how in ("blurred much", "small"):
            assert told(seen), seen.name


def test_a_reflection_is_told_only_where_it_took_something_away() -> None:
    seen = of(PaperKind.ID_CARD_BACK, "glare")
    assert FaultKind.GLARE in told(seen)
    read = replace(read_paper(seen.photograph, PaperKind.ID_CARD_BACK), fields=())
    kinds = [f.kind for f in faults_of(seen.photograph, read, asked=PaperKind.ID_CARD_BACK, on=DAY)]
    assert FaultKind.GLARE not in kinds


@pytest.mark.parametrize("asked", list(PaperKind))
def test_another_paper_than_the_one_asked_for_is_named(asked: PaperKind) -> None:
    for kind in PaperKind:
        if kind is not asked:
            fault = told(of(kind), asked)[FaultKind.WRONG_PAPER]
            assert kind.words in fault.what
            assert asked.words in fault.remedy


def test_a_dark_photograph_is_told() -> None:
    seen = of(PaperKind.ID_CARD)
    dark = replace(seen, photograph=replace(seen.photograph, light=0.2))
    assert told(dark)[FaultKind.DARK].remedy == "请到亮的地方，或开灯再拍"


def test_a_paper_is_expired_from_the_day_after_its_last_one() -> None:
    seen = of(PaperKind.ID_CARD_BACK)
    read = read_paper(seen.photograph, PaperKind.ID_CARD_BACK)

    def on(day: date) -> list[FaultKind]:
        return [f.kind for f in faults_of(seen.photograph, read, asked=PaperKind.ID_CARD_BACK, on=day)]

    assert FaultKind.EXPIRED not in on(date(2036, 8, 18))
    assert FaultKind.EXPIRED in on(date(2036, 8, 19))


def test_a_card_has_two_sides() -> None:
    front = other_side_missing([PaperKind.ID_CARD])
    back = other_side_missing([PaperKind.ID_CARD_BACK])
    assert front is not None
    assert back is not None
    assert ("国徽" in front.what, "人像" in back.what) == (True, True)
    assert other_side_missing([PaperKind.ID_CARD, PaperKind.ID_CARD_BACK]) is None
    assert other_side_missing([PaperKind.BUSINESS_LICENCE]) is None
