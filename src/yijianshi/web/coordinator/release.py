"""The one dispatch (一次分办): first exactly what will happen to each case, then one act."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.cases import Action
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.definitions import Kind
from yijianshi.services.handling.release import release_submission
from yijianshi.services.reading.coordination_submission import Outcome, ReleasePreview, preview_release
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import ask_first, desk_page, posted_text
from yijianshi.web.templatetags.yjs import day as day_words

_FIELDS = ("reasons", "basis", "competent")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """What happens to one item, and the form by which it may be declined instead."""

    outcome: Outcome
    tag: p.Tag
    says: str
    questions: tuple[p.Asked, ...]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """The page."""

    preview: ReleasePreview
    outcomes: tuple[OutcomeView, ...]
    notices: tuple[p.Notice, ...]
    problems: p.Problems | None
    back: str
    word: str


@signed_in
def release(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Show what releasing does; look once more; release."""
    who, at = actor(request), now()
    declined, troubles = _declined(request)
    digests = {ItemCode(item): "sealed" for item in declined}
    if request.method == "POST" and not troubles:
        preview = preview_release(submission=submission, actor=who, declined=digests, at=at)
        if not request.POST.get("confirmed"):
            return ask_first(request, _question(preview, declined), here="coordinate", unit=preview.unit_name)
        words = {item: given | {"appeal": preview.appeals.get(item, "")} for item, given in declined.items()}
        done, _ = release_submission(
            submission=submission, actor=who, declined={ItemCode(i): w for i, w in words.items()}, at=at
        )
        said = f"已分办 {len(done.states)} 个事项，各部门同时开始。" if done.states else "已结束收意见。"
        messages.success(request, said)
        return HttpResponseRedirect(reverse("coordinate-submission", args=[submission]))
    preview = preview_release(submission=submission, actor=who, declined=digests, at=at)
    view = ReleaseView(
        preview=preview,
        outcomes=tuple(_outcome(request, one, preview, troubles) for one in preview.outcomes),
        notices=_notices(preview),
        problems=_problems(troubles),
        back=reverse("coordinate-submission", args=[submission]),
        word=word_of(preview),
    )
    status = 422 if troubles else 200
    return desk_page(
        request, "coordinator/release.html", view, here="coordinate", unit=preview.unit_name, status=status
    )


def _declined(request: HttpRequest) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Return the declines that were written, by item, and what is missing in them by the name of the field."""
    declined: dict[str, dict[str, str]] = {}
    troubles: dict[str, str] = {}
    for name in request.POST:
        if not name.startswith("decline."):
            continue
        item = name.removeprefix("decline.")
        given = {field: posted_text(request, f"{field}.{item}") for field in _FIELDS}
        if not given["reasons"]:
            troubles[f"reasons.{item}"] = "请写明为什么不归本机关管，或者为什么不予受理"
        if not given["basis"]:
            troubles[f"basis.{item}"] = "请写明依据"
        declined[item] = given
    return declined, troubles


def _outcome(
    request: HttpRequest, one: Outcome, preview: ReleasePreview, troubles: dict[str, str]
) -> OutcomeView:
    item = one.item_code
    basis = "；".join(preview.bases.get(item, ()))
    given: dict[str, Any] = {field: posted_text(request, f"{field}.{item}") for field in _FIELDS}
    ticked = f"decline.{item}" in request.POST
    questions = (
        p.Asked(
            name=f"decline.{item}", label="不予受理", kind=Kind.DECLARATION, value=ticked,
            text="不归本机关职权范围，或者依法不需要取得许可的，才不予受理；缺材料的应当告知补正。", wide=True,
        ),
        p.Asked(
            name=f"reasons.{item}", label="理由", kind=Kind.TEXT, value=given["reasons"], wide=True, optional=True,
            error=troubles.get(f"reasons.{item}", ""), max_length=2000,
        ),
        p.Asked(
            name=f"basis.{item}", label="依据", value=given["basis"] or basis, wide=True, optional=True,
            error=troubles.get(f"basis.{item}", ""), max_length=300,
        ),
        p.Asked(
            name=f"competent.{item}", label="该向哪里申请", value=given["competent"], wide=True, optional=True,
            hint="写明有权的机关",
        ),
    )  # fmt: skip
    return OutcomeView(
        outcome=one, tag=_tag(one), says=_says(one, preview), questions=questions, is_open=ticked
    )


def _tag(one: Outcome) -> p.Tag:
    return {
        Action.ACCEPT: p.Tag(state="run", word="受理"),
        Action.WAIT: p.Tag(state="wait", word="等前序"),
        Action.ASK_FOR_CORRECTION: p.Tag(state="todo", word="告知补正"),
        Action.DECLINE: p.Tag(state="no", word="不予受理"),
        Action.TERMINATE: p.Tag(state="no", word="终止"),
    }[one.action]


def _says(one: Outcome, preview: ReleasePreview) -> str:
    on = today()
    match one.action:
        case Action.ACCEPT:
            until = day_words(one.due_on, on) + ("（暂定）" if one.provisional else "")
            return f"期限从今天起算，{until}前决定" if one.due_on else "期限从今天起算"
        case Action.WAIT:
            return f"等“{'”“'.join(one.waits_for)}”办成，自动开始计时"
        case Action.ASK_FOR_CORRECTION:
            return f"{one.remarks} 条意见，申请人 {day_words(preview.answer_by, on)}前补正"
        case Action.DECLINE:
            return "出具不予受理决定书"
        case _:
            return f"要靠“{one.because_of}”的结果，一并终止" if one.because_of else "一并终止"


def _notices(preview: ReleasePreview) -> tuple[p.Notice, ...]:
    if not preview.outcomes:
        return (
            p.Notice(
                title="各事项都已视为受理",
                text="没有要分办的了；结束收意见以后，这份申报转到“已分办”。",
            ),
        )
    if not preview.unanswered:
        return (p.Notice(kind="done", title="各家都已回复", text="可以分办。"),)
    names = "、".join(preview.unanswered)
    return (
        p.Notice(
            kind="todo",
            title=f"还有 {len(preview.unanswered)} 家没有回复：{names}",
            text="分办以后它们不能再要求补正。可以先打电话问一声。",
        ),
    )


def _question(preview: ReleasePreview, declined: dict[str, dict[str, str]]) -> p.Confirmation:
    fields: list[tuple[str, str]] = [("confirmed", "1")]
    for item, given in declined.items():
        fields.append((f"decline.{item}", "on"))
        fields += [(f"{field}.{item}", given[field]) for field in _FIELDS]
    remains = (
        "补正只告知这一次。" if preview.answer_by else "没有意见，不发补正告知书；以后也不能再要求补正。"
    )
    return p.Confirmation(
        title=f"分办“{preview.bundle}”的 {len(preview.outcomes)} 个事项？"
        if preview.outcomes
        else f"结束“{preview.bundle}”的收意见？",
        text=preview.whose,
        listed=tuple(
            f"{one.item} · {one.unit_name}：{_tag(one).word}，{_says(one, preview)}"
            for one in preview.outcomes
        ),
        remains=remains + "分办以后不能收回。"
        if preview.outcomes
        else "各事项已按行政许可法第三十二条视为受理，照常办理。",
        yes=word_of(preview),
        post=reverse("coordinate-release", args=[preview.submission]),
        no="再看看",
        back=reverse("coordinate-release", args=[preview.submission]),
        fields=tuple(fields),
        danger=False,
    )


def word_of(preview: ReleasePreview) -> str:
    """Return what the act is called: where time accepted every case, nothing is left to send out."""
    return "分办" if preview.outcomes else "结束收意见"


def _problems(troubles: dict[str, str]) -> p.Problems | None:
    items = tuple(
        p.Problem(field=p.Asked(name=name, label="").id, text=text) for name, text in troubles.items()
    )
    return p.Problems(items=items, then="改好再分办") if items else None
