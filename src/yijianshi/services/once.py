"""Acts that a caller may repeat without doing them twice (幂等): its key, the digest of its request, the first answer."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import msgspec
from django.db import transaction

from yijianshi.store.cases.moving import KeyAlreadyUsed, answer_under, keep_answer, keep_key

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


def do_once(
    once: Once | None, kind: type[Answer], act: Callable[[], Answer], *, at: datetime
) -> tuple[Answer, bool]:
    """
    Do an act under a caller's key, in one transaction with it; return its answer, and whether it was given before.

    :raises KeyReused: if the key was used for another request.
    """
    if once is None:
        return act(), False
    try:
        with transaction.atomic():
            keep_key(once.key, request=once.request, at=at)
            answer = act()
            keep_answer(once.key, msgspec.json.encode(answer))
    except KeyAlreadyUsed:
        return first_answer(once, kind), True
    return answer, False


def first_answer(once: Once, kind: type[Answer]) -> Answer:
    """
    Return the answer that was given when the act was done.

    :raises KeyReused: if the key was used for another request, or never.
    """
    kept = answer_under(once.key)
    if kept is None or kept[0] != once.request:
        raise KeyReused
    return msgspec.json.decode(kept[1], type=kind)
