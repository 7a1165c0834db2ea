"""
Tell officers in their own app what is due (待办推送): once each morning, how many cases and nothing of whose they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db.models import Count, Q

from yijianshi.domain.cases import RUNNING
from yijianshi.domain.rights import Role
from yijianshi.domain.workdays import BEIJING, legal_day
from yijianshi.store.accounts.models import Officer
from yijianshi.store.cases.looking import note_round, round_done_on
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.identity.models import IdentityRow

from ..contents import open_text
from ..outside import outside
from ..providers import OfficeAppUnavailable, ToDo

logger = structlog.get_logger("worker")
ROUND = "office-app"
EIGHT = 8
#: So long an app that does not answer is left alone; the desk shows the same meanwhile.
PAUSE = timedelta(minutes=10)
_done: dict[str, date] = {}
_not_before: dict[str, datetime] = {}


@dataclass(frozen=True, slots=True)
class Due:
    """How many running cases are due today, and how many are late."""

    today: int
    late: int

    @property
    def words(self) -> str:
        parts = [f"今天到期 {self.today} 件"] * bool(self.today) + [f"已超期 {self.late} 件"] * bool(
            self.late
        )
        return "，".join(parts)


def push_to_dos(*, at: datetime) -> int:
    """Push to whoever was linked beforehand what is due at his desk today; return how many were told."""
    office, today = outside().office, legal_day(at)
    if office is None or _done.get(ROUND) == today or at.astimezone(BEIJING).hour < EIGHT:
        return 0
    if _not_before.get(ROUND, at) > at:
        return 0
    told = 0
    if round_done_on(ROUND, today=today) < today:
        for subject, account, due in list(_due_by_officer(today)):
            link = f"{outside().address}/desk?state=soon"
            try:
                office.push(ToDo(subject, due.words, link), once=f"{ROUND}:{account}:{today}")
            except OfficeAppUnavailable as reason:
                logger.warning("office_app_away", error=type(reason).__name__)
                _not_before[ROUND] = at + PAUSE
                return told
            told += 1
        note_round(ROUND, on=today)
    _done[ROUND] = today
    return told


def _due_by_officer(today: date) -> Iterator[tuple[str, str, Due]]:
    """Yield the subject in the app, the account and what is due, for those to whom something is; three queries."""
    linked = dict(
        IdentityRow.objects.filter(is_staff=True, account__is_active=True)
        .order_by("linked_at")
        .values_list("account_id", "subject_sealed")
    )
    posts = Officer.objects.filter(
        Q(until=None) | Q(until__gte=today), account_id__in=linked, role=Role.REVIEWER, since__lte=today
    )
    units: dict[str, list[str]] = {}
    for account, unit in posts.order_by("id").values_list("account_id", "unit"):
        units.setdefault(str(account), []).append(unit)
    wanted = {unit for held in units.values() for unit in held}
    rows = (
        CaseRow.objects.filter(unit__in=wanted, state__in=RUNNING, due_on__lte=today)
        .values("unit", "handler")
        .annotate(today=Count("id", filter=Q(due_on=today)), late=Count("id", filter=Q(due_on__lt=today)))
    )
    found = [(row["unit"], str(row["handler"] or ""), row["today"], row["late"]) for row in rows]
    for account, sealed in linked.items():
        own = [
            (due, late)
            for unit, handler, due, late in found
            if unit in units.get(str(account), ()) and handler in ("", str(account))
        ]
        due = Due(sum(one for one, _ in own), sum(late for _, late in own))
        if due.words:
            yield open_text(sealed, purpose="subject"), str(account), due
