"""
One licence for a whole trade (行业综合许可证): which licences it gathers, when it is due, and how it stands today.

It lists its parts and replaces none: each stays the decision of its own department, is suspended, revoked or expires by
itself, and the composite follows.

Basis: 苏政办发〔2022〕87号, 三(一) (“一业一证”); Administrative License Law, arts. 39, 69, 70.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .codes import ItemCode, LicenceCode
from .definitions import Basis, Certainty

#: One licence alone is no composite of several.
FEWEST_PARTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeLicence:
    """Which licences of a trade are issued as one (一业一证), and which of them the trade cannot do without."""

    licence: LicenceCode
    name: str
    items: tuple[ItemCode, ...]  # whose licences it gathers, in the order in which it lists them
    necessary: tuple[ItemCode, ...]  # of these: without any one that applies it is not issued, and falls
    basis: Basis | None = None
    certainty: Certainty = Certainty.MEDIUM
    note: str = ""


class PartState(StrEnum):
    """How one part stands today."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    EXPIRED = "expired"


class CompositeState(StrEnum):
    """How the composite stands today; never stored, always read from its parts."""

    VALID = "valid"
    PARTIAL = "partial"  # 部分失效: a part has fallen that the trade can do without
    INVALID = "invalid"  # 失效: a necessary part has fallen
    SUPERSEDED = "superseded"  # a newer version was issued


@dataclass(frozen=True, slots=True)
class PartStanding:
    """Whether a part is necessary, and how it stands."""

    necessary: bool
    state: PartState


def part_state(kept: str, *, valid_until: date | None, on: date) -> PartState:
    """Return how a licence stands on a day: as its department left it, unless its term is over."""
    state = PartState(kept)
    expired = state is PartState.VALID and valid_until is not None and valid_until < on
    return PartState.EXPIRED if expired else state


def standing(parts: Iterable[PartStanding], *, superseded: bool) -> CompositeState:
    """Return how a composite stands whose parts stand so."""
    if superseded:
        return CompositeState.SUPERSEDED
    fallen = [part for part in parts if part.state is not PartState.VALID]
    if any(part.necessary for part in fallen):
        return CompositeState.INVALID
    return CompositeState.PARTIAL if fallen else CompositeState.VALID


def is_due(
    declared: CompositeLicence,
    *,
    needed: Collection[ItemCode],
    granted: Collection[ItemCode],
    still_open: Collection[ItemCode],
) -> bool:
    """
    Return whether the composite may be issued: every needed part granted, at least two parts, none still under way.

    :param needed: which of the necessary parts apply in this situation.
    :param granted: the items whose licences are in force.
    :param still_open: the items of the submission that are not decided.
    """
    gathered = set(declared.items)
    if gathered & set(still_open) or not set(needed) <= set(granted):
        return False
    return len(gathered & set(granted)) >= FEWEST_PARTS
