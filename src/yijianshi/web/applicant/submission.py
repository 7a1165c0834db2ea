"""One submission: what waits for the applicant first, then who holds what, then what has come out of it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.cases import CLOSED, State
from yijianshi.domain.corrections import Target
from yijianshi.domain.ratings import WORDS, Level
from yijianshi.domain.rights import Act, Role
from yijianshi.services.reading.beside import Beside
from yijianshi.services.reading.case_history import filed_by_mandate
from yijianshi.services.reading.custody_of import custody_of
from yijianshi.services.reading.days import working_days_left
from yijianshi.services.reading.joint import operations_of
from yijianshi.services.reading.my_correction import CorrectionSeen
from yijianshi.services.reading.my_submission import CaseSeen, SubmissionSeen, read_submission
from yijianshi.services.reading.rekeying import rekeyed_results
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.composites import composite_paper
from yijianshi.web.custody.mine import custody_part
from yijianshi.web.hall.visits import visits_part
from yijianshi.web.joint.asking import link_notice
from yijianshi.web.templatetags.yjs import address, day, short_day, wide

from .cards import CaseCard, PersonCard, card_of, held_back, people_of, withdrawals_of
from .commitment import left_out_part, uncommits_of
from .lanes import lanes_of
from .owing import owed_part
from .to_mend import Mending, mending_of

ELECTRONIC = "电子证照推送"
LICENCE = "行政许可"
#: So many lines of the history lie open; what was before is folded away.
NEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionPage:
    """What the page of a submission says."""

    title: str
    about: str
    number: str
    together: str
    acted: str
    correction: p.Correction | None
    owed: p.Correction | None
    mendings: tuple[Mending, ...]
    fees: p.Notice | None
    donut: p.Donut
    left: int | None
    left_words: str
    headline: str
    detail: str
    lanes: p.Lanes | None  # none once everything is decided
    refusals: tuple[p.Refusal, ...]
    cards: tuple[CaseCard, ...]
    people: tuple[PersonCard, ...]  # of a submission that opened cases for each member of a list
    withdrawals: tuple[tuple[str, str], ...]
    uncommits: tuple[tuple[str, str], ...]  # where a commitment can be taken back
    left_out: p.Notice | None
    results: tuple[p.Paper, ...]
    papers: tuple[p.Paper, ...]
    delivery: p.Notice | None
    joint: tuple[p.Notice, ...]
    lead: p.Person
    history: p.History
    earlier: p.History
    rate: p.Rating | None
    rate_post: str
    rated: str
    entrust: str  # where the applicant may have somebody else go on with it


@signed_in
def submission(request: HttpRequest, submission: UUID) -> HttpResponse:
    """
    Show how far a submission has come.

    :raises NotPermitted: if it is not the reader's to see.
    """
    return show(request, read_submission(submission, actor=actor(request)))


def show(
    request: HttpRequest,
    seen: SubmissionSeen,
    *,
    rate: p.Rating | None = None,
    unmended: tuple[UUID, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page; `rate` and `unmended` are what was sent for one of its forms, with what is wrong with it."""
    page = page_of(seen, today(), rate=rate, unmended=unmended)
    held = custody_of(seen.id, division=seen.division, at=now(), way=seen.way, there=seen.beside)
    custody = custody_part(held, seen.id, title="我的原件在哪里", may_choose=seen.is_mine)
    context = frame(
        request,
        nav="cases",
        page=page,
        custody=custody,
        rekeyed=rekeyed_results(seen.id) if seen.results else (),
        visits=visits_part(seen.id) if seen.is_mine and Beside.VISITS in seen.beside else (),
    )
    return render(request, "applicant/submission.html", context, status=status)


@signed_in
def receipt(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Show that it has been received, its number, and what happens next."""
    seen = read_submission(submission, actor=actor(request))
    at_window = bool(actor(request).holds(Role.WINDOW)) and not seen.is_mine
    context = frame(
        request, nav="cases", seen=seen, receipt=address("receipt-pdf", seen.id), form=address("joint-form-pdf", seen.id),
        lead=p.Person(name=seen.lead.name, about=f"牵头 · {seen.lead_name}", phone=seen.lead.phone), at_window=at_window,
        acted=filed_by_mandate(seen.history),
    )  # fmt: skip
    return render(request, "applicant/receipt.html", context)


def page_of(
    seen: SubmissionSeen, on: date, *, rate: p.Rating | None = None, unmended: tuple[UUID, str] | None = None
) -> SubmissionPage:
    """Return the page value of a submission on a day."""
    closed = seen.state == "closed"
    common = tuple(case for case in seen.cases if not case.member_id)
    events = tuple(p.Event(at=h.at, text=h.text, by=h.by, mood=h.mood) for h in seen.history)
    operations = operations_of(seen.id) if Beside.JOINT in seen.beside and not seen.is_shared else ()
    granted = sum(case.state is State.GRANTED for case in seen.cases)
    rateable = closed and Act.RATE in seen.powers and seen.rating is None
    return SubmissionPage(
        title=seen.edition.bundle.title,
        about=seen.about,
        number=seen.number,
        together=seen.together,
        acted=filed_by_mandate(seen.history),
        correction=correction_part(seen, on),
        owed=owed_part(seen.owed, seen.id, is_mine=Act.CORRECT in seen.powers),
        mendings=tuple(mending_of(case, seen, unmended) for case in seen.cases if case.mending),
        fees=_fees(seen),
        donut=p.Donut(done=granted, total=len(seen.cases), word="已办成", says=_tally(seen)),
        left=_left(seen, on),
        left_words="个工作日可以补" if seen.awaits_applicant else "个工作日",
        headline=_headline(seen, on),
        detail=_detail(seen, asked=any(one.asks_applicant for one in operations)),
        lanes=None if closed or not common else lanes_of(seen, common, on),
        refusals=tuple(_refusal(case) for case in seen.cases if case.appeal and case.words),
        cards=tuple(card_of(case, seen, on) for case in common),
        people=people_of(seen, on),
        withdrawals=withdrawals_of(common, seen),
        uncommits=uncommits_of(seen, common),
        left_out=left_out_part(seen),
        results=_results(seen, on),
        papers=_papers(seen),
        delivery=_delivery(seen, on),
        joint=tuple(
            link_notice(one, reverse("my-joint", args=[seen.id, one.id]), for_staff=False)
            for one in operations
        ),
        lead=p.Person(name=seen.lead.name, about=f"牵头 · {seen.lead_name}", phone=seen.lead.phone),
        history=p.History(events=events[:NEWEST]),
        earlier=p.History(events=events[NEWEST:]),
        rate=(rate or p.Rating()) if rateable else None,
        entrust=reverse("mandate-ask") + f"?submission={seen.id}" if seen.is_mine and not closed else "",
        rate_post=reverse("rate", args=[seen.id]),
        rated=WORDS[Level(seen.rating)] if seen.rating else "",
    )


def _fees(seen: SubmissionSeen) -> p.Notice | None:
    """Return what is to be paid, or where the vouchers are."""
    bill = reverse("fees", args=[seen.id])
    if seen.owes:
        act = p.Act(label="看缴费单，去付款", href=bill, look="primary", icon="yuan")
        text = "收多少、谁收、依据什么，缴费单上都写着。缴了，事项才能办结。"
        return p.Notice(kind="todo", title="有费用要缴", text=text, act=act)
    if seen.charged:
        act = p.Act(label="看缴费单和凭证", href=bill, small=True, icon="yuan")
        return p.Notice(title="现在没有要缴的费", icon="yuan", act=act)
    return None


def correction_part(seen: SubmissionSeen, on: date) -> p.Correction | None:
    """Return the one thing that waits for the applicant, or None."""
    found = seen.correction
    if found is None or found.answered_at or not seen.awaits_applicant:
        return None
    goes_on = [case for case in seen.cases if case.state in (State.ACCEPTED, State.CORRECTED)]
    others = list(dict.fromkeys(case.item.plain_name for case in goes_on))
    meanwhile = f"不影响别的：{'、'.join(others)}照常在办。" if others else ""
    return p.Correction(
        title=f"请您补 {len(found.targets)} 样" + _kinds(found),
        until=found.answer_by,
        remarks=tuple(
            p.Remark(
                what=f"{remark.name}：", why=remark.reason + (f"。{remark.remedy}" if remark.remedy else ""),
                by=f"{remark.unit} {remark.by}".strip(), at=remark.at,
            )
            for remark in found.remarks
        ),
        act=p.Act(label="现在去补", href=reverse("correction", args=[seen.id]), look="primary"),
        meanwhile=held_back(seen) or meanwhile,
        once="本应一次说清，再次告知已记入监督" if found.is_again else "只通知这一次，不会再有第二次",
    )  # fmt: skip


def _kinds(found: CorrectionSeen) -> str:
    kinds = {target for target, _ in found.targets}
    return "材料" if kinds == {Target.MATERIAL} else "内容" if kinds == {Target.FIELD} else "材料和内容"


def _last_day(seen: SubmissionSeen) -> tuple[date | None, bool]:
    """Return by when everything still open is promised, and whether that is provisional; None where it cannot be said."""
    still = [case for case in seen.cases if case.state not in CLOSED]
    if seen.state == "received":
        return seen.promised_on, seen.provisional
    if any(case.state is State.SUSPENDED for case in still):
        return None, False
    dues = [(case.due_on, case.provisional) for case in still if case.due_on]
    if len(dues) < len(still):
        return seen.promised_on, seen.provisional
    day_, provisional = max(dues, default=(None, False))
    return day_, provisional


def _left(seen: SubmissionSeen, on: date) -> int | None:
    if seen.state == "closed":
        return None
    if seen.awaits_applicant and seen.correction:
        return working_days_left(on, seen.correction.answer_by)
    last, _ = _last_day(seen)
    return working_days_left(on, last) if last else None


def _headline(seen: SubmissionSeen, on: date) -> str:
    if seen.state == "closed":
        granted = sum(case.state is State.GRANTED for case in seen.cases)
        return "都办好了" if granted == len(seen.cases) else f"办完了：{_tally(seen)}"
    if seen.awaits_applicant:
        return "等您补齐，补齐就接着办"
    if any(case.state is State.MENDING for case in seen.cases):
        return "等您整改，改好报告一声，部门来复查"
    last, provisional = _last_day(seen)
    if last is None:
        return "有一项停止计时，恢复以后告诉您新的日子"
    if last < on:
        return f"原定 {short_day(last, on)}办完，已经过了，您可以打电话催"
    return f"{day(last, on)}前都办完" + ("（暂定）" if provisional else "")


def _tally(seen: SubmissionSeen) -> str:
    """Return 办成 2 项，没有办成 1 项, 撤回 1 项."""
    counted = {
        "办成": sum(case.state is State.GRANTED for case in seen.cases),
        "没有办成": sum(case.state in CLOSED - {State.GRANTED, State.WITHDRAWN} for case in seen.cases),
        "撤回": sum(case.state is State.WITHDRAWN for case in seen.cases),
    }
    return "，".join(f"{word} {number} 项" for word, number in counted.items() if number) or "都在办"


def _detail(seen: SubmissionSeen, *, asked: bool) -> str:
    if (
        seen.state == "closed"
        or seen.awaits_applicant
        or seen.owed
        or any(case.mending for case in seen.cases)
    ):
        return ""
    if seen.state == "received":
        return "几家正在同时看您交的材料。缺什么，合成一张单子，只通知您一次。"
    names = list(dict.fromkeys(case.unit_short for case in seen.cases if case.state not in CLOSED))
    together = "，同时在办" if len(names) > 1 else ""
    yours = "您只要把费缴了，别的不用做。" if seen.owes else "" if asked else "您现在什么都不用做。"
    return f"在{'、'.join(names)}手里{together}。{yours}"


def _refusal(case: CaseSeen) -> p.Refusal:
    word = (
        "不予受理"
        if case.state is State.DECLINED
        else "不予许可"
        if case.item.type == LICENCE
        else "不予办理"
    )
    appeal, told = case.appeal, case.ended_on
    return p.Refusal(
        title=f"{case.item.plain_name}：{word}",
        reason=case.words.get("reasons", ""),
        basis=case.words.get("basis", ""),
        instead=case.words.get("competent", ""),
        review_body=appeal.reconsideration_at if appeal else "",
        review_until=told + timedelta(days=appeal.reconsideration_days) if told and appeal else None,
        court=appeal.court if appeal else "",
        suit_until=_months_later(told, appeal.lawsuit_months) if told and appeal else None,
        person=p.Person(name=case.desk.name, about=case.unit_name, phone=case.desk.phone),
    )


def _months_later(start: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month (Civil Code, art. 202)."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _results(seen: SubmissionSeen, on: date) -> tuple[p.Paper, ...]:
    composites = tuple(
        composite_paper(one, is_mine=Act.READ_RESULT in seen.powers) for one in seen.composites
    )
    return composites + tuple(
        p.Paper(
            name=wide(result.name),
            about=f"{result.number} · {short_day(result.issued_at, on)}签发",
            href=address("result-pdf", result.id) if Act.READ_RESULT in seen.powers else "",
            look_href=address("verify", result.code),
            sealed="准予许可" if result.is_licence else "已经办结",
            void={"revoked": "已撤销", "suspended": "已暂停"}.get(result.state, ""),
        )
        for result in seen.results
    )


def _papers(seen: SubmissionSeen) -> tuple[p.Paper, ...]:
    papers = []
    offered = [("申报回执", "receipt-pdf", not seen.is_shared)]
    offered.append(("一张表（您填的）", "joint-form-pdf", not seen.is_shared))
    offered.append(("一次性补正告知书", "correction-pdf", seen.correction is not None))
    offered.append(("送达回证", "delivery-slip-pdf", seen.delivery is not None and not seen.is_shared))
    for words, name, there in offered:
        if there and (href := address(name, seen.id)):
            papers.append(p.Paper(name=words, href=href))
    if seen.is_mine:
        papers += [
            p.Paper(name=wide(paper.name), about="系统按您填的表生成", href=href)
            for paper in seen.papers
            if (href := address("generated-pdf", paper.case, paper.material))
        ]
    return tuple(papers)


def _delivery(seen: SubmissionSeen, on: date) -> p.Notice | None:
    found = seen.delivery
    if found is None:
        return None
    if found.delivered_at:
        way = (
            "已送到您的电子证照库，下面也能下载"
            if found.method == ELECTRONIC
            else f"已按“{found.method}”交给您"
        )
        return p.Notice(kind="done", title="结果已送达", text=f"{short_day(found.delivered_at, on)}，{way}。")
    code = f"，取件码 {found.pick_up_code}" if found.pick_up_code else ""
    return p.Notice(
        kind="todo", title=f"结果办好了：{found.method}{code}",
        text="取件时报取件码，或出示这一页。" if found.pick_up_code else "",
    )  # fmt: skip
