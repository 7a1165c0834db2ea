"""Asking the platform as somebody: each request in a savepoint that is rolled back, and what it would have written counted."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from tests.conftest import forget
from tests.rights.doors import doors
from tests.rights.entries import Entry
from tests.rights.world import COLUMNS, Secret, World

#: Written by every request of somebody signed in: how long his session goes on.
_NOT_COUNTED = ("django_session",)
#: What differs between two refusals of the same thing: the address asked for, the minute, the token of a form.
_PASSING = re.compile(
    rb'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|name="csrfmiddlewaretoken" value="\w+"'
    rb"|\b\d{1,2}:\d{2}\b"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, and into which tables something was written on the way."""

    status: int
    location: str
    body: bytes
    written: tuple[str, ...]
    kind: str = ""

    @property
    def to_the_door(self) -> bool:
        """Return whether it leads to the page on which people sign in."""
        return self.status == 302 and self.location.startswith("/login")


class Asking:
    """
    Everybody of the columns, signed in; requests go through all of the middleware, as those of Django's test client do.

    The test client itself would keep a copy of the context of every template, which takes longer than the request.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._factory = RequestFactory()
        self._handler = _handler()
        self._sessions = {"": "", **world.sessions}
        self._counted = written()

    def ask(
        self, person: str, method: str, address: str, sends: Any = None, *, kind: str = "", **headers: str
    ) -> Answered:
        """Make one request as somebody, and take back whatever it did."""
        if session := self._session_of(person):
            self._factory.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session})
        else:
            self._factory.cookies = SimpleCookie()
        request = self._factory.generic(
            method, address, **_body(method, sends, kind), headers=headers or None
        )
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        with transaction.atomic(), _unlogged():
            answer = self._handler.get_response(request)
            body = _content(answer)
            transaction.set_rollback(True)
        if method not in ("GET", "HEAD", "OPTIONS") and answer.status_code < 400:
            forget()
        before, self._counted = self._counted, written()
        return Answered(
            answer.status_code, answer.headers.get("Location", ""), body, _more(before, self._counted),
            answer.headers.get("Content-Type", ""),
        )  # fmt: skip

    def enter(self, entry: Entry, column: str, *, not_there: bool = False, briefly: bool = False) -> Answered:
        """
        Ask for a line of the matrix in one of its columns.

        :param not_there: for keys that do not exist.
        :param briefly: have a refusal said in a few words instead of on a page, which takes a third of the time.
        """
        person = entry.people.get(column, COLUMNS[column])
        sends = {name: self._thing(value) for name, value in entry.sends.items()}
        address = self.address_of(entry, not_there=not_there)
        brief = {"Accept": "application/json"} if briefly else {}
        answered = self.ask(person, entry.method, address, sends, kind=entry.kind, **entry.headers, **brief)
        for secret in self._given(entry, not_there=not_there).values():
            if isinstance(secret, Secret):  # its own address stands on a page that refuses
                answered = replace(answered, body=answered.body.replace(secret.encode(), b""))
        return answered

    def address_of(self, entry: Entry, *, not_there: bool = False) -> str:
        """Return the address of a line, its arguments taken from the town."""
        given = self._given(entry, not_there=not_there)
        asked = "&".join(f"{name}={self._thing(value)}" for name, value in entry.asks.items())
        return reverse(entry.name, kwargs=given) + (f"?{asked}" if asked else "")

    def _given(self, entry: Entry, *, not_there: bool) -> dict[str, Any]:
        given = {name: self._thing(entry.about.get(name, name)) for name in doors()[entry.name].parameters}
        return {name: _made_up(value) for name, value in given.items()} if not_there else given

    def _thing(self, called: Any) -> Any:
        """Return the thing of a name, or the word itself where there is none; `=word` is always the word."""
        if isinstance(called, str) and called.startswith("="):
            return called[1:]
        return self.world.things.get(called, called) if isinstance(called, str) else called

    def _session_of(self, person: str) -> str:
        """Return the key of somebody's session; of who stands in no column it is kept as long as the test."""
        if person not in self._sessions:
            login, _, enterprise = person.partition("/")
            self._sessions[person] = self.world.sign_in(login, for_enterprise=bool(enterprise))
            self._counted = written()
        return self._sessions[person]


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep every refusal from being written to the log, which takes as long as many a refusal."""
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def without_what_passes(body: bytes) -> bytes:
    """Return a body without keys and tokens, so that two refusals can be laid one upon the other."""
    return _PASSING.sub(b"", body)


def _made_up(value: Any) -> Any:
    """Return a key that does not exist in the place of one that does."""
    if isinstance(value, Secret):
        return Secret("".join(chr(ord(one) ^ 1) if one.isdigit() else one.swapcase() for one in value))
    return uuid4() if isinstance(value, UUID) else value


def _body(method: str, sends: Any, kind: str) -> dict[str, Any]:
    if method in ("GET", "HEAD", "OPTIONS"):
        return {}
    if kind:
        return {"data": sends or b"x", "content_type": kind}
    return {"data": encode_multipart(BOUNDARY, dict(sends or {})), "content_type": MULTIPART_CONTENT}


def _content(answer: HttpResponse) -> bytes:
    if answer.streaming:
        return b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.content


def written() -> dict[str, int]:
    """Return how many rows of each table this transaction has written so far, those taken back included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND NOT relname = ANY(%s)",
            [list(_NOT_COUNTED)],
        )
        return dict(cursor.fetchall())


def _more(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(table for table, rows in after.items() if rows > before.get(table, 0)))
