"""
`yijianshi plan`: from a situation to the plan, out of catalogue files and without a database.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.conditions import MalformedCondition
from yijianshi.domain.editions import Edition, UnknownBundle, UnknownDivision, compile_edition
from yijianshi.domain.plans import MissingAnswers, Plan, UnknownItem, make_plan
from yijianshi.domain.sharing import FieldWay, MaterialWay
from yijianshi.domain.workdays import legal_day
from yijianshi.services.catalogue import CatalogueUnreadable, read_catalogue, shipped_folder
from yijianshi.services.catalogue.figures import fields_by_way, figures_of, materials_by_way, whole
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.catalogue.situations import UnreadableSituation, read_situation

ALLOWED, NOT_ALLOWED, NOT_READ = 0, 1, 2
#: Files have no day from which they hold; a fixed one keeps the edition's digest the same from day to day.
_ANY_DAY = date(2022, 1, 1)

#: Why a catalogue or a situation cannot be read; each says so in words.
REFUSALS = (
    CatalogueUnreadable,
    MalformedCondition,
    MissingAnswers,
    OSError,
    UnicodeDecodeError,
    UnknownBundle,
    UnknownDivision,
    UnknownItem,
    UnreadableSituation,
)


def register(subparsers: Any) -> None:
    """Add the command `plan` to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "plan", help="由情形算出办理方案", description="读一个情形，算出选办事项的办理方案；不用数据库。"
    )
    parser.add_argument("bundle", metavar="BUNDLE", help="一件事编码，如 open-restaurant")
    parser.add_argument(
        "--situation", metavar="FILE|-", required=True, help="情形文件（YAML 或 JSON）；- 表示标准输入"
    )
    parser.add_argument("--division", metavar="CODE", help="行政区划代码，如 320106；不写按全省")
    parser.add_argument("--catalogue", metavar="DIR", type=Path, help="目录文件夹；不写用随平台的目录")
    parser.add_argument("--published", action="store_true", help="用数据库里现行的版本，不用目录文件")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the plan; return 0 if the choice is allowed, 1 if not, 2 if something could not be read."""
    try:
        if args.published:
            edition = _published(args.bundle, args.division)
        else:
            edition = _edition(args.catalogue or shipped_folder(), args.bundle, args.division)
        situation = read_situation(_text_of(args.situation), edition=edition)
        plan = make_plan(edition, situation)
    except MissingAnswers as error:
        print(f"{error}；请在 answers 里补上，不回答不等于“否”", file=sys.stderr)
        return NOT_READ
    except REFUSALS as error:
        print(_said(error), file=sys.stderr)
        return NOT_READ
    if args.json:
        print(json.dumps(figures_of(plan), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines_of(plan)))
    return ALLOWED if plan.allowed else NOT_ALLOWED


def _edition(folder: Path, bundle: str, division: str | None) -> Edition:
    catalogue = read_catalogue(folder)
    home = division or next(code for code, place in catalogue.divisions.items() if place.parent is None)
    return compile_edition(
        catalogue, bundle=BundleCode(bundle), division=DivisionCode(home), valid_from=_ANY_DAY
    )


def _published(bundle: str, division: str | None) -> Edition:
    # Only this needs the database; planning from files does without.
    from yijianshi.services.catalogue.published import current
    from yijianshi.services.outside import outside

    home = division or next(
        code for code, place in shipped_catalogue().divisions.items() if place.parent is None
    )
    return current(BundleCode(bundle), DivisionCode(home), legal_day(outside().clock.now())).edition


def _text_of(source: str) -> str:
    return sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")


def _said(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"没有文件 {error.filename}；请核对路径"
    if isinstance(error, OSError):
        return f"读不了 {error.filename}：{error.strerror}；请核对路径和权限"
    if isinstance(error, UnicodeDecodeError):
        return "情形文件不是 UTF-8 编码的文字；请另存为 UTF-8"
    if isinstance(error, MalformedCondition):
        return f"有一个回答与条件对不上：{error}；请核对 answers"
    return str(error)


def _lines_of(plan: Plan) -> list[str]:
    bundle, division = plan.edition.bundle, plan.edition.division
    lines = [f"{bundle.title}（{division.name}，版本 {plan.edition.name}）", ""]
    if plan.problems:
        lines += ["这样选还办不了：", *(f"  · {problem.message}" for problem in plan.problems), ""]
    lines.append(f"办 {len(plan.items)} 个事项，出 {sum(plan.cases_by_item.values())} 个办件")
    names = {item.code: item for item in plan.items}
    for number, stage in enumerate(plan.stages, 1):
        shown = "、".join(f"{names[code].plain_name}（{_limit(plan, code)}）" for code in stage)
        lines.append(f"  第 {number} 步  {shown}")
    lines += ["", *_time(plan), "", *_form(plan), "", *_set_of_materials(plan)]
    for kind, items in plan.joint_operations.items():
        lines += ["", f"{kind}：{'、'.join(names[code].plain_name for code in items)}一次上门"]
    if charged := [item for item in plan.items if item.fee.charged != "no"]:
        lines += ["", "收费："]
        lines += [f"  · {item.plain_name}：{item.fee.note or '标准待核实'}" for item in charged]
    return lines


def _limit(plan: Plan, code: str) -> str:
    limit = next(item.limit for item in plan.items if item.code == code)
    if limit.promised is None:
        return "没有承诺天数"
    if limit.promised == 0:
        return "当场"
    unit = "个工作日" if limit.unit == "working" else "天"
    held = f"，不承诺的 {whole(limit.without_commitment)} {unit}" if limit.without_commitment else ""
    return f"{whole(limit.promised)} {unit}{held}"


def _time(plan: Plan) -> list[str]:
    path = "、".join(item.plain_name for item in plan.items if item.code in plan.critical_items)
    lines = [f"一起办要 {_span(plan.critical)}（{path}）" if path else "没有要办的事项"]
    lines.append(f"一项一项办要 {_span(plan.serial)}")
    if plan.undetermined:
        open_ended = (item.plain_name for item in plan.items if item.code in plan.undetermined)
        lines.append(f"没有承诺天数的：{'、'.join(open_ended)}")
    for item in plan.items:
        if item.code in plan.public_notice:
            unit = "工作日" if item.public_notice_unit == "working" else "天"
            lines.append(f"{item.plain_name}另要公告 {plan.public_notice[item.code]} {unit}")
    return lines


def _span(days: Any) -> str:
    parts = [f"{whole(days.working)} 个工作日"] if days.working or not days.calendar else []
    return "加 ".join([*parts, *([f"{whole(days.calendar)} 天"] if days.calendar else [])])


def _form(plan: Plan) -> list[str]:
    asked = fields_by_way(plan, FieldWay.ASKED)
    prefilled, computed = (len(fields_by_way(plan, way)) for way in (FieldWay.PREFILLED, FieldWay.COMPUTED))
    lines = [f"表单：原来 {plan.raw_fields} 项，合并后 {len(plan.fields)} 项"]
    lines.append(f"  替您填好 {prefilled} 项，系统算出 {computed} 项，请您填 {len(asked)} 项：")
    groups: dict[str, list[str]] = {}
    for field in asked:
        element = plan.edition.elements[field.element]
        groups.setdefault(element.group or "其他", []).append(
            element.name + ("" if field.required else "（选填）")
        )
    return lines + [f"    {group}：{'、'.join(names)}" for group, names in groups.items()]


def _set_of_materials(plan: Plan) -> list[str]:
    lines = [f"材料：原来 {plan.raw_materials} 份，合并后 {len(plan.materials)} 份"]
    said = {
        MaterialWay.UPLOAD: "要您上传",
        MaterialWay.SHARED: "共享调取，免交",
        MaterialWay.PRODUCED: "这次办出来，免交",
        MaterialWay.GENERATED: "系统生成",
    }
    for way, heading in said.items():
        found = materials_by_way(plan, way)
        if found:
            names = "、".join(plan.edition.materials[material.material].name for material in found)
            lines.append(f"  {heading} {len(found)} 份：{names}")
    return lines
