"""What holds back a grant although everything else is in order (不能准予的原因): codes on a case, and their words."""

#: What may stand in `holds` of a case, and what it says to whoever wants to grant.
HELD_WORDS = {"fee": "费用还没有缴", "owed": "容缺的材料还没有补齐"}
OWED = "owed"


class DecisionHeldBack(Exception):
    """A grant must wait; the message says for what."""


def codes_in(holds: str) -> tuple[str, ...]:
    """Return the codes that stand in `holds`, as it is kept: with commas between them."""
    return tuple(filter(None, holds.split(",")))


def with_hold(holds: str, code: str) -> str:
    """Return `holds` with `code` in it."""
    return ",".join(dict.fromkeys((*codes_in(holds), code)))


def without_hold(holds: str, code: str) -> str:
    """Return `holds` without `code`."""
    return ",".join(one for one in codes_in(holds) if one != code)


def why_held(holds: str) -> str:
    """Return in words what holds back a grant; nothing where nothing does."""
    return "、".join(HELD_WORDS.get(code, code) for code in codes_in(holds))


def refuse_if_held(holds: str, *, number: str) -> None:
    """
    Refuse a grant that something holds back.

    :raises DecisionHeldBack: if `holds` is not empty.
    """
    if why := why_held(holds):
        raise DecisionHeldBack(f"办件 {number} 现在不能准予：{why}；办妥以后自动放行，不用重新审查")
