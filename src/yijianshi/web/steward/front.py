"""The list of one-things of the steward's region: what holds, what is being written, what waits for somebody."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.manuscripts import STAGE_WORDS, ManuscriptStage
from yijianshi.services.reading.steward import StewardLine, StewardPage, list_of, read_steward, see_note
from yijianshi.services.reading.units import name_of_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page

STAGE_TAGS = {
    ManuscriptStage.DRAFT: "run", ManuscriptStage.CHECKED: "run", ManuscriptStage.CIRCULATED: "todo",
    ManuscriptStage.PUBLISHED: "done", ManuscriptStage.REPLACED: "wait", ManuscriptStage.TAKEN_DOWN: "wait",
    ManuscriptStage.DISCARDED: "wait",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """One one-thing of the list."""

    title: str
    href: str
    holds: str
    place: str
    tag: p.Tag | None
    waits: str
    remarks: int
    unconfirmed: int
    facts: str
    act: p.Act


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """The page."""

    counts: p.Counts
    rows: tuple[CatalogueRow, ...]
    empty: p.Empty
    notes: tuple[tuple[UUID, str, str], ...]
    proposals: int
    proposals_words: str


@signed_in
def steward(request: HttpRequest) -> HttpResponse:
    """Show the list; nothing but what the steward may write."""
    read = read_steward(actor=actor(request), on=today())
    shown = request.GET.get("show", "")
    return desk_page(
        request, "steward/front.html", _view(read, shown), here="steward", unit=place(read.division)
    )


@signed_in
@require_POST
def seen(request: HttpRequest, note: UUID) -> HttpResponse:
    """Take a note off the list once it has been read."""
    see_note(note=note, actor=actor(request), at=now())
    return HttpResponseRedirect(reverse("steward"))


def place(division: str) -> str:
    """Return what stands beside the heading of a steward's page."""
    return f"{name_of_division(division)} · 目录管理"


def stage_tag(stage: ManuscriptStage) -> p.Tag:
    """Return how a manuscript's stage is shown."""
    return p.Tag(state=STAGE_TAGS[stage], word=STAGE_WORDS[stage])


def _view(read: StewardPage, shown: str) -> FrontView:
    kept = {
        "": lambda line: True,
        "writing": lambda line: line.manuscript is not None,
        "remarks": lambda line: line.open_remarks > 0,
        "own": lambda line: line.is_own,
        "facts": lambda line: line.unconfirmed > 0,
    }
    words = {
        "": "一件事",
        "writing": "在写的稿",
        "remarks": "有意见没答复",
        "own": "本地发布的",
        "facts": "有待确认的",
    }
    counts = tuple(
        p.Count(
            number=sum(map(keep, read.lines)), label=words[key], href=f"?show={key}" if key else reverse("steward"),
            current=key == shown, kind="soon" if key == "remarks" and any(map(keep, read.lines)) else "",
        )
        for key, keep in kept.items()
    )  # fmt: skip
    lines = [line for line in read.lines if kept.get(shown, kept[""])(line)]
    return FrontView(
        counts=p.Counts(items=counts, label="按情况筛选"),
        rows=tuple(_row(line) for line in lines),
        empty=p.Empty(
            title="这里没有" if shown else "还没有一件事",
            text="换一个筛选看看。" if shown else "上级发布以后，或者您起草以后，都列在这里。",
            act=p.Act(label="看全部", href=reverse("steward")) if shown else None,
        ),
        notes=tuple((key, title, words) for key, title, words, _ in read.notes),
        proposals=read.proposals,
        proposals_words=f"{read.proposals} 件报请推广待审查" if read.is_province else f"{read.proposals} 件报请被退回",
    )  # fmt: skip


def _row(line: StewardLine) -> CatalogueRow:
    href = (
        reverse("steward-manuscript", args=[line.manuscript])
        if line.manuscript
        else reverse("steward-editions", args=[line.bundle])
    )
    edition = line.edition.edition if line.edition else None
    waits = f"还差 {line.missing} 家会签" if line.stage is ManuscriptStage.CIRCULATED and line.missing else ""
    if line.manuscript:
        act = p.Act(label="打开稿子", href=href, small=True)
    else:
        label = "起草新版" if line.is_own else "起草本地优化"
        act = p.Act(
            label=label,
            post=reverse("steward-begin"),
            fields=(("bundle", line.bundle),),
            look="quiet",
            small=True,
        )
    return CatalogueRow(
        title=line.title,
        href=href,
        holds=f"{edition.valid_from:%Y-%m-%d} 起 · 版本 {edition.digest[:8]}" if edition else "还没有发布",
        place=(
            f"{'本地' if line.is_own else line.place + '标准'} · {list_of(edition.bundle)}"
            if edition
            else "本地起草"
        ),
        tag=stage_tag(line.stage) if line.stage else None,
        waits=waits,
        remarks=line.open_remarks,
        unconfirmed=line.unconfirmed,
        facts=reverse("steward-facts") + f"?bundle={line.bundle}",
        act=act,
    )
