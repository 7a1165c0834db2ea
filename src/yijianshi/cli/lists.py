"""`yijianshi catalogue lists [import FILE]`: which lists prescribe one-things, and a new one from a table."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.codes import BundleCode, ListCode
from yijianshi.domain.definitions import Certainty
from yijianshi.domain.lists import ListLevel, OfficialList
from yijianshi.services.catalogue import CatalogueUnreadable, read_catalogue, shipped_folder
from yijianshi.services.lists.importing import Imported, ListNotWritten, as_yaml, import_list, write_list
from yijianshi.services.lists.tables import ListNotRead, read_list

DONE, REFUSED, NOT_READ = 0, 1, 2
_WHAT = {"added": "新增", "dropped": "不再有", "changed": "有变化"}


def register(commands: Any) -> None:
    """Add `lists` to the commands of the catalogue."""
    parser: argparse.ArgumentParser = commands.add_parser("lists", help="清单：列出，从表格导入")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=_show)
    actions = parser.add_subparsers(metavar="操作")
    taking = actions.add_parser("import", help="从 csv 或 xlsx 读一份清单，先说有什么不同")
    taking.add_argument(
        "file", metavar="FILE", type=Path, help="清单表格；要有名称列，可有编码、牵头部门、备注列"
    )
    taking.add_argument("--code", required=True, metavar="CODE", help="清单编码，如 jiangsu-2026")
    taking.add_argument("--name", required=True, metavar="NAME", help="清单名称")
    taking.add_argument("--level", choices=[str(level) for level in ListLevel], default="local", help="层级")
    taking.add_argument("--issuer", default="", metavar="WHO", help="发文机关")
    taking.add_argument("--document", default="", metavar="NUMBER", help="文号")
    taking.add_argument("--list-version", default="", metavar="VERSION", help="版本，如 2026年版")
    taking.add_argument("--source", default="", metavar="TEXT", help="出处；不写就用文件名")
    taking.add_argument(
        "--certainty",
        choices=[str(one) for one in Certainty],
        default=str(Certainty.UNRATED),
        help="把握程度",
    )
    taking.add_argument("--catalogue", metavar="DIR", type=Path, help="目录文件夹；不写用随平台的目录")
    taking.add_argument("--write", action="store_true", help="写进目录的 lists.yaml；不写只看不同")
    taking.add_argument("--replace", action="store_true", help="同编码的清单已经有了，用这一份替换")
    taking.set_defaults(run=_import)


def lists_of(catalogue: Catalogue, bundle: BundleCode) -> list[dict[str, str]]:
    """Return on which lists and versions a one-thing stands, as plain values."""
    return [
        {"code": one.code, "name": one.name, "version": one.version, "as": entry.name}
        for one in catalogue.lists
        if (entry := one.entry_for(bundle))
    ]


def _show(arguments: argparse.Namespace) -> int:
    try:
        catalogue = read_catalogue(shipped_folder())
    except CatalogueUnreadable as error:
        print(error, file=sys.stderr)
        return REFUSED
    if arguments.json:
        shown = [
            {
                "code": one.code,
                "name": one.name,
                "level": one.level,
                "document": one.document,
                "version": one.version,
                "certainty": one.certainty,
                "entries": [{"name": e.name, "bundle": e.bundle} for e in one.entries],
            }
            for one in catalogue.lists
        ]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return DONE
    for one in catalogue.lists:
        missing = [entry.name for entry in one.entries if entry.bundle is None]
        print(
            f"{one.code}  {one.name}（{one.document}，{one.version}，{len(one.entries)} 件，把握程度{one.certainty}）"
        )
        if missing:
            print(f"    目录里还没有：{'、'.join(missing)}")
    return DONE


def _import(arguments: argparse.Namespace) -> int:
    folder = arguments.catalogue or shipped_folder()
    head = OfficialList(
        code=ListCode(arguments.code),
        name=arguments.name,
        level=ListLevel(arguments.level),
        issuer=arguments.issuer,
        document=arguments.document,
        version=arguments.list_version,
        source=arguments.source or f"据 {arguments.file.name} 导入",
        certainty=Certainty(arguments.certainty),
    )
    try:
        catalogue = read_catalogue(folder)
        imported = import_list(read_list(arguments.file), head=head, catalogue=catalogue)
        _tell(imported)
        if not arguments.write:
            print(as_yaml(imported.listed), end="")
            print("没有写入；看过没问题，加 --write 写进目录", file=sys.stderr)
            return DONE
        path = write_list(imported, folder=folder, replace=arguments.replace)
    except ListNotRead as refusal:
        print(f"没有导入：{refusal}", file=sys.stderr)
        return NOT_READ
    except (ListNotWritten, CatalogueUnreadable) as refusal:
        print(f"没有写入：{refusal}", file=sys.stderr)
        return REFUSED
    print(f"已写入 {path}", file=sys.stderr)
    return DONE


def _tell(imported: Imported) -> None:
    against = "和目录里的这份清单相比" if imported.is_known else "目录里还没有这份清单"
    print(f"{against}：{len(imported.changes)} 处不同", file=sys.stderr)
    for change in imported.changes:
        said = f"：{change.said}" if change.said else ""
        print(f"  {_WHAT[change.what]}  {change.name}{said}", file=sys.stderr)
    for remark in imported.remarks:
        print(f"  请看  {remark}", file=sys.stderr)
