"""
Where each electronic licence is issued, where it already stands in for paper, and where it could (电子证照社会化应用场景清单).

Basis: 苏政办发〔2022〕87号, 三(四), list of uses of electronic licences in society.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from yijianshi.domain.catalogue import ASKED, ServiceItem
from yijianshi.domain.codes import LicenceCode, ResourceCode
from yijianshi.domain.definitions import Acquisition, LicenceKind
from yijianshi.domain.editions import Edition

from ..catalogue.reading import shipped_catalogue
from .lists import Column, Listing, once

#: Departments of this kind are the state; everybody else who may read a licence is society (社会化应用).
_STATE = ("行政机关", "党委部门", "军队机关")
HOLDERS = {"enterprise": "企业", "individual": "个人", "person": "个人", "household": "家庭"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceUse:
    """One row: a licence, where it comes from and where it spares paper (一种证照的应用场景)."""

    licence: str
    issuer: str
    holder: str
    issued_in: tuple[str, ...]
    used_in: tuple[str, ...]
    used_by: tuple[str, ...]
    in_society: tuple[str, ...]
    could_be_used_in: tuple[str, ...]
    could_be_used_by: tuple[str, ...]
    times: int  # in how many items it stands in for paper
    licence_code: str


@dataclass(slots=True)
class _Places:
    """What was found about one licence so far."""

    kind: LicenceKind
    edition: Edition
    issued: list[tuple[str, str]] = field(default_factory=list)  # the one-thing and the item
    used: list[tuple[str, str, str, str]] = field(default_factory=list)  # and by whom, of which kind
    could: list[tuple[str, str, str]] = field(default_factory=list)  # and by whom


COLUMNS = (
    Column("licence", "证照名称", 1.3),
    Column("issuer", "颁发部门", 1.1),
    Column("holder", "持证主体", 0.6),
    Column("issued_in", "由哪件事签发", 1.4),
    Column("used_in", "已代替纸质材料的场景", 2.2),
    Column("used_by", "使用单位", 1.1),
    Column("in_society", "其中社会化应用", 1.0),
    Column("could_be_used_in", "还可以用在", 2.0),
    Column("could_be_used_by", "可由谁使用", 1.1),
)


def uses_list(editions: Sequence[Edition], *, title: str = "") -> Listing:
    """Return the list of uses of licences in one one-thing or in many."""
    name = title or (f"{editions[0].bundle.title}“一件事”" if len(editions) == 1 else "“一件事一次办”")
    return Listing(
        kind="uses",
        title=f"{name}电子证照社会化应用场景清单",
        about="由目录生成。已用：证照作为材料，由系统调取，不再上传。还可以用：仍要申请人填写该证照登记库能提供的内容，"
        "或仍要上传同名证照。社会化应用：使用单位不是行政机关。",
        columns=COLUMNS,
        rows=uses_of(editions),
        empty="没有事项签发或使用电子证照。",
    )


def uses_of(editions: Iterable[Edition]) -> tuple[LicenceUse, ...]:
    """Return one row per licence, those most used first."""
    everywhere = tuple(editions)
    found: dict[LicenceCode, _Places] = {}
    for edition in everywhere:
        for kind in edition.licences.values():
            found.setdefault(kind.code, _Places(kind, edition))
    for places in found.values():
        for edition in everywhere:
            for item in edition.bundle.items:
                _look(places, item, edition)
    rows = [_use(places) for places in found.values() if places.issued or places.used or places.could]
    return tuple(sorted(rows, key=lambda row: (-row.times, row.licence)))


def _look(places: _Places, item: ServiceItem, edition: Edition) -> None:
    code = places.kind.code
    bundle, name = edition.bundle.title, item.plain_name
    department = edition.departments[item.department]
    if item.result.licence == code:
        places.issued.append((bundle, name))
    if any(
        (material := edition.materials[need.material]).licence == code
        and material.acquisition is not Acquisition.APPLICANT
        for need in item.materials
    ):
        places.used.append((bundle, name, department.short_name, department.kind))
    if reasons := list(_could(places.kind, item, edition)):
        places.could.append((bundle, f"{name}{'、'.join(reasons)}", department.short_name))


def _could(kind: LicenceKind, item: ServiceItem, edition: Edition) -> Iterator[str]:
    """Yield what the licence could spare in an item: a paper of its own name, or answers that its register has."""
    for need in item.materials:
        material = edition.materials[need.material]
        names = {material.name, *material.aliases}
        if material.acquisition is Acquisition.APPLICANT and (
            material.licence == kind.code or kind.name in names
        ):
            yield f"免交{material.name}"
    register = edition.resources.get(ResourceCode(kind.code))
    if register is not None and item.result.licence != kind.code:
        asked = [f for f in item.fields if f.prefill == ASKED and f.element in register.elements]
        if asked:
            yield f"免填{'、'.join(edition.elements[f.element].name for f in asked)}"


def _use(places: _Places) -> LicenceUse:
    known = {**shipped_catalogue().departments, **places.edition.departments}
    issuer = known.get(places.kind.issuer)
    return LicenceUse(
        licence=places.kind.name,
        issuer=issuer.name if issuer else str(places.kind.issuer),
        holder=HOLDERS.get(places.kind.holder, places.kind.holder),
        issued_in=_by_bundle(places.issued),
        used_in=_by_bundle((bundle, item) for bundle, item, _, _ in places.used),
        used_by=once(who for _, _, who, _ in places.used),
        in_society=once(who for _, _, who, kind in places.used if kind not in _STATE),
        could_be_used_in=_by_bundle((bundle, item) for bundle, item, _ in places.could),
        could_be_used_by=once(who for _, _, who in places.could),
        times=len(places.used),
        licence_code=str(places.kind.code),
    )


def _by_bundle(places: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return 开办企业（设立登记、公章刻制）, one entry for each one-thing."""
    items: dict[str, list[str]] = {}
    for bundle, item in places:
        items.setdefault(bundle, []).append(item)
    return tuple(f"{bundle}（{'、'.join(once(names))}）" for bundle, names in items.items())
