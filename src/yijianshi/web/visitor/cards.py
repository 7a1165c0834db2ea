"""How a one-thing is drawn as a card: the same on the front page, in the list and among what was found."""

from django.urls import reverse

from yijianshi.services.reading.front import Thing
from yijianshi.web import parts as p

from .figures import card_cuts


def card_of(thing: Thing) -> p.ServiceCard:
    """Return the card of a one-thing."""
    cuts = card_cuts(thing.figures)
    names = [short for short, _ in thing.items]
    shown = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    return p.ServiceCard(
        title=thing.title,
        href=reverse("guide", args=[thing.code]),
        words=f"{shown}，{thing.departments} 个部门 {len(names)} 个事项一次办"
        + ("" if cuts else "；办哪几项看您的情形，答几个问题就知道"),
        cuts=cuts,
    )
