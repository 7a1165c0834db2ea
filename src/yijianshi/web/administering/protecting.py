"""What waits for approval, second factors, machines and wrong tries - for the security administrator."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.rights import Act, NotPermitted, Role
from yijianshi.services.administering.looking import (
    PER_PAGE,
    ClientSeen,
    ProposalSeen,
    clients_within,
    proposals,
    staff_within,
)
from yijianshi.services.administering.proposing import decide_proposal
from yijianshi.services.administering.protecting import (
    Failing,
    end_client,
    failing_tries,
    home_of,
    reset_factors,
)
from yijianshi.services.contents import is_key
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page

from .accounts import StaffRow
from .words import post_words, role_words, staff_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """One proposal in words."""

    seen: ProposalSeen
    what: str
    tag: p.Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsView:
    """What waits, and what was decided last."""

    waiting: tuple[ProposalRow, ...]
    decided: tuple[ProposalRow, ...]
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsView:
    """The staff, with how many second factors each has."""

    filters: p.FilterBar
    rows: tuple[StaffRow, ...]
    pages: p.Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """One machine."""

    seen: ClientSeen
    units: str
    tag: p.Tag


@signed_in
def proposed(request: HttpRequest) -> HttpResponse:
    """Show what waits for approval; approve or reject one."""
    who = actor(request)
    if request.method == "POST":
        home_of(who)
        key = request.POST.get("proposal", "")
        if not is_key(key):
            raise NotPermitted(Act.APPROVE_POST)
        approve = request.POST.get("do") == "approve"
        decide_proposal(actor=who, proposal=UUID(key), approve=approve, at=now())
        messages.success(request, "已同意，马上生效。" if approve else "没有同意，什么也没有改。")
        return HttpResponseRedirect(reverse("admin-proposals"))
    view = ProposalsView(
        waiting=tuple(_row(one) for one in proposals(actor=who)),
        decided=tuple(_row(one) for one in proposals(actor=who, is_open=False, most=20)),
        decides=bool(who.holds(Role.SECURITY_ADMIN)),
    )
    return desk_page(request, "administering/proposals.html", view, here="admin-proposals")


@signed_in
def factors(request: HttpRequest) -> HttpResponse:
    """Show who has second factors; take them away from who has lost them."""
    who = actor(request)
    home_of(who)
    if request.method == "POST":
        key = request.POST.get("account", "")
        if not is_key(key):
            raise NotPermitted(Act.APPROVE_POST)
        had = reset_factors(actor=who, account=UUID(key), at=now())
        said = "已清除，他各处都已退出；下次凭密码登录，再重新添加。" if had else "他本来就没有第二道验证。"
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin-factors"))
    words, page = request.GET.get("q", "").strip()[:40], request.GET.get("page", "1")
    number = max(int(page), 1) if page.isdecimal() and len(page) < 5 else 1
    found, total = staff_within(actor=who, at=now(), words=words, page=number)
    view = FactorsView(
        filters=p.FilterBar(query=words, placeholder="登录名", label="按登录名查"),
        rows=tuple(
            StaffRow(
                staff=one,
                posts=tuple(post_words(post) for post in one.posts if not post.is_over),
                tag=staff_tag(one),
            )
            for one in found
        ),
        pages=p.Pages(
            number=number, last=max(-(-total // PER_PAGE), 1), keep=(("q", words),) if words else ()
        ),
    )
    return desk_page(request, "administering/factors.html", view, here="admin-factors")


@signed_in
def clients(request: HttpRequest) -> HttpResponse:
    """Show the machines that speak to the API; revoke one."""
    who = actor(request)
    if request.method == "POST":
        home_of(who)
        key = request.POST.get("client", "")
        if not is_key(key):
            raise NotPermitted(Act.APPROVE_POST)
        was_open = end_client(actor=who, client=UUID(key), at=now())
        messages.success(request, "已停用，半分钟内它就连不上了。" if was_open else "它早就停用了。")
        return HttpResponseRedirect(reverse("admin-clients"))
    rows = tuple(
        ClientRow(
            seen=one,
            units="、".join(name_of_unit(unit) for unit in one.units) or "不属于哪个单位",
            tag=p.Tag(state="no", word="已停用") if one.revoked_at else p.Tag(state="run", word="在用"),
        )
        for one in clients_within(actor=who)
    )
    return desk_page(request, "administering/clients.html", rows, here="admin-clients")


@signed_in
def throttles(request: HttpRequest) -> HttpResponse:
    """Show where somebody tries in vain."""
    rows: tuple[Failing, ...] = failing_tries(actor=actor(request))
    return desk_page(request, "administering/throttles.html", rows, here="admin-throttles")


def _row(seen: ProposalSeen) -> ProposalRow:
    verb = "免去" if seen.kind == "end" else "任职"
    tag = (
        p.Tag(state="todo", word="等同意")
        if seen.approved is None
        else p.Tag(state="done", word="已同意")
        if seen.approved
        else p.Tag(state="no", word="没同意")
    )
    return ProposalRow(seen=seen, what=f"{verb}：{role_words(seen.role, seen.unit)}", tag=tag)
