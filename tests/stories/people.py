"""Somebody at a browser: opens, reads, fills in and presses by the words on the page, and looks at every page he gets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.stories.devices import DESKTOP, Device
from tests.stories.hands import hands_at
from tests.stories.looking import look_at
from tests.stories.visits import Visits
from yijianshi.services.outside import outside
from yijianshi.services.people.signing_in import demo_cast
from yijianshi.services.working import drain
from yijianshi.web.acting import today

#: What the browser says because the stories let no helper of ours (helper.js) answer in place of the application.
_NO_HELPER = "Service Worker registration blocked"


@dataclass
class Town:
    """The platform as the cast meets it: a door for each person, and the work that goes on behind the pages."""

    address: str
    browser: Browser
    visits: Visits
    desks: dict[str, Page] = field(default_factory=dict)  # an official's browser stays where he sits
    present: list["Person"] = field(default_factory=list)

    def visitor(self, device: Device = DESKTOP, name: str = "") -> "Person":
        """Return somebody who has just come in, not signed in."""
        person = Person(
            name=name or "访客", device=device, town=self, page=device.context(self.browser).new_page()
        )
        self.present.append(person)
        return person

    def staff(self, name: str) -> "Person":
        """Return an official at his desk, signed in through the door when he comes to work."""
        for somebody in self.present:
            if somebody.name == name:
                return somebody
        if name not in self.desks:
            person = self.visitor(DESKTOP, name)
            self.desks[name] = person.page
            person.opens("/login")
            person.presses(name)
            return person
        person = Person(name=name, device=DESKTOP, town=self, page=self.desks[name])
        self.present.append(person)
        person.opens(self._comes_back(person))
        return person

    def _comes_back(self, official: "Person") -> str:
        """Let in who has come through the door in an earlier story, with nothing remembered; return where he begins."""
        context, door = official.page.context, Client()
        context.clear_cookies()
        login = next(one.login for one in demo_cast(on=today()) if one.name == official.name)
        begins = door.post("/login/as", {"login": login})["Location"]
        key = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": key, "value": door.cookies[key].value, "url": self.address}])
        return str(begins)

    def behind_the_pages(self) -> None:
        """Do what the worker does after each request: messages, automatic checks, licences printed."""
        drain(at=outside().clock.now())

    def everybody_leaves(self) -> None:
        """Close every browser but those that stand on a desk."""
        for person in self.present:
            person.leaves()
        self.present.clear()


class Person:
    """One person of the cast at a browser."""

    def __init__(self, *, name: str, device: Device, town: Town, page: Page) -> None:
        self.name, self.device, self.town, self.page = name, device, town, page
        self.hands = hands_at(page, scripts=device.scripts)
        self._said: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)

    def leaves(self) -> None:
        """Go home; a browser that stands on a desk stays there, with nobody at it."""
        if self.page in self.town.desks.values():
            self.page.remove_listener("console", self._on_console)
            self.page.remove_listener("pageerror", self._on_error)
            self.page.goto("about:blank")  # it would go on asking who else is there
        else:
            self.page.context.close()

    # getting about

    def opens(self, address: str, *, expecting: int = 200) -> None:
        """Open an address, as typed or from a bookmark."""
        answer = self.page.goto(self.town.address + address if address.startswith("/") else address)
        assert answer is not None
        assert answer.status == expecting, f"{self.name}: {address} answered {answer.status}"
        self.looks()

    def follows(self, words: str, *, within: str = "", last: bool = False) -> None:
        """Follow a link by its words."""
        self._goes(self._called("link", words, within=within, last=last))

    def presses(self, words: str, *, within: str = "", last: bool = False, twice: bool = False) -> None:
        """Press a button by its words, and get the next page."""
        self._goes(self._called("button", words, within=within, last=last), twice=twice)

    def goes_by(self, link: Locator) -> None:
        """Follow a link that was found in its place, such as a row of a list."""
        self._goes(link)

    def unfolds(self, words: str) -> None:
        """Open what is folded away under the words."""
        self.hands.press(self._one(self.page.locator("summary").filter(has_text=words)))

    def sees(self, *words: str, within: str = "") -> None:
        """Make sure that the words can be read on the page, or in one place of it."""
        for wanted in words:
            assert _bare(wanted) in _bare(self.text(within)), f"{self.name} misses “{wanted}” at {self.where}"

    def sees_no(self, *words: str, within: str = "") -> None:
        """Make sure that the words cannot be read there."""
        for unwanted in words:
            assert _bare(unwanted) not in _bare(self.text(within)), (
                f"{self.name} reads “{unwanted}” at {self.where}"
            )

    def text(self, within: str = "") -> str:
        """Return what can be read on the page, or in one place of it; what is folded away cannot."""
        return str((self._place(within) if within else self.page.locator("body")).inner_text())

    @property
    def where(self) -> str:
        """Return the path of the page at hand."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    # filling in

    def answers(self, question: str, answer: Any) -> None:
        """Answer one question by its label: text, a choice, several choices, yes or no, a period, or rows."""
        label = re.compile(rf"^\s*{re.escape(question)}")
        group = self.page.get_by_role("group", name=label)
        if group.count():
            self._answers_group(group.first, answer)
            return
        box = self.page.get_by_label(label)
        assert box.count() == 1, f"{self.name}: {box.count()} boxes called {question} at {self.where}"
        self._fill(box, answer)

    def answers_all(self, answers: Mapping[str, Any]) -> None:
        """Answer several questions."""
        for question, answer in answers.items():
            self.answers(question, answer)

    def answers_and_leaves(self, question: str, answer: Any) -> None:
        """Write an answer and wait until the page says by itself that it is kept."""
        with self.page.expect_response(lambda response: response.url.endswith("/save")):
            self.answers(question, answer)
            self.page.keyboard.press("Tab")
        self.opens("/")

    def comes_to(self, group: str) -> None:
        """Go on through the form, saving each group, until the one of this name."""
        for _ in range(12):
            if group in self.heading:
                return
            self.presses("保存，填下一组")
        raise AssertionError(f"{self.name} does not come to {group}: {self.text()}")

    def ticks(self, words: str, *, on: bool = True) -> None:
        """Tick a box by its words, or untick it."""
        box = self._one(self.page.get_by_label(_about(words)))
        if box.is_checked() is not on:
            self.hands.mark(self._one(self.page.locator("label").filter(has_text=words)))
        assert box.is_checked() is on

    def hands_in(self, material: str, filename: str, content: bytes) -> None:
        """Choose a file for a document; it goes at once, or with the button where no scripts run."""
        place = self._one(self.page.get_by_label(_about(f"选文件：{material}")))
        with self.page.expect_navigation():
            self.hands.hand_in(
                place, {"name": filename, "mimeType": _media_type(filename), "buffer": content}
            )
            if not self.device.scripts:
                self.hands.press(self.page.get_by_role("button", name=_about(f"上传{material}")))
        self.looks()

    def downloads(self, words: str, *, within: str = "", last: bool = False) -> bytes:
        """Fetch what a link offers, with the reader's own session, and return it."""
        link = self._called("link", words, within=within, last=last)
        answer = self.page.context.request.get(self.town.address + str(link.get_attribute("href")))
        assert answer.status == 200, f"{words}: {answer.status}"
        return answer.body()

    # looking

    def looks(self) -> None:
        """Look at the page at hand as somebody who cannot see well, has a small screen, or needs no surprises."""
        self.page.wait_for_load_state()
        assert not self.town.visits.broken, self.town.visits.broken
        assert not self._said, f"{self.where}: {self._said}"
        look_at(self.page, device=self.device, visits=self.town.visits)

    # by hand

    def _goes(self, what: Locator, *, twice: bool = False) -> None:
        if twice:
            here = self.page.url
            what.dblclick()
            expect(self.page).not_to_have_url(here)  # the second press breaks off the answer to the first
            self.page.wait_for_load_state("networkidle")
        else:
            with self.page.expect_navigation():
                self.hands.press(what)
        self.looks()

    def _place(self, within: str) -> Any:
        """Return the smallest section or row under a heading, or which says something, or the page."""
        if not within:
            return self.page
        rooms = self.page.locator("section, li, tr")
        headed = rooms.filter(has=self.page.get_by_role("heading", name=within))
        return headed.last if headed.count() else rooms.filter(has_text=within).last

    def _called(self, role: Any, words: str, *, within: str = "", last: bool = False) -> Locator:
        """Return the link or button of exactly these words, or the one that has them among others."""
        place = self._place(within)
        exactly = place.get_by_role(role, name=re.compile(rf"^\s*{_about(words).pattern}\s*$")).filter(
            visible=True
        )
        return self._one(
            exactly if exactly.count() else place.get_by_role(role, name=_about(words)), last=last
        )

    def _one(self, found: Locator, *, last: bool = False) -> Locator:
        seen = found.filter(visible=True)
        assert seen.count(), f"{self.name} finds no such thing at {self.where}: {found}"
        return seen.last if last else seen.first

    def _answers_group(self, group: Locator, answer: Any) -> None:
        if isinstance(answer, Mapping):  # a period
            for end, day in answer.items():
                self.hands.write(group.get_by_label(end, exact=True), day)
        elif isinstance(answer, list) and answer and isinstance(answer[0], Mapping):  # rows
            for n, row in enumerate(answer):
                if n:
                    self.hands.press(group.get_by_role("button", name="再加一行"))
                for column, cell in row.items():
                    box = (
                        group.get_by_role("listitem")
                        .nth(n)
                        .get_by_label(re.compile(rf"^\s*{re.escape(column)}"))
                    )
                    self._fill(box, cell)
        else:
            for words in answer if isinstance(answer, list) else [answer]:
                label = group.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(words)}"))
                self.hands.mark(label.first)

    def _fill(self, box: Locator, answer: Any) -> None:
        """Write into a box, or choose from a list what begins with the answer."""
        if box.evaluate("e => e.tagName") == "SELECT":
            offered = box.locator("option").all_inner_texts()
            self.hands.choose(box, next(option for option in offered if option.startswith(str(answer))))
        else:
            self.hands.write(box, str(answer))

    def _on_error(self, error: Exception) -> None:
        self._said.append(str(error))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or message.text.startswith(_NO_HELPER):
            return
        refused = message.text.startswith("Failed to load resource: the server responded with a status of 4")
        if not refused or message.location["url"] != self.page.url:
            self._said.append(f"{message.text} ({message.location.get('url')})")


def _bare(words: str) -> str:
    """Return the words without blanks, which in Chinese carry no meaning."""
    return "".join(words.split())


def _about(words: str) -> re.Pattern[str]:
    """Match the words wherever they stand in a name; a hidden part of a name is set off by a blank that nobody sees."""
    return re.compile(r"\s*".join(map(re.escape, words.replace(" ", ""))))


@cache
def _media_type(filename: str) -> str:
    return {".pdf": "application/pdf", ".png": "image/png", ".exe": "application/octet-stream"}[
        filename[filename.rfind(".") :]
    ]
