"""That bytes are what their name says: the name of a file is the SHA-256 of its content."""

import hashlib
import re

from yijianshi.services.ports import FileMissing

_DIGEST = re.compile(r"[0-9a-f]{64}")


class DigestWrong(ValueError):
    """The bytes do not belong to the digest under which they should be kept."""


class FileDamaged(FileMissing):
    """Something lies under this digest, but it is no longer what was saved."""


def demand_digest(sha256: str) -> str:
    """Return `sha256` if it is one. :raises DigestWrong: if it is not, so that no path can be smuggled in."""
    if not _DIGEST.fullmatch(sha256):
        raise DigestWrong("文件摘要应为 64 位小写十六进制，收到的不是。请用 SHA-256 重新计算。")
    return sha256


def demand_match(sha256: str, content: bytes) -> None:
    """:raises DigestWrong: if `content` does not have the digest `sha256`."""
    if hashlib.sha256(content).hexdigest() != demand_digest(sha256):
        raise DigestWrong(f"文件内容与摘要 {sha256[:12]}… 不符，没有保存。请重新上传。")


def demand_whole(sha256: str, content: bytes) -> bytes:
    """Return `content` as read from the store. :raises FileDamaged: if it is no longer what was saved."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(f"文件 {sha256[:12]}… 已损坏，不能使用。请从备份恢复。")
    return content
