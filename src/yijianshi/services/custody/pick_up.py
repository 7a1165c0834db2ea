"""
Choose the window at which the results are fetched (领取窗口): any at which somebody works, until they are fetched.

Basis: 苏政办发〔2022〕87号, 二(九) (results at the window, by courier or electronically), 三(一)2.
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.custody import CustodyNotPossible
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.custody.models import PickUpRow
from yijianshi.store.keys import new_id
from yijianshi.store.results.models import DeliveryRow
from yijianshi.store.submissions.models import SubmissionRow

from ..handling.loading import load_submission
from .places import chosen_pick_up, home_window, thing_with_places, windows_at

#: The way of delivery of which there is a choice of window; its name is the catalogue's.
AT_A_WINDOW = "窗口领取"


def choose_pick_up(*, submission: UUID, place: str, actor: Actor, at: datetime) -> None:
    """
    Choose where the results are fetched; the last choice counts.

    :raises NotPermitted: if the submission is not the actor's, nor his window's.
    :raises CustodyNotPossible: if it is no window, the results go out another way, or they were fetched.
    """
    loaded = load_submission(submission)
    require(actor, Act.CHOOSE_PICK_UP, thing_with_places(loaded))
    if place not in windows_at(at):
        raise CustodyNotPossible("没有这个窗口；请从名单里选")
    if way_of(submission) != AT_A_WINDOW:
        raise CustodyNotPossible("这份申报的结果不在窗口领，不用选窗口")
    if DeliveryRow.objects.filter(submission=submission).exclude(delivered_at=None).exists():
        raise CustodyNotPossible("结果已经领走了，不用再选窗口")
    if place == pick_up_of(submission, division=loaded.division, at=at):
        return
    PickUpRow.objects.create(
        id=new_id(), submission_id=submission, place=place, at=at, by=UUID(actor.account)
    )


def pick_up_of(submission: UUID, *, division: str, at: datetime) -> str:
    """Return where the results are fetched: the window that was chosen, else the home's."""
    return chosen_pick_up(submission) or home_window(division, at=at)


def way_of(submission: UUID) -> str:
    """Return how the results of a submission go out."""
    return SubmissionRow.objects.values_list("delivery_method", flat=True).get(pk=submission)
