"""Whoever takes the platform over knows under which terms all of it stands."""

from .licences import PAGE, dependencies, written
from .tree import ROOT


def test_nothing_that_runs_is_under_a_licence_that_would_pass_on_to_the_whole() -> None:
    assert [one.name for one in dependencies() if one.is_copyleft] == []


def test_everything_that_runs_says_under_which_licence_it_is() -> None:
    assert [one.name for one in dependencies() if not one.licence] == []


def test_the_page_of_licences_names_what_is_pinned() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), (
        "run: python -m tests.architecture.licences > docs/licences.md"
    )


def test_the_project_carries_the_whole_text_of_its_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert (ROOT / "NOTICE").is_file()
