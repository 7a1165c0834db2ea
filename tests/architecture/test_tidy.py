"""The house is tidy: nothing left for later, no place of somebody's, no file too long to read, no room without a plate."""

import re
from pathlib import Path

import pytest

from .test_contracts import committed
from .tree import ROOT, SOURCE, python_files

LONGEST = 400
#: Files that may be longer, each with its reason.
MAY_BE_LONGER: dict[str, str] = {}
READ = {".py", ".md", ".yaml", ".yml", ".toml", ".html", ".css", ".js", ".sql", ".typ", ".in", ".txt", ""}
# Put together from pieces, so that this file does not hold what it looks for.
FOR_LATER = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
REGISTRY = re.compile(
    "|".join(["pypi" + r"\.org", "python" + "hosted", "npmjs" + r"\.", r"index" + "-url", "mirrors" + r"\."])
)
WORKSHOP = re.compile("|".join([r"\.\./" + "shared", "/tmp/" + "contract", "design" + r"\.md"]))
ROOMS = sorted(path.parent for path in (SOURCE / "integrations").glob("*/__init__.py"))


def texts() -> list[tuple[str, str]]:
    """Return every text that is handed on, with its name."""
    found = []
    for path in committed():
        if path.suffix in READ and path != Path(__file__).resolve():
            found.append(
                (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace"))
            )
    return found


@pytest.mark.parametrize(
    "unwanted", [FOR_LATER, REGISTRY, WORKSHOP], ids=["left for later", "a registry", "the workshop"]
)
def test_no_file_that_is_handed_on_speaks_of(unwanted: re.Pattern[str]) -> None:
    found = [f"{name}: {match.group()}" for name, text in texts() if (match := unwanted.search(text))]
    assert found == []


def test_no_file_is_too_long_to_read() -> None:
    long = {}
    for folder in ("src", "bench", "docs"):
        for path in python_files(ROOT / folder):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST:
                long[path.relative_to(ROOT).as_posix()] = lines
    assert {name: lines for name, lines in long.items() if name not in MAY_BE_LONGER} == {}
    assert set(MAY_BE_LONGER) <= set(long), "no longer too long: take it off the list"


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: path.name)
def test_every_counterparty_has_a_plate_and_a_check(room: Path) -> None:
    plate = room / "README.md"
    assert plate.is_file()
    defined = [
        path for path in python_files(room) if re.search(r"^def check\w*\(", path.read_text(), re.MULTILINE)
    ]
    assert defined, f"{room.name} has no function check"


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")), ids=lambda path: path.stem
)
def test_a_decision_has_its_three_parts_and_fits_one_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text) < 4000
    assert f"]({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "docs/operations.md"]
)
def test_links_within_the_project_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    gone = [
        link
        for link in links
        if "://" not in link and not link.endswith(".png") and not (path.parent / link).exists()
    ]
    assert gone == []
