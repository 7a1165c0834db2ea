"""One manuscript: where it stands, what the check finds, who has signed, and everything that can be done with it now."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.manuscripts import MOVE_WORDS, ManuscriptMove, ManuscriptStage
from yijianshi.domain.rights import Act
from yijianshi.services.editions.checking import Found, errors_in
from yijianshi.services.editions.circulate import (
    call_back_manuscript,
    check_manuscript,
    circulate_manuscript,
    discard_manuscript,
)
from yijianshi.services.editions.texts import IMPROVING
from yijianshi.services.reading.manuscript import ManuscriptRead, changes_of, read_manuscript
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import ask_first, desk_page, posted_text

from .front import place, stage_tag
from .places import FoundLine, PartLink, found_lines, parts_of, place_words


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """One owner in the round."""

    name: str
    items: str
    tag: p.Tag
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """One remark with the place it speaks of."""

    id: UUID
    who: str
    where: str
    href: str
    words: str
    answer: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ManuscriptView:
    """The page."""

    read: ManuscriptRead
    tag: p.Tag
    says: str
    acts: tuple[p.Act, ...]
    parts: tuple[PartLink, ...]
    found: tuple[FoundLine, ...]
    found_says: str
    owners: tuple[RoundLine, ...]
    remarks: tuple[RemarkLine, ...]
    changes_from: str
    changes: tuple[str, ...]
    history: p.History
    links: tuple[tuple[str, str, str], ...]


@signed_in
def manuscript(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Show a manuscript to the steward; whoever only owns an item is led to the countersigning."""
    read = read_manuscript(manuscript, actor=actor(request), on=today())
    if not read.can_write:
        return HttpResponseRedirect(reverse("countersign-manuscript", args=[manuscript]))
    return desk_page(
        request, "steward/manuscript.html", _view(read), here="steward", unit=place(read.division)
    )


@signed_in
@require_POST
def check(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Look the manuscript over; without errors it may go round."""
    found = check_manuscript(manuscript=manuscript, actor=actor(request), at=now())
    errors = errors_in(found)
    if errors:
        messages.error(request, f"检查完：{len(errors)} 处错误要改，改好才能送会签。")
    else:
        messages.success(request, "检查完：没有错误，可以送会签。")
    return HttpResponseRedirect(reverse("steward-manuscript", args=[manuscript]) + "#found")


@signed_in
def circulate(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Ask once more, then send the manuscript round."""
    back = reverse("steward-manuscript", args=[manuscript])
    if request.method == "POST":
        circulate_manuscript(manuscript=manuscript, actor=actor(request), at=now())
        messages.success(request, "已送会签。各家的意见和签名都会出现在这里。")
        return HttpResponseRedirect(back)
    read = read_manuscript(manuscript, actor=actor(request), on=today(), act=Act.WRITE_MANUSCRIPT)
    question = p.Confirmation(
        title=f"把“{read.title}”送给 {len(read.owners)} 家会签？",
        text="每个事项的部门都会看到全文，可以逐行提意见。",
        listed=tuple(f"{one.name}：{'、'.join(one.items)}" for one in read.owners),
        remains="送出去以后还可以改；改了，已经签的要重新签。",
        yes="送会签", no="先不送", post=reverse("steward-circulate", args=[manuscript]), back=back, danger=False,
    )  # fmt: skip
    return ask_first(request, question, here="steward", unit=place(read.division))


@signed_in
def call_back(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Ask for the reason, then call the manuscript back from its round."""
    return _with_reason(request, manuscript, ManuscriptMove.CALL_BACK)


@signed_in
def discard(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Ask for the reason, then give the manuscript up."""
    return _with_reason(request, manuscript, ManuscriptMove.DISCARD)


def _with_reason(request: HttpRequest, manuscript: UUID, move: ManuscriptMove) -> HttpResponse:
    back = reverse("steward-manuscript", args=[manuscript])
    calls_back = move is ManuscriptMove.CALL_BACK
    act, name = (call_back_manuscript, "steward-call-back") if calls_back else (discard_manuscript, "steward-discard")  # fmt: skip
    if request.method == "POST":
        act(manuscript=manuscript, actor=actor(request), at=now(), why=posted_text(request, "reason"))
        messages.success(request, f"已{MOVE_WORDS[move]}。")
        return HttpResponseRedirect(back if calls_back else reverse("steward"))
    read = read_manuscript(manuscript, actor=actor(request), on=today(), act=Act.WRITE_MANUSCRIPT)
    question = p.Confirmation(
        title=f"{'收回' if calls_back else '作废'}“{read.title}”这份稿？",
        text="各家已经签的作废，改好再送。" if calls_back else "这份稿不能再改、不能发布；写过的每一版都留着，随时能看。",
        remains="意见都留着。" if calls_back else "已经发布的版本不受影响。",
        yes=MOVE_WORDS[move], no="不了，回去", post=reverse(name, args=[manuscript]), back=back,
        ask_reason="为什么", danger=not calls_back,
    )  # fmt: skip
    return ask_first(request, question, here="steward", unit=place(read.division))


def _view(read: ManuscriptRead) -> ManuscriptView:
    changes_from, changes = changes_of(read)
    return ManuscriptView(
        read=read,
        tag=stage_tag(read.stage),
        says=_says(read),
        acts=_acts(read),
        parts=parts_of(read),
        found=found_lines(read, read.errors + read.warnings),
        found_says=_found_says(read.found),
        owners=tuple(
            RoundLine(
                name=one.name,
                items="、".join(one.items),
                tag=p.Tag(state="done", word="已同意")
                if one.has_signed
                else p.Tag(state="no", word="不同意")
                if one.objected
                else p.Tag(state="todo" if one.said_before else "wait", word="要重签" if one.said_before else "未签"),
                says=one.objected,
            )
            for one in read.owners
        ),
        remarks=tuple(
            RemarkLine(
                id=one.id, who=one.unit_name, where=place_words(read, one.place), words=one.words, answer=one.answer,
                href=next(iter(found_lines(read, (_at(one.place),)))).href, is_open=one.is_open,
            )
            for one in read.remarks
        ),
        changes_from=changes_from,
        changes=tuple(str(one) for one in changes[:12]),
        history=p.History(
            events=tuple(
                p.Event(
                    at=one.at, text=MOVE_WORDS[one.move] + (f"：{one.words}" if one.words else ""),
                    by="，".join(filter(None, (name_of_unit(one.unit) if one.unit else "", one.by))),
                )
                for one in read.history
            )
        ),
        links=_links(read),
    )  # fmt: skip


def _at(place: tuple[str, ...]) -> Found:
    return Found("", False, 0, "", "", place)


def _says(read: ManuscriptRead) -> str:
    match read.stage:
        case ManuscriptStage.DRAFT:
            return "写好了点“检查”；没有错误，才能送会签。"
        case ManuscriptStage.CHECKED:
            return "检查通过。再改一处，就要再检查一次。"
        case ManuscriptStage.CIRCULATED if read.obstacles:
            return f"还不能发布：{'；'.join(read.obstacles)}。"
        case ManuscriptStage.CIRCULATED:
            return "各家都同意了这一稿，可以发布。"
        case ManuscriptStage.PUBLISHED:
            return "已经发布。要改，请从目录起草新版。"
    return "这份稿留作记录，不能再改。"


def _acts(read: ManuscriptRead) -> tuple[p.Act, ...]:
    def link(name: str) -> str:
        return reverse(name, args=[read.id])

    wait = "还有意见没答复，或者没签完" if read.obstacles else ""
    known = {
        ManuscriptMove.CHECK: p.Act(label="检查", post=link("steward-check"), look="primary" if read.stage is ManuscriptStage.DRAFT else "second", icon="check"),
        ManuscriptMove.CIRCULATE: p.Act(label="送会签", href=link("steward-circulate"), look="primary"),
        ManuscriptMove.PUBLISH: p.Act(label="发布", href=link("steward-publish"), look="primary", why_not=wait),
        ManuscriptMove.CALL_BACK: p.Act(label="收回修改", href=link("steward-call-back"), look="quiet"),
        ManuscriptMove.DISCARD: p.Act(label="作废", href=link("steward-discard"), look="quiet"),
    }  # fmt: skip
    return tuple(known[move] for move in known if move in read.moves)


def _links(read: ManuscriptRead) -> tuple[tuple[str, str, str], ...]:
    found = [("专家视图（全文）", reverse("steward-text", args=[read.id]), "pen")]
    if read.edition is not None:
        found.append(("预览指南、表单、告知书", reverse("steward-preview", args=[read.id]), "eye"))
    if read.base or read.standard:
        found.append(("和现行版本对照", reverse("steward-changes", args=[read.id]), "copy"))
    found.append(("发布过的版本", reverse("steward-editions", args=[read.bundle]), "book"))
    return tuple(found)


def _found_says(found: tuple[Found, ...]) -> str:
    errors = len(errors_in(found))
    confirm = sum(one.rule == "unconfirmed" for one in found)
    warnings = len(found) - errors - confirm
    return f"{errors} 处错误，{warnings} 处提醒" + (f"，{confirm} 处待部门确认" if confirm else "")


def is_improving(read: ManuscriptRead) -> bool:
    """Return whether a manuscript only says what the place does better."""
    return read.kind == IMPROVING
