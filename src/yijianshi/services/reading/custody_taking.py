"""What is shown before something is taken into custody: whose it is, where it goes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import State
from yijianshi.domain.custody import CustodyNotPossible
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.custody.models import ReceiptRow

from ..applying.drafting import open_draft
from ..custody.pick_up import AT_A_WINDOW, pick_up_of, way_of
from ..custody.places import name_of_place, window_of
from ..handling.loading import load_case
from ..people.parties import know_party
from .units import name_of_unit
from .whose import whose_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftInHand:
    """A draft at the window, with what was taken in for it."""

    name: str
    bundle: str
    receipts: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePreview:
    """A granted case whose certificate is made."""

    whose: str
    item: str
    result: str
    unit: str
    unit_name: str
    pick_up: str


def draft_in_hand(draft: UUID, *, actor: Actor) -> DraftInHand:
    """
    Return a draft to the clerk who fills it in.

    :raises NotPermitted: if it is not his, or he works at no window.
    """
    window_of(actor)
    opened = open_draft(draft, actor=actor)
    receipts = ReceiptRow.objects.filter(draft=draft).order_by("id").values_list("id", "number")
    return DraftInHand(
        name=know_party(opened.row.party_id).name,
        bundle=opened.edition.bundle.title,
        receipts=tuple(receipts),
    )


def preview_certificate(*, case: UUID, actor: Actor, at: datetime) -> CertificatePreview:
    """
    Return the case whose certificate is to be noted.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises CustodyNotPossible: if nothing was granted.
    """
    loaded, found = load_case(case)
    require(actor, Act.DECIDE, loaded.thing(found))
    if found.now.state is not State.GRANTED:
        raise CustodyNotPossible("这个事项还没有准予，没有证照可以交出")
    item = loaded.edition.item(found.now.item)
    kind = loaded.edition.licences.get(item.result.licence) if item.result.licence else None
    fetched = way_of(loaded.id) == AT_A_WINDOW
    return CertificatePreview(
        whose=whose_submission(loaded.id).words,
        item=item.plain_name,
        result=kind.name if kind else item.result.name,
        unit=found.unit,
        unit_name=name_of_unit(found.unit),
        pick_up=name_of_place(pick_up_of(loaded.id, division=loaded.division, at=at))
        if fetched
        else way_of(loaded.id),
    )
