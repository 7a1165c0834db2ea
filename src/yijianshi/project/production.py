"""What forbids production: decisions of the operator, the state of the database, the counterparties in use."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connection

from yijianshi.integrations import embedded_postgres, ocr
from yijianshi.integrations.crypto import KeyUnusable
from yijianshi.integrations.exchange import InsecureAddress
from yijianshi.integrations.files import S3Missing
from yijianshi.integrations.identity import InsecureProvider
from yijianshi.integrations.scanner import ScannerAddressUnreadable
from yijianshi.project.clock import ClockUnmeasured
from yijianshi.project.environment import Environment, Finding, Reading
from yijianshi.project.health import has_trigrams, migrations_waiting
from yijianshi.services.outside import Outside, outside
from yijianshi.store.deployment.models import Stamp

_DURABLE = {
    "fsync": "断电会损坏数据库",
    "full_page_writes": "断电会损坏数据页",
    "synchronous_commit": "断电会丢失已经告知成功的申报",
}
_OLDEST = 150000
_PORTS = {
    "exchange": "数据共享",
    "messenger": "消息通知",
    "payment": "缴费",
    "scanner": "病毒扫描",
    "files": "材料存放",
    "documents": "文书打印",
    "crypto": "加密",
    "identity": "身份认证",
    "office": "办公平台",
}


@register("production", deploy=True)
def forbids_production(**_: Any) -> list[CheckMessage]:
    """Return everything that forbids serving real people."""
    return [_error(finding) for finding in findings(settings.ENVIRONMENT)]


@register("machine")
def forbids_running(**_: Any) -> list[CheckMessage]:
    """Return what stands in the way of running here at all."""
    if settings.ENVIRONMENT.database_url:
        return [_error(finding) for finding in _of_database(settings.ENVIRONMENT)]
    return [
        _error(Finding("embedded-postgres", what, "见上；或用 DATABASE_URL 指定已有的数据库。"))
        for what in embedded_postgres.check()
    ]


def findings(environment: Environment) -> tuple[Finding, ...]:
    """Return everything that forbids production in this deployment."""
    found = list(environment.findings())
    found += _of_counterparties()
    if environment.reading is Reading.ON and not ocr.is_installed():
        found.append(
            Finding(
                "ocr",
                "YIJIANSHI_OCR=on，但没有装拍照识别。",
                "pip install -r requirements/ocr.txt；不用就去掉。",
            )
        )
    if not settings.SESSION_COOKIE_SECURE or not settings.CSRF_COOKIE_SECURE:
        found.append(Finding("cookies", "会话 Cookie 可能经明文传送。", "设 YIJIANSHI_PROFILE=production。"))
    if environment.database_url or environment.embedded_database:
        found += _of_database(environment)
    return tuple(found)


def demo_adapters(counterparties: Outside) -> tuple[str, ...]:
    """Return the ports behind which a stand-in answers; stand-ins live in the module `demo` of their room."""
    return tuple(
        port.name
        for port in fields(counterparties)
        if any(
            type(one).__module__.rpartition(".")[2] == "demo"
            for one in _behind(getattr(counterparties, port.name))
        )
    )


def _behind(port: Any) -> tuple[Any, ...]:
    """Return who stands behind a port; several may."""
    return tuple(port.values()) if isinstance(port, dict) else (port,)


def _of_counterparties() -> "list[Finding]":
    remedy = "在 docs/operations.md 找到它的接入设置并填写。"
    try:
        stand_ins = demo_adapters(outside())
    except (KeyUnusable, DatabaseError, ClockUnmeasured):  # each is found on its own
        return []
    except (InsecureAddress, InsecureProvider, ScannerAddressUnreadable, S3Missing) as reason:
        return [Finding("counterparty", str(reason), remedy)]
    return [
        Finding(f"adapter-{port}", f"「{_PORTS.get(port, port)}」接的是演示替身，不是真实系统。", remedy)
        for port in stand_ins
    ]


def _of_database(environment: Environment) -> Sequence[Finding]:
    try:
        return [*_of_server(), *_of_content(environment)]
    except DatabaseError as reason:
        return [
            Finding(
                "database",
                f"数据库无法使用（{type(reason).__name__}）。",
                "检查 DATABASE_URL、网络和数据库账号；使用随附数据库时先启动 bin/serve。",
            )
        ]


def _of_server() -> "list[Finding]":
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        version = cursor.fetchone()
        if version and version[0] < _OLDEST:
            found.append(
                Finding("database-version", "PostgreSQL 版本低于 15。", "升级到 PostgreSQL 15 或更高。")
            )
        for name, consequence in _DURABLE.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            row = cursor.fetchone()
            if row and row[0] == "off":
                found.append(
                    Finding(
                        name,
                        f"数据库的 {name} 是 off，{consequence}。",
                        f"在 postgresql.conf 设 {name} = on。",
                    )
                )
    return found


def _of_content(environment: Environment) -> "list[Finding]":
    waiting = migrations_waiting()
    if waiting:
        return [Finding("migrations", f"数据库结构落后 {waiting} 步。", "运行 yijianshi migrate。")]
    found = []
    if not has_trigrams():
        found.append(
            Finding(
                "trigrams",
                "数据库不认识汉字，检索会一无所获。",
                "以 C.UTF-8（或其他 UTF-8 区域）重建数据库，并安装 pg_trgm 扩展。",
            )
        )
    stamp = Stamp.objects.first()
    if stamp is not None and stamp.profile != environment.profile.value:
        found.append(
            Finding(
                "stamp",
                f"这个数据库已标记为 {stamp.profile}，不能改作 {environment.profile.value}。",
                "用 DATABASE_URL 指定另一个数据库；标记不能更改。",
            )
        )
    return found


def _error(finding: Finding) -> CheckMessage:
    return Error(finding.what, hint=finding.remedy, id=f"yijianshi.{finding.key}")
