"""Accounts of staff (账号): the list, a new one, and one with its posts - for the system administrator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.administering import (
    ADMINISTRATORS,
    APPROVED_BY_ANOTHER,
    OFFICE,
    ROLE_WORDS,
    AdministrationRefused,
)
from yijianshi.domain.rights import Act, NotPermitted, Role
from yijianshi.services.administering import accounts as services
from yijianshi.services.administering.desks import home_of, units_within
from yijianshi.services.administering.looking import PER_PAGE, StaffSeen, staff_account, staff_within
from yijianshi.services.administering.posts import PostWanted
from yijianshi.services.contents import is_key
from yijianshi.services.people.invite_administrator import Invited
from yijianshi.services.reading.units import name_of_division, name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_text

from .words import post_words, staff_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """One line of the list."""

    staff: StaffSeen
    posts: tuple[str, ...]
    tag: p.Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffView:
    """The list."""

    filters: p.FilterBar
    rows: tuple[StaffRow, ...]
    pages: p.Pages
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """One post of somebody, and whether it can be ended here."""

    id: UUID
    words: str
    dates: str
    tag: p.Tag
    is_over: bool
    is_approved: bool  # by another


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """One account."""

    staff: StaffSeen
    tag: p.Tag
    posts: tuple[PostRow, ...]
    roles: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    today: str
    is_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewView:
    """The form for a new account, with what was given."""

    roles: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    given: dict[str, str]
    today: str


@signed_in
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the staff of the division."""
    who = actor(request)
    home = home_of(who)
    page, words = request.GET.get("page", "1"), request.GET.get("q", "").strip()[:40]
    role = request.GET.get("role", "")[:24]
    number = int(page) if page.isdecimal() and len(page) < 5 else 1
    found, total = staff_within(actor=who, at=now(), words=words, role=role, page=max(number, 1))
    view = StaffView(
        filters=p.FilterBar(
            query=words,
            placeholder="登录名",
            label="按登录名查",
            choices=(p.Narrowing(name="role", label="岗位", options=(("", "全部"), *_roles()), chosen=role),),
        ),
        rows=tuple(
            StaffRow(
                staff=one,
                posts=tuple(post_words(post) for post in one.posts if not post.is_over),
                tag=staff_tag(one),
            )
            for one in found
        ),
        pages=p.Pages(
            number=max(number, 1),
            last=max(-(-total // PER_PAGE), 1),
            keep=tuple(pair for pair in (("q", words), ("role", role)) if pair[1]),
        ),
        total=total,
    )
    return desk_page(
        request,
        "administering/accounts.html",
        view,
        here="admin-accounts",
        unit=name_of_division(str(home)),
    )


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Make an account with its first post; its one-time link is shown once."""
    who = actor(request)
    home_of(who)
    problem = ""
    if request.method == "POST":
        try:
            invited = services.create_account(
                actor=who,
                login=posted_text(request, "login", longest=65),
                name=posted_text(request, "name", longest=60),
                post=_post_wanted(request),
                at=now(),
            )
        except AdministrationRefused as refusal:
            problem = str(refusal)
        else:
            return _link_page(request, invited, posted_text(request, "login", longest=64))
    view = NewView(
        roles=_roles(),
        units=_units(request),
        given={
            name: posted_text(request, name, longest=64)
            for name in ("login", "name", "role", "unit", "since", "until")
        },
        today=today().isoformat(),
    )
    problems = p.Problems(items=(p.Problem(field="login", text=problem),)) if problem else None
    return desk_page(
        request,
        "administering/new.html",
        view,
        here="admin-accounts",
        status=422 if problem else 200,
        problems=problems,
    )


@signed_in
def account(request: HttpRequest, account: UUID) -> HttpResponse:
    """Show one account; give or end a post, close it, hand it over, or make a new link."""
    who = actor(request)
    staff = staff_account(actor=who, account=account, at=now())
    problem = ""
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise NotPermitted(Act.ADMINISTER)
        try:
            answer = act(request, staff)
        except AdministrationRefused as refusal:
            problem = str(refusal)
        else:
            return answer or HttpResponseRedirect(reverse("admin-account", args=[account]))
    view = AccountView(
        staff=staff,
        tag=staff_tag(staff),
        posts=tuple(
            PostRow(
                id=post.id,
                words=post_words(post),
                dates=_dates(post.since, post.until),
                tag=p.Tag(state="wait", word="已到期")
                if post.is_over
                else p.Tag(state="run", word="在任")
                if post.since <= today()
                else p.Tag(state="wait", word="未到任"),
                is_over=post.is_over,
                is_approved=post.role in APPROVED_BY_ANOTHER,
            )
            for post in sorted(staff.posts, key=lambda post: post.is_over)
        ),
        roles=_roles(),
        units=_units(request),
        today=today().isoformat(),
        is_self=who.account == str(account),
    )
    problems = p.Problems(items=(p.Problem(field="", text=problem),)) if problem else None
    return desk_page(
        request,
        "administering/account.html",
        view,
        here="admin-accounts",
        status=409 if problem else 200,
        problems=problems,
    )


def _give(request: HttpRequest, staff: StaffSeen) -> None:
    held = services.give_post(actor=actor(request), account=staff.id, post=_post_wanted(request), at=now())
    messages.success(request, "任职好了。" if held else "已报请，安全管理员同意以后生效。")


def _end(request: HttpRequest, staff: StaffSeen) -> None:
    post = request.POST.get("post", "")
    if not is_key(post):
        raise NotPermitted(Act.ADMINISTER)
    ended = services.end_post(actor=actor(request), account=staff.id, post=UUID(post), at=now())
    messages.success(request, "这个岗位今天起免去。" if ended else "已报请，安全管理员同意以后免去。")


def _close(request: HttpRequest, staff: StaffSeen) -> None:
    if request.POST.get("sure") != "1":
        raise AdministrationRefused("停用以后他就不能登录了。确定要停用，请先勾上“我确定”")
    services.close_account(actor=actor(request), account=staff.id, at=now())
    messages.success(request, "账号已停用，各处都已退出。他办过的都留着。")


def _hand_over(request: HttpRequest, staff: StaffSeen) -> None:
    posts = services.hand_over(
        actor=actor(request),
        account=staff.id,
        to_login=posted_text(request, "to", longest=64),
        at=now(),
    )
    messages.success(request, f"{posts} 个岗位今天起由他接手。手里的办件请他在“待办”里交办。")


def _link(request: HttpRequest, staff: StaffSeen) -> HttpResponse:
    return _link_page(
        request, services.new_link(actor=actor(request), account=staff.id, at=now()), staff.login
    )


_ACTS: dict[str, Callable[[HttpRequest, StaffSeen], HttpResponse | None]] = {
    "give": _give,
    "end": _end,
    "close": _close,
    "hand-over": _hand_over,
    "link": _link,
}


def _link_page(request: HttpRequest, invited: Invited, login: str) -> HttpResponse:
    return desk_page(request, "administering/link.html", invited, here="admin-accounts", login=login)


def _post_wanted(request: HttpRequest) -> PostWanted:
    """Return the post that was posted. :raises AdministrationRefused: if a part of it is missing or unreadable."""
    role, unit = request.POST.get("role", ""), request.POST.get("unit", "")
    if role not in set(Role) or unit not in dict(_units(request)):
        raise AdministrationRefused("请选岗位和单位")
    since = _day(posted_text(request, "since", longest=10)) or today()
    until_text = posted_text(request, "until", longest=10)
    until = _day(until_text)
    if until_text and until is None:
        raise AdministrationRefused("到期的日子看不懂。请按 2026-12-31 这样写，或者留空")
    if (Role(role) in ADMINISTRATORS) != unit.startswith(OFFICE + "@"):
        raise AdministrationRefused("管理员的单位选“系统管理”，其他岗位选他所在的部门")
    return PostWanted(role=Role(role), unit=unit, since=since, until=until)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _dates(since: date, until: date | None) -> str:
    if until and until < since:
        return "没有到任"
    begun = f"{since:%Y-%m-%d} 起"
    return f"{begun}，到 {until:%Y-%m-%d}" if until else begun


def _roles() -> tuple[tuple[str, str], ...]:
    return tuple((str(role), words) for role, words in ROLE_WORDS.items())


def _units(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    who = actor(request)
    office = f"{OFFICE}@{home_of(who)}"
    return (*units_within(who), (office, name_of_unit(office)))
