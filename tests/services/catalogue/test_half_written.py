"""Whatever stands in a half-written manuscript, the check answers with findings and never fails itself."""

import random
import re
from pathlib import Path

import pytest

from yijianshi.services.catalogue import check_catalogue

SPECIMEN = Path(__file__).parent / "specimen"
FILES = sorted(path.relative_to(SPECIMEN).as_posix() for path in SPECIMEN.rglob("*.yaml"))
WORD = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|[\w'-]+")
ODD = (
    "[]",
    "{}",
    "null",
    "-1",
    "true",
    "''",
    "[a, b]",
    "{a: b}",
    "{eq: [a]}",
    "{not: {}}",
    "[[]]",
    ".nan",
    "1e400",
)


def spoilt(text: str, chance: random.Random) -> str:
    """Return the text with a line left out, doubled or moved, or a word put where it does not belong."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    way = chance.randrange(5)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(at, chance.choice(lines))
    elif way == 2:
        lines[at] = " " * chance.choice((0, 2, 4, 6)) + lines[at].strip()
    elif words := list(WORD.finditer(lines[at])):
        word = chance.choice(words)
        put = chance.choice((*ODD, chance.choice(WORD.findall(text))))
        lines[at] = lines[at][: word.start()] + put + lines[at][word.end() :]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_a_spoilt_file_is_answered_with_findings(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(30):
        file = chance.choice((*FILES, "bundles/teahouse.yaml"))
        text = spoilt((SPECIMEN / file).read_text(encoding="utf-8"), chance)
        for finding in check_catalogue(SPECIMEN, overlay={file: text}):
            assert finding.line >= 1
            assert finding.message


def test_an_item_that_waits_for_itself_is_a_circle() -> None:
    text = (SPECIMEN / "bundles/teahouse.yaml").read_text(encoding="utf-8")
    text = text.replace("    after: [registration]", "    after: [sign-filing]", 1)
    found = check_catalogue(SPECIMEN, overlay={"bundles/teahouse.yaml": text})
    assert "dependency-cycle" in {finding.rule for finding in found}
