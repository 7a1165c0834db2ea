"""What is charged, what was paid for it and what was given back (缴费): one line per charge, one order for several lines."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..cases.models import CaseRow
from ..keys import new_id
from ..submissions.models import SubmissionRow


class ChargeRow(models.Model):
    """One line of the bill: what one item costs; standard, basis and reduction are sealed with it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT)
    division = models.CharField(max_length=6)
    item = models.CharField(max_length=64)
    collector = models.CharField(max_length=64)  # the unit that collects
    fen = models.BigIntegerField()  # by the standard
    reduced_fen = models.BigIntegerField(default=0)
    words = models.BinaryField()  # sealed: standard, basis, why it is reduced and on what basis
    charged_at = models.DateTimeField()
    charged_by = models.UUIDField()
    pay_by = models.DateField()
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="open")  # open | paid | free | replaced | ended

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="open"), name="one_open_charge_per_case"
            ),
            models.CheckConstraint(
                condition=Q(fen__gt=0, reduced_fen__gte=0, reduced_fen__lte=models.F("fen")),
                name="charge_is_a_sum",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["pay_by"], condition=Q(state="open"), name="unpaid_charges"),
        ]


class PaymentRow(models.Model):
    """One order at the provider for all that is open of a submission; its key is the reference that the provider gets."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT)
    division = models.CharField(max_length=6)
    fen = models.BigIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    asked_at = models.DateTimeField()  # when the provider was asked last
    state = models.CharField(max_length=10, default="open")  # open | paid | wrong | closed
    channel = models.CharField(max_length=10, default="online")  # online | counter
    provider_reference = models.CharField(max_length=64, null=True)  # none until it is known
    paid_at = models.DateTimeField(null=True)
    paid_fen = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(state="open"), name="one_open_order_per_submission"
            ),
            models.UniqueConstraint(fields=["provider_reference"], name="payment_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(state="open"), name="open_orders"),
            models.Index(fields=["division", "paid_at"], name="payments_by_day"),
        ]


class ShareRow(models.Model):
    """Which part of an order pays which line, and the voucher that its collector gave (缴款凭证)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    payment = models.ForeignKey(PaymentRow, on_delete=models.PROTECT, db_index=False)
    charge = models.ForeignKey(ChargeRow, on_delete=models.PROTECT)
    fen = models.BigIntegerField()
    voucher = models.CharField(max_length=64, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment", "charge"], name="charge_once_per_order"),
        ]


class RefundRow(models.Model):
    """What is given back of a payment, or why it is not; its key is the reference that the provider gets."""

    id = models.UUIDField(primary_key=True, default=new_id)
    payment = models.ForeignKey(PaymentRow, on_delete=models.PROTECT)
    charge = models.ForeignKey(ChargeRow, on_delete=models.PROTECT, null=True)  # none: the whole order
    division = models.CharField(max_length=6)
    fen = models.BigIntegerField()
    why = models.CharField(max_length=16)  # decided | ended | twice | wrong_sum
    words = models.BinaryField(default=b"")  # sealed: the reason and its basis
    state = models.CharField(max_length=8, default="due")  # due | done | denied
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    provider_reference = models.CharField(max_length=64, null=True)  # none until it is known
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["payment", "charge"], condition=~Q(state="denied"), name="refund_once_per_charge"
            ),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(charge=None), name="refund_once_per_order"
            ),
            models.UniqueConstraint(fields=["provider_reference"], name="refund_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["decided_at"], condition=Q(state="due"), name="refunds_due"),
            models.Index(fields=["division", "done_at"], name="refunds_by_day"),
        ]
