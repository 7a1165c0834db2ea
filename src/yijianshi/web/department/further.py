"""The acts of a life that takes longer (延期、整改、复查、交办、撤销、重办): each asks what the letter or the record must say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.cases import ACTION_WORDS, Action
from yijianshi.domain.deadlines import ExtensionNotAllowed
from yijianshi.domain.definitions import Kind
from yijianshi.domain.saved import SavedKind
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.extend import APPROVER_WORDS, extend_case
from yijianshi.services.handling.hand import HandOverNotPossible, claim_case, hand_over_case
from yijianshi.services.handling.mend import ask_to_mend, pass_inspection
from yijianshi.services.handling.take_up import redo_case, reopen_case, revoke_case
from yijianshi.services.reading.case_preview import ActPreview, preview_act
from yijianshi.services.reading.colleagues import read_colleagues
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_number, posted_text
from yijianshi.web.saved.inserting import insertion, was_inserting

from .acts import FormView

#: What the form itself got wrong, in words; the page is shown again with everything that was written.
_REFUSED = (ReasonMissing, ExtensionNotAllowed, HandOverNotPossible)
Given = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One act as a form: its words, its questions, and what is done with the answers."""

    action: Action
    why: str
    names: tuple[str, ...]
    questions: Callable[[ActPreview, Given], tuple[p.Asked, ...]]
    do: Callable[[Given], None]
    done: str
    yes: str = ""
    remains: tuple[str, ...] = ()
    look: str = ""
    saved: Mapping[str, tuple[str, SavedKind]] | None = None  # the fields that saved texts go into


def _asked(request: HttpRequest, case: UUID, asking: Asking) -> HttpResponse:
    """Ask, and do it when everything is there; what was written is never lost."""
    inserting = was_inserting(request)
    given = {name: posted_text(request, name) for name in asking.names}
    problem = ""
    if request.method == "POST" and not inserting:
        try:
            asking.do(given)
        except _REFUSED as refused:
            problem = str(refused)
        else:
            messages.success(request, asking.done)
            return HttpResponseRedirect(reverse("desk-case", args=[case]))
    preview = preview_act(case=case, actor=actor(request), action=asking.action, at=now())
    questions = asking.questions(preview, given)
    word = ACTION_WORDS[asking.action]
    ends = (f"要靠它的结果、会一并终止的：{'、'.join(preview.ends)}",) if preview.ends else ()
    view = FormView(
        preview=preview,
        title=f"“{preview.item.plain_name}”{word}",
        why=asking.why,
        questions=questions,
        problems=p.Problems(items=(p.Problem(field=questions[0].id, text=problem),)) if problem else None,
        remains=(*asking.remains, *ends),
        yes=asking.yes or word,
        back=reverse("desk-case", args=[case]),
        look=asking.look,
        insertion=insertion(request, asking.saved) if asking.saved else None,
    )
    status = 422 if problem else 200
    return desk_page(request, "department/act.html", view, here="desk", unit=preview.unit_name, status=status)


def _text(name: str, label: str, given: Given, hint: str = "") -> p.Asked:
    return p.Asked(
        name=name, label=label, kind=Kind.TEXT, value=given[name], hint=hint, wide=True, max_length=2000
    )


def _line(name: str, label: str, given: Given, hint: str = "") -> p.Asked:
    return p.Asked(name=name, label=label, value=given[name], hint=hint, wide=True)


@signed_in
def extend(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask for how long, why and on whose word, then extend the limit once."""
    own, whole = "own", "whole"

    def questions(preview: ActPreview, given: Given) -> tuple[p.Asked, ...]:
        options = [
            p.Option(
                own if not joint else whole,
                "本事项的期限" if not joint else "联合办理的期限",
                f"最多 {extension.most} 天，要{APPROVER_WORDS[extension.approver]}批准（{extension.basis}）",
            )
            for joint, extension in preview.extensions
        ]
        return (
            p.Asked(
                name="which", label="延哪个期限", kind=Kind.ENUM, value=given["which"] or own,
                options=tuple(options), wide=True,
            ),
            p.Asked(name="days", label="延几天", kind=Kind.INT, unit="天", value=given["days"]),
            _line("approved_by", "谁批准的", given, "姓名和职务，写进告知书，如：局长 张明"),
            _text("reason", "为什么在期限内办不完", given, "原样告诉申请人，如：上级机关答复要到 12 月 3 日"),
        )  # fmt: skip

    def do(given: Given) -> None:
        extend_case(
            case=case, actor=actor(request), days=int(given["days"]) if given["days"].isdecimal() else 0,
            approved_by=given["approved_by"], reason=given["reason"], joint=given["which"] == whole, at=now(),
            seen=posted_number(request, "seen"),
        )  # fmt: skip

    return _asked(
        request,
        case,
        Asking(
            action=Action.EXTEND,
            why="期限只能延一次，要负责人批准，并把理由告诉申请人（行政许可法第四十二条）。",
            names=("which", "days", "approved_by", "reason"),
            questions=questions,
            do=do,
            done="已延期，告知书发给申请人。",
            saved={"reason": ("为什么在期限内办不完", SavedKind.EXTENSION)},
            remains=("申请人会马上收到延长期限告知书", "延过以后不能再延"),
        ),
    )


@signed_in
def mend(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask what was found on site and by when it is to be mended, then tell the applicant."""

    def questions(preview: ActPreview, given: Given) -> tuple[p.Asked, ...]:
        return (
            _text("findings", "查到的问题，怎么改", given, "一行一条，如：安全出口被货架挡住，请移开"),
            _line("basis", "依据", given, "法律、法规、规章或标准的名称和条款"),
            p.Asked(name="mend_by", label="最晚哪天改好", kind=Kind.DATE, value=given["mend_by"]),
            _line("inspectors", "谁去现场查的", given, "两名以上工作人员的姓名（行政许可法第三十四条）"),
        )

    def do(given: Given) -> None:
        ask_to_mend(
            case=case, actor=actor(request), findings=given["findings"].splitlines(), basis=given["basis"],
            mend_by=_day(given["mend_by"]), inspectors=given["inspectors"], at=now(),
            seen=posted_number(request, "seen"),
        )  # fmt: skip

    return _asked(
        request,
        case,
        Asking(
            action=Action.ASK_TO_MEND,
            why="整改是现场查到的问题，不是补材料，期限照走、不停表。",
            names=("findings", "basis", "mend_by", "inspectors"),
            questions=questions,
            do=do,
            done="整改通知书已发给申请人，改好以后会回到您的待办。",
            saved={"findings": ("查到的问题，怎么改", SavedKind.MENDING)},
            remains=("申请人会马上收到整改通知书", "改好报告以后先复查，再决定"),
        ),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ReasonMissing("请填最晚哪天改好，如 2026-12-05") from error


@signed_in
def inspect(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask who inspected again, then note that it is in order."""

    def do(given: Given) -> None:
        pass_inspection(
            case=case, actor=actor(request), inspectors=given["inspectors"], words=given["words"], at=now(),
            seen=posted_number(request, "seen"),
        )  # fmt: skip

    return _asked(
        request,
        case,
        Asking(
            action=Action.PASS_INSPECTION,
            why="复查合格以后回到办理中，接着作决定；不合格的，回去再要求整改或者不予。",
            names=("inspectors", "words"),
            questions=lambda preview, given: (
                _line("inspectors", "谁去复查的", given, "姓名"),
                _text("words", "复查情况", given, "可以不写"),
            ),
            do=do,
            done="已记下复查合格，现在可以决定。",
        ),
    )


@signed_in
@require_POST
def claim(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take the case in hand."""
    claim_case(case=case, actor=actor(request), at=now(), seen=posted_number(request, "seen"))
    messages.success(request, "已领办，同事看得到是您在办。")
    return HttpResponseRedirect(reverse("desk-case", args=[case]))


@signed_in
def hand_over(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask to whom and why, then hand the case over."""

    def questions(preview: ActPreview, given: Given) -> tuple[p.Asked, ...]:
        people = read_colleagues(preview.unit, but=actor(request).account, at=now())
        return (
            p.Asked(
                name="to", label="交给谁", kind=Kind.ENUM, value=given["to"], wide=True,
                options=tuple(p.Option(one.account, one.name) for one in people),
                hint="" if people else "本单位今天没有别的审查人员；请先让管理员给同事加上岗位",
            ),
            _line("reason", "为什么", given, "如：12 月 3 日起休假"),
        )  # fmt: skip

    def do(given: Given) -> None:
        try:
            to = UUID(given["to"])
        except ValueError as error:
            raise HandOverNotPossible("请选交给哪位同事") from error
        hand_over_case(
            case=case, actor=actor(request), to=to, reason=given["reason"], at=now(),
            seen=posted_number(request, "seen"),
        )  # fmt: skip

    return _asked(
        request,
        case,
        Asking(
            action=Action.HAND_OVER,
            why="交办以后，同事的待办里会看到是他在办；您仍然看得到。",
            names=("to", "reason"),
            questions=questions,
            do=do,
            done="已交办。",
        ),
    )


@signed_in
def revoke(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask for reasons and basis, then revoke what was granted."""

    def do(given: Given) -> None:
        revoke_case(
            case=case, actor=actor(request), reasons=given["reasons"], basis=given["basis"], at=now(),
            seen=posted_number(request, "seen"),
        )  # fmt: skip

    return _asked(
        request,
        case,
        Asking(
            action=Action.REVOKE,
            why="撤销以后，发出的证照作废，扫码核验会显示已撤销。",
            names=("reasons", "basis"),
            questions=lambda preview, given: (
                _text("reasons", "事实和理由", given, "原样写进撤销决定书"),
                _line("basis", "依据", given, "如：行政许可法第六十九条第二款"),
            ),
            do=do,
            done="已撤销，决定书发给申请人。",
            remains=("申请人会收到撤销决定书和救济途径",),
            look="danger",
        ),
    )


@signed_in
def redo(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask what was wrong and who approved, then handle the case anew."""

    def do(given: Given) -> None:
        redo_case(
            case=case, actor=actor(request), reasons=given["reasons"], approved_by=given["approved_by"],
            at=now(), seen=posted_number(request, "seen"),
        )  # fmt: skip

    return _asked(
        request,
        case,
        Asking(
            action=Action.REDO,
            why="本机关发现原来的决定错了，自行纠正，从今天起重新计算期限。",
            names=("reasons", "approved_by"),
            questions=lambda preview, given: (
                _text("reasons", "原来错在哪里", given, "原样告诉申请人"),
                _line("approved_by", "谁批准纠正的", given, "姓名和职务"),
            ),
            do=do,
            done="已重新办理，期限从今天起算。",
        ),
    )


@signed_in
def reopen(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask who undid the decision and by which document, then handle the case anew."""

    def do(given: Given) -> None:
        reopen_case(
            case=case, actor=actor(request), authority=given["authority"], document=given["document"],
            at=now(), seen=posted_number(request, "seen"),
        )  # fmt: skip

    return _asked(
        request,
        case,
        Asking(
            action=Action.REOPEN,
            why="复议决定或者判决撤销了原来的决定，责令重新办理；期限从今天起重新计算。",
            names=("authority", "document"),
            questions=lambda preview, given: (
                _line("authority", "复议机关或法院", given, "如：南京市鼓楼区人民政府"),
                _line("document", "文号", given, "如：〔2026〕宁鼓行复第 12 号"),
            ),
            do=do,
            done="已重新办理，期限从今天起算。",
        ),
    )
