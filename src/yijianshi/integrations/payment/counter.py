"""A site without a provider: what is charged is paid at the counter, and the clerk notes the number of the receipt."""

from datetime import date, datetime

from yijianshi.services.ports import NoticeForged, Paid, PaymentNotOnline, PaymentOrder, Settled


class CounterPayment:
    """The Payment port where nobody pays online; it knows nothing but what the clerk notes."""

    takes_at_counter = True

    def open(self, order: PaymentOrder) -> str:
        """Refuse: nobody can pay online here. :raises PaymentNotOnline: always."""
        raise PaymentNotOnline("这里还不能网上缴费，请带上缴费通知书到窗口缴")

    def state_of(self, reference: str) -> Paid | None:
        """Return nothing: there is nobody to ask."""
        return None

    def close(self, reference: str) -> None:
        """Do nothing: no order was opened anywhere."""

    def take_at_counter(self, order: PaymentOrder, *, receipt: str, at: datetime) -> Paid:
        """Return the payment under the number of the paper receipt (票据号)."""
        return Paid(
            reference=order.reference,
            provider_reference=f"counter-{order.reference}",
            fen=order.fen,
            at=at,
            vouchers={share.collector: receipt for share in order.shares},
        )

    def reference_of(self, notice: bytes) -> str:
        """Refuse: nobody calls back. :raises NoticeForged: always."""
        raise NoticeForged

    def refund(self, reference: str, *, of: str, fen: int) -> str:
        """Return a reference of our own: the unit gives the money back itself, against the notice of refund."""
        return f"counter-{reference}"

    def settlements(self, day: date) -> tuple[Settled, ...] | None:
        """Return None: there is no list to compare with."""
        return None
