"""How the chain from a booking to its case is drawn."""

from yijianshi.services.reading.hall_chain import Visit
from yijianshi.web import parts as p


def chain_of(visit: Visit) -> tuple[p.Pairs, p.History]:
    """Return the numbers of a visit from its booking to its cases, and what happened, the newest first."""
    pairs = [p.Pair(name="大厅", value=visit.centre)]
    pairs.append(p.Pair(name="预约号", value=visit.booking or "没有预约"))
    pairs.append(p.Pair(name="号", value=visit.ticket or "还没有取"))
    if visit.submission:
        pairs.append(p.Pair(name="申报号", value=visit.submission))
    pairs += [p.Pair(name="办件号", value=number) for number in visit.cases]
    events = (
        p.Event(at=link.at, text=link.words + (f"：{link.number}" if link.number else ""))
        for link in reversed(visit.links)
    )
    return p.Pairs(items=tuple(pairs)), p.History(events=tuple(events))
