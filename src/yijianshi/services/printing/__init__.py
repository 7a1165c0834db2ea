"""
Letters made from what is kept: load, check the right, build the letter's values, print.

Every function takes keyword arguments, checks the right of `actor`, notes what officials read, and returns `Printed`.
"""

from .by_kind import PRINTERS, letter_pdf
from .composites import composite_pdf, issue_composite
from .corrections import correction_pdf
from .custody import custody_receipt_pdf, hand_over_list_pdf
from .declarations import commitment_pdf, generated_pdf
from .delivery import delivery_slip_pdf
from .filing import department_form_pdf, joint_form_pdf, receipt_pdf
from .joint import joint_record_pdf
from .notices import notice_pdf
from .paper import NoSuchLetter, Printed
from .results import issue_document, issue_documents_of, result_pdf, verification_address
from .samples import sample_pdf
from .verifying import Checked, CheckedComposite, check_composite, check_document

__all__ = [
    "PRINTERS",
    "Checked",
    "CheckedComposite",
    "NoSuchLetter",
    "Printed",
    "check_composite",
    "check_document",
    "commitment_pdf",
    "composite_pdf",
    "correction_pdf",
    "custody_receipt_pdf",
    "delivery_slip_pdf",
    "department_form_pdf",
    "generated_pdf",
    "hand_over_list_pdf",
    "issue_composite",
    "issue_document",
    "issue_documents_of",
    "joint_form_pdf",
    "joint_record_pdf",
    "letter_pdf",
    "notice_pdf",
    "receipt_pdf",
    "result_pdf",
    "sample_pdf",
    "verification_address",
]
