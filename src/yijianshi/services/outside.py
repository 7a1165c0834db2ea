"""
The counterparties as they are wired in this process; `project.wiring` puts them here once, tests put fakes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from yijianshi.domain.booking import BookingRules
from yijianshi.domain.guards import Guarding
from yijianshi.domain.messages import Way
from yijianshi.domain.reminding import Distances
from yijianshi.domain.workdays import Calendar

from .carriers import Carrier, PortalReceiver
from .ports import (
    Clock,
    Crypto,
    DataExchange,
    Documents,
    Files,
    Messenger,
    PaperReader,
    Payment,
    Rolls,
    Scanner,
)
from .providers import IdentityProvider, OfficeApp


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Everything a use case may need from outside."""

    clock: Clock
    crypto: Crypto
    exchange: DataExchange
    rolls: Rolls
    files: Files
    scanner: Scanner
    documents: Documents
    messenger: Messenger
    payment: Payment
    calendar: Calendar
    distances: Distances = field(default_factory=Distances)  # how long before a day somebody is reminded
    reader: PaperReader | None = None  # of photographed papers; None where the extra is not installed
    address: str = "http://127.0.0.1:8000"  # under which citizens reach the platform; stands in QR codes
    booking: BookingRules = field(default_factory=BookingRules)  # the customs of booking a time at a window
    demo_seal: bool = (
        False  # letters carry a plainly fictitious seal; otherwise the sealing platform stamps them
    )
    identity: Mapping[str, IdentityProvider] = field(default_factory=dict)  # by code, as the door shows them
    office: OfficeApp | None = None
    guarding: Guarding = field(
        default_factory=Guarding
    )  # who proves himself twice, how old a password may be
    carriers: Mapping[Way, Carrier] = field(
        default_factory=dict
    )  # who carries messages, by each way there is
    receiver: PortalReceiver | None = None  # who tells portals how it goes with what came through them


def print_with(make: Callable[[], Documents]) -> None:
    """Have the printer at hand by itself, for what prints without asking anybody else outside."""
    _printers[:] = [make]


def printer() -> Documents:
    """Return the printer; unlike `outside` it asks no database. :raises NotWired: before `print_with`."""
    if _wired:
        return _wired[0].documents
    if not _printers:
        raise NotWired("the platform is not wired; call project.wiring.wire() first")
    return _printers[0]()


class NotWired(RuntimeError):
    """Nothing has been wired yet: start the platform by its command, or put fakes in a test."""


_wired: list[Outside] = []
_makers: list[Callable[[], Outside]] = []
_printers: list[Callable[[], Documents]] = []
_making = Lock()


def use(outside: Outside) -> None:
    """Put the counterparties of this process in place."""
    _wired[:] = [outside]


def use_when_needed(make: Callable[[], Outside]) -> None:
    """Have the counterparties made at their first use, since making them may ask the database."""
    _makers[:] = [make]
    _wired.clear()


def outside() -> Outside:
    """Return the counterparties. :raises NotWired: before `use`."""
    if not _wired:
        with _making:
            if not _wired and _makers:
                _wired.append(_makers[0]())
    if not _wired:
        raise NotWired("the platform is not wired; call project.wiring.wire() first")
    return _wired[0]
