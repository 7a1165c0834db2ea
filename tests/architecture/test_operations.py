"""The operator's handbook keeps up with the code: every setting, every command, everything only PostgreSQL speaks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .tree import ROOT, SOURCE, commands, parsed, python_files, word_of

HANDBOOK = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
#: What betrays SQL that other databases do not understand.
SPOKEN_BY_POSTGRESQL = re.compile(
    r"SKIP LOCKED|jsonb?_|json_to_record|::\w+\[\]|plpgsql|CREATE SEQUENCE|nextval|TrigramExtension|RETURNING"
    r"|JSONField|condition=~?Q\(|prepare_threshold",
)
VARIABLE = re.compile(
    r"^(?:YIJIANSHI_[A-Z0-9_]+|DATABASE_URL|ALLOWED_HOSTS|SECRET_KEY|XDG_DATA_HOME|DJANGO_[A-Z_]+)$"
)


def variables_read() -> Iterator[str]:
    """Yield every name of an environment variable that the source holds as a text."""
    for path in python_files(SOURCE):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and VARIABLE.match(word_of(node)):
                yield word_of(node)


def test_every_variable_that_is_read_is_explained() -> None:
    told = set(
        re.findall(r"`([A-Z][A-Z0-9_]+)`", HANDBOOK.split("## 4. Settings", 1)[1].split("\n## ", 1)[0])
    )
    assert sorted(set(variables_read()) - told) == []


def test_every_variable_that_is_explained_is_read() -> None:
    told = re.findall(r"`(YIJIANSHI_[A-Z0-9_]+)`", HANDBOOK)
    assert sorted(set(told) - set(variables_read())) == []


def test_every_command_that_the_handbook_names_exists() -> None:
    said = set(re.findall(r"^(yijianshi [a-z-]+(?: [a-z-]+)?)", HANDBOOK, re.MULTILINE))
    assert said
    assert {command for command in said if command not in commands()} == set()


def test_what_only_postgresql_speaks_is_listed_by_file() -> None:
    section = HANDBOOK.split("## 9.", 1)[1].split("\n## ", 1)[0]
    listed = set(re.findall(r"`(store/[\w/]+\.py)`", section))
    assert {name for name in listed if not (SOURCE / name).is_file()} == set()
    speaking = {
        path.relative_to(SOURCE).as_posix()
        for path in python_files(SOURCE / "store")
        if SPOKEN_BY_POSTGRESQL.search(path.read_text(encoding="utf-8")) and not _is_generated(path)
    }
    assert sorted(speaking - listed) == []


def _is_generated(path: Path) -> bool:
    return path.parent.name == "migrations" and "RunSQL" not in path.read_text(encoding="utf-8")


def test_sql_stays_behind_the_store() -> None:
    strangers = []
    for floor in ("domain", "services", "web", "api", "cli"):
        for path in python_files(SOURCE / floor):
            names = {
                name.name.split(".")[0]
                for node in ast.walk(parsed(path))
                if isinstance(node, ast.Import)
                for name in node.names
            }
            names |= {
                (node.module or "").split(".")[0]
                for node in ast.walk(parsed(path))
                if isinstance(node, ast.ImportFrom) and not node.level
            }
            if "psycopg" in names:
                strangers.append(path.relative_to(SOURCE).as_posix())
    assert strangers == []
