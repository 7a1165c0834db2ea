"""Telling everybody concerned of a joint operation (通知): the applicant, the departments' officers, the coordinator."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.appointments import Slot
from yijianshi.domain.rights import Role
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Officer
from yijianshi.store.cases.models import OutboxRow, StepRow
from yijianshi.store.joint.models import MarkRow

from ..outside import outside
from ..ports import Message
from .loading import Operation, load_operation

#: What the applicant, the departments and the coordinator are told of each step; nothing where a key is missing.
_KEYS: dict[str, tuple[str, str, str]] = {
    "joint_plan": ("joint.planned", "joint.asked", ""),
    "joint_propose": ("", "", "joint.proposed"),
    "joint_fix": ("joint.fixed", "joint.fixed", ""),
    "joint_move": ("joint.moved", "joint.moved", "joint.moved"),
    "joint_cancel": ("joint.cancelled", "joint.cancelled", ""),
    "joint_record": ("joint.recorded", "joint.recorded", "joint.recorded"),
    "joint_mark": ("joint.marked", "", ""),
}


def tell_of_joint(*, submission: UUID, row: UUID, at: datetime) -> None:
    """Send what the steps of one outbox row call for, each once."""
    steps = OutboxRow.objects.values_list("steps", flat=True).get(pk=row)
    for action, detail in StepRow.objects.filter(pk__in=steps).values_list("action", "detail"):
        found = load_operation(UUID((detail or {})["operation"]))
        messages = list(_messages(found, action, detail or {}, at))
        outside().messenger.send(messages, once=f"{row}:{action}")


def _messages(found: Operation, action: str, detail: dict[str, Any], at: datetime) -> Iterable[Message]:
    values = {"number": found.loaded.number, "item": found.kind.value}
    if slot := detail.get("slot"):
        values["day"] = Slot.parse(slot).words
    desk = f"/joint/{found.id}"
    if action == "joint_answer":
        mark = MarkRow.objects.filter(pk=detail["mark"]).first()
        if mark:
            yield Message(str(mark.by), "joint.answered", values, f"{desk}/drawing/{mark.drawing_id}")
        return
    applicant, units, lead = _KEYS[action]
    told: set[str] = set()
    if applicant and found.loaded.channel != "api":
        told.add(str(found.loaded.account))
        link = f"/my/{found.loaded.id}/joint/{found.id}"
        yield Message(str(found.loaded.account), applicant, values, link)
    officers = list(_officers(found.units, Role.REVIEWER, at)) if units else []
    coordinators = list(_officers([found.loaded.lead_unit], Role.COORDINATOR, at)) if lead else []
    for key, accounts in ((units, officers), (lead, coordinators)):
        for account in accounts:
            if account not in told:
                told.add(account)
                yield Message(account, key, values, desk)


def _officers(units: Iterable[str], role: Role, at: datetime) -> Iterable[str]:
    on = legal_day(at)
    rows = Officer.objects.filter(
        Q(until=None) | Q(until__gte=on), unit__in=list(units), role=role, since__lte=on
    )
    return dict.fromkeys(str(key) for key in rows.order_by("id").values_list("account_id", flat=True))
