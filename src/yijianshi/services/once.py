"""Acts that a caller may repeat without doing them twice (幂等): its key, the digest of its request, the first answer."""

import hashlib
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from yijianshi.store.cases.moving import answer_under

Answer = TypeVar("Answer")


class KeyReused(Exception):
    """The same key came with another request; nothing was done."""

    def __init__(self) -> None:
        super().__init__("这个 Idempotency-Key 已经用于另一个不同的请求。请为新的请求换一个新的键")


@dataclass(frozen=True, slots=True)
class Once:
    """A caller's key for one verb, bound to what was asked under it."""

    key: bytes
    request: bytes

    @classmethod
    def of(cls, account: str, verb: str, key: str, body: bytes) -> "Once | None":
        """Return the key for a request, or None if the caller gave none."""
        if not key:
            return None
        named = hashlib.sha256(f"{account}:{verb}:{key}".encode()).digest()
        return cls(named, hashlib.sha256(body).digest())


def first_answer(once: Once, kind: type[Answer]) -> Answer:
    """
    Return the answer that was given when the act was done.

    :raises KeyReused: if the key was used for another request, or never.
    """
    kept = answer_under(once.key)
    if kept is None or kept[0] != once.request:
        raise KeyReused
    return msgspec.json.decode(kept[1], type=kind)
