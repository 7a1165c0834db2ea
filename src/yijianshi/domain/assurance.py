"""
How surely it must be known who applies (身份核验级别): each item says what it demands, a sign-in says what it has shown.

Basis: 国办函〔2016〕108号 (unified identity); the details of the national levels are to be confirmed (待确认).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .catalogue import ServiceItem
from .definitions import Level

#: What is said of a sign-in of each level.
LEVEL_WORDS = {
    Level.REGISTERED: "只注册过，没有核对身份",
    Level.COMPARED: "核对过姓名和号码",
    Level.FACE: "刷脸或网证核验过本人",
    Level.CERTIFICATE: "数字证书或窗口当面核对过",
}
#: How somebody reaches a level.
LEVEL_WAYS = {
    Level.REGISTERED: "注册",
    Level.COMPARED: "核对姓名和号码",
    Level.FACE: "刷脸或网证",
    Level.CERTIFICATE: "数字证书",
}


@dataclass(frozen=True, slots=True)
class Demand:
    """What the chosen items demand beyond what was shown: the highest level, and which items demand more."""

    level: Level
    items: tuple[str, ...]


class LevelTooLow(Exception):
    """The chosen items demand to know more surely who applies; nothing is lost, the applicant shows it and goes on."""

    def __init__(self, demand: Demand) -> None:
        super().__init__(
            f"{'、'.join(demand.items)}关系重大，要先确认是您本人：请用“{LEVEL_WAYS[demand.level]}”再登录一次，或带身份证到窗口办"
        )
        self.demand = demand


def demand_of(items: Iterable[ServiceItem], *, level: int) -> Demand | None:
    """Return what the items demand beyond `level`, or None where it is enough."""
    beyond = [item for item in items if item.assurance > level]
    if not beyond:
        return None
    return Demand(max(item.assurance for item in beyond), tuple(item.plain_name for item in beyond))


def require_level(items: Iterable[ServiceItem], *, level: int) -> None:
    """
    Refuse where the items demand more than was shown.

    :raises LevelTooLow: saying which items, and which level.
    """
    if demand := demand_of(items, level=level):
        raise LevelTooLow(demand)
