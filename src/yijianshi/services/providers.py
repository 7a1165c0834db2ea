"""
The ports of signing in (统一身份认证) and of the office app (政务办公平台), beside the others in `ports`.

The door offers whoever stands behind `IdentityProvider`; what officers are told in their own app goes through `OfficeApp`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Agent:
    """Who acts for an enterprise that signed in (经办人), and from when to when the enterprise lets him."""

    name: str
    number: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Who signed in with a provider (已认证的身份), and how surely the provider knows it (`level`, 1 to 4)."""

    provider: str
    subject: str
    kind: str = "person"  # person | enterprise
    name: str = ""
    number: str = ""  # citizen number, or credit code
    agent: Agent | None = None  # of an enterprise
    phone: str = ""
    level: int = 1
    response: str = ""  # a digest of the answer, by which a second use of it is known


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser is sent to sign in, and what must be remembered until it comes back."""

    address: str
    remembered: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderKnown:
    """A provider as the door shows it."""

    code: str
    name: str
    is_staff: bool = False  # the office app: those who work here
    highest: int = 2  # the highest level that it can vouch for


class IdentityRefused(Exception):
    """Whoever came back from the provider is not let in; the message says why and what would do."""


class IdentityUnavailable(Exception):
    """The provider gives no usable answer now; other ways of signing in go on."""


class IdentityProvider(Protocol):
    """A platform by which people sign in (统一身份认证): of the nation, of the province, of the office."""

    @property
    def known(self) -> ProviderKnown:
        """What the door shows of it."""

    def begin(self, *, back: str, level: int = 0) -> Begun:
        """
        Return where to send the browser; `back` is our page to which it returns, `level` what is needed, if anything.

        :raises IdentityUnavailable: if the provider does not answer.
        """

    def complete(self, sent: Mapping[str, str], remembered: Mapping[str, str]) -> Identified:
        """
        Return who came back.

        :param sent: what the browser brought along in the address.
        :raises IdentityRefused: if it is not the answer to our question, or not a sound one.
        :raises IdentityUnavailable: if the provider does not answer.
        """


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody of the demo who may sign in: a key, a name, what he is."""

    key: str
    name: str
    about: str


@runtime_checkable
class SignInPage(Protocol):
    """A provider that is none: the page on which people sign in is one of ours, in the demo only."""

    def figures(self) -> tuple[Figure, ...]:
        """Return who may sign in."""

    def asked(self, sent: Mapping[str, str]) -> int:
        """Return the level that was asked for. :raises IdentityRefused: if our own question was tampered with."""

    def answer(self, sent: Mapping[str, str], *, figure: str, level: int) -> str:
        """Return the address that leads back with the answer. :raises IdentityRefused: as above."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """What waits for an officer, told without any personal data: a sentence and where it is done."""

    subject: str  # of the officer, in the office app
    text: str
    link: str


class OfficeApp(Protocol):
    """The app in which officers live (政务办公平台): what is due is shown there, too."""

    def push(self, to_do: ToDo, *, once: str) -> None:
        """Show it; a second call with the same `once` does nothing. :raises OfficeAppUnavailable: if it cannot be shown."""


class OfficeAppUnavailable(Exception):
    """The office app does not answer now; nothing is lost, the desk shows the same."""


@runtime_checkable
class OfficePage(Protocol):
    """An office app that is none: what was pushed is shown on a page of ours, in the demo only."""

    def shown(self) -> tuple[ToDo, ...]:
        """Return what was pushed, the newest first."""
