"""
The demo's further staff: whatever department decides an item or leads a one-thing, somebody is at its desk.

They follow from the catalogue, so that a one-thing added tomorrow can be tried to its end as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.codes import DivisionCode

#: Where the demo is at home.
HOME = DivisionCode("320106")

_SURNAMES = "严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅"
_GIVEN = ("之远", "以宁", "书航", "雨桐", "思源", "静怡", "子涵")


@dataclass(frozen=True, slots=True)
class Staff:
    """One official of the demo: login, name, and posts as role and department."""

    login: str
    name: str
    posts: tuple[tuple[str, str], ...]
    says: str
    phone: str
    at: DivisionCode = HOME


def staff_of_other_departments(catalogue: Catalogue, *, cast: Iterable[Staff]) -> tuple[Staff, ...]:
    """Return one official per department whose reviewing or coordinating nobody of the cast does."""
    covered = {post for staff in cast if staff.at == HOME for post in staff.posts}
    wanted = {("reviewer", item.department) for bundle in catalogue.bundles.values() for item in bundle.items}
    wanted |= {("coordinator", bundle.lead_department) for bundle in catalogue.bundles.values()}
    wanted |= {("reviewer", assignment.to) for assignment in catalogue.assignments}
    missing = wanted - covered
    found = []
    for n, code in enumerate(code for code in catalogue.departments if any(d == code for _, d in missing)):
        posts = tuple(post for post in (("coordinator", code), ("reviewer", code)) if post in missing)
        name = _SURNAMES[n % len(_SURNAMES)] + _GIVEN[n % len(_GIVEN)]
        duties = "、".join("牵头协调" if role == "coordinator" else "办理" for role, _ in posts)
        says = f"{catalogue.departments[code].short_name}，{duties}"
        found.append(Staff(code, name, posts, says, f"025-0000-{1101 + n}"))
    return tuple(found)
