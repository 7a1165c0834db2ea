"""Who else holds a reviewer's post in a unit today (同事), to hand a case over to."""

from dataclasses import dataclass
from datetime import datetime

from ..handling.hand import colleagues
from .case_history import names_of


@dataclass(frozen=True, slots=True)
class Colleague:
    """One officer of a unit."""

    account: str
    name: str


def read_colleagues(unit: str, *, but: str, at: datetime) -> tuple[Colleague, ...]:
    """Return the reviewers of a unit, without the account `but`, by name."""
    names = names_of(colleagues(unit, at=at))
    found = (Colleague(str(key), name) for key, name in names.items() if str(key) != but)
    return tuple(sorted(found, key=lambda one: one.name))
