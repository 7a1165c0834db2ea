"""What every page of staff shares: the rail with the reader's own doors, words for states and channels, form leftovers."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from yijianshi.domain.cases import RUNNING, STATE_WORDS, State
from yijianshi.domain.rights import Act, Role, posts_for
from yijianshi.services.outside import outside
from yijianshi.services.reading.whose import is_personal_number, mark_of, party_marked

from .acting import actor, now, reader_name, today
from .parts import Confirmation, Due, RailLink, Tag, due

#: The doors of the rail: key, role, words, sign, name of the address, query.
DOORS = (
    ("window", Role.WINDOW, "受理", "inbox", "window", ""),
    ("window-start", Role.WINDOW, "替人申报", "pen", "window-start", ""),
    ("window-hand-over", Role.WINDOW, "发证", "doc", "window-hand-over", ""),
    ("custody", Role.WINDOW, "原件", "case", "custody", ""),
    ("coordinate", Role.COORDINATOR, "待分办", "join", "coordinate", ""),
    ("coordinate-released", Role.COORDINATOR, "已分办", "people", "coordinate-released", ""),
    ("desk", Role.REVIEWER, "待办", "inbox", "desk", ""),
    ("desk-new", Role.REVIEWER, "新收件", "doc", "desk", "?state=received"),
    ("desk-corrected", Role.REVIEWER, "已补正", "check", "desk", "?state=corrected"),
    ("desk-soon", Role.REVIEWER, "到期", "clock", "desk", "?state=soon"),
    ("desk-money", Role.REVIEWER, "对账", "yuan", "money", ""),
    ("desk-checks", Role.REVIEWER, "待核查", "search", "desk-checks", ""),
    ("custody", Role.REVIEWER, "原件", "case", "custody", ""),
    ("desk-offers", Role.REVIEWER, "免申即享", "star", "desk-offers", ""),
    ("desk-reviews", Role.REVIEWER, "人工复核", "people", "desk-reviews", ""),
    ("consult", Role.REVIEWER, "征询", "chat", "consult", ""),
    ("saved-texts", Role.REVIEWER, "常用语", "pen", "saved-texts", ""),
    ("joint", Role.COORDINATOR, "联合", "calendar", "joint", ""),
    ("joint", Role.REVIEWER, "联合", "calendar", "joint", ""),
    ("countersign", Role.REVIEWER, "会签", "people", "countersign", ""),
    ("steward", Role.STEWARD, "目录", "book", "steward", ""),
    ("steward-facts", Role.STEWARD, "待确认", "check", "steward-facts", ""),
    ("steward-differences", Role.STEWARD, "本地差异", "copy", "steward-differences", ""),
    ("steward-proposals", Role.STEWARD, "报请推广", "up", "steward-proposals", ""),
    ("unit-rules", Role.STEWARD, "两人审定", "people", "unit-rules", ""),
    ("supervise", Role.SUPERVISOR, "督查", "chart", "supervise", ""),
    ("supervise-cases", Role.SUPERVISOR, "查件", "search", "supervise-cases", ""),
    ("money", Role.SUPERVISOR, "缴费对账", "yuan", "money", ""),
    ("unit-rules", Role.SUPERVISOR, "两人审定", "people", "unit-rules", ""),
    ("supervise-custody", Role.SUPERVISOR, "原件移交", "case", "supervise-custody", ""),
    ("supervise-rekeying", Role.SUPERVISOR, "转录成本", "copy", "supervise-rekeying", ""),
    ("supervise-joint", Role.SUPERVISOR, "联合", "calendar", "supervise-joint", ""),
    ("reforms", Role.SUPERVISOR, "改革工具", "star", "reforms", ""),
    ("counter", Role.WINDOW, "柜台", "people", "counter", ""),
    ("practice", Role.WINDOW, "练习", "book", "practice", ""),
    ("practice", Role.COORDINATOR, "练习", "book", "practice", ""),
    ("practice", Role.REVIEWER, "练习", "book", "practice", ""),
    ("practice-trainer", Role.SUPERVISOR, "练习成绩", "book", "practice-trainer", ""),
    ("examine", Role.SUPERVISOR, "清单体检", "reg", "examine", ""),
    ("window-seeing", Role.WINDOW, "核身", "card", "window-seeing", ""),
    ("admin-accounts", Role.SYSTEM_ADMIN, "账号", "people", "admin-accounts", ""),
    ("admin-desks", Role.SYSTEM_ADMIN, "联系窗口", "phone", "admin-desks", ""),
    ("admin-proposals", Role.SYSTEM_ADMIN, "报请", "up", "admin-proposals", ""),
    ("admin-proposals", Role.SECURITY_ADMIN, "待同意", "check", "admin-proposals", ""),
    ("admin-factors", Role.SECURITY_ADMIN, "第二道验证", "reg", "admin-factors", ""),
    ("admin-clients", Role.SECURITY_ADMIN, "接入系统", "join", "admin-clients", ""),
    ("admin-throttles", Role.SECURITY_ADMIN, "试错", "alert", "admin-throttles", ""),
    ("admin-reads", Role.AUDIT_ADMIN, "谁看了什么", "search", "admin-reads", ""),
    ("admin-deeds", Role.AUDIT_ADMIN, "管理记录", "doc", "admin-deeds", ""),
    ("window-mandates", Role.WINDOW, "窗口授权", "hand", "window-mandates", ""),
    ("helping", Role.WINDOW, "帮办上门", "people", "helping", ""),
    ("helping", Role.HELPER, "帮办上门", "people", "helping", ""),
    ("helping", Role.PROJECT_STEWARD, "项目管家", "people", "helping", ""),
    ("data-requests", Role.SUPERVISOR, "更正请求", "pen", "data-requests", ""),
    ("portals", Role.SUPERVISOR, "接入门户", "share", "portals", ""),
    ("queue", Role.WINDOW, "叫号", "sound", "queue", ""),
    ("hall", Role.HALL_MANAGER, "大厅", "hall", "hall", ""),
    ("supervise-hall", Role.HALL_MANAGER, "排队统计", "chart", "supervise-hall", ""),
    ("supervise-hall", Role.SUPERVISOR, "排队预约", "hall", "supervise-hall", ""),
)
CHANNEL_WORDS = {"web": "网上", "window": "窗口", "api": "接口", "kiosk": "自助机"}
#: What a state asks of the officer who holds the case.
TO_DO_WORDS = {
    State.RECEIVED: "新收件", State.CORRECTED: "待受理", State.ACCEPTED: "待决定", State.MENDED: "待复查",
}  # fmt: skip
#: The right that opens the list of a role.
_LISTED = {
    Role.WINDOW: Act.READ_AT_WINDOW, Role.COORDINATOR: Act.RELEASE, Role.REVIEWER: Act.READ_INBOX,
}  # fmt: skip
_TAGS = {
    State.RECEIVED: "wait",
    State.AWAITING_CORRECTION: "todo",
    State.CORRECTED: "run",
    State.WAITING: "wait",
    State.ACCEPTED: "run",
    State.SUSPENDED: "pause",
    State.MENDING: "todo",
    State.MENDED: "run",
    State.DECLINED: "no",
    State.GRANTED: "done",
    State.REFUSED: "no",
    State.WITHDRAWN: "wait",
    State.TERMINATED: "wait",
    State.REVOKED: "no",
}


def desk_page(
    request: HttpRequest,
    template: str,
    page: Any,
    *,
    here: str,
    unit: str = "",
    badges: Mapping[str, int] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Return a page in the desk frame; `here` is the key of the door that is open, `badges` what waits behind doors."""
    context = {
        "page": page,
        "rail": rail_of(request, here=here, badges=badges or {}),
        "unit": unit,
        "account": reader_name(request),
        "now": now(),
        "today": today(),
    }
    return render(request, template, context | more, status=status)


def ask_first(request: HttpRequest, question: Confirmation, *, here: str, unit: str = "") -> HttpResponse:
    """Return the question before what cannot be undone."""
    return desk_page(request, "desk_confirm.html", None, here=here, unit=unit, question=question)


def rail_of(request: HttpRequest, *, here: str, badges: Mapping[str, int]) -> tuple[RailLink, ...]:
    """Return the doors that the reader's posts open."""
    who = actor(request)
    links: list[RailLink] = []
    shown: set[str] = set()
    for key, role, label, icon, name, query in DOORS:
        href = _address(name)
        if href and who.holds(role) and key not in shown:
            shown.add(key)
            badge = badges.get(key, 0)
            links.append(
                RailLink(label=label, href=href + query, icon=icon, badge=badge, current=key == here)
            )
    return tuple(links)


def state_tag(state: State, *, word: str = "", is_late: bool = False) -> Tag:
    """Return how a state is shown; being late is computed from the due day and wins while the clock runs."""
    if is_late and state in RUNNING:
        return Tag(state="late", word="已超期")
    return Tag(state=_TAGS[state], word=word or STATE_WORDS[state])


def is_late(state: State, due_on: date | None, on: date) -> bool:
    """Return whether a case is overdue on a day; never stored, and never while its clock is stopped."""
    return state in RUNNING and due_on is not None and due_on < on


def due_words(day: date | None, *, on: date, left: int | None = None, stopped_for: int | None = None) -> Due:
    """Return how a due day is said; what is past due is late by a day at least, on a day of rest too."""
    if day is None:
        return due(None, today=on, stopped_for=stopped_for)
    if left is None:
        between = outside().calendar.between
        left = between(on, day) if day >= on else -between(day, on)
    return due(day, today=on, working_days_left=min(left, -1) if day < on else left, stopped_for=stopped_for)


def short_number(number: str) -> str:
    """Return the end of a number, by which people call a case: serial and check digit."""
    return number[-8:] if len(number) == 23 else number


def size_words(size: int) -> str:
    """Return 412 KB or 3.1 MB."""
    return f"{max(size // 1024, 1)} KB" if size < 1048576 else f"{size / 1048576:.1f} MB"


def posted_text(request: HttpRequest, name: str, *, longest: int = 2000) -> str:
    """Return a text that was posted, without blanks around it and never longer than it may be."""
    return request.POST.get(name, "").strip()[:longest]


def posted_number(request: HttpRequest, name: str) -> int | None:
    """Return a whole number that was posted, or None if there is none that can be read."""
    text = request.POST.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) < 8 else None


def sought(request: HttpRequest, role: Role) -> HttpResponse:
    """
    Lead a posted search to its page; a personal number becomes its keyed hash, for addresses are logged.

    :raises NotPermitted: if the reader does not hold the role whose list it is.
    """
    posts_for(actor(request), _LISTED[role], role)
    text = posted_text(request, "q", longest=40)
    left_out = ("csrfmiddlewaretoken", "q", "page", "of")
    query = [(name, value) for name, value in request.POST.items() if value and name not in left_out]
    if is_personal_number(text):
        query.append(("of", mark_of(text)))
    elif text:
        query.append(("q", text))
    return HttpResponseRedirect(request.path + (f"?{urlencode(query)}" if query else ""))


def sought_party(request: HttpRequest) -> UUID | None:
    """Return whose matters the reader asked for by a personal number."""
    mark = request.GET.get("of", "")[:64]
    return party_marked(mark) if mark else None


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
