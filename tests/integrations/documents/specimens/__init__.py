"""Letters as the cast would get them: 王芳's restaurant in 鼓楼区, in realistic Chinese."""

from yijianshi.services import letters as on_paper

from .answers import ACCEPTANCE, CORRECTION, DECLINE, EXTENSION, REFUSAL, RESULT, SUSPENSION
from .cast import CITIZEN, CREDIT_CODE, DIGEST, ITEMS, MATERIALS, number
from .examining import EXAMINATION
from .filing import DECLARATION, DEPARTMENT_FORM, JOINT_FORM, NOTICE, RECEIPT, SECTIONS
from .joint import JOINT
from .official import LIST, OFFICIAL
from .results import DELIVERY, LANDSCAPE_LICENCE, LICENCE

__all__ = [
    "ACCEPTANCE",
    "CITIZEN",
    "CORRECTION",
    "CREDIT_CODE",
    "DECLARATION",
    "DECLINE",
    "DELIVERY",
    "DEPARTMENT_FORM",
    "DIGEST",
    "EXAMINATION",
    "EXTENSION",
    "ITEMS",
    "JOINT",
    "JOINT_FORM",
    "LANDSCAPE_LICENCE",
    "LICENCE",
    "LIST",
    "MATERIALS",
    "NOTICE",
    "OFFICIAL",
    "RECEIPT",
    "REFUSAL",
    "RESULT",
    "SECTIONS",
    "SPECIMENS",
    "SUSPENSION",
    "number",
    "on_paper",
]

SPECIMENS: tuple[on_paper.Letter, ...] = (
    NOTICE,
    RECEIPT,
    JOINT_FORM,
    DEPARTMENT_FORM,
    DECLARATION,
    CORRECTION,
    ACCEPTANCE,
    DECLINE,
    REFUSAL,
    SUSPENSION,
    EXTENSION,
    RESULT,
    LICENCE,
    DELIVERY,
    OFFICIAL,
    LIST,
    EXAMINATION,
    JOINT,
)
