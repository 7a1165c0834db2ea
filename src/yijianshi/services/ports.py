"""
What the platform needs from outside: every counterparty stands behind one of these ports.

An adapter lives in its own room under `integrations/` and meets its port only in `project.wiring`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from mmap import mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, runtime_checkable

from yijianshi.domain.codes import DivisionCode, ElementCode, LicenceCode, ResourceCode
from yijianshi.domain.reading_lines import Photograph

if TYPE_CHECKING:
    from .materials.pictures import Picture


class Clock(Protocol):
    """The one source of the present moment; tests move nothing else."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""


class Crypto(Protocol):
    """Sealing of personal data and keyed hashes (国密: SM4-GCM, HMAC-SM3), replaceable by an HSM."""

    def new_data_key(self) -> bytes:
        """Return a fresh data key, wrapped under the master key."""

    def seal(self, plain: bytes, *, purpose: str, under: bytes | None = None) -> bytes:
        """Return `plain` sealed under the wrapped key `under`, or under the deployment's own; `purpose` is bound to it."""

    def unseal(self, sealed: bytes, *, purpose: str, under: bytes | None = None) -> bytes:
        """
        Return what was sealed.

        :raises SealBroken: if the bytes, the key or the purpose are not those of the sealing.
        """

    def fingerprint(self, text: str, *, purpose: str) -> bytes:
        """Return a keyed hash (32 bytes) by which a personal number can be looked up without being stored."""


class SealBroken(Exception):
    """Sealed bytes were changed, or are opened with another key or for another purpose."""


@dataclass(frozen=True, slots=True)
class Subject:
    """About whom a register is asked: the person who acts, and the enterprise acted for, if any."""

    person: str  # citizen number
    enterprise: str = ""  # unified social credit code


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a register answered: values by element, and the moment they were true there."""

    resource: ResourceCode
    values: Mapping[ElementCode, Any]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """An electronic licence that the subject already holds (已有证照)."""

    kind: LicenceCode
    number: str
    name: str
    holder: str  # whose it is, as a citizen number or credit code
    issued_on: date
    valid_until: date | None = None


class SourceUnavailable(Exception):
    """A register did not answer in time; filing goes on, the value is asked or verified later."""


class DataExchange(Protocol):
    """The data-sharing platform (数据共享交换平台) and the electronic licence store (电子证照库)."""

    def ask(self, resource: ResourceCode, *, about: Subject, elements: Sequence[ElementCode]) -> Supplied:
        """
        Return what `resource` knows of `elements`; what it does not know is left out.

        :raises SourceUnavailable: if the register is down.
        """

    def licences_of(self, about: Subject) -> tuple[HeldLicence, ...]:
        """Return the valid licences held by the subject. :raises SourceUnavailable: if the store is down."""

    def licence_document(self, licence: HeldLicence) -> bytes:
        """Return the licence as a PDF. :raises SourceUnavailable: if the store is down."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody whom a register or a list names."""

    number: str  # citizen number or credit code
    name: str


class Rolls(Protocol):
    """A register that names people by itself (名册), for benefits that nobody has to apply for."""

    def reaching_age(
        self, age: int, *, division: DivisionCode, first: date, last: date
    ) -> tuple[Listed, ...]:
        """
        Return who of the division reaches `age` from `first` to `last`.

        :raises SourceUnavailable: if the register is down, or gives no such lists.
        """


class Files(Protocol):
    """Where the bytes of materials and letters lie, addressed by their SHA-256."""

    def save(self, sha256: str, content: bytes) -> None:
        """Keep the bytes; saving the same bytes again changes nothing."""

    def open(self, sha256: str) -> BinaryIO:
        """Return the bytes as a stream. :raises FileMissing: if they were never saved or are gone."""

    def drop(self, sha256: str) -> None:
        """Forget bytes that nobody refers to any more; dropping what is not there changes nothing."""


class FileMissing(Exception):
    """The bytes under this digest are not in the store."""


@dataclass(frozen=True, slots=True)
class ScanVerdict:
    """What the scanner found; `threat` is empty where nothing was."""

    threat: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.threat


class Scanner(Protocol):
    """The malware scanner that sees every upload before any official does."""

    def scan(self, content: bytes | mmap) -> ScanVerdict:
        """Return the verdict. :raises ScannerUnavailable: if it cannot tell now."""


class ScannerUnavailable(Exception):
    """The scanner cannot tell at present; the material waits unseen."""


class GlyphsMissing(Exception):
    """The fonts at hand cannot print some characters of a name; printing a gap would be worse."""

    def __init__(self, characters: str) -> None:
        named = "、".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in characters)
        super().__init__(
            f"现有字体里没有“{named}”，印出来会缺字，所以没有印。请管理员把含这些字的字体放进字体文件夹"
        )
        self.characters = characters


class Documents(Protocol):
    """The printer of letters and licences (文书): a named template and its values give a PDF."""

    def render(self, template: str, values: Mapping[str, Any]) -> bytes:
        """Return the PDF. :raises GlyphsMissing: if a character of `values` cannot be printed."""

    def compile_sample(self, path: Path) -> bytes:
        """Return a specimen of the catalogue, a file that describes a page, as PDF. :raises GlyphsMissing: as above."""

    def bind(self, pages: Sequence["Picture"]) -> bytes:
        """Return photographs of paper as one PDF, a page each, upright. :raises FileRefused: if one cannot be opened."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one account; never with personal data in it."""

    account: str
    key: str  # of the approved template
    values: Mapping[str, str] = field(default_factory=dict)
    link: str = ""


class Messenger(Protocol):
    """Telling people (短信, 站内信 …), at least once, with a key that makes it arrive once."""

    def send(self, messages: Iterable[Message], *, once: str) -> None:
        """Send the messages; a second call with the same `once` does nothing."""


class Holidays(Protocol):
    """Where the tables of working days come from."""

    def years(self) -> Mapping[int, tuple[frozenset[date], frozenset[date]]]:
        """Return, per published year, the holidays and the make-up days at work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentShare:
    """What one unit collects within an order: for which item, and how much in fen."""

    collector: str
    collector_name: str
    subject: str
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrder:
    """What is to be paid at once (缴费订单): our own reference, split by who collects; never with a person's name in it."""

    reference: str
    number: str  # of the submission
    shares: tuple[PaymentShare, ...]
    back: str  # the page of ours to which the payer returns

    @property
    def fen(self) -> int:
        return sum(share.fen for share in self.shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What the provider says of an order that is paid: its own reference, the sum in fen, a voucher by who collects."""

    reference: str
    provider_reference: str
    fen: int
    at: datetime
    vouchers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One line of the provider's list of a day (对账单): a payment, or a refund with its own reference."""

    reference: str
    provider_reference: str
    fen: int
    at: datetime
    is_refund: bool = False


class PaymentUnavailable(Exception):
    """The provider does not answer now; nothing is lost, it is asked again."""


class PaymentNotOnline(Exception):
    """Nobody can pay online here; the counter takes it."""


class NoticeForged(Exception):
    """A call-back that does not come from the provider."""


class Payment(Protocol):
    """The provider of unified public payment (统一公共支付、非税收入收缴)."""

    @property
    def takes_at_counter(self) -> bool:
        """Whether a clerk may note what was paid at the counter."""

    def open(self, order: PaymentOrder) -> str:
        """
        Return where the payer goes; opening the same reference again leads to the same order.

        :raises PaymentUnavailable: if the provider does not answer.
        :raises PaymentNotOnline: if nobody can pay online here.
        """

    def state_of(self, reference: str) -> Paid | None:
        """Return what was paid under our reference; None where nothing was. :raises PaymentUnavailable: see above."""

    def close(self, reference: str) -> None:
        """Let nobody pay the order any more; one that is paid stays so. :raises PaymentUnavailable: see above."""

    def take_at_counter(self, order: PaymentOrder, *, receipt: str, at: datetime) -> Paid:
        """Note what was paid at the counter under the number of its receipt. :raises PaymentUnavailable: see above."""

    def reference_of(self, notice: bytes) -> str:
        """Return whose order a call-back is about. :raises NoticeForged: if it is not the provider's."""

    def refund(self, reference: str, *, of: str, fen: int) -> str:
        """
        Give back `fen` of the order `of` and return the provider's reference; the same reference gives back once.

        :raises PaymentUnavailable: see above.
        """

    def settlements(self, day: date) -> tuple[Settled, ...] | None:
        """Return what was settled on a day; None where there is no such list. :raises PaymentUnavailable: see above."""


@runtime_checkable
class PayerPage(Protocol):
    """A provider that is none: the payer's page is one of ours, in the demo only."""

    def asked(self, reference: str, signature: str) -> PaymentOrder:
        """Return the order that is to be paid. :raises NoticeForged: if the signature is not that of the order."""

    def pay(self, reference: str, signature: str) -> None:
        """Pay the order; paying again does nothing. :raises NoticeForged: as above."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call about something (联系人)."""

    name: str
    unit: str
    phone: str
    division: DivisionCode


@dataclass(frozen=True, slots=True)
class PhotographSeen:
    """What a reader saw on a photograph, and a small upright picture of it (JPEG) for the page."""

    photograph: Photograph
    preview: bytes


class PhotographUnreadable(Exception):
    """The bytes are no picture that can be opened."""


class PaperReader(Protocol):
    """The reader of photographed papers (拍照识别); it suggests, never decides, and nothing leaves the machine."""

    def read(self, content: bytes) -> PhotographSeen:
        """Return what stands on a photograph. :raises PhotographUnreadable: if it cannot be opened."""
