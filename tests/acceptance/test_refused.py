"""Choices that cannot be handled as they are: each is refused by the right rule, says why, and names the way that leads on."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.domain.specimens import shipped
from tests.fullest import fullest_answers
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.plans import Situation, make_plan

TABLE: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("refused.yaml").read_text(encoding="utf-8")
)


@pytest.mark.clause("S6.2", "S0")
@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["名称"])
def test_what_cannot_be_handled_so_is_refused_with_its_reason(case: dict[str, Any]) -> None:
    edition = shipped(case["一件事"])
    known = {item.code for item in edition.bundle.items}
    assert set(case["选"]) <= known, "the table names items that are there"
    answers = dict(fullest_answers(case["一件事"])) | case.get("回答", {}) | {"element:by-agent": False}
    situation = Situation(items=tuple(ItemCode(code) for code in case["选"]), answers=answers)
    plan = make_plan(edition, situation, strict=False)
    assert not plan.allowed
    said = {problem.rule: problem.message for problem in plan.problems}
    assert case["规则"] in said, said
    assert case.get("说", "") in said[case["规则"]]
    if meant := case.get("改走"):
        redirects = {
            one.redirect for one in edition.bundle.preconditions if one.message in said[case["规则"]]
        }
        assert meant in redirects


def test_there_are_twenty_of_them() -> None:
    assert len(TABLE) >= 20
    assert len({case["名称"] for case in TABLE}) == len(TABLE)
    assert sum("改走" in case for case in TABLE) >= 2
