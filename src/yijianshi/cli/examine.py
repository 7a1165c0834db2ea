"""
`yijianshi catalogue examine|sample-list`: what a list of items would gain as one things, from its files alone, without a database.
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from yijianshi.domain.editions import UnknownDivision
from yijianshi.domain.workdays import BEIJING
from yijianshi.services.catalogue import CatalogueUnreadable, read_catalogue, shipped_folder
from yijianshi.services.catalogue.figures import whole
from yijianshi.services.examining import ListUnreadable, Report, examine
from yijianshi.services.examining.keeping import plain
from yijianshi.services.examining.specimens import write_specimen
from yijianshi.services.examining.summary import headline
from yijianshi.services.examining.workbook import workbook

DONE, REFUSED, NOT_READ = 0, 1, 2
_SHOWN = 8
FILE_HELP = "事项清单：.xlsx .xls .ods .csv，或者把它们打成 .zip；可以一次给几个"


def register(commands: Any) -> None:
    """Add `examine` and `sample-list` to the commands of `catalogue`."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "examine", help="体检：这份事项清单改成“一件事”能减多少，清单本身哪里要改"
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=FILE_HELP)
    parser.add_argument("--division", metavar="CODE", default="", help="看哪个地区；不写看事项最多的地区")
    parser.add_argument("--catalogue", metavar="DIR", type=Path, help="和哪个目录比；不写用随平台的目录")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--html", metavar="OUT", type=Path, help="写成网页，可以打印、转发")
    parser.add_argument("--xlsx", metavar="OUT", type=Path, help="写成表格，逐条都在")
    parser.add_argument("--pdf", metavar="OUT", type=Path, help="写成 PDF")
    parser.set_defaults(run=run)
    sample = commands.add_parser("sample-list", help="造一份虚构的事项清单，试体检和导入用")
    sample.add_argument("out", metavar="OUT", type=Path, help="写到哪里，.xlsx 或 .zip")
    sample.add_argument("--rows", metavar="N", type=int, default=10_000, help="多少行；默认 10000")
    sample.add_argument("--seed", metavar="N", type=int, default=1, help="同一个数造出同一份；默认 1")
    sample.set_defaults(run=make_sample)


def run(args: argparse.Namespace) -> int:
    """Print the report or write it where asked; return 0, or 2 if something could not be read."""
    if missing := [file for file in args.files if not file.is_file()]:
        print(f"没有文件 {missing[0]}；请核对路径", file=sys.stderr)
        return NOT_READ
    try:
        report = examine(
            args.files,
            catalogue=read_catalogue(args.catalogue or shipped_folder()),
            on=datetime.now(BEIJING).date(),
            division=args.division,
            tell=_tell if sys.stderr.isatty() else None,
        )
    except (CatalogueUnreadable, ListUnreadable, UnknownDivision) as error:
        print(error, file=sys.stderr)
        return NOT_READ
    wanted: tuple[tuple[Path | None, Callable[[Report], bytes]], ...] = (
        (args.xlsx, workbook),
        (args.html, _as_page),
        (args.pdf, _as_pdf),
    )
    for out, make in wanted:
        if out is not None and not _written(out, make(report)):
            return REFUSED
    if args.json:
        print(json.dumps(plain(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report)))
        for out, _ in wanted:
            if out is not None:
                print(f"已写入 {out}")
    return DONE


def make_sample(args: argparse.Namespace) -> int:
    """Write a made-up list; return 0, or 2 if it cannot be written so."""
    try:
        written = write_specimen(
            args.out, rows=max(args.rows, 1), seed=args.seed, catalogue=read_catalogue(shipped_folder())
        )
    except (CatalogueUnreadable, ValueError, OSError) as error:
        print(f"没有写：{error}", file=sys.stderr)
        return NOT_READ
    print(f"已写入 {args.out}：" + "，".join(f"{table} {rows} 行" for table, rows in written.items()))
    return DONE


def _as_page(report: Report) -> bytes:
    # A page needs templates and the stylesheet, which the figures do without.
    from django.contrib.staticfiles.finders import find
    from django.template.loader import render_to_string

    from yijianshi.services.examining.showing import page_of

    page = render_to_string("examiner/alone.html", {"page": page_of(report)})
    looks = Path(str(find("yijianshi/ui.css"))).read_text(encoding="utf-8")
    # The file is mailed and opened by itself: what it looks like goes along inside it.
    return page.replace("</head>", f"<style>{looks}</style>\n</head>", 1).encode()


def _as_pdf(report: Report) -> bytes:
    from yijianshi.services.examining.printing import report_pdf
    from yijianshi.services.outside import printer

    return report_pdf(report, documents=printer())


def _written(out: Path, content: bytes) -> bool:
    try:
        out.write_bytes(content)
    except OSError as error:
        print(f"写不了 {out}：{error.strerror}；请核对路径和权限", file=sys.stderr)
        return False
    return True


def _tell(words: str, done: int, total: int) -> None:
    print(
        f"\r{words} {done:,} / {total:,}    ", end="\n" if done >= total else "", file=sys.stderr, flush=True
    )


def _lines(report: Report) -> list[str]:
    lines = [f"事项清单体检 · {report.place or '全部'} · {report.on}", "", *headline(report), ""]
    for gain in report.things:
        said = "，".join(
            f"{r.name} {whole(r.before)} → {whole(r.after)} {r.unit}"
            for r in gain.reductions
            if r.before is not None and r.after is not None
        )
        lines.append(f"{gain.title}（{gain.found} 项，缺 {len(gain.lacking)} 项）：{said}")
    if report.absent:
        lines.append(f"还组不成一件事的：{'、'.join(gain.title for gain in report.absent)}")
    for count in report.counts:
        lines += ["", f"{'要改' if count.grave else '可以更好'}：{count.title} {count.count} 处"]
        lines += [f"  {f.cell} “{f.subject}”：{f.message}；{f.remedy}" for f in _few(report, count.rule)]
        if count.count > _SHOWN:
            lines.append(f"  …… 另有 {count.count - _SHOWN} 处，逐条看请加 --xlsx 文件名")
    if unknown := report.unknown_columns:
        lines += ["", "不认识的栏目，没有用："]
        lines += [f"  {sheet}：{column}" for sheet, column in unknown]
    return lines


def _few(report: Report, rule: str) -> list[Any]:
    return list(report.found_by(rule)[:_SHOWN])
