"""Where the files of the embedded database lie, and how a process that did not start it finds it."""

import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yijianshi.integrations.embedded_postgres.binaries import Binaries
from yijianshi.integrations.embedded_postgres.footing import Footing, can_run, may_enter, nobody

USER = "yijianshi"
DATABASE = "yijianshi"
PORT = 5432
LONGEST_SOCKET_PATH = 103  # bytes; sockaddr_un has 108 with its end, PostgreSQL writes a lock file beside it
_SHELTER = Path("/var/lib/yijianshi-postgres")


class SocketFolderUnsafe(Exception):
    """The folder meant for the socket belongs to somebody else or is open to others."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one database: the cluster, its password, its log, its socket."""

    folder: Path

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def password_file(self) -> Path:
        return self.folder / "password"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def socket_note(self) -> Path:
        """The file that says in which folder the socket lies."""
        return self.folder / "socket-folder"

    @property
    def shelter_note(self) -> Path:
        """The file that says where the cluster lies when it could not lie here."""
        return self.folder / "cluster-folder"

    @property
    def home(self) -> Path:
        """The folder in which the cluster lies: this one, unless it had to go to a shelter."""
        return Path(self.shelter_note.read_text()) if self.shelter_note.exists() else self.folder

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def socket_folder(self) -> Path:
        return Path(self.socket_note.read_text()) if self.socket_note.exists() else self.folder / "socket"

    def password(self) -> str:
        """Return the password of the database, made at random on first use and readable by its owner only."""
        if not self.password_file.exists():
            unfinished = self.password_file.with_suffix(".new")
            unfinished.unlink(missing_ok=True)
            file = os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            with os.fdopen(file, "w") as stream:
                stream.write(secrets.token_urlsafe(32))
            unfinished.rename(self.password_file)
        return self.password_file.read_text()

    def prepare(self, *, footing: Footing, binaries: Binaries) -> Binaries:
        """
        Make the folders and give them to whom the database runs as; return the programs as that user can run them.

        Nothing above the folder is opened to others: where the user nobody cannot come in, the cluster and a copy of
        the programs go to a shelter under /var/lib instead.

        :raises SocketFolderUnsafe: if the folder of the socket cannot be trusted.
        """
        self._choose_home(footing)
        for folder in {self.folder, self.home}:
            folder.chmod(0o700)
        _give(self.home, footing.owner)
        self._choose_socket_folder(footing)
        if (
            footing is Footing.NOBODY
            and binaries.root
            and not can_run(binaries.program("postgres"), footing=footing)
        ):
            binaries = self._copy(binaries)
        return binaries

    def forget_short_socket_folder(self) -> None:
        """Remove the folder that was made for the socket elsewhere, if there is one."""
        if self.socket_note.exists() and self.socket_folder.parent == Path(tempfile.gettempdir()):
            shutil.rmtree(self.socket_folder, ignore_errors=True)
            self.socket_note.unlink()

    def _choose_home(self, footing: Footing) -> None:
        if not may_enter(self.folder.parent, footing=footing) and not self.shelter_note.exists():
            shelter = _SHELTER / hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
            _SHELTER.mkdir(mode=0o755, parents=True, exist_ok=True)
            shelter.mkdir(mode=0o700, exist_ok=True)
            if (self.folder / "cluster").exists():
                shutil.move(self.folder / "cluster", shelter / "cluster")
            self.shelter_note.write_text(str(shelter))
        self.home.mkdir(mode=0o700, exist_ok=True)

    def _choose_socket_folder(self, footing: Footing) -> None:
        chosen = self.home / "socket"
        if len(os.fsencode(chosen / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH:
            chosen.mkdir(mode=0o700, exist_ok=True)
        elif self.socket_note.exists() and self.socket_folder.is_dir():
            chosen = self.socket_folder  # left by a launcher that was killed
        else:
            chosen = Path(tempfile.mkdtemp(prefix="yijianshi-"))
        found = chosen.lstat()
        trusted = {os.geteuid(), footing.owner[0]} | ({nobody()[0]} if os.geteuid() == 0 else set())
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in trusted or found.st_mode & 0o077:
            raise SocketFolderUnsafe(
                f"数据库套接字目录 {chosen} 不属于本用户，或对其他用户开放，没有启动。请删除该目录后重试。"
            )
        if os.geteuid() == 0:
            os.chown(chosen, *footing.owner)
        self.socket_note.write_text(str(chosen))

    def _copy(self, binaries: Binaries) -> Binaries:
        programs = self.home / f"programs-{binaries.version()}"
        if not programs.exists():
            unfinished = programs.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            # The copies stay root's, readable for all: the database cannot change its own programs.
            binaries.copy_to(unfinished)
            for folder, _, _ in os.walk(unfinished):
                os.chmod(folder, 0o755)  # noqa: S103
            unfinished.rename(programs)
        return Binaries.under(programs)


def connection_settings(folder: Path) -> dict[str, Any]:
    """
    Return how Django reaches the embedded database of `folder`, whether or not it runs at present.

    The password is empty before the first start.
    """
    place = Place(folder.resolve())
    password = place.password_file.read_text() if place.password_file.exists() else ""
    return {
        "NAME": DATABASE,
        "USER": USER,
        "PASSWORD": password,
        "HOST": str(place.socket_folder),
        "PORT": str(PORT),
    }


def _give(folder: Path, owner: tuple[int, int]) -> None:
    """Give the folder, and the cluster in it if it is somebody else's, to `owner`."""
    if os.geteuid() != 0:
        return
    os.chown(folder, *owner)
    cluster = folder / "cluster"
    if not cluster.exists() or cluster.stat().st_uid == owner[0]:
        return
    for parent, folders, files in os.walk(cluster):
        for name in (*folders, *files):
            os.chown(os.path.join(parent, name), *owner, follow_symlinks=False)
    os.chown(cluster, *owner)  # last: it is what tells that the rest is done
