"""Where letters, specimens and the check of a document are."""

from django.urls import path

from . import notices, papers, samples, verification
from .refusing import answering

urlpatterns = answering(
    [
        path("guide/<slug:bundle>/notice.pdf", notices.notice, name="notice-pdf"),
        path("samples/<slug:material>/<slug:kind>", samples.sample, name="sample"),
        path("papers/<uuid:submission>/receipt.pdf", papers.receipt, name="receipt-pdf"),
        path("papers/<uuid:submission>/form.pdf", papers.joint_form, name="joint-form-pdf"),
        path("papers/<uuid:submission>/correction.pdf", papers.correction, name="correction-pdf"),
        path("papers/<uuid:submission>/delivery.pdf", papers.delivery_slip, name="delivery-slip-pdf"),
        path("papers/joint/<uuid:operation>/record.pdf", papers.joint_record, name="joint-record-pdf"),
        path("papers/cases/<uuid:case>/form.pdf", papers.department_form, name="department-form-pdf"),
        path("papers/cases/<uuid:case>/<slug:kind>.pdf", papers.letter, name="letter-pdf"),
        path("papers/cases/<uuid:case>/made/<slug:material>.pdf", papers.generated, name="generated-pdf"),
        path("papers/cases/<uuid:case>/<slug:kind>/<int:nth>.pdf", papers.letter, name="letter-nth-pdf"),
        path("papers/results/<uuid:result>.pdf", papers.result, name="result-pdf"),
        path("papers/composites/<uuid:composite>.pdf", papers.composite, name="composite-pdf"),
        path("verify", verification.ask, name="verify-ask"),
        path("verify/<str:code>", verification.verify, name="verify"),
    ]
)
