"""One case beside the other system's form (转录): left what is typed there, right what comes back from it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.cases import CLOSED, Action, allowed_actions
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rekeying import LONGEST_NUMBER, RekeyingNotPossible
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.reading.case_materials import FileOpened
from yijianshi.services.reading.rekeying import RekeyCase, read_rekey_case
from yijianshi.services.rekeying.bind import bind_number
from yijianshi.services.rekeying.result_file import keep_result_file, open_result_file
from yijianshi.services.rekeying.zipping import zip_materials
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.applicant.materials import read_file
from yijianshi.web.department.material import streamed
from yijianshi.web.desk import desk_page, is_late, posted_text, state_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyCaseView:
    """The page."""

    read: RekeyCase
    tag: p.Tag
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    files: int
    is_closed: bool
    acts: tuple[p.Act, ...]


@signed_in
def rekey_case(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show what has to be typed; keep the other system's number, day and result."""
    troubles: dict[str, str] = {}
    if request.method == "POST":
        try:
            done = _take_file(request, case) if "upload" in request.POST else _bind(request, case)
        except (RekeyingNotPossible, FileRefused) as why:
            troubles["file" if "upload" in request.POST else "number"] = str(why)
        except ValueError:
            troubles["accepted_on"] = "请填日期，如 2026-11-20"
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("rekey-case", args=[case]) + "#back")
    read = read_rekey_case(case=case, actor=actor(request), at=now())
    status = 422 if troubles else 200
    view = _view(request, read, troubles)
    return desk_page(request, "rekeying/case.html", view, here="desk", unit=read.unit_name, status=status)


@require_safe
@signed_in
def materials(request: HttpRequest, case: UUID) -> FileResponse:
    """Give all documents of the case in one zip."""
    packed, name = zip_materials(case=case, actor=actor(request), at=now())
    return streamed(FileOpened(stream=packed, media_type="application/zip", name=name))  # type: ignore[arg-type]


@require_safe
@signed_in
def result(request: HttpRequest, case: UUID) -> FileResponse:
    """Give the file that the other system issued."""
    stream, kind, name = open_result_file(case=case, actor=actor(request), at=now())
    return streamed(FileOpened(stream=stream, media_type=kind, name=name))


def _bind(request: HttpRequest, case: UUID) -> str:
    accepted_on = date.fromisoformat(posted_text(request, "accepted_on", longest=10))
    number = posted_text(request, "number", longest=LONGEST_NUMBER + 1)
    bind_number(case=case, number=number, accepted_on=accepted_on, actor=actor(request), at=now())
    return f"对方编号记下了：{number}。"


def _take_file(request: HttpRequest, case: UUID) -> str:
    file = request.FILES.get("file")
    if file is None:
        raise RekeyingNotPossible("还没有选文件；请先选结果文件，再按“传上来”")
    keep_result_file(
        case=case, filename=file.name or "结果", content=read_file(file), actor=actor(request), at=now()
    )
    return "结果文件收下了，接下来作决定。"


def _view(request: HttpRequest, read: RekeyCase, troubles: dict[str, str]) -> RekeyCaseView:
    posted = request.method == "POST" and "upload" not in request.POST
    questions = (
        p.Asked(
            name="number", label="本单位系统的办件编号", max_length=LONGEST_NUMBER, wide=True,
            value=posted_text(request, "number", longest=LONGEST_NUMBER) if posted else read.their_number,
            hint="照那边的屏幕填，填了就和这一件连上", error=troubles.get("number", ""),
        ),
        p.Asked(
            name="accepted_on", label="那边的受理日期", kind=Kind.DATE,
            value=posted_text(request, "accepted_on", longest=10) if posted else (read.accepted_on or today()).isoformat(),
            error=troubles.get("accepted_on", ""),
        ),
    )  # fmt: skip
    wrong = [p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in questions if q.error]
    wrong += [p.Problem(field="file", text=f"结果文件：{troubles['file']}")] if "file" in troubles else []
    return RekeyCaseView(
        read=read,
        tag=state_tag(read.state, is_late=is_late(read.state, read.due_on, today())),
        questions=questions,
        problems=p.Problems(items=tuple(wrong), then="改好再存") if wrong else None,
        files=sum(file.is_clean for one in read.materials for file in one.files),
        is_closed=read.state in CLOSED,
        acts=_acts(read),
    )


def _acts(read: RekeyCase) -> tuple[p.Act, ...]:
    """Return the decision, grey until what it rests on is here."""
    allowed = allowed_actions(read.state, by="department")
    no_number = "" if read.their_number else "先填对方编号"
    no_file = no_number or ("" if read.result_name else "先传结果文件")
    acts = []
    if Action.GRANT in allowed:
        href = reverse("desk-grant", args=[read.case])
        acts.append(p.Act(label="准予，照这份结果", href=href, look="primary", why_not=no_file))
    if Action.REFUSE in allowed:
        href = reverse("desk-refuse", args=[read.case])
        acts.append(p.Act(label="不予许可", href=href, look="danger", why_not=no_number))
    return tuple(acts)
