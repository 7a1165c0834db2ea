"""Letters about money, in the fixed cast's words; sums and bases are made up."""

from datetime import date

from yijianshi.services import letters as on_paper

from .answers import EXTENSION, REFUSAL

_SHARED = {
    "authority": EXTENSION.authority, "on": date(2026, 11, 20), "demo": True, "applicant": EXTENSION.applicant,
    "item": EXTENSION.item, "case_number": EXTENSION.case_number, "desks": EXTENSION.desks, "bundle": EXTENSION.bundle,
    "submission_number": EXTENSION.submission_number, "qr": EXTENSION.qr,
}  # fmt: skip

PAYMENT = on_paper.PaymentLetter(
    **_SHARED,
    document_number="鼓示缴〔2026〕343号",
    collector="南京市鼓楼区示例局",
    standard="示例标准，每件 550 元，1 件",
    basis=("《示例收费管理办法》第二条",),
    by_standard="550 元",
    due="275 元",
    reduced="275 元",
    reduced_because="申请人是小微企业",
    reduced_by="《示例减免通知》第三条",
    pay_by="2026 年 12 月 4 日（周五）前",
    pay_at="https://yjs.example/my/1/fees",
)
REFUND = on_paper.RefundLetter(
    **_SHARED,
    document_number="鼓示退〔2026〕343号",
    paid="275 元",
    voucher="DEMO-000000000343-01",
    back="275 元",
    reasons=("您在登簿以前撤回了申请，收费的服务没有提供。",),
    basis=("《示例收费管理办法》第六条",),
    appeal=REFUSAL.appeal,
)
