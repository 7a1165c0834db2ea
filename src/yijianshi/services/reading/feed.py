"""The feed of steps for machines: gap-free positions, so that a consumer resumes where it stopped."""

from typing import Any

from yijianshi.domain.rights import Actor, Role, Thing
from yijianshi.store.cases.telling import read_feed


def steps_after(position: int, *, most: int) -> list[tuple[Any, ...]]:
    """Return the steps after a position, in feed order."""
    return read_feed(after=position, most=most)


def thing_of_feed(actor: Actor) -> Thing:
    """Return what rights are asked about: the whole of the province that the actor's own post lies in."""
    posts = actor.holds(Role.SUPERVISOR)
    return Thing(division=f"{posts[0].unit.division[:2]}0000" if posts else "")
