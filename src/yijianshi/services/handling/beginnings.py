"""From which day a case could be decided: of its acceptance, or the one on which silence became acceptance."""

from datetime import date
from uuid import UUID

from yijianshi.domain.deadlines import STARTING
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import StepRow


def began_on(case: UUID) -> date | None:
    """Return the day on which the case's clock was last set going, as the law sees it; None before that."""
    steps = StepRow.objects.filter(case_id=case, action__in=sorted(STARTING)).order_by("-at", "-id")
    found = steps.values_list("at", "detail").first()
    if found is None:
        return None
    at, detail = found
    told = (detail or {}).get("silent_on") or (detail or {}).get("effective_on")
    return date.fromisoformat(told) if told else legal_day(at)
