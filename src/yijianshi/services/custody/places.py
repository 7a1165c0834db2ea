"""The places between which papers travel (保管地点): every window at which somebody works, and the units of the cases."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.divisions import county_of
from yijianshi.domain.rights import Act, Actor, Role, Thing, covers, posts_for
from yijianshi.domain.routing import Unit, full_division_name
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Officer
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.custody.models import IntakeRow, PickUpRow

from ..catalogue.reading import shipped_catalogue
from ..handling.loading import Loaded
from ..reading.units import name_of_unit

#: The department whose posts stand at windows.
_WINDOWS = "government-services"
AT_WORK = (Role.WINDOW, Role.REVIEWER, Role.COORDINATOR)


def name_of_place(place: str) -> str:
    """Return what a place is called: 南京市鼓楼区政务服务中心 for a window, else the name on the unit's door."""
    unit = Unit.parse(place)
    division = shipped_catalogue().divisions.get(unit.division)
    if unit.department == _WINDOWS and division:
        return f"{full_division_name(division, shipped_catalogue().divisions)}政务服务中心"
    if unit.department == _WINDOWS and len(unit.division) > 6:
        county = shipped_catalogue().divisions.get(county_of(unit.division))
        if county:
            return f"{full_division_name(county, shipped_catalogue().divisions)}便民服务站"
    return name_of_unit(place)


def is_window(place: str) -> bool:
    """Return whether a place is a window of a service centre."""
    return Unit.parse(place).department == _WINDOWS


def windows_at(at: datetime) -> tuple[str, ...]:
    """Return every window at which somebody holds a post today, by division."""
    on = legal_day(at)
    rows = Officer.objects.filter(role=Role.WINDOW, since__lte=on).filter(Q(until=None) | Q(until__gte=on))
    units = rows.order_by().values_list("unit", flat=True).distinct()
    return tuple(sorted(units, key=lambda unit: unit.partition("@")[2]))


def home_window(division: str, *, at: datetime) -> str:
    """Return the window of a submission's home: its own, or the nearest one above it."""
    fit = [one for one in windows_at(at) if covers(one.partition("@")[2], division)]
    return max(fit, key=lambda one: len(one.partition("@")[2].rstrip("0")), default=f"{_WINDOWS}@{division}")


def taken_in_by(submission: UUID) -> str:
    """Return the window that took a submission in, or nothing where it came another way."""
    return IntakeRow.objects.filter(submission=submission).values_list("place", flat=True).first() or ""


def chosen_pick_up(submission: UUID) -> str:
    """Return the window at which the results are to be fetched, or nothing where none was chosen."""
    rows = PickUpRow.objects.filter(submission=submission).order_by("-id")
    return rows.values_list("place", flat=True).first() or ""


def thing_with_places(loaded: Loaded) -> Thing:
    """Return what rights are asked about, with the windows that took it in and give its results out."""
    taken_in, pick_up = taken_in_by(loaded.id), chosen_pick_up(loaded.id)
    return replace(
        loaded.thing(),
        taken_in=Unit.parse(taken_in) if taken_in else None,
        pick_up=Unit.parse(pick_up) if pick_up else None,
    )


def places_of(actor: Actor) -> tuple[str, ...]:
    """
    Return the places at which the actor works, windows first.

    :raises NotPermitted: if he works at none.
    """
    posts = posts_for(actor, Act.MOVE_CUSTODY, *sorted(AT_WORK, key=lambda role: role is not Role.WINDOW))
    return tuple(dict.fromkeys(str(post.unit) for post in posts))


def window_of(actor: Actor) -> str:
    """Return the window at which the actor works. :raises NotPermitted: if he works at none."""
    return str(posts_for(actor, Act.TAKE_CUSTODY, Role.WINDOW)[0].unit)


def units_of(submissions: Iterable[UUID]) -> frozenset[str]:
    """Return the units that decide a case of any of the submissions."""
    rows = CaseRow.objects.filter(submission__in=list(submissions)).order_by()
    return frozenset(rows.values_list("unit", flat=True).distinct())


def thing_at(place: str, *, division: str = "") -> Thing:
    """Return a place as the thing of which rights are asked."""
    return Thing(unit=Unit.parse(place), division=division)
