"""How pages write dates, durations, numbers and masked numbers, and how they draw the parts of `yijianshi.web.parts`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import segno
from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yijianshi.services.people.signing_in import name_on
from yijianshi.services.punctuation import wide
from yijianshi.web.parts import Notice, Tag
from yijianshi.web.portal.device import KioskSeen, kiosk_of
from yijianshi.web.preferences import wants_large_letters

register = template.Library()
register.filter(wide)

WEEKDAYS = "一二三四五六日"

#: What lies in one's own space: name of the address and words; what this installation has not is not shown.
SPACE = (
    ("my-cases", "办件和草稿"),
    ("my-licences", "证照"),
    ("my-materials", "材料"),
    ("my-messages", "消息"),
    ("ratings-due", "待评价"),
    ("bookings", "预约"),
    ("my-code", "亮码"),
    ("mandates", "授权"),
    ("visits", "上门帮办"),
    ("who-looked", "谁看过"),
    ("own-data", "我的数据"),
    ("telling", "怎么告诉我"),
)

#: How many of them stand in sight; the rarer ones are folded away, or they would fill half a telephone.
_USUAL_WAYS = 6

#: Legal days are days in China, wherever the server stands.
LEGAL_TIME = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Whose pages these are; the settings give it as SITE."""

    name: str = "一件事"
    government: str = ""
    operator: str = ""
    region: str = ""
    hotline: str = "12345"
    records: str = ""


#: The doors in the header and in the bar at the foot of a phone: key, words, short words, sign, name of the address.
DOORS = (
    ("home", "办事", "办事", "home", "home"),
    ("cases", "我的办件", "办件", "case", "my-cases"),
    ("materials", "我的材料", "材料", "doc", "my-materials"),
    ("help", "帮助", "帮助", "chat", "help"),
)


@register.filter
def day(value: date | datetime | None, today: date | None = None) -> str:
    """Return 11 月 20 日（周五）, with the year when it is not that of `today`."""
    if value is None or value == "":
        return ""
    value = _local_day(value)
    words = f"{value.month} 月 {value.day} 日（周{WEEKDAYS[value.weekday()]}）"
    return (
        words
        if value.year == (today or timezone.localdate(timezone=LEGAL_TIME)).year
        else f"{value.year} 年 {words}"
    )


@register.filter
def short_day(value: date | datetime | None, today: date | None = None) -> str:
    """Return 11 月 20 日, where there is no room for the weekday."""
    return day(value, today).split("（")[0]


@register.filter
def moment(value: datetime | None, now: datetime | None = None) -> str:
    """Return 今天 10:32, 昨天 16:05 or 11 月 20 日（周五）17:10."""
    if value is None or value == "":
        return ""
    value = timezone.localtime(value, LEGAL_TIME) if timezone.is_aware(value) else value
    today = _local_day(now) if now else timezone.localdate(timezone=LEGAL_TIME)
    clock = f"{value:%H:%M}"
    if value.date() == today:
        return f"今天 {clock}"
    if value.date() == today - timedelta(days=1):
        return f"昨天 {clock}"
    return f"{short_day(value, today)} {clock}"


@register.filter
def clock(value: datetime | None) -> str:
    """Return 10:46."""
    if value is None or value == "":
        return ""
    return f"{timezone.localtime(value, LEGAL_TIME) if timezone.is_aware(value) else value:%H:%M}"


@register.filter
def workdays(value: float | Decimal | None, unit: str = "working") -> str:
    """Return 5 个工作日, 半个工作日, 30 个自然日; nothing promised is 未定, and nothing to wait for is 当场."""
    if value is None or value == "":
        return "未定"
    word = "自然日" if unit == "calendar" else "工作日"
    number = float(value)
    if number == 0:
        return "当场"
    return f"半个{word}" if number == 0.5 else f"{number:g} 个{word}"


@register.filter
def grouped(value: float | Decimal | None) -> str:
    """Return 1,234,567.5 for a number."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    return f"{number.normalize():,f}" if number == number.to_integral() else f"{number:,f}"


@register.filter
def percent_of_width(value: float | None) -> str:
    """Return 45.5% for a place in a picture."""
    return f"{float(value or 0):g}%"


@register.filter
def mask_number(value: str | None) -> str:
    """Return 320106********1234 for a personal number."""
    text = str(value or "")
    if len(text) >= 15:
        return text[:6] + "*" * (len(text) - 10) + text[-4:]
    if len(text) >= 6:
        return text[:2] + "*" * (len(text) - 4) + text[-2:]
    return "*" * len(text)


@register.filter
def mask_phone(value: str | None) -> str:
    """Return 139 **** 1234 for a telephone number."""
    digits = "".join(sign for sign in str(value or "") if sign.isdigit())
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]} **** {digits[-4:]}"
    return f"**** {digits[-4:]}" if len(digits) >= 7 else "*" * len(digits)


@register.filter
def spaced_number(value: str | None) -> str:
    """Return 320106 20261118 1 0000342 4, so that a submission or case number can be read aloud."""
    text = str(value or "")
    if len(text) != 23:
        return text
    return " ".join((text[:6], text[6:14], text[14], text[15:22], text[22]))


@register.filter
def dial(value: str | None) -> str:
    """Return the digits to dial."""
    return "".join(sign for sign in str(value or "") if sign.isdigit() or sign == "+")


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw one of the signs of parts/icons.html; `size` "l" is 24 px."""
    classes = f"i i--{size}" if size else "i"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', classes, name
    )


@register.simple_tag
@cache
def mark() -> str:
    """Return the mark of the platform as an address that holds the picture itself, so that no page asks for it."""
    found = finders.find("yijianshi/mark.svg")
    return (
        "data:image/svg+xml," + quote(Path(str(found)).read_text(encoding="utf-8").strip()) if found else ""
    )


@register.simple_tag(takes_context=True)
def show(context: Context, value: Any) -> SafeString:
    """Draw a part, or each part of a sequence; the part is `part` in its template, the page's own values stay visible."""
    if value is None or value == "":
        return SafeString("")
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        return SafeString("".join(show(context, one) for one in value))
    now = context.get("now") or timezone.now()
    with context.push(part=value, now=now, today=context.get("today") or _local_day(now)):
        drawing: SafeString = get_template(value.template).template.render(context)  # type: ignore[attr-defined]
        return drawing


@register.simple_tag(takes_context=True)
def tag(context: Context, state: str, word: str) -> SafeString:
    """Draw a state as sign and word."""
    return show(context, Tag(state=state, word=word))


@register.simple_tag(takes_context=True)
def notice(context: Context, kind: str, title: str, text: str = "") -> SafeString:
    """Draw a notice; `kind` is '', done, todo or no."""
    return show(context, Notice(title=title, text=text, kind=kind))


@register.simple_tag
def qr_picture(address: str) -> SafeString:
    """Draw the square code of an address as an inline picture."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(scale=4, border=2, omitsize=True, svgclass="qr-code", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from numbers only


@register.simple_tag
def site() -> Site:
    """Return whose pages these are."""
    return Site(**getattr(settings, "SITE", {}))


@register.simple_tag
def doors() -> list[dict[str, str]]:
    """Return the doors of the header that lead somewhere in this installation."""
    found = []
    for key, words, short, sign, name in DOORS:
        address = _address(name)
        if address:
            found.append({"key": key, "words": words, "short": short, "sign": sign, "href": address})
    return found


@register.simple_tag
def address(name: str, *args: Any) -> str:
    """Return the address of a page, or nothing where this installation has no such page."""
    return _address(name, *args)


@register.simple_tag(takes_context=True)
def account(context: Context) -> str:
    """Return the name of who is signed in: the page's `account`, else the name of the request's user; '' for nobody."""
    given = context.get("account")
    if given:
        return str(getattr(given, "name", given))
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return str(getattr(user, "name", "") or name_on(user))


@register.simple_tag(takes_context=True)
def is_elder(context: Context) -> bool:
    """Return whether the reader has asked for large letters."""
    request = context.get("request")
    return wants_large_letters(request) if request else False


@register.simple_tag(takes_context=True)
def machine(context: Context) -> KioskSeen | None:
    """Return the machine for everybody at which the reader stands, or None."""
    request = context.get("request")
    return kiosk_of(request) if request else None


@register.simple_tag(takes_context=True)
def reader_mark(context: Context) -> str:
    """Return a mark by which a browser tells whose typing it kept; it leads to nobody, and is '' for a visitor."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return salted_hmac("yijianshi.reader", str(user.pk), algorithm="sha256").hexdigest()[:16]


@register.inclusion_tag("portal/space.html")
def space(here: str = "") -> dict[str, Any]:
    """Draw the ways within one's own space; `here` is the page at hand."""
    links = [(name, words, href, name == here) for name, words in SPACE if (href := _address(name))]
    usual = len(links) if any(is_here for *_, is_here in links[_USUAL_WAYS:]) else _USUAL_WAYS
    return {"links": links[:usual], "rarer": links[usual:]}


def _address(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value, LEGAL_TIME) if timezone.is_aware(value) else value).date()
    return value
