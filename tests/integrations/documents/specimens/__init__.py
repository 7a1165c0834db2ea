"""Letters as the cast would get them: 王芳's restaurant in 鼓楼区, in realistic Chinese."""

from yijianshi.services import letters as on_paper

from .answers import ACCEPTANCE, CORRECTION, DECLINE, EXTENSION, REFUSAL, RESULT, SUSPENSION
from .cast import CITIZEN, CREDIT_CODE, DIGEST, ITEMS, MATERIALS, number
from .custody import CUSTODY_RECEIPT, HAND_OVER_LIST
from .examining import EXAMINATION
from .filing import DECLARATION, DEPARTMENT_FORM, JOINT_FORM, NOTICE, RECEIPT, SECTIONS
from .joint import JOINT
from .money import PAYMENT, REFUND
from .official import LIST, OFFICIAL
from .results import COMPOSITE, DELIVERY, LANDSCAPE_LICENCE, LICENCE
from .turns import ALL, REVOCATION

__all__ = [
    "ACCEPTANCE",
    "CITIZEN",
    "COMPOSITE",
    "CORRECTION",
    "CREDIT_CODE",
    "CUSTODY_RECEIPT",
    "DECLARATION",
    "DECLINE",
    "DELIVERY",
    "DEPARTMENT_FORM",
    "DIGEST",
    "EXAMINATION",
    "EXTENSION",
    "HAND_OVER_LIST",
    "ITEMS",
    "JOINT",
    "JOINT_FORM",
    "LANDSCAPE_LICENCE",
    "LICENCE",
    "LIST",
    "MATERIALS",
    "NOTICE",
    "OFFICIAL",
    "PAYMENT",
    "RECEIPT",
    "REFUND",
    "REFUSAL",
    "RESULT",
    "REVOCATION",
    "SECTIONS",
    "SPECIMENS",
    "SUSPENSION",
    "TURNS",
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
    PAYMENT,
    REFUND,
    RESULT,
    LICENCE,
    COMPOSITE,
    DELIVERY,
    OFFICIAL,
    LIST,
    EXAMINATION,
    *ALL,
    JOINT,
    CUSTODY_RECEIPT,
    HAND_OVER_LIST,
)
#: The templates of letters that tell of a turn.
TURNS = frozenset(letter.template for letter in ALL)
