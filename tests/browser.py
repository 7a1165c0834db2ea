"""
Chromium for the tests, and the barriers that axe finds on a page.

The shell without a window costs a third less than the whole browser; `CHROMIUM` names another one.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

_KNOWN = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
#: What the law asks, and what axe leaves out unless asked: a finger needs 24 by 24 points (WCAG 2.2, 2.5.8).
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_AXE = Axe()


def executable() -> str:
    """Return the path of the Chromium that there is."""
    there = (path for path in _KNOWN if Path(path).exists())
    return os.environ.get("CHROMIUM") or next(there, _KNOWN[-1])


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium as the system has it; its event loop runs in this thread, beside the database and never around it."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=executable(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def barriers(page: Page, *, within: Sequence[str] = (), contrast: bool = True) -> list[str]:
    """
    Return what axe calls a serious or a critical barrier, one line for each place.

    :param within: look only inside what these selectors find, where the rest was looked at before.
    :param contrast: whether colours are looked at, which takes longer than everything else together.
    """
    options = {
        "runOnly": {"type": "tag", "values": _RULES},
        "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": contrast}},
        "resultTypes": ["violations"],
        "preload": False,
    }
    context = {"include": [[one] for one in within]} if within else None
    if page.evaluate("() => typeof axe === 'undefined'"):
        page.evaluate(_AXE.axe_script)
    # Only what is wrong comes over the wire; what is right is ten times as much.
    found = page.evaluate(
        "([where, how]) => axe.run(where || document, how).then(found => found.violations)",
        [context, options],
    )
    return [
        f"{one['id']}: {node['html'][:200]} — {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def sideways(page: Page, widths: Sequence[int]) -> list[int]:
    """Return the widths at which the page scrolls sideways."""
    height = (page.viewport_size or {"height": 860})["height"]
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found
