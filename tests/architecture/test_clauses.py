"""Each duty of the document is written down once, with its doors and the tests that prove it, and nothing is invented."""

from .clauses import PAGE, PARTS, marks, read_clauses, written
from .tree import is_door

AGAIN = "run: python -m tests.architecture.clauses > docs/clauses.md"


def test_the_page_of_clauses_says_what_the_tests_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), AGAIN


def test_a_test_names_only_clauses_that_exist() -> None:
    known = set(read_clauses())
    assert sorted({(test, clause) for test, clause in marks() if clause not in known}) == []


def test_every_clause_has_its_words_and_its_demand() -> None:
    for clause in read_clauses().values():
        assert clause.id[0] in PARTS
        assert clause.says
        assert clause.must


def test_behind_every_door_of_a_clause_there_is_something() -> None:
    missing = [(c.id, door) for c in read_clauses().values() for door in c.doors if not is_door(door)]
    assert missing == []


def test_a_clause_without_a_door_says_what_is_missing() -> None:
    assert [c.id for c in read_clauses().values() if not c.doors and not c.not_yet] == []
