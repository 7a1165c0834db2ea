"""Register an existing portal (登记接入门户): its address, where the word back goes, and the secret that both sign with."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Count, Q

from yijianshi.domain.portals import VOUCHED_WORDS, Vouched, is_code
from yijianshi.domain.rights import Act, Actor, Role, posts_for
from yijianshi.store.portal.models import PortalRow

from ..contents import open_text, seal_text


class PortalRefused(ValueError):
    """A portal cannot be registered as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """A portal as it is registered; its secret is never shown again."""

    code: str
    name: str
    origin: str
    receiver: str
    highest: Vouched
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalSeen:
    """How it goes with a portal: how many words back wait, and how many were laid aside."""

    code: str
    name: str
    origin: str
    receiver: str
    level: str
    told: int
    waiting: int
    laid_aside: int


def register_portal(
    *, code: str, name: str, origin: str, receiver: str, highest: Vouched, at: datetime, strict: bool = True
) -> str:
    """
    Register a portal, or give it a new secret, and return the secret, which is shown once.

    :param strict: whether both addresses must be reached over TLS, as everywhere but in a demo.
    :raises PortalRefused: if a code or an address is not usable.
    """
    if not is_code(code) or not name.strip():
        raise PortalRefused("门户的编号用小写字母、数字和短横，最长 32 个；名称不能空")
    for address in filter(None, (origin, receiver)):
        parts = urlsplit(address)
        if parts.scheme not in (("https",) if strict else ("http", "https")) or not parts.netloc:
            raise PortalRefused(f"“{address}”不是完整的 https 地址")
    if not origin or urlsplit(origin).path:
        raise PortalRefused("门户地址只写协议和域名，例如 https://www.example.gov.cn")
    secret = secrets.token_urlsafe(32)
    values = {
        "name": name[:100],
        "origin": origin,
        "receiver": receiver,
        "highest_level": str(highest),
        "secret_sealed": seal_text(secret, purpose="portal"),
        "since": at,
        "closed_at": None,
    }
    PortalRow.objects.update_or_create(code=code, defaults=values)
    return secret


def close_portal(*, code: str, at: datetime) -> bool:
    """Take a portal off: no ticket of its is taken any more; return whether there was one."""
    return bool(PortalRow.objects.filter(pk=code, closed_at=None).update(closed_at=at))


def known_portal(code: str) -> Portal | None:
    """Return a portal that is registered now, or None; one query."""
    row = PortalRow.objects.filter(pk=code, closed_at=None).first() if code else None
    if row is None:
        return None
    return Portal(
        code=row.code,
        name=row.name,
        origin=row.origin,
        receiver=row.receiver,
        highest=Vouched(row.highest_level),
        secret=open_text(row.secret_sealed, purpose="portal"),
    )


def read_portals(actor: Actor) -> tuple[PortalSeen, ...]:
    """Return how it goes with every portal; one query. :raises NotPermitted: if the actor supervises nowhere."""
    posts_for(actor, Act.KEEP_PORTALS, Role.SUPERVISOR)
    rows = PortalRow.objects.filter(closed_at=None).annotate(
        told=Count("pushrow", filter=Q(pushrow__told_at__isnull=False)),
        waiting=Count("pushrow", filter=Q(pushrow__told_at=None, pushrow__dead=False)),
        laid_aside=Count("pushrow", filter=Q(pushrow__dead=True)),
    )
    return tuple(
        PortalSeen(
            code=row.code, name=row.name, origin=row.origin, receiver=row.receiver, level=VOUCHED_WORDS[Vouched(row.highest_level)],
            told=row.told, waiting=row.waiting, laid_aside=row.laid_aside,
        )
        for row in rows.order_by("code")
    )  # fmt: skip
