"""
`yijianshi catalogue export`: the list or its processes as files that other systems read, from catalogue files and without a database.
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.conditions import MalformedCondition
from yijianshi.domain.editions import Edition, UnknownBundle, UnknownDivision, compile_edition
from yijianshi.domain.layouts import lay_out
from yijianshi.domain.plans import MissingAnswers, UnknownItem, make_plan
from yijianshi.domain.processes import process_of, standard_situation
from yijianshi.services.catalogue import CatalogueUnreadable, read_catalogue, shipped_folder
from yijianshi.services.catalogue.situations import UnreadableSituation, read_situation
from yijianshi.services.exporting.bpmn import bpmn_of
from yijianshi.services.exporting.drawing import draw
from yijianshi.services.exporting.formats import FORMATS

DONE, REFUSED, NOT_READ = 0, 1, 2
#: Files have no day from which they hold; a fixed one keeps the edition's digest the same from day to day.
_ANY_DAY = date(2022, 1, 1)
_PROCESSES = ("bpmn", "svg")


class _Refused(Exception):
    """What was asked for cannot be written; the message says why and what would do."""

    def __init__(self, why: str, *, code: int = REFUSED) -> None:
        super().__init__(why)
        self.code = code


def register(commands: Any) -> None:
    """Add `export` to the commands of `catalogue`."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "export", help="导出目录：CPSV-AP（Turtle、JSON-LD）、BPMN 流程、流程图、表格"
    )
    parser.add_argument(
        "directory", metavar="DIR", nargs="?", type=Path, help="目录文件夹；不写用随平台的目录"
    )
    parser.add_argument("--format", dest="form", required=True, choices=(*FORMATS, *_PROCESSES), help="格式")
    parser.add_argument(
        "--out", metavar="PATH", type=Path, help="写到哪里：清单是文件，流程是文件夹；清单不写则输出到屏幕"
    )
    parser.add_argument("--division", metavar="CODE", help="行政区划代码，如 320106；不写按全省")
    parser.add_argument("--bundle", action="append", metavar="CODE", help="只导出这一件；可以多次")
    parser.add_argument("--situation", metavar="FILE", type=Path, help="按这个情形画流程；要同时写 --bundle")
    parser.add_argument("--address", metavar="URL", help="网站地址，写进标识；不写用 YIJIANSHI_ADDRESS")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write what was asked for; return 0, 1 if it is refused, 2 if something could not be read."""
    try:
        _demand(args)
        editions = _editions(args)
        if args.form in _PROCESSES:
            return _write_processes(args, editions)
        return _write_list(args, editions)
    except _Refused as refusal:
        print(f"没有导出：{refusal}", file=sys.stderr)
        return refusal.code
    except FileNotFoundError as error:
        print(f"没有文件 {error.filename}；请核对路径", file=sys.stderr)
    except OSError as error:
        print(f"写不了或读不了 {error.filename}：{error.strerror}；请核对路径和权限", file=sys.stderr)
    except MissingAnswers as error:
        print(f"{error}；请在 answers 里补上", file=sys.stderr)
    except UnicodeDecodeError:
        print("情形文件不是 UTF-8 编码的文字；请另存为 UTF-8", file=sys.stderr)
    except (
        CatalogueUnreadable, MalformedCondition, UnknownBundle, UnknownDivision, UnknownItem, UnreadableSituation,
    ) as error:  # fmt: skip
        print(error, file=sys.stderr)
    return NOT_READ


def _demand(args: argparse.Namespace) -> None:
    if args.form == "xlsx" and not args.out:
        raise _Refused("表格不能输出到屏幕；请写 --out 文件名.xlsx")
    if args.form in _PROCESSES and not args.out:
        raise _Refused("流程是一件一个文件；请写 --out 文件夹")
    if args.situation and (args.form not in _PROCESSES or len(args.bundle or ()) != 1):
        raise _Refused("情形只用来画一件事的流程；请写 --format bpmn 或 svg，和一个 --bundle 编码")


def _editions(args: argparse.Namespace) -> tuple[Edition, ...]:
    folder: Path = args.directory or shipped_folder()
    if not folder.is_dir():
        raise _Refused(f"没有文件夹 {folder}；请核对路径", code=NOT_READ)
    catalogue = read_catalogue(folder)
    home = DivisionCode(args.division or _province(catalogue))
    return tuple(
        compile_edition(catalogue, bundle=bundle, division=home, valid_from=_ANY_DAY)
        for bundle in args.bundle or sorted(catalogue.bundles)
    )


def _province(catalogue: Catalogue) -> str:
    return next(code for code, place in catalogue.divisions.items() if place.parent is None)


def _write_list(args: argparse.Namespace, editions: tuple[Edition, ...]) -> int:
    chosen = FORMATS[args.form]
    address = args.address or os.environ.get("YIJIANSHI_ADDRESS") or "http://127.0.0.1:8000"
    content = chosen.write(editions, division=editions[0].division, address=address, phones={})
    if args.out:
        args.out.write_bytes(content)
        items = sum(len(edition.bundle.items) for edition in editions)
        print(f"已写入 {args.out}：{len(editions)} 件一件事，{items} 个事项")
    else:
        sys.stdout.write(content.decode())
    return DONE


def _write_processes(args: argparse.Namespace, editions: tuple[Edition, ...]) -> int:
    args.out.mkdir(parents=True, exist_ok=True)
    for edition in editions:
        situation = standard_situation(edition)
        if args.situation:
            situation = read_situation(args.situation.read_text(encoding="utf-8"), edition=edition)
        plan = make_plan(edition, situation, strict=bool(args.situation))
        if args.situation and not plan.allowed:
            raise _Refused("；".join(problem.message for problem in plan.problems))
        layout = lay_out(process_of(plan))
        written = bpmn_of(layout, edition=edition.name) if args.form == "bpmn" else draw(layout).encode()
        (args.out / f"{edition.bundle.code}.{args.form}").write_bytes(written)
    print(f"已写入 {args.out}：{len(editions)} 个流程")
    return DONE
