"""
Whether a composite licence (一业一证) can be issued as it is declared: on a basis, from licences, with what it needs.

Basis: 苏政办发〔2022〕87号, 三(一); Administrative License Law, art. 39.
"""

from collections.abc import Iterator

from yijianshi.domain.catalogue import Bundle
from yijianshi.domain.composites import FEWEST_PARTS

from .findings import Place, Remark


def composite_remarks(bundle: Bundle) -> Iterator[Remark]:
    """Yield a remark for whatever a one-thing's composite licence could not be issued with."""
    declared = bundle.composite_licence
    if declared is None:
        return
    place: Place = ("bundles", bundle.code, "composite_licence")
    if declared.basis is None:
        message = f"“{declared.name}”没有写依据"
        yield Remark("composite-without-basis", place, message, "写上 basis；没有依据的不得发综合许可证")
    named = {item.code: item for item in bundle.items}
    for code in declared.items:
        item = named.get(code)
        if item is not None and not item.result.licence:
            message = f"“{item.plain_name}”的结果不是证照，不能归入“{declared.name}”"
            remedy = "从 items 里去掉，或在这个事项的 result 里写 licence"
            yield Remark("composite-of-no-licence", (*place, "items", code), message, remedy)
    for code in declared.necessary:
        if code in named and code not in declared.items:
            message = f"“{named[code].plain_name}”写成了必需，却不在“{declared.name}”里"
            yield Remark("composite-misstated", (*place, "necessary", code), message, "也写进 items，或去掉")
    if len(set(declared.items)) < FEWEST_PARTS:
        message = f"“{declared.name}”归集的证照不到 {FEWEST_PARTS} 种"
        yield Remark("composite-misstated", (*place, "items"), message, "写上归集的事项，或删去综合许可证")
    if not declared.necessary:
        message = f"“{declared.name}”没有写哪些证照必不可少"
        yield Remark("composite-misstated", (*place, "necessary"), message, "在 necessary 里写上")
