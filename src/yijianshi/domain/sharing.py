"""
How each field and each material comes into the file, so that nobody hands in what the state already has (免填免交).

Basis: 苏政办发〔2022〕87号, 二(四)(五): what is shared fills itself in; only what is personal is asked.
"""

from collections.abc import Collection
from enum import StrEnum

from .catalogue import ASKED, COMPUTED, PRIOR, Field, MaterialNeed
from .codes import ItemCode, LicenceCode
from .definitions import Acquisition, Material
from .editions import Edition


class FieldWay(StrEnum):
    """How a value is come by."""

    ASKED = "asked"  # 请您填写
    PREFILLED = "prefilled"  # 已替您填好
    COMPUTED = "computed"  # 系统计算


class MaterialWay(StrEnum):
    """How a material is come by."""

    UPLOAD = "upload"  # 要您上传
    SHARED = "shared"  # 共享调取，免交
    PRODUCED = "produced"  # 本次办理产出，免交
    GENERATED = "generated"  # 系统生成


def is_done(
    edition: Edition, prior: ItemCode, *, chosen: Collection[ItemCode], held: Collection[LicenceCode]
) -> bool:
    """Return whether `prior` is handled here too, or its result is already in the applicant's hands."""
    return prior in chosen or edition.item(prior).result.licence in held


def way_of_field(
    field: Field, edition: Edition, *, chosen: Collection[ItemCode], held: Collection[LicenceCode]
) -> FieldWay:
    """Return how the value of `field` is come by, given what is chosen and held."""
    if field.prefill == ASKED:
        return FieldWay.ASKED
    if field.prefill == COMPUTED:
        return FieldWay.COMPUTED
    if field.prefill == PRIOR:
        known = any(is_done(edition, item, chosen=chosen, held=held) for item in field.prior)
        return FieldWay.PREFILLED if known else FieldWay.ASKED
    return FieldWay.PREFILLED


def way_of_material(need: MaterialNeed, material: Material, *, chosen: Collection[ItemCode]) -> MaterialWay:
    """Return how a material is come by; what an item of this very choice produces is never requested."""
    if any(item in chosen for item in need.produced_by):
        return MaterialWay.PRODUCED
    if material.acquisition is Acquisition.APPLICANT:
        return MaterialWay.UPLOAD
    if material.acquisition is Acquisition.GENERATED:
        return MaterialWay.GENERATED
    return MaterialWay.SHARED
