"""What was found (搜索结果): best first, each with its reason and the items meant, narrowed by choices; and suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from yijianshi.services.reading.front import Thing, things_of
from yijianshi.services.searching.reasons import Reason
from yijianshi.services.searching.search import Choice, Found, Narrowed, search_bundles, suggest
from yijianshi.web import parts as p
from yijianshi.web.acting import frame, today

from .figures import card_cuts
from .region import division_of, name_of

AUDIENCES = {"individual": "个人", "enterprise": "企业"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """One one-thing that was found."""

    title: str
    href: str
    who: str
    about: str
    reason: Reason
    items: tuple[str, ...]
    cuts: tuple[p.Cut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """What a search found here, and how it can be narrowed."""

    words: str
    heading: str
    region: str
    hits: tuple[HitRow, ...]
    near: tuple[HitRow, ...]
    choices: tuple[p.Narrowing, ...]
    empty: p.Empty | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionLine:
    """One line under the search box."""

    words: str
    title: str
    href: str


def results(request: HttpRequest) -> HttpResponse:
    """Show what the reader's words may mean here."""
    division = division_of(request)
    given = {key: request.GET.get(key, "") for key in ("audience", "stage", "department")}
    asked = request.GET.get("q", "")
    searched = search_bundles(asked, division=division, on=today(), narrowed=Narrowed(**given))
    by_code = {thing.code: thing for thing in things_of(division, today())}
    narrowings = (
        _narrowing("audience", "谁来办", _named(searched.audiences), given),
        _narrowing("stage", "阶段", searched.stages, given),
        _narrowing("department", "部门", searched.departments, given),
    )
    words = searched.words
    page = FoundPage(
        words=words,
        heading=_heading(words, len(searched.found), sure=searched.is_sure),
        region=name_of(division),
        hits=tuple(_row(one, by_code[one.code]) for one in searched.found),
        near=tuple(_row(one, by_code[one.code]) for one in searched.near),
        choices=tuple(
            one for one in narrowings if one.chosen or (len(searched.found) > 1 and len(one.options) > 2)
        ),
        empty=None if searched.found else _empty(words, narrowed=any(given.values())),
    )
    return render(request, "visitor/found.html", frame(request, nav="home", page=page))


def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer what the reader may be about to ask, as lines under the search box."""
    found = suggest(request.GET.get("q", ""), division=division_of(request), on=today())
    lines = tuple(
        SuggestionLine(
            words=one.words,
            title=one.title if one.title != one.words else "",
            href=reverse("guide", args=[one.code])
            if one.words == one.title
            else reverse("things") + "?" + urlencode({"q": one.words}),
        )
        for one in found
    )
    return render(request, "visitor/suggestions.html", {"lines": lines})


def _row(one: Found, thing: Thing) -> HitRow:
    return HitRow(
        title=one.title,
        href=reverse("guide", args=[one.code]),
        who=f"{AUDIENCES[one.audience]} · {one.stage} · {one.lead_department}牵头",
        about=one.about,
        reason=one.reason,
        items=tuple(f"{item.name}（{item.department}）" for item in one.items),
        cuts=card_cuts(thing.figures),
    )


def _heading(words: str, count: int, *, sure: bool) -> str:
    if not count:
        return f"没有找到“{words}”"
    return f"找到 {count} 件，和“{words}”有关" if sure else f"没有正好叫“{words}”的，也许是这些"


def _empty(words: str, *, narrowed: bool) -> p.Empty:
    if narrowed:
        everything = reverse("things") + "?" + urlencode({"q": words})
        return p.Empty(
            title="这样筛选，一件也没有",
            text="去掉筛选再看看。",
            act=p.Act(label="看找到的全部", href=everything),
        )
    return p.Empty(
        title="换个说法再搜",
        text="如“开饭店”“孩子上户口”，打拼音或首字母也行。也可以打 12345，说您想办什么，接线员帮您找。",
        act=p.Act(label="看全部一件事", href=reverse("things")),
    )


def _named(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=one.value, words=AUDIENCES.get(one.value, one.value), count=one.count) for one in choices
    )


def _narrowing(name: str, label: str, choices: Sequence[Choice], given: dict[str, str]) -> p.Narrowing:
    options = tuple((one.value, f"{one.words}（{one.count}）") for one in choices)
    return p.Narrowing(name=name, label=label, options=(("", "不限"), *options), chosen=given[name])
