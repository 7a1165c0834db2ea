"""The whole catalogue as an index, without a database: every one-thing as the province offers it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.editions import Edition, compile_edition
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.searching.index import Index
from yijianshi.services.searching.leads import leads_of

QUESTIONS = Path(__file__).with_name("questions.yaml")
PROVINCE, DAY = DivisionCode("320000"), date(2026, 1, 1)


def questions(*, held: bool) -> list[dict[str, Any]]:
    """Return the plain questions that are known, or those that were kept out of tuning."""
    every = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["questions"]
    return [question for question in every if question.get("held", False) is held]


@pytest.fixture(scope="session")
def editions() -> list[Edition]:
    """Every one-thing of the shipped catalogue as it holds in the province."""
    catalogue = shipped_catalogue()
    return [
        compile_edition(catalogue, bundle=code, division=PROVINCE, valid_from=DAY)
        for code in catalogue.bundles
    ]


@pytest.fixture(scope="session")
def index(editions: list[Edition]) -> Index:
    """The index of the whole catalogue."""
    synonyms = shipped_catalogue().synonyms
    return Index([lead for edition in editions for lead in leads_of(edition, synonyms)], synonyms)
