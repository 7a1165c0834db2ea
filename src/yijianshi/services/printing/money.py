"""Letters about money, from what is kept of the charge and of the refund that a step names."""

from uuid import UUID

from yijianshi.domain.fees import yuan_words
from yijianshi.store.fees.models import ChargeRow, RefundRow, ShareRow

from .. import letters
from ..contents import open_words
from ..outside import outside
from ..paying.kept import line_of
from ..reading.units import name_of_unit
from .words import until_words
from .written import Written


def payment(written: Written) -> letters.PaymentLetter:
    """Return the notice of the charge that the step names."""
    row = ChargeRow.objects.get(pk=UUID(written.step.detail["charge"]))
    line = line_of(row)
    reduction = line.reduction
    return letters.PaymentLetter(
        **written.heading(),
        collector=name_of_unit(line.collector),
        standard=line.standard,
        basis=(line.basis,),
        by_standard=yuan_words(line.fen),
        due=yuan_words(line.due),
        reduced=yuan_words(reduction.fen) if reduction else "",
        reduced_because=reduction.reason if reduction else "",
        reduced_by=reduction.basis if reduction else "",
        pay_by=until_words(line.pay_by.day, provisional=line.pay_by.provisional) if line.due else "",
        pay_at=f"{outside().address}/my/{row.submission_id}/fees",
    )


def refund(written: Written) -> letters.RefundLetter:
    """Return the notice of the refund that the step names."""
    row = RefundRow.objects.get(pk=UUID(written.step.detail["refund"]))
    share = ShareRow.objects.get(payment=row.payment_id, charge=row.charge_id)
    words = open_words(bytes(row.words), purpose="refund")
    return letters.RefundLetter(
        **written.heading(),
        paid=yuan_words(share.fen),
        voucher=share.voucher,
        back=yuan_words(row.fen) if row.fen else "",
        reasons=tuple(line.strip() for line in words["reason"].splitlines() if line.strip()),
        basis=(words["basis"],) if words.get("basis") else (),
        appeal=written.appeal(),
    )
