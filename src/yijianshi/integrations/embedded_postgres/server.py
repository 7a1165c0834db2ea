"""The embedded database server: started with the platform, stopped with it, never left behind."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from yijianshi.integrations.embedded_postgres.binaries import Binaries
from yijianshi.integrations.embedded_postgres.footing import Footing, FootingRefused, spawn
from yijianshi.integrations.embedded_postgres.lock import hold, release
from yijianshi.integrations.embedded_postgres.place import DATABASE, PORT, USER, Place, connection_settings

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "max_wal_size": "2GB",
    "jit": "off",
    "log_min_error_statement": "panic",  # statements carry personal data
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
_LARGEST_LOG = 10 * 1024 * 1024


class ServerNotStarted(Exception):
    """The database server did not come up."""


class ServerNotStopped(Exception):
    """The database server did not finish in time."""


class TrigramsMissing(Exception):
    """The database takes Chinese characters for punctuation, so that every search would find nothing."""


class EmbeddedPostgres:
    """
    One PostgreSQL over one folder, reachable by a socket only that its owner can open.

    Use it as a context: the server is up inside and stopped cleanly afterwards. If the process is killed, the kernel
    tells the server to finish.
    """

    def __init__(
        self,
        folder: Path,
        *,
        binaries: Binaries | None = None,
        footing: Footing | None = None,
        settings: Mapping[str, str] | None = None,
        patience: float = 900,
    ) -> None:
        """
        Describe the server; nothing is touched before `start`.

        :param footing: as whom to run; found out if not given.
        :param settings: more settings of PostgreSQL.
        :param patience: seconds that a recovery after a crash may take.
        """
        self._place = Place(folder.resolve())
        self._binaries = binaries
        self._footing = footing
        self._settings = {**_SETTINGS, **(settings or {})}
        self._patience = patience
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def dsn(self) -> str:
        """The connection string of the database `yijianshi`; it contains the password."""
        return self._dsn(DATABASE)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def process_id(self) -> int | None:
        """The number of the server's process while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def settings_dict(self) -> dict[str, Any]:
        """Return how Django reaches this server."""
        return connection_settings(self._place.folder)

    def start(self) -> Self:
        """
        Start the server, on first use with a new cluster, and wait until it answers.

        :raises FolderInUse: if another launcher runs it.
        :raises BinariesMissing: if the programs of PostgreSQL are not there.
        :raises FootingRefused: if they cannot be run in the way asked for.
        :raises ServerNotStarted: if the server ends or does not answer in time.
        :raises TrigramsMissing: if the cluster was made with a locale that does not know Chinese characters.
        """
        place = self._place
        binaries = self._binaries or Binaries.packaged()
        footing = self._footing or Footing.find(program=binaries.program("postgres"))
        if footing is Footing.DIRECT and os.geteuid() == 0:
            raise FootingRefused("PostgreSQL 拒绝以 root 身份运行。请改用普通用户，或不指定运行方式。")
        place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = hold(place.lock)
        try:
            binaries = place.prepare(footing=footing, binaries=binaries)
            if not (place.cluster / "PG_VERSION").exists():
                self._make_cluster(binaries, footing)
            self._run(binaries, footing)
            self._wait_until_it_answers()
            self._make_database()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """
        Stop the server in order: sessions are ended, everything is written, nothing keeps running.

        :raises ServerNotStopped: if it has not finished after a minute.
        """
        try:
            if self._process is not None and self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)
                if not self._ended.wait(60):
                    raise ServerNotStopped(
                        f"数据库（进程 {self._process.pid}）一分钟内没有停下。请查看 {self._place.log}。"
                    )
        finally:
            self._process = None
            self._place.forget_short_socket_folder()
            if self._lock is not None:
                release(self._lock)
                self._lock = None

    def _dsn(self, database: str) -> str:
        return make_conninfo(
            "",
            host=str(self._place.socket_folder),
            port=PORT,
            user=USER,
            password=self._place.password(),
            dbname=database,
        )

    def _make_cluster(self, binaries: Binaries, footing: Footing) -> None:
        place = self._place
        unfinished = place.home / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        password_for_initdb = place.home / "password.initdb"
        password_for_initdb.unlink(missing_ok=True)
        with os.fdopen(
            os.open(password_for_initdb, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w"
        ) as stream:
            stream.write(place.password())
        if os.geteuid() == 0:
            os.chown(password_for_initdb, *footing.owner)
        command: list[str | Path] = [
            binaries.program("initdb"),
            f"--pgdata={unfinished}",
            f"--username={USER}",
            f"--pwfile={password_for_initdb}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *binaries.locale_options(),
            "--data-checksums",
        ]
        try:
            with place.log.open("ab") as log:
                made = spawn(
                    command, footing=footing, cwd=place.home, output=log, environment=_environment()
                ).wait()
        finally:
            password_for_initdb.unlink(missing_ok=True)
        if made != 0:
            raise ServerNotStarted(f"建立数据库失败（initdb 返回 {made}）。\n{self._last_words()}")
        unfinished.rename(place.cluster)

    def _run(self, binaries: Binaries, footing: Footing) -> None:
        place = self._place
        if place.log.exists() and place.log.stat().st_size > _LARGEST_LOG:
            place.log.replace(place.log.with_suffix(".log.1"))
        command: list[str | Path] = [binaries.program("postgres"), "-D", place.cluster]
        settings = {**self._settings, "unix_socket_directories": str(place.socket_folder), "port": str(PORT)}
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        assert self._lock is not None
        lock = self._lock
        refusals: list[Exception] = []
        started = threading.Event()
        self._ended.clear()

        def keep() -> None:
            # The kernel's promise to end the server with its parent means the thread that started it: this one,
            # which lives until the server ends.
            try:
                with place.log.open("ab") as log:
                    self._process = spawn(
                        command,
                        footing=footing,
                        cwd=place.home,
                        ends_with_parent=signal.SIGINT,
                        output=log,
                        keep_open=[lock],
                        environment=_environment(),
                    )
            except (OSError, subprocess.SubprocessError) as reason:
                refusals.append(reason)
                return
            finally:
                started.set()
            self._process.wait()
            self._ended.set()

        threading.Thread(target=keep, name="embedded-postgres", daemon=True).start()
        started.wait()
        if refusals:
            raise ServerNotStarted(f"数据库无法以「{footing.value}」方式启动：{refusals[0]}。") from refusals[
                0
            ]

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + self._patience
        address = make_conninfo(
            "", host=str(self._place.socket_folder), port=PORT, dbname="postgres", user=USER
        )
        while psycopg.pq.PGconn.ping(address.encode()) != psycopg.pq.Ping.OK:
            if self._ended.wait(0.03):
                raise ServerNotStarted(f"数据库启动后随即退出。\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise ServerNotStarted(
                    f"数据库在 {self._patience:.0f} 秒内没有就绪（可能仍在恢复）。请查看 {self._place.log}。"
                )

    def _make_database(self) -> None:
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            found = connection.execute("SELECT cardinality(show_trgm('办理'))").fetchone()
        if found is None or not found[0]:
            raise TrigramsMissing(
                "这个数据库把汉字当作标点（区域设置不对），检索将一无所获，因此没有继续。"
                f"请确认系统有 C.UTF-8 区域设置，备份后删除 {self._place.cluster} 再启动，以便重新建立。"
            )

    def _last_words(self) -> str:
        if not self._place.log.exists():
            return ""
        return "\n".join(self._place.log.read_text(errors="replace").splitlines()[-8:])


def _environment() -> dict[str, str]:
    """The environment without settings of other PostgreSQL installations, and with a locale that knows Chinese."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
