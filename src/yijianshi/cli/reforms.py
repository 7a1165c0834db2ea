"""
`yijianshi catalogue reform|demand|uses|labour|unfounded|what-if`: what a reform is written from, out of catalogue files.

No database is needed; only `--pdf` needs the printer.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from yijianshi.domain.changes import ChangeKind, ChangeNotPossible
from yijianshi.domain.choices import widest_choice
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.editions import Edition, compile_edition
from yijianshi.domain.plans import Situation, make_plan
from yijianshi.domain.workdays import legal_day
from yijianshi.services.catalogue import read_catalogue, shipped_folder
from yijianshi.services.catalogue.figures import whole
from yijianshi.services.catalogue.situations import read_situation
from yijianshi.services.outside import printer
from yijianshi.services.ports import GlyphsMissing
from yijianshi.services.reforms.as_json import plan_as_json, tried_as_json
from yijianshi.services.reforms.demand import demand_list
from yijianshi.services.reforms.labour import labour_list
from yijianshi.services.reforms.lists import Listing
from yijianshi.services.reforms.papers import list_pdf, plan_pdf
from yijianshi.services.reforms.plan import ReformPlan, write_plan
from yijianshi.services.reforms.sheets import workbook
from yijianshi.services.reforms.unfounded import unfounded_list
from yijianshi.services.reforms.uses import uses_list
from yijianshi.services.reforms.what_if import PROMISE, Tried, in_words, read_changes, what_if

from .plan import REFUSALS

DONE, REFUSED, NOT_READ = 0, 1, 2
#: Files have no day from which they hold; a fixed one keeps the edition's digest the same from day to day.
_ANY_DAY = date(2022, 1, 1)

LISTS: dict[str, Callable[[Sequence[Edition]], Listing]] = {
    "demand": demand_list,
    "uses": uses_list,
    "labour": labour_list,
    "unfounded": lambda editions: unfounded_list(editions, on=_today()),
}


def register(commands: Any) -> None:
    """Add the commands to those of `catalogue`."""
    reform = commands.add_parser("reform", help="一件事的实施方案：改革前后、表单、材料、时限、分工")
    reform.add_argument("bundle", metavar="BUNDLE", help="一件事编码，如 open-restaurant")
    _with_situation(reform)
    _with_outputs(reform, pdf=True)
    reform.set_defaults(run=_reform)
    for listing in (
        commands.add_parser("demand", help="数据共享需求清单，一件或全部"),
        commands.add_parser("uses", help="电子证照社会化应用场景清单，一件或全部"),
        commands.add_parser("labour", help="任务分工，一件或全部"),
        commands.add_parser("unfounded", help="没有依据或依据不确切的清单，一件或全部"),
    ):
        listing.add_argument("bundle", metavar="BUNDLE", nargs="?", help="一件事编码；不写列全部")
        _with_outputs(listing, pdf=True)
        listing.add_argument("--xlsx", metavar="OUT", type=Path, help="写成电子表格")
        listing.set_defaults(run=_list)
    trying = commands.add_parser("what-if", help="试算：改一处，四减会怎样；什么都不写就给出最见效的改动")
    trying.add_argument("bundle", metavar="BUNDLE", help="一件事编码，如 open-restaurant")
    _with_situation(trying)
    for kind, of, says in (
        (ChangeKind.UNTIE, "ITEM:PRIOR", "取消一个前置"),
        (ChangeKind.COMMIT, "ITEM", "采用告知承诺"),
        (ChangeKind.SHARE, "MATERIAL", "材料改为共享调取"),
        (ChangeKind.OMIT, "MATERIAL", "不再要一份材料"),
        (ChangeKind.PREFILL, "ELEMENT", "字段改为共享取得"),
        (ChangeKind.PROMISE, "ITEM=DAYS", "改承诺时限"),
    ):
        trying.add_argument(
            f"--{kind.value}", metavar=of, action="append", default=[], help=f"{says}；可以多次"
        )
    _with_outputs(trying, pdf=False)
    trying.set_defaults(run=_what_if)


def _with_situation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--situation", metavar="FILE|-", help="情形文件，同 yijianshi plan；不写按能一起办的全部事项"
    )


def _with_outputs(parser: argparse.ArgumentParser, *, pdf: bool) -> None:
    parser.add_argument("--catalogue", metavar="DIR", type=Path, help="目录文件夹；不写用随平台的目录")
    parser.add_argument("--division", metavar="CODE", help="行政区划代码，如 320100；不写按全省")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    if pdf:
        parser.add_argument("--pdf", metavar="OUT", type=Path, help="写成 PDF")


def _reform(args: argparse.Namespace) -> int:
    try:
        edition = _editions(args)[0]
        plan = write_plan(edition, situation=_situation(args, edition))
    except REFUSALS as refusal:
        return _not_read(refusal)
    if args.pdf and not _written(args.pdf, lambda: plan_pdf(plan, on=_today(), documents=printer())):
        return REFUSED
    if args.json:
        print(json.dumps(plan_as_json(plan), ensure_ascii=False, indent=2))
    elif not args.pdf:
        print("\n".join(_lines_of(plan)))
    return DONE


def _list(args: argparse.Namespace) -> int:
    try:
        editions = _editions(args)
    except REFUSALS as refusal:
        return _not_read(refusal)
    listing = LISTS[args.catalogue_command](editions)
    if args.pdf and not _written(
        args.pdf, lambda: list_pdf(listing, editions, on=_today(), documents=printer())
    ):
        return REFUSED
    if args.xlsx and not _written(args.xlsx, lambda: workbook(listing)):
        return REFUSED
    if args.json:
        print(json.dumps(listing.plain, ensure_ascii=False, indent=2))
    elif not (args.pdf or args.xlsx):
        print(f"{listing.title}（{len(listing.rows)} 行）")
        print("\t".join(listing.heads))
        print("\n".join("\t".join(row) for row in listing.table) or listing.empty)
    return DONE


def _what_if(args: argparse.Namespace) -> int:
    given = {kind.value: getattr(args, kind.value) for kind in ChangeKind if kind is not ChangeKind.PROMISE}
    for said in args.promise:
        item, _, days = said.partition("=")
        given[f"{PROMISE}{item}"] = [days or "?"]
    try:
        edition = _editions(args)[0]
        situation = _situation(args, edition) or widest_choice(edition)
        tried = what_if(edition, situation, read_changes(given))
    except ChangeNotPossible as refusal:
        print(f"试算不了：{refusal}", file=sys.stderr)
        return NOT_READ
    except REFUSALS as refusal:
        return _not_read(refusal)
    if args.json:
        print(json.dumps(tried_as_json(tried), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines_of_trial(tried)))
    return DONE if tried.trial.after.plan.allowed else REFUSED


def _editions(args: argparse.Namespace) -> tuple[Edition, ...]:
    catalogue = read_catalogue(args.catalogue or shipped_folder())
    home = args.division or next(code for code, place in catalogue.divisions.items() if place.parent is None)
    return tuple(
        compile_edition(
            catalogue, bundle=BundleCode(bundle), division=DivisionCode(home), valid_from=_ANY_DAY
        )
        for bundle in ([args.bundle] if args.bundle else catalogue.bundles)
    )


def _situation(args: argparse.Namespace, edition: Edition) -> Situation | None:
    if not args.situation:
        return None
    text = sys.stdin.read() if args.situation == "-" else Path(args.situation).read_text(encoding="utf-8")
    situation = read_situation(text, edition=edition)
    make_plan(edition, situation)  # demands the answers that matter
    return situation


def _today() -> date:
    return legal_day(datetime.now(UTC))


def _written(path: Path, make: Callable[[], bytes]) -> bool:
    try:
        path.write_bytes(make())
    except (GlyphsMissing, OSError) as refusal:
        print(f"没有写成 {path}：{refusal}", file=sys.stderr)
        return False
    print(f"已写入 {path}", file=sys.stderr)
    return True


def _not_read(refusal: Exception) -> int:
    if isinstance(refusal, OSError):
        print(f"读不了 {refusal.filename}：{refusal.strerror}；请核对路径和权限", file=sys.stderr)
    else:
        print(refusal, file=sys.stderr)
    return NOT_READ


def _lines_of(plan: ReformPlan) -> list[str]:
    lines = [f"{plan.title}（草案）", ""]
    for reduction in plan.reform.reductions:
        before, after = whole(reduction.before), whole(reduction.after)
        lines.append(f"{reduction.name}：{before} → {after} {reduction.unit}（{reduction.counted}）")
    for part in plan.parts:
        lines += ["", part.heading]
        for block in part.blocks:
            if block.heads:
                lines += [f"  {block.caption}", "  " + "\t".join(block.heads)]
                lines += ["  " + "\t".join(row) for row in block.rows]
            elif block.text or block.heading:
                lines.append(f"  {block.heading or block.text}")
    return lines


def _lines_of_trial(tried: Tried) -> list[str]:
    edition = tried.plan.edition
    lines = [f"{edition.bundle.title}：{len(tried.plan.items)} 个事项"]
    lines += [f"  改动：{in_words(change, edition)}" for change in tried.trial.changes]
    for now, then in tried.trial.gains:
        lines.append(f"  {now.name}：{whole(now.after)} → {whole(then)} {now.unit}")
    lines += [f"  这样还不行：{problem.message}" for problem in tried.trial.after.plan.problems]
    lines += ["", "一处改动最见效的："]
    for number, trial in enumerate(tried.suggestions, 1):
        gains = "，".join(
            f"{now.name} {whole(now.after)} → {whole(then)} {now.unit}"
            for now, then in trial.gains
            if then != now.after
        )
        lines.append(f"  {number}. {in_words(trial.changes[0], edition)}：{gains}")
    return lines
