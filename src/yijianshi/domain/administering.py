"""
Three administrators who keep each other in check (三员分立): one sets up, one approves, one looks on.

Basis: GB/T 22239-2019 (等保三级), 8.1.5 (系统管理、审计管理、安全管理) and 8.1.10.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from .rights import Role

#: In place of a department: administrators belong to none of the catalogue, and decide no case.
OFFICE = "administration"
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
#: Posts whose rights reach beyond one unit: whoever proposes one does not give it.
APPROVED_BY_ANOTHER = frozenset({*ADMINISTRATORS, Role.STEWARD, Role.SUPERVISOR})
ROLE_WORDS = {
    Role.WINDOW: "综合窗口", Role.COORDINATOR: "牵头协调", Role.REVIEWER: "审查、决定", Role.SUPERVISOR: "督查",
    Role.STEWARD: "目录管理", Role.SYSTEM_ADMIN: "系统管理员", Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员", Role.HELPER: "帮办代办", Role.PROJECT_STEWARD: "项目管家",
    Role.HALL_MANAGER: "大厅值班长",
}  # fmt: skip


class Deed(StrEnum):
    """One act of administration; each leaves a line that nobody can change."""

    CREATE_ACCOUNT = "create_account"
    NEW_LINK = "new_link"
    GIVE_POST = "give_post"
    END_POST = "end_post"
    CLOSE_ACCOUNT = "close_account"
    HAND_OVER = "hand_over"
    SET_DESK = "set_desk"
    PROPOSE_POST = "propose_post"
    PROPOSE_END = "propose_end"
    APPROVE = "approve"
    REJECT = "reject"
    RESET_FACTORS = "reset_factors"
    REVOKE_CLIENT = "revoke_client"
    EXPORT_READS = "export_reads"
    EXPORT_DEEDS = "export_deeds"
    CLEAR_READS = "clear_reads"


DEED_WORDS = {
    Deed.CREATE_ACCOUNT: "建立账号", Deed.NEW_LINK: "重发一次性链接", Deed.GIVE_POST: "任职", Deed.END_POST: "免去岗位",
    Deed.CLOSE_ACCOUNT: "停用账号", Deed.HAND_OVER: "移交岗位", Deed.SET_DESK: "改联系窗口", Deed.PROPOSE_POST: "报请任职",
    Deed.PROPOSE_END: "报请免去", Deed.APPROVE: "同意", Deed.REJECT: "不同意", Deed.RESET_FACTORS: "清除第二道验证",
    Deed.REVOKE_CLIENT: "停用接入系统", Deed.EXPORT_READS: "导出查看记录", Deed.EXPORT_DEEDS: "导出管理记录",
    Deed.CLEAR_READS: "清理查看记录",
}  # fmt: skip


class AdministrationRefused(Exception):
    """An act of administration is not possible as asked; the message says why and what would do."""


class NotToBeCombined(AdministrationRefused):
    """One person would hold posts that must be apart."""


def refuse_together(roles: Collection[Role]) -> None:
    """
    Keep the posts of one account apart: an administrator holds no other post, neither another administrator's nor any.

    :raises NotToBeCombined: if the roles may not be one person's.
    """
    kinds = {Role(role) for role in roles}
    held = [role for role in ADMINISTRATORS if role in kinds]
    if len(held) > 1:
        words = "、".join(ROLE_WORDS[role] for role in held)
        raise NotToBeCombined(f"{words}不能由一人兼任（三员分立）。请另找一个人，或者先免去原来的岗位")
    if held and len(kinds) > 1:
        others = "、".join(ROLE_WORDS[role] for role in ROLE_WORDS if role in kinds and role not in held)
        raise NotToBeCombined(
            f"{ROLE_WORDS[held[0]]}不能再兼{others}：管人管账号的，不经手办件。请另找一个人"
        )


def refuse_oneself(*, by: str, about: str) -> None:
    """Refuse whoever would change his own rights. :raises AdministrationRefused: if he is meant himself."""
    if by == about:
        raise AdministrationRefused("不能给自己任职、免职或批准自己的岗位。请另一位管理员来办")


def refuse_dates(since: date, until: date | None, *, on: date) -> None:
    """Refuse a post that would be over before it begins. :raises AdministrationRefused: with what would do."""
    if until is not None and (until < since or until < on):
        raise AdministrationRefused("到期的日子早于开始的日子，或者已经过去。请改晚一些，或者留空")
