"""`yijianshi token create|revoke`: let another system speak to the API."""

import argparse
import sys
from typing import Any
from uuid import UUID

from yijianshi.domain.rights import Act, Role
from yijianshi.services.outside import outside
from yijianshi.services.people.clients import ClientRefused, create_client, revoke_client


def register(subparsers: Any) -> None:
    """Add the command to the menu."""
    parser = subparsers.add_parser("token", help="接入系统的令牌")
    actions = parser.add_subparsers(title="操作", required=True, metavar="操作")
    create = actions.add_parser("create", help="登记一个接入系统，给出令牌")
    create.add_argument("name", metavar="系统名称")
    create.add_argument(
        "--post",
        action="append",
        default=[],
        metavar="岗位:部门@区划",
        help="例如 reviewer:market-regulation@320106；可以多次",
    )
    create.add_argument("--scope", action="append", choices=[str(act) for act in Act], required=True)
    create.add_argument("--days", type=int, default=90, help="有效天数，默认 90")
    create.set_defaults(run=_create)
    revoke = actions.add_parser("revoke", help="停用一个接入系统的全部令牌")
    revoke.add_argument("client", metavar="系统编号", type=UUID)
    revoke.set_defaults(run=_revoke)


def _create(arguments: argparse.Namespace) -> int:
    try:
        posts = [_post(text) for text in arguments.post]
        token = create_client(
            name=arguments.name,
            posts=posts,
            scopes=[Act(scope) for scope in arguments.scope],
            days=arguments.days,
            at=outside().clock.now(),
        )
    except (ClientRefused, ValueError) as reason:
        print(f"没有登记：{reason}", file=sys.stderr)
        return 1
    print("令牌只显示这一次，请交给对方妥善保存：\n", file=sys.stderr)
    print(token)
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    if revoke_client(arguments.client, at=outside().clock.now()):
        print("已停用；各进程半分钟内生效。")
        return 0
    print("没有这个系统，或者已经停用。", file=sys.stderr)
    return 1


def _post(text: str) -> tuple[Role, str]:
    role, _, unit = text.partition(":")
    if not unit or "@" not in unit:
        raise ValueError(f"岗位写成 岗位:部门@区划，例如 reviewer:market-regulation@320106；您写的是“{text}”")
    return Role(role), unit
