"""`yijianshi admin`: let an administrator in by a one-time link, link officers to the office app, clear the log of reads."""

import argparse
import sys
from zoneinfo import ZoneInfo

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.guards import ReadsKeptTooShortly
from yijianshi.domain.rights import Role
from yijianshi.services.administering.clear_reads import clear_reads
from yijianshi.services.outside import outside
from yijianshi.services.people.invite_administrator import (
    ADMINISTRATORS,
    InvitationRefused,
    Invited,
    invite_administrator,
    invite_again,
)
from yijianshi.services.people.link_officer import LinkRefused, link_officer

_ROLES = {
    "system": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "audit": Role.AUDIT_ADMIN,
}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the menu."""
    assert tuple(_ROLES.values()) == ADMINISTRATORS
    parser = subparsers.add_parser("admin", help="管理员账号", description="管理员账号")
    actions = parser.add_subparsers(title="操作", required=True, metavar="操作")
    create = actions.add_parser("create", help="建立管理员，给出一次性链接")
    create.add_argument("login", metavar="登录名")
    create.add_argument(
        "--role",
        choices=_ROLES,
        default="system",
        help="岗位：system 系统（默认）、security 安全、audit 审计",
    )
    create.add_argument("--division", metavar="区划代码", required=True, help="六位行政区划代码，例如 320106")
    create.set_defaults(run=_create)
    link = actions.add_parser("link", help="把一个岗位账号关联到办公平台的用户，以后可以从那里登录")
    link.add_argument("login", metavar="登录名")
    link.add_argument("--provider", metavar="编码", required=True, help="YIJIANSHI_IDENTITY 里的编码")
    link.add_argument("--subject", metavar="标识", required=True, help="这个人在办公平台里的用户标识")
    link.set_defaults(run=_link)
    again = actions.add_parser("invite-again", help="忘了口令的，重发一次性链接")
    again.add_argument("login", metavar="登录名")
    again.set_defaults(run=_invite_again)
    clear = actions.add_parser("clear-reads", help="清理早于若干天的查看记录；不到六个月的拒绝清理")
    clear.add_argument("--days", type=int, metavar="天", help="留多少天；不写就按 YIJIANSHI_READ_DAYS")
    clear.set_defaults(run=_clear_reads)


def _create(arguments: argparse.Namespace) -> int:
    try:
        invited = invite_administrator(
            login=arguments.login,
            role=_ROLES[arguments.role],
            division=DivisionCode(arguments.division),
            at=outside().clock.now(),
        )
    except InvitationRefused as reason:
        print(f"没有建立管理员：{reason}", file=sys.stderr)
        return 1
    print(f"已建立管理员「{arguments.login}」。")
    return _shown(invited)


def _invite_again(arguments: argparse.Namespace) -> int:
    try:
        invited = invite_again(login=arguments.login, at=outside().clock.now())
    except InvitationRefused as reason:
        print(f"没有发链接：{reason}", file=sys.stderr)
        return 1
    return _shown(invited)


def _clear_reads(arguments: argparse.Namespace) -> int:
    try:
        gone, before = clear_reads(days=arguments.days, at=outside().clock.now())
    except ReadsKeptTooShortly as reason:
        print(f"没有清理：{reason}。", file=sys.stderr)
        return 1
    print(f"已清理 {gone} 条 {before:%Y-%m-%d} 以前的查看记录。")
    return 0


def _shown(invited: Invited) -> int:
    until = invited.expires_at.astimezone(ZoneInfo("Asia/Shanghai"))
    print("请把下面的链接当面交给本人，由本人设置口令：\n")
    print(f"  {invited.link}\n")
    print(f"链接只能用一次，{until:%Y年%m月%d日 %H:%M} 前有效；再次运行本命令会使它失效。")
    return 0


def _link(arguments: argparse.Namespace) -> int:
    try:
        link_officer(
            login=arguments.login,
            provider=arguments.provider,
            subject=arguments.subject,
            by="yijianshi admin link",
            at=outside().clock.now(),
        )
    except LinkRefused as reason:
        print(f"没有关联：{reason}。", file=sys.stderr)
        return 1
    print(f"已关联。「{arguments.login}」以后可以从办公平台登录。")
    return 0
