"""
One delivery of all results (统一送达): opened in the statement that closes the last case, by the chosen way.

Basis: 苏政办发〔2022〕87号, 二(九); Administrative License Law, art. 44 (within ten days of the decision).
"""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.custody import CustodyNotPossible
from yijianshi.domain.rights import Act, Actor, Role, require
from yijianshi.store.results.models import DeliveryRow

from ..custody.give import certificates_to_give
from ..custody.places import name_of_place, thing_with_places, window_of
from ..custody.writing import write_moves
from ..handling.loading import load_submission


class DeliveryNotPossible(Exception):
    """There is nothing to hand over, it was handed over, or the code is not right."""


def hand_over(*, submission: UUID, actor: Actor, code: str, at: datetime) -> None:
    """
    Note that the results were handed over at the window against the code, with every certificate that is there.

    :raises DeliveryNotPossible: if the code is wrong, it was handed over before, another window was chosen, or a
        certificate has not arrived.
    """
    thing = thing_with_places(load_submission(submission))
    require(actor, Act.HAND_OVER, thing)
    delivery = DeliveryRow.objects.filter(submission=submission).first()
    if delivery is None:
        raise DeliveryNotPossible("这份申报还没有全部办结，没有可以领取的结果")
    if delivery.delivered_at:
        raise DeliveryNotPossible("结果已经交给申请人了，不用再交一次")
    if not secrets.compare_digest(delivery.pick_up_code.encode(), code.strip().encode()):
        raise DeliveryNotPossible("取件码对不上，请申请人打开“我的办件”再看一遍")
    place = window_of(actor)
    if thing.pick_up:
        place = str(thing.pick_up)
        if thing.pick_up not in {post.unit for post in actor.holds(Role.WINDOW)}:
            raise DeliveryNotPossible(
                f"申请人选了到{name_of_place(place)}领。要在这里领，请他在“我的办件”里改，或者由窗口替他改"
            )
    try:
        given = certificates_to_give(submission, place=place)
    except CustodyNotPossible as why:
        raise DeliveryNotPossible(str(why)) from why
    by = UUID(actor.account)
    with transaction.atomic():
        open_still = DeliveryRow.objects.filter(pk=delivery.pk, delivered_at=None)
        if not open_still.update(delivered_at=at, delivered_by=by):
            raise DeliveryNotPossible("结果刚才已经交给申请人了，不用再交一次")
        write_moves(given, place=place, at=at, by=by)
