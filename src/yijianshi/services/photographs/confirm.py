"""Confirm what was read of a photograph (核对): only what was said to be right goes into the draft; then the photograph goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.domain.answers import wrong_with
from yijianshi.domain.codes import ElementCode, MaterialCode
from yijianshi.domain.drafts import APPLICANT, PHOTOGRAPH, Trouble, Value
from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import legal_day
from yijianshi.store.photographs.models import PhotographRow

from ..applying.attach import attach_material
from ..applying.drafting import changing_draft
from ..applying.fill import understand
from ..applying.start import refresh, subject_for
from ..outside import outside
from .look import FieldRead, PhotographRead, open_photograph, read_row
from .take import PURPOSE

RIGHT, CHANGED = "right", "changed"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says to one field: that it is right as read, or what it should be."""

    how: str  # RIGHT or CHANGED; anything else leaves the field alone
    typed: Any = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What came of it: the fields filled in, or what is wrong with what was typed."""

    read: PhotographRead
    filled: tuple[ElementCode, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    handed_in: bool = False


def confirm_photograph(
    *, photograph: UUID, actor: Actor, said: Mapping[str, Said], hand_in: bool = False, at: datetime
) -> Confirmed:
    """
    Take over the confirmed fields, hand the photograph in if that is wished, and delete it.

    What is wrong with a typed text is told, and nothing is changed. What a register already gave is left as it is.

    :param said: by element; a field that is not named, or was declined and not typed, stays as it was.
    :raises NotPermitted: if the photograph is not the actor's, or is gone.
    :raises DraftFiled: if the draft was filed.
    :raises MaterialNotAsked: if it is to be handed in and the draft does not ask for the document.
    :raises FileRefused: if it cannot be taken as a document.
    """
    with transaction.atomic():
        row, opened = open_photograph(photograph, actor=actor, for_update=True)
        read = read_row(row, opened, at=at, on=legal_day(at))
        values, troubles = _values(read, said, opened.edition.elements, at=at)
        if troubles:
            return Confirmed(read=read, troubles=troubles)
        if values:
            with changing_draft(row.draft_id, actor=actor, at=at) as changing:
                asked = {field.element for field in changing.form().fields if field.turn == "ask"}
                values = {code: value for code, value in values.items() if code in asked}
                changing.content.keep(values)
                refresh(changing.content, changing.edition, subject_for(changing.row, actor=actor), at=at)
        handed_in = hand_in and row.is_picture
        if handed_in:
            sealed = PhotographRow.objects.values_list("content_sealed", flat=True).get(pk=row.pk)
            content = outside().crypto.unseal(
                bytes(sealed), purpose=PURPOSE, under=bytes(opened.row.wrapped_key)
            )
            attach_material(
                draft=row.draft_id, actor=actor, material=MaterialCode(read.asked.material or ""),
                filename=f"{read.asked.title}.{row.file_kind}", content=content, at=at,
            )  # fmt: skip
        PhotographRow.objects.filter(pk=row.pk).delete()
    return Confirmed(read=read, filled=tuple(values), handed_in=handed_in)


def _values(
    read: PhotographRead, said: Mapping[str, Said], elements: Mapping[ElementCode, Any], *, at: datetime
) -> tuple[dict[ElementCode, Value], tuple[Trouble, ...]]:
    values: dict[ElementCode, Value] = {}
    troubles = []
    for one in read.open_fields:
        answer = said.get(one.element)
        if answer is None:
            continue
        value = _value(one, answer, elements[one.element], at=at)
        if value is None:
            continue
        if wrong := wrong_with(value.value, elements[one.element]):
            troubles.append(Trouble(one.element, f"{elements[one.element].name}：{wrong}"))
        else:
            values[one.element] = value
    return values, tuple(troubles)


def _value(one: FieldRead, answer: Said, element: Any, *, at: datetime) -> Value | None:
    if answer.how == RIGHT and one.value is not None:
        return Value(one.value, PHOTOGRAPH, at)
    if answer.how != CHANGED:
        return None
    typed = understand(answer.typed, element)
    if typed in (None, "", []):
        return None
    return Value(typed, APPLICANT, at)
