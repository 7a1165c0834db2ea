"""A copy of the shipped catalogue in which tests plant one fault at a time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from yijianshi.services.catalogue import shipped_folder

Plant = Callable[[str, str, str], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped catalogue."""
    return Path(shutil.copytree(shipped_folder(), tmp_path / "catalogue"))


@pytest.fixture
def plant(folder: Path) -> Plant:
    """Return a function that replaces the first `sound` in a file by `faulty` and returns the line of the fault."""

    def replace(file: str, sound: str, faulty: str) -> int:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert sound in text, f"{sound!r} is not in {file}"
        before, after = text.split(sound, 1)
        path.write_text(before + faulty + after, encoding="utf-8")
        return before.count("\n") + 1

    return replace
