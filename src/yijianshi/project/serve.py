"""`yijianshi serve`: production on one machine, from what the environment says; refused as long as anything forbids it."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from yijianshi.project.children import Supervisor
from yijianshi.project.demo import REFUSALS
from yijianshi.project.environment import Environment, Finding, Profile
from yijianshi.project.node import embedded_server, keep_database, require_port, web_server, worker


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the menu."""
    parser = subparsers.add_parser("serve", help="正式运行：网站和后台（先检查，再启动）")
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址（默认 127.0.0.1，由前置代理转发）")
    parser.add_argument("--port", type=int, default=8000, help="监听的端口（默认 8000）")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 2, help="网站进程数（默认为处理器数）"
    )
    parser.add_argument("--threads", type=int, default=4, help="每个网站进程的线程数（默认 4）")
    parser.add_argument("--migrate", action="store_true", help="启动前先升级数据库结构")
    parser.add_argument("--no-worker", action="store_true", help="本机不运行后台（由别的机器运行）")
    parser.set_defaults(run=run_serve)
    migrating = subparsers.add_parser("migrate", help="升级数据库结构")
    migrating.set_defaults(run=_migrate)


def run_serve(arguments: argparse.Namespace) -> int:
    """Check, start and watch until it is told to stop."""
    environment = Environment.read(os.environ)
    supervisor = Supervisor(say=_say)
    supervisor.listen()
    try:
        require_port(arguments.host, arguments.port)
        with contextlib.ExitStack() as running:
            if environment.embedded_database and not environment.database_url:
                server = running.enter_context(embedded_server(environment))
                keep_database(supervisor, server, say=_say)
            running.callback(supervisor.stop)
            if not _is_fit(migrate=arguments.migrate):
                return 1
            supervisor.start(
                web_server(
                    host=arguments.host,
                    port=arguments.port,
                    workers=arguments.workers,
                    threads=arguments.threads,
                )
            )
            if not arguments.no_worker:
                supervisor.start(worker())
            _say(f"已启动，监听 {arguments.host}:{arguments.port}，对外地址 {environment.address}。")
            supervisor.run()
            return 0
    except REFUSALS as reason:
        print(f"没有启动：{reason}", file=sys.stderr)
        return 1


def _is_fit(*, migrate: bool) -> bool:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.project.settings")
    django.setup(set_prefix=False)
    from yijianshi.project import production, stamping, statics
    from yijianshi.project.clock import NODE_CLOCK

    environment = settings.ENVIRONMENT
    if environment.findings():  # before anything is written anywhere
        return _tell(production.findings(environment))
    stamping.require(Profile.PRODUCTION)
    if migrate:
        call_command("migrate", interactive=False, verbosity=0)
    found = production.findings(environment)
    if found:
        return _tell(found)
    stamping.stamp(Profile.PRODUCTION, at=NODE_CLOCK.now())
    statics.collect_if_changed()
    connection.close()
    return True


def _tell(found: Sequence[Finding]) -> bool:
    print(f"没有启动：{len(found)} 处不能正式运行。", file=sys.stderr)
    for finding in found:
        print(f"✗ {finding.what}\n  办法：{finding.remedy}", file=sys.stderr)
    return False


def _migrate(arguments: argparse.Namespace) -> int:
    call_command("migrate", interactive=False, verbosity=1)
    return 0


def _say(line: str) -> None:
    print(line, flush=True)
