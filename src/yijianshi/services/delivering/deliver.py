"""
One delivery of all results (统一送达): opened in the statement that closes the last case, by the chosen way.

Basis: 苏政办发〔2022〕87号, 二(九); Administrative License Law, art. 44 (within ten days of the decision).
"""

import secrets
from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.results.models import DeliveryRow

from ..handling.loading import load_submission


class DeliveryNotPossible(Exception):
    """There is nothing to hand over, it was handed over, or the code is not right."""


def hand_over(*, submission: UUID, actor: Actor, code: str, at: datetime) -> None:
    """
    Note that the results were handed over at the window against the code, or given to the courier.

    :raises DeliveryNotPossible: if the code is wrong or it was handed over before.
    """
    loaded = load_submission(submission)
    require(actor, Act.HAND_OVER, loaded.thing())
    delivery = DeliveryRow.objects.filter(submission=submission).first()
    if delivery is None:
        raise DeliveryNotPossible("这份申报还没有全部办结，没有可以领取的结果")
    if delivery.delivered_at:
        raise DeliveryNotPossible("结果已经交给申请人了，不用再交一次")
    if not secrets.compare_digest(delivery.pick_up_code.encode(), code.strip().encode()):
        raise DeliveryNotPossible("取件码对不上，请申请人打开“我的办件”再看一遍")
    DeliveryRow.objects.filter(pk=delivery.pk, delivered_at=None).update(
        delivered_at=at, delivered_by=UUID(actor.account)
    )
