"""The one pre-review (一次预审): every line in order or not, sent in one go; what is wrong goes into the one collection."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.cases import STATE_WORDS, State
from yijianshi.services.handling.pre_review import AnswerNotPossible, Finding, finish_pre_review
from yijianshi.services.reading.case_materials import open_material_of_submission
from yijianshi.services.reading.pre_review import Line, Place, PreReview, read_pre_review
from yijianshi.services.reading.units import name_of_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.department.material import streamed
from yijianshi.web.desk import desk_page, posted_text, size_words, state_tag
from yijianshi.web.errors import refused
from yijianshi.web.templatetags.yjs import mask_number, mask_phone

OK, BAD = "ok", "bad"
UNSEEN = "还没有看，请选一个"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line with what the clerk has said about it so far."""

    number: int
    line: Line
    files: tuple[tuple[str, str], ...]
    said: str
    reason: str
    place: str
    error: str

    @property
    def state(self) -> str:
        return {OK: "ok", BAD: "bad"}.get(self.said, "")

    @property
    def words(self) -> tuple[str, str, str]:
        """Return what is pressed and asked: a document is there or not, a point is right or wrong."""
        if self.line.files:
            return "齐", "缺", "缺什么，怎么补"
        return "对", "不对", "哪里不对，怎么补"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """The page."""

    read: PreReview
    lines: tuple[LineView, ...]
    applicant: p.Pairs
    items: tuple[tuple[str, p.Tag], ...]
    problems: p.Problems | None


@signed_in
def review(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Show the list; with everything answered, keep the findings and note that the pre-review is done."""
    who, at = actor(request), now()
    read = read_pre_review(submission=submission, actor=who, at=at)
    if request.method != "POST":
        if not read.is_open:
            return HttpResponseRedirect(reverse("window-submission", args=[submission]))
        return _show(request, read, {})
    troubles = _troubles(request, read)
    if troubles:
        return _show(request, read, troubles, status=422)
    findings = [found for number, line in enumerate(read.lines) if (found := _finding(request, number, line))]
    try:
        made = finish_pre_review(submission=submission, actor=who, findings=findings, at=at)
    except AnswerNotPossible as why:
        return refused(request, "不用再预审", f"{why}。", "请回到受理，看下一件。", 409)
    said = f"预审完毕，{made} 条意见并进同一张补正告知书。" if made else "预审完毕，没有发现要补的。"
    messages.success(request, said)
    return HttpResponseRedirect(reverse("window-submission", args=[submission]))


@signed_in
def material(request: HttpRequest, submission: UUID, copy: UUID) -> HttpResponse:
    """Return the bytes of one document of the submission."""
    opened = open_material_of_submission(submission=submission, copy=copy, actor=actor(request), at=now())
    return streamed(opened)  # type: ignore[return-value]


def _show(request: HttpRequest, read: PreReview, troubles: dict[int, str], status: int = 200) -> HttpResponse:
    lines = tuple(
        LineView(
            number=number + 1,
            line=line,
            files=_files(read, line),
            said=request.POST.get(f"line{number}", ""),
            reason=posted_text(request, f"reason{number}", longest=500),
            place=request.POST.get(f"place{number}", ""),
            error=troubles.get(number, ""),
        )
        for number, line in enumerate(read.lines)
    )
    whose = read.applicant
    view = ReviewView(
        read=read,
        lines=lines,
        applicant=p.Pairs(
            items=(
                p.Pair(name="申请人", value=whose.name),
                p.Pair(name="证件号码", value=mask_number(whose.number)),
                p.Pair(name="手机", value=mask_phone(whose.phone) or "没有留"),
            )
        ),
        items=tuple(
            (name, state_tag(State(state), word=STATE_WORDS[State(state)])) for name, state in read.items
        ),
        problems=_problems(troubles),
    )
    unit = f"{name_of_division(read.unit.partition('@')[2])}政务服务中心"
    return desk_page(request, "window/review.html", view, here="window", unit=unit, status=status)


def _problems(troubles: dict[int, str]) -> p.Problems | None:
    unseen = [number for number, text in troubles.items() if text == UNSEEN]
    items = [
        p.Problem(field=f"line{n}", text=f"第 {n + 1} 项：{text}")
        for n, text in troubles.items()
        if text != UNSEEN
    ]
    if unseen:
        which = "、".join(str(number + 1) for number in unseen)
        items.append(p.Problem(field=f"line{unseen[0]}", text=f"还有 {len(unseen)} 项没有看：第 {which} 项"))
    return p.Problems(items=tuple(items), then="改好再交") if items else None


def _files(read: PreReview, line: Line) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            f"{file.name}（{size_words(file.size)}）",
            reverse("window-material", args=[read.submission, file.copy]),
        )
        if file.is_clean
        else (f"{file.name}：没有过病毒扫描，打不开", "")
        for file in line.files
    )


def _troubles(request: HttpRequest, read: PreReview) -> dict[int, str]:
    troubles = {}
    for number, line in enumerate(read.lines):
        said = request.POST.get(f"line{number}", "")
        if line.remarked:
            continue
        if said not in (OK, BAD):
            if "rest" not in request.POST:
                troubles[number] = UNSEEN
        elif said == BAD and not posted_text(request, f"reason{number}"):
            troubles[number] = "请写明缺什么、怎么补"
        elif said == BAD and _place(request, number, line) is None:
            troubles[number] = "请选是哪一栏、哪一份"
    return troubles


def _place(request: HttpRequest, number: int, line: Line) -> Place | None:
    if len(line.places) == 1:
        return line.places[0]
    chosen = request.POST.get(f"place{number}", "")
    return next((place for place in line.places if place.key == chosen), None)


def _finding(request: HttpRequest, number: int, line: Line) -> Finding | None:
    place = _place(request, number, line)
    if request.POST.get(f"line{number}") != BAD or place is None or line.remarked:
        return None
    return Finding(
        cases=line.cases,
        target=place.target,
        code=place.code,
        reason=posted_text(request, f"reason{number}", longest=500),
        basis=line.basis,
        remedy=f"请补正“{place.name}”",
    )
