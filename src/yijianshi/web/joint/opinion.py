"""A department's own opinion (给意见): written, with photographs, read once more, signed; then it is not changed any more."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.definitions import Kind
from yijianshi.domain.joint import VERDICT_WORDS, OperationRefused, Opinion, OpinionIncomplete, Verdict
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.joining.opine import Signed, close_operation, give_opinion, sign_opinions
from yijianshi.services.joining.photograph import add_photo
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.reading.joint import OperationRead, OpinionRead, read_operation
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.applicant.materials import read_file
from yijianshi.web.desk import ask_first, desk_page, posted_number, posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionView:
    """The form of one opinion."""

    read: OperationRead
    about: OpinionRead
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    takes_photos: bool
    back: str


@signed_in
def opinion(request: HttpRequest, operation: UUID, case: UUID) -> HttpResponse:
    """Ask what the unit found for its case, and keep it until it is signed."""
    read = read_operation(operation=operation, actor=actor(request), at=now())
    about = next((one for one in read.opinions if one.case == case and one.is_own), None)
    if about is None:
        raise NotPermitted(Act.DECIDE)
    trouble = ""
    if request.method == "POST":
        try:
            give_opinion(
                operation=operation, actor=actor(request), opinion=_posted(request, case), at=now(),
                seen=posted_number(request, "seen"),
            )  # fmt: skip
            _keep_photos(request, operation, about.unit)
            messages.success(request, f"意见已记下：{about.item}。看过一遍，再签名。")
            return HttpResponseRedirect(reverse("joint-operation", args=[operation]))
        except (OpinionIncomplete, FileRefused) as refusal:
            trouble = str(refusal)
    view = OpinionView(
        read=read,
        about=about,
        questions=_questions(request, read, about),
        problems=p.Problems(items=(p.Problem(field="f-verdict", text=trouble),)) if trouble else None,
        takes_photos=read.kind.is_on_site,
        back=reverse("joint-operation", args=[operation]),
    )
    return desk_page(
        request,
        "joint/opinion.html",
        view,
        here="joint",
        unit=about.unit_name,
        status=422 if trouble else 200,
    )


@signed_in
@require_POST
def sign(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Ask once more with everything that is signed, then sign."""
    unit, digest = posted_text(request, "unit", longest=64), posted_text(request, "digest", longest=64)
    read = read_operation(operation=operation, actor=actor(request), at=now())
    if unit not in read.own_units:
        raise NotPermitted(Act.TAKE_PART)
    if not request.POST.get("confirmed"):
        own = [one for one in read.opinions if one.unit == unit]
        question = p.Confirmation(
            title=f"{read.units[unit]}签名？",
            text=read.whose,
            listed=tuple(_line(one) for one in own),
            remains="签名后意见不能再改；要整改的，整改通知随即发给申请人。",
            yes="签名",
            post=reverse("joint-sign", args=[operation]),
            no="再看看",
            back=reverse("joint-operation", args=[operation]),
            fields=(("unit", unit), ("digest", digest), ("confirmed", "1")),
            danger=False,
        )
        return ask_first(request, question, here="joint", unit=read.units[unit])
    signed = sign_opinions(operation=operation, actor=actor(request), unit=unit, digest=digest, at=now())
    messages.success(request, _told(signed))
    return HttpResponseRedirect(reverse("joint-operation", args=[operation]))


@signed_in
@require_POST
def close(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Complete the record as coordinator."""
    close_operation(operation=operation, actor=actor(request), at=now())
    messages.success(request, "记录已完成，结果已通知各方。")
    return HttpResponseRedirect(reverse("joint-operation", args=[operation]))


def _told(signed: Signed) -> str:
    told = ["已签名。"]
    if signed.mending:
        told.append(f"整改通知已发：{'、'.join(signed.mending)}。")
    if signed.not_yet:
        told.append(f"现在的状态还不能责令整改，请到办件里办：{'、'.join(signed.not_yet)}。")
    if signed.is_recorded:
        told.append("各家都签了，记录已完成。")
    return "".join(told)


def _posted(request: HttpRequest, case: UUID) -> Opinion:
    try:
        verdict = Verdict(posted_text(request, "verdict"))
    except ValueError as error:
        raise OpinionIncomplete("请选一个意见") from error
    day = posted_text(request, "mend_by")
    try:
        mend_by = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise OpinionIncomplete("整改的日子看不懂，请填年月日") from error
    return Opinion(
        case=case, verdict=verdict, reason=posted_text(request, "reason"), basis=posted_text(request, "basis"),
        mend_by=mend_by, present=posted_text(request, "present", longest=200),
    )  # fmt: skip


def _keep_photos(request: HttpRequest, operation: UUID, unit: str) -> None:
    for file in request.FILES.getlist("photos"):
        if file.size:
            try:
                add_photo(
                    operation=operation, actor=actor(request), unit=unit, filename=file.name or "照片.jpg",
                    content=read_file(file), at=now(),
                )  # fmt: skip
            except (FileRefused, OperationRefused) as refusal:
                messages.warning(request, f"意见记下了，照片“{file.name}”没有收下：{refusal}")


def _questions(request: HttpRequest, read: OperationRead, about: OpinionRead) -> tuple[p.Asked, ...]:
    posted = request.method == "POST"

    def value(name: str, kept: str) -> str:
        return posted_text(request, name) if posted else kept

    questions = [
        p.Asked(
            name="verdict", label="意见", kind=Kind.ENUM, value=value("verdict", about.verdict or ""), wide=True,
            options=tuple(p.Option(one.value, words) for one, words in VERDICT_WORDS.items()),
        ),
        p.Asked(
            name="reason", label="查到的情况", kind=Kind.TEXT, value=value("reason", about.reason), optional=True, wide=True,
            max_length=2000, hint="合格的可以不写；不合格、要整改的写清楚，一行一条，原样写进整改通知",
        ),
        p.Asked(
            name="basis", label="依据", value=value("basis", about.basis or "、".join(about.basis_of_item[:1])),
            optional=True, wide=True, max_length=300, hint="合格的可以不写；不合格、要整改的写法律、法规、规章或者标准的条款",
        ),
        p.Asked(
            name="mend_by", label="整改到哪一天", kind=Kind.DATE,
            value=value("mend_by", about.mend_by.isoformat() if about.mend_by else ""), optional=True, hint="只在要整改时填",
        ),
    ]  # fmt: skip
    if read.kind.is_on_site:
        questions.append(
            p.Asked(
                name="present", label="谁到的现场", value=value("present", about.present), max_length=200,
                hint="两名以上工作人员的姓名（行政许可法第三十四条）", wide=True,
            )
        )  # fmt: skip
    return tuple(questions)


def _line(one: OpinionRead) -> str:
    words = f"{one.item}：{VERDICT_WORDS[one.verdict] if one.verdict else '还没有意见'}"
    return f"{words}。{one.reason}" if one.reason else words
