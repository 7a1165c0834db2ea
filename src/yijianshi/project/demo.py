"""`yijianshi demo`: the whole platform with made-up people, set up at first use, on one machine."""

import argparse
import contextlib
import os
import sys

import django
from django.core.management import call_command
from django.db import connection

from yijianshi.integrations.embedded_postgres import (
    BinariesMissing,
    FolderInUse,
    FootingRefused,
    ServerNotStarted,
    SocketFolderUnsafe,
    TrigramsMissing,
)
from yijianshi.project.children import Supervisor
from yijianshi.project.environment import Environment, Profile, StampDiffers
from yijianshi.project.node import (
    PortTaken,
    embedded_server,
    is_ready,
    keep_database,
    require_port,
    web_server,
    worker,
)

#: What stops a start and is told in one line.
REFUSALS = (
    BinariesMissing,
    FolderInUse,
    FootingRefused,
    PortTaken,
    ServerNotStarted,
    SocketFolderUnsafe,
    StampDiffers,
    TrigramsMissing,
)
_WEB_WORKERS, _WEB_THREADS = 2, 4


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the menu."""
    parser = subparsers.add_parser("demo", help="演示：首次运行自动准备一切，启动网站并列出登录名")
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址（默认 127.0.0.1，只有本机能打开）")
    parser.add_argument("--port", type=int, default=8000, help="监听的端口（默认 8000）")
    parser.set_defaults(run=run_demo)


def run_demo(arguments: argparse.Namespace) -> int:
    """Set up what is missing, start everything, and watch it until Ctrl-C."""
    os.environ.setdefault("YIJIANSHI_ADDRESS", f"http://{_shown(arguments.host)}:{arguments.port}")
    environment = Environment.read(os.environ)
    if environment.profile is not Profile.DEMO:
        print("演示拒绝以 production 方式运行。请去掉 YIJIANSHI_PROFILE，或改用 bin/serve。", file=sys.stderr)
        return 1
    os.environ["YIJIANSHI_DATA"] = str(environment.folder)
    supervisor = Supervisor(say=_say)
    supervisor.listen()
    try:
        require_port(arguments.host, arguments.port)
        with contextlib.ExitStack() as running:
            if environment.embedded_database:
                _say(f"数据放在 {environment.folder}")
                server = running.enter_context(embedded_server(environment))
                keep_database(supervisor, server, say=_say)
            running.callback(supervisor.stop)
            prepare()
            return _serve(supervisor, arguments.host, arguments.port)
    except REFUSALS as reason:
        print(f"没有启动：{reason}", file=sys.stderr)
        return 1
    finally:
        _say("已停止。")


def prepare() -> None:
    """Bring the database and the static files up to date and, on first use, let the cast move in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.project.settings")
    django.setup(set_prefix=False)
    from yijianshi.project import seeding, stamping, statics
    from yijianshi.project.health import migrations_waiting

    stamping.require(Profile.DEMO)
    if migrations_waiting():
        call_command("migrate", interactive=False, verbosity=0)
    if stamping.stamped() is None:
        _say("首次使用，正在准备演示数据……")
        seeding.seed()
    statics.collect_if_changed()
    connection.close()


def _serve(supervisor: Supervisor, host: str, port: int) -> int:
    supervisor.start(web_server(host=host, port=port, workers=_WEB_WORKERS, threads=_WEB_THREADS))
    supervisor.start(worker())
    # On a later start what is new in the catalogue is published while the website is on its way up.
    from yijianshi.project import seeding

    seeding.seed()
    connection.close()
    if supervisor.wait_until(lambda: is_ready(host, port), seconds=120):
        _welcome(host, port)
    elif not supervisor.stopping:
        _say("网站两分钟内没有就绪，请看上面的提示。仍在继续尝试；按 Ctrl-C 停止。")
    supervisor.run()
    return 0


def _welcome(host: str, port: int) -> None:
    from yijianshi.project import seeding

    _say(f"\n一件事一次办（演示）已启动：http://{_shown(host)}:{port}/\n")
    for line in seeding.introduction():
        _say(line)
    _say("\n人物、单位、证照均为虚构。按 Ctrl-C 停止；再次运行 bin/demo，内容都在。")


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _say(line: str) -> None:
    print(line, flush=True)
