"""
A form being filled: every value with where it came from, and what is wrong with it in plain words (草稿).

Basis: 苏政办发〔2022〕87号, 二(四): shared data fill themselves in and are seen by the applicant; only what is
personal is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from .answers import wrong_with
from .catalogue import RoleHint
from .codes import ElementCode, ItemCode
from .conditions import evaluate
from .editions import Edition
from .merging import MergedField
from .plans import Plan
from .sharing import FieldWay

APPLICANT = "applicant"
#: Read from a photographed paper and confirmed by the applicant, who may change it like what he typed.
PHOTOGRAPH = "photograph"
#: What the applicant says himself, however he gave it.
OWN_WORD = (APPLICANT, PHOTOGRAPH)
#: Said by choosing: an item's commitment, for instance; changed there and not in the form.
CHOICE = "choice"
#: The mark of a repeated group whose members are listed one by one.
LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Value:
    """One answer and its origin (来源): who or what said it, when, and whether the applicant objects."""

    value: Any
    source: str  # "applicant", "photograph", "situation", "system", or the code of a resource or an item
    at: datetime
    objected: bool = False
    registered: Any = None  # what the register says, where the applicant objects to it


class Trouble(NamedTuple):
    """What stands in the way of filing: which field, and a sentence that says what would do."""

    key: str
    message: str


class TamperedValue(Exception):
    """A value that a register supplied was sent back changed, without an objection."""

    def __init__(self, names: Iterable[str]) -> None:
        listed = "、".join(names)
        super().__init__(
            f"{listed}来自共享数据，不能直接改；数据不对请点“有误？”，写上正确的内容，我们会去核对"
        )


class FormField(NamedTuple):
    """One field as the form shows it: the merged field with its value, and whether it is the applicant's turn."""

    element: ElementCode
    asked_by: tuple[ItemCode, ...]
    turn: str  # ask | known | computed | later
    required: bool
    value: Value | None
    source: str
    common: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The one form of a plan with what is known so far, under its headings (一张表)."""

    groups: tuple[tuple[str, tuple[FormField, ...]], ...]
    fields: tuple[FormField, ...]


class _Place(NamedTuple):
    """Where a field stands in the form of a plan, whatever is known of its value."""

    element: ElementCode
    asked_by: tuple[ItemCode, ...]
    way: FieldWay
    required: bool
    source: str
    arises: bool  # from this very handling
    common: bool


def fill_form(plan: Plan, values: Mapping[ElementCode, Value], *, group: str = "") -> Form:
    """
    Return the form for `plan`: known values shown, the rest asked.

    Once the members of a repeated group are listed, what repeats with them stands on their own pages: with `group`
    the fields of one member are returned, without it everything else.

    What a register should know but does not is asked - unless it arises from this very handling, before anybody
    needs it (a newborn's number from the registration of the birth): then it is fetched when it is there.
    """
    groups = []
    for name, places in _layout(plan, group):
        fields = []
        for element, asked_by, way, required, source, arises, common in places:
            known = values.get(element)
            turn = "ask" if common else _turn(way, known, arises=arises)
            fields.append(FormField(element, asked_by, turn, required, known, source, common))
        groups.append((name, tuple(fields)))
    return Form(groups=tuple(groups), fields=tuple(field for _, fields in groups for field in fields))


def is_listed(plan: Plan, group: str) -> bool:
    """Return whether the members of a group are listed one by one, each with his own page."""
    return bool((plan.situation.groups.get(group) or {}).get(LISTED))


@lru_cache(maxsize=512)
def _layout(plan: Plan, group: str) -> tuple[tuple[str, tuple[_Place, ...]], ...]:
    """Return the headings of a plan's form with their fields; the same plan is filled many times."""
    edition, before = plan.edition, _priors(plan)
    groups: dict[str, list[_Place]] = {}
    for merged in plan.fields:
        if merged.repeat != group if group else is_listed(plan, merged.repeat):
            continue
        groups.setdefault(edition.elements[merged.element].group or "其他", []).append(
            _Place(
                merged.element,
                merged.asked_by,
                merged.way,
                merged.required,
                merged.source,
                _arises_here(merged, plan, before),
                common=False,
            )
        )
    if group:
        return tuple((name, tuple(places)) for name, places in groups.items())
    common = [
        _Place(
            field.element, tuple(plan.chosen), FieldWay.ASKED, field.required, APPLICANT, False, common=True
        )
        for field in edition.common_fields
        if field.required_if is None or evaluate(field.required_if, plan.circumstances) is True
    ]
    return (*((name, tuple(places)) for name, places in groups.items()), ("办理方式与领取", tuple(common)))


def troubles_of(form: Form, edition: Edition) -> tuple[Trouble, ...]:
    """Return what is missing or wrong in the form, field by field."""
    found = []
    for entry in form.fields:
        element = edition.elements[entry.element]
        value = entry.value.value if entry.value else None
        if value in (None, "", [], ()):
            if entry.required and entry.turn == "ask":
                found.append(Trouble(entry.element, f"{element.name}：还没有填"))
        elif entry.turn == "ask" and (said := wrong_with(value, element)):
            found.append(Trouble(entry.element, f"{element.name}：{said}"))
    return tuple(found)


def take_answers(
    form: Form, edition: Edition, given: Mapping[ElementCode, Any], *, at: datetime
) -> dict[ElementCode, Value]:
    """
    Return the values that the applicant now gives; what he was not asked for is not taken.

    :raises TamperedValue: if a supplied value comes back changed.
    """
    asked = {entry.element: entry for entry in form.fields}
    changed = [
        edition.elements[code].name
        for code, value in given.items()
        if code in asked
        and asked[code].turn in ("known", "computed", "later")
        and not _is_same(value, asked[code].value)
    ]
    if changed:
        raise TamperedValue(changed)
    return {
        code: _as_given(value, asked[code].value, at=at)
        for code, value in given.items()
        if code in asked and asked[code].turn == "ask"
    }


def _as_given(value: Any, known: Value | None, *, at: datetime) -> Value:
    """Return what was typed; a page that sends back unchanged what a photograph said leaves its origin alone."""
    if known is not None and known.source == PHOTOGRAPH and known.value == value:
        return known
    return Value(value, APPLICANT, at)


def same_person(
    hints: Iterable[RoleHint], values: Mapping[ElementCode, Value]
) -> dict[ElementCode, ElementCode]:
    """
    Return which unanswered elements may take another's value, because both belong to one person.

    That two roles are one person is known when one pair of their elements is known and equal - the applicant's
    number and the mother's - and then every other pair of the same hint follows.
    """
    by_role: dict[str, list[tuple[ElementCode, ElementCode]]] = {}
    for hint in hints:
        by_role.setdefault(hint.when, []).append(hint.may_equal)
    found: dict[ElementCode, ElementCode] = {}
    for pairs in by_role.values():
        both = [(a, b) for a, b in pairs if a in values and b in values]
        if not any(_is_number(a) and values[a].value == values[b].value for a, b in both):
            continue
        for a, b in pairs:
            for wanted, known in ((a, b), (b, a)):
                if known in values and wanted not in values:
                    found.setdefault(wanted, known)
    return found


def stated_by_choice(plan: Plan, *, at: datetime) -> dict[ElementCode, Value]:
    """Return the fields that merely repeat what was chosen: whether an item goes by commitment."""
    return {
        item.commitment.element: Value(
            item.commitment.yes if item.code in plan.situation.commitments else item.commitment.no, CHOICE, at
        )
        for item in plan.items
        if item.commitment.element
    }


def object_to(known: Value, corrected: Any, *, at: datetime) -> Value:
    """Return the applicant's own value in place of a register's, with what the register said kept beside it."""
    registered = known.registered if known.objected else known.value
    return Value(corrected, known.source, at, objected=True, registered=registered)


def withdraw_objection(known: Value) -> Value:
    """Return the register's value again; where nobody objected nothing changes."""
    if not known.objected:
        return known
    return replace(known, value=known.registered, objected=False, registered=None)


def _priors(plan: Plan) -> dict[ItemCode, frozenset[ItemCode]]:
    """Return, for each chosen item, everything that is granted before it begins."""
    found: dict[ItemCode, frozenset[ItemCode]] = {}
    for item in plan.items:
        direct = frozenset(plan.priors_of(item))
        found[item.code] = direct.union(*(found[code] for code in direct))
    return found


def _arises_here(merged: MergedField, plan: Plan, before: Mapping[ItemCode, frozenset[ItemCode]]) -> bool:
    """
    Whether an item granted before anybody needs the value brings it about.

    It does if it issues a licence and its department keeps the register that would know, or if the catalogue says so.
    """
    edition = plan.edition
    sources = {merged.source, *edition.elements[merged.element].sources}
    keepers = {edition.resources[code].department for code in edition.resources if code in sources}

    def is_brought_about_before(code: ItemCode) -> bool:
        said = {p for f in edition.item(code).fields if f.element == merged.element for p in f.prior}
        return any(
            prior in said or (one.result.licence and one.department in keepers)
            for prior in before[code]
            for one in (edition.item(prior),)
        )

    return all(is_brought_about_before(code) for code in merged.asked_by)


def _turn(way: FieldWay, known: Value | None, *, arises: bool) -> str:
    if way is FieldWay.ASKED:
        return "known" if known and known.source not in (*OWN_WORD, "situation") else "ask"
    if way is FieldWay.COMPUTED:
        return "computed"
    if known is not None and known.source not in OWN_WORD:
        return "known"
    return "later" if arises else "ask"


def _is_number(element: ElementCode) -> bool:
    """Only numbers tell persons apart; two people may share a name."""
    return element.endswith("id-number")


def _is_same(value: Any, known: Value | None) -> bool:
    return known is not None and str(value) == str(known.value)
