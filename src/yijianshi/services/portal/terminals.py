"""The machines in halls at which people help themselves (自助终端), and how long one waits before it forgets."""

from dataclasses import dataclass
from datetime import datetime

from yijianshi.domain.portals import is_code
from yijianshi.store.portal.models import TerminalRow

SHORTEST_WAIT, LONGEST_WAIT = 30, 600


class UnknownTerminal(Exception):
    """There is no such machine, or it was taken away."""

    def __init__(self) -> None:
        super().__init__("没有登记这台自助机")


class TerminalRefused(ValueError):
    """A machine cannot be registered as asked."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """One machine: where it stands, and after how many seconds without a touch it forgets who was there."""

    code: str
    name: str
    division: str
    idle_seconds: int


def terminals() -> tuple[Terminal, ...]:
    """Return the machines that stand in halls now."""
    rows = TerminalRow.objects.filter(closed_at=None).order_by("division", "code")
    return tuple(Terminal(*row) for row in rows.values_list("code", "name", "division", "idle_seconds"))


def terminal(code: str) -> Terminal:
    """Return one machine. :raises UnknownTerminal: if there is none of that code."""
    found = next((one for one in terminals() if one.code == code), None)
    if found is None:
        raise UnknownTerminal
    return found


def register_terminal(*, code: str, name: str, division: str, idle_seconds: int = 120) -> None:
    """
    Register a machine, or change what is known of it.

    :raises TerminalRefused: if its name or its time is not usable.
    """
    if not is_code(code) or not name.strip():
        raise TerminalRefused("自助机的编号用小写字母、数字和短横，最长 32 个；名称不能空")
    if not SHORTEST_WAIT <= idle_seconds <= LONGEST_WAIT:
        raise TerminalRefused(f"多久没人碰就清掉，应在 {SHORTEST_WAIT} 到 {LONGEST_WAIT} 秒之间")
    values = {"name": name[:100], "division": division, "idle_seconds": idle_seconds, "closed_at": None}
    TerminalRow.objects.update_or_create(code=code, defaults=values)


def close_terminal(*, code: str, at: datetime) -> bool:
    """Take a machine away; return whether there was one."""
    return bool(TerminalRow.objects.filter(pk=code, closed_at=None).update(closed_at=at))
