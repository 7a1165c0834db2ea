"""The one bill (缴费): who collects how much for what and why, one button for all of it, the vouchers afterwards."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.fees import LineState, yuan_words
from yijianshi.services.paying.pay import confirm_own, open_payment, take_at_counter
from yijianshi.services.reading.bill import BillSeen, LineSeen, RefundSeen, read_bill
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.templatetags.yjs import address, day, moment

_TAGS = {
    LineState.PAID: p.Tag(state="done", word="已缴"),
    LineState.FREE: p.Tag(state="done", word="免缴"),
    LineState.OPEN: p.Tag(state="todo", word="等您缴"),
    LineState.ENDED: p.Tag(state="wait", word="不用缴了"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line: for what, how much, and everything that explains it."""

    name: str
    sum: str
    tag: p.Tag
    facts: tuple[tuple[str, str], ...]
    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorView:
    """What one unit collects."""

    name: str
    sum: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BillView:
    """The page."""

    seen: BillSeen
    owed: str
    until: str
    headline: str
    total: str
    reduced: str
    collectors: tuple[CollectorView, ...]


@signed_in
def fees(request: HttpRequest, submission: UUID) -> HttpResponse:
    """
    Show the bill to who applied, or to the window.

    :raises NotPermitted: if it is not the reader's to see.
    """
    seen = read_bill(submission=submission, actor=actor(request), at=now())
    return render(request, "applicant/fees.html", frame(request, nav="cases", page=_view(seen)))


@signed_in
@require_POST
def pay(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Open the one order and lead to where it is paid."""
    opened = open_payment(submission=submission, actor=actor(request), at=now())
    if opened.goes_to.startswith("/"):
        return HttpResponseRedirect(opened.goes_to)
    # A form may lead only to our own pages (form-action), so the way out is a link.
    back = reverse("fees", args=[submission])
    context = frame(request, nav="cases", goes_to=opened.goes_to, back=back)
    return render(request, "applicant/fees_out.html", context)


@signed_in
def back(request: HttpRequest, submission: UUID, payment: UUID) -> HttpResponse:
    """Take the payer back in, and ask the provider what became of the order."""
    state = confirm_own(submission=submission, payment=payment, actor=actor(request), at=now())
    if state == "paid":
        messages.success(request, "已缴到账，凭证号在下面。")
    elif state == "wrong":
        messages.error(request, "付的和要缴的金额不一样，这笔会原路退回。请重新付款。")
    else:
        messages.warning(request, "还没有收到付款。刚付的请等一两分钟再刷新；没有付的可以再点“去付款”。")
    return HttpResponseRedirect(reverse("fees", args=[submission]))


@signed_in
@require_POST
def counter(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Note, as window clerk, what was paid at the counter."""
    receipt = request.POST.get("receipt", "").strip()[:60]
    take_at_counter(submission=submission, actor=actor(request), receipt=receipt, at=now())
    messages.success(request, f"已记为窗口缴费，票据号 {receipt}。")
    return HttpResponseRedirect(reverse("fees", args=[submission]))


def _view(seen: BillSeen) -> BillView:
    on = today()
    until = ""
    if seen.pay_by:
        last, provisional = seen.pay_by
        until = f"{day(last, on)}前缴" + ("（暂定）" if provisional else "")
    groups: dict[str, list[LineSeen]] = {}
    for line in seen.lines:
        groups.setdefault(line.collector, []).append(line)
    bill = seen.bill
    return BillView(
        seen=seen,
        owed=yuan_words(seen.owed) if seen.owed else "",
        until=until,
        headline="都缴清了" if any(one.paid_at for one in seen.lines) else "现在没有要缴的费",
        total=yuan_words(bill.total),
        reduced=yuan_words(bill.reduced) if bill.reduced else "",
        collectors=tuple(
            CollectorView(
                name=name,
                sum=yuan_words(sum(one.line.due for one in lines if one.line in bill.standing)),
                lines=tuple(_line(one) for one in lines),
            )
            for name, lines in groups.items()
        ),
    )


def _line(seen: LineSeen) -> LineView:
    line, on = seen.line, today()
    facts = [("收费标准", line.standard), ("依据", line.basis)]
    if line.reduction:
        facts.append(("应收", yuan_words(line.fen)))
        facts.append(
            ("减免", f"{yuan_words(line.reduction.fen)}，{line.reduction.reason}（{line.reduction.basis}）")
        )
    if seen.is_open:
        facts.append(("最后一天", day(line.pay_by.day, on) + ("（暂定）" if line.pay_by.provisional else "")))
    if seen.paid_at:
        facts.append(("缴费时间", moment(seen.paid_at, now()) + (" · 窗口" if seen.at_counter else "")))
        facts.append(("凭证号", seen.voucher or "等收费单位开出"))
    if seen.refund:
        facts.append(("退费", _refund_words(seen.refund)))
    letters = [
        ("缴费通知书", "payment", True),
        ("退费通知书", "refund", bool(seen.refund and seen.refund.reason)),
    ]
    return LineView(
        name=seen.item.plain_name,
        sum=yuan_words(line.due),
        tag=_TAGS[LineState.ENDED] if seen.is_over else _TAGS[line.state],
        facts=tuple(facts),
        letters=tuple(
            (words, href)
            for words, kind, there in letters
            if there and (href := address("letter-pdf", seen.case, kind))
        ),
    )


def _refund_words(refund: RefundSeen) -> str:
    if refund.state == "denied":
        return f"不退：{refund.reason}"
    done = (
        f"已退 {yuan_words(refund.fen)}，原路返回"
        if refund.state == "done"
        else f"正在退 {yuan_words(refund.fen)}"
    )
    return f"{done}。{refund.reason}" if refund.reason else done
