"""A manuscript as people would see it (预览): guide, form and notice for any situation, before anything is published."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.drafts import Form, fill_form
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan, Situation, make_plan
from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import legal_day

from ..catalogue.published import Published
from ..editions.checking import TextNotSound, compiled, errors_in, look_over
from ..editions.loading import load_manuscript
from ..printing.notices import notice_of
from ..printing.paper import Printed, print_letter
from .guide import Guide, guide_of

#: An edition that nothing refers to yet.
_NOT_PUBLISHED = UUID(int=0)


def edition_of(manuscript: UUID, *, actor: Actor, at: datetime) -> Edition:
    """
    Return the edition that a manuscript would become today.

    :raises TextNotSound: while it has errors for which it cannot become one.
    """
    loaded = load_manuscript(manuscript, actor=actor)
    on = legal_day(at)
    edition = compiled(loaded.written, valid_from=on)
    broken = tuple(e for e in errors_in(look_over(loaded.written, on=on)) if e.rule.startswith("malformed"))
    if broken:
        raise TextNotSound(broken)
    return edition


def preview_guide(
    edition: Edition,
    *,
    given: Mapping[str, Any],
    also: Iterable[str] = (),
    commit: Iterable[str] = (),
    division: DivisionCode,
    at: datetime,
) -> Guide:
    """Return the guide as it would stand for what was answered."""

    def planned(situation: Situation) -> Plan:
        return make_plan(edition, situation, strict=False)

    published = Published(_NOT_PUBLISHED, edition)
    return guide_of(
        published, planned=planned, division=division, given=given, also=also, commit=commit, on=legal_day(at)
    )


def preview_form(guide: Guide) -> Form:
    """Return the one form as somebody would see it of whom nothing is known."""
    return fill_form(guide.plan, {})


def preview_notice(guide: Guide, *, division: DivisionCode, at: datetime) -> Printed:
    """Return the notice as it would be printed. :raises GlyphsMissing: if a character cannot be printed."""
    letter = notice_of(guide, division=division, on=legal_day(at))
    return print_letter(letter, name=f"{letter.bundle}一次告知书（预览）")
