"""One fault of every kind, planted in a small sound catalogue, is found in its file and on its line, and nowhere before."""

from datetime import date
from pathlib import Path

import pytest

from yijianshi.services.catalogue import Severity, check_catalogue
from yijianshi.services.catalogue.rules import KINDS

from .planted import PLANTS, Edit

SPECIMEN = Path(__file__).parent / "specimen"
DAY = date(2026, 11, 26)
#: Marks, in a planted text, the line on which the fault must be shown.
HERE = "§"


def planted(edits: tuple[Edit, ...]) -> tuple[dict[str, str | None], tuple[str, int]]:
    """Return the specimen's changed texts, and the file and line where the fault must be found."""
    texts: dict[str, str | None] = {}
    expected: tuple[str, int] | None = None
    for file, sound, faulty in edits:
        if faulty is None:
            texts[file] = None
            expected = (file, 1)
            continue
        text = texts.get(file) or (SPECIMEN / file).read_text(encoding="utf-8")
        assert sound in text, f"{sound!r} is not in {file}"
        texts[file] = text.replace(sound, faulty, 1)
    for file, text in texts.items():
        if text is not None and HERE in text:
            expected = (file, text[: text.index(HERE)].count("\n") + 1)
            texts[file] = text.replace(HERE, "")
    assert expected is not None, "no line is marked"
    return texts, expected


def test_the_specimen_is_sound() -> None:
    assert [str(finding) for finding in check_catalogue(SPECIMEN, on=DAY)] == []


@pytest.mark.parametrize(
    ("rule", "edits"), PLANTS, ids=[f"{at}-{rule}" for at, (rule, _) in enumerate(PLANTS)]
)
def test_a_planted_fault_is_found_on_its_line(rule: str, edits: tuple[Edit, ...]) -> None:
    overlay, expected = planted(edits)
    found = check_catalogue(SPECIMEN, on=DAY, overlay=overlay)
    assert expected in [(f.file, f.line) for f in found if f.rule == rule], [str(f) for f in found]
    assert all(finding.message and finding.remedy for finding in found)


@pytest.mark.parametrize(
    ("rule", "edits"), PLANTS, ids=[f"{at}-{rule}" for at, (rule, _) in enumerate(PLANTS)]
)
def test_a_planted_fault_is_as_grave_as_its_kind_says(rule: str, edits: tuple[Edit, ...]) -> None:
    overlay, _ = planted(edits)
    found = check_catalogue(SPECIMEN, on=DAY, overlay=overlay)
    assert {f.severity for f in found if f.rule == rule} == {KINDS[rule].severity}
    if KINDS[rule].severity is Severity.WARNING:
        assert not [str(f) for f in found if f.severity is Severity.ERROR]


def test_every_kind_of_fault_is_planted_and_every_plant_is_of_a_known_kind() -> None:
    assert {rule for rule, _ in PLANTS} == {*KINDS}


def test_there_are_at_least_thirty_five_kinds_each_with_its_reason_and_its_remedy() -> None:
    assert len(KINDS) >= 35
    for rule, kind in KINDS.items():
        assert kind.rule == rule
        assert kind.title
        assert kind.why
        assert kind.remedy


def test_a_basis_is_held_against_the_day_and_not_looked_at_without_one() -> None:
    overlay, expected = planted((("bundles/teahouse.yaml", "[茶馆法 第二条]", "§[新茶馆条例 第二条]"),))
    rules = {day: {f.rule for f in check_catalogue(SPECIMEN, on=day, overlay=overlay)} for day in (DAY, None)}
    assert "basis-not-yet-in-force" in rules[DAY]
    assert "basis-not-yet-in-force" not in rules[None]
    assert not check_catalogue(SPECIMEN, on=date(2099, 1, 1), overlay=overlay)
    assert expected[1] > 1


def test_a_repeal_that_is_not_certain_is_only_pointed_out() -> None:
    overlay: dict[str, str | None] = {
        file: text.replace("certainty: 高}", "certainty: 中}") if file == "laws.yaml" else text
        for file, text in planted(
            (
                ("bundles/teahouse.yaml", "[茶馆法 第二条]", "§[旧茶馆条例 第二条]"),
                ("laws.yaml", "laws:", "laws:"),
            )
        )[0].items()
        if text is not None
    }
    (found,) = [f for f in check_catalogue(SPECIMEN, on=DAY, overlay=overlay) if f.rule == "basis-repealed"]
    assert found.severity is Severity.WARNING
    assert "把握程度中" in found.message
