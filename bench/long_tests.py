"""
The tests that take too long for every day, run by `bin/trial --only tests` and `--only stories`: each with how long it took.

Marked `slow` where they stand; property tests try 5,000 examples each instead of 60; in the stories every page is
examined on a phone, on a wide screen and with large letters, and at every width at which the layout changes; then every
story is told once more by somebody who has no mouse.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def long_tests() -> dict[str, Any]:
    """Run every slow test, and the domain's properties with many examples; return what passed and in which time."""
    slow = _run("slow", "-m", "slow and not browser", "tests")
    properties = _run(
        "properties", "-m", "not slow and not browser", "tests/domain", "-k", "not every_choice"
    )
    return {"slow": slow, "properties": properties, "passed": slow["passed"] and properties["passed"]}


def stories() -> dict[str, Any]:
    """
    Tell every story at every size, and examine every page in every way; then tell each with the keys alone.

    :return: what passed, and in which time.
    """
    every_way = _run(
        "stories", "-n", "2", "-m", "browser", "tests/stories", "tests/web", YIJIANSHI_EXAMINE_EVERY_WAY="yes"
    )
    by_keyboard = _run("keyboard", "-n", "2", "-m", "browser", "tests/stories", YIJIANSHI_BY_KEYBOARD="yes")
    return {
        "every_way": every_way,
        "by_keyboard": by_keyboard,
        "passed": every_way["passed"] and by_keyboard["passed"],
    }


def _run(name: str, *selection: str, **environment: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix=f"yijianshi-{name}-") as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *selection],
            cwd=ROOT, env={**os.environ, "HYPOTHESIS_PROFILE": "trial", **environment}, check=False, stdout=sys.stderr,
        )  # fmt: skip
        suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    count = {key: int(suite.attrib[key]) for key in ("tests", "failures", "errors", "skipped")}
    longest = sorted(suite.iter("testcase"), key=lambda case: -float(case.attrib["time"]))[:10]
    return {
        **count,
        "seconds": round(float(suite.attrib["time"])),
        "longest": {case.attrib["name"]: round(float(case.attrib["time"]), 1) for case in longest},
        "passed": done.returncode == 0 and count["tests"] > count["skipped"],
    }
