"""The `yijianshi` command: one menu for administrators, from reading a catalogue to serving real people."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from yijianshi.project.environment import EnvironmentUnusable


@dataclass(frozen=True, slots=True)
class Command:
    """A line of the menu and the module that adds its parser by `register(subparsers)`."""

    module: str
    help: str
    needs_django: bool = True


MENU = {
    "plan": Command("yijianshi.cli.plan", "按情形算出一件事要办什么、交什么、多久", needs_django=False),
    "catalogue": Command("yijianshi.cli.catalogue", "目录：检查、列出、发布", needs_django=False),
    "demo": Command("yijianshi.project.demo", "演示：首次运行自动准备一切，启动网站", needs_django=False),
    "serve": Command("yijianshi.project.serve", "正式运行：先检查，再启动网站和后台", needs_django=False),
    "check": Command("yijianshi.cli.check", "检查能否运行；--production 检查能否正式运行"),
    "migrate": Command("yijianshi.project.serve", "升级数据库结构"),
    "worker": Command("yijianshi.project.worker", "后台：通知各方、盯住期限"),
    "admin": Command("yijianshi.cli.admin", "管理员账号"),
    "token": Command("yijianshi.cli.token", "接入系统的令牌"),
    "bridge": Command(
        "yijianshi.project.bridge", "本机桥：窗口电脑上的读卡器、高拍仪（示例设备）", needs_django=False
    ),
    "channel": Command("yijianshi.cli.channel", "接入门户、自助终端"),
}
#: Words that make a command need Django although it usually does not.
DJANGO_WORDS = {
    "catalogue": {"publish", "withdraw", "editions", "diff", "--pdf", "--html"},
    "plan": {"--published"},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 not understood."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = given[0] if given else ""
    try:
        if _needs_django(given):
            _set_up_django()
        parsed = _parser(chosen).parse_args(given)
        return int(parsed.run(parsed))
    except EnvironmentUnusable as reason:
        print(f"环境变量有误：{reason}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as reason:
        if not _is_about_the_database(reason):
            raise
        print(
            f"数据库无法使用（{type(reason).__name__}）。演示请先运行 bin/demo；"
            "正式运行请核对 DATABASE_URL 并运行 yijianshi migrate。",
            file=sys.stderr,
        )
        return 1


def _needs_django(given: Sequence[str]) -> bool:
    if not given or given[0] not in MENU:
        return False
    return MENU[given[0]].needs_django or bool(
        DJANGO_WORDS.get(given[0], set()) & {word.partition("=")[0] for word in given[1:]}
    )


def _parser(chosen: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yijianshi", description="一件事一次办")
    subparsers = parser.add_subparsers(title="命令", required=True, metavar="命令")
    for name, command in MENU.items():
        # Only the chosen command is imported: reading a catalogue must not need a database.
        if name != chosen and (chosen not in MENU or command.module != MENU[chosen].module):
            subparsers.add_parser(name, help=command.help)
        elif name == chosen:
            import_module(command.module).register(subparsers)
    return parser


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.project.settings")
    import django

    django.setup(set_prefix=False)
    import_module("yijianshi.project.production")  # makes its checks known


def _is_about_the_database(reason: Exception) -> bool:
    if "django" not in sys.modules:
        return False
    from django.db import InterfaceError, OperationalError, ProgrammingError

    from yijianshi.project.clock import ClockUnmeasured

    return isinstance(reason, InterfaceError | OperationalError | ProgrammingError | ClockUnmeasured)
