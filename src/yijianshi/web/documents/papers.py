"""Letters about a submission, a case or a result, for whoever may read it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yijianshi.domain.codes import MaterialCode
from yijianshi.services import printing
from yijianshi.web.acting import actor, now, signed_in

from .sending import personal


@require_safe
@signed_in
def receipt(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Give the receipt (申报回执)."""
    return personal(printing.receipt_pdf(submission=submission, actor=actor(request), at=now()))


@require_safe
@signed_in
def joint_form(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Give the one form (综合申请表)."""
    return personal(printing.joint_form_pdf(submission=submission, actor=actor(request), at=now()))


@require_safe
@signed_in
def correction(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Give the one correction letter (一次性补正告知书)."""
    return personal(printing.correction_pdf(submission=submission, actor=actor(request), at=now()))


@require_safe
@signed_in
def delivery_slip(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Give the slip of the delivery (送达回证)."""
    return personal(printing.delivery_slip_pdf(submission=submission, actor=actor(request), at=now()))


@require_safe
@signed_in
def joint_record(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Give the one record of what several departments did together (联合勘验记录)."""
    return personal(printing.joint_record_pdf(operation=operation, actor=actor(request), at=now()))


@require_safe
@signed_in
def department_form(request: HttpRequest, case: UUID) -> HttpResponse:
    """Give a department's own form, filled from its part of the one form."""
    return personal(printing.department_form_pdf(case=case, actor=actor(request), at=now()))


@require_safe
@signed_in
def letter(request: HttpRequest, case: UUID, kind: str, nth: int | None = None) -> HttpResponse:
    """Give a legal paper about a case, the newest of its kind or an earlier one, or the commitment it rests on."""
    if kind == "commitment":
        return personal(printing.commitment_pdf(case=case, actor=actor(request), at=now()))
    return personal(printing.letter_pdf(case=case, kind=kind, nth=nth, actor=actor(request), at=now()))


@require_safe
@signed_in
def generated(request: HttpRequest, case: UUID, material: str) -> HttpResponse:
    """Give a document that the platform makes from the form."""
    return personal(
        printing.generated_pdf(case=case, material=MaterialCode(material), actor=actor(request), at=now())
    )


@require_safe
@signed_in
def result(request: HttpRequest, result: UUID) -> HttpResponse:
    """Give the licence or the decision, as issued."""
    return personal(printing.result_pdf(result=result, actor=actor(request), at=now()))


@require_safe
@signed_in
def composite(request: HttpRequest, composite: UUID) -> HttpResponse:
    """Give a version of the composite licence (行业综合许可证), as issued."""
    return personal(printing.composite_pdf(composite=composite, actor=actor(request), at=now()))
