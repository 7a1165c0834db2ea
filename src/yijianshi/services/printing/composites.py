"""
The composite licence on paper (行业综合许可证): printed once per version, kept by its content, laid into the holder's wallet.

What it says of each part is true on the day of issue; how the parts stand later is what verifying it is for.
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.codes import ElementCode
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.results.models import CompositeRow

from .. import letters
from ..handling.loading import load_submission
from ..outside import outside
from ..reading.composites import CompositeSeen, PartSeen, composite_by_id, composites_of
from .opening import Opened, lay_open, note_if_staff
from .paper import Printed, print_letter
from .results import lay_into_wallet, verification_address
from .words import authority_of, day_words

_PREMISES = ElementCode("premises-address")


def composite_pdf(*, composite: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return a version of the composite licence, the very bytes that were issued.

    :raises NotPermitted: if the actor may not see it, or there is none; the answer is the same.
    :raises GlyphsMissing: if a character of a name cannot be printed, so that nothing could be issued yet.
    """
    row = CompositeRow.objects.filter(pk=composite).first()
    if row is None:
        raise NotPermitted(Act.READ_RESULT)
    loaded = load_submission(row.submission_id)
    require(actor, Act.READ_SUBMISSION, loaded.thing())
    note_if_staff(loaded, actor=actor, at=at)
    sha256 = issue_composite(composite=composite)
    declared = loaded.edition.bundle.composite_licence
    with outside().files.open(sha256) as kept:
        return Printed(_file_name(declared.name if declared else "", row.number), kept.read())


def issue_composite(*, composite: UUID) -> str:
    """
    Print a version and lay it into the holder's wallet, once; return the digest of its bytes.

    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    kept = CopyRow.objects.filter(pk=composite).values_list("blob_id", flat=True).first()
    if kept:
        return kept
    row = CompositeRow.objects.get(pk=composite)
    found = composite_by_id(composite, on=legal_day(row.issued_at))
    assert found is not None
    opened = lay_open(load_submission(row.submission_id))
    printed = Printed(
        _file_name(found.name, found.number), print_letter(_letter(found, opened), name="").content
    )
    return lay_into_wallet(
        composite, printed, holder=opened.loaded.party, material=row.licence, source=row.licence, at=row.issued_at
    )  # fmt: skip


def _letter(found: CompositeSeen, opened: Opened) -> letters.CompositeDocument:
    on = legal_day(found.issued_at)
    older = composites_of(found.submission, edition=opened.edition, on=on)
    before = next((one for one in older if one.version == found.version - 1), None)
    premises = opened.values.get(_PREMISES)
    return letters.CompositeDocument(
        authority=authority_of(Unit.parse(found.unit)),
        on=on,
        demo=outside().demo_seal,
        title=found.name,
        number=found.number,
        version=found.version,
        replaces=before.number if before else "",
        holder=opened.party.name,
        holder_number=opened.party.number if opened.party.is_enterprise else "",
        premises=str(premises.value) if premises and premises.value else "",
        parts=tuple(_listed(part) for part in found.parts),
        qr=verification_address(found.code),
        code=found.code,
    )


def _listed(part: PartSeen) -> letters.ListedLicence:
    return letters.ListedLicence(
        name=part.name,
        number=part.number,
        department=authority_of(Unit.parse(part.unit)),
        valid=f"至 {day_words(part.valid_until)}" if part.valid_until else "以证照载明的为准",
        necessary=part.necessary,
    )


def _file_name(name: str, number: str) -> str:
    return f"{name} {number}.pdf"
