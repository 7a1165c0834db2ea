"""
Several sign one application (共同申请): who must confirm, what exactly he confirms, and whose hand counts.

Basis: Civil Code, art. 168 (nobody acts in another's name with himself, nor for both sides); Electronic Signature
Law, art. 13 (what was signed can be seen to be unchanged). Who must sign is said by each bundle, with its own basis.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .codes import ElementCode
from .conditions import evaluate
from .drafts import Form, FormField, Trouble, Value
from .plans import Plan

#: How a clerk checks who stands before him, and how else somebody may have confirmed.
AT_WINDOW = {"id-card": "读身份证", "document": "看证件原件", "face": "人脸比对"}
SIGNED_IN = "account"
WAYS = {SIGNED_IN: "本人登录后确认", **AT_WINDOW}
_LONGEST_WAY = 60


@dataclass(frozen=True, slots=True)
class Signer:
    """One person who must confirm: in which role, and by which name and number the form knows him (共同申请人)."""

    role: str
    role_name: str
    name: str
    number: str
    element: ElementCode  # the field of his number
    stem: str  # with what the codes of his own fields begin
    sees: tuple[ElementCode, ...] = ()

    @property
    def words(self) -> str:
        """Return 父亲张伟."""
        return f"{self.role_name}{self.name}"


@dataclass(frozen=True, slots=True)
class Stated:
    """What another portal says: that this person confirmed there, when and in what way (接入系统取得的确认)."""

    role: str
    number: str
    at: datetime
    way: str


class ConfirmationsMissing(Exception):
    """The application cannot be filed before everybody named has confirmed; `troubles` says who is missing."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__("还不能提交：" + "；".join(trouble.message for trouble in troubles))
        self.troubles = tuple(troubles)


class ConfirmationNotPossible(Exception):
    """There is nothing to confirm or to decline here any more; the message says why and what would do."""


def signers_of(plan: Plan, values: Mapping[ElementCode, Value]) -> tuple[Signer, ...]:
    """
    Return everybody who signs in this situation, the applicant among them if he holds a role.

    A role whose number is not in the form is nobody's: a child with one parent named has one to confirm.
    """
    found = []
    asked = {merged.element for merged in plan.fields} | {f.element for f in plan.edition.common_fields}
    for one in plan.edition.bundle.co_applicants:
        if one.applies_if is not None and evaluate(one.applies_if, plan.circumstances) is False:
            continue
        number = values.get(one.number_element)
        if one.number_element not in asked or number is None or not plain(number.value):
            continue
        name = values.get(one.name_element)
        found.append(
            Signer(
                one.code, one.name, str(name.value) if name else "", plain(number.value), one.number_element,
                one.name_element.removesuffix("name"), one.sees,
            )
        )  # fmt: skip
    return tuple(found)


def others_of(signers: Iterable[Signer], *, applicant: str) -> tuple[Signer, ...]:
    """Return who must confirm besides the applicant: his own filing is his confirmation."""
    return tuple(signer for signer in signers if signer.number != plain(applicant))


def same_hands(signers: Sequence[Signer]) -> tuple[Trouble, ...]:
    """Return a trouble for every two roles that the form gives to one person."""
    return tuple(
        Trouble(second.element, f"{first.role_name}和{second.role_name}写的是同一个号码，请核对")
        for n, second in enumerate(signers)
        for first in signers[:n]
        if first.number == second.number
    )


def missing(others: Iterable[Signer], confirmed: Collection[str]) -> tuple[Trouble, ...]:
    """Return a trouble for everybody who has not confirmed."""
    return tuple(
        Trouble(f"confirmation:{one.role}", f"还要{one.words}本人确认")
        for one in others
        if one.role not in confirmed
    )


def check_stated(
    others: Sequence[Signer], stated: Sequence[Stated], *, at: datetime
) -> tuple[tuple[Signer, Stated], ...]:
    """
    Return whose confirmation another portal obtained, each with what it says of it.

    :raises ConfirmationsMissing: naming who is missing, whose number is another's, and what was said amiss.
    """
    known = {one.role: one for one in others}
    said = {one.role: one for one in stated}
    troubles = []
    for role, one in said.items():
        key = f"confirmation:{role}"
        if role not in known:
            troubles.append(Trouble(key, f"这次不要“{role}”确认，请去掉"))
        elif plain(one.number) != known[role].number:
            troubles.append(Trouble(key, f"{known[role].role_name}：确认人的号码和表上的不一致"))
        elif one.at > at:
            troubles.append(Trouble(key, f"{known[role].role_name}：确认的时间还没有到"))
        elif not 0 < len(one.way.strip()) <= _LONGEST_WAY:
            troubles.append(
                Trouble(key, f"{known[role].role_name}：请写明确认的方式，不超过 {_LONGEST_WAY} 个字")
            )
    troubles += missing(others, said)
    if troubles:
        raise ConfirmationsMissing(troubles)
    return tuple((known[role], one) for role, one in said.items())


def frozen_digest(
    content: str,
    *,
    division: str,
    items: Iterable[str],
    commitments: Iterable[str],
    owed: Mapping[str, date | str],
) -> str:
    """Return the SHA-256 of what everybody confirms: the digest of answers and documents, the choice, the promises."""
    whole = {
        "content": content,
        "division": division,
        "items": sorted(items),
        "commitments": sorted(commitments),
        "owed": {code: str(day) for code, day in sorted(owed.items())},
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def shown_to(
    signer: Signer, signers: Iterable[Signer], plan: Plan, form: Form
) -> tuple[tuple[FormField, ...], int]:
    """
    Return the answers that a co-applicant sees before he confirms, and how many are kept from him.

    His own, and what is common: asked by an item that names him as well. Of the others only the names. What is
    sensitive is shown to nobody but its owner, and to those whose matter the bundle says it is too.
    """
    others = {one.stem for one in signers if one.role != signer.role} | {"applicant-"}
    others.discard(signer.stem)
    naming = {item.code for item in plan.items if any(f.element == signer.element for f in item.fields)}
    shown, hidden = [], 0
    for entry in form.fields:
        if entry.value is None or entry.value.value in (None, "", [], ()):
            continue
        own = entry.element.startswith(signer.stem) or entry.element in signer.sees
        is_name = entry.element in {f"{stem}name" for stem in others}
        anothers = any(entry.element.startswith(stem) for stem in others)
        common = bool(naming & {*entry.asked_by}) and not entry.common and not anothers
        if own or is_name or (common and not plan.edition.elements[entry.element].sensitive):
            shown.append(entry)
        else:
            hidden += 1
    return tuple(shown), hidden


def plain(number: object) -> str:
    """Return a number as it is compared: without spaces, in capitals."""
    return "".join(str(number or "").split()).upper()
