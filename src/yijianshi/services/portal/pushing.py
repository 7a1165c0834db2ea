"""
Tell a portal how it goes (状态回推): for each change of state of what came through it, one signed word, once for each step.

What is told is a number, a state in words and an address; a portal that does not answer is told again, later and later,
and laid aside at last, where the operator sees it.
"""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

import msgspec
import structlog
from django.db import transaction

from yijianshi.domain.cases import STATE_WORDS
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.portals import pause_after
from yijianshi.store.cases.models import CaseRow, OutboxRow, StepRow
from yijianshi.store.portal.models import BroughtRow, PushRow
from yijianshi.store.submissions.models import SubmissionRow

from ..carriers import ReceiverUnavailable
from ..catalogue.published import edition_by_id
from ..contents import open_text
from ..outside import outside

#: After so many failures a round ends, so that portals that are away do not hold up what else the worker has to do.
MOST_FAILURES = 3
_WORDS = {str(state): words for state, words in STATE_WORDS.items()}
_log = structlog.get_logger("pushing")


def note_changes(*, submission: UUID, row: UUID, at: datetime) -> None:
    """Lay aside what a portal is to be told of the steps just written; one query where no portal brought it."""
    brought = BroughtRow.objects.select_related("portal").filter(draft__filed_as=submission).first()
    if brought is None or not brought.portal.receiver or brought.portal.closed_at:
        return
    wanted = OutboxRow.objects.values_list("steps", flat=True).get(pk=row)
    steps = StepRow.objects.filter(pk__in=wanted).order_by("id")
    found = SubmissionRow.objects.only("number", "edition_id").get(pk=submission)
    edition = edition_by_id(found.edition_id)
    cases = {case.id: case for case in CaseRow.objects.filter(submission=submission)}
    pushes = []
    for step in steps:
        case = cases.get(step.case_id) if step.case_id else None
        content = {
            "id": str(step.id),
            "submission": found.number,
            "case": case.number if case else "",
            "what": edition.item(ItemCode(case.item)).name if case else edition.bundle.title,
            "state": step.state,
            "says": _WORDS.get(step.state, "有新进展"),
            "at": step.at.isoformat(),
            "address": f"{outside().address}/case/{found.number}",
        }
        pushes.append(
            PushRow(
                step=step.id, portal=brought.portal, submission_id=submission, content=content, not_before=at
            )
        )
    PushRow.objects.bulk_create(pushes, ignore_conflicts=True)


def push_out(*, at: datetime, most: int = 50) -> int:
    """Tell portals that are still registered what is due; return how many words were tried."""
    receiver, tried, failures = outside().receiver, 0, 0
    while receiver is not None and tried < most and failures < MOST_FAILURES:
        with transaction.atomic():
            rows = PushRow.objects.select_for_update(skip_locked=True, of=("self",))
            row = (
                rows.filter(told_at=None, dead=False, not_before__lte=at, portal__closed_at=None)
                .select_related("portal")
                .order_by("not_before", "step")
                .first()
            )
            if row is None:
                break
            body = msgspec.json.encode(row.content)
            try:
                receiver.tell(row.portal.receiver, body, _headers(row, body, at))
            except ReceiverUnavailable as away:
                _put_back(row, str(away), at)
                failures += 1
            else:
                row.told_at = at
            row.save()
            tried += 1
    return tried


def signature_of(secret: str, body: bytes, moment: str) -> str:
    """Return what a portal compares: the keyed hash of the moment and the words."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def _headers(row: PushRow, body: bytes, at: datetime) -> dict[str, str]:
    moment = str(int(at.timestamp()))
    secret = open_text(row.portal.secret_sealed, purpose="portal")
    return {
        "Content-Type": "application/json; charset=utf-8",
        "X-Yijianshi-Id": str(row.step),
        "X-Yijianshi-Moment": moment,
        "X-Yijianshi-Signature": f"sha256={signature_of(secret, body, moment)}",
    }


def _put_back(row: PushRow, why: str, at: datetime) -> None:
    row.attempts, row.last_error = row.attempts + 1, why[:200]
    pause = pause_after(row.attempts)
    if pause is None:
        row.dead = True
        _log.warning("push_laid_aside", step=str(row.step), portal=row.portal_id)
    else:
        row.not_before = at + pause
