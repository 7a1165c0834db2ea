"""Between the form on the screen and the values that are kept: shapes, words, where each value comes from."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.drafts import APPLICANT, CHOICE, OWN_WORD, PHOTOGRAPH, FormField, Value
from yijianshi.domain.editions import Edition
from yijianshi.services.reading.case_values import source_in_words, value_in_words
from yijianshi.services.reading.drafts import DraftRead
from yijianshi.services.reading.guide import department_word
from yijianshi.web import parts as p
from yijianshi.web.templatetags.yjs import mask_number, mask_phone

_OWN = (*OWN_WORD, "situation", CHOICE)
_LONG = (Kind.TEXT, Kind.TABLE, Kind.ADDRESS)
#: Up to so many departments are named beside a question; of more the number says enough.
_MOST_NAMED = 4


def shown_value(value: Any, element: DataElement) -> Any:
    """Return a kept value in the shape in which its question shows it."""
    if element.kind is Kind.DATE_RANGE:
        first, last = (*(value or ()), "", "")[:2] if isinstance(value, list | tuple) else ("", "")
        return {"from": first, "to": last}
    if value is None and element.kind not in (Kind.BOOL, Kind.DECLARATION):
        return ""
    return value


def typed_value(question: p.Asked, sent: QueryDict) -> Any:
    """Return what was sent for a question in the shape in which it is kept."""
    value = p.posted(question, sent)
    if question.kind is Kind.DATE_RANGE:
        ends = [value["from"], value["to"]]
        return ends if any(ends) else []
    return value


def was_sent(name: str, sent: QueryDict) -> bool:
    """Return whether anything of a question was sent at all."""
    return name in sent or any(key.startswith(f"{name}.") for key in sent)


def question_of(field: FormField, edition: Edition, **more: Any) -> p.Asked:
    """Return the question of a field, with the offices that use the answer; `value` replaces the kept one."""
    element = edition.elements[field.element]
    kept = field.value.value if field.value else None
    value = more.pop("value", shown_value(kept, element))
    if element.kind is Kind.REGION:
        more["options"] = _places(edition)
    if element.kind is Kind.DECLARATION:
        more.setdefault("text", element.hint)
        more["hint"] = ""
    more.setdefault("who", _who(field, edition))
    return p.asked(element, value=value, optional=not field.required, **more)


def fact_of(field: FormField, read: DraftRead) -> p.Known:
    """Return a value that nobody has to type, with its origin and the way to object."""
    edition = read.edition
    element = edition.elements[field.element]
    value = field.value or Value(None, field.source, read.saved_at)
    link, words = _way_to_change(field, read)
    return p.Known(
        name=element.name,
        value=words_of(value.value, element, edition),
        source="您填的" if value.objected else _origin(value.source, edition),
        at=value.at,
        object_href=link,
        object_words=words,
        objected=_objected(value, element, edition) if value.objected else "",
        by_applicant=value.objected or value.source in _OWN,
        wide=element.kind in _LONG,
    )


def may_object(field: FormField) -> bool:
    """Return whether a value is somebody else's word, so that the applicant may say that it is wrong."""
    return field.turn == "known" and field.value is not None and field.value.source not in _OWN


def _way_to_change(field: FormField, read: DraftRead) -> tuple[str, str]:
    """Return where a known value is changed, and what the link is called; what was chosen is chosen anew."""
    if may_object(field):
        words = "改或撤回" if field.value and field.value.objected else "有误？"
        return reverse("draft-object", args=[read.id, field.element]), words
    if field.value and field.value.source == CHOICE:
        return reverse("draft-situation", args=[read.id]) + "#items", "去改"
    return "", ""


def facts_of(fields: Iterable[FormField], read: DraftRead) -> p.Facts:
    """Return known values side by side, the long ones below at full width."""
    facts = [fact_of(field, read) for field in fields]
    return p.Facts(items=tuple(sorted(facts, key=lambda fact: fact.wide)))


def words_of(value: Any, element: DataElement, edition: Edition) -> str:
    """Return a value in words; numbers of persons and telephones show only their ends."""
    if element.kind is Kind.ID_NUMBER:
        return mask_number(str(value)) if value else ""
    if element.kind is Kind.PHONE:
        return mask_phone(str(value)) if value else ""
    if element.kind is Kind.BANK_ACCOUNT:
        return mask_number(str(value).replace(" ", "")) if value else ""
    return value_in_words(value, element, edition)


def _origin(source: str, edition: Edition) -> str:
    if source == APPLICANT:
        return "您填的"
    if source == PHOTOGRAPH:
        return "您拍照后核对的"
    if source in ("situation", CHOICE):
        return "您选情形时定的"
    if source == "system":
        return "系统按今天的日期算的"
    return source_in_words(source, edition)


def _objected(value: Value, element: DataElement, edition: Edition) -> str:
    return f"您说登记有误（登记的是“{words_of(value.registered, element, edition)}”），部门会核对"


def _who(field: FormField, edition: Edition) -> str:
    if field.common:
        return ""
    words = dict.fromkeys(department_word(edition.item(code), edition) for code in field.asked_by)
    if len(words) > _MOST_NAMED:
        return f"{len(words)} 个部门都用"
    return f"{'、'.join(words)}用"


def _places(edition: Edition) -> tuple[p.Option, ...]:
    known = edition.divisions
    return tuple(
        p.Option(code, f"{known[d.parent].name if d.parent else ''}{d.name}")
        for code, d in known.items()
        if d.level == "county"
    )
