"""
Machines that speak to the API (接入系统): each has an account, and a signed token that says what it may do.

The token carries posts and scopes, so that a request is authenticated without a query; a revoked client is
refused within half a minute on every process.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from django.core import signing

from yijianshi.domain.rights import Act, Actor, Post, Role
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Client, Officer
from yijianshi.store.keys import new_id

from ..contents import seal_text

_SALT = "yijianshi.api.token"
_REVOKED_FOR = 30.0  # seconds for which the list of revoked clients is trusted


class TokenRefused(Exception):
    """The token is not ours, has expired, or was revoked."""


class ClientRefused(ValueError):
    """A client cannot be made as asked."""


@dataclass(frozen=True, slots=True)
class _Signed:
    actor: Actor
    client: str
    expires: float


def create_client(
    *, name: str, posts: Sequence[tuple[Role, str]], scopes: Sequence[Act], days: int, at: datetime
) -> str:
    """
    Make a client and return its token, which is shown once.

    :raises ClientRefused: if it could do nothing, or its token would hold for longer than a year.
    """
    if not scopes or not 0 < days <= 366:
        raise ClientRefused("请至少给一项权限，有效期在 1 到 366 天之间")
    key = new_id()
    account = Account(
        id=new_id(),
        login=f"client-{key}",
        name_sealed=seal_text(name, purpose="name"),
        created_at=at,
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    Client.objects.create(id=key, name=name[:100], account=account, scopes=[str(s) for s in scopes])
    for role, unit in posts:
        Officer.objects.create(account=account, role=role, unit=unit, since=legal_day(at))
    return signing.dumps(
        {
            "c": str(key),
            "a": str(account.id),
            "p": [[str(role), unit] for role, unit in posts],
            "s": [str(scope) for scope in scopes],
            "x": int((at + timedelta(days=days)).timestamp()),
        },
        salt=_SALT,
        compress=True,
        serializer=_Json,
    )


def revoke_client(client: UUID, *, at: datetime) -> bool:
    """Revoke every token of a client; return whether there was one to revoke."""
    return bool(Client.objects.filter(pk=client, revoked_at=None).update(revoked_at=at))


def actor_by_token(token: str, *, at: datetime) -> Actor:
    """
    Return who speaks.

    :raises TokenRefused: if the token is not ours, has expired or was revoked.
    """
    try:
        signed = _read(token)
    except signing.BadSignature as error:
        raise TokenRefused("令牌无效。请核对是否完整，或请管理员重新签发") from error
    if signed.expires <= at.timestamp():
        raise TokenRefused("令牌已过期。请管理员重新签发（yijianshi token create）")
    if signed.client in _revoked():
        raise TokenRefused("令牌已被停用。请联系管理员")
    return signed.actor


class _Json:
    def dumps(self, obj: Any) -> bytes:
        return msgspec.json.encode(obj)

    def loads(self, data: bytes) -> Any:
        return msgspec.json.decode(data)


@lru_cache(maxsize=1024)
def _read(token: str) -> _Signed:
    said = signing.loads(token, salt=_SALT, serializer=_Json)
    actor = Actor(
        account=said["a"],
        posts=tuple(Post(Role(role), Unit.parse(unit)) for role, unit in said["p"]),
        scopes=frozenset(said["s"]),
    )
    return _Signed(actor, said["c"], said["x"])


_known_revoked: dict[str, Any] = {"until": 0.0, "clients": frozenset()}


def _revoked() -> frozenset[str]:
    if _known_revoked["until"] < time.monotonic():
        rows = Client.objects.exclude(revoked_at=None).values_list("pk", flat=True)
        _known_revoked.update(
            clients=frozenset(str(pk) for pk in rows), until=time.monotonic() + _REVOKED_FOR
        )
    clients: frozenset[str] = _known_revoked["clients"]
    return clients
