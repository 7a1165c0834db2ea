"""
The act of publishing and of withdrawing, with everything that follows from it below, in one transaction.

A place below a standard can only improve on it. When the standard changes, the editions below are made anew from what
they improve; what no longer improves is left out, the standard holds, and the steward of the place is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction

from yijianshi.domain.catalogue import Improvement
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.differences import differences, worsenings
from yijianshi.domain.editions import Edition, UnknownBundle, inherit, lineage
from yijianshi.domain.improvements import improvements_between
from yijianshi.domain.rights import covers
from yijianshi.store.catalogue.models import CatalogueHead, EditionRow, LocalNoteRow
from yijianshi.store.catalogue.publishing import PUBLISHED, WITHDRAWN, live_rows, lock_head, write_down
from yijianshi.store.manuscripts.moving import close_published

_decoder = msgspec.json.Decoder(Edition)
FOLLOWS = "上级标准更新，随之重新编制"


class StandardWorsened(ValueError):
    """A place below may not publish what is worse than the standard; `reasons` says each thing that is."""

    def __init__(self, reasons: Iterable[str], *, standard: str) -> None:
        self.reasons = tuple(reasons)
        super().__init__(f"比{standard}的标准加重了，只能优化：{'；'.join(self.reasons)}")


@dataclass(frozen=True, slots=True)
class _Live:
    """An edition in force somewhere, as far as inheriting needs it."""

    key: UUID
    edition: Edition


@dataclass(slots=True)
class _Act:
    """One publication or withdrawal under way: who does it and why, under the lock of the head."""

    head: CatalogueHead
    at: datetime
    by: str
    why: str
    known: dict[UUID, Edition] = field(default_factory=dict)

    def edition(self, key: UUID) -> Edition:
        if key not in self.known:
            content = EditionRow.objects.values_list("content", flat=True).get(pk=key)
            self.known[key] = _decoder.decode(bytes(content))
        return self.known[key]


def release(
    edition: Edition,
    *,
    at: datetime,
    by: str = "",
    why: str = "",
    source: str = "",
    improvements: tuple[Improvement, ...] | None = None,
    only_once: bool = False,
) -> UUID:
    """
    Publish an edition and make those below it anew; return its key. What holds already changes nothing.

    :param improvements: what it improves on the standard above; None if it was written as a whole.
    :param only_once: content that was published before, and perhaps replaced or withdrawn since, stays as it is.
    :raises StandardWorsened: if a standard above would be made worse.
    """
    with transaction.atomic():
        act = _Act(lock_head(), at, by, why)
        place, bundle = edition.division.code, edition.bundle.code
        live = {row.division: row for row in live_rows(bundle, under=place[:2])}
        standard = _standard_of(edition, live, act)
        if standard is not None and improvements is None:
            improvements = _improving(standard.edition, edition)
        row = EditionRow.objects.filter(bundle=bundle, division=place, digest=edition.digest).first()
        last = live.get(place)
        if row is not None and (only_once or (last is not None and last.id == row.id)):
            return row.id
        key = _write(act, edition, row, standard, source, improvements)
        close_published(bundle=bundle, division=place, move="replace", to="replaced", at=at)
        _follow(act, _Live(key, edition), live)
        return key


def withdraw(*, bundle: BundleCode, division: DivisionCode, at: datetime, by: str, why: str) -> None:
    """
    Take a one-thing down in a division: what holds above holds there again; running cases keep their edition.

    :raises UnknownBundle: if the division itself publishes none.
    """
    with transaction.atomic():
        act = _Act(lock_head(), at, by, why)
        live = {row.division: row for row in live_rows(bundle, under=division[:2])}
        if division not in live:
            raise UnknownBundle(f"这里自己没有发布“{bundle}”，没有什么可撤下的；上级发布的请由上级撤下")
        gone = act.edition(live[division].id)
        _take_down(act, live.pop(division))
        standard = _standard_of(gone, live, act)
        if standard is not None:
            _follow(act, standard, live, below=division)
            return
        for row in [row for row in live.values() if row.standard and _is_below(row.division, division)]:
            _take_down(act, row)
            _note(
                act, row, f"{gone.division.name}撤下了“{gone.bundle.title}”，本地的优化没有了依托，一并撤下"
            )


def _improving(standard: Edition, edition: Edition) -> tuple[Improvement, ...]:
    """
    Return what an edition that was written as a whole improves.

    :raises StandardWorsened: if it does anything else to the standard.
    """
    if worse := worsenings(differences(standard, edition)):
        raise StandardWorsened((str(one) for one in worse), standard=standard.division.name)
    return improvements_between(standard.bundle, edition.bundle, division=edition.division.code)


def _standard_of(edition: Edition, live: dict[str, EditionRow], act: _Act) -> _Live | None:
    for place in lineage(edition.division.code, edition.divisions)[1:]:
        if place in live:
            return _Live(live[place].id, act.edition(live[place].id))
    return None


def _write(
    act: _Act,
    edition: Edition,
    row: EditionRow | None,
    standard: _Live | None,
    source: str,
    improvements: tuple[Improvement, ...] | None,
    *,
    why: str | None = None,
) -> UUID:
    kept = None if improvements is None else msgspec.to_builtins(improvements)
    if row is None:
        row = EditionRow(
            bundle=edition.bundle.code,
            division=edition.division.code,
            digest=edition.digest,
            valid_from=edition.valid_from,
            content=msgspec.json.encode(edition),
        )
    row.published_at, row.withdrawn_at = act.at, None
    row.standard, row.improvements = standard.key if standard else None, kept
    row.source = source or row.source
    row.save()
    write_down(act.head, row, kind=PUBLISHED, at=act.at, by=act.by, why=act.why if why is None else why)
    act.known[row.id] = edition
    return row.id


def _follow(act: _Act, above: _Live, live: dict[str, EditionRow], *, below: str = "") -> None:
    """Make every edition below anew from what it improves, cities before their counties."""
    place = below or above.edition.division.code
    holding = {above.edition.division.code: above}
    rows = [row for row in live.values() if _is_below(row.division, place)]
    for row in sorted(
        rows, key=lambda row: len(lineage(DivisionCode(row.division), above.edition.divisions))
    ):
        local = act.edition(row.id)
        chain = lineage(local.division.code, above.edition.divisions)[1:]
        standard = next(holding[code] for code in chain if code in holding)
        improvements = _kept_improvements(act, row, standard.edition, local)
        edition, refused = inherit(
            standard.edition,
            division=local.division.code,
            improvements=improvements,
            valid_from=max(standard.edition.valid_from, row.valid_from),
            local=local,
        )
        known = EditionRow.objects.filter(
            bundle=row.bundle, division=row.division, digest=edition.digest
        ).first()
        source = (
            "" if row.standard is None else EditionRow.objects.values_list("source", flat=True).get(pk=row.pk)
        )
        key = _write(act, edition, known, standard, source, improvements, why=FOLLOWS)
        holding[edition.division.code] = _Live(key, edition)
        for one in refused:
            _note(act, row, f"{one.reason}，不再是优化，已按{standard.edition.division.name}的标准执行")


def _kept_improvements(
    act: _Act, row: EditionRow, standard: Edition, local: Edition
) -> tuple[Improvement, ...]:
    if row.improvements is not None:
        return msgspec.convert(row.improvements, tuple[Improvement, ...])
    # Until now the place had a one-thing of its own; from now on it is the standard with what the place does better.
    for worse in worsenings(differences(standard, local)):
        _note(act, row, f"{standard.division.name}已有统一标准，本地与标准不同的不再保留：{worse}")
    return improvements_between(standard.bundle, local.bundle, division=local.division.code)


def _take_down(act: _Act, row: EditionRow) -> None:
    EditionRow.objects.filter(bundle=row.bundle, division=row.division, withdrawn_at=None).update(
        withdrawn_at=act.at
    )
    close_published(bundle=row.bundle, division=row.division, move="take_down", to="taken_down", at=act.at)
    write_down(act.head, row, kind=WITHDRAWN, at=act.at, by=act.by, why=act.why)


def _note(act: _Act, row: EditionRow, words: str) -> None:
    LocalNoteRow.objects.create(bundle=row.bundle, division=row.division, words=words, at=act.at)


def _is_below(division: str, place: str) -> bool:
    return division != place and covers(place, division)
