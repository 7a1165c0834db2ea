"""Whether what is charged could be paid, and whether the provider's list of a day can be had."""

from datetime import date

from yijianshi.services.ports import Payment, PaymentUnavailable


def check(payment: Payment, *, day: date) -> tuple[str, ...]:
    """Return what is wrong with the provider, one sentence each; nothing means all is well."""
    findings = []
    if getattr(payment, "is_demo", False):
        findings.append("正在使用演示付款，不会真的扣钱。请在生产环境接入统一公共支付，或只在窗口收。")
    try:
        if payment.settlements(day) is None:
            findings.append("没有对账单可取，每天要照票据存根人工核对。")
        if payment.state_of("00000000-0000-0000-0000-000000000000") is not None:
            findings.append("支付平台说一个不存在的订单已经付款。请核对接入的商户号。")
    except PaymentUnavailable as reason:
        findings.append(f"支付平台没有应答：{reason}")
    return tuple(findings)
