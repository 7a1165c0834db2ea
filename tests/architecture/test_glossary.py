"""One word per idea: the glossary and the domain hold the same words, and screens say what the glossary says."""

import ast
import re

from yijianshi.domain.cases import ACTION_WORDS, STATE_WORDS

from .tree import ROOT, SOURCE, parsed, public_classes, python_files

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<chinese>[^|]+?) \| (?P<identifiers>`[^|]+?) \| ?(?P<note>[^|]*)\|$", re.MULTILINE)
ERRORS = {"Exception", "ValueError", "LookupError"}


def rows() -> list[tuple[str, list[str]]]:
    """Return every Chinese term with its identifiers."""
    return [(row["chinese"], re.findall(r"`(\w+)`", row["identifiers"])) for row in ROW.finditer(GLOSSARY)]


def section(heading: str) -> dict[str, str]:
    """Return identifier and term of one section."""
    text = GLOSSARY.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    return {re.findall(r"`(\w+)`", row["identifiers"])[0]: row["chinese"] for row in ROW.finditer(text)}


def test_every_noun_of_the_domain_is_in_the_glossary() -> None:
    known = {identifier for _, identifiers in rows() for identifier in identifiers}
    missing = [
        f"{path.stem}.{node.name}"
        for path, node in public_classes(SOURCE / "domain")
        if node.name not in known and not ERRORS & {ast.unparse(base) for base in node.bases}
    ]
    assert missing == []


def test_every_identifier_of_the_glossary_is_in_the_domain() -> None:
    there = {node.name for _, node in public_classes(SOURCE / "domain")}
    for path in python_files(SOURCE / "domain"):
        there |= {
            target.id
            for node in parsed(path).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
    words = {*map(str, STATE_WORDS), *map(str, ACTION_WORDS)}
    assert [i for _, identifiers in rows() for i in identifiers if i not in there | words] == []


def test_states_and_actions_are_called_as_the_screens_call_them() -> None:
    assert section("States (办件状态)") == {str(state): word for state, word in STATE_WORDS.items()}
    assert section("Actions (办件动作)") == {str(action): word for action, word in ACTION_WORDS.items()}


def test_an_error_of_the_domain_is_named_after_what_was_refused_and_not_called_error() -> None:
    named = [
        node.name
        for _, node in public_classes(SOURCE / "domain")
        if node.name.endswith(("Error", "Exception"))
    ]
    assert named == []
