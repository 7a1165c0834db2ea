"""Practice cases: the same number gives the same case, and what is right is what the rules say."""

from datetime import date

import pytest

from yijianshi.domain.catalogue import Bundle
from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.editions import Edition, compile_edition
from yijianshi.domain.practice import NO, YES, Marks, NothingToPractise, Task, mark, practice_case
from yijianshi.domain.routing import unit_for
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.catalogue.reading import shipped_catalogue

pytestmark = pytest.mark.clause("A3")
HOME = DivisionCode("320106")


def edition_of(bundle: Bundle) -> Edition:
    return compile_edition(
        shipped_catalogue(), bundle=bundle.code, division=HOME, valid_from=date(2026, 1, 1)
    )


@pytest.mark.parametrize("bundle", shipped_catalogue().bundles.values(), ids=lambda bundle: bundle.code)
def test_every_one_thing_can_be_practised_and_each_answer_has_its_reason(bundle: Bundle) -> None:
    edition, forbidden, made = edition_of(bundle), shipped_catalogue().forbidden, 0
    for task in Task:
        for seed in (0, 1, 77):
            try:
                case = practice_case(task, edition, division=HOME, seed=seed, forbidden=forbidden)
            except NothingToPractise:
                continue
            made += 1
            again = practice_case(task, edition, division=HOME, seed=seed, forbidden=forbidden)
            assert again.questions == case.questions
            assert "练习" in case.name
            keys = [one.key for one in case.questions]
            assert len(set(keys)) == len(keys)
            for one in case.questions:
                assert one.why
                assert one.right in dict(one.options)
                _agrees_with_the_rules(case.task, one.key, one.right, case.plan, edition)
    assert made, bundle.code


def _agrees_with_the_rules(task: Task, key: str, right: str, plan, edition: Edition) -> None:
    if task is Task.DEPARTMENT:
        assert right == unit_for(edition.item(key), edition, division=HOME).department
    elif task is Task.MISSING and right == YES:
        assert {m.material: m.way for m in plan.materials}[key] is MaterialWay.UPLOAD


def test_a_correction_is_lawful_only_if_it_may_be_made_at_all() -> None:
    edition = edition_of(shipped_catalogue().bundles["open-restaurant"])
    said: list[tuple[str, str]] = []
    for seed in range(8):  # each case draws some of the questions that could be asked about it
        case = practice_case(
            Task.LAWFUL, edition, division=HOME, seed=seed, forbidden=shipped_catalogue().forbidden
        )
        asked = [(one.text, one.right) for one in case.questions]
        assert YES in [right for _, right in asked]
        said += asked
    for words in ("已经受理", "我们一直要的"):
        assert {right for text, right in said if words in text} == {NO}


def test_what_was_left_open_is_not_right() -> None:
    edition = edition_of(shipped_catalogue().bundles["open-restaurant"])
    case = practice_case(Task.MISSING, edition, division=HOME, seed=7)
    right = {one.key: one.right for one in case.questions}
    assert mark(case, right) == Marks(len(right), len(right))
    assert mark(case, right).percent == 100
    assert mark(case, {}).right == 0
    assert Marks(0, 0).percent == 0
