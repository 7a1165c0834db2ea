"""What the operator decides: read once from environment variables, checked, and never changed while running."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from yijianshi.domain.booking import BookingRules
from yijianshi.domain.guards import LEAST_DAYS_OF_READS, Guarding
from yijianshi.domain.reminding import FURTHEST, USUALLY, DayToKeep, Distances
from yijianshi.domain.rights import Role
from yijianshi.integrations.crypto import KeyRing, KeyUnusable, demo_key_ring

from .sign_in import ProviderSettings, SignInUnreadable, read_providers, unsafe
from .variables import EnvironmentUnusable, choice, number, words, yes

DEMO_SECRET_KEY = "demo-only-published-with-the-source-never-for-real-people"  # noqa: S105 - refused in production
_SHORTEST_SECRET = 50
_LEAST_DIFFERENT_CHARACTERS = 12
_PORTAL = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?")


class StampDiffers(Exception):
    """The database is for the other purpose."""


class Profile(StrEnum):
    """Whether the people in the database are made up or real; a database keeps its profile for ever."""

    DEMO = "demo"
    PRODUCTION = "production"


class FilesPlace(StrEnum):
    """Where the bytes of materials lie."""

    FOLDER = "fs"
    OBJECT_STORE = "s3"


class PaymentPlace(StrEnum):
    """Where what is charged is paid."""

    DEMO = "demo"
    COUNTER = "counter"


class Reading(StrEnum):
    """Whether photographed papers are read: where the extra is installed, always, or never."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """The object store of a site that keeps materials there (S3 protocol)."""

    bucket: str
    endpoint: str
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that forbids production: what it is and what would do."""

    key: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Environment:
    """The decisions of one deployment; `docs/operations.md` lists the variables."""

    profile: Profile
    folder: Path
    address: str
    allowed_hosts: tuple[str, ...]
    debug: bool
    behind_tls_proxy: bool
    embedded_database: bool
    user_namespaces: bool
    prepared_statements: bool
    idle_minutes: int
    files: FilesPlace
    object_store: ObjectStore | None
    division: str
    government: str
    operator: str
    exchange_address: str
    scanner_address: str
    payment: PaymentPlace
    distances: Distances
    embedded_by: tuple[str, ...]
    providers: tuple[ProviderSettings, ...]
    office_address: str
    session_hours: int
    guarding: Guarding
    bridge_port: int
    reading: Reading
    booking: BookingRules
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    master_keys: str = field(repr=False)
    lookup_key: str = field(repr=False)
    office_secret: str = field(repr=False)
    message_gateway: str
    message_secret: str = field(repr=False)

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Environment":
        """
        Return the decisions written in `variables`, usually `os.environ`.

        :raises EnvironmentUnusable: if one of them cannot be understood; the message names it and says what would do.
        """
        profile = choice(variables, "YIJIANSHI_PROFILE", Profile, Profile.DEMO)
        is_demo = profile is Profile.DEMO
        files = choice(variables, "YIJIANSHI_FILES", FilesPlace, FilesPlace.FOLDER)
        database_url = variables.get("DATABASE_URL", "")
        environment = cls(
            profile=profile,
            folder=Path(variables.get("YIJIANSHI_DATA") or _usual_folder(variables)).expanduser().absolute(),
            address=_address(variables, is_demo=is_demo),
            allowed_hosts=words(variables, "ALLOWED_HOSTS") or (("*",) if is_demo else ()),
            debug=yes(variables, "YIJIANSHI_DEBUG", usual=False),
            behind_tls_proxy=yes(variables, "YIJIANSHI_TLS_PROXY", usual=False),
            embedded_database=yes(variables, "YIJIANSHI_EMBEDDED", usual=is_demo and not database_url),
            user_namespaces=yes(variables, "YIJIANSHI_USER_NAMESPACES", usual=True),
            prepared_statements=yes(variables, "YIJIANSHI_PREPARED_STATEMENTS", usual=True),
            idle_minutes=number(variables, "YIJIANSHI_IDLE_MINUTES", usual=30, least=1, most=24 * 60),
            files=files,
            object_store=_object_store(variables) if files is FilesPlace.OBJECT_STORE else None,
            division=variables.get("YIJIANSHI_DIVISION", "320106" if is_demo else ""),
            government=variables.get("YIJIANSHI_GOVERNMENT", "演示：鼓楼区人民政府" if is_demo else ""),
            operator=variables.get("YIJIANSHI_OPERATOR", "演示：鼓楼区政务服务管理办公室" if is_demo else ""),
            exchange_address=variables.get("YIJIANSHI_EXCHANGE", ""),
            scanner_address=variables.get("YIJIANSHI_SCANNER", ""),
            payment=choice(variables, "YIJIANSHI_PAYMENT", PaymentPlace, PaymentPlace.DEMO),
            distances=_distances(variables),
            embedded_by=_portals(variables),
            providers=_providers(variables),
            office_address=variables.get("YIJIANSHI_OFFICE_APP", ""),
            office_secret=variables.get("YIJIANSHI_OFFICE_APP_SECRET", ""),
            session_hours=number(variables, "YIJIANSHI_SESSION_HOURS", usual=12, least=1, most=24 * 7),
            guarding=_guarding(variables, is_demo=is_demo),
            bridge_port=number(variables, "YIJIANSHI_BRIDGE", usual=0, least=0, most=65535),
            message_gateway=_gateway(variables),
            message_secret=variables.get("YIJIANSHI_MESSAGES_SECRET", ""),
            reading=choice(variables, "YIJIANSHI_OCR", Reading, Reading.AUTO),
            booking=_booking(variables),
            database_url=database_url,
            secret_key=variables.get("SECRET_KEY") or (DEMO_SECRET_KEY if is_demo else ""),
            master_keys=variables.get("YIJIANSHI_MASTER_KEY", ""),
            lookup_key=variables.get("YIJIANSHI_LOOKUP_KEY", ""),
        )
        environment.database()
        return environment

    @property
    def is_production(self) -> bool:
        return self.profile is Profile.PRODUCTION

    @property
    def has_tls(self) -> bool:
        """Whether citizens reach the site over TLS, so that cookies may insist on it."""
        return self.address.startswith("https:")

    @property
    def database_folder(self) -> Path:
        """The folder of the database that comes along."""
        return self.folder / "postgres"

    def database(self) -> dict[str, Any]:
        """
        Return how Django reaches the database of DATABASE_URL; empty if the one that comes along is used.

        :raises EnvironmentUnusable: if DATABASE_URL is not an address of a PostgreSQL database.
        """
        if not self.database_url:
            return {}
        try:
            parts = {key: str(value) for key, value in conninfo_to_dict(self.database_url).items() if value}
        except ProgrammingError:
            parts = {}
        if not parts.get("dbname"):
            raise EnvironmentUnusable(
                "DATABASE_URL 无法识别。应写成 postgresql://用户:口令@主机:端口/数据库名；口令中的特殊字符须按 URL 编码。"
            )
        return {
            "NAME": parts.pop("dbname"),
            "USER": parts.pop("user", ""),
            "PASSWORD": parts.pop("password", ""),
            "HOST": parts.pop("host", ""),
            "PORT": parts.pop("port", ""),
            "OPTIONS": parts,
        }

    def key_ring(self) -> KeyRing:
        """
        Return the keys under which personal data is sealed; in the demo the published ones unless others are given.

        :raises KeyUnusable: if a key has the wrong shape or is missing in production.
        """
        if not self.is_production and not self.master_keys:
            return demo_key_ring()
        return KeyRing.from_hex(self.master_keys, lookup=self.lookup_key)

    def findings(self) -> tuple[Finding, ...]:
        """Return everything in these decisions that forbids production."""
        return tuple(_findings(self))


def _findings(environment: Environment) -> "list[Finding]":
    found: list[Finding] = []

    def refuse(key: str, what: str, remedy: str) -> None:
        found.append(Finding(key, what, remedy))

    if not environment.is_production:
        refuse("profile", "运行方式是演示（demo）。", "设 YIJIANSHI_PROFILE=production。")
    if environment.debug:
        refuse("debug", "调试已打开，出错页会显示程序内部。", "去掉 YIJIANSHI_DEBUG。")
    secret = environment.secret_key
    if not secret:
        refuse("secret-key", "没有设 SECRET_KEY。", "用 openssl rand -base64 60 生成，写入 SECRET_KEY。")
    elif secret == DEMO_SECRET_KEY:
        refuse("secret-key", "SECRET_KEY 是演示用的公开值。", "用 openssl rand -base64 60 生成一个。")
    elif len(secret) < _SHORTEST_SECRET or len(set(secret)) < _LEAST_DIFFERENT_CHARACTERS:
        refuse(
            "secret-key",
            f"SECRET_KEY 太弱（{len(secret)} 个字符，{len(set(secret))} 种）。",
            f"至少 {_SHORTEST_SECRET} 个随机字符：openssl rand -base64 60。",
        )
    try:
        ring = environment.key_ring()
    except KeyUnusable as reason:
        refuse(
            "keys",
            str(reason),
            "设 YIJIANSHI_MASTER_KEY 和 YIJIANSHI_LOOKUP_KEY，各用 openssl rand -hex 32 生成。",
        )
    else:
        if ring.is_demo:
            refuse("keys", "密钥是演示用的公开值。", "各用 openssl rand -hex 32 生成一把。")
        elif ring.is_weak:
            refuse("keys", "密钥像是手工键入的，不是随机生成的。", "各用 openssl rand -hex 32 生成一把。")
    if not environment.allowed_hosts or "*" in environment.allowed_hosts:
        refuse("hosts", "没有限定网站的域名。", "把对外域名写入 ALLOWED_HOSTS，用逗号分开。")
    if not environment.has_tls:
        refuse(
            "tls",
            f"对外地址 {environment.address or '（未设）'} 不是 https，会话 Cookie 会在网上明文传送。",
            "在 YIJIANSHI_ADDRESS 写 https 地址；由前置代理解密时再设 YIJIANSHI_TLS_PROXY=1。",
        )
    if not environment.database_url and not environment.embedded_database:
        refuse(
            "database",
            "没有设 DATABASE_URL。",
            "写入 PostgreSQL 15 以上的地址；单机小站点可设 YIJIANSHI_EMBEDDED=1 使用随附的数据库。",
        )
    for provider in environment.providers:
        for what, remedy in unsafe(provider):
            refuse("identity", what, remedy)
    if environment.office_address and not environment.office_address.startswith("https:"):
        refuse("office-app", "办公平台的地址不是 https。", "在 YIJIANSHI_OFFICE_APP 写 https 地址。")
    return found


def _usual_folder(variables: Mapping[str, str]) -> Path:
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    return Path(variables.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "yijianshi"


def _address(variables: Mapping[str, str], *, is_demo: bool) -> str:
    address = variables.get("YIJIANSHI_ADDRESS", "http://127.0.0.1:8000" if is_demo else "").rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path):
        raise EnvironmentUnusable(
            f"YIJIANSHI_ADDRESS 是「{address}」，应为完整的网站地址，不带路径，例如 https://yjs.example.gov.cn。"
        )
    return address


def _distances(variables: Mapping[str, str]) -> Distances:
    """Return how many working days before each kind of day somebody is reminded: `check=5,owed=2`; the rest as usual."""
    days = dict(USUALLY)
    for word in words(variables, "YIJIANSHI_REMIND_DAYS"):
        kind, _, number = word.partition("=")
        if kind not in tuple(DayToKeep) or not number.isdecimal() or int(number) > FURTHEST:
            kinds = "、".join(DayToKeep)
            raise EnvironmentUnusable(
                f"YIJIANSHI_REMIND_DAYS 里的「{word}」看不懂，应写成 owed=2 这样：前面是 {kinds} 之一，后面是提前几个工作日，最多 {FURTHEST}。"
            )
        days[DayToKeep(kind)] = int(number)
    return Distances(days)


def _guarding(variables: Mapping[str, str], *, is_demo: bool) -> Guarding:
    """Return who proves himself twice, how old a password may be, and how long reads are kept."""
    roles = words(variables, "YIJIANSHI_SECOND_FACTOR")
    if unknown := [role for role in roles if role not in set(Role)]:
        raise EnvironmentUnusable(
            f"YIJIANSHI_SECOND_FACTOR 里的「{unknown[0]}」不是岗位，可用：{'、'.join(Role)}，用逗号分开。"
        )
    return Guarding(
        also_twice=frozenset(Role(role) for role in roles),
        demo_is_let_in=is_demo,
        password_days=number(
            variables, "YIJIANSHI_PASSWORD_DAYS", usual=0 if is_demo else 90, least=0, most=366
        ),
        read_days=number(variables, "YIJIANSHI_READ_DAYS", usual=366, least=LEAST_DAYS_OF_READS, most=3660),
    )


def _booking(variables: Mapping[str, str]) -> BookingRules:
    """Return the customs of booking: `open_at_once=3,walk_in_percent=50`; the rest as usual."""
    rules = BookingRules()
    for word in words(variables, "YIJIANSHI_BOOKING"):
        name, _, number = word.partition("=")
        if name not in {one.name for one in fields(rules)} or not number.isdecimal() or int(number) > 365:
            names = "、".join(one.name for one in fields(rules))
            raise EnvironmentUnusable(
                f"YIJIANSHI_BOOKING 里的「{word}」看不懂，应写成 open_at_once=2 这样：前面是 {names} 之一，后面是 365 以内的整数。"
            )
        rules = replace(rules, **{name: int(number)})
    if rules.walk_in_percent > 100:
        raise EnvironmentUnusable("YIJIANSHI_BOOKING 里的 walk_in_percent 是百分数，不能超过 100。")
    return rules


def _portals(variables: Mapping[str, str]) -> tuple[str, ...]:
    """Return the portals that may show pages of ours within their own, each as scheme and host."""
    portals = words(variables, "YIJIANSHI_EMBEDDED_BY")
    for portal in portals:
        if not _PORTAL.fullmatch(portal):
            raise EnvironmentUnusable(
                f"YIJIANSHI_EMBEDDED_BY 里的「{portal}」不是网站地址，应只写协议和域名，例如 https://www.example.gov.cn，用逗号分开。"
            )
    return portals


def _providers(variables: Mapping[str, str]) -> tuple[ProviderSettings, ...]:
    try:
        return read_providers(variables)
    except SignInUnreadable as reason:
        raise EnvironmentUnusable(str(reason)) from None


def _gateway(variables: Mapping[str, str]) -> str:
    """Return the address of the gateway that carries messages out; it needs a secret to sign with."""
    address = variables.get("YIJIANSHI_MESSAGES", "").rstrip("/")
    if address and (urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).netloc):
        raise EnvironmentUnusable(f"YIJIANSHI_MESSAGES 是「{address}」，应为消息网关的完整地址。")
    if address and not variables.get("YIJIANSHI_MESSAGES_SECRET"):
        raise EnvironmentUnusable("设了 YIJIANSHI_MESSAGES，还要设 YIJIANSHI_MESSAGES_SECRET，用来签名。")
    return address


def _object_store(variables: Mapping[str, str]) -> ObjectStore:
    names = {
        "bucket": "YIJIANSHI_S3_BUCKET",
        "endpoint": "YIJIANSHI_S3_ENDPOINT",
        "region": "YIJIANSHI_S3_REGION",
        "access_key": "YIJIANSHI_S3_ACCESS_KEY",
        "secret_key": "YIJIANSHI_S3_SECRET_KEY",
    }
    missing = [name for name in names.values() if not variables.get(name) and name != "YIJIANSHI_S3_REGION"]
    if missing:
        raise EnvironmentUnusable(
            f"YIJIANSHI_FILES=s3，但没有设 {'、'.join(missing)}。请补上，或改用 YIJIANSHI_FILES=fs。"
        )
    return ObjectStore(**{key: variables.get(name, "") for key, name in names.items()})
