"""A published edition seen as a catalogue of its own, so that the rules of the check look it over as they do files."""

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.definitions import Forbidden
from yijianshi.domain.editions import Edition

from ..catalogue.reading import shipped_catalogue


def as_catalogue(edition: Edition) -> Catalogue:
    """Return a catalogue with nothing in it but this edition."""
    return Catalogue(
        bundles={edition.bundle.code: edition.bundle},
        elements=edition.elements,
        materials=edition.materials,
        resources=edition.resources,
        departments=edition.departments,
        licences=edition.licences,
        divisions=edition.divisions,
        common_fields=edition.common_fields,
        forbidden=forbidden_for(edition),
        assignments=edition.assignments,
    )


def forbidden_for(edition: Edition) -> tuple[Forbidden, ...]:
    """Return what must not be demanded in this one-thing or in any of its items, and whatever holds everywhere."""
    items = {item.code for item in edition.bundle.items}
    return tuple(
        one
        for one in shipped_catalogue().forbidden
        if (one.item is None or one.item in items) and one.bundle in (None, edition.bundle.code)
    )
