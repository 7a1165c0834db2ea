"""What one machine runs: web server and worker, beside the database that comes along if it is used."""

import errno
import json
import os
import socket
import sys
import urllib.request
from collections.abc import Callable

import psycopg

from yijianshi.integrations.embedded_postgres import EmbeddedPostgres, Footing, ServerNotStarted
from yijianshi.project.children import Child, Supervisor
from yijianshi.project.environment import Environment

_BACKLOG = 4096
_REQUESTS_AT_ONCE = 2048  # per worker; slow clients beyond it wait at the door


class PortTaken(Exception):
    """Somebody else listens at the port, or we may not."""


def require_port(host: str, port: int) -> None:
    """Refuse to go on if `port` cannot be listened at. :raises PortTaken: with what would do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen(1)
        except OSError as reason:
            if reason.errno == errno.EADDRINUSE:
                what = f"端口 {port} 已被别的程序占用。请停止它，或用 --port 换一个端口，例如 --port {port + 1}。"
            elif reason.errno == errno.EACCES:
                what = f"没有权限使用端口 {port}。请用 --port 换一个 1024 以上的端口。"
            else:
                what = f"无法在 {host} 的端口 {port} 上提供服务（{reason.strerror}）。请核对 --host。"
            raise PortTaken(what) from None


def embedded_server(environment: Environment) -> EmbeddedPostgres:
    """Return the database that comes along, not yet started."""
    footing = None
    if not environment.user_namespaces:
        footing = Footing.NOBODY if os.geteuid() == 0 else Footing.DIRECT
    return EmbeddedPostgres(environment.database_folder, footing=footing)


def web_server(*, host: str, port: int, workers: int, threads: int) -> Child:
    """Return the web server: `workers` processes with `threads` threads each."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", str(threads)]
    command += ["--blocking-threads-idle-timeout", "600"]  # a thread takes its database connection with it
    command += ["--backlog", str(_BACKLOG), "--backpressure", str(_REQUESTS_AT_ONCE)]
    command += [
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "10",
        "--no-ws",
        "--log-level",
        "warning",
    ]
    return Child("网站", [*command, "yijianshi.project.wsgi:application"])


def worker() -> Child:
    """Return the worker that tells others what happened and watches the limits."""
    return Child("后台办理", [sys.executable, "-m", "yijianshi", "worker"])


def keep_database(supervisor: Supervisor, server: EmbeddedPostgres, *, say: Callable[[str], None]) -> None:
    """Start the embedded database again whenever it has ended."""

    def look() -> None:
        if not server.is_running and not supervisor.stopping:
            say("数据库意外退出，正在恢复。")
            try:
                server.stop()
                server.start()
            except (psycopg.OperationalError, ServerNotStarted) as reason:
                # It may end again while it is coming up; the next look starts it anew.
                say(f"数据库还没有恢复，接着再试：{str(reason).strip()}")
                return
            say("数据库已恢复，已提交的内容都在。")

    supervisor.watch(look)


def is_ready(host: str, port: int) -> bool:
    """Return whether the node says of itself that it may be given work."""
    near = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    try:
        with urllib.request.urlopen(f"http://{near}:{port}/readyz", timeout=5) as answer:
            return bool(json.load(answer)["ready"])
    except (OSError, ValueError, KeyError):
        return False
