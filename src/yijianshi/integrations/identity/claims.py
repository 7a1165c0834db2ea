"""From what a provider says of somebody, under names of its own, to who he is: every province names things otherwise."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from yijianshi.services.providers import Agent, Identified, IdentityRefused, ProviderKnown

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
_LONGEST = 200
_HIGHEST = 4


class ClaimsUnreadable(ValueError):
    """A setting that says how a provider names things cannot be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNames:
    """Under which names a provider says what; a dot leads into what is nested."""

    subject: str = "sub"
    name: str = "name"
    number: str = "id_number"
    phone: str = "phone_number"
    level: str = "acr"
    kind: str = ""  # where one claim says whether it is an enterprise; else the credit code does
    enterprise_name: str = "enterprise_name"
    credit_code: str = "credit_code"
    agent_name: str = "name"
    agent_number: str = "id_number"
    agent_since: str = "agent_eff_date"
    agent_until: str = "agent_exp_date"
    #: What `kind` says of an enterprise.
    enterprise_words: tuple[str, ...] = ("enterprise", "corporation", "legal", "2")
    #: The provider's words for the four levels; a word that is not here counts as `usual_level`.
    levels: Mapping[str, int] = field(default_factory=lambda: {str(n): n for n in range(1, _HIGHEST + 1)})
    usual_level: int = 1

    @classmethod
    def read(cls, *, names: str = "", levels: str = "", enterprise: str = "") -> "ClaimNames":
        """
        Return what the operator wrote: `number=idCard level=authLevel`, and `L1=1 L3=3`.

        :raises ClaimsUnreadable: if it cannot be understood.
        """
        known = {one.name for one in fields(cls)} - {"levels", "enterprise_words", "usual_level"}
        given: dict[str, Any] = {}
        for key, value in _pairs(names):
            if key not in known:
                raise ClaimsUnreadable(f"“{key}”不认识，可写的有：{'、'.join(sorted(known))}")
            given[key] = value
        if levels:
            read = dict(_pairs(levels))
            if any(value not in ("1", "2", "3", "4") for value in read.values()):
                raise ClaimsUnreadable("级别应写成 L2=2 L3=3 这样，等号后面是 1 到 4")
            given["usual_level"] = int(read.pop("*", "1"))
            given["levels"] = {word: int(value) for word, value in read.items()}
        if enterprise:
            given["enterprise_words"] = tuple(enterprise.split(","))
        return cls(**given)

    @property
    def highest(self) -> int:
        """The highest level that the provider has a word for."""
        return max([*self.levels.values(), self.usual_level])

    def word_for(self, level: int) -> str:
        """Return the provider's words for a level and everything above it, the lowest first."""
        words = sorted((value, word) for word, value in self.levels.items() if value >= level)
        return " ".join(word for _, word in words)


def identified(
    said: Mapping[str, Any], names: ClaimNames, *, provider: ProviderKnown, code: str
) -> Identified:
    """
    Return who it is by what the provider says.

    :param code: the provider's one-time code, by whose digest a second use is known.
    :raises IdentityRefused: if it says no subject, or dates that cannot be read.
    """
    text = {name: _text(said, getattr(names, name)) for name in _TEXTS}
    if not text["subject"]:
        raise IdentityRefused(
            f"“{provider.name}”没有说明登录的是谁，不能放行。请过一会儿再试，或换一种方式登录"
        )
    kind = text["kind"] in names.enterprise_words if names.kind else bool(text["credit_code"])
    level = names.levels.get(text["level"], names.usual_level)
    about = Identified(
        provider=provider.code,
        subject=text["subject"],
        name=text["name"],
        number=text["number"],
        phone=text["phone"],
        level=level,
        response=hashlib.sha256(f"{provider.code}\n{code}".encode()).hexdigest(),
    )
    if not kind:
        return about
    agent = Agent(
        text["agent_name"],
        text["agent_number"],
        _day(text["agent_since"], provider),
        _day(text["agent_until"], provider),
    )
    return Identified(
        provider=about.provider,
        subject=about.subject,
        kind="enterprise",
        name=text["enterprise_name"],
        number=text["credit_code"],
        agent=agent,
        phone=about.phone,
        level=level,
        response=about.response,
    )


_TEXTS = (
    "subject", "name", "number", "phone", "level", "kind", "enterprise_name", "credit_code", "agent_name",
    "agent_number", "agent_since", "agent_until",
)  # fmt: skip


def has(said: Mapping[str, Any], name: str) -> bool:
    """Return whether something is said under a name."""
    return bool(_text(said, name))


def _text(said: Mapping[str, Any], name: str) -> str:
    found: Any = said
    for step in name.split(".") if name else ():
        found = found.get(step) if isinstance(found, Mapping) else None
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    text = str(found).strip()
    return text if name and len(text) <= _LONGEST and text.isprintable() else ""


def _day(text: str, provider: ProviderKnown) -> date | None:
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else _unreadable(provider)
    except ValueError:
        return _unreadable(provider)


def _unreadable(provider: ProviderKnown) -> date:
    raise IdentityRefused(f"“{provider.name}”给的授权日期看不懂，不能放行。请联系该平台核对经办人的授权")


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = []
    for word in text.replace(",", " ").split():
        key, equals, value = word.partition("=")
        if not (key and equals and value):
            raise ClaimsUnreadable(f"“{word}”看不懂，应写成 名称=对方的名称")
        pairs.append((key, value))
    return pairs
