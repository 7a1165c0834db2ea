"""Changing what is said about a centre (维护大厅信息): telephone, way, hours, other days, windows, ease of access."""

from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.centres import ACCESS_WORDS, WEEKDAYS, Centre, Hours, OtherHours, Route
from yijianshi.domain.definitions import Kind
from yijianshi.domain.misstatements import CentreMisstated
from yijianshi.services.hall.keep_centre import keep_centre
from yijianshi.services.reading.hall_bookings import read_kept
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_number, posted_text

_TEXTS = (
    ("phone", "电话", ""),
    ("address", "地址", ""),
    ("bus", "哪一站下", "公交、地铁站名，出站怎么走"),
    ("door", "哪个门", ""),
    ("floor", "几楼", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditView:
    """The page."""

    centre: Centre
    seen: int
    groups: tuple[tuple[str, str, tuple[p.Asked, ...]], ...]
    problems: p.Problems | None


@signed_in
def edit(request: HttpRequest, centre: str) -> HttpResponse:
    """Show what is kept about a centre, and keep it as it is written."""
    who = actor(request)
    kept, seq = read_kept(centre, actor=who)
    written, troubles = kept, dict[str, str]()
    if request.method == "POST":
        written = _written(request, kept, troubles)
        if not troubles:
            try:
                seen = posted_number(request, "seen") or 0
                keep_centre(centre=written, seen=seen, actor=who, at=now())
            except CentreMisstated as why:
                for problem in why.problems:
                    troubles.setdefault(_field_of(problem.way), f"{problem.message}，{problem.remedy}")
            else:
                messages.success(request, "改好了，群众马上看得到。已有的预约不变。")
                return HttpResponseRedirect(reverse("centre", args=[centre]))
    view = _view(request, kept, seq, troubles)
    status = 422 if troubles else 200
    return desk_page(request, "hall/edit.html", view, here="hall", unit=kept.name, status=status)


def _view(request: HttpRequest, kept: Centre, seq: int, troubles: dict[str, str]) -> EditView:
    def value(name: str, otherwise: str) -> str:
        return request.POST.get(name, otherwise)[:2000] if request.method == "POST" else otherwise

    texts = tuple(
        p.Asked(
            name=name, label=label, value=value(name, _text(kept, name)), hint=hint, wide=name != "phone",
            error=troubles.get(name, ""),
        )
        for name, label, hint in _TEXTS
    )  # fmt: skip
    days = tuple(
        p.Asked(
            name=f"day-{n}", label=f"周{WEEKDAYS[n - 1]}", value=value(f"day-{n}", _hours_on(kept, n)), optional=True,
            hint="如 09:00-12:00 13:30-17:00；不开门就空着" if n == 1 else "", error=troubles.get(f"day-{n}", ""),
        )
        for n in range(1, 8)
    )  # fmt: skip
    other = p.Asked(
        name="others", label="哪些天不一样", kind=Kind.TEXT, value=value("others", _others(kept)), optional=True,
        hint="每天一行：日期、时段（不开门就不写）、原因。如 2026-12-31 09:00-12:00 年终盘点", error=troubles.get("others", ""),
        max_length=2000,
    )  # fmt: skip
    windows = tuple(
        p.Asked(
            name=f"window-{one.number}", label=f"{one.number} 号窗口办哪些队列",
            value=value(f"window-{one.number}", " ".join(one.lines)), hint=f"填字母：{'、'.join(f'{x.letter} {x.name}' for x in kept.lines)}",
            error=troubles.get(f"window-{one.number}", ""),
        )
        for one in kept.windows
    )  # fmt: skip
    access = p.Asked(
        name="access", label="有哪些方便", kind=Kind.MULTI_ENUM, optional=True, wide=True,
        value=request.POST.getlist("access") if request.method == "POST" else list(kept.accessibility),
        options=tuple(p.Option(code, words) for code, words in ACCESS_WORDS.items()), error=troubles.get("access", ""),
    )  # fmt: skip
    groups = (
        ("怎么找到", "群众照着走", (*texts, access)),
        ("什么时候开", "节假日和调休自动按国务院的安排", (*days, other)),
        ("哪个窗口办什么", "改了，以后的预约按新的算", windows),
    )
    asked = [question for _, _, questions in groups for question in questions]
    items = [p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in asked if q.error]
    items += [
        p.Problem(field="", text=text)
        for name, text in troubles.items()
        if name not in {q.name for q in asked}
    ]
    problems = p.Problems(items=tuple(items), then="改好再存") if items else None
    return EditView(centre=kept, seen=seq, groups=groups, problems=problems)


def _written(request: HttpRequest, kept: Centre, troubles: dict[str, str]) -> Centre:
    text = {name: posted_text(request, name, longest=200) for name, _, _ in _TEXTS}
    for name, label, _ in _TEXTS[:2]:
        if not text[name]:
            troubles[name] = f"请写{label}"
    hours = tuple(
        Hours(days=(n,), open=tuple(written.replace("，", " ").replace(",", " ").split()))
        for n in range(1, 8)
        if (written := posted_text(request, f"day-{n}", longest=80))
    )
    others = []
    for line in posted_text(request, "others").splitlines():
        words = line.split()
        if not words:
            continue
        try:
            day = date.fromisoformat(words[0])
        except ValueError:
            troubles["others"] = f"“{words[0]}”不是日期，写成 2026-12-31 这样"
            continue
        periods = tuple(word for word in words[1:] if word[:1].isdigit() and "-" in word)
        why = " ".join(word for word in words[1:] if word not in periods)
        if not why:
            troubles["others"] = f"{day} 请写原因，群众看得到"
        others.append(OtherHours(day=day, open=periods, why=why))
    windows = tuple(
        replace(one, lines=tuple(posted_text(request, f"window-{one.number}", longest=60).upper().split()))
        for one in kept.windows
    )
    return replace(
        kept,
        phone=text["phone"],
        address=text["address"],
        route=Route(bus=text["bus"], door=text["door"], floor=text["floor"], note=kept.route.note),
        hours=hours,
        exceptions=tuple(others),
        windows=windows,
        accessibility=tuple(one for one in request.POST.getlist("access") if one in ACCESS_WORDS),
    )


def _text(kept: Centre, name: str) -> str:
    return str(getattr(kept, name) if name in ("phone", "address") else getattr(kept.route, name))


def _hours_on(kept: Centre, day: int) -> str:
    return " ".join(text for hours in kept.hours if day in hours.days for text in hours.open)


def _others(kept: Centre) -> str:
    return "\n".join(" ".join([one.day.isoformat(), *one.open, one.why]) for one in kept.exceptions)


def _field_of(way: tuple[str | int, ...]) -> str:
    """Return the question that a contradiction is shown at."""
    part = str(way[0])
    return {"hours": "day-1", "exceptions": "others", "accessibility": "access"}.get(part, part)
