"""`yijianshi catalogue withdraw|editions|diff`: take a one-thing down, list what is published, tell two states apart."""

import argparse
import getpass
import json
import sys
from datetime import date
from typing import Any

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.editions import UnknownBundle, UnknownDivision
from yijianshi.domain.workdays import legal_day
from yijianshi.services.catalogue import CatalogueUnreadable

DONE, REFUSED, NOT_UNDERSTOOD = 0, 1, 2


def register(commands: Any) -> None:
    """Add the commands to those of `catalogue`."""
    withdrawing = commands.add_parser("withdraw", help="撤下一件事；办理中的不受影响")
    withdrawing.add_argument("bundle", metavar="BUNDLE", help="一件事编码，如 open-restaurant")
    withdrawing.add_argument("--division", metavar="CODE", required=True, help="行政区划代码，如 320106")
    withdrawing.add_argument("--why", metavar="TEXT", required=True, help="为什么撤下，记入发布记录")
    withdrawing.set_defaults(run=_withdraw)
    listing = commands.add_parser("editions", help="列出发布过的版本")
    listing.add_argument("--division", metavar="CODE", help="只列这个地区自己发布的")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=_editions)
    differing = commands.add_parser("diff", help="两份目录或两个版本有什么不同")
    for side in ("before", "after"):
        differing.add_argument(
            side, metavar=side.upper(), help="文件夹，或如 open-restaurant@320106，或版本号前 8 位"
        )
    differing.add_argument(
        "--division", metavar="CODE", default="320000", help="文件夹按哪个地区算；不写按全省"
    )
    differing.add_argument("--json", action="store_true", help="输出 JSON")
    differing.set_defaults(run=_diff)


def operator() -> str:
    """Return who works at this terminal, as the log of publications names him."""
    try:
        return f"operator:{getpass.getuser()}"[:64]
    except (KeyError, OSError):  # a container may run under a number that has no name
        return "operator"


def _withdraw(args: argparse.Namespace) -> int:
    from yijianshi.services.catalogue.releasing import withdraw
    from yijianshi.services.outside import outside

    try:
        withdraw(
            bundle=BundleCode(args.bundle), division=DivisionCode(args.division), at=outside().clock.now(),
            by=operator(), why=args.why,
        )  # fmt: skip
    except UnknownBundle as refusal:
        print(f"没有撤下：{refusal}", file=sys.stderr)
        return REFUSED
    print(f"已撤下 {args.bundle}（{args.division}）。办理中的按原版本办完；要恢复，请重新发布")
    return DONE


def _editions(args: argparse.Namespace) -> int:
    from yijianshi.services.editions.listing import published_editions

    rows = published_editions(division=args.division or "")
    if args.json:
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=2))
        return DONE
    for row in rows:
        state = "已撤下" if row.withdrawn else "在用" if row.holds else "已被替代"
        print(f"{row.name}  {row.title}  {row.valid_from} 起  {state}")
    if not rows:
        print("还没有发布过")
    return DONE


def _diff(args: argparse.Namespace) -> int:
    from yijianshi.services.editions.comparing import NothingToCompare, as_json, compare, editions_named
    from yijianshi.services.outside import outside

    on: date = legal_day(outside().clock.now())
    try:
        before, after = (
            editions_named(side, division=DivisionCode(args.division), on=on)
            for side in (args.before, args.after)
        )
    except CatalogueUnreadable as error:
        print(error, file=sys.stderr)
        return REFUSED
    except (NothingToCompare, UnknownDivision) as error:
        print(error, file=sys.stderr)
        return NOT_UNDERSTOOD
    compared = compare(before, after)
    if args.json:
        print(json.dumps(as_json(compared), ensure_ascii=False, indent=2))
        return DONE
    for one in compared:
        print(f"{one.title}（{one.code}）")
        for line in one.lines():
            print(f"  {line}")
    if not compared:
        print("没有不同")
    return DONE
