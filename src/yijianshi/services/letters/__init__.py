"""
The letters the platform writes (文书): what must be known before one can be printed; the fixed wording is the template's.

Print with `documents.render(letter.template, asdict(letter))`. Strings come ready to be read; only dates are dates.
"""

from .answers import (
    AcceptanceLetter,
    CaseLetter,
    CorrectionLetter,
    CorrectionTask,
    DeclineLetter,
    ExtensionLetter,
    RefusalLetter,
    Remark,
    SuspensionLetter,
)
from .custody import CustodyPaper, CustodyReceipt, HandOverList
from .examination import ExaminationReport, ExaminedFault, ExaminedThing
from .filing import (
    Declaration,
    DepartmentForm,
    JointForm,
    NeededMaterial,
    Notice,
    NoticeItem,
    Receipt,
    Stage,
    SuppliedValues,
)
from .joint import JointOpinion, JointRecord
from .money import PaymentLetter, RefundLetter
from .official import Annex, Block, ListDocument, OfficialDocument, Part
from .parts import (
    Appeal,
    Desk,
    FiledItem,
    FiledMaterial,
    Letter,
    LetterIncomplete,
    Line,
    Section,
    SigningEvidence,
    Table,
)
from .results import (
    CompositeDocument,
    DeliveredResult,
    DeliverySlip,
    LicenceDocument,
    ListedLicence,
    ResultLetter,
)
from .turns import (
    MendingLetter,
    ReopeningLetter,
    RepeatedCorrectionLetter,
    ReroutingLetter,
    RevocationLetter,
    TerminationLetter,
    WithdrawalLetter,
)

__all__ = [
    "TEMPLATES",
    "AcceptanceLetter",
    "Annex",
    "Appeal",
    "Block",
    "CaseLetter",
    "CompositeDocument",
    "CorrectionLetter",
    "CorrectionTask",
    "CustodyPaper",
    "CustodyReceipt",
    "Declaration",
    "DeclineLetter",
    "DeliveredResult",
    "DeliverySlip",
    "DepartmentForm",
    "Desk",
    "ExaminationReport",
    "ExaminedFault",
    "ExaminedThing",
    "ExtensionLetter",
    "FiledItem",
    "FiledMaterial",
    "HandOverList",
    "JointForm",
    "JointOpinion",
    "JointRecord",
    "Letter",
    "LetterIncomplete",
    "LicenceDocument",
    "Line",
    "ListDocument",
    "ListedLicence",
    "MendingLetter",
    "NeededMaterial",
    "Notice",
    "NoticeItem",
    "OfficialDocument",
    "Part",
    "PaymentLetter",
    "Receipt",
    "RefundLetter",
    "RefusalLetter",
    "Remark",
    "ReopeningLetter",
    "RepeatedCorrectionLetter",
    "ReroutingLetter",
    "ResultLetter",
    "RevocationLetter",
    "Section",
    "SigningEvidence",
    "Stage",
    "SuppliedValues",
    "SuspensionLetter",
    "Table",
    "TerminationLetter",
    "WithdrawalLetter",
]

#: Every template with the type of what it prints.
TEMPLATES: dict[str, type[Letter]] = {
    kind.template: kind
    for kind in (
        Notice,
        Receipt,
        JointForm,
        DepartmentForm,
        Declaration,
        CorrectionLetter,
        AcceptanceLetter,
        DeclineLetter,
        RefusalLetter,
        SuspensionLetter,
        ExtensionLetter,
        RepeatedCorrectionLetter,
        MendingLetter,
        ReroutingLetter,
        WithdrawalLetter,
        TerminationLetter,
        RevocationLetter,
        ReopeningLetter,
        PaymentLetter,
        RefundLetter,
        ResultLetter,
        LicenceDocument,
        CompositeDocument,
        DeliverySlip,
        OfficialDocument,
        ListDocument,
        ExaminationReport,
        JointRecord,
        CustodyReceipt,
        HandOverList,
    )
}
