"""A folder of files, two levels deep by digest; a file appears whole or not at all."""

import contextlib
import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from yijianshi.services.ports import FileMissing

from .digest import demand_digest, demand_match, demand_whole

#: Below this much room the node should not take uploads any more.
_LEAST_ROOM = 1024**3


class FolderFiles:
    """The Files port on a file system that every node of the site sees."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def save(self, sha256: str, content: bytes) -> None:
        """
        Keep the bytes; saving the same bytes again changes nothing.

        :raises DigestWrong: if the bytes do not have this digest.
        """
        demand_match(sha256, content)
        place = self._place(sha256)
        # What decayed on the disk is written anew: saving is also how a material is healed.
        if place.exists() and place.read_bytes() == content:
            return
        self._make(place.parent)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, place)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
            raise
        _sync(place.parent)

    def open(self, sha256: str) -> BinaryIO:
        """
        Return the bytes as a stream, looked over first.

        :raises FileMissing: if they were never saved, are gone, or are damaged (`FileDamaged`).
        """
        try:
            content = self._place(demand_digest(sha256)).read_bytes()
        except FileNotFoundError:
            raise FileMissing(f"找不到文件 {sha256[:12]}…。请从备份恢复，或请申请人重新上传。") from None
        return BytesIO(demand_whole(sha256, content))

    def drop(self, sha256: str) -> None:
        """Forget bytes that nobody refers to any more; dropping what is not there changes nothing."""
        with contextlib.suppress(FileNotFoundError):
            self._place(demand_digest(sha256)).unlink()

    def _place(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A new folder is only on disk once the folder that lists it is.
        for parent in (folder.parent, folder.parent.parent):
            _sync(parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check(root: Path) -> tuple[str, ...]:
    """Return what keeps the folder from being used, one sentence each; nothing means all is well."""
    if not root.is_dir():
        return (f"材料文件夹 {root} 不存在，不能保存上传的材料。请先建立。",)
    findings = []
    try:
        with tempfile.NamedTemporaryFile(dir=root, prefix=".check-"):
            room = os.statvfs(root)
    except OSError as reason:
        return (f"材料文件夹 {root} 不可写：{reason.strerror}。请检查属主和权限。",)
    free = room.f_bavail * room.f_frsize
    if free < _LEAST_ROOM:
        findings.append(f"材料文件夹所在磁盘只剩 {free // 1024**2} MB。请扩容或迁移。")
    if root.stat().st_mode & 0o007:
        findings.append(f"材料文件夹 {root} 允许其他用户访问。请改为 0750 或更严。")
    return tuple(findings)
