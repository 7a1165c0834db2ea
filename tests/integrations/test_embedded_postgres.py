"""The database that comes along: starts for everybody, keeps what it was given, never stays behind."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yijianshi.integrations.embedded_postgres import (
    Binaries,
    BinariesMissing,
    EmbeddedPostgres,
    FolderInUse,
    Footing,
    ServerNotStarted,
    SocketFolderUnsafe,
    TrigramsMissing,
    check,
)

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
is_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
LAUNCHER = """
import sys, time
from pathlib import Path
from yijianshi.integrations.embedded_postgres import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])) as server:
    print(server.process_id, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user could reach, as /tmp is; pytest's own lies behind a closed door."""
    made = Path(tempfile.mkdtemp(prefix="yijianshi-launcher-"))
    made.chmod(0o755)
    yield made / "postgres"
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A folder in which a server has run before."""
    made = Path(tempfile.mkdtemp(prefix="yijianshi-cluster-")) / "postgres"
    with EmbeddedPostgres(made):
        pass
    yield made
    shutil.rmtree(made.parent)


@pytest.fixture
def used(cluster: Path, folder: Path) -> Path:
    """A copy of that folder, for those who do not ask how a cluster is made, which takes seconds."""
    subprocess.run(["cp", "-a", cluster, folder], check=True)
    return folder


def value(server: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(server.dsn) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_gone(process: int, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(process)


def test_what_was_written_is_there_after_a_restart(used: Path) -> None:
    with EmbeddedPostgres(used) as server, psycopg.connect(server.dsn) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('办理')")
    with EmbeddedPostgres(used) as server:
        assert value(server, "SELECT word FROM kept") == "办理"


def test_chinese_words_have_trigrams_and_commits_are_durable(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        assert value(server, "SELECT cardinality(show_trgm('办理'))") == 3
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert value(server, f"SELECT current_setting('{setting}')") == "on"


def test_only_its_owner_can_reach_it_and_only_by_the_socket(used: Path) -> None:
    with EmbeddedPostgres(used) as server:
        place = server.settings_dict()
        assert value(server, "SELECT current_setting('listen_addresses')") == ""
        assert stat.S_IMODE(Path(place["HOST"]).stat().st_mode) == 0o700
        assert stat.S_IMODE((used / "password").stat().st_mode) == 0o600
        assert stat.S_IMODE(used.stat().st_mode) == 0o700
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.dsn.replace(place["PASSWORD"], "guessed"))


def test_nothing_runs_after_it_was_stopped(used: Path) -> None:
    with EmbeddedPostgres(used) as server:
        process = server.process_id
        open_session = psycopg.connect(server.dsn)
    assert process is not None
    assert not alive(process)
    open_session.close()


def test_a_second_launcher_is_refused_in_plain_words(used: Path) -> None:
    with EmbeddedPostgres(used), pytest.raises(FolderInUse, match="正由另一个进程"):
        EmbeddedPostgres(used).start()


def test_killing_the_launcher_leaves_nothing_running_and_loses_nothing(used: Path) -> None:
    launcher = subprocess.Popen([sys.executable, "-c", LAUNCHER, used], stdout=subprocess.PIPE, text=True)
    assert launcher.stdout is not None
    process = int(launcher.stdout.readline())
    launcher.send_signal(signal.SIGKILL)
    launcher.wait()
    launcher.stdout.close()
    with EmbeddedPostgres(used) as server:  # waits for the old one to finish
        assert not alive(process)
        assert value(server, "SELECT 1") == 1


def test_a_server_that_was_killed_recovers_with_everything_that_was_committed(used: Path) -> None:
    with EmbeddedPostgres(used) as server:
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (number int)")
            for number in range(50):
                connection.execute("INSERT INTO kept VALUES (%s)", [number])
        assert server.process_id is not None
        os.kill(server.process_id, signal.SIGKILL)
        assert wait_until_gone(server.process_id or 0)
        # The thread that waits for the server learns of its end a moment later.
        deadline = time.monotonic() + 15
        while server.is_running and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not server.is_running
    with EmbeddedPostgres(used) as server:
        assert value(server, "SELECT count(*) FROM kept") == 50


def test_a_launch_from_a_thread_that_ends_does_not_end_the_server(used: Path) -> None:
    server = EmbeddedPostgres(used)
    thread = threading.Thread(target=server.start)
    thread.start()
    thread.join()
    try:
        time.sleep(0.5)
        assert value(server, "SELECT 1") == 1
    finally:
        server.stop()


def test_a_long_path_gets_a_short_private_folder_for_the_socket(folder: Path) -> None:
    deep = folder / ("很深的目录" * 8)
    with EmbeddedPostgres(deep) as server:
        socket_folder = Path(server.settings_dict()["HOST"])
        assert not socket_folder.is_relative_to(folder)
        assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
        assert value(server, "SELECT 1") == 1
    assert not socket_folder.exists()


def test_a_socket_folder_open_to_others_is_refused(folder: Path) -> None:
    (folder / "socket").mkdir(parents=True)
    (folder / "socket").chmod(0o777)
    with pytest.raises(SocketFolderUnsafe, match="对其他用户开放"):
        EmbeddedPostgres(folder).start()


def test_a_cluster_that_takes_chinese_for_punctuation_is_refused(folder: Path) -> None:
    class AsciiOnly(Binaries):
        def locale_options(self) -> tuple[str, ...]:
            return ("--no-locale",)

    wheel = Binaries.packaged()
    with pytest.raises(TrigramsMissing, match="汉字"):
        EmbeddedPostgres(folder, binaries=AsciiOnly(wheel.bin, wheel.root, wheel.belongings)).start()
    with pytest.raises(TrigramsMissing):
        EmbeddedPostgres(folder).start()


def test_a_server_that_cannot_start_says_why(used: Path) -> None:
    with pytest.raises(ServerNotStarted, match="no_such_setting"):
        EmbeddedPostgres(used, settings={"no_such_setting": "1"}).start()


def test_missing_programs_are_named_with_what_would_do(folder: Path) -> None:
    with pytest.raises(BinariesMissing, match="postgresql"):
        Binaries.system(folder)


def test_this_machine_can_run_it() -> None:
    assert check() == ()


@is_root
def test_where_namespaces_are_refused_root_steps_down_to_nobody(folder: Path) -> None:
    with EmbeddedPostgres(folder, footing=Footing.NOBODY) as server:
        assert server.process_id is not None
        assert Path(f"/proc/{server.process_id}").stat().st_uid == pwd.getpwnam("nobody").pw_uid
        assert value(server, "SELECT 1") == 1


@is_root
@pytest.mark.slow
def test_programs_that_nobody_cannot_reach_are_copied_with_their_libraries(folder: Path) -> None:
    closed = folder.parent / "closed"
    closed.mkdir(mode=0o700)
    wheel = Binaries.packaged()
    wheel.copy_to(closed)
    with EmbeddedPostgres(folder, footing=Footing.NOBODY, binaries=Binaries.under(closed)) as server:
        assert value(server, "SELECT 1") == 1
    assert (folder / "programs-18" / "embedded_postgres.libs").is_dir()


@is_root
def test_a_folder_that_nobody_cannot_reach_is_not_opened_but_avoided(folder: Path) -> None:
    closed = folder.parent / "closed"
    closed.mkdir(mode=0o700)
    try:
        with EmbeddedPostgres(closed / "postgres", footing=Footing.NOBODY) as server:
            assert value(server, "SELECT 1") == 1
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        shutil.rmtree(Path((closed / "postgres" / "cluster-folder").read_text()))


@is_root
@pytest.mark.slow
def test_data_survives_a_change_of_footing(folder: Path) -> None:
    for footing in (Footing.NOBODY, Footing.NAMESPACE, Footing.NOBODY):
        with EmbeddedPostgres(folder, footing=footing) as server, psycopg.connect(server.dsn) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('办理')")
    with EmbeddedPostgres(folder) as server:
        assert value(server, "SELECT count(*) FROM kept") == 3


@is_root
def test_an_ordinary_user_runs_it_as_himself(folder: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    folder.mkdir()
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    program = (
        "import os, sys; os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[3]))\n"
        "from pathlib import Path\n"
        "from yijianshi.integrations.embedded_postgres import EmbeddedPostgres, Footing, Binaries\n"
        "assert Footing.find(program=Binaries.packaged().program('postgres')) is Footing.DIRECT\n"
        "import psycopg\n"
        "with EmbeddedPostgres(Path(sys.argv[1])) as server, psycopg.connect(server.dsn) as connection:\n"
        "    print(connection.execute('SELECT 40 + 2').fetchone()[0])\n"
    )
    # Modules are imported while still root: the interpreter may lie where nobody else can read.
    program = f"import yijianshi.integrations.embedded_postgres, psycopg\n{program}"
    done = subprocess.run(
        [sys.executable, "-c", program, folder, str(nobody.pw_gid), str(nobody.pw_uid)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.stdout.strip() == "42", done.stderr


@pytest.mark.skipif(not DEBIAN_15.is_dir(), reason="PostgreSQL 15 is not installed")
def test_it_also_drives_the_postgresql_15_of_the_system(folder: Path) -> None:
    with EmbeddedPostgres(folder, binaries=Binaries.system(DEBIAN_15)) as server:
        assert value(server, "SELECT current_setting('server_version_num')::int / 10000") == 15
        assert value(server, "SELECT cardinality(show_trgm('办理'))") == 3
