"""What the tests of applying do again and again: begin a draft, look into it, complete it."""

from typing import Any
from uuid import UUID

from tests.cast import HOME, PAPER, RESTAURANT, answers_for
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.rights import Actor
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.drafting import OpenDraft, open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.start import start_draft

FOUR = ["licence-check", "food-business-permit", "fire-safety-check", "signage-permit"]
NEWBORN = {
    "birth-place": "省内助产机构",
    "married": True,
    "household-follow": "随母",
    "mother-insured": "职工生育保险",
    "directly-settled": True,
}


def begin(
    town: Town, who: Actor, *, bundle: str = "open-restaurant", answers: Any = None, **more: Any
) -> UUID:
    return start_draft(
        actor=who,
        bundle=BundleCode(bundle),
        division=HOME,
        answers=RESTAURANT if answers is None else answers,
        at=town.now,
        **more,
    )


def look(draft: UUID, who: Actor) -> OpenDraft:
    return open_draft(draft, actor=who)


def turn_of(draft: UUID, who: Actor, element: str) -> str:
    return next(f.turn for f in look(draft, who).form().fields if f.element == element)


def complete(town: Town, draft: UUID, who: Actor) -> None:
    """Fill in and hand in whatever is still asked."""
    for _ in range(3):
        opened = look(draft, who)
        fill_fields(draft=draft, actor=who, given=answers_for(opened.form(), opened.edition), at=town.now)
    for needed in look(draft, who).plan().materials:
        if needed.way == "upload":
            attach_material(
                draft=draft,
                actor=who,
                material=needed.material,
                filename="材料.pdf",
                content=PAPER,
                at=town.now,
            )
