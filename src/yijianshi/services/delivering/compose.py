"""
Issue the composite licence (一业一证) once its parts are there, and a new version when one of them is issued anew.

Basis: 苏政办发〔2022〕87号, 三(一).
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.cases import CLOSED
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.composites import CompositeLicence, PartState, is_due, part_state
from yijianshi.domain.conditions import evaluate
from yijianshi.domain.results import result_number
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.keys import new_id
from yijianshi.store.results.models import CompositePartRow, CompositeRow, ResultRow

from ..catalogue.planning import plan_for
from ..handling.content import open_revision
from ..handling.loading import Loaded, load_submission
from ..numbering import draw_serial


def compose_licence(*, submission: UUID, at: datetime) -> UUID | None:
    """
    Issue what is due and return its key; None where nothing is due, or another worker has issued it.

    A part that fell makes no new version: the one that was issued says so whenever it is verified.
    """
    loaded = load_submission(submission)
    declared = loaded.edition.bundle.composite_licence
    if declared is None:
        return None
    parts = _in_force(loaded, declared, at)
    latest = CompositeRow.objects.filter(submission=submission).order_by("-version").first()
    if not {row.id for row in parts} - _listed(latest):
        return None
    needed = _needed(loaded, declared)
    granted = {ItemCode(row.case.item) for row in parts}
    still_open = {now.item for now in loaded.nows if now.state not in CLOSED}
    if not is_due(declared, needed=needed, granted=granted, still_open=still_open):
        return None
    try:
        with transaction.atomic():
            return _issue(loaded, declared, parts, needed=needed, after=latest, at=at)
    except IntegrityError:
        version = latest.version + 1 if latest else 1
        if not CompositeRow.objects.filter(submission=submission, version=version).exists():
            raise
        return None  # another worker has issued this very version


def _in_force(loaded: Loaded, declared: CompositeLicence, at: datetime) -> list[ResultRow]:
    """Return the licences that can be listed, in the order in which the catalogue gathers them."""
    rows = ResultRow.objects.filter(case__submission=loaded.id, case__item__in=declared.items)
    order = {code: n for n, code in enumerate(declared.items)}
    return sorted(
        (
            row
            for row in rows.select_related("case")
            if part_state(row.state, valid_until=row.valid_until, on=legal_day(at)) is PartState.VALID
        ),
        key=lambda row: (order[ItemCode(row.case.item)], row.id),
    )


def _listed(latest: CompositeRow | None) -> set[UUID]:
    if latest is None:
        return set()
    return set(CompositePartRow.objects.filter(composite=latest).values_list("result_id", flat=True))


def _needed(loaded: Loaded, declared: CompositeLicence) -> frozenset[ItemCode]:
    """Return the necessary items that apply to what was filed; one of which that is not known counts."""
    plan = plan_for(loaded.edition_id, open_revision(loaded.id).situation())
    return frozenset(
        code
        for code in declared.necessary
        if evaluate(loaded.edition.item(code).applies, plan.circumstances) is not False
    )


def _issue(
    loaded: Loaded,
    declared: CompositeLicence,
    parts: list[ResultRow],
    *,
    needed: Collection[ItemCode],
    after: CompositeRow | None,
    at: datetime,
) -> UUID:
    CompositeRow.objects.filter(submission=loaded.id, superseded_at=None).update(superseded_at=at)
    row = CompositeRow.objects.create(
        id=new_id(),
        submission_id=loaded.id,
        version=after.version + 1 if after else 1,
        licence=declared.licence,
        number=result_number(Unit.parse(loaded.lead_unit), on=legal_day(at), serial=draw_serial()),
        code=secrets.token_urlsafe(15),
        unit=loaded.lead_unit,
        issued_at=at,
    )
    CompositePartRow.objects.bulk_create(
        CompositePartRow(
            id=new_id(), composite=row, result=part, necessary=ItemCode(part.case.item) in needed
        )
        for part in parts
    )
    return row.id
