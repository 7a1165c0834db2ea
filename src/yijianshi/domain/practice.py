"""
Practice cases (练习): made up from a number, never kept as a matter of anybody's, and marked by the very rules that decide real ones.

Basis: 苏政办发〔2022〕87号 (whoever handles matters is trained), 二(四)(五) (what is shared is not asked, nothing is asked
without a basis); Administrative License Law, art. 32(1)(4) (told once).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar

from .cases import State
from .catalogue import Question, ServiceItem
from .codes import DivisionCode, ItemCode, MaterialCode
from .corrections import Remark, RemarkNotAllowed, Target, check_remark
from .definitions import Forbidden
from .editions import Edition
from .merging import MergedMaterial
from .plans import Plan, Situation, make_plan, offers, with_prerequisites
from .routing import unit_for, unit_name
from .sharing import MaterialWay

LARGEST_SEED = 10**6
YES, NO = "yes", "no"
_TRIES, _MOST_LAID, _MOST_SPARED, _MOST_ITEMS, _REMARKS = 40, 5, 4, 5, 4
_SHARING = "苏政办发〔2022〕87号二（四）（五）"
_NOT_LISTED = "苏政办发〔2022〕87号二（五）"
_ONCE = "《中华人民共和国行政许可法》第三十二条第一款第四项"
_PEOPLE = ("张三", "李四", "王五", "赵六", "孙七", "周八")
_SPARED_WHY = {
    MaterialWay.SHARED: "部门之间共享调取，不能要申请人交",
    MaterialWay.PRODUCED: "这次办理里前一个事项办出来，系统自动送过去",
    MaterialWay.GENERATED: "系统按填的表生成",
}
_T = TypeVar("_T")


class NothingToPractise(LookupError):
    """This one-thing gives no case for such a task."""


class Task(StrEnum):
    """What is practised (练习题型)."""

    MISSING = "missing"
    DEPARTMENT = "department"
    LAWFUL = "lawful"


TASK_WORDS = {
    Task.MISSING: ("找缺的材料", "看申请人带了什么、要办什么，哪些该请他补，哪些不能要"),
    Task.DEPARTMENT: ("分给哪个部门", "每个事项由谁审批"),
    Task.LAWFUL: ("补正合不合规", "同事写的补正意见，能不能这样发给申请人"),
}


@dataclass(frozen=True, slots=True)
class PracticeQuestion:
    """One question of a task: what may be answered, what is right, and why with its basis (练习题)."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    right: str
    why: str
    basis: str = ""

    def says(self, answer: str) -> str:
        """Return the words of an answer."""
        return dict(self.options).get(answer, "没有答")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCase:
    """One made-up case with its questions (练习件)."""

    task: Task
    seed: int
    name: str
    plan: Plan
    situation: tuple[tuple[str, str], ...]
    laid: tuple[str, ...]  # the documents that the made-up applicant has brought
    questions: tuple[PracticeQuestion, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """How a task was answered (练习成绩)."""

    right: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.total) if self.total else 0


def practice_case(task: Task, edition: Edition, *, division: DivisionCode, seed: int, forbidden: Sequence[Forbidden] = ()) -> PracticeCase:  # fmt: skip
    """
    Return the case that a number stands for; the same number and edition always give the same.

    :param forbidden: what the catalogue says must not be demanded.
    :raises NothingToPractise: if this one-thing gives no such case.
    """
    for n in range(_TRIES):
        draw = _Draw(f"{task}:{edition.digest}:{seed}:{n}")
        plan = _plan(edition, draw)
        brought, missing = _brought(plan, draw)
        if task is Task.MISSING:
            questions = tuple(_missing(plan, brought, missing, draw)) if missing else ()
        elif task is Task.DEPARTMENT:
            questions = tuple(_departments(plan, division, draw))
        else:
            questions = tuple(_remarks(plan, missing, forbidden, draw)) if missing else ()
        if questions:
            return PracticeCase(
                task=task,
                seed=seed,
                name=_name(edition, draw),
                plan=plan,
                situation=tuple(_told(edition.bundle.questions, plan.situation.answers)),
                laid=tuple(edition.materials[one.material].name for one in brought)
                if task is not Task.DEPARTMENT
                else (),
                questions=questions,
            )
    raise NothingToPractise("这件事出不了这种题，请换一件事")


def mark(case: PracticeCase, answers: Mapping[str, str]) -> Marks:
    """Return how many questions were answered rightly; what was left open is not."""
    return Marks(sum(answers.get(one.key) == one.right for one in case.questions), len(case.questions))


class _Draw:
    """Draws that depend on a number only, so that a case can be made again."""

    def __init__(self, salt: str) -> None:
        self._salt, self._drawn = salt, 0

    def below(self, bound: int) -> int:
        self._drawn += 1
        return int.from_bytes(sha256(f"{self._salt}:{self._drawn}".encode()).digest()[:8]) % bound

    def one(self, among: Sequence[_T]) -> _T:
        return among[self.below(len(among))]

    def some(self, among: Sequence[_T], number: int) -> list[_T]:
        """Return so many of them, in a drawn order."""
        left = list(among)
        return [left.pop(self.below(len(left))) for _ in range(min(number, len(left)))]


def _plan(edition: Edition, draw: _Draw) -> Plan:
    answers = {question.key: _answer(question, draw) for question in edition.bundle.questions}
    situation = Situation(items=(), answers=answers)
    open_ = [offer for offer in offers(edition, situation) if offer.standing in ("suggested", "optional")]
    suggested = [offer.item.code for offer in open_ if offer.standing == "suggested"]
    wanted = suggested or [offer.item.code for offer in open_]
    items = with_prerequisites(edition, wanted, situation=situation)
    return make_plan(edition, replace(situation, items=items), strict=False)


def _answer(question: Question, draw: _Draw) -> Any:
    if question.type == "bool":
        return draw.below(2) == 0
    if question.type == "number":
        return draw.one((30, 80, 120, 260, 480))
    if question.type == "multi":
        return [draw.one(question.options)] if question.options else []
    return draw.one(question.options) if question.options else ""


def _told(questions: Sequence[Question], answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for question in questions:
        said = answers[question.key]
        if isinstance(said, bool):
            yield question.text, question.yes if said else question.no
        else:
            yield (
                question.text,
                "、".join(map(str, said)) if isinstance(said, list) else f"{said}{question.unit}",
            )


def _brought(plan: Plan, draw: _Draw) -> tuple[list[MergedMaterial], list[MergedMaterial]]:
    """Return which documents he has brought, and which of those he should have are missing."""
    uploads = [one for one in plan.materials if one.way is MaterialWay.UPLOAD]
    uploads = draw.some(uploads, _MOST_LAID + 2)
    missing = uploads[: 1 + draw.below(2)] if uploads else []
    return uploads[len(missing) :], missing


def _missing(
    plan: Plan, brought: list[MergedMaterial], missing: list[MergedMaterial], draw: _Draw
) -> Iterator[PracticeQuestion]:
    options = ((YES, "请他补交"), (NO, "不用补"))
    spared = [one for one in plan.materials if one.way is not MaterialWay.UPLOAD]
    asked = [*((one, YES) for one in missing), *((one, NO) for one in brought[:3])]
    asked += [(one, NO) for one in draw.some(spared, _MOST_SPARED)]
    there = {one.material for one in brought}
    for one, right in draw.some(asked, len(asked)):
        if right == YES:
            why, basis = f"{_needed_by(one, plan)}要，他没有带", basis_of(one, plan)
        elif one.material in there:
            why, basis = "他已经带来了", basis_of(one, plan)
        else:
            why, basis = _SPARED_WHY[one.way], _SHARING
        yield PracticeQuestion(
            one.material, plan.edition.materials[one.material].name, options, right, why, basis
        )
    strange = [code for code in plan.edition.materials if code not in {m.material for m in plan.materials}]
    for code in draw.some(strange, 1):
        name = plan.edition.materials[code].name
        yield PracticeQuestion(code, name, options, NO, "这次选的事项都不用它，清单外的不能要", _NOT_LISTED)


def _departments(plan: Plan, division: DivisionCode, draw: _Draw) -> Iterator[PracticeQuestion]:
    edition = plan.edition
    units = {item.code: unit_for(item, edition, division=division) for item in plan.items}
    offered = dict.fromkeys(unit_for(item, edition, division=division) for item in edition.bundle.items)
    options = tuple(
        (str(unit.department), unit_name(unit, edition.departments, edition.divisions)) for unit in offered
    )
    if len(options) < 2:
        return
    for item in draw.some(plan.items, _MOST_ITEMS):
        unit = units[item.code]
        name = unit_name(unit, edition.departments, edition.divisions)
        yield PracticeQuestion(
            item.code, item.name, options, str(unit.department), f"由{name}办理", _basis_of_item(item)
        )


def _remarks(
    plan: Plan, missing: list[MergedMaterial], forbidden: Sequence[Forbidden], draw: _Draw
) -> Iterator[PracticeQuestion]:
    options = ((YES, "合规，可以发"), (NO, "不合规，不能发"))
    made = list(_made_up(plan, missing, draw))
    first, rest = made[:1], draw.some(made[1:], _REMARKS - 1)
    for n, (text, remark, state, way) in enumerate(draw.some([*first, *rest], _REMARKS)):
        right, why, basis = judge(remark, plan, state=state, way=way)
        yield PracticeQuestion(f"r{n}", text, options, right, why, basis)
    mine = [one for one in forbidden if one.bundle == plan.edition.bundle.code or one.item in plan.chosen]
    for one in draw.some(mine, 1):
        yield PracticeQuestion("forbidden", f"“请交{one.material}。”", options, NO, one.reason, _NOT_LISTED)


def judge(remark: Remark, plan: Plan, *, state: State, way: MaterialWay) -> tuple[str, str, str]:
    """Return whether a remark may be sent, why, and on which basis: by the rules that real remarks meet."""
    try:
        check_remark(remark, plan, state=state)
    except RemarkNotAllowed as refused:
        return NO, str(refused), _NOT_LISTED if state is State.RECEIVED else _ONCE
    if way is not MaterialWay.UPLOAD:
        return NO, f"这份材料{_SPARED_WHY[way]}", _SHARING
    return YES, "清单里要他交的，没有交；写明了缺什么、依据和怎么补", remark.basis


def _made_up(
    plan: Plan, missing: list[MergedMaterial], draw: _Draw
) -> Iterator[tuple[str, Remark, State, MaterialWay]]:
    lacking = missing[0]
    item = lacking.needed_by[0]
    name = plan.edition.materials[lacking.material].name
    good = _remark(item, lacking.material, basis=basis_of(lacking, plan) or "本事项办事指南")
    yield _words(plan, good), good, State.RECEIVED, MaterialWay.UPLOAD
    yield (
        f"“{name}不合格。”（没有写哪里不对、怎么补）",
        replace(good, reason="", remedy=""),
        State.RECEIVED,
        MaterialWay.UPLOAD,
    )
    late = "已经受理，又发现一样，再发一张补正告知书："
    yield late + _words(plan, good), good, State.ACCEPTED, MaterialWay.UPLOAD
    for one in draw.some([m for m in plan.materials if m.way is MaterialWay.SHARED], 1):
        remark = _remark(one.needed_by[0], one.material, basis=basis_of(one, plan) or "本事项办事指南")
        yield _words(plan, remark), remark, State.RECEIVED, one.way
    strange = [code for code in plan.edition.materials if code not in {m.material for m in plan.materials}]
    for code in draw.some(strange, 1):
        remark = _remark(item, code, basis="“我们一直要的”")
        yield _words(plan, remark), remark, State.RECEIVED, MaterialWay.UPLOAD


def _remark(item: ItemCode, material: MaterialCode, *, basis: str) -> Remark:
    return Remark(
        item=item, target=Target.MATERIAL, code=material, reason="没有交", basis=basis, remedy="请补交",
        unit="", by="", at=datetime(2000, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def _words(plan: Plan, remark: Remark) -> str:
    name = plan.edition.materials[MaterialCode(remark.code)].name
    return f"“{plan.edition.item(remark.item).name}：缺{name}，请补交。依据：{remark.basis}。”"


def basis_of(one: MergedMaterial, plan: Plan) -> str:
    """Return on what basis a document is asked for: each item's own, once."""
    found: dict[str, None] = {}
    for code in one.needed_by:
        item = plan.edition.item(code)
        need = next((need for need in item.materials if need.material == one.material), None)
        found[str(need.basis) if need and need.basis else _basis_of_item(item)] = None
    return "；".join(words for words in found if words)


def _basis_of_item(item: ServiceItem) -> str:
    return str(item.basis[0]) if item.basis else ""


def _needed_by(one: MergedMaterial, plan: Plan) -> str:
    return "、".join(plan.edition.item(code).plain_name for code in one.needed_by)


def _name(edition: Edition, draw: _Draw) -> str:
    if edition.bundle.audience == "enterprise":
        return f"练习{draw.below(90) + 10}号有限公司"
    return f"练习人{draw.one(_PEOPLE)}"
