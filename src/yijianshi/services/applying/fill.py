"""Fill the one form (填一张表): typed text is read, what is wrong is told, everything is kept from the first field on."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.answers import read_answer
from yijianshi.domain.codes import ElementCode
from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.drafts import Trouble, take_answers, troubles_of
from yijianshi.domain.rights import Actor

from .drafting import changing_draft
from .start import refresh, subject_for


def fill_fields(
    *, draft: UUID, actor: Actor, given: Mapping[str, Any], only: Iterable[str] = (), at: datetime
) -> tuple[Trouble, ...]:
    """
    Keep what was typed and return what is wrong with it; wrong answers are kept too, so that nothing is lost.

    :param given: element code to typed text, list of texts, or rows of a table.
    :param only: the fields shown together; troubles are told for these alone.
    :raises TamperedValue: if a register's value comes back changed; nothing is saved.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        elements = opened.edition.elements
        read = {
            ElementCode(code): understand(value, elements[ElementCode(code)])
            for code, value in given.items()
            if code in elements
        }
        form = opened.form()
        values = take_answers(form, opened.edition, read, at=at)
        cleared = [code for code, value in values.items() if value.value in (None, "", [])]
        opened.content.keep({code: v for code, v in values.items() if code not in cleared})
        for code in cleared:
            opened.content.values.pop(code, None)
        refresh(opened.content, opened.edition, subject_for(opened.row, actor=actor), at=at)
        wanted = set(only) or {field.element for field in form.fields}
        return tuple(t for t in troubles_of(opened.form(), opened.edition) if t.key in wanted)


def understand(given: Any, element: DataElement) -> Any:
    """Return what was typed as a value of the element's kind; rows of a table without any text are left out."""
    if element.kind is Kind.TABLE and isinstance(given, list):
        kinds = {column.key: column for column in element.columns}
        rows = [
            {
                key: read_answer(str(cell), DataElement(code=element.code, name=key, kind=kinds[key].kind))
                for key, cell in row.items()
                if key in kinds and str(cell).strip()
            }
            for row in given
            if isinstance(row, Mapping)
        ]
        return [row for row in rows if row]
    if element.kind in (Kind.MULTI_ENUM, Kind.DATE_RANGE):
        texts = given if isinstance(given, list | tuple) else [given]
        return [str(text).strip() for text in texts if str(text).strip()]
    return read_answer(given, element) if isinstance(given, str) else given
