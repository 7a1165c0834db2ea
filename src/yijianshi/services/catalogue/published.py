"""Published editions: immutable, so each is read and compiled once per process."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

import msgspec

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.editions import Edition, UnknownBundle, compile_edition
from yijianshi.store.catalogue.models import EditionRow

_decoder = msgspec.json.Decoder(Edition)


@dataclass(frozen=True, slots=True)
class Published:
    """An edition with the key under which rows refer to it."""

    id: UUID
    edition: Edition


def publish(
    catalogue: Catalogue, *, bundle: BundleCode, division: DivisionCode, valid_from: date, at: datetime
) -> Published:
    """
    Publish a bundle in a division from a day on; publishing the same content again changes nothing.

    :raises UnknownBundle: if the catalogue has no such one-thing.
    """
    edition = compile_edition(catalogue, bundle=bundle, division=division, valid_from=valid_from)
    row, _ = EditionRow.objects.get_or_create(
        bundle=bundle,
        division=division,
        digest=edition.digest,
        defaults={
            "valid_from": valid_from,
            "published_at": at,
            "content": msgspec.json.encode(edition),
        },
    )
    current.cache_clear()
    bundles_of.cache_clear()
    return Published(row.id, edition)


@lru_cache(maxsize=512)
def edition_by_id(key: UUID) -> Edition:
    """Return the edition under its key. :raises EditionRow.DoesNotExist: if there is none."""
    return _decoder.decode(bytes(EditionRow.objects.values_list("content", flat=True).get(pk=key)))


@lru_cache(maxsize=512)
def current(bundle: BundleCode, division: DivisionCode, on: date) -> Published:
    """
    Return the edition that holds in `division` on a day: its own, else that of the division above.

    :raises UnknownBundle: if none is published there.
    """
    for place in (division, f"{division[:4]}00", f"{division[:2]}0000"):
        key = (
            EditionRow.objects.filter(bundle=bundle, division=place, valid_from__lte=on)
            .order_by("-valid_from", "-published_at")
            .values_list("pk", flat=True)
            .first()
        )
        if key:
            return Published(key, edition_by_id(key))
    raise UnknownBundle(f"这里还没有发布“{bundle}”这件事；请换一个地区，或拨打 12345 询问")


@lru_cache(maxsize=64)
def bundles_of(division: DivisionCode, on: date) -> tuple[Published, ...]:
    """Return every one-thing that can be handled in `division` on a day, in the order of the list."""
    places = (division, f"{division[:4]}00", f"{division[:2]}0000")
    codes = (
        EditionRow.objects.filter(division__in=places, valid_from__lte=on)
        .values_list("bundle", flat=True)
        .distinct()
        .order_by("bundle")
    )
    return tuple(current(BundleCode(code), division, on) for code in codes)
