"""How posts and accounts are said on administrators' pages."""

from yijianshi.domain.administering import ADMINISTRATORS, ROLE_WORDS
from yijianshi.domain.rights import Role
from yijianshi.services.administering.looking import PostSeen, StaffSeen
from yijianshi.services.reading.units import name_of_division, name_of_unit
from yijianshi.web import parts as p


def role_words(role: Role, unit: str) -> str:
    """Return a post in words: where, and what."""
    if role in ADMINISTRATORS:
        return f"{name_of_division(unit.partition('@')[2])} · {ROLE_WORDS[role]}"
    return f"{name_of_unit(unit)} · {ROLE_WORDS[role]}"


def post_words(post: PostSeen) -> str:
    """Return a post of somebody in words."""
    return role_words(post.role, post.unit)


def staff_tag(staff: StaffSeen) -> p.Tag:
    """Return how an account stands."""
    if not staff.is_active:
        return p.Tag(state="no", word="已停用")
    if staff.is_waiting:
        return p.Tag(state="todo", word="等本人设密码")
    return p.Tag(state="run", word="在用")
