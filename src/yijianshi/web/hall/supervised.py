"""How long people wait and are served, and the chain from a booking to its case: for the supervisor, without names."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from yijianshi.services.reading.hall_chain import Visit
from yijianshi.services.reading.hall_supervised import HallSupervised, read_hall_supervised
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

from .chain import chain_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisedView:
    """The page."""

    read: HallSupervised
    number: str
    filters: p.FilterBar
    visits: tuple[tuple[Visit, p.Pairs, p.History], ...]


@signed_in
def supervised(request: HttpRequest) -> HttpResponse:
    """Show the figures of the last days; and one chain, looked for by a number of it."""
    number = posted_text(request, "q", longest=40)
    read = read_hall_supervised(actor=actor(request), number=number, at=now())
    view = SupervisedView(
        read=read,
        number=number,
        filters=p.FilterBar(
            query=number, placeholder="预约号、申报号或办件号", label="按号码查", is_posted=True
        ),
        visits=tuple((one, *chain_of(one)) for one in read.visits or ()),
    )
    return desk_page(request, "hall/supervised.html", view, here="supervise-hall")
