"""Small bundles for one test, the shipped ones, and the working days as published."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from yijianshi.domain.catalogue import (
    Bundle,
    Catalogue,
    Field,
    Limit,
    MaterialNeed,
    Question,
    Resource,
    Result,
    Rule,
    ServiceItem,
)
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.definitions import (
    Acquisition,
    Basis,
    DataElement,
    Department,
    Division,
    Kind,
    LicenceKind,
    Material,
)
from yijianshi.domain.editions import Edition, compile_edition
from yijianshi.domain.workdays import Calendar
from yijianshi.services.catalogue import read_workdays, shipped_catalogue, shipped_folder

PROVINCE, CITY, HOME = DivisionCode("320000"), DivisionCode("320100"), DivisionCode("320106")
LAW = Basis(title="示例条例", article="第一条")
NEW_YEAR = date(2026, 1, 1)
BUNDLES = tuple(sorted(shipped_catalogue().bundles))

DIVISIONS: Mapping[Any, Division] = {
    PROVINCE: Division(code=PROVINCE, name="江苏省", level="province"),
    CITY: Division(code=CITY, name="南京市", level="city", parent=PROVINCE),
    HOME: Division(code=HOME, name="南京市鼓楼区", level="county", parent=CITY),
}


@cache
def calendar() -> Calendar:
    """Return the working days of 2022 to 2026; 2027 is not published yet."""
    return Calendar(read_workdays(shipped_folder()))


@cache
def shipped(bundle: str, division: str = HOME) -> Edition:
    """Return the edition of a shipped one-thing."""
    return compile_edition(
        shipped_catalogue(),
        bundle=BundleCode(bundle),
        division=DivisionCode(division),
        valid_from=NEW_YEAR,
    )


def item(code: str, **more: Any) -> ServiceItem:
    """Return a service item with what nobody asks about filled in."""
    usual: dict[str, Any] = {
        "name": f"{code}事项",
        "department": "market-regulation",
        "type": "行政许可",
        "type_code": "01",
        "basis": (LAW,),
        "limit": Limit(promised=5),
        "result": Result(name=f"{code}结果"),
    }
    return ServiceItem(code=ItemCode(code), **(usual | more))


def element(code: str, kind: Kind = Kind.STRING, **more: Any) -> DataElement:
    """Return a data element that is called by its code."""
    return DataElement(code=code, name=more.pop("name", code), kind=kind, **more)  # type: ignore[arg-type]


def needing(*codes: str, **more: Any) -> tuple[MaterialNeed, ...]:
    """Return the need of some materials."""
    return tuple(MaterialNeed(material=code, **more) for code in codes)  # type: ignore[arg-type]


def edition_of(
    *items: ServiceItem,
    questions: Iterable[Question] = (),
    rules: Iterable[Rule] = (),
    elements: Iterable[DataElement] = (),
    materials: Iterable[Material] = (),
    common: Iterable[Field] = (),
    registers: Mapping[str, str] | None = None,
    division: DivisionCode = HOME,
    **more: Any,
) -> Edition:
    """Return the edition of a bundle of `items`; elements and materials that nobody defined are plain ones."""
    defined = {one.code: one for one in elements}
    for field in (*(f for i in items for f in i.fields), *common):
        defined.setdefault(field.element, element(field.element))
    documents = {one.code: one for one in materials}
    for need in (n for i in items for n in i.materials):
        documents.setdefault(
            need.material,
            Material(code=need.material, name=need.material, acquisition=Acquisition.APPLICANT),
        )
    licences = {i.result.licence for i in items if i.result.licence}
    licences |= {rule.satisfied_by for rule in rules if rule.satisfied_by}
    bundle = Bundle(
        code=BundleCode("specimen"),
        name="样例一件事",
        audience="individual",
        lead_department="market-regulation",  # type: ignore[arg-type]
        items=items,
        questions=tuple(questions),
        rules=tuple(rules),
        **more,
    )
    kept_by: Any = registers or {}  # register → the department that keeps it
    departments = {i.department for i in items} | {bundle.lead_department, *kept_by.values()}
    catalogue = Catalogue(
        bundles={bundle.code: bundle},
        elements=defined,
        materials=documents,
        resources={
            code: Resource(code=code, name=code, department=department)
            for code, department in kept_by.items()
        },
        departments={
            code: Department(code=code, name=code, short_name=code, levels={}) for code in departments
        },
        licences={
            code: LicenceKind(code=code, name=code, issuer=bundle.lead_department) for code in licences
        },
        divisions=dict(DIVISIONS),
        common_fields=tuple(common),
    )
    return compile_edition(catalogue, bundle=bundle.code, division=division, valid_from=NEW_YEAR)
