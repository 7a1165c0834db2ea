"""The desk of a unit that offers without an application (免申即享): make a list, see what came of it, answer objections."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.codes import BundleCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.entitlements import LONGEST, OfferNotPossible, OfferState
from yijianshi.domain.routing import Unit
from yijianshi.services.lists.tables import ListNotRead
from yijianshi.services.offering.answer import reply_to_objection
from yijianshi.services.offering.lists import read_people
from yijianshi.services.offering.offer import Made, match_register, offer_benefit
from yijianshi.services.ports import SourceUnavailable
from yijianshi.services.reading.offers import (
    ListSeen,
    ObjectionSeen,
    Offerable,
    OfferDesk,
    read_objection,
    read_offer_desk,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_text

#: How long people usually get to confirm, unless the officer says otherwise.
USUAL_DAYS = 60
WORDS = {
    OfferState.OPEN: "等确认",
    OfferState.CONFIRMED: "已确认",
    OfferState.OBJECTED: "说数据不对",
    OfferState.DECLINED: "不要",
    OfferState.WITHDRAWN: "已撤下",
    OfferState.LAPSED: "过期",
}
REGISTER, UPLOAD = "register", "upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersView:
    """The page of lists."""

    read: OfferDesk
    lists: tuple[tuple[ListSeen, str], ...]  # with what came of it, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class MakingView:
    """The form of a new list."""

    questions: tuple[p.Asked, ...]
    problems: p.Problems | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """The form of the answer to an objection."""

    one: ObjectionSeen
    question: p.Asked
    problems: p.Problems | None


@signed_in
def offers(request: HttpRequest) -> HttpResponse:
    """Show what the reader's units have offered and what came of it."""
    read = read_offer_desk(actor=actor(request), on=today())
    view = OffersView(read=read, lists=tuple((one, _counts(one)) for one in read.lists))
    badges = {"desk-offers": len(read.objections)}
    return desk_page(
        request, "offers/desk.html", view, here="desk-offers", unit=read.unit_name, badges=badges
    )


@signed_in
def make(request: HttpRequest) -> HttpResponse:
    """Show or take the form of a new list; everybody on it is told, nobody is granted anything."""
    read = read_offer_desk(actor=actor(request), on=today())
    problem = ""
    if request.method == "POST":
        try:
            made = _made(request, read)
        except (OfferNotPossible, ListNotRead, SourceUnavailable) as why:
            problem = str(why)
        else:
            left = f"；{made.left_out} 人已经发过、在办或者已经有了，没有再发" if made.left_out else ""
            messages.success(request, f"发给了 {made.offered} 人{left}。本人确认了才办。")
            return HttpResponseRedirect(reverse("desk-offers"))
    view = MakingView(
        questions=_questions(request, read),
        problems=p.Problems(items=(p.Problem(field="", text=problem),)) if problem else None,
    )
    status = 422 if problem else 200
    return desk_page(
        request, "offers/make.html", view, here="desk-offers", unit=read.unit_name, status=status
    )


@signed_in
def reply(request: HttpRequest, offer: UUID) -> HttpResponse:
    """Show an objection, and take the unit's answer to it."""
    one = read_objection(offer, actor=actor(request), on=today())
    problem = ""
    if request.method == "POST":
        try:
            reply_to_objection(
                offer=offer, actor=actor(request), holds=request.POST.get("holds") == "yes",
                words=posted_text(request, "words", longest=LONGEST + 1), at=now(),
            )  # fmt: skip
        except OfferNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "已答复，本人会收到通知。")
            return HttpResponseRedirect(reverse("desk-offers"))
    question = p.Asked(
        name="words", label="核对的结果", kind=Kind.TEXT, value=posted_text(request, "words"), wide=True,
        max_length=LONGEST, hint="本人会看到这段话", error=problem,
    )  # fmt: skip
    view = ReplyView(
        one=one,
        question=question,
        problems=p.Problems(items=(p.Problem(field=question.id, text=problem),)) if problem else None,
    )
    return desk_page(request, "offers/reply.html", view, here="desk-offers", status=422 if problem else 200)


def _made(request: HttpRequest, read: OfferDesk) -> Made:
    one = next((one for one in read.offerable if one.key == request.POST.get("what", "")), None)
    if one is None:
        raise OfferNotPossible("请选发哪一项")
    unit, bundle = Unit.parse(one.unit), BundleCode(one.bundle)
    until = _day(request, "until", "确认的最后一天")
    if request.POST.get("from") == REGISTER:
        people, rests_on = match_register(
            bundle=bundle, item=one.item.code, unit=unit, first=_day(request, "first", "从哪天"),
            last=_day(request, "last", "到哪天"), actor=actor(request), at=now(),
        )  # fmt: skip
        if not people:
            raise OfferNotPossible("人口库里这段时间没有人符合；没有发出")
    else:
        file = request.FILES.get("file")
        if file is None:
            raise OfferNotPossible("请选名单文件")
        people = read_people(file.name or "名单", file.read(), kind=_kind(one))
        rests_on = posted_text(request, "rests_on")
    return offer_benefit(
        bundle=bundle, item=one.item.code, unit=unit, people=people, rests_on=rests_on, until=until,
        actor=actor(request), at=now(),
    )  # fmt: skip


def _kind(one: Offerable) -> str:
    return "enterprise" if one.audience == "enterprise" else "person"


def _day(request: HttpRequest, name: str, words: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise OfferNotPossible(f"请填“{words}”，如 {today()}") from None


def _counts(one: ListSeen) -> str:
    return "，".join(
        f"{WORDS[state]} {one.counts[state]} 人" for state in OfferState if one.counts.get(state)
    )


def _questions(request: HttpRequest, read: OfferDesk) -> tuple[p.Asked, ...]:
    sent, on = request.POST, today()
    return (
        p.Asked(
            name="what", label="发哪一项", kind=Kind.ENUM, wide=True,
            value=sent.get("what", read.offerable[0].key if read.offerable else ""),
            options=tuple(p.Option(one.key, one.item.plain_name, _about(one)) for one in read.offerable),
        ),
        p.Asked(
            name="from", label="名单从哪里来", kind=Kind.ENUM, value=sent.get("from", REGISTER), wide=True,
            options=(p.Option(REGISTER, "人口库比对", "按年龄找本地户籍的人"), p.Option(UPLOAD, "上传名单", "有姓名和身份证号两列的表格")),
        ),
        p.Asked(name="first", label="比对：从哪天满", kind=Kind.DATE, value=sent.get("first", str(on.replace(day=1))), optional=True),
        p.Asked(name="last", label="比对：到哪天满", kind=Kind.DATE, value=sent.get("last", str(on + timedelta(days=30))), optional=True),
        p.Asked(
            name="rests_on", label="上传：名单依据什么数据", value=sent.get("rests_on", ""), optional=True, wide=True,
            hint="本人会看到，如“2026 年 11 月户籍核对名单”；不写人的姓名和号码",
        ),
        p.Asked(
            name="until", label="本人最晚哪天确认", kind=Kind.DATE, value=sent.get("until", str(on + timedelta(days=USUAL_DAYS))),
            hint="7 到 180 天以内；过了没确认就失效，名单随即清掉",
        ),
    )  # fmt: skip


def _about(one: Offerable) -> str:
    declared = one.item.without_application
    return f"{declared.occasion} · {one.unit_name}" if declared else one.unit_name
