"""
`yijianshi catalogue rules`: every kind of fault that the check knows, with why it is one and what would do.
"""

import argparse
import json
from dataclasses import asdict
from typing import Any

from yijianshi.services.catalogue import Severity
from yijianshi.services.catalogue.rules import KINDS

_SAID = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}


def register_rules(commands: Any) -> None:
    """Add the command `rules` to the subparsers of `catalogue`."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "rules", help="检查规则：会查出哪些毛病，为什么，怎么改"
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="输出 JSON")
    shape.add_argument("--markdown", action="store_true", help="输出表格，docs/rules.md 就是这样来的")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every kind of fault; return 0."""
    if args.json:
        print(json.dumps([asdict(kind) for kind in KINDS.values()], ensure_ascii=False, indent=2))
        return 0
    if args.markdown:
        print(as_markdown())
        return 0
    for kind in KINDS.values():
        print(f"{_SAID[kind.severity]} {kind.rule}  {kind.title}：{kind.why}；{kind.remedy}")
    stops = sum(kind.severity is Severity.ERROR for kind in KINDS.values())
    print(f"{stops} 种错误，{len(KINDS) - stops} 种提醒")
    return 0


def as_markdown() -> str:
    """Return the list as the text of docs/rules.md, but for its last line break."""
    lines = [
        "# Rules of the catalogue check (检查规则)",
        "",
        "Written by `yijianshi catalogue rules --markdown > docs/rules.md`. An error (错误) stops publication; a hint (提醒) asks a steward to look.",
    ]
    for severity, said in _SAID.items():
        kinds = [kind for kind in KINDS.values() if kind.severity is severity]
        lines += [
            "",
            f"## {said} · {len(kinds)}",
            "",
            "| 规则 | 毛病 | 为什么 | 怎么改 |",
            "|---|---|---|---|",
        ]
        lines += [f"| `{kind.rule}` | {kind.title} | {kind.why} | {kind.remedy} |" for kind in kinds]
    return "\n".join(lines)
