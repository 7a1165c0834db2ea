"""What is filed, released and decided: every life of a small submission, however its cases depend on each other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain, combinations
from typing import Any
from uuid import UUID

import pytest

from tests.domain.specimens import HOME, calendar, edition_of, element, item, needing, shipped
from yijianshi.domain.cases import CLOSED, Action, State, next_state
from yijianshi.domain.catalogue import Field
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.drafts import Value, fill_form
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Situation, make_plan
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import (
    CaseNow,
    ChoiceNotAllowed,
    ManifestLine,
    Move,
    NotReady,
    admit,
    after_failure,
    after_grant,
    cases_to_open,
    check_ready,
    composed_title,
    content_digest,
    materials_for,
    release,
    slice_for,
)

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
FAILED = {State.DECLINED, State.REFUSED, State.WITHDRAWN, State.TERMINATED}

SHAPES: dict[str, Edition] = {
    "one waits for another": edition_of(item("a"), item("b", depends_on=("a",)), item("c")),
    "two wait for one": edition_of(item("a"), item("b", depends_on=("a",)), item("c", depends_on=("a",))),
    "a row": edition_of(item("a"), item("b", depends_on=("a",)), item("c", depends_on=("b",))),
    "one waits for two": edition_of(item("a"), item("b"), item("c", depends_on=("a", "b"))),
    "one waits for either": edition_of(item("a"), item("b"), item("c", depends_on_any=("a", "b"))),
    "one waits for two members": edition_of(item("a", per="employee"), item("c", depends_on=("a",))),
}


@dataclass(frozen=True)
class Life:
    """How a submission stands: its cases, whether it was released, how often a correction was asked for."""

    cases: tuple[CaseNow, ...]
    released: bool = False
    corrections: int = 0

    def after(self, *moves: Move, **more: Any) -> "Life":
        by_id = {move.case.id: move for move in moves}
        assert len(by_id) == len(moves), "one act moves a case once"
        cases = []
        for case in self.cases:
            if move := by_id.get(case.id):
                if move.to is not case.state:
                    assert next_state(case.state, move.action) is move.to
                else:
                    assert move.lowers
                case = replace(case, state=move.to, seq=case.seq + 1, waits_for=case.waits_for - move.lowers)
            cases.append(case)
        return replace(self, cases=tuple(cases), **more)


def filed(edition: Edition) -> Life:
    groups = {"employee": {"count": 2}} if any(one.per for one in edition.bundle.items) else {}
    plan = make_plan(edition, Situation(items=tuple(one.code for one in edition.bundle.items), groups=groups))
    opened = cases_to_open(plan, {}, home=HOME)
    return Life(
        tuple(
            CaseNow(UUID(int=n), f"{n}", one.item, one.member, State.RECEIVED, 1, one.waits_for)
            for n, one in enumerate(opened)
        )
    )


def subsets(items: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def what_may_happen(life: Life, edition: Edition, *, withdrawing: bool = True) -> Iterator[Life]:
    """Yield what may come next, each possible act once."""
    if not life.released:
        received = tuple(case for case in life.cases if case.state is State.RECEIVED)
        for remarked in subsets(received):
            for declined in subsets(tuple(dict.fromkeys(case.item for case in received))):
                marked = tuple(replace(case, remarked=case in remarked) for case in life.cases)
                moves = release(
                    marked, edition, calendar(), on=TODAY, declined=dict.fromkeys(declined, "sealed")
                )
                asked = any(move.to is State.AWAITING_CORRECTION for move in moves)
                yield life.after(*moves, released=True, corrections=life.corrections + asked)
    waiting = [case for case in life.cases if case.state is State.AWAITING_CORRECTION]
    if waiting:
        yield life.after(*(Move(case, Action.CORRECT, State.CORRECTED) for case in waiting))
    for case in life.cases:
        if case.state in (State.RECEIVED, State.CORRECTED):  # the fifth working day has passed in silence
            action = Action.WAIT if case.waits_for else Action.DEEM_ACCEPTED
            yield life.after(Move(case, action, next_state(case.state, action)))
        fails: list[tuple[Action, State]] = []
        if case.state is State.AWAITING_CORRECTION:
            fails.append((Action.LAPSE, State.TERMINATED))
        if case.state is State.CORRECTED:
            yield life.after(admit(case, edition, calendar(), on=TODAY))
            fails.append((Action.DECLINE, State.DECLINED))
        if case.state is State.ACCEPTED:
            others = after_grant(case, life.cases, edition, calendar(), on=TODAY)
            yield life.after(Move(case, Action.GRANT, State.GRANTED), *others)
            fails.append((Action.REFUSE, State.REFUSED))
        if withdrawing and case.state not in CLOSED:
            fails.append((Action.WITHDRAW, State.WITHDRAWN))
        for action, to in fails:
            yield life.after(Move(case, action, to), *after_failure(case, life.cases, edition))


def all_lives(edition: Edition) -> dict[Life, list[Life]]:
    """Return every state that can be reached, with what may follow from it."""
    start = filed(edition)
    reached: dict[Any, list[Life]] = {}
    lives = {key_of(start): start}
    queue = [start]
    while queue:
        life = queue.pop()
        following = list(what_may_happen(life, edition))
        reached[life] = following
        for later in following:
            if key_of(later) not in lives:
                lives[key_of(later)] = later
                queue.append(later)
    return reached


def key_of(life: Life) -> Any:
    return tuple((c.state, c.waits_for) for c in life.cases), life.released, life.corrections


@pytest.mark.clause("S7", "S8.1", "S8.2")
@pytest.mark.parametrize("shape", SHAPES)
def test_in_every_life_of_a_submission(shape: str) -> None:
    """One correction at most, no case waits for ever, and what depended on a failed case ends with it."""
    edition = SHAPES[shape]
    lives = all_lives(edition)
    assert len(lives) > 50
    for life in lives:
        assert life.corrections <= 1
        assert all(case.waits_for >= 0 for case in life.cases)
        for case in life.cases:
            one = edition.item(case.item)
            priors = [c for c in life.cases if c.item in one.depends_on]
            either = [c for c in life.cases if c.item in one.depends_on_any]
            if case.state not in CLOSED:
                assert not any(prior.state in FAILED for prior in priors), life
                assert not either or not all(prior.state in FAILED for prior in either), life
            if case.state is State.WAITING:
                assert case.waits_for > 0, life
                assert any(prior.state not in CLOSED for prior in (*priors, *either)), life
            if case.state in (State.ACCEPTED, State.GRANTED):
                assert all(prior.state is State.GRANTED for prior in priors), life
                assert not either or any(prior.state is State.GRANTED for prior in either), life
                assert case.waits_for == 0, life


@pytest.mark.parametrize("shape", SHAPES)
def test_every_life_can_be_brought_to_its_end_by_officials_alone(shape: str) -> None:
    edition = SHAPES[shape]
    lives = all_lives(edition)
    ended = {key_of(life) for life in lives if all(case.state in CLOSED for case in life.cases)}
    grown = True
    while grown:
        grown = False
        for life in lives:
            if key_of(life) in ended:
                continue
            if any(key_of(later) in ended for later in what_may_happen(life, edition, withdrawing=False)):
                ended.add(key_of(life))
                grown = True
    assert ended == {key_of(life) for life in lives}


@pytest.mark.parametrize("shape", SHAPES)
def test_all_is_granted_if_nobody_finds_fault(shape: str) -> None:
    edition = SHAPES[shape]
    life = filed(edition)
    life = life.after(*release(life.cases, edition, calendar(), on=TODAY), released=True)
    for _ in range(len(life.cases)):
        open_cases = [case for case in life.cases if case.state is State.ACCEPTED]
        if not open_cases:
            break
        others = after_grant(open_cases[0], life.cases, edition, calendar(), on=TODAY)
        life = life.after(Move(open_cases[0], Action.GRANT, State.GRANTED), *others)
    assert {case.state for case in life.cases} == {State.GRANTED}


def test_a_declined_item_stays_declined_though_what_it_depends_on_is_declined_too() -> None:
    edition = SHAPES["a row"]
    moves = release(
        filed(edition).cases,
        edition,
        calendar(),
        on=TODAY,
        declined={ItemCode("a"): "sealed", ItemCode("b"): "sealed"},
    )
    assert {move.case.item: move.to for move in moves} == {
        "a": State.DECLINED,
        "b": State.DECLINED,
        "c": State.TERMINATED,
    }
    assert next(move for move in moves if move.case.item == "c").detail == {"because_of": "b"}


@pytest.mark.clause("S8.1")
def test_cases_with_remarks_wait_and_the_others_go_on() -> None:
    edition = SHAPES["one waits for another"]
    cases = tuple(replace(case, remarked=case.item == "c") for case in filed(edition).cases)
    moves = {move.case.item: move for move in release(cases, edition, calendar(), on=TODAY)}
    assert {code: move.to for code, move in moves.items()} == {
        "a": State.ACCEPTED,
        "b": State.WAITING,
        "c": State.AWAITING_CORRECTION,
    }
    assert moves[ItemCode("a")].due_on == date(2026, 11, 25)
    assert moves[ItemCode("b")].due_on is None


def test_the_clock_of_a_waiting_case_starts_with_the_grant() -> None:
    edition = SHAPES["one waits for another"]
    life = filed(edition)
    life = life.after(*release(life.cases, edition, calendar(), on=TODAY), released=True)
    started = after_grant(life.cases[0], life.cases, edition, calendar(), on=date(2026, 11, 25))
    assert [(move.case.item, move.action, move.due_on) for move in started] == [
        ("b", Action.START, date(2026, 12, 2))
    ]


def test_a_due_day_in_a_year_without_a_table_is_marked_provisional() -> None:
    edition = SHAPES["one waits for another"]
    moves = release(filed(edition).cases, edition, calendar(), on=date(2026, 12, 30))
    assert [(m.due_on, m.provisional) for m in moves if m.case.item == "a"] == [(date(2027, 1, 7), True)]


def test_each_case_goes_to_the_unit_of_its_department_and_of_the_division_an_answer_names() -> None:
    away = item("b", department="public-security", division_from="household-division")
    edition = edition_of(item("a"), away, elements=[element("household-division", Kind.REGION)])
    plan = make_plan(edition, Situation(items=("a", "b")))  # type: ignore[arg-type]
    units = {
        case.item: str(case.unit)
        for case in cases_to_open(plan, {"household-division": "320100"}, home=HOME)  # type: ignore[dict-item]
    }
    assert units == {"a": "market-regulation@320106", "b": "public-security@320100"}


def form_of(**values: Any) -> Any:
    edition = edition_of(
        item(
            "a",
            fields=(Field(element="name"), Field(element="nickname", required=False)),  # type: ignore[arg-type]
            materials=needing("lease"),
        ),
        elements=[element("name", max_length=4), element("nickname")],
    )
    plan = make_plan(edition, Situation(items=("a",)))  # type: ignore[arg-type]
    known: Any = {code: Value(value, "applicant", NOW) for code, value in values.items()}
    return plan, fill_form(plan, known)


def test_a_form_without_a_required_answer_or_material_cannot_be_filed_and_says_what_is_missing() -> None:
    with pytest.raises(NotReady) as refused:
        check_ready(*form_of(), uploaded=())
    assert [trouble.key for trouble in refused.value.troubles] == ["name", "material:lease"]
    assert "还没有填" in str(refused.value)
    assert "还没有上传" in str(refused.value)
    check_ready(*form_of(name="王芳"), uploaded=["lease"])  # type: ignore[list-item]


def test_a_wrong_answer_cannot_be_filed() -> None:
    with pytest.raises(NotReady, match="太长了"):
        check_ready(*form_of(name="欧阳长长长长"), uploaded=["lease"])  # type: ignore[list-item]


def test_a_choice_that_is_not_allowed_cannot_be_filed() -> None:
    edition = SHAPES["one waits for another"]
    plan = make_plan(edition, Situation(items=("b",)))  # type: ignore[arg-type]
    with pytest.raises(ChoiceNotAllowed, match="请一并选上"):
        check_ready(plan, fill_form(plan, {}), uploaded=())


def test_the_digest_covers_answers_and_materials_in_whatever_order_they_came() -> None:
    lease = ManifestLine("lease", MaterialWay.UPLOAD, "aa")  # type: ignore[arg-type]
    plan_ = ManifestLine("floor-plan", MaterialWay.UPLOAD, "bb")  # type: ignore[arg-type]
    one = content_digest({"name": "王芳", "area": 120}, [lease, plan_])
    assert one == content_digest({"area": 120, "name": "王芳"}, [plan_, lease])
    assert one != content_digest({"name": "王芳", "area": 121}, [lease, plan_])
    assert one != content_digest({"name": "王芳", "area": 120}, [lease, replace(plan_, sha256="cc")])


@pytest.mark.clause("S4.2")
def test_a_department_gets_its_own_slice_and_its_own_materials() -> None:
    edition = shipped("open-restaurant")
    answers = {
        "venue-area": 326.4,
        "has-signage": True,
        "sells-tobacco": False,
        "discharges-to-sewer": False,
        "element:by-agent": False,
    }
    items = ("licence-check", "food-business-permit", "fire-safety-check", "signage-permit")
    plan = make_plan(edition, Situation(items=items, answers=answers))  # type: ignore[arg-type]
    values: Any = {code: Value("*", "applicant", NOW) for code in edition.elements}
    fire = slice_for(plan, ItemCode("fire-safety-check"), values)
    assert "exit-count" in fire
    assert "seat-count" not in fire
    assert "food-layout-document" not in materials_for(plan, ItemCode("fire-safety-check"))
    assert "fire-safety-plan" in materials_for(plan, ItemCode("fire-safety-check"))


def test_a_submission_is_called_by_the_enterprise_else_by_its_applicant() -> None:
    plan = make_plan(SHAPES["a row"], Situation(items=("a",)))  # type: ignore[arg-type]
    named: Any = {"applicant-name": "王芳", "enterprise-name": "南京禾味餐饮管理有限公司"}
    assert composed_title(plan, named) == "南京禾味餐饮管理有限公司"
    assert composed_title(plan, {"applicant-name": "王芳"}) == "王芳"  # type: ignore[dict-item]
    assert composed_title(plan, {}) == "样例一件事"
