"""
`yijianshi catalogue import`: take over the codes of a place's own list, and say in words what it has otherwise; without a database.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from yijianshi.domain.catalogue import Catalogue
from yijianshi.services.catalogue import CatalogueUnreadable, read_catalogue, shipped_folder
from yijianshi.services.examining import ListUnreadable
from yijianshi.services.importing import ChangedByHand, Import, prepare_import, write_import
from yijianshi.services.importing.kept import kept_codes

from .examine import FILE_HELP

DONE, REFUSED, NOT_READ = 0, 1, 2
_SHOWN = 40


def register(commands: Any) -> None:
    """Add `import` to the commands of `catalogue`."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "import", help="导入事项清单：留下编码，逐项说出和目录不一样的地方，没有的写成草稿"
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=FILE_HELP)
    parser.add_argument(
        "--into", metavar="DIR", type=Path, default=Path("imported"), help="写到哪个文件夹；默认 imported"
    )
    parser.add_argument("--write", action="store_true", help="写文件；不加只看不写")
    parser.add_argument("--catalogue", metavar="DIR", type=Path, help="和哪个目录比；不写用随平台的目录")
    parser.add_argument("--all", action="store_true", help="不一样的地方全部列出")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say what the list would bring, and write it if asked; return 0, 1 if writing is refused, 2 if something is not read."""
    if missing := [file for file in args.files if not file.is_file()]:
        print(f"没有文件 {missing[0]}；请核对路径", file=sys.stderr)
        return NOT_READ
    try:
        catalogue = _with_kept(read_catalogue(args.catalogue or shipped_folder()), args.into)
        brought = prepare_import(args.files, catalogue=catalogue)
    except (CatalogueUnreadable, ListUnreadable) as error:
        print(error, file=sys.stderr)
        return NOT_READ
    print("\n".join(_lines(brought, in_full=args.all)))
    if not args.write:
        print(f"\n没有写任何文件。要写到 {args.into}/，请加 --write")
        return DONE
    try:
        written = write_import(brought, args.into)
    except ChangedByHand as refusal:
        print(f"\n没有写：{refusal}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"\n写不了 {error.filename}：{error.strerror}；请核对路径和权限", file=sys.stderr)
        return REFUSED
    print(
        "\n" + ("\n".join(f"已写入 {args.into / name}" for name in written) or "和上次导入的一样，没有要写的")
    )
    return DONE


def _with_kept(catalogue: Catalogue, into: Path) -> Catalogue:
    """Add the codes that earlier imports wrote into the folder: the next one adds to them."""
    return replace(catalogue, codes=(*catalogue.codes, *kept_codes(into)))


def _lines(brought: Import, *, in_full: bool) -> list[str]:
    surely = sum(match.rows for match in brought.matched if match.sure)
    lines = [f"读了 {brought.rows:,} 行，{surely:,} 行是目录里的事项，新编码 {brought.new_codes:,} 个"]
    if brought.doubtful:
        lines += ["", f"名称相近、没有把握的 {len(brought.doubtful)} 个，没有导入，请核对："]
        lines += [
            f"  {m.listed} → {m.name}（相似度 {m.score:g}，{m.how}），见{m.example}" for m in brought.doubtful
        ]
    shown = brought.differences if in_full else brought.differences[:_SHOWN]
    if shown:
        lines += ["", f"和目录不一样的 {len(brought.differences)} 处（目录没有改）："]
        lines += [f"  {difference}" for difference in shown]
        if len(brought.differences) > len(shown):
            lines.append(f"  …… 另有 {len(brought.differences) - len(shown)} 处，全部列出请加 --all")
    if brought.overrides:
        lines += ["", f"比目录更短的承诺 {len(brought.overrides)} 处，写成 drafts/overrides.yaml"]
    if brought.draft["items"]:
        items, papers = len(brought.draft["items"]), len(brought.draft["materials"])
        lines += ["", f"目录里没有的事项 {items} 个（带 {papers} 份新材料），写成 drafts/items.yaml"]
    if brought.findings:
        lines += ["", f"清单里读不懂的 {len(brought.findings)} 处："]
        lines += [f"  {f.cell} “{f.subject}”：{f.message}；{f.remedy}" for f in brought.findings[:_SHOWN]]
    return lines
