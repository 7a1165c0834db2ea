"""What a database is for, stamped on it once: made-up people and real ones never share one."""

from datetime import datetime

from django.db import ProgrammingError, transaction

from yijianshi.project.environment import Profile, StampDiffers
from yijianshi.store.deployment.models import Stamp


def stamped() -> Profile | None:
    """Return what this database is for; nothing if it was never stamped."""
    found = Stamp.objects.first()
    return Profile(found.profile) if found else None


def require(profile: Profile) -> None:
    """Refuse a database of the other purpose before anything is changed in it. :raises StampDiffers: if it is."""
    try:
        kept = stamped()
    except ProgrammingError:  # an empty database has no table of stamps yet
        return
    if kept not in (None, profile):
        raise _differs(kept, profile)


def stamp(profile: Profile, *, at: datetime) -> None:
    """Stamp the database, or confirm its stamp. :raises StampDiffers: if it is for the other purpose."""
    with transaction.atomic():
        row, _ = Stamp.objects.get_or_create(id=1, defaults={"profile": profile.value, "stamped_at": at})
    if row.profile != profile.value:
        raise _differs(Profile(row.profile), profile)


def _differs(kept: Profile | None, wanted: Profile) -> StampDiffers:
    return StampDiffers(
        f"这个数据库已标记为 {kept}，拒绝按 {wanted} 使用。标记不能更改，请用 DATABASE_URL 指定另一个数据库。"
    )


__all__ = ["StampDiffers", "require", "stamp", "stamped"]
