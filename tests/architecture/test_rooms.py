"""A room may be visited at a glance: what its plate names is really there."""

import ast
import re
from pathlib import Path

import pytest

from .clauses import read_clauses
from .tree import ROOT, SOURCE, is_door, parsed

ROOMS = sorted((ROOT / "docs" / "rooms").glob("[0-9]*.md"))
HEADS = [
    "Promise", "Law", "Takes", "Gives", "Rules", "Does", "Kept", "Doors", "Outside", "Clauses", "Tests",
    "Not here yet", "Elsewhere",
]  # fmt: skip
FILE = re.compile(r"[\w./]+\.(?:py|md|yaml)")


def plate(room: Path) -> dict[str, str]:
    """Return the lines of a door plate by their heads."""
    found = re.findall(r"^\| ([A-Z][^|]*?) \| (.*) \|$", room.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(found)


def place_of(named: str) -> Path:
    """Return the file that a plate names: of the floors, or of the tree."""
    return SOURCE / named if (SOURCE / named).exists() else ROOT / named


def names_in(file: Path) -> set[str]:
    """Return what a file defines at its top, and the tests and methods in its classes."""
    found: set[str] = set()
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


@pytest.fixture(params=ROOMS, ids=lambda path: path.stem)
def room(request: pytest.FixtureRequest) -> Path:
    named: Path = request.param
    return named


def test_there_are_ten_rooms_and_three_beams() -> None:
    assert [path.stem[:2] for path in ROOMS] == [f"{n:02d}" for n in range(1, 14)]


def test_every_plate_has_the_same_heads(room: Path) -> None:
    assert list(plate(room)) == HEADS


def test_what_a_plate_names_is_there(room: Path) -> None:
    missing = []
    for head, text in plate(room).items():
        if head in ("Doors", "Clauses"):
            continue
        file: Path | None = None
        for part in re.findall(r"`([^`]+)`| · ", text):
            if not part:
                file = None
            elif FILE.fullmatch(part):
                file = place_of(part)
                if not file.is_file():
                    missing.append(part)
                    file = None
            elif (
                file is not None
                and part.isidentifier()
                and file.suffix == ".py"
                and part not in names_in(file)
            ):
                missing.append(f"{part} in {file.name}")
    assert missing == []


def test_behind_the_doors_of_a_plate_there_is_something(room: Path) -> None:
    assert [door for door in re.findall(r"`([^`]+)`", plate(room)["Doors"]) if not is_door(door)] == []


def test_the_clauses_of_a_plate_exist(room: Path) -> None:
    assert {clause.strip() for clause in plate(room)["Clauses"].split(",")} <= set(read_clauses())


def test_every_one_of_the_ten_ones_is_in_the_room_of_its_number() -> None:
    for clause in read_clauses():
        if clause.startswith("S") and clause != "S0":
            number = int(clause[1:].split(".")[0])
            assert clause in plate(ROOMS[number - 1])["Clauses"].split(", "), clause
