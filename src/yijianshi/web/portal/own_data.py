"""My data (我的数据): a copy of everything kept about me to read and to take along, and having it put right."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.domain.own_data import OUTCOME_WORDS, SUBJECTS
from yijianshi.services.portal.data_requests import (
    DataRequest,
    answer_request,
    ask_to_correct,
    request_to_answer,
    requests_of,
    requests_to_answer,
)
from yijianshi.services.portal.own_copy import OwnCopy, ask_for_copy, copies_of, open_copy
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in
from yijianshi.web.desk import desk_page
from yijianshi.web.visitor.region import division_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDataPage:
    """What the page about one's own data says."""

    copies: tuple[OwnCopy, ...]
    requests: tuple[DataRequest, ...]
    subjects: tuple[str, ...]


@signed_in
def own_data(request: HttpRequest) -> HttpResponse:
    """Show the copies and the requests of whom the reader acts for."""
    who = actor(request)
    page = OwnDataPage(copies=copies_of(who, at=now()), requests=requests_of(who), subjects=SUBJECTS)
    return render(request, "portal/own_data.html", frame(request, nav="cases", page=page, here="own-data"))


@require_POST
@signed_in
def ask_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy. :raises NotPermitted: if the reader stands for nobody."""
    key = ask_for_copy(actor=actor(request), at=now())
    if any(copy.id == key and copy.made_at for copy in copies_of(actor(request), at=now())):
        return HttpResponseRedirect(reverse("own-copy", args=[key]))
    messages.success(request, "正在整理，内容多，要等几分钟。好了以后在这里打开。")
    return HttpResponseRedirect(reverse("own-data"))


@require_safe
@signed_in
def own_copy(request: HttpRequest, copy: UUID) -> HttpResponse:
    """Show a copy to read or to print. :raises NotPermitted: if it is not the reader's. :raises CopyNotReady: while it is made."""
    content = open_copy(copy, actor=actor(request), at=now())
    context = frame(request, nav="cases", parts=tuple(_sections(content)), copy=copy, here="own-data")
    return render(request, "portal/own_copy.html", context)


@require_safe
@signed_in
def own_copy_file(request: HttpRequest, copy: UUID) -> HttpResponse:
    """Give a copy as a file that other systems read. :raises NotPermitted, CopyNotReady: as above."""
    content = open_copy(copy, actor=actor(request), at=now())
    words = json.dumps(content, ensure_ascii=False, indent=1)
    response = HttpResponse(words, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_POST
@signed_in
def ask_correction(request: HttpRequest) -> HttpResponse:
    """Ask to have something put right. :raises RequestRefused: if it does not say what."""
    ask_to_correct(
        actor=actor(request),
        division=division_of(request),
        about=request.POST.get("about", ""),
        words=request.POST.get("words", ""),
        at=now(),
    )
    messages.success(request, "收到了。15 个工作日内答复您；不改的，会写明理由。")
    return HttpResponseRedirect(reverse("own-data"))


@signed_in
def to_answer(request: HttpRequest) -> HttpResponse:
    """Show a supervisor what citizens ask to have put right. :raises NotPermitted: if the reader supervises nowhere."""
    return desk_page(
        request, "portal/data_requests.html", requests_to_answer(actor(request)), here="data-requests"
    )


@signed_in
def answer(request: HttpRequest, asked: UUID) -> HttpResponse:
    """
    Show one request, and take its answer.

    :raises NotPermitted: if it is not the reader's to answer.
    :raises RequestRefused: if the answer says nothing.
    """
    if request.method == "POST":
        outcome, words = request.POST.get("outcome", ""), request.POST.get("words", "")
        answer_request(request=asked, actor=actor(request), outcome=outcome, words=words, at=now())
        messages.success(request, "已答复，申请人会收到消息")
        return HttpResponseRedirect(reverse("data-requests"))
    page = request_to_answer(asked, actor=actor(request))
    outcomes = tuple(OUTCOME_WORDS.items())
    return desk_page(request, "portal/data_request.html", page, here="data-requests", outcomes=outcomes)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One heading of a copy, and under it one card for each thing."""

    name: str
    cards: tuple[p.Pairs, ...]


def _sections(content: Mapping[str, Any]) -> list[Sheet]:
    found: list[Sheet] = []
    for name, value in content.items():
        things = (
            value if isinstance(value, list) else [value if isinstance(value, Mapping) else {name: value}]
        )
        found.append(Sheet(name, tuple(p.Pairs(items=tuple(_pairs(thing))) for thing in things)))
    return found


def _pairs(thing: Mapping[str, Any], before: str = "") -> list[p.Pair]:
    """Return every line of a thing, what lies within it one after the other."""
    pairs: list[p.Pair] = []
    for name, value in thing.items():
        if isinstance(value, list):
            for one in value:
                pairs += [_line(one)] if isinstance(one, Mapping) else [p.Pair(name=name, value=str(one))]
        elif isinstance(value, Mapping):
            pairs += _pairs(value, f"{name} · ")
        elif value not in (None, ""):
            pairs.append(p.Pair(name=before + name, value=str(value)))
    return pairs


def _line(one: Mapping[str, Any]) -> p.Pair:
    """Return what stands in a list within a thing as one line: what it is, what it says, where it is from."""
    name, *rest = [str(value) for value in one.values()]
    return p.Pair(name=name, value=rest[0] if rest else "", source=" · ".join(filter(None, rest[1:])))
