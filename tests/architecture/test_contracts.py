"""The tree keeps its own law: who may import whom, and what may stand in files that are handed on."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def committed() -> list[Path]:
    """The files that are handed on; without git, those of the folders that are."""
    if not (ROOT / ".git").exists():
        folders = ("src", "tests", "bin", "requirements", "catalogue", "docs", "bench", ".ci")
        found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix != ".pyc"]
        return [path for path in (*ROOT.glob("*.*"), *found) if path.is_file()]
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_the_floors_import_only_what_lies_below_them() -> None:
    judged = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout


def test_pinned_requirements_name_no_address() -> None:
    files = [path for path in committed() if path.suffix == ".lock" or path.match("requirements/*.txt")]
    assert files
    for path in files:
        assert "://" not in path.read_text(), f"{path} holds an address"


def test_pinned_requirements_carry_a_checksum_each() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text().replace("\\\n", " ")
        for line in text.splitlines():
            if re.match(r"^[A-Za-z0-9]", line):
                assert "--hash=sha256:" in line, f"{path.name}: {line[:60]}"


def test_no_path_of_somebodys_machine_is_committed() -> None:
    home = re.compile(rb"/(?:work|root|home/[a-z]|Users/[A-Za-z])/")
    for path in committed():
        if path == Path(__file__).resolve():
            continue
        found = home.search(path.read_bytes())
        assert found is None, f"{path.relative_to(ROOT)} names {found.group().decode() if found else ''}"


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "common", "data", "info"])
def test_nothing_is_called_by_a_name_that_says_nothing(name: str) -> None:
    for path in (ROOT / "src").rglob("*.py"):
        assert path.stem != name, path
        assert path.parent.name != name, path
