"""`bin/demo` as a visitor runs it: one command, everything up; one kill, nothing left; one more start, all still there."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yijianshi.integrations.embedded_postgres import connection_settings
from yijianshi.project.node import is_ready

PATIENCE = 180.0


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def started() -> Iterator[list["subprocess.Popen[str]"]]:
    """The demos of a test; whatever still runs is told to stop."""
    demos: list[subprocess.Popen[str]] = []
    yield demos
    for demo in demos:
        demo.terminate()
        demo.communicate()


def start(folder: Path, port: int) -> "subprocess.Popen[str]":
    variables = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")
    }
    return subprocess.Popen(
        [sys.executable, "-m", "yijianshi", "demo", "--port", str(port)],
        env={**variables, "YIJIANSHI_DATA": str(folder), "YIJIANSHI_PROFILE": "demo"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until_ready(demo: "subprocess.Popen[str]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_ready("127.0.0.1", port):
        assert demo.poll() is None, demo.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.2)


def running_for(folder: Path) -> list[str]:
    """The commands of all living processes that were started for this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            variables = (process / "environ").read_bytes().split(b"\0")
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if command and f"YIJIANSHI_DATA={folder}".encode() in variables:
            found.append(command)
    return found


@pytest.mark.slow
def test_the_demo_survives_being_killed_and_leaves_nothing_behind(
    tmp_path: Path, port: int, started: list["subprocess.Popen[str]"]
) -> None:
    folder = tmp_path / "var"
    demo = start(folder, port)
    started.append(demo)
    wait_until_ready(demo, port)
    assert any("granian" in command for command in running_for(folder))
    place = connection_settings(folder / "postgres")
    with psycopg.connect(
        host=place["HOST"], user=place["USER"], password=place["PASSWORD"], dbname=place["NAME"]
    ) as connection:
        before = connection.execute("SELECT count(*) FROM accounts_account").fetchone()

    second = start(tmp_path / "other", port)
    refusal, _ = second.communicate()
    assert second.returncode == 1
    assert f"端口 {port} 已被别的程序占用" in refusal
    assert "Traceback" not in refusal

    demo.send_signal(signal.SIGKILL)
    demo.wait()
    deadline = time.monotonic() + 30
    while running_for(folder) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert running_for(folder) == []

    again = start(folder, port)
    started.append(again)
    wait_until_ready(again, port)
    with psycopg.connect(
        host=place["HOST"], user=place["USER"], password=place["PASSWORD"], dbname=place["NAME"]
    ) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_account").fetchone() == before
    again.send_signal(signal.SIGINT)
    said, _ = again.communicate(timeout=60)
    assert again.returncode == 0
    assert "wangfang" in said
    assert said.rstrip().endswith("已停止。")
    assert running_for(folder) == []
