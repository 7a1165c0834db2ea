"""The node keeps its database running, also when it ends again while it is coming up."""

from collections.abc import Callable

import psycopg

from yijianshi.project.node import keep_database


class Server:
    """A database server that ends once more while it starts."""

    def __init__(self) -> None:
        self.is_running = False
        self.starts = 0

    def stop(self) -> None:
        self.is_running = False

    def start(self) -> None:
        self.starts += 1
        if self.starts == 1:
            raise psycopg.OperationalError("terminating connection due to unexpected postmaster exit")
        self.is_running = True


class Watcher:
    """A supervisor that looks when it is told to."""

    stopping = False

    def watch(self, look: Callable[[], None]) -> None:
        self.look = look


def test_a_database_that_ends_while_it_is_coming_up_is_started_again() -> None:
    server, supervisor = Server(), Watcher()
    said: list[str] = []
    keep_database(supervisor, server, say=said.append)  # type: ignore[arg-type]
    supervisor.look()
    assert not server.is_running
    supervisor.look()
    assert server.is_running
    assert "已提交的内容都在" in said[-1]
