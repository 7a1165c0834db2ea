"""Whether the embedded database could be started on this machine."""

import locale

from yijianshi.integrations.embedded_postgres.binaries import Binaries, BinariesMissing
from yijianshi.integrations.embedded_postgres.footing import Footing, FootingRefused


def check(*, binaries: Binaries | None = None) -> tuple[str, ...]:
    """Return what stands in the way, in Chinese; nothing if the database can be started."""
    problems = []
    try:
        chosen = binaries or Binaries.packaged()
        chosen.version()
        Footing.find(program=chosen.program("postgres"))
    except (BinariesMissing, FootingRefused) as reason:
        problems.append(str(reason))
    present = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        problems.append(
            "系统没有 C.UTF-8 区域设置，中文将无法检索。请安装 libc-bin（Debian）或 glibc-minimal-langpack。"
        )
    finally:
        locale.setlocale(locale.LC_CTYPE, present)
    return tuple(problems)
