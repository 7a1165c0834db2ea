"""As whom the database runs: PostgreSQL refuses to run as root, so root has to step down first."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import IO, Any

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_NOBODY = 65534


class FootingRefused(Exception):
    """The database cannot run in the way that was asked for."""


class Footing(Enum):
    """The ways to run a program that refuses root."""

    DIRECT = "direct"  # an ordinary user runs it as himself
    NAMESPACE = (
        "namespace"  # in a user namespace, where the present user appears as nobody; no file changes hands
    )
    NOBODY = "nobody"  # as the user nobody, where the kernel or the container refuses namespaces

    @classmethod
    def find(cls, *, program: Path) -> "Footing":
        """Return the best way that works here, tried out with `program`."""
        if os.geteuid() != 0 and _has_name(os.geteuid()):
            return cls.DIRECT
        try:
            spawn([program, "--version"], footing=cls.NAMESPACE, cwd=Path("/")).wait()
        except (OSError, subprocess.SubprocessError):
            if os.geteuid() != 0:
                raise FootingRefused(
                    f"用户编号 {os.geteuid()} 在 /etc/passwd 里没有名字，而系统又不允许用户命名空间，"
                    "随附的数据库无法启动。请为该用户建立账户，或用 DATABASE_URL 指定已有的数据库。"
                ) from None
            return cls.NOBODY
        return cls.NAMESPACE

    @property
    def owner(self) -> tuple[int, int]:
        """Return the user and group to whom the files of the database must belong."""
        if self is Footing.NOBODY:
            return nobody()
        return os.geteuid(), os.getegid()


def spawn(
    command: Sequence[str | Path],
    *,
    footing: Footing,
    cwd: Path,
    ends_with_parent: signal.Signals = signal.SIGTERM,
    output: int | IO[Any] = subprocess.DEVNULL,
    keep_open: Sequence[int] = (),
    environment: dict[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    """
    Start a program on `footing` that receives the signal `ends_with_parent` when the calling thread ends.

    :raises OSError: if the program cannot be run.
    :raises subprocess.SubprocessError: if the footing is refused.
    """
    as_nobody = footing is Footing.NOBODY
    user, group = nobody()
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not subprocess.DEVNULL else subprocess.DEVNULL,
        env=environment,
        user=user if as_nobody else None,
        group=group if as_nobody else None,
        extra_groups=[] if as_nobody else None,
        pass_fds=tuple(keep_open),
        start_new_session=True,  # Ctrl-C at the terminal is for the launcher, which then stops the database in order
        preexec_fn=_preparation(footing, ends_with_parent),
    )


def may_enter(folder: Path, *, footing: Footing) -> bool:
    """Return whether a program on `footing` can reach `folder`."""
    if footing is not Footing.NOBODY:
        return True
    tried = spawn(["/bin/sh", "-c", 'cd -- "$0"', folder], footing=footing, cwd=Path("/"))
    return tried.wait() == 0


def can_run(program: Path, *, footing: Footing) -> bool:
    """Return whether `program` can be started on `footing`."""
    try:
        return spawn([program, "--version"], footing=footing, cwd=Path("/")).wait() == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _preparation(footing: Footing, ends_with_parent: signal.Signals) -> Callable[[], None]:
    user, group = os.geteuid(), os.getegid()
    unprivileged, nogroup = nobody()
    parent = os.getpid()
    library = ctypes.CDLL(None, use_errno=True)

    def prepare() -> None:
        if footing is Footing.NAMESPACE:
            if library.unshare(_CLONE_NEWUSER) != 0:
                raise OSError(ctypes.get_errno(), "unshare")
            _write("/proc/self/setgroups", "deny")
            _write("/proc/self/uid_map", f"{unprivileged} {user} 1")
            _write("/proc/self/gid_map", f"{nogroup} {group} 1")
        # After the change of identity, which would clear it; it survives the exec.
        if sys.platform == "linux":
            library.prctl(_PR_SET_PDEATHSIG, int(ends_with_parent), 0, 0, 0)
            if os.getppid() != parent:  # the parent died before the wish was recorded
                os._exit(1)

    return prepare


def _write(path: str, text: str) -> None:
    file = os.open(path, os.O_WRONLY)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def nobody() -> tuple[int, int]:
    """Return the user and group of those who own nothing."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return _NOBODY, _NOBODY
    return entry.pw_uid, entry.pw_gid


def _has_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True
