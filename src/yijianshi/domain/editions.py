"""
What one place offers from one day on: a bundle with everything it refers to, frozen (版本).

A running case keeps the edition that it was filed under; a new publication never changes an old one.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from .catalogue import Assignment, Bundle, Catalogue, Field, Improvement, ServiceItem
from .codes import (
    BundleCode,
    DepartmentCode,
    DivisionCode,
    ElementCode,
    ItemCode,
    LicenceCode,
    MaterialCode,
    ResourceCode,
)
from .definitions import DataElement, Department, Division, LicenceKind, Material, Resource
from .improvements import NotBetter, improve


class UnknownBundle(LookupError):
    """The catalogue has no one-thing of that code."""


class UnknownDivision(LookupError):
    """The catalogue has no division of that code."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edition:
    """One bundle in one division, self-contained (版本)."""

    bundle: Bundle
    division: Division
    valid_from: date
    elements: dict[ElementCode, DataElement]
    materials: dict[MaterialCode, Material]
    resources: dict[ResourceCode, Resource]
    departments: dict[DepartmentCode, Department]
    licences: dict[LicenceCode, LicenceKind]
    divisions: dict[DivisionCode, Division]
    common_fields: tuple[Field, ...]
    assignments: tuple[Assignment, ...] = ()
    digest: str = ""

    @property
    def name(self) -> str:
        """The edition's short name, as a clerk would quote it."""
        return f"{self.bundle.code}@{self.division.code}#{self.digest[:8]}"

    def item(self, code: ItemCode) -> ServiceItem:
        """Return the item. :raises KeyError: if the bundle has no such item."""
        for item in self.bundle.items:
            if item.code == code:
                return item
        raise KeyError(code)


def lineage(division: DivisionCode, divisions: dict[DivisionCode, Division]) -> tuple[DivisionCode, ...]:
    """
    Return a division and all those above it, nearest first.

    :raises UnknownDivision: if it or one above it is not in the table.
    """
    chain: list[DivisionCode] = []
    current: DivisionCode | None = division
    while current is not None:
        if current not in divisions:
            raise UnknownDivision(f"行政区划 {current} 不在目录里；请核对六位代码，如 320106")
        chain.append(current)
        current = divisions[current].parent
    return tuple(chain)


def compile_edition(
    catalogue: Catalogue, *, bundle: BundleCode, division: DivisionCode, valid_from: date
) -> Edition:
    """
    Return the edition of `bundle` that holds in `division` from `valid_from` on.

    From the province down each division improves on what holds above it; what would not be better is left out.

    :raises UnknownBundle: if the catalogue has no such one-thing.
    :raises UnknownDivision: if the division is not known.
    """
    if bundle not in catalogue.bundles:
        raise UnknownBundle(f"目录里没有一件事“{bundle}”；现有：{'、'.join(sorted(catalogue.bundles))}")
    chain = lineage(division, catalogue.divisions)
    source = catalogue.bundles[bundle]
    compiled, _ = improve(source, improvements_of(catalogue, bundle=bundle, chain=chain))
    items = compiled.items
    elements = _elements_of(compiled, catalogue)
    materials = {need.material for item in items for need in item.materials}
    licences = {item.result.licence for item in items if item.result.licence}
    licences |= {found for code in materials if (found := catalogue.materials[code].licence)}
    licences |= {rule.satisfied_by for rule in source.rules if rule.satisfied_by}
    licences |= {source.composite_licence.licence} if source.composite_licence else set()
    resources = {code for code in catalogue.resources if any(code in e.sources for e in elements.values())}
    resources |= {f.prefill for item in items for f in item.fields if f.prefill in catalogue.resources}  # type: ignore[misc]
    departments = {item.department for item in items} | {item.regulator for item in items if item.regulator}
    departments |= {source.lead_department, *source.cooperating_departments}
    departments |= {catalogue.resources[code].department for code in resources}
    departments |= {a.to for a in catalogue.assignments}
    edition = Edition(
        bundle=compiled,
        division=catalogue.divisions[division],
        valid_from=valid_from,
        elements=elements,
        materials={code: catalogue.materials[code] for code in sorted(materials)},
        resources={code: catalogue.resources[code] for code in sorted(resources)},
        departments={code: catalogue.departments[code] for code in sorted(departments)},
        licences={code: catalogue.licences[code] for code in sorted(licences)},
        divisions=catalogue.divisions,
        common_fields=catalogue.common_fields,
        assignments=tuple(
            # a division without an edition of its own uses this one, so what is assigned below comes along
            a
            for a in catalogue.assignments
            if a.division in chain or division in lineage(a.division, catalogue.divisions)
        ),
    )
    return replace(edition, digest=digest_of(edition))


def improvements_of(
    catalogue: Catalogue, *, bundle: BundleCode, chain: tuple[DivisionCode, ...]
) -> tuple[Improvement, ...]:
    """Return what the divisions of a lineage improve on a bundle, the highest first."""
    return tuple(
        improvement
        for place in reversed(chain)
        for improvement in catalogue.overrides
        if improvement.division == place and improvement.bundle == bundle
    )


def inherit(
    standard: Edition,
    *,
    division: DivisionCode,
    improvements: tuple[Improvement, ...],
    valid_from: date,
    local: Edition | None = None,
) -> tuple[Edition, tuple[NotBetter, ...]]:
    """
    Return the edition of a division below, and what of its improvements no longer improves the standard.

    :param local: the division's edition so far; who decides there by its own rules goes on deciding.
    :raises UnknownDivision: if the division is not known.
    """
    lineage(division, standard.divisions)
    bundle, refused = improve(standard.bundle, improvements)
    own = tuple(one for one in local.assignments if one not in standard.assignments) if local else ()
    edition = replace(
        standard,
        bundle=bundle,
        division=standard.divisions[division],
        valid_from=valid_from,
        departments={**(local.departments if own and local else {}), **standard.departments},
        assignments=standard.assignments + own,
    )
    return replace(edition, digest=digest_of(edition)), refused


def digest_of(edition: Edition) -> str:
    """Return the SHA-256 of the edition's content, by which it is known for ever."""
    content = _parts(edition)
    content.pop("digest")
    canonical = json.dumps(
        content,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=lambda part: _parts(part) if is_dataclass(part) else str(part),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _parts(part: Any) -> dict[str, Any]:
    """Return a value by the names of its fields; unlike `asdict` it copies nothing, which took half of a publication."""
    return {field.name: getattr(part, field.name) for field in fields(part)}


def _elements_of(bundle: Bundle, catalogue: Catalogue) -> dict[ElementCode, DataElement]:
    codes = {field.element for item in bundle.items for field in item.fields}
    codes |= {field.element for field in catalogue.common_fields}
    codes |= {question.element for question in bundle.questions if question.element}
    codes |= {item.division_from for item in bundle.items if item.division_from}
    found = {code: catalogue.elements[code] for code in sorted(codes)}
    return {
        code: element
        if (heading := bundle.heading_of(element)) == element.group
        else replace(element, group=heading)
        for code, element in found.items()
    }
