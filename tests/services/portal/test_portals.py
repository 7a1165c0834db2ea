"""An existing portal brings its readers here by a ticket, and hears of every change of what came through it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OctKey

from tests.cast import RESTAURANT
from tests.services.town import Town
from yijianshi.domain.portals import (
    MOST_ATTEMPTS,
    TicketFault,
    TicketRefused,
    Vouched,
    is_deep_link,
    pause_after,
)
from yijianshi.services import outside
from yijianshi.services.carriers import ReceiverUnavailable
from yijianshi.services.people.parties import know_party
from yijianshi.services.people.signing_in import name_on
from yijianshi.services.portal.enter import Entered, enter, note_brought
from yijianshi.services.portal.portals import PortalRefused, close_portal, register_portal
from yijianshi.services.portal.pushing import MOST_FAILURES, push_out
from yijianshi.services.working import tidy
from yijianshi.store.accounts.models import Account
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.portal.models import PushRow

ORIGIN = "https://www.example.gov.cn"


@dataclass
class Receiver:
    """The reference receiver: checks the signature, keeps each word once by its id, fails when told to."""

    secret: str = ""
    words: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: int = 0
    away: bool = False

    def tell(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        self.calls += 1
        if self.away:
            raise ReceiverUnavailable("门户连不上")
        signed = headers["X-Yijianshi-Moment"].encode() + b"." + body
        right = hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(headers["X-Yijianshi-Signature"], f"sha256={right}")
        said = json.loads(body)
        assert headers["X-Yijianshi-Id"] == said["id"]
        assert said["id"] not in self.words, "told twice"
        self.words[said["id"]] = said


@dataclass
class Portal:
    """A portal that the operator has registered."""

    town: Town
    secret: str
    receiver: Receiver

    def ticket(self, *, login: str = "wangfang", secret: str = "", **more: Any) -> str:
        party = know_party(Account.objects.get(login=login).party_id)  # type: ignore[arg-type]
        at = int(self.town.now.timestamp())
        claims = {
            "iss": "gov", "aud": outside.outside().address, "jti": "one", "iat": at, "exp": at + 60,
            "number": party.number, "name": party.name, "level": "middle", "to": "/start/open-restaurant?venue-area=120",
        } | more  # fmt: skip
        key = OctKey.import_key(secret or self.secret)
        return jws.serialize_compact({"alg": "HS256"}, json.dumps(claims).encode(), key)

    def enters(self, ticket: str, *, origin: str = ORIGIN, at: datetime | None = None) -> Entered:
        return enter(ticket=ticket, origin=origin, at=at or self.town.now)


@pytest.fixture
def portal(town: Town) -> Portal:
    secret = register_portal(
        code="gov",
        name="示例门户",
        origin=ORIGIN,
        receiver=f"{ORIGIN}/told",
        highest=Vouched.MIDDLE,
        at=town.now,
    )
    receiver = Receiver(secret)
    outside.use(replace(outside.outside(), receiver=receiver))
    return Portal(town, secret, receiver)


@pytest.mark.clause("S2.2")
def test_a_ticket_lets_the_same_person_in_at_the_level_vouched_for_and_leads_to_its_page(
    portal: Portal,
) -> None:
    entered = portal.enters(portal.ticket())
    assert entered.account.login == "wangfang"
    assert (entered.portal, entered.level) == ("gov", Vouched.MIDDLE)
    assert entered.leads_to == "/start/open-restaurant?venue-area=120"


def test_a_person_whom_nobody_knew_gets_an_account_without_a_password(portal: Portal) -> None:
    known = {name_on(account) for account in Account.objects.filter(is_demo=True)}
    stranger = next(one for one in portal.town.population.people if one.name not in known)
    first = portal.enters(portal.ticket(number=stranger.number, name=stranger.name))
    again = portal.enters(portal.ticket(number=stranger.number, name=stranger.name, jti="two"))
    assert first.account.id == again.account.id
    assert not first.account.has_usable_password()


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"secret": "another secret of somebody who forges"}, TicketFault.FORGED),
        ({"aud": "https://elsewhere.example"}, TicketFault.FOREIGN),
        ({"iss": "nobody"}, TicketFault.FOREIGN),
        ({"level": "high"}, TicketFault.TOO_HIGH),
        ({"level": "highest"}, TicketFault.FORGED),
        ({"to": "https://elsewhere.example/"}, TicketFault.NO_SUCH_PAGE),
        ({"to": "//elsewhere.example/my"}, TicketFault.NO_SUCH_PAGE),
        ({"to": "/logout"}, TicketFault.NO_SUCH_PAGE),
        ({"to": "/case/12345678901234567890123"}, TicketFault.NO_SUCH_PAGE),
        ({"number": "320106199001010000"}, TicketFault.NOBODY),
        ({"name": " "}, TicketFault.NOBODY),
        ({"jti": ""}, TicketFault.NOBODY),
        ({"iat": "soon"}, TicketFault.FORGED),
    ],
)
def test_what_is_wrong_with_a_ticket_is_refused(
    portal: Portal, more: dict[str, Any], fault: TicketFault
) -> None:
    with pytest.raises(TicketRefused) as refusal:
        portal.enters(portal.ticket(**more))
    assert refusal.value.fault is fault


def test_a_ticket_is_good_once_for_minutes_from_its_own_portal_and_no_longer_after_that_was_closed(
    portal: Portal,
) -> None:
    ticket, now = portal.ticket(), portal.town.now
    for origin, at, fault in (
        ("https://elsewhere.example", now, TicketFault.FOREIGN),
        (ORIGIN, now + timedelta(seconds=91), TicketFault.EXPIRED),
        (ORIGIN, now - timedelta(seconds=31), TicketFault.EXPIRED),
    ):
        with pytest.raises(TicketRefused) as refusal:
            portal.enters(ticket, origin=origin, at=at)
        assert refusal.value.fault is fault
    portal.enters(ticket)
    with pytest.raises(TicketRefused) as refusal:
        portal.enters(ticket)
    assert refusal.value.fault is TicketFault.REPLAYED
    too_long = portal.ticket(jti="long", exp=int(now.timestamp()) + 3600)
    with pytest.raises(TicketRefused):
        portal.enters(too_long)
    close_portal(code="gov", at=now)
    with pytest.raises(TicketRefused):
        portal.enters(portal.ticket(jti="after"))


@pytest.mark.parametrize("ticket", ["", "a.b", "a.b.c", "ü", "x" * 5000, "e30.e30.", "W10.W10.W10"])
def test_nonsense_is_no_ticket(portal: Portal, ticket: str) -> None:
    with pytest.raises(TicketRefused):
        portal.enters(ticket)


def test_an_unsigned_ticket_and_another_algorithm_are_refused(portal: Portal) -> None:
    head, body, _ = portal.ticket().split(".")
    for kind in ("none", "HS512"):
        import base64

        other = base64.urlsafe_b64encode(json.dumps({"alg": kind}).encode()).rstrip(b"=").decode()
        for signature in ("", "AAAA"):
            with pytest.raises(TicketRefused):
                portal.enters(f"{other}.{body}.{signature}")
    assert head


def test_whoever_works_here_does_not_come_in_by_a_portal(portal: Portal) -> None:
    from yijianshi.store.accounts.models import Officer

    wang = Account.objects.get(login="wangfang")
    Officer.objects.create(account=wang, role="reviewer", unit="health@320106", since=portal.town.now.date())
    with pytest.raises(TicketRefused):
        portal.enters(portal.ticket())


def brought(portal: Portal) -> str:
    """File what 王芳 began when the portal had brought her, and return its number."""
    town = portal.town
    submission = town.file(town.who("wangfang", enterprise=True), answers=RESTAURANT)
    draft = DraftRow.objects.get(filed_as=submission)
    note_brought(draft=draft.id, portal="gov")
    town.work()
    town.release(submission)
    town.decide_all(submission)
    return str(submission)


def test_a_portal_hears_of_every_step_once_by_number_state_and_address_and_of_nothing_personal(
    portal: Portal,
) -> None:
    brought(portal)
    while push_out(at=portal.town.now):
        pass
    words = list(portal.receiver.words.values())
    assert {"received", "granted"} <= {one["state"] for one in words}
    assert all(
        set(one) == {"id", "submission", "case", "what", "state", "says", "at", "address"} for one in words
    )
    assert {one["address"].rpartition("/case/")[2] for one in words} == {words[0]["submission"]}
    everything = json.dumps(words, ensure_ascii=False)
    known = know_party(Account.objects.get(login="wangfang").party_id)  # type: ignore[arg-type]
    assert not [one for one in (known.name, known.number, known.phone) if one in everything]
    before = portal.receiver.calls
    assert push_out(at=portal.town.later(days=1)) == 0
    assert portal.receiver.calls == before


def test_a_portal_that_is_away_is_told_later_and_later_and_laid_aside_at_last(portal: Portal) -> None:
    portal.receiver.away = True
    brought(portal)
    rounds = 0
    while PushRow.objects.filter(dead=False).exists() and rounds < 100:
        assert push_out(at=portal.town.later(hours=7), most=500) <= MOST_FAILURES
        rounds += 1
    assert set(PushRow.objects.values_list("dead", "attempts")) == {(True, MOST_ATTEMPTS)}
    portal.receiver.away = False
    assert push_out(at=portal.town.later(days=1)) == 0


def test_a_portal_that_was_taken_off_is_told_nothing_more(portal: Portal) -> None:
    brought(portal)
    close_portal(code="gov", at=portal.town.now)
    assert push_out(at=portal.town.later(days=1)) == 0
    assert PushRow.objects.filter(told_at=None).exists()


def test_after_a_short_absence_everything_is_told(portal: Portal) -> None:
    portal.receiver.away = True
    brought(portal)
    push_out(at=portal.town.now)
    portal.receiver.away = False
    tidy(at=portal.town.now)
    assert 0 < len(portal.receiver.words) <= PushRow.objects.count()
    push_out(at=portal.town.later(minutes=1), most=500)
    assert len(portal.receiver.words) == PushRow.objects.count()


def test_what_no_portal_brought_is_told_to_none(portal: Portal) -> None:
    town = portal.town
    submission = town.file(town.who("wangfang", enterprise=True))
    town.release(submission)
    assert not PushRow.objects.exists()


def test_pauses_grow_and_end() -> None:
    pauses = [pause_after(n) for n in range(1, MOST_ATTEMPTS)]
    assert pauses == sorted(pauses)  # type: ignore[type-var]
    assert pause_after(MOST_ATTEMPTS) is None


@pytest.mark.parametrize(
    "address", ["/", "/all?q=a", "/my", "/guide/newborn", "/start/newborn?a=b", "javascript:x", "/my/../login", "/\\x", "/start/a\n"]
)  # fmt: skip
def test_only_pages_that_anybody_may_be_sent_to_are_deep_links(address: str) -> None:
    assert is_deep_link(address) is address.startswith(("/all", "/guide", "/start/newborn")) or address in (
        "/",
        "/my",
    )


def test_a_portal_without_tls_or_with_a_path_is_not_registered(town: Town) -> None:
    for origin, receiver in (
        ("http://a.example", ""),
        ("https://a.example/x", ""),
        (ORIGIN, "http://a.example"),
        ("", ""),
    ):
        with pytest.raises(PortalRefused):
            register_portal(
                code="gov", name="示例", origin=origin, receiver=receiver, highest=Vouched.LOW, at=town.now
            )
