"""
Which fields of a form a photographed paper can fill, and in which words the form wants them (拍照填表).

A field is known by its element's code: whoever has a number in the form (`mother-id-number`) has, where they are
asked, a name, a sex, a day of birth, a nation and an address beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .answers import read_answer, wrong_with
from .codes import ElementCode
from .definitions import DataElement
from .paper_marks import PaperKind

_OF_PERSON = {
    "number": "id-number",
    "name": "name",
    "sex": "gender",
    "birth": "birth-date",
    "nation": "ethnicity",
    "address": "household-address",
}
_OF_ENTERPRISE = {"credit_code": "uscc", "name": "name", "address": "address"}
_OF_ACCOUNT = {"number": "bank-account", "bank": "bank-name"}
#: Papers of which the form may have several: their fields, the number first, and how its question is called.
_OF_SOMEBODY: Mapping[PaperKind, tuple[Mapping[str, str], str]] = {
    PaperKind.ID_CARD: (_OF_PERSON, "证件号码"),
    PaperKind.BUSINESS_LICENCE: (_OF_ENTERPRISE, "统一社会信用代码"),
    PaperKind.BANK_CARD: (_OF_ACCOUNT, "银行账号"),
}
_REPRESENTATIVE = ElementCode("legal-representative-name")

#: Papers of which the form has one: which element each of their fields fills.
_ONE_OF_A_KIND: Mapping[PaperKind, Mapping[str, str]] = {
    PaperKind.BIRTH_CERTIFICATE: {
        "name": "newborn-name",
        "sex": "newborn-gender",
        "birth_time": "newborn-birth-time",
        "weight": "newborn-birth-weight",
        "length": "newborn-birth-length",
        "institution": "birth-institution",
        "number": "birth-certificate-number",
    },
    PaperKind.PROPERTY_CERTIFICATE: {"number": "property-certificate-number", "holder": "right-holder-name"},
    PaperKind.MARRIAGE_CERTIFICATE: {
        "number": "marriage-certificate-number",
        "registered": "marriage-registration-date",
    },
    PaperKind.DRIVING_LICENCE: {
        "number": "driving-licence-number",
        "licence_class": "licence-class",
        "first_issued": "licence-first-date",
    },
}
#: How documents and licences are called that are such a paper; one that may be something else as well is none.
_CALLED = {
    "身份证": PaperKind.ID_CARD,
    "营业执照": PaperKind.BUSINESS_LICENCE,
    "出生医学证明": PaperKind.BIRTH_CERTIFICATE,
    "不动产权证书": PaperKind.PROPERTY_CERTIFICATE,
    "结婚证": PaperKind.MARRIAGE_CERTIFICATE,
    "驾驶证": PaperKind.DRIVING_LICENCE,
}
_MIXED = ("或", "及", "和", "、", "复印件")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillable:
    """A paper that would fill fields of a form: whose it is, and the element for each of its fields."""

    kind: PaperKind
    whose: str  # the beginning of the elements' codes; empty where the form has one such paper
    title: str  # “母亲的身份证（人像面）”
    elements: Mapping[str, ElementCode]

    @property
    def key(self) -> str:
        return f"{self.kind}_{self.whose}" if self.whose else str(self.kind)


def fillable(
    elements: Mapping[ElementCode, DataElement], asked: Iterable[ElementCode]
) -> tuple[Fillable, ...]:
    """Return the papers that would fill at least one of the fields that are asked, in the order of the form."""
    wanted = list(asked)
    there = set(wanted)
    found: dict[str, Fillable] = {}
    for code in wanted:
        for paper in _papers_for(code, elements):
            there_too = {key: name for key, name in paper.elements.items() if name in elements}
            if there.intersection(there_too.values()):
                found.setdefault(
                    paper.key,
                    Fillable(kind=paper.kind, whose=paper.whose, title=paper.title, elements=there_too),
                )
    return tuple(found.values())


def paper_called(name: str) -> PaperKind | None:
    """
    Return which paper a document or a licence is by its name, where its print is understood.

    >>> paper_called("机动车驾驶证(逝者)").words, paper_called("申请人银行卡或社会保障卡")
    ('驾驶证', None)
    """
    if any(word in name for word in _MIXED):
        return None
    return next((kind for word, kind in _CALLED.items() if word in name), None)


def in_form(printed: str, element: DataElement) -> Any:
    """
    Return what a paper says in the words of the form, or None where the form does not take it.

    A nation is 汉 on a card and 汉族 in a form; a class of a licence that the form does not list is left to be chosen.
    """
    value = read_answer(printed, element)
    if element.values:
        value = next((one for one in (printed, f"{printed}族") if one in element.values), None)
    return None if value is None or wrong_with(value, element) else value


def _papers_for(code: ElementCode, elements: Mapping[ElementCode, DataElement]) -> Iterable[Fillable]:
    for kind, (parts, said) in _OF_SOMEBODY.items():
        main = next(iter(parts.values()))
        for suffix in parts.values():
            whose = code.removesuffix(f"-{suffix}")
            number = ElementCode(f"{whose}-{main}")
            if whose == code or number not in elements:
                continue
            fields = {key: ElementCode(f"{whose}-{part}") for key, part in parts.items()}
            if kind is PaperKind.BUSINESS_LICENCE and whose == "enterprise":
                fields["representative"] = _REPRESENTATIVE
            holder = elements[number].name.removesuffix(said).removesuffix("公民身份号码")
            title = f"{holder}的{kind.words}" if holder else kind.words
            yield Fillable(kind=kind, whose=whose, title=title, elements=fields)
    for kind, fields_of_form in _ONE_OF_A_KIND.items():
        if code in fields_of_form.values():
            named = {key: ElementCode(name) for key, name in fields_of_form.items()}
            yield Fillable(kind=kind, whose="", title=kind.words, elements=named)
