"""Differences in words (差异): of a manuscript from what holds, and of a place from the standard above it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from yijianshi.domain.differences import Difference, Effect, by_item
from yijianshi.services.editions.comparing import as_json, local_differences
from yijianshi.services.reading.manuscript import changes_of, read_manuscript
from yijianshi.services.reading.steward import own_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, signed_in, today
from yijianshi.web.desk import desk_page

from .front import place

_TAGS = {
    Effect.BETTER: p.Tag(state="done", word="优化"), Effect.WORSE: p.Tag(state="no", word="加重"),
    Effect.UNCLEAR: p.Tag(state="todo", word="要看"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedGroup:
    """What differs in one item, or of one one-thing."""

    name: str
    lines: tuple[tuple[str, p.Tag | None], ...]
    href: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """The page."""

    title: str
    says: str
    back: str
    back_words: str
    groups: tuple[ChangedGroup, ...]
    empty: p.Empty


@signed_in
def changes(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Show how a manuscript differs from the standard or from the edition it began with."""
    read = read_manuscript(manuscript, actor=actor(request), on=today())
    said, found = changes_of(read)
    name = "steward-manuscript" if read.can_write else "countersign-manuscript"
    view = ChangesView(
        title=f"{read.title}：有什么不同",
        says=f"和{said}比，{len(found)} 处" if said else "没有可以对照的版本",
        back=reverse(name, args=[manuscript]),
        back_words=read.title,
        groups=tuple(ChangedGroup(name=name, lines=_lines(ones)) for name, ones in by_item(found).items()),
        empty=p.Empty(title="没有不同", text="这份稿和现行版本一样，或者现在还读不了。"),
    )
    return desk_page(request, "steward/changes.html", view, here="steward", unit=place(read.division))


@signed_in
def local(request: HttpRequest) -> HttpResponse:
    """List what the steward's division does otherwise than the standard above it; `?format=json` gives the same as JSON."""
    division = own_division(actor(request))
    compared = local_differences(division, today())
    if request.GET.get("format") == "json":
        return JsonResponse(
            {"division": division, "bundles": as_json(compared)}, json_dumps_params={"ensure_ascii": False}
        )
    view = ChangesView(
        title="本地差异",
        says="本地和上级标准不同的，都在这里；只会更优。",
        back="?format=json",
        back_words="取 JSON",
        groups=tuple(
            ChangedGroup(
                name=one.title, lines=_lines(one.differences, with_item=True),
                href=reverse("steward-editions", args=[one.code]),
                empty="本地自有，上级没有标准" if one.before is None else "和标准一样",
            )
            for one in compared
        ),
        empty=p.Empty(title="和全省标准一样", text="本地还没有自己的优化，也没有自有的一件事。"),
    )  # fmt: skip
    return desk_page(request, "steward/changes.html", view, here="steward-differences", unit=place(division))


def _lines(found: tuple[Difference, ...], *, with_item: bool = False) -> tuple[tuple[str, p.Tag | None], ...]:
    return tuple((str(one) if with_item else one.words, _TAGS.get(one.effect)) for one in found)
