"""The counter page (柜台): who waits here, who stands before the clerk, what he has begun and not finished, how the day goes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, Thing, require

from ..custody.places import name_of_place, window_of
from .desk_figures import DayFigures, desk_figures
from .visits import visits_here
from .waiting import WaitingLine, waiting_here
from .window import DraftAtWindow, drafts_at_window


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPage:
    """The page."""

    place: str
    place_name: str
    visits: tuple[tuple[UUID, str, int], ...]
    waiting: tuple[WaitingLine, ...]
    drafts: tuple[DraftAtWindow, ...]
    own: DayFigures
    whole: DayFigures


def read_counter(*, actor: Actor, at: datetime) -> CounterPage:
    """
    Return what is before the clerk now.

    :raises NotPermitted: if the actor works at no window.
    """
    require(actor, Act.TAKE_CODE, Thing())
    place = window_of(actor)
    figures = desk_figures(place, actor=actor, at=at, most=1)
    return CounterPage(
        place=place,
        place_name=name_of_place(place),
        visits=visits_here(actor, at=at),
        waiting=waiting_here(actor, at=at),
        drafts=drafts_at_window(actor),
        own=figures.own[0],
        whole=figures.whole[0],
    )
