"""The applicant's own documents (我的材料): what was handed in once is there to be used again."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from yijianshi.domain.codes import LicenceCode, MaterialCode
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, own, require
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.results.models import CompositeRow

from ..catalogue.reading import shipped_catalogue
from ..contents import open_text
from ..materials.sniffing import FileKind
from ..outside import outside
from .my_space import TRUST, Use, uses_of

PER_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletLine:
    """One document in the wallet."""

    copy: UUID
    material: str
    name: str
    size: int
    at: datetime
    source: str
    scan: str
    trust: str
    trust_says: str
    uses: tuple[Use, ...] = ()  # what it was handed in for, newest first
    void: str = ""  # why it no longer holds


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """The bytes of an own document, on their way to its holder."""

    stream: BinaryIO
    media_type: str
    name: str


_SOURCES = {"applicant": "您上传的", "window": "窗口替您扫描的"}


def wallet_of(actor: Actor, *, page: int = 1) -> tuple[tuple[WalletLine, ...], int]:
    """Return a page of the party's documents, newest first, and how many there are; four queries."""
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return (), 0
    rows = CopyRow.objects.filter(holder=UUID(actor.party)).order_by("-obtained_at", "-id")
    shown = list(rows.select_related("blob")[(page - 1) * PER_PAGE : page * PER_PAGE])
    replaced = set(
        CompositeRow.objects.filter(
            pk__in=[row.id for row in shown], superseded_at__isnull=False
        ).values_list("pk", flat=True)
    )
    uses = uses_of(row.id for row in shown)
    lines = tuple(
        WalletLine(
            copy=row.id,
            material=name_of_material(row.material),
            name=open_text(row.name_sealed, purpose="file-name"),
            size=row.blob.size,
            at=row.obtained_at,
            source=_SOURCES.get(row.source, "部门共享的"),
            scan=row.blob.scan,
            trust=TRUST.get(row.trust, (row.trust, ""))[0],
            trust_says=TRUST.get(row.trust, ("", ""))[1],
            uses=uses.get(row.id, ()),
            void="已被新版取代" if row.id in replaced else "",
        )
        for row in shown
    )
    return lines, rows.count()


def name_of_material(material: str) -> str:
    """Return what a document is called: as a material, else as the licence that it is."""
    catalogue = shipped_catalogue()
    found = catalogue.materials.get(MaterialCode(material)) or catalogue.licences.get(LicenceCode(material))
    return found.name if found else material


def open_own_document(copy: UUID, *, actor: Actor) -> OwnDocument:
    """
    Return a document to its holder.

    :raises NotPermitted: if it is not the holder's, or is not there; the answer is the same.
    """
    row = CopyRow.objects.select_related("blob").filter(pk=copy).first()
    if row is None or row.blob.scan == "infected":
        raise NotPermitted(Act.READ_OWN)
    require(actor, Act.READ_OWN, Thing(party=str(row.holder_id)))
    return document_in(row)


def document_in(row: CopyRow) -> OwnDocument:
    """Return the bytes of a copy; whoever calls has made sure that it may be opened."""
    kinds = {kind.value: kind.media_type for kind in FileKind}
    return OwnDocument(
        outside().files.open(row.blob_id),
        kinds.get(row.blob.kind, "application/octet-stream"),
        open_text(row.name_sealed, purpose="file-name"),
    )
