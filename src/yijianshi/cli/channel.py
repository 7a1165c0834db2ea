"""`yijianshi channel portal|kiosk`: register an existing portal, or a machine in a hall, or take one off."""

import argparse
import sys
from typing import Any

from yijianshi.domain.portals import Vouched
from yijianshi.services.outside import outside
from yijianshi.services.portal.portals import PortalRefused, close_portal, register_portal
from yijianshi.services.portal.terminals import TerminalRefused, close_terminal, register_terminal


def register(subparsers: Any) -> None:
    """Add the command to the menu."""
    parser = subparsers.add_parser("channel", help="接入门户、自助终端")
    kinds = parser.add_subparsers(title="哪一种", required=True, metavar="哪一种")
    portal = kinds.add_parser("portal", help="登记一个门户或小程序，给出密钥")
    portal.add_argument("code", metavar="编号")
    portal.add_argument("--name", default="", metavar="名称")
    portal.add_argument("--origin", default="", metavar="网站地址")
    portal.add_argument("--receiver", default="", metavar="接收地址")
    portal.add_argument("--level", type=Vouched, choices=tuple(Vouched), default=Vouched.MIDDLE)
    portal.add_argument("--close", action="store_true", help="停用")
    portal.set_defaults(run=_portal)
    kiosk = kinds.add_parser("kiosk", help="登记一台自助终端")
    kiosk.add_argument("code", metavar="编号")
    kiosk.add_argument("--name", default="", metavar="名称")
    kiosk.add_argument("--division", default="", metavar="区划")
    kiosk.add_argument("--seconds", type=int, default=120, help="多少秒没人碰就清掉，默认 120")
    kiosk.add_argument("--close", action="store_true", help="停用")
    kiosk.set_defaults(run=_kiosk)


def _portal(arguments: argparse.Namespace) -> int:
    at = outside().clock.now()
    if arguments.close:
        return _closed(close_portal(code=arguments.code, at=at))
    try:
        secret = register_portal(
            code=arguments.code,
            name=arguments.name,
            origin=arguments.origin,
            receiver=arguments.receiver,
            highest=arguments.level,
            at=at,
        )
    except PortalRefused as reason:
        print(f"没有登记：{reason}", file=sys.stderr)
        return 1
    print("密钥只显示这一次，请交给门户妥善保存：\n", file=sys.stderr)
    print(secret)
    return 0


def _kiosk(arguments: argparse.Namespace) -> int:
    if arguments.close:
        return _closed(close_terminal(code=arguments.code, at=outside().clock.now()))
    try:
        register_terminal(
            code=arguments.code,
            name=arguments.name,
            division=arguments.division,
            idle_seconds=arguments.seconds,
        )
    except TerminalRefused as reason:
        print(f"没有登记：{reason}", file=sys.stderr)
        return 1
    print(f"登记好了。请在那台机器上打开 {outside().address}/kiosk/{arguments.code}")
    return 0


def _closed(was_there: bool) -> int:
    print("已停用" if was_there else "没有这一个，或者已经停用", file=sys.stdout if was_there else sys.stderr)
    return 0 if was_there else 1
