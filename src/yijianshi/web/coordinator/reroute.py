"""Send a case that went to the wrong unit to the right one (改派), with the reason that the applicant reads too."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.codes import DepartmentCode, DivisionCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.hand import HandOverNotPossible, reroute_case
from yijianshi.services.reading.rerouting import ReroutePreview, preview_reroute
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.department.acts import FormView
from yijianshi.web.desk import desk_page, posted_number, posted_text


@signed_in
def reroute(request: HttpRequest, submission: UUID, case: UUID) -> HttpResponse:
    """
    Ask where it should go and why, then send it there.

    :raises NotPermitted: if the reader does not coordinate the submission, or the case is not one of it.
    """
    preview = preview_reroute(case=case, actor=actor(request))
    if preview.submission != submission:
        raise NotPermitted(Act.RELEASE)
    back = reverse("coordinate-submission", args=[submission])
    given = {name: posted_text(request, name) for name in ("department", "division", "reason")}
    problem = ""
    if request.method == "POST":
        try:
            reroute_case(
                case=case, actor=actor(request), department=DepartmentCode(given["department"]),
                division=DivisionCode(given["division"]), reason=given["reason"], at=now(),
                seen=posted_number(request, "seen"),
            )  # fmt: skip
        except (ReasonMissing, HandOverNotPossible) as refused:
            problem = str(refused)
        else:
            to = name_of_unit(f"{given['department']}@{given['division']}")
            messages.success(request, f"已改派到{to}，告知书发给申请人。")
            return HttpResponseRedirect(back)
    questions = _questions(preview, given)
    view = FormView(
        preview=preview,
        title=f"“{preview.item.plain_name}”改派",
        why=f"现在在{preview.unit_name}。分错了才改派；已经受理的，期限接着走，不重新算。",
        questions=questions,
        problems=p.Problems(items=(p.Problem(field=questions[0].id, text=problem),)) if problem else None,
        remains=("申请人会收到改派告知书", "原来的单位看不到这一件了，新单位马上在待办里看到"),
        yes="改派",
        back=back,
        look="",
    )
    status = 422 if problem else 200
    return desk_page(request, "department/act.html", view, here="coordinate-released", status=status)


def _questions(preview: ReroutePreview, given: dict[str, str]) -> tuple[p.Asked, ...]:
    def options(pairs: tuple[tuple[str, str], ...]) -> tuple[p.Option, ...]:
        return tuple(p.Option(code, name) for code, name in pairs)

    return (
        p.Asked(
            name="department", label="改派给哪个部门", kind=Kind.ENUM, value=given["department"], wide=True,
            options=options(preview.departments),
        ),
        p.Asked(
            name="division", label="哪一级的", kind=Kind.ENUM, value=given["division"] or preview.divisions[0][0],
            options=options(preview.divisions),
        ),
        p.Asked(
            name="reason", label="为什么", kind=Kind.TEXT, value=given["reason"], wide=True, max_length=500,
            hint="写明依据哪一条职责，如：户外招牌按“三定”规定由城管部门负责",
        ),
    )  # fmt: skip
