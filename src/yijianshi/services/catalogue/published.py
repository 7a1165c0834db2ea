"""
Published editions: each is immutable, so it is read and decoded once per process.

Which of them hold is remembered under the mark of the catalogue. The mark changes with every publication in the same
moment in which the edition becomes visible, and is read anew each time; so no process shows what no longer holds.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

import msgspec

from yijianshi.domain.catalogue import Catalogue, Improvement
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.editions import Edition, UnknownBundle, compile_edition
from yijianshi.store.catalogue.models import EditionRow
from yijianshi.store.catalogue.publishing import present_mark

from .releasing import release

_decoder = msgspec.json.Decoder(Edition)


@dataclass(frozen=True, slots=True)
class Published:
    """An edition with the key under which rows refer to it."""

    id: UUID
    edition: Edition


def publish(
    catalogue: Catalogue,
    *,
    bundle: BundleCode,
    division: DivisionCode,
    valid_from: date,
    at: datetime,
    by: str = "",
    why: str = "",
    source: str = "",
    only_once: bool = False,
) -> Published:
    """
    Publish a bundle of a catalogue in a division from a day on; publishing what already holds changes nothing.

    :param by: who publishes, and `why`: both stand in the log of publications.
    :param only_once: content that was published before, and perhaps replaced or withdrawn since, stays as it is.
    :raises UnknownBundle: if the catalogue has no such one-thing.
    :raises StandardWorsened: if a standard above would be made worse.
    """
    edition = compile_edition(catalogue, bundle=bundle, division=division, valid_from=valid_from)
    key = release(edition, at=at, by=by, why=why, source=source, only_once=only_once)
    return Published(key, edition)


def publish_all(catalogue: Catalogue, *, division: DivisionCode, valid_from: date, at: datetime) -> int:
    """
    Publish every bundle of a catalogue that was never published as it is; return how many.

    What is known is asked for once, so that a start that publishes nothing is quick.

    :raises StandardWorsened: if a standard above would be made worse.
    """
    known = set(EditionRow.objects.filter(division=division).values_list("bundle", "digest"))
    compiled = (
        compile_edition(catalogue, bundle=bundle, division=division, valid_from=valid_from)
        for bundle in catalogue.bundles
    )
    fresh = [edition for edition in compiled if (edition.bundle.code, edition.digest) not in known]
    for edition in fresh:
        release(edition, at=at, only_once=True)
    return len(fresh)


@lru_cache(maxsize=512)
def edition_by_id(key: UUID) -> Edition:
    """Return the edition under its key. :raises EditionRow.DoesNotExist: if there is none."""
    return _decoder.decode(bytes(EditionRow.objects.values_list("content", flat=True).get(pk=key)))


def catalogue_mark() -> str:
    """Return the mark of what is published now; whatever is remembered under it is still true."""
    return present_mark()


def current(bundle: BundleCode, division: DivisionCode, on: date) -> Published:
    """
    Return the edition that holds in `division` on a day: its own, else that of the division above.

    :raises UnknownBundle: if none is published there.
    """
    key = _holding(division, on, present_mark()).get(bundle)
    if key is None:
        raise UnknownBundle(f"这里还没有发布“{bundle}”这件事；请换一个地区，或拨打 12345 询问")
    return Published(key, edition_by_id(key))


def bundles_of(division: DivisionCode, on: date) -> tuple[Published, ...]:
    """Return every one-thing that can be handled in `division` on a day, in the order of the list."""
    return _bundles_of(division, on, present_mark())


def improvements_of_edition(key: UUID) -> tuple[Improvement, ...]:
    """Return what a local edition improves on the standard above it."""
    written = EditionRow.objects.values_list("improvements", flat=True).get(pk=key)
    return msgspec.convert(written or [], tuple[Improvement, ...])


@lru_cache(maxsize=256)
def _bundles_of(division: DivisionCode, on: date, mark: str) -> tuple[Published, ...]:
    return tuple(
        Published(key, edition_by_id(key)) for _, key in sorted(_holding(division, on, mark).items())
    )


@lru_cache(maxsize=1024)
def _holding(division: DivisionCode, on: date, mark: str) -> dict[str, UUID]:
    """Return, by bundle, the key of the edition that holds; one query. `mark` says for which state of the catalogue."""
    places = (f"{division[:2]}0000", f"{division[:4]}00", division)
    rows = (
        EditionRow.objects.filter(division__in=places, valid_from__lte=on, withdrawn_at=None)
        .order_by("bundle", "division", "-valid_from", "-published_at")
        .distinct("bundle", "division")
        .values_list("bundle", "division", "pk")
    )
    nearest: dict[str, tuple[int, UUID]] = {}
    for bundle, place, key in rows:
        found = (places.index(place), key)
        nearest[bundle] = max(nearest.get(bundle, found), found, key=lambda one: one[0])
    return {bundle: key for bundle, (_, key) in nearest.items()}
