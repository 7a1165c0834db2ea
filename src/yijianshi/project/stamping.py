"""What a database is for, stamped on it once: made-up people and real ones never share one."""

from datetime import datetime

from django.db import transaction

from yijianshi.project.environment import Profile, StampDiffers
from yijianshi.store.deployment.models import Stamp


def stamped() -> Profile | None:
    """Return what this database is for; nothing if it was never stamped."""
    found = Stamp.objects.first()
    return Profile(found.profile) if found else None


def stamp(profile: Profile, *, at: datetime) -> None:
    """Stamp the database, or confirm its stamp. :raises StampDiffers: if it is for the other purpose."""
    with transaction.atomic():
        kept, _ = Stamp.objects.get_or_create(id=1, defaults={"profile": profile.value, "stamped_at": at})
    if kept.profile != profile.value:
        raise StampDiffers(
            f"这个数据库已标记为 {kept.profile}，拒绝按 {profile.value} 使用。标记不能更改，请用 DATABASE_URL 指定另一个数据库。"
        )


__all__ = ["StampDiffers", "stamp", "stamped"]
