"""
Whether an item can be offered without an application (免申即享) as it is declared.

Basis: 国办发〔2025〕24号; what must be uploaded by the person cannot be known beforehand.
"""

from collections.abc import Iterator

from yijianshi.domain.catalogue import Bundle, Catalogue, ServiceItem
from yijianshi.domain.definitions import Acquisition

from .findings import Place, Remark


def entitlement_remarks(bundle: Bundle, catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for whatever an offer could not be made or confirmed with."""
    for item in bundle.items:
        if item.without_application is not None:
            yield from _offered(item, bundle, catalogue)


def _offered(item: ServiceItem, bundle: Bundle, catalogue: Catalogue) -> Iterator[Remark]:
    declared, name = item.without_application, item.plain_name
    assert declared is not None
    place: Place = ("bundles", bundle.code, "items", item.code, "without_application")
    if declared.basis is None:
        message = f"“{name}”写了免申即享，没有写依据"
        yield Remark("offer-without-basis", place, message, "写上 basis；没有依据的，请本人申请")
    known = {question.key for question in bundle.questions}
    for key in declared.answers:
        if key not in known:
            message = f"“{name}”免申即享的情形里没有“{key}”这个问题"
            yield Remark("offer-misstated", (*place, "answers", key), message, "改成 questions 里的 key")
    for need in item.materials:
        material = catalogue.materials.get(need.material)
        asks = need.required and need.required_if is None and not need.produced_by
        if (
            asks
            and material is not None
            and material.acquisition is Acquisition.APPLICANT
            and not material.shared_data
        ):
            message = f"“{name}”写了免申即享，却要申请人上传“{material.name}”"
            remedy = "改成共享取得，或不写 without_application"
            yield Remark("offer-misstated", (*place[:-1], "materials", need.material), message, remedy)
