"""What a station takes in (站点受理范围): a village takes some one-things, and says where the others are taken."""

from yijianshi.domain.rights import Actor, Role
from yijianshi.store.hall.models import CentreRow

from .loading import centre_named, centre_of


def taken_elsewhere(bundle: str, *, actor: Actor) -> str:
    """Return where a one-thing is taken in that the actor's own station does not take; nothing where it does."""
    posts = actor.holds(Role.WINDOW)
    if not posts or len(posts[0].unit.division) == 6:
        return ""
    row = CentreRow.objects.filter(place=posts[0].unit.division).first()
    centre = centre_of(row) if row else None
    if centre is None or centre.takes(bundle):
        return ""
    other = centre
    for _ in range(4):
        if other.takes(bundle) or not other.otherwise:
            break
        other = centre_named(other.otherwise)
    return f"{centre.name}不收这件事；请他到{other.name}办（{other.address}，电话 {other.phone}），或者网上办"
