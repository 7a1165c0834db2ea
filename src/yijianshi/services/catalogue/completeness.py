"""
A form that can be filled in and a file that can be checked: values, columns, headings, what to look at.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from yijianshi.domain.catalogue import Bundle, Catalogue, ServiceItem
from yijianshi.domain.codes import ElementCode
from yijianshi.domain.definitions import Acquisition, Certainty, Kind

from .findings import Place, Remark
from .reading import WorkYear

_LEVELS = {"province": "省级", "city": "市级", "county": "县级"}
#: Kinds of answers that the Personal Information Protection Law (art. 28) wants guarded.
_PRIVATE = (Kind.ID_NUMBER, Kind.BANK_ACCOUNT)
_CHOICES = (Kind.ENUM, Kind.MULTI_ENUM)
_CERTAINTIES = {
    "list": "清单",
    "lead": "牵头部门",
    "composition": "事项构成",
    "promised_total": "总承诺天数",
    "member": "属于此件",
    "legal": "依据",
    "limit": "时限",
    "materials": "材料",
    "flow": "先后与联办",
}


def completeness_remarks(catalogue: Catalogue, *, folder: Path) -> Iterator[Remark]:
    """Yield a remark for whatever shared part would leave an applicant or a reviewer without what he needs."""
    yield from _elements(catalogue)
    yield from _materials(catalogue, folder)
    yield from _departments(catalogue)
    yield from _unused(catalogue)


def bundle_completeness_remarks(bundle: Bundle, catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for whatever in a one-thing would leave its form unhandy or its item with nobody."""
    yield from _groups(bundle, catalogue)
    for item in bundle.items:
        if item.division_from is not None:
            yield from _division_from(bundle, item, item.division_from, catalogue)


def bundle_unconfirmed_remarks(bundle: Bundle) -> Iterator[Remark]:
    """Yield a warning for every fact of a one-thing that a department must still confirm."""
    place: Place = ("bundles", bundle.code)
    yield from _of_certainties(bundle.certainty, (*place, "certainty"), f"“{bundle.title}”")
    for at, one in enumerate(bundle.co_applicants):
        if one.certainty is not Certainty.HIGH:
            said = f"“{bundle.title}”要{one.name}确认，把握程度{one.certainty}"
            yield _unconfirmed((*place, "co_applicants", at, "certainty"), said)
    trade = bundle.composite_licence
    if trade is not None and trade.certainty is not Certainty.HIGH:
        said = f"“{trade.name}”归集哪些证照、哪些必需，把握程度{trade.certainty}"
        yield _unconfirmed((*place, "composite_licence"), said)
    for item in bundle.items:
        own = (*place, "items", item.code, "certainty")
        yield from _of_certainties(item.certainty, own, f"“{item.plain_name}”")
        yield from _of_promises(item, (*place, "items", item.code))
    for key, parameter in (bundle.params or {}).items():
        if parameter.certainty not in (None, Certainty.HIGH):
            said = f"参数“{key}”的值 {parameter.value} 把握程度{parameter.certainty}"
            yield _unconfirmed((*place, "params", key), said)


def unconfirmed_remarks(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a warning for every fact of the shared parts that a department must still confirm."""
    for element in catalogue.elements.values():
        if element.values_certainty not in (None, Certainty.HIGH):
            said = f"“{element.name}”的代码值把握程度{element.values_certainty}"
            yield _unconfirmed(("elements", element.code, "values_certainty"), said)
    for resource in catalogue.resources.values():
        if resource.certainty not in (None, Certainty.HIGH):
            said = f"“{resource.name}”的提供部门、更新周期把握程度{resource.certainty}"
            yield _unconfirmed(("resources", resource.code, "certainty"), said)
    for law in catalogue.laws:
        if law.certainty is not Certainty.HIGH:
            said = f"《{law.title}》的施行、废止日期把握程度{law.certainty}"
            yield _unconfirmed(("laws", law.title, "certainty"), said)
    for forbidden in catalogue.forbidden:
        if forbidden.certainty not in (None, Certainty.HIGH):
            said = f"不得索要“{forbidden.material}”把握程度{forbidden.certainty}"
            yield _unconfirmed(("forbidden", forbidden.code, "certainty"), said)


def noted_remarks(noted: list[tuple[Place, str]]) -> Iterator[Remark]:
    """Yield a warning for every `confirm` that a steward wrote."""
    for place, text in noted:
        yield _unconfirmed((*place, "confirm"), text)


def workday_remarks(years: tuple[WorkYear, ...]) -> Iterator[Remark]:
    """Yield a remark for every day that stands in the wrong year, or is both a rest day and a make-up day."""
    for at, year in enumerate(years):
        for key, days in (("holidays", year.holidays), ("makeup_days", year.makeup_days)):
            for day in days:
                if day.year != year.year:
                    message = f"{day} 不在 {year.year} 年"
                    yield Remark("workday-outside-year", ("years", at, key), message, "移到那一年下面")
        for day in sorted({*year.holidays} & {*year.makeup_days}):
            message = f"{day} 既写成放假又写成上班"
            yield Remark("workday-twice", ("years", at, "makeup_days"), message, "照国务院办公厅通知只留一处")


def _of_promises(item: ServiceItem, place: Place) -> Iterator[Remark]:
    """Yield a warning for each document that may be owed, and each limit of a check, that nobody has confirmed."""
    offered = item.without_application
    if offered is not None and offered.certainty is not Certainty.HIGH:
        said = f"“{item.plain_name}”免申即享（{offered.occasion}），把握程度{offered.certainty}"
        yield _unconfirmed((*place, "without_application"), said)
    check = item.commitment.check
    if check is not None and check.certainty is not Certainty.HIGH:
        said = f"“{item.plain_name}”准予后 {check.within} 天内核查，把握程度{check.certainty}"
        yield _unconfirmed((*place, "commitment", "check"), said)
    for need in item.materials:
        if need.owable is not None and need.owable.certainty is not Certainty.HIGH:
            said = f"“{item.plain_name}”的“{need.material}”可以容缺 {need.owable.within} 天，把握程度{need.owable.certainty}"
            yield _unconfirmed((*place, "materials", need.material, "owable"), said)


def _of_certainties(certainty: dict[str, Certainty] | None, place: Place, whose: str) -> Iterator[Remark]:
    doubtful = [
        f"{_CERTAINTIES.get(key, key)}{value}"
        for key, value in (certainty or {}).items()
        if value is not Certainty.HIGH
    ]
    if doubtful:
        yield _unconfirmed(place, f"{whose}的把握程度：{'、'.join(doubtful)}")


def _unconfirmed(place: Place, message: str) -> Remark:
    return Remark("unconfirmed", place, message, "请主管部门确认后改为高")


def _elements(catalogue: Catalogue) -> Iterator[Remark]:
    for element in catalogue.elements.values():
        place: Place = ("elements", element.code)
        if element.kind in _CHOICES and not element.values:
            message = f"“{element.name}”是选择项，却没有可选的值"
            yield Remark(
                "enum-without-values",
                (*place, "values"),
                message,
                "写上 values: [值, 值] 和 values_certainty",
            )
        if element.kind is Kind.TABLE and not element.columns:
            message = f"“{element.name}”是表格，却没有列"
            yield Remark(
                "table-without-columns", (*place, "columns"), message, "写上 columns，每列有 key 和 name"
            )
        for at, column in enumerate(element.columns):
            if column.kind in _CHOICES and not column.values:
                message = f"“{element.name}”的“{column.name}”列是选择项，却没有可选的值"
                yield Remark("enum-without-values", (*place, "columns", at), message, "写上 values: [值, 值]")
        if element.kind in _PRIVATE and not element.sensitive:
            message = f"“{element.name}”是个人敏感信息，没有标明"
            yield Remark("not-marked-sensitive", (*place, "sensitive"), message, "写上 sensitive: true")
        if not element.group:
            message = f"“{element.name}”没有归到表单的哪一组"
            yield Remark("element-without-group", (*place, "group"), message, "写上 group: 组名，如 场所")


def _materials(catalogue: Catalogue, folder: Path) -> Iterator[Remark]:
    items = [item for bundle in catalogue.bundles.values() for item in bundle.items]
    demanded = {need.material for item in items for need in item.materials}
    for material in catalogue.materials.values():
        place: Place = ("materials", material.code)
        is_uploaded = material.acquisition is Acquisition.APPLICANT and material.code in demanded
        if is_uploaded and not material.checks:
            message = f"“{material.name}”要申请人上传，却没有写审查看什么"
            yield Remark(
                "upload-without-checks", (*place, "checks"), message, "写上 checks: 一行一个审查要点"
            )
        if material.acquisition is Acquisition.LICENCE and not (material.licence or material.shared_data):
            message = f"“{material.name}”说是电子证照，却没有写是哪一种"
            yield Remark(
                "material-without-kind",
                place,
                message,
                "写上 licence: 证照类型编码；不是证照的写 shared_data: true",
            )
        for key, sample in (("sample", material.sample), ("blank", material.blank)):
            if sample is not None and not (folder / sample.file).is_file():
                message = f"“{material.name}”的样表文件 {sample.file} 不在"
                yield Remark("missing-file", (*place, key), message, "补上文件，或删去这一行")


def _groups(bundle: Bundle, catalogue: Catalogue) -> Iterator[Remark]:
    codes = {field.element for item in bundle.items for field in item.fields}
    codes |= {field.element for field in catalogue.common_fields}
    elements = [element for code in codes if (element := catalogue.elements.get(code))]
    for group in {*(bundle.headings or {})} - {element.group for element in elements}:
        where = ("bundles", bundle.code, "headings", group)
        message = f"“{bundle.title}”的表单里没有“{group}”组"
        yield Remark("heading-without-group", where, message, "改成表上有的组名，或删去")
    groups = Counter(bundle.heading_of(element) for element in elements if element.group)
    place = ("bundles", bundle.code, "items")
    if groups and not 2 <= len(groups) <= 9:
        message = f"“{bundle.title}”的表单有 {len(groups)} 组；2 到 9 组才好填"
        yield Remark("group-count", place, message, "合并或拆开 elements.yaml 里的 group，或写 headings")
    for group in sorted(group for group, count in groups.items() if count == 1):
        message = f"“{bundle.title}”的表单里“{group}”组只有一个字段"
        yield Remark("lonely-group", place, message, "把它并到别的组，或写 headings: {组名: 改用的组名}")


def _division_from(
    bundle: Bundle, item: ServiceItem, code: ElementCode, catalogue: Catalogue
) -> Iterator[Remark]:
    element = catalogue.elements.get(code)
    if element is None:
        return
    place = ("bundles", bundle.code, "items", item.code, "division_from")
    if element.kind not in (Kind.REGION, Kind.ADDRESS):
        message = f"“{element.name}”不是地区或地址，定不了由哪里办"
        yield Remark("division-not-a-place", place, message, "改成类型为 region 或 address 的数据元")
    asked = {field.element for other in bundle.items for field in other.fields}
    asked |= {field.element for field in catalogue.common_fields}
    asked |= {question.element for question in bundle.questions if question.element}
    if code not in asked:
        message = f"“{item.plain_name}”由“{element.name}”定由哪里办，却没有问它"
        yield Remark("division-not-asked", place, message, "把它放进这个事项的 fields")


def _departments(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for each department that decides items and has no name at some level."""
    items = [item for bundle in catalogue.bundles.values() for item in bundle.items]
    deciding = {item.department for item in items} | {assignment.to for assignment in catalogue.assignments}
    for department in catalogue.departments.values():
        missing = [said for level, said in _LEVELS.items() if not department.levels.get(level)]
        if department.code in deciding and missing:
            message = f"“{department.short_name}”要办事项，{'、'.join(missing)}却没有它的名字"
            place = ("departments", department.code, "levels")
            yield Remark("department-without-level", place, message, "在 levels 里补上；不设的写由谁承担")


def _unused(catalogue: Catalogue) -> Iterator[Remark]:
    items = [item for bundle in catalogue.bundles.values() for item in bundle.items]
    elements = {field.element for item in items for field in item.fields}
    elements |= {field.element for field in catalogue.common_fields}
    elements |= {q.element for bundle in catalogue.bundles.values() for q in bundle.questions if q.element}
    for code in sorted({*catalogue.elements} - elements):
        message = f"数据元“{catalogue.elements[code].name}”没有事项用到"
        yield Remark("unused", ("elements", code), message, "删去，或在事项里用上")
    materials = {need.material for item in items for need in item.materials}
    materials |= {code for forbidden in catalogue.forbidden for code in forbidden.material_codes}
    for unneeded in sorted({*catalogue.materials} - materials):
        message = f"材料“{catalogue.materials[unneeded].name}”没有事项用到"
        yield Remark("unused", ("materials", unneeded), message, "删去，或在事项里用上")
