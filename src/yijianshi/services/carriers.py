"""What carries words out of the platform: SMS, mail and app gateways, and the portals that hear how it goes with what they brought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One message for whoever carries it: to which address, the approved words by key and values, our own reference."""

    to: str
    key: str
    values: Mapping[str, str]
    link: str
    reference: str


class CarrierFailed(Exception):
    """A message was not taken; `for_good` says that trying the same way again would not help."""

    def __init__(self, words: str, *, for_good: bool = False) -> None:
        super().__init__(words)
        self.for_good = for_good


class Carrier(Protocol):
    """Whoever carries messages out by one way: a text message gateway, a mail server, the app of a portal."""

    def carry(self, sending: Sending) -> str:
        """Take a message, the same reference once, and return the carrier's own. :raises CarrierFailed: if it was not taken."""

    def receipts(self, references: Sequence[str]) -> Mapping[str, bool]:
        """Return which of the messages, by the carrier's reference, arrived or will not; of the others nothing is known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSeen:
    """One message that lies in the demo's sink."""

    at: datetime
    way: str
    to: str
    code: str
    text: str
    link: str


@runtime_checkable
class MessageSink(Protocol):
    """A carrier that carries nothing, so that everybody can read what would have been sent; in the demo only."""

    def sent(self, *, most: int) -> tuple[SentSeen, ...]:
        """Return what was taken, newest first."""


class ReceiverUnavailable(Exception):
    """A portal did not take a word back; it is told again later."""


class PortalReceiver(Protocol):
    """The receiver of an existing portal, which hears of each change of what came through it."""

    def tell(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Hand over the signed words. :raises ReceiverUnavailable: unless the portal said that it took them."""
