"""
`yijianshi catalogue check|rules|list|publish`: look the catalogue over and list what it offers without a database; publish it.
"""

import argparse
import json
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from yijianshi.domain.catalogue import Catalogue, ItemNumbers
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.editions import UnknownBundle, UnknownDivision
from yijianshi.domain.workdays import legal_day
from yijianshi.services.catalogue import (
    CatalogueUnreadable,
    Finding,
    Severity,
    check_catalogue,
    read_catalogue,
    shipped_folder,
)
from yijianshi.services.catalogue.rules import KINDS

from . import editions, examine, exporting, importing, lists, reforms
from .rules import register_rules

#: So many hints of one kind are shown one by one; the rest is counted.
_MOST_SHOWN = 5

SOUND, FAULTY, NOT_READ = 0, 1, 2


def register(subparsers: Any) -> Any:
    """Add the command `catalogue`; return its own subparsers, so that others may add to them."""
    parser: argparse.ArgumentParser = subparsers.add_parser("catalogue", help="目录：检查、列出、导入、发布")
    commands = parser.add_subparsers(dest="catalogue_command", metavar="COMMAND", required=True)
    check = commands.add_parser("check", help="检查目录，逐条给出文件、行、规则和改法")
    listing = commands.add_parser("list", help="列出目录里的一件事和事项")
    for command in (check, listing):
        command.add_argument(
            "directory", metavar="DIR", nargs="?", type=Path, help="目录文件夹；不写用随平台的目录"
        )
        command.add_argument("--json", action="store_true", help="输出 JSON")
        command.set_defaults(run=run)
    publishing = commands.add_parser("publish", help="发布目录里的一件事，从某天起生效")
    publishing.add_argument("directory", metavar="DIR", type=Path, help="目录文件夹")
    publishing.add_argument("--division", metavar="CODE", required=True, help="行政区划代码，如 320000")
    publishing.add_argument(
        "--from", dest="valid_from", metavar="DAY", help="生效日，如 2027-01-01；不写从今天起"
    )
    publishing.add_argument("--bundle", action="append", metavar="CODE", help="只发布这一件；可以多次")
    publishing.add_argument(
        "--why", metavar="TEXT", default="由运维人员发布", help="为什么发布，记入发布记录"
    )
    publishing.set_defaults(run=_publish)
    check.add_argument("--on", metavar="DAY", help="依据在这一天要有效，如 2027-01-01；不写看今天")
    register_rules(commands)
    exporting.register(commands)
    check.add_argument("--all", action="store_true", help="待部门确认的也逐条列出")
    examine.register(commands)
    importing.register(commands)
    reforms.register(commands)
    lists.register(commands)
    editions.register(commands)
    return commands


def run(args: argparse.Namespace) -> int:
    """Carry out `check` or `list`; return 0, 1 if the catalogue has errors, 2 if there is none to read."""
    folder: Path = args.directory or shipped_folder()
    if not folder.is_dir():
        print(f"没有文件夹 {folder}；请核对路径", file=sys.stderr)
        return NOT_READ
    if args.catalogue_command == "list":
        return _list(folder, args)
    try:
        on = date.fromisoformat(args.on) if args.on else legal_day(datetime.now(UTC))
    except ValueError:
        print(f"“{args.on}”不是日期；请写成 2027-01-01 的样子", file=sys.stderr)
        return NOT_READ
    return _check(folder, on, args)


def _publish(args: argparse.Namespace) -> int:
    # What follows needs the database, which `check` and `list` do without.
    from yijianshi.services.catalogue.centres import read_centres
    from yijianshi.services.catalogue.published import publish
    from yijianshi.services.catalogue.reading import source_of
    from yijianshi.services.catalogue.releasing import StandardWorsened
    from yijianshi.services.hall.install import install_centres
    from yijianshi.services.outside import outside

    at = outside().clock.now()
    try:
        valid_from = date.fromisoformat(args.valid_from) if args.valid_from else legal_day(at)
    except ValueError as refusal:
        print(f"没有发布：{refusal}", file=sys.stderr)
        return NOT_READ
    if _check(args.directory, valid_from, argparse.Namespace(json=False, all=False)) != SOUND:
        print("目录有错误，没有发布。请先按上面的提示改好", file=sys.stderr)
        return FAULTY
    catalogue = read_catalogue(args.directory)
    try:
        for bundle in args.bundle or catalogue.bundles:
            published = publish(
                catalogue,
                bundle=BundleCode(bundle),
                division=DivisionCode(args.division),
                valid_from=valid_from,
                at=at,
                by=editions.operator(),
                why=args.why,
                source=source_of(args.directory, BundleCode(bundle)),
            )
            print(f"已发布 {published.edition.name}，{valid_from} 起生效")
    except StandardWorsened as refusal:
        print(f"没有发布：{refusal}", file=sys.stderr)
        return FAULTY
    except (UnknownBundle, UnknownDivision) as refusal:
        print(f"没有发布：{refusal}", file=sys.stderr)
        return NOT_READ
    if (
        not args.bundle
    ):  # a whole folder brings its halls along; those changed on their pages stay as they are
        print(f"大厅和服务站入库 {install_centres(read_centres(args.directory), at=at)} 个")
    return SOUND


def listing_of(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return every one-thing with its departments and items, as plain values that can be written as JSON."""
    numbers = {listed.item: listed for listed in catalogue.codes}
    return [
        {
            "code": bundle.code,
            "name": bundle.name,
            "kind": bundle.kind,
            "audience": bundle.audience,
            "lead_department": bundle.lead_department,
            "cooperating_departments": list(bundle.cooperating_departments),
            "items": [
                {"code": item.code, "name": item.name, "department": item.department}
                | _numbers(numbers.get(item.code))
                for item in bundle.items
            ],
            "lists": lists.lists_of(catalogue, bundle.code),
        }
        for bundle in catalogue.bundles.values()
    ]


def _numbers(listed: ItemNumbers | None) -> dict[str, Any]:
    """Return what the lists of the nation and of the places call an item by, where that was imported."""
    if listed is None:
        return {}
    places = {division: list(codes) for division, codes in (listed.implementations or {}).items()}
    return {"basic_codes": list(listed.basic_codes), "implementation_codes": places}


def _check(folder: Path, on: date, args: argparse.Namespace) -> int:
    findings = check_catalogue(folder, on=on)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if args.json:
        shown = [
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "file": finding.file,
                "line": finding.line,
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in findings
        ]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _print_findings(findings, in_full=args.all)
    return FAULTY if errors else SOUND


def _print_findings(findings: list[Finding], *, in_full: bool) -> None:
    said = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
    unconfirmed: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for finding in findings:
        is_hint = finding.severity is Severity.WARNING
        if is_hint and finding.rule == "unconfirmed" and not in_full:
            unconfirmed[finding.file] += 1
            continue
        shown[finding.rule] += 1
        if in_full or not is_hint or shown[finding.rule] <= _MOST_SHOWN:
            print(f"{said[finding.severity]} {finding}")
    for rule, count in shown.items():
        kind = KINDS[rule]
        if count > _MOST_SHOWN and kind.severity is Severity.WARNING and not in_full:
            print(f"提醒 {kind.title}（{rule}）另有 {count - _MOST_SHOWN} 处；逐条看请加 --all")
    if unconfirmed:
        files = "，".join(f"{file} {count} 处" for file, count in unconfirmed.items())
        print(f"提醒 待主管部门确认 {sum(unconfirmed.values())} 处：{files}；逐条看请加 --all")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    print(f"{errors} 处错误，{len(findings) - errors} 处提醒")


def _list(folder: Path, args: argparse.Namespace) -> int:
    try:
        catalogue = read_catalogue(folder)
    except CatalogueUnreadable as error:
        print(error, file=sys.stderr)
        return FAULTY
    if args.json:
        print(json.dumps(listing_of(catalogue), ensure_ascii=False, indent=2))
        return SOUND
    for bundle in catalogue.bundles.values():
        lead = catalogue.departments[bundle.lead_department].short_name
        print(f"{bundle.code}  {bundle.title}（{lead}牵头，{len(bundle.items)} 个事项）")
        for item in bundle.items:
            print(f"    {item.code}  {item.name}（{catalogue.departments[item.department].short_name}）")
    return SOUND
