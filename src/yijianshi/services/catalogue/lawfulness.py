"""
No legal basis, no demand; no promise longer than the law; nothing asked that need not be asked (依法、免交、少填).

Basis: Administrative License Law, arts. 30, 42, 45; 苏政办发〔2022〕87号; 国办发〔2022〕32号.
"""

import re
from collections.abc import Iterator

from yijianshi.domain.catalogue import ASKED, COMPUTED, PRIOR, Bundle, Catalogue, MaterialNeed, ServiceItem
from yijianshi.domain.conditions import MalformedCondition, keys_of
from yijianshi.domain.definitions import Acquisition, Forbidden, Material

from .findings import Place, Remark, Severity
from .reasoning import conditions_of

_LICENCE = "行政许可"
_COPY = "复印件"


def lawfulness_remarks(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for every demand without a basis, and every promise that the law does not allow."""
    for bundle in catalogue.bundles.values():
        yield from _questions(bundle)
        for item in bundle.items:
            place: Place = ("bundles", bundle.code, "items", item.code)
            yield from _item(item, place)
            for need in item.materials:
                where = (*place, "materials", need.material)
                yield from _need(need, where, item=item, bundle=bundle, catalogue=catalogue)
            yield from _prefills(item, place, catalogue)
    yield from _overrides(catalogue)


def _item(item: ServiceItem, place: Place) -> Iterator[Remark]:
    if not item.basis:
        yield Remark(
            "item-without-basis",
            (*place, "basis"),
            f"“{item.name}”没有设定依据",
            "写上 basis；没有依据的不得要求办理",
        )
    limit = item.limit
    for key, days in (("promised", limit.promised), ("without_commitment", limit.without_commitment)):
        if days is not None and limit.statutory is not None and days > limit.statutory:
            message = f"“{item.name}”承诺 {days:g} 天，比法定的 {limit.statutory:g} 天还长"
            yield Remark(
                "promised-longer-than-statutory", (*place, "limit", key), message, "缩短到法定时限以内"
            )
    if limit.without_commitment is not None and not item.commitment.allowed:
        message = f"“{item.name}”写了不承诺时的天数，却不许告知承诺"
        where = (*place, "limit", "without_commitment")
        yield Remark(
            "commitment-not-offered", where, message, "写上 commitment: {allowed: true}，或删去这个天数"
        )
    if item.type == _LICENCE and not item.result.licence:
        message = f"“{item.name}”是行政许可，却没有写发哪种证照"
        remedy = "在 result 里写 licence: 证照类型编码；确实不发证照的不用改"
        yield Remark("licence-without-kind", (*place, "result"), message, remedy, Severity.WARNING)
    if item.type == _LICENCE and item.stop_reasons:
        message = f"“{item.name}”是行政许可，只能按行政许可法第四十五条停止计时"
        yield Remark("stop-reason-of-licence", (*place, "stop_reasons"), message, "删去 stop_reasons")


def _need(
    need: MaterialNeed, place: Place, *, item: ServiceItem, bundle: Bundle, catalogue: Catalogue
) -> Iterator[Remark]:
    material = catalogue.materials.get(need.material)
    if material is None:
        return
    if not (need.basis or material.basis or item.basis):
        message = f"“{material.name}”没有依据：材料、要求和事项都没有写"
        yield Remark("material-without-basis", place, message, "写上依据；没有依据的不得索要")
    for forbidden in catalogue.forbidden:
        if _is_forbidden(forbidden, material, item=item, bundle=bundle):
            message = f"不得索要“{material.name}”：{forbidden.reason}"
            yield Remark(
                "forbidden-material", place, message, f"删去这份材料（见 forbidden.yaml 的 {forbidden.code}）"
            )
    makers = {*need.produced_by, *material.produced_by} & {other.code for other in bundle.items}
    if material.acquisition is Acquisition.PRODUCED and not makers:
        message = f"“{material.name}”写的是同案产出，这件事里却没有哪一项产出它"
        yield Remark("produced-by-nobody", place, message, "写 produced_by，或改变材料的 acquisition")
    if item.code in need.produced_by:
        message = f"“{material.name}”不能由要它的事项自己产出"
        yield Remark("produced-by-itself", place, message, "从 produced_by 里去掉本事项")


def _is_forbidden(forbidden: Forbidden, material: Material, *, item: ServiceItem, bundle: Bundle) -> bool:
    if (forbidden.item and forbidden.item != item.code) or (
        forbidden.bundle and forbidden.bundle != bundle.code
    ):
        return False
    if material.code in forbidden.material_codes:
        return True
    if material.acquisition is not Acquisition.APPLICANT:
        return False
    said = re.sub(r"[（(].*?[)）]", "", forbidden.material)
    names = [name for name in re.split(r"[、/]", said.removesuffix(_COPY)) if name]
    called = [known for known in (material.name, *material.aliases) if _COPY in known or _COPY not in said]
    return any(name in known for name in names for known in called)


def _prefills(item: ServiceItem, place: Place, catalogue: Catalogue) -> Iterator[Remark]:
    for field in item.fields:
        if field.prefill in (ASKED, COMPUTED, PRIOR):
            continue
        resource = catalogue.resources.get(field.prefill)  # type: ignore[call-overload]
        if resource is not None and field.element not in resource.elements:
            element = catalogue.elements.get(field.element)
            name = element.name if element else field.element
            message = f"“{name}”说是从{resource.name}取，那里并不提供"
            where = (*place, "fields", field.element, "prefill")
            remedy = f"在 resources.yaml 的 {resource.code} 里补上 {field.element}，或改由申请人填"
            yield Remark("prefill-not-offered", where, message, remedy)


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
        if question.key not in used and question.element not in asked and not question.advice:
            message = f"问了“{question.text}”，却没有哪条规则用得到"
            yield Remark("question-unused", place, message, "删去这个问题，或在条件里用上它，或写 advice")
        if question.type in ("choice", "multi") and len(question.options) < 2:
            message = f"“{question.text}”是选择题，选项不到两个"
            yield Remark(
                "question-without-options", (*place, "options"), message, "写上 options: [选项, 选项]"
            )


def _overrides(catalogue: Catalogue) -> Iterator[Remark]:
    for at, override in enumerate(catalogue.overrides):
        bundle = catalogue.bundles.get(override.bundle)
        item = next((i for i in bundle.items if i.code == override.item), None) if bundle else None
        if item is None:
            continue
        known = [days for days in (item.limit.promised, item.limit.statutory) if days is not None]
        if known and override.promised > min(known):
            message = f"本地承诺 {override.promised:g} 天，比上级的 {min(known):g} 天还长"
            yield Remark(
                "override-worsens", ("overrides", at, "promised"), message, "本地只能更短；删去或缩短"
            )
