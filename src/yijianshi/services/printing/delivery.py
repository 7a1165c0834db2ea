"""The slip that goes with the results (送达回证): what was handed over, how, to whom and when."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.codes import ElementCode, ItemCode, LicenceCode
from yijianshi.domain.documents import DELIVERY
from yijianshi.domain.rights import Actor
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.results.models import DeliveryRow, ResultRow

from .. import letters
from ..custody.places import chosen_pick_up, name_of_place
from ..outside import outside
from ..people.actors import name_of
from ..reading.composites import composites_of
from .opening import Opened, open_submission
from .paper import NoSuchLetter, Printed, print_letter
from .results import title_of_result
from .words import authority_of, document_number, masked_number, moment_words, title_of


def delivery_slip_pdf(*, submission: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the slip of the one delivery; before it was handed over it has room for signatures.

    :raises NoSuchLetter: if nothing is ready to be handed over.
    :raises NotPermitted: if the actor may not read the submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    opened = open_submission(submission, actor=actor, at=at, for_intake=True)
    delivery = DeliveryRow.objects.filter(submission=submission).first()
    if delivery is None:
        raise NoSuchLetter("这份申报还没有全部办结，或者没有可以领取的结果，所以还没有送达回证")
    on = legal_day(delivery.delivered_at or delivery.ready_at)
    electronic = not delivery.pick_up_code  # what goes out by itself needs no code
    letter = letters.DeliverySlip(
        authority=authority_of(opened.lead),
        on=on,
        demo=outside().demo_seal,
        number=opened.loaded.number,
        document_number=document_number(
            opened.loaded.number, opened.lead, opened.edition, sign=DELIVERY.sign, on=on
        ),
        bundle=title_of(opened.edition),
        recipient=opened.party.name,
        recipient_number=masked_number(opened.party.number),
        results=_results(opened),
        method=delivery.method,
        place=_place(opened, electronic=electronic),
        collector="系统送达，无须签名" if electronic and delivery.delivered_at else "",
        collected_at=moment_words(delivery.delivered_at) if delivery.delivered_at else "",
        delivered_by=name_of(delivery.delivered_by) if delivery.delivered_at else "",
    )
    return print_letter(letter, name=f"送达回证 {opened.loaded.number}")


def _results(opened: Opened) -> tuple[letters.DeliveredResult, ...]:
    rows = ResultRow.objects.filter(case__submission=opened.loaded.id).select_related("case").order_by("id")
    found = _composite(opened)
    for row in rows:
        item = opened.edition.item(ItemCode(row.case.item))
        kind = opened.edition.licences.get(LicenceCode(row.licence)) if row.licence else None
        found.append(
            letters.DeliveredResult(
                name=title_of_result(item, kind)
                if kind
                else f"{item.plain_name}：{title_of_result(item, None)}",
                number=row.number,
                department=authority_of(Unit.parse(row.case.unit)),
            )
        )
    return tuple(found)


def _composite(opened: Opened) -> list[letters.DeliveredResult]:
    """Return the composite licence, which stands before its parts."""
    versions = composites_of(
        opened.loaded.id, edition=opened.edition, on=legal_day(opened.loaded.received_at)
    )
    return [
        letters.DeliveredResult(
            name=one.name, number=one.number, department=authority_of(Unit.parse(one.unit))
        )
        for one in versions[:1]
    ]


def _place(opened: Opened, *, electronic: bool) -> str:
    if electronic:
        return "申请人的“我的材料”"
    if pick_up := chosen_pick_up(opened.loaded.id):
        return name_of_place(pick_up)
    address = opened.values.get(ElementCode("mail-address"))
    return str(address.value) if address and address.value else "综合窗口"
