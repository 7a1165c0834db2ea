"""Which pages have been opened in the stories, and which of them have been examined already, by any process of the run."""

from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.urls import Resolver404, resolve

#: What has been opened by anybody in any story of this process.
VISITS = pytest.StashKey["Visits"]()


class Visits:
    """Every page that anybody has opened, and which kinds of them have been examined already, by any process."""

    def __init__(self, claims: Path) -> None:
        self.names: Counter[str] = Counter()
        self.broken: list[str] = []
        self.barriers: list[str] = []
        self._claims = claims

    def noting(self, application: Callable[..., Any]) -> Callable[..., Any]:
        """Return the application, with each of its answers noted by the name of the address."""

        def noted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            def start(status: str, headers: list[tuple[str, str]], *problem: Any) -> Any:
                code = int(status.split()[0])
                if code >= 500:
                    self.broken.append(f"{status}: {environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
                elif code < 400 or code == 422:
                    self.names[name_of(environ["PATH_INFO"])] += 1
                return start_response(status, headers, *problem)

            return application(environ, start)

        return noted

    def new_on(self, name: str, way: str, parts: Iterable[str]) -> list[str] | None:
        """
        Return what nobody has examined in this way: everything (an empty list), some parts, or nothing (None).

        What stands around the page is the same everywhere, and is examined with the first page.
        """
        if self.is_first(f"{way} frame"):
            self.is_first(f"{way} page {name}")
            for part in parts:
                self.is_first(f"{way} {part}")
            return []
        new = [part for part in sorted(set(parts)) if self.is_first(f"{way} {part}")]
        if self.is_first(f"{way} page {name}"):
            return ["main"]
        return [f"main .{part}" for part in new] or None

    def new_colours(self, name: str, parts: Iterable[str]) -> bool:
        """Return whether nobody has looked at the colours of the page, or of one of its parts, in any way."""
        first = [self.is_first(f"colours of {one}") for one in (f"page {name}", *parts)]
        return any(first)

    def is_first(self, what: str) -> bool:
        """Return whether nobody has done this before, in any process of the run."""
        try:
            (self._claims / sha256(what.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def name_of(path: str) -> str:
    """Return the name of an address, or the address itself where it has none."""
    try:
        found = resolve(path)
    except Resolver404:
        return path if path.startswith("/static/") else "(nothing)"
    return found.url_name or path
