"""Looking at a page as somebody who cannot see well, has a small screen, or needs no surprises."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser import barriers, sideways
from tests.stories.devices import DESKTOP, LARGE_LETTERS, PHONE, Device
from tests.stories.visits import Visits, name_of

#: Where a picture of every kind of page is kept, if anybody wants to look at them.
PICTURES = os.environ.get("YIJIANSHI_STORY_PICTURES", "")
_LOOK = """() => ({
    width: document.documentElement.scrollWidth,
    lang: document.documentElement.lang,
    title: document.title.split(" · ")[0].trim(),
    h1: [...document.querySelectorAll("h1")].map(h => h.textContent.trim()),
    twice: [...document.querySelectorAll("[id]")].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n),
    parts: [...new Set([...document.querySelectorAll("main *")].flatMap(e => [...e.classList]))],
})"""
#: Whether a new page is examined in every way, which takes as long again as the stories do: `bin/trial --only stories`.
EVERY_WAY = bool(os.environ.get("YIJIANSHI_EXAMINE_EVERY_WAY"))
#: The widths at which a page must not scroll sideways, whoever opens it: the narrowest, a wide screen enlarged twice,
#: and where a wider layout begins.
WIDTHS = (320, 640, 900, 1180)
_LETTERS = """large => {
    const had = document.documentElement.classList.contains("elder");
    document.documentElement.classList.toggle("elder", large);
    return had;
}"""


def look_at(page: Page, *, device: Device, visits: Visits) -> None:
    """Hold what every page must keep, and examine for barriers what nobody has examined yet."""
    look = page.evaluate(_LOOK)
    path = urlsplit(page.url).path
    where = f"{device.name} {path} ({look['title']})"
    assert look["width"] <= device.width, f"{where} scrolls sideways: {look['width']}"
    assert look["lang"] == "zh-CN", where
    assert look["title"], f"{where} has no title"
    assert len(look["h1"]) == 1, f"{where} has headings {look['h1']}"
    assert look["h1"][0], f"{where} has an empty heading"
    assert not look["twice"], f"{where} uses an id twice: {look['twice']}"
    if not device.scripts:
        return
    found = _examined(page, name_of(path), look["parts"], device=device, visits=visits)
    told = f"{where}\n" + "\n".join(found)
    if found and EVERY_WAY:
        visits.barriers.append(told)  # the story goes on, so that all of them are told
    else:
        assert not found, told


def _examined(page: Page, name: str, parts: list[str], *, device: Device, visits: Visits) -> list[str]:
    """Return the barriers of what nobody has examined yet in the ways in which a page is examined."""
    found: list[str] = []
    colours = visits.new_colours(name, parts)
    for way in _ways(page, device):
        new = visits.new_on(name, way.name, parts)
        if new is None:
            continue
        with _seen_in(way, page, device):
            if way is device:
                _keep_picture(page, name, device)
            found += [f"{way.name}: {one}" for one in barriers(page, within=new, contrast=colours)]
            if EVERY_WAY and new in ([], ["main"]):  # the page is new, not a part of it alone
                found += [f"{way.name} scrolls sideways at {one}" for one in sideways(page, WIDTHS)]
        colours = False  # they are the same in every way
    return found


def _ways(page: Page, device: Device) -> tuple[Device, ...]:
    """Return in which ways a page is examined; what was made for large letters is no page with small ones."""
    if not EVERY_WAY:
        return (device,)
    has_large = page.evaluate("document.documentElement.classList.contains('elder')")
    return (LARGE_LETTERS,) if has_large else (PHONE, DESKTOP, LARGE_LETTERS)


@contextmanager
def _seen_in(way: Device, page: Page, device: Device) -> Iterator[None]:
    """Show the page as another device would, and as it was afterwards."""
    if not EVERY_WAY:
        yield
        return
    page.set_viewport_size({"width": way.width, "height": way.height})
    had = page.evaluate(_LETTERS, way is LARGE_LETTERS)
    yield
    page.evaluate(_LETTERS, had)
    page.set_viewport_size({"width": device.width, "height": device.height})


def _keep_picture(page: Page, name: str, device: Device) -> None:
    if PICTURES:
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        taken = len(list(folder.glob(f"{name}-{device.width}-*.png")))
        page.screenshot(path=folder / f"{name}-{device.width}-{taken}.png", full_page=True)
