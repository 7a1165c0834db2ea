"""
What an applicant told us, as it is kept: situation, values with provenance, materials - sealed as one piece.

One data key per submission under the master key; the purpose is bound to each piece, so that none can be
put in another's place.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from yijianshi.domain.codes import ElementCode, ItemCode, LicenceCode, MemberId
from yijianshi.domain.corrections import spot_of
from yijianshi.domain.drafts import Value
from yijianshi.domain.plans import Situation

from .outside import outside


class KeptValue(msgspec.Struct, array_like=True):
    """A value as written: positions instead of names, since there are many."""

    value: Any
    source: str
    at: datetime
    objected: bool = False
    registered: Any = None


class KeptLine(msgspec.Struct, array_like=True):
    """One document as filed."""

    material: str
    way: str
    copy: str = ""
    sha256: str = ""
    source: str = ""
    member: str = ""  # whose it is, where each member of a group hands in his own


class KeptConfirmation(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody confirmed beside the applicant: who, in which role, when and in what way, before whom (确认记录)."""

    role: str
    role_name: str
    name: str
    party: str
    at: str
    way: str
    by: str  # the account that confirmed; the clerk's, or the portal's, where it was said there
    clerk: str = ""  # the name of the clerk before whom he stood
    digest: str = ""  # of what he confirmed


class Content(msgspec.Struct, kw_only=True):
    """The whole of a draft or a revision."""

    division: str  # the submission's home
    items: list[str]
    answers: dict[str, Any] = {}
    texts_met: list[str] = []
    held: list[str] = []
    claimed: list[str] = []  # held by the applicant's own word only: the paper is to be uploaded
    commitments: list[str] = []
    groups: dict[str, Any] = {}
    values: dict[str, KeptValue] = {}
    member_values: dict[
        str, dict[str, KeptValue]
    ] = {}  # of each member of a group, what is particular to him
    manifest: list[KeptLine] = []
    replaced: dict[str, Any] = {}  # what was answered to a question before a register said otherwise
    owed: dict[str, str] = {}  # documents promised for later, with the day
    unavailable: list[str] = []  # registers that did not answer when the form was filled
    signature: dict[str, str] = {}
    confirmations: list[KeptConfirmation] = []

    def situation(self) -> Situation:
        """Return the situation, with the form's own answers standing beside those to the questions."""
        answers = dict(self.answers)
        for code, kept in self.values.items():
            answers[f"element:{code}"] = kept.value
        return Situation(
            items=tuple(ItemCode(code) for code in self.items),
            answers=answers,
            texts_met=frozenset(self.texts_met),
            held=frozenset(LicenceCode(code) for code in (*self.held, *self.claimed)),
            commitments=frozenset(ItemCode(code) for code in self.commitments),
            groups=self.groups,
        )

    def known(self, *, member: str = "") -> dict[ElementCode, Value]:
        """Return the values as the domain knows them; for a member of a group his own in place of the common ones."""
        return {
            ElementCode(code): Value(kept.value, kept.source, kept.at, kept.objected, kept.registered)
            for code, kept in (self.values | self.member_values.get(member, {})).items()
        }

    def keep(self, values: dict[ElementCode, Value], *, member: str = "") -> None:
        """Take over values of the domain, common ones or those of one member of a group."""
        kept = self.member_values.setdefault(member, {}) if member else self.values
        for code, value in values.items():
            kept[code] = KeptValue(value.value, value.source, value.at, value.objected, value.registered)

    def signed(self) -> dict[str, Any]:
        """Return every value under one name each, as the digest of a revision takes them."""
        return {code: kept.value for code, kept in self.values.items()} | {
            spot_of(code, MemberId(member)): kept.value
            for member, values in self.member_values.items()
            for code, kept in values.items()
        }

    def name_of(self, member: str) -> str:
        """Return what a member of a group is called: by his name where it was given, a vehicle by its plate."""
        values = self.member_values.get(member, {})
        for given in self.groups.values():
            if member in given.get("members", ()) and given.get("called", "") in values:
                return str(values[given["called"]].value)
        return next((str(kept.value) for code, kept in values.items() if code.endswith("-name")), member)

    def named(self, name: str, *, member: str) -> str:
        """Return the name of a field or a document, with whose it is where each member has his own."""
        return f"{self.name_of(member)}的{name}" if member else name


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Content)


def seal_content(content: Content, *, purpose: str, under: bytes) -> bytes:
    """Return the content sealed under a wrapped data key."""
    return outside().crypto.seal(_encoder.encode(content), purpose=purpose, under=under)


def open_content(sealed: bytes | memoryview, *, purpose: str, under: bytes | memoryview) -> Content:
    """Return the content again. :raises SealBroken: if it was changed."""
    return _decoder.decode(outside().crypto.unseal(bytes(sealed), purpose=purpose, under=bytes(under)))


def seal_text(text: str, *, purpose: str) -> bytes:
    """Return a short text sealed under the deployment's own key; nothing stays nothing."""
    return outside().crypto.seal(text.encode(), purpose=purpose) if text else b""


def open_text(sealed: bytes | memoryview, *, purpose: str) -> str:
    """Return a sealed short text again."""
    return outside().crypto.unseal(bytes(sealed), purpose=purpose).decode() if sealed else ""


def seal_words(words: dict[str, str], *, purpose: str) -> bytes:
    """Return several short texts sealed as one."""
    return outside().crypto.seal(_encoder.encode(words), purpose=purpose)


def open_words(sealed: bytes | memoryview, *, purpose: str) -> dict[str, str]:
    """Return several short texts again."""
    return msgspec.json.decode(outside().crypto.unseal(bytes(sealed), purpose=purpose), type=dict[str, str])


def fingerprint(number: str, *, kind: str) -> bytes:
    """Return the keyed hash by which a personal number is found again."""
    return outside().crypto.fingerprint(number.strip().upper(), purpose=f"party-{kind}")


def is_key(text: str) -> bool:
    """Return whether `text` is a key of ours, so that nonsense in an address is simply not found."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
