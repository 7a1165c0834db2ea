"""
What holds back a decision (待结事项): a grant waits until the fee is paid and what is owed is handed in.

The codes stand on the case itself, so that nobody asks another table before deciding.

Basis: Administrative License Law, art. 38(1) (who meets the conditions is granted); 59 (fees by the published standard).
"""

from types import MappingProxyType

FEE, OWED = "fee", "owed"

#: Why a case cannot be granted yet, and what would do.
WORDS = MappingProxyType({
    FEE: "通知缴的费还没有缴；缴了就能办结，不该收的请重新通知缴费、改成免收",
    OWED: "容缺承诺要补的材料还没有补交；补齐了就能办结",
})  # fmt: skip


class DecisionHeld(Exception):
    """The case cannot be granted yet: something that it waits for is not there."""

    def __init__(self, *, number: str, holds: tuple[str, ...]) -> None:
        why = "。".join(WORDS.get(code, code) for code in holds)
        super().__init__(f"办件 {number} 现在不能办结：{why}")
        self.number, self.holds = number, holds


def held_by(holds: str) -> tuple[str, ...]:
    """
    Return the codes of what holds a case back, in one order.

    >>> held_by("owed,fee"), held_by("")
    (('fee', 'owed'), ())
    """
    return tuple(sorted({code for code in holds.split(",") if code}))


def with_hold(holds: str, code: str) -> str:
    """
    Return the codes with one more.

    >>> with_hold("owed", "fee"), with_hold("fee", "fee")
    ('fee,owed', 'fee')
    """
    return ",".join(sorted({*held_by(holds), code}))


def without_hold(holds: str, code: str) -> str:
    """
    Return the codes without one.

    >>> without_hold("fee,owed", "fee"), without_hold("", "fee")
    ('owed', '')
    """
    return ",".join(one for one in held_by(holds) if one != code)


def why_held(holds: str) -> str:
    """Return in words what holds a case back, and what would do; nothing where nothing does."""
    return "。".join(WORDS.get(code, code) for code in held_by(holds))


def refuse_while_held(holds: str, *, number: str) -> None:
    """
    Refuse to grant a case that is held back.

    :raises DecisionHeld: if anything holds it; the message says what, and what would do.
    """
    if codes := held_by(holds):
        raise DecisionHeld(number=number, holds=codes)
