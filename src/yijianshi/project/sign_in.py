"""By which platforms people sign in here, and where officers live: read from the environment, joined to their ports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from yijianshi.integrations.identity import (
    ClaimNames,
    ClaimsUnreadable,
    OidcProvider,
    TicketProvider,
)
from yijianshi.integrations.identity.ticket import SIGNINGS
from yijianshi.services.ports import Clock
from yijianshi.services.providers import IdentityProvider, ProviderKnown

_KINDS = ("oidc", "ticket")
_SHORTEST_SECRET = 16


class SignInUnreadable(ValueError):
    """What is said of a provider cannot be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """What the operator says of one provider."""

    code: str
    kind: str
    name: str
    address: str
    client: str
    is_staff: bool
    scopes: str
    signing: str
    hosts: tuple[str, ...]
    names: ClaimNames
    secret: str = field(repr=False)

    @property
    def known(self) -> ProviderKnown:
        """What the door shows of it."""
        return ProviderKnown(
            code=self.code, name=self.name, is_staff=self.is_staff, highest=self.names.highest
        )


def read_providers(variables: Mapping[str, str]) -> tuple[ProviderSettings, ...]:
    """
    Return the providers that `YIJIANSHI_IDENTITY` names, each with what its own variables say.

    :raises SignInUnreadable: naming the variable and what would do.
    """
    codes = variables.get("YIJIANSHI_IDENTITY", "").replace(",", " ").split()
    for code in codes:
        if not (code.isascii() and code.isalnum() and code.islower()) or codes.count(code) > 1:
            raise SignInUnreadable(
                f"YIJIANSHI_IDENTITY 里的「{code}」应是小写英文字母和数字，各写一次，例如 province。"
            )
    return tuple(_read(code, variables) for code in codes)


def _read(code: str, variables: Mapping[str, str]) -> ProviderSettings:
    prefix = f"YIJIANSHI_IDENTITY_{code.upper()}_"

    def said(name: str, usual: str = "") -> str:
        return variables.get(prefix + name, "").strip() or usual

    for name in ("NAME", "ADDRESS", "CLIENT"):
        if not said(name):
            raise SignInUnreadable(f"YIJIANSHI_IDENTITY 写了「{code}」，但没有设 {prefix}{name}。请补上。")
    kind, signing, audience = said("KIND", "oidc"), said("SIGNING", "hmac-sm3"), said("FOR", "citizens")
    for name, value, allowed in (
        ("KIND", kind, _KINDS),
        ("SIGNING", signing, tuple(SIGNINGS)),
        ("FOR", audience, ("citizens", "staff")),
    ):
        if value not in allowed:
            raise SignInUnreadable(f"{prefix}{name} 是「{value}」，只能是 {'、'.join(allowed)} 之一。")
    try:
        names = ClaimNames.read(names=said("CLAIMS"), levels=said("LEVELS"), enterprise=said("ENTERPRISE_IS"))
    except ClaimsUnreadable as reason:
        raise SignInUnreadable(f"{prefix}CLAIMS 或 {prefix}LEVELS：{reason}。") from None
    return ProviderSettings(
        code=code,
        kind=kind,
        name=said("NAME"),
        address=said("ADDRESS"),
        client=said("CLIENT"),
        secret=said("SECRET"),
        is_staff=audience == "staff",
        scopes=said("SCOPES", "openid"),
        signing=signing,
        hosts=tuple(said("HOSTS").replace(",", " ").split()),
        names=names,
    )


def unsafe(provider: ProviderSettings) -> Iterator[tuple[str, str]]:
    """Yield what forbids production about a provider: what it is, and what would do."""
    prefix = f"YIJIANSHI_IDENTITY_{provider.code.upper()}_"
    if urlsplit(provider.address).scheme != "https":
        yield (
            f"身份认证平台“{provider.name}”的地址 {provider.address} 不是 https，登录会被冒用。",
            f"在 {prefix}ADDRESS 写 https 地址。",
        )
    if len(provider.secret) < _SHORTEST_SECRET:
        yield (
            f"身份认证平台“{provider.name}”的密钥没有设，或不到 {_SHORTEST_SECRET} 个字符。",
            f"把平台发的密钥写入 {prefix}SECRET。",
        )
    if not provider.is_staff and provider.names.usual_level > 1:
        yield (
            f"身份认证平台“{provider.name}”没有说明级别的人，也按 {provider.names.usual_level} 级放行。",
            f"在 {prefix}LEVELS 里去掉 *=，逐个写明平台的级别。",
        )


def join_provider(settings: ProviderSettings, *, clock: Clock) -> IdentityProvider:
    """Return the provider that the settings describe. :raises InsecureProvider: if its address is not safe."""
    if settings.kind == "ticket":
        return TicketProvider(
            known=settings.known, address=settings.address, client=settings.client, secret=settings.secret,
            clock=clock, names=settings.names, signing=settings.signing, hosts=settings.hosts,
        )  # fmt: skip
    return OidcProvider(
        known=settings.known, issuer=settings.address, client=settings.client, secret=settings.secret,
        clock=clock, scopes=settings.scopes, names=settings.names, hosts=settings.hosts,
    )  # fmt: skip
