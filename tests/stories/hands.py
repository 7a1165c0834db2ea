"""
How somebody works a page: with a mouse or a finger, or with nothing but the keys of a keyboard.

`YIJIANSHI_BY_KEYBOARD=1` tells every story with the keyboard alone (WCAG 2.1.1), which `bin/trial --only stories` does
after the others. Whoever uses it must come to everything by Tab, see where he is (2.4.11), and not be led away by passing
over the options of a list (3.2.2).
"""

import os
import re
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import ElementHandle, FilePayload, Locator, Page

#: What a box of a form is given to hold.
Paper = str | Path | FilePayload
#: How often somebody presses a key before he gives up.
_PATIENCE = 400
#: 0 where the focus is on the element, 1 where it comes later on the page, -1 where it came before.
_WHICH_WAY = """e => {
    const at = document.activeElement;
    if (at === e) return 0;
    return !at || at === document.body || at.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING ? 1 : -1;
}"""
#: Whether anything of the element, or of the words that stand for it, can be seen where the page has come to rest.
_IS_SEEN = """e => [e, ...(e.labels || [])].some(part => [...part.getClientRects()].some(r =>
    [[.5, .5], [.05, .2], [.95, .8]].some(([x, y]) => {
        const top = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
        return top && (part.contains(top) || top.contains(part) && top !== document.body && top.tagName !== "HTML");
    })))"""


class Hands(Protocol):
    """What somebody does to a page."""

    def press(self, what: Locator) -> None:
        """Press a button, follow a link, or open what is folded away."""

    def mark(self, label: Locator) -> None:
        """Choose, tick or untick what the label belongs to."""

    def write(self, box: Locator, words: str) -> None:
        """Write into a box, in place of what stands in it."""

    def choose(self, box: Locator, option: str) -> None:
        """Choose one option of a list by its words."""

    def hand_in(self, place: Locator, paper: Paper) -> None:
        """Choose a file."""


class Pointing:
    """With a mouse or a finger."""

    def press(self, what: Locator) -> None:
        what.click()

    def mark(self, label: Locator) -> None:
        label.click()

    def write(self, box: Locator, words: str) -> None:
        box.fill(words)

    def choose(self, box: Locator, option: str) -> None:
        box.select_option(label=option)

    def hand_in(self, place: Locator, paper: Paper) -> None:
        place.set_input_files(paper)


class Typing:
    """
    With the keys alone.

    :param scripts: whether the browser runs scripts; without them Playwright is not told that a file is asked for.
    """

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page, self.scripts = page, scripts
        if scripts:  # who listens only from the key press on may come too late for the chooser
            page.on("filechooser", lambda chooser: None)

    def press(self, what: Locator) -> None:
        self.come_to(_element(what))
        self._keys("Enter")

    def mark(self, label: Locator) -> None:
        control = label.evaluate_handle("l => l.control || l").as_element()
        assert control
        if control.get_attribute("type") != "radio":
            self.come_to(control)
            self._keys("Space")
        elif not control.is_checked():
            self._come_to_one_of(control)
            for _ in range(_PATIENCE):
                if control.evaluate(_WHICH_WAY) == 0:
                    break
                self._keys("ArrowDown")
            if not control.is_checked():
                self._keys("Space")
            assert control.is_checked(), f"no arrow leads to {label} at {self.page.url}"

    def write(self, box: Locator, words: str) -> None:
        element = _element(box)
        self.come_to(element)
        if element.get_attribute("type") in ("date", "datetime-local", "month"):
            self._write_day(element, words)
        else:
            self._keys("Control+a", "Delete")
            self.page.keyboard.type(words)

    def choose(self, box: Locator, option: str) -> None:
        here = self.page.url
        self.come_to(_element(box))
        wanted = box.locator("option").all_inner_texts().index(option)
        for _ in range(_PATIENCE):
            at = int(box.evaluate("e => e.selectedIndex"))
            if at == wanted:
                break
            self._keys("ArrowDown" if at < wanted else "ArrowUp")
        assert self.page.url == here, "choosing in a list has led away before anything was pressed"

    def hand_in(self, place: Locator, paper: Paper) -> None:
        self.come_to(_element(place))
        if not self.scripts:
            place.set_input_files(paper)
            return
        with self.page.expect_file_chooser() as chooser:
            self._keys("Space")
        chooser.value.set_files(paper)

    def come_to(self, element: ElementHandle) -> None:
        """
        Go on, or back, by Tab until the focus is on the element, and see it there.

        :raises AssertionError: if no Tab leads there, or if what has the focus cannot be seen.
        """
        for _ in range(_PATIENCE):
            way = element.evaluate(_WHICH_WAY)
            if way == 0:
                break
            self._keys("Tab" if way > 0 else "Shift+Tab")
        assert element.evaluate(_WHICH_WAY) == 0, f"no Tab leads to {_told(element)} at {self.page.url}"
        assert element.evaluate(_IS_SEEN), (
            f"{_told(element)} has the focus and is not seen at {self.page.url}"
        )

    def _come_to_one_of(self, radio: ElementHandle) -> None:
        """Come to the group of the choice: to what is chosen in it, or to its first or last choice."""
        group = radio.evaluate_handle(
            "e => [...document.getElementsByName(e.name)].filter(one => one.form === e.form)"
        )
        for _ in range(_PATIENCE):
            if group.evaluate("all => all.includes(document.activeElement)"):
                return
            self._keys("Tab" if radio.evaluate(_WHICH_WAY) > 0 else "Shift+Tab")
        raise AssertionError(f"no Tab leads to {_told(radio)} at {self.page.url}")

    def _write_day(self, element: ElementHandle, day: str) -> None:
        """Write a month, a day or a moment, in the order in which the browser asks for its parts."""
        year, month, *rest = re.findall(r"\d+", day)
        of_month, time = rest[:1], rest[1:]
        hour, minute = (int(time[0]), time[1]) if time else (0, "")
        twelve = [f"{hour % 12 or 12:02}", minute, "ap"[hour >= 12]] if time else []
        for order in (
            (year, "ArrowRight", month, *of_month, *time),
            (month, *of_month, year, "ArrowRight", *twelve),
            (month, "ArrowRight", year),  # a month that stands alone has a name, not two digits
        ):
            self._keys(*["ArrowLeft"] * 6)
            for part in order:
                if part.isdigit():
                    self.page.keyboard.type(part)
                else:
                    self._keys(part)
            if element.input_value() == day:
                return
        raise AssertionError(f"{day} cannot be typed; the box says {element.input_value()}")

    def _keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def hands_at(page: Page, *, scripts: bool = True) -> Hands:
    """Return how the people of this run work a page."""
    return Typing(page, scripts=scripts) if os.environ.get("YIJIANSHI_BY_KEYBOARD") else Pointing()


def _element(found: Locator) -> Any:
    return found.element_handle()


def _told(element: ElementHandle) -> str:
    return str(element.evaluate("e => e.outerHTML.slice(0, 160)"))
