"""
The demo's own platform of tickets, and the office app's sign-in: people made up, on a page of ours, in the demo only.

The platform stands outside in earnest: the real `TicketProvider` asks it, with signatures, without a network between.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from django.core import signing

from yijianshi.integrations.population import Enterprise, Person, Population
from yijianshi.services.ports import Clock
from yijianshi.services.providers import Figure, IdentityRefused, ProviderKnown

from .claims import ClaimNames
from .fetching import Fetcher
from .ticket import SIGNINGS, TicketProvider

_HOST = "tickets.demo.invalid"
_APP = "yijianshi-demo"
_SALT = "yijianshi.demo.ticket"
_HOLDS = timedelta(minutes=5)
_SIGN = SIGNINGS["hmac-sm3"]


@dataclass(frozen=True, slots=True)
class _Who:
    """Somebody of the demo: how the page shows him, and what the platform says of him."""

    figure: Figure
    said: Mapping[str, str]


class _Platform(httpx.BaseTransport):
    """The platform's two addresses: a ticket gives a token, a token gives who it is; each request must be signed."""

    def __init__(self, people: Mapping[str, _Who], *, secret: str, clock: Clock) -> None:
        self.people, self.secret, self._clock = people, secret, clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        sent = {key: str(value) for key, value in json.loads(request.read()).items()}
        sign = sent.pop("sign", "")
        fresh = abs(self._clock.now().timestamp() - int(sent.get("timestamp", 0))) < _HOLDS.total_seconds()
        if not hmac.compare_digest(sign, _SIGN(self.secret, sent)) or not fresh:
            return httpx.Response(401, json={"code": "401", "message": "签名不对"})
        kind = "ticket" if request.url.path == "/token" else "token"
        held = self.opened(sent.get(kind, ""), kind=kind)
        if held is None:
            return httpx.Response(200, json={"code": "403", "message": "凭据不对或过期"})
        if kind == "ticket":
            data: dict[str, str] = {"token": self.sealed("token", held["who"], held["level"])}
        else:
            data = {**self.people[held["who"]].said, "level": str(held["level"])}
        return httpx.Response(200, json={"code": "0", "data": data})

    def sealed(self, kind: str, who: str, level: int) -> str:
        """Return a ticket or a token: who it is, at which level, until when."""
        until = (self._clock.now() + _HOLDS).timestamp()
        held = {"kind": kind, "who": who, "level": level, "until": until}
        return signing.dumps(held, key=self.secret, salt=_SALT)

    def opened(self, text: str, *, kind: str) -> dict[str, Any] | None:
        """Return what a ticket or a token holds while it is good."""
        try:
            held: dict[str, Any] = signing.loads(text, key=self.secret, salt=_SALT)
        except signing.BadSignature:
            return None
        good = held["kind"] == kind and held["until"] > self._clock.now().timestamp()
        return held if good and held["who"] in self.people else None


class _DemoPages(TicketProvider):
    """A ticket platform whose page is one of ours."""

    is_demo = True

    def __init__(
        self, people: Sequence[_Who], *, known: ProviderKnown, names: ClaimNames, secret: str, clock: Clock
    ) -> None:
        self._platform = _Platform({who.figure.key: who for who in people}, secret=secret, clock=clock)
        fetcher = Fetcher(known.name, hosts={_HOST}, transport=self._platform)
        super().__init__(
            known=known, address=f"https://{_HOST}", client=_APP, secret=secret, clock=clock, names=names,
            fetcher=fetcher,
        )  # fmt: skip

    def begin(self, *, back: str, level: int = 0) -> Any:
        """Return our own page in the place of the platform's."""
        begun = super().begin(back=back, level=level)
        page = f"/demo-identity/{self.known.code}?{urlsplit(begun.address).query}"
        return type(begun)(page, begun.remembered)

    def figures(self) -> tuple[Figure, ...]:
        """Return who may sign in here."""
        return tuple(who.figure for who in self._platform.people.values())

    def asked(self, sent: Mapping[str, str]) -> int:
        """Return the level that was asked for. :raises IdentityRefused: if the question was tampered with."""
        values = {key: sent[key] for key in ("appId", "redirect", "level") if key in sent}
        if not hmac.compare_digest(sent.get("sign", ""), _SIGN(self._platform.secret, values)):
            raise IdentityRefused("这个登录页不是从本网站打开的。请回到登录页重新登录")
        level = values.get("level", "")
        return int(level) if level.isdecimal() else 0

    def answer(self, sent: Mapping[str, str], *, figure: str, level: int) -> str:
        """Return the address that leads back, with a ticket. :raises IdentityRefused: as above, or for nobody."""
        self.asked(sent)
        back = urlsplit(sent["redirect"])
        more = dict(parse_qsl(back.query))
        if figure in self._platform.people:
            more["ticket"] = self._platform.sealed("ticket", figure, min(max(level, 1), 4))
        return back._replace(query=urlencode(more)).geturl()


class DemoTickets(_DemoPages):
    """The province's platform of the demo: persons, and enterprises by their agents."""

    def __init__(self, population: Population, *, secret: str, clock: Clock, on: date) -> None:
        people = [_person(one) for one in population.people[:6]]
        by_number = {one.number: one for one in population.people}
        for firm in population.enterprises[:3]:
            people.append(_enterprise(firm, by_number[firm.legal_representative], since=firm.established_on))
        firm, agents = population.enterprises[0], population.people
        people.append(
            _enterprise(firm, agents[1], since=on - timedelta(days=30), until=on + timedelta(days=335))
        )
        people.append(
            _enterprise(firm, agents[4], since=on - timedelta(days=400), until=on - timedelta(days=35))
        )
        people.append(
            _Who(
                Figure("nobody", "没有实名的人", "只有手机号，没有身份证号"),
                {"userId": "n1", "name": "示例用户"},
            )
        )
        super().__init__(
            people,
            known=ProviderKnown(code="province", name="省政务服务平台（演示）", highest=4),
            names=ClaimNames(
                subject="userId", name="userName", number="idCard", phone="mobile", level="level",
                enterprise_name="corpName", credit_code="uscc", agent_name="userName", agent_number="idCard",
                agent_since="agent_eff_date", agent_until="agent_exp_date",
            ),
            secret=secret,
            clock=clock,
        )  # fmt: skip


class DemoOffice(_DemoPages):
    """The office app's sign-in of the demo: those whose subjects were linked beforehand, and one who was not."""

    def __init__(self, staff: Sequence[tuple[str, str, str]], *, secret: str, clock: Clock) -> None:
        """:param staff: each as login, name, post; the subject in the office app is `office-` and the login."""
        people = [
            _Who(Figure(login, name, about), {"userId": f"office-{login}"}) for login, name, about in staff
        ]
        people.append(
            _Who(Figure("stranger", "没有关联的人", "办公平台有他，这里没有"), {"userId": "office-stranger"})
        )
        super().__init__(
            people,
            known=ProviderKnown(code="office", name="政务办公平台（演示）", is_staff=True, highest=2),
            names=ClaimNames(subject="userId", level="level"),
            secret=f"{secret}.office",
            clock=clock,
        )


def _person(person: Person) -> _Who:
    said = {
        "userId": f"p-{person.social_card_number}",
        "userName": person.name,
        "idCard": person.number,
        "mobile": person.phone,
    }
    return _Who(Figure(f"p-{person.social_card_number}", person.name, "个人"), said)


def _enterprise(firm: Enterprise, agent: Person, *, since: date, until: date | None = None) -> _Who:
    key = f"e-{firm.uscc[-6:]}-{agent.social_card_number}"
    said = {
        "userId": f"e-{firm.uscc[-6:]}",
        "corpName": firm.name,
        "uscc": firm.uscc,
        "userName": agent.name,
        "idCard": agent.number,
        "mobile": agent.phone,
        "agent_eff_date": f"{since:%Y%m%d}",
    }
    dates = f"{since:%Y-%m-%d} 起"
    if until:
        said["agent_exp_date"] = f"{until:%Y%m%d}"
        dates = f"{since:%Y-%m-%d} 到 {until:%Y-%m-%d}"
    return _Who(Figure(key, firm.name, f"单位，经办人{agent.name}，授权 {dates}"), said)
