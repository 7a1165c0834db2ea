"""The reform plan and what was tried out, as plain values that can be written as JSON."""

from typing import Any

from yijianshi.domain.changes import Trial
from yijianshi.domain.plans import Days
from yijianshi.domain.reforms import Reform

from ..catalogue.figures import figures_of, whole
from .demand import demand_list
from .labour import share_of
from .plan import ReformPlan
from .unfounded import unfounded_list
from .what_if import Tried, in_words, written


def plan_as_json(plan: ReformPlan) -> dict[str, Any]:
    """Return everything the plan says in figures and codes; words are on the page and on paper."""
    reform, edition = plan.reform, plan.edition
    return {
        "title": plan.title,
        "authority": plan.authority,
        "draft": True,
        "division": edition.division.code,
        **figures_as_json(reform),
        "plan": figures_of(reform.plan),
        "labour": {"lead": share_of(edition).lead, "cooperating": list(share_of(edition).cooperating)},
        "demand": demand_list((edition,)).plain["rows"],
        "unfounded": unfounded_list((edition,)).plain["rows"],
    }


def figures_as_json(reform: Reform) -> dict[str, Any]:
    """Return before and after, item by item and altogether, with the way each is counted."""
    return {
        "bundle": reform.plan.edition.bundle.code,
        "items": [item.code for item in reform.plan.items],
        "answers": dict(reform.plan.situation.answers),
        "reductions": [
            {
                "key": r.key, "name": r.name, "unit": r.unit,
                "before": whole(r.before), "after": whole(r.after), "counted": r.counted,
            }
            for r in reform.reductions
        ],
        "alone": [
            {
                "item": one.item.code, "steps": list(one.steps), "fields": one.fields, "materials": one.materials,
                "statutory": one.statutory, "promised": one.promised, "unit": one.unit, "visits": one.visits,
            }
            for one in reform.alone
        ],
        "steps": list(reform.steps),
        "days": {"one_by_one": _days(reform.figures.days[0]), "together": _days(reform.figures.days[1])},
        "critical_path": list(reform.figures.critical),
        "statutory": _days(reform.statutory),
        "without_statutory": list(reform.without_statutory),
        "without_promise": list(reform.without_promise),
        "cuts": [
            {"material": cut.material, "reason": cut.reason.value, "spared": cut.spared, "items": list(cut.items)}
            for cut in reform.cuts
        ],
    }  # fmt: skip


def tried_as_json(tried: Tried) -> dict[str, Any]:
    """Return what was tried out with before and after, and the changes that would gain most."""
    return {
        "bundle": tried.plan.edition.bundle.code,
        **_trial(tried.trial),
        "suggestions": [_trial(trial) for trial in tried.suggestions],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    edition = trial.before.plan.edition
    return {
        "changes": [list(pair) for pair in written(trial.changes)],
        "says": [in_words(change, edition) for change in trial.changes],
        "figures": {now.key: {"before": whole(now.after), "after": whole(then)} for now, then in trial.gains},
        "worth": round(trial.worth, 4),
        "problems": [problem.message for problem in trial.after.plan.problems],
    }


def _days(days: Days) -> dict[str, int | float]:
    return {"working": whole(days.working), "calendar": whole(days.calendar)}
