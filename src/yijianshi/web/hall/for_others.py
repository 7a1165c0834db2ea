"""A clerk books a time for somebody who asks him to, by telephone or at the counter (代约)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.booking import BookingRefused
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.hall.book import book
from yijianshi.services.people.parties import NumberRefused, find_or_add_party, know_party
from yijianshi.services.reading.hall_tickets import centres_served
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

from .booking import chosen_line, times_view
from .words import moment_of

_KINDS = (p.Option("person", "个人", "凭身份证"), p.Option("enterprise", "单位", "凭营业执照"))


@signed_in
def who(request: HttpRequest) -> HttpResponse:
    """Ask for whom, by the number of a document; it stands in no address."""
    halls = centres_served(actor(request))
    if not halls:
        raise NotPermitted(Act.BOOK_FOR_OTHERS)
    given = {
        name: posted_text(request, name, longest=100)
        for name in ("centre", "kind", "number", "name", "phone")
    }
    troubles: dict[str, str] = {}
    if request.method == "POST":
        if given["kind"] not in ("person", "enterprise"):
            troubles["kind"] = "请选个人或单位"
        if not given["name"]:
            troubles["name"] = "请照证件填"
        if not troubles:
            try:
                party = find_or_add_party(
                    kind=given["kind"], number=given["number"], name=given["name"], phone=given["phone"]
                )
            except NumberRefused as why:
                troubles["number"] = str(why)
            else:
                if know_party(party).name == given["name"]:
                    centre = (
                        given["centre"] if given["centre"] in {one.code for one in halls} else halls[0].code
                    )
                    return HttpResponseRedirect(
                        reverse("window-book-time", args=[party]) + f"?centre={centre}"
                    )
                troubles["name"] = "这个号码登记的名字和您填的不一样，请对照证件再核一遍"
    questions = (
        p.Asked(
            name="centre", label="约到哪里", kind=Kind.REGION, value=given["centre"] or halls[0].code, wide=True,
            options=tuple(p.Option(one.code, one.name) for one in halls),
        ),
        p.Asked(name="kind", label="给谁约", kind=Kind.ENUM, value=given["kind"], options=_KINDS, wide=True, error=troubles.get("kind", "")),
        p.Asked(
            name="number", label="证件号码", value=given["number"], max_length=18, sensitive=True,
            hint="身份证号，或统一社会信用代码，照证件填", error=troubles.get("number", ""),
        ),
        p.Asked(
            name="name", label="姓名或单位名称", value=given["name"], hint="照证件填，一字不差", max_length=100,
            error=troubles.get("name", ""),
        ),
        p.Asked(name="phone", label="联系手机", kind=Kind.PHONE, value=given["phone"], optional=True, sensitive=True),
    )  # fmt: skip
    items = tuple(p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in questions if q.error)
    problems = p.Problems(items=items, then="改好再往下") if items else None
    status = 422 if troubles else 200
    return desk_page(
        request,
        "hall/for_whom.html",
        questions,
        here="queue",
        unit=halls[0].name,
        status=status,
        problems=problems,
    )


@signed_in
def when(request: HttpRequest, party: UUID) -> HttpResponse:
    """Choose line, day and time for him, and book it."""
    clerk, at = actor(request), now()
    halls = {one.code: one for one in centres_served(clerk)}
    place = halls.get(request.POST.get("centre") or request.GET.get("centre", ""))
    if place is None:
        raise NotPermitted(Act.BOOK_FOR_OTHERS)
    bundle, title, line = chosen_line(request, place)
    problem = ""
    if request.method == "POST" and line:
        begins = moment_of(request.POST.get("begins", ""))
        if begins is None:
            problem = "请选一个时段"
        else:
            try:
                key = book(
                    actor=clerk, centre=place.code, line=line.letter, begins=begins, at=at, bundle=bundle, party=party
                )  # fmt: skip
            except BookingRefused as why:
                problem = str(why)
            else:
                messages.success(request, "替他约好了，请把预约号告诉他。")
                return HttpResponseRedirect(reverse("booking", args=[key]))
    view = times_view(
        request, place, line, bundle=bundle, title="替人预约", about=title or know_party(party).name, problem=problem,
        yes="替他约这个时间", back=reverse("window-book"), question=None, keep=f"&centre={place.code}",
    )  # fmt: skip
    return desk_page(
        request, "hall/book_at_hall.html", view, here="queue", unit=place.name, status=422 if problem else 200
    )
