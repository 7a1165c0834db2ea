"""What would be gained if (试算): changes chosen on a form, before and after side by side, the most rewarding ones named."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.changes import Change, ChangeKind, ChangeNotPossible, Trial
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.editions import Edition
from yijianshi.services.catalogue.figures import whole
from yijianshi.services.reforms.as_json import tried_as_json
from yijianshi.services.reforms.pictures import days_said, picture_of
from yijianshi.services.reforms.what_if import (
    PROMISE,
    Tried,
    assumption,
    in_words,
    offered,
    read_changes,
    what_if,
    written,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import frame
from yijianshi.web.visitor.region import division_of, name_of

from . import sending
from .asking import Asking, asking
from .drawing import DrawnPicture, drawn_picture

_KINDS = {
    ChangeKind.COMMIT: ("采用告知承诺", "先办结，后核查"),
    ChangeKind.UNTIE: ("取消前置", "不再等，和前面的同时办"),
    ChangeKind.SHARE: ("材料改为共享", "由系统调取，不用交"),
    ChangeKind.OMIT: ("取消材料", "不再要"),
    ChangeKind.PREFILL: ("字段改为共享取得", "已替申请人填好"),
    ChangeKind.PROMISE: ("改承诺时限", "空着就是不改"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """A change that can be ticked, or a promise that can be written anew (then `name` and `value` are the field's)."""

    name: str
    value: str
    label: str
    hint: str
    is_on: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """All changes of one kind."""

    title: str
    hint: str
    options: tuple[Option, ...]
    is_number: bool

    @property
    def on(self) -> int:
        return sum(option.is_on or bool(self.is_number and option.value) for option in self.options)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A change that is being tried, what it takes for granted, and the address without it."""

    says: str
    assumes: str
    without: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A single change that gains something, how much, and the address with it."""

    says: str
    assumes: str
    gains: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPage:
    """What the page says."""

    bundle: str
    code: str
    region: str
    back: str
    cuts: tuple[p.Cut, ...]
    chosen: tuple[Chosen, ...]
    choices: tuple[Choices, ...]
    suggestions: tuple[Suggestion, ...]
    picture: DrawnPicture | None
    warnings: tuple[str, ...]
    problems: p.Problems
    questions: tuple[p.Asked, ...]
    hidden: tuple[tuple[str, str], ...]
    json: str
    clear: str


@require_safe
def trying(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Show what the changes in the address would bring.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    asked = asking(request, bundle)
    trouble = ""
    try:
        changes = read_changes(dict(request.GET.lists()))
        tried = what_if(asked.edition, asked.situation, changes)
    except ChangeNotPossible as refusal:
        trouble, tried = str(refusal), what_if(asked.edition, asked.situation, ())
    page = _page(request, asked, tried, trouble)
    status = 422 if trouble else asked.status
    return render(request, "reforms/what_if.html", frame(request, nav="home", page=page), status=status)


@require_safe
def tried_values(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Give what the changes in the address would bring, as JSON.

    :raises UnknownBundle: if the one-thing is not published here.
    :raises ChangeNotPossible: if a change speaks of what the one-thing does not have.
    """
    asked = asking(request, bundle)
    tried = what_if(asked.edition, asked.situation, read_changes(dict(request.GET.lists())))
    return sending.plain(tried_as_json(tried), name=f"{asked.edition.bundle.title}试算")


def _page(request: HttpRequest, asked: Asking, tried: Tried, trouble: str) -> WhatIfPage:
    edition, trial = asked.edition, tried.trial
    here = reverse("reform-what-if", args=[edition.bundle.code])
    problems = (*asked.problems.items, *((p.Problem(field="", text=trouble),) if trouble else ()))
    return WhatIfPage(
        bundle=edition.bundle.title,
        code=edition.bundle.code,
        region=name_of(division_of(request)),
        back=reverse("reform", args=[edition.bundle.code]) + (f"?{asked.query}" if asked.query else ""),
        cuts=tuple(
            p.Cut(name=now.name, before=now.after, after=then, unit=now.unit) for now, then in trial.gains
        ),
        chosen=tuple(
            Chosen(
                in_words(change, edition),
                assumption(change, edition),
                _address(here, asked, [c for c in trial.changes if c != change]),
            )
            for change in trial.changes
        ),
        choices=tuple(_choices(tried, edition)),
        suggestions=tuple(_suggestion(one, trial, asked, here) for one in tried.suggestions),
        picture=drawn_picture(picture_of(trial.after)) if trial.changes else None,
        warnings=tuple(problem.message for problem in trial.after.plan.problems) + _beyond_law(trial),
        problems=p.Problems(items=problems, then="改好再算"),
        questions=asked.questions,
        hidden=tuple(("committed", code) for code in sorted(asked.situation.commitments)),
        json=_address(reverse("reform-what-if-json", args=[edition.bundle.code]), asked, trial.changes),
        clear=_address(here, asked, ()),
    )


def _choices(tried: Tried, edition: Edition) -> list[Choices]:
    now = set(tried.trial.changes)
    options = offered(tried.plan)
    found = []
    for kind, (title, hint) in _KINDS.items():
        if kind is ChangeKind.PROMISE:
            shown = tuple(_promise(change, tried, edition) for change in options[kind])
        else:
            shown = tuple(_option(change, edition, is_on=change in now) for change in options[kind])
        if shown:
            found.append(Choices(title, hint, shown, kind is ChangeKind.PROMISE))
    return found


def _option(change: Change, edition: Edition, *, is_on: bool) -> Option:
    ((name, value),) = written((change,))
    return Option(name, value, in_words(change, edition), assumption(change, edition), is_on)


def _promise(change: Change, tried: Tried, edition: Edition) -> Option:
    item = edition.item(ItemCode(change.of))
    new = next(
        (c.days for c in tried.trial.changes if c.kind is ChangeKind.PROMISE and c.of == change.of), None
    )
    law = (
        "没有法定时限"
        if item.limit.statutory is None
        else f"法定 {days_said(item.limit.statutory, item.limit.unit)}"
    )
    promised = (
        "没有承诺"
        if item.limit.promised is None
        else f"现在 {days_said(item.limit.promised, item.limit.unit)}"
    )
    return Option(
        name=f"{PROMISE}{change.of}",
        value="" if new is None else f"{new:g}",
        label=item.plain_name,
        hint=f"{promised}，{law}",
        unit="自然日" if item.limit.unit == "calendar" else "工作日",
    )


def _suggestion(one: Trial, now: Trial, asked: Asking, here: str) -> Suggestion:
    change = one.changes[0]
    return Suggestion(
        says=in_words(change, asked.edition),
        assumes=assumption(change, asked.edition),
        gains=tuple(
            f"{before.name} {whole(before.after)} → {whole(then)} {before.unit}"
            for before, then in one.gains
            if then != before.after
        ),
        href="" if change in now.changes else _address(here, asked, (*now.changes, change)),
    )


def _beyond_law(trial: Trial) -> tuple[str, ...]:
    """A new promise longer than the law allows is told, not corrected."""
    return tuple(
        f"“{one.item.plain_name}”的承诺 {whole(one.promised)} 天比法定的 {whole(one.statutory)} 天还长，不能这样承诺"
        for one in trial.after.alone
        if one.statutory is not None and one.promised is not None and one.promised > one.statutory
    )


def _address(path: str, asked: Asking, changes: object) -> str:
    pairs = urlencode(list(written(changes)))  # type: ignore[arg-type]
    query = "&".join(filter(None, (asked.query, pairs)))
    return f"{path}?{query}" if query else path
