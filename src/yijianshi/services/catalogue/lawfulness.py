"""
No legal basis, no demand; nothing asked that need not be asked; no kind of decision that the law does not know.

Basis: Administrative License Law, arts. 12-17, 30, 45, 58; 优化营商环境条例 art. 40; 国办发〔2020〕42号;
苏政办发〔2022〕87号; 国办发〔2022〕32号; GB/T 39046 appendix A.
"""

import re
from collections.abc import Iterator

from yijianshi.domain.catalogue import Bundle, Catalogue, MaterialNeed, ServiceItem
from yijianshi.domain.conditions import MalformedCondition, keys_of, mentions
from yijianshi.domain.definitions import Acquisition, Forbidden, Kind, Material

from .composites import composite_remarks
from .entitlements import entitlement_remarks
from .findings import Place, Remark
from .reasoning import conditions_of

_LICENCE = "行政许可"
_NUMBERS = (Kind.ID_NUMBER, Kind.USCC)
_COPY = "复印件"

#: The types of service items and their codes (GB/T 39046 附录 A).
TYPE_CODES = {
    "行政权力事项": "00",
    "行政许可": "01",
    "行政处罚": "02",
    "行政强制": "03",
    "行政征收": "04",
    "行政给付": "05",
    "行政检查": "06",
    "行政确认": "07",
    "行政奖励": "08",
    "行政裁决": "09",
    "其他类别": "10",
    "其他行政权力": "10",
    "公共服务": "20",
}
#: Types that nobody applies for on his own word, or that decide about somebody else.
_NEVER_ON_COMMITMENT = frozenset({"02", "03", "04", "06", "09"})
#: What an electronic licence is called; a result so named that is no licence cannot be used again.
_BRACKETS = re.compile(r"[（(].*?[)）]")
_NO_LICENCE = re.compile(r"(决定书|意见书|通知书|决定|意见|批复|结果|回执)$")
_LICENCE_NAME = re.compile(r"(许可证|执照|证书|资格证|登记证|居住证|社会保障卡)$")


def lawfulness_remarks(bundle: Bundle, catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for every demand of a one-thing without a basis, and every kind of decision out of place."""
    yield from _questions(bundle)
    yield from _parameters(bundle)
    for at, precondition in enumerate(bundle.preconditions):
        if precondition.basis is None and not any(item.basis for item in bundle.items):
            place: Place = ("bundles", bundle.code, "preconditions", at)
            message = f"“{bundle.title}”的前提没有依据"
            yield Remark("condition-without-basis", place, message, "写上 basis，或删去这个前提")
    for at, rule in enumerate(bundle.rules):
        if rule.kind == "tied-by-law" and rule.basis is None:
            place = ("bundles", bundle.code, "rules", at)
            message = "规则说依法要一起办，没有写依据哪条法"
            yield Remark("rule-without-basis", place, message, "写上 basis；没有依据的改成 together 或删去")
    yield from _co_applicants(bundle, catalogue)
    yield from composite_remarks(bundle)
    yield from entitlement_remarks(bundle, catalogue)
    for item in bundle.items:
        place = ("bundles", bundle.code, "items", item.code)
        yield from _item(item, place)
        yield from _commitment(item, place, catalogue)
        yield from _money_and_ways(item, place)
        for need in item.materials:
            where = (*place, "materials", need.material)
            yield from _need(need, where, item=item, bundle=bundle, catalogue=catalogue)


def _co_applicants(bundle: Bundle, catalogue: Catalogue) -> Iterator[Remark]:
    asked = {field.element for item in bundle.items for field in item.fields}
    asked |= {field.element for field in catalogue.common_fields}
    for at, one in enumerate(bundle.co_applicants):
        place: Place = ("bundles", bundle.code, "co_applicants", at)
        if one.basis is None:
            message = f"要{one.name}一起确认，没有写依据哪条法"
            yield Remark(
                "co-applicant-without-basis", place, message, "写上 basis；没有依据的不得要求共同申请"
            )
        for key, code in (("name_element", one.name_element), ("number_element", one.number_element)):
            element = catalogue.elements.get(code)
            if element is not None and code not in asked:
                message = f"{one.name}要看“{element.name}”，这件事里没有哪张表问它"
                yield Remark(
                    "co-applicant-not-asked", (*place, key), message, "改编码，或在某个事项的 fields 里问它"
                )
            elif element is not None and key == "number_element" and element.kind not in _NUMBERS:
                message = f"“{element.name}”不是证件号码，认不出{one.name}是谁"
                yield Remark(
                    "co-applicant-not-asked", (*place, key), message, "改成身份证号或统一社会信用代码的字段"
                )


def _item(item: ServiceItem, place: Place) -> Iterator[Remark]:
    name = item.plain_name
    if not item.basis:
        message = f"“{item.name}”没有设定依据"
        yield Remark("item-without-basis", (*place, "basis"), message, "写上 basis；没有依据的不得要求办理")
        if item.conditions:
            message = f"“{name}”的受理条件没有依据：{_short(item.conditions)}"
            remedy = "写上事项的 basis，或删去这个条件"
            yield Remark("condition-without-basis", (*place, "conditions"), message, remedy)
        for key, step in (
            ("joint_operation", item.joint_operation),
            ("special_procedures", "、".join(item.special_procedures)),
            ("public_notice_days", item.public_notice_days and f"公示 {item.public_notice_days} 天"),
        ):
            if step:
                message = f"“{name}”的环节没有依据：{step}"
                yield Remark("step-without-basis", (*place, key), message, "写上事项的 basis，或删去这个环节")
    code = TYPE_CODES.get(item.type)
    if code is not None and code != item.type_code:
        message = f"“{name}”写的是{item.type}，类型代码却是 {item.type_code}"
        yield Remark("type-code-mismatch", (*place, "type_code"), message, f"{item.type}的代码是 '{code}'")
    elif code is None and item.type_code in TYPE_CODES.values():
        known = next(name for name, of_type in TYPE_CODES.items() if of_type == item.type_code)
        message = f"“{name}”的类型代码 {item.type_code} 是{known}，写的却是{item.type}"
        yield Remark("type-code-mismatch", (*place, "type"), message, f"改成{known}，或改类型代码")
    if not item.result.licence and (item.type == _LICENCE or _LICENCE_NAME.search(item.result.name)):
        message = f"“{name}”的结果是“{item.result.name}”，没有写是哪种证照"
        remedy = "在 result 里写 licence: 证照类型编码；确实不发证照的，把结果叫作决定书、意见书等"
        if not _NO_LICENCE.search(_BRACKETS.sub("", item.result.name)):
            yield Remark("result-without-licence", (*place, "result"), message, remedy)
    if item.type == _LICENCE and item.stop_reasons:
        message = f"“{item.name}”是行政许可，只能按行政许可法第四十五条停止计时"
        yield Remark("stop-reason-of-licence", (*place, "stop_reasons"), message, "删去 stop_reasons")


def _commitment(item: ServiceItem, place: Place, catalogue: Catalogue) -> Iterator[Remark]:
    offer, where = item.commitment, (*place, "commitment")
    if not offer.allowed:
        return
    if item.type_code in _NEVER_ON_COMMITMENT or item.is_automatic:
        why = "由系统自动核验，用不着承诺" if item.is_automatic else f"是{item.type}，不能凭承诺作出"
        yield Remark("commitment-excluded", where, f"“{item.plain_name}”{why}", "写 allowed: false，或删去")
    if offer.element is None:
        return
    element = catalogue.elements.get(offer.element)
    if offer.element not in {field.element for field in item.fields}:
        message = (
            f"承诺与否要看“{element.name if element else offer.element}”，“{item.plain_name}”的表上没有它"
        )
        yield Remark("commitment-misstated", (*where, "element"), message, "把它放进 fields，或改 element")
    elif element is not None and element.kind is Kind.ENUM:
        for key, value in (("yes", offer.yes), ("no", offer.no)):
            if value not in element.values:
                message = f"“{element.name}”没有选项“{value}”"
                yield Remark(
                    "commitment-misstated",
                    (*where, key),
                    message,
                    f"改成其中一个：{'、'.join(element.values)}",
                )


def _money_and_ways(item: ServiceItem, place: Place) -> Iterator[Remark]:
    if item.fee.charged == "yes" and item.fee.basis is None and not item.fee.note:
        message = f"“{item.plain_name}”收费，没有写依据和标准"
        yield Remark("fee-without-basis", (*place, "fee"), message, "写上 basis，或在 note 里写收费标准")
    if item.fee.charged == "yes" and not (item.fee.sums or item.fee.set_by):
        message = f"“{item.plain_name}”收费，没有写金额，由部门通知缴费时定"
        yield Remark(
            "fee-without-sum", (*place, "fee"), message, "写 sums: [住宅 80 元/件]，或 set_by: 由谁定"
        )
    if item.fee.charged == "unknown":
        message = f"还不知道“{item.plain_name}”收不收费"
        yield Remark("fee-unknown", (*place, "fee"), message, "核对后写 charged: 'yes' 或 'no'")
    if item.visits.after > item.visits.before:
        message = f"“{item.plain_name}”原来跑 {item.visits.before} 次，现在要跑 {item.visits.after} 次"
        yield Remark("visits-increased", (*place, "visits"), message, "核对 before 和 after")


def _need(
    need: MaterialNeed, place: Place, *, item: ServiceItem, bundle: Bundle, catalogue: Catalogue
) -> Iterator[Remark]:
    material = catalogue.materials.get(need.material)
    if material is None:
        return
    if not (need.basis or material.basis or item.basis):
        message = f"“{material.name}”没有依据：材料、要求和事项都没有写"
        yield Remark("material-without-basis", place, message, "写上依据；没有依据的不得索要")
    yield from _owable(need, place, item=item, material=material)
    for forbidden in catalogue.forbidden:
        if _is_forbidden(forbidden, material, item=item, bundle=bundle):
            message = f"不得索要“{material.name}”：{forbidden.reason}"
            remedy = f"删去这份材料（见 forbidden.yaml 的 {forbidden.code}）"
            yield Remark("forbidden-material", place, message, remedy)


def _owable(need: MaterialNeed, place: Place, *, item: ServiceItem, material: Material) -> Iterator[Remark]:
    if need.owable is None:
        return
    where, within = (*place, "owable"), need.owable.within
    days = item.limit.promised if item.limit.promised is not None else item.limit.statutory
    if material.acquisition is not Acquisition.APPLICANT or item.is_automatic:
        why = "由系统自动核验" if item.is_automatic else "不用申请人交"
        message = f"“{material.name}”{why}，用不着容缺"
        yield Remark("owable-misplaced", where, message, "删去 owable")
    elif within <= 0 or (days is not None and item.limit.unit == "working" and within > days):
        said = f"“{item.plain_name}”{days:g} 个工作日办结" if days is not None else "补交"
        message = f"“{material.name}”容缺 {within} 个工作日，{said}，天数不对"
        yield Remark("owable-misplaced", (*where, "within"), message, "写 1 到承诺办结的天数")


def _is_forbidden(forbidden: Forbidden, material: Material, *, item: ServiceItem, bundle: Bundle) -> bool:
    if (forbidden.item and forbidden.item != item.code) or (
        forbidden.bundle and forbidden.bundle != bundle.code
    ):
        return False
    if material.code in forbidden.material_codes:
        return True
    if material.acquisition is not Acquisition.APPLICANT:
        return False
    said = _BRACKETS.sub("", forbidden.material)
    names = [name for name in re.split(r"[、/]", said.removesuffix(_COPY)) if name]
    called = [known for known in (material.name, *material.aliases) if _COPY in known or _COPY not in said]
    return any(name in known for name in names for known in called)


def _questions(bundle: Bundle) -> Iterator[Remark]:
    used: set[str] = set()
    for _, condition in conditions_of(bundle):
        try:
            used |= keys_of(condition)
        except (MalformedCondition, TypeError, AttributeError, ValueError, KeyError):
            return  # told by the rules of reasoning; what the condition asks is not known
    asked = {field.element for item in bundle.items for field in item.fields}
    for question in bundle.questions:
        place = ("bundles", bundle.code, "questions", question.key)
        is_used = question.key in used or f"element:{question.element}" in used or question.element in asked
        if not is_used and not question.advice:
            message = f"问了“{question.text}”，却没有哪条规则用得到"
            yield Remark("question-unused", place, message, "删去这个问题，或在条件里用上它，或写 advice")
        if question.type in ("choice", "multi") and len(question.options) < 2:
            message = f"“{question.text}”是选择题，选项不到两个"
            remedy = "写上 options: [选项, 选项]"
            yield Remark("question-without-options", (*place, "options"), message, remedy)
        options = question.options or ("yes", "no")
        for option in question.advice or {}:
            if option not in options:
                message = f"“{question.text}”没有选项“{option}”，提示给不了谁"
                remedy = f"改成其中一个：{'、'.join(options)}"
                yield Remark("unknown-option", (*place, "advice", option), message, remedy)


def _parameters(bundle: Bundle) -> Iterator[Remark]:
    used: set[str] = set()
    for _, condition in conditions_of(bundle):
        try:
            used |= mentions(condition, "param")
        except (MalformedCondition, TypeError, AttributeError, ValueError, KeyError):
            return
    for key in {*(bundle.params or {})} - used:
        place = ("bundles", bundle.code, "params", key)
        yield Remark("parameter-unused", place, f"参数“{key}”没有条件用到", "删去，或在条件里用上")


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
