"""
What a grant yields, on paper (证照、决定书): printed once, kept by its content, and never different afterwards.

Basis: Administrative License Law, arts. 38, 39, 44; Electronic Signature Law, art. 8 (that nothing was changed).
"""

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import LicenceCode
from yijianshi.domain.definitions import DataElement, Kind, LicenceKind
from yijianshi.domain.documents import RESULT
from yijianshi.domain.results import last_valid_day, licence_fields
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import composed_title, slice_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.materials.models import BlobRow, CopyRow
from yijianshi.store.results.models import ResultRow

from .. import letters
from ..contents import seal_text
from ..handling.loading import CaseLoaded, load_case
from ..handling.review import decided_by_machine
from ..outside import outside
from ..punctuation import wide
from .filling import value_words
from .opening import Opened, lay_open, note_if_staff
from .paper import Printed, print_letter
from .words import authority_of, case_document_number, day_words, desks_at, title_of

_IN_WORDS = (Kind.REGION, Kind.DATE, Kind.MONTH, Kind.DATETIME, Kind.DATE_RANGE, Kind.MULTI_ENUM)
ISSUED = "issued"
#: Who goes to the office is nothing that a licence says.
_WHO_HANDLES = frozenset({"handler-name", "agent-name", "applicant-name"})


def result_pdf(*, result: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the licence or the decision, the very bytes that were issued.

    :raises NotPermitted: if the actor may not see the result, or there is none; the answer is the same.
    :raises GlyphsMissing: if a character of a name cannot be printed, so that nothing could be issued yet.
    """
    row = ResultRow.objects.filter(pk=result).first()
    if row is None:
        raise NotPermitted(Act.READ_RESULT)
    loaded, found = load_case(row.case_id)
    require(actor, Act.READ_RESULT, loaded.thing(found))
    note_if_staff(loaded, actor=actor, at=at, case=found)
    sha256 = issue_document(result=result)
    return issued_bytes(row, sha256, loaded.edition.item(found.now.item))


def issued_bytes(row: ResultRow, sha256: str, item: ServiceItem) -> Printed:
    """Return a result as it was issued, under its own name."""
    with outside().files.open(sha256) as kept:
        return Printed(_file_name(row, item), kept.read())


def issue_document(*, result: UUID) -> str:
    """
    Print a result and lay it into the holder's wallet, once; return the digest of its bytes.

    The copy in the wallet bears the result's own key, so that a second call finds the first one's bytes.

    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    kept = CopyRow.objects.filter(pk=result).values_list("blob_id", flat=True).first()
    if kept:
        return kept
    row = ResultRow.objects.get(pk=result)
    loaded, found = load_case(row.case_id)
    opened = lay_open(loaded)
    item = opened.edition.item(found.now.item)
    valid_until = row.valid_until or valid_until_of(item, opened, legal_day(row.issued_at))
    printed = Printed(
        _file_name(row, item),
        print_letter(_letter(row, opened, found, item, valid_until), name="").content,
    )
    with transaction.atomic():
        sha256 = lay_into_wallet(
            result, printed, holder=loaded.party, material=_material(row, opened, item), source=item.code,
            at=row.issued_at,
        )  # fmt: skip
        ResultRow.objects.filter(pk=result, valid_until=None).update(valid_until=valid_until)
    return sha256


def lay_into_wallet(
    key: UUID, printed: Printed, *, holder: UUID, material: str, source: str, at: datetime
) -> str:
    """Keep what was issued under its own key in its holder's wallet; return the digest of what lies there first."""
    content = printed.content
    sha256 = hashlib.sha256(content).hexdigest()
    outside().files.save(sha256, content)
    with transaction.atomic():
        BlobRow.objects.get_or_create(
            sha256=sha256,
            defaults={"size": len(content), "kind": "pdf", "scan": "clean", "saved_at": at},
        )
        copy, _ = CopyRow.objects.get_or_create(
            id=key,
            defaults={
                "holder_id": holder,
                "material": material,
                "blob_id": sha256,
                "name_sealed": seal_text(printed.name, purpose="file-name"),
                "source": source,
                "trust": ISSUED,
                "obtained_at": at,
            },
        )
    return copy.blob_id


def issue_documents_of(*, submission: UUID) -> tuple[UUID, ...]:
    """Issue every result of a submission that was not issued yet; return which. :raises GlyphsMissing: as above."""
    results = set(ResultRow.objects.filter(case__submission=submission).values_list("id", flat=True))
    missing = sorted(results - set(CopyRow.objects.filter(pk__in=results).values_list("id", flat=True)))
    for result in missing:
        issue_document(result=result)
    return tuple(missing)


def holder_of(opened: Opened, item: ServiceItem) -> str:
    """Return whose result it is: the enterprise, the child or the person that the item itself asks about."""
    values = {code: value.value for code, value in slice_for(opened.plan, item.code, opened.values).items()}
    title = composed_title(opened.plan, values)
    return opened.party.name if title == opened.edition.bundle.title else title


def title_of_result(item: ServiceItem, kind: LicenceKind | None) -> str:
    """Return what the document is called."""
    if kind is not None:
        return kind.name
    return "准予行政许可决定书" if item.type == "行政许可" else "办理结果通知书"


def verification_address(code: str) -> str:
    """Return the address in the document's code, under which anyone may check it."""
    return f"{outside().address}/verify/{code}"


def _letter(
    row: ResultRow, opened: Opened, found: CaseLoaded, item: ServiceItem, valid_until: date | None
) -> letters.Letter:
    kind = opened.edition.licences.get(LicenceCode(row.licence)) if row.licence else None
    unit, on = Unit.parse(found.unit), legal_day(row.issued_at)
    holder = holder_of(opened, item)
    lines = _lines(opened, item, holder)
    code = letters.Line(label="核验码", value=row.code)
    if kind is not None:
        own = holder == opened.party.name and opened.party.is_enterprise
        return letters.LicenceDocument(
            authority=authority_of(unit),
            on=on,
            demo=outside().demo_seal,
            title=kind.name,
            number=row.number,
            holder=holder,
            holder_label="持证主体" if kind.holder == "enterprise" else "姓名",
            holder_number=opened.party.number if own else "",
            lines=(*lines, code),
            valid=valid_words(kind, valid_until),
            qr=verification_address(row.code),
        )
    return letters.ResultLetter(
        authority=authority_of(unit),
        on=on,
        demo=outside().demo_seal,
        title=title_of_result(item, None),
        document_number=case_document_number(
            found.now.number, unit, opened.edition, sign=RESULT.sign, on=on, nth=_nth(row)
        ),
        applicant=opened.party.name,
        item=opened.name_of(found),
        case_number=found.now.number,
        bundle=title_of(opened.edition),
        submission_number=opened.loaded.number,
        desks=desks_at(unit),
        under_licensing_law=item.type == "行政许可",
        decision=f"对您申请的“{wide(item.name)}”，准予办理。办理结果：{item.result.name}。",
        lines=(letters.Line(label="结果编号", value=row.number), *lines, code),
        basis=tuple(str(basis) for basis in item.basis),
        collection="电子文书，可以在“我的材料”下载；需要纸质的，到综合窗口领取。"
        + asking_for_a_person(item, row.case_id),
        qr=verification_address(row.code),
    )


def asking_for_a_person(item: ServiceItem, case: UUID) -> str:
    """Return what a letter says of a result that no officer looked at (Personal Information Protection Law, art. 24)."""
    if not item.is_automatic or not decided_by_machine(case):
        return ""
    return "本结果由系统自动核验作出；您可以在“我的办件”里请工作人员重新审查。"


def _nth(row: ResultRow) -> int:
    """Which grant of the case it is: one that was revoked or undone keeps its number."""
    rows = ResultRow.objects.filter(case=row.case_id).order_by("issued_at", "id")
    return list(rows.values_list("id", flat=True)).index(row.id) + 1


def _lines(opened: Opened, item: ServiceItem, holder: str) -> tuple[letters.Line, ...]:
    """What the document says besides its holder; numbers of persons are never among it."""
    own = (holder, opened.party.number)
    elements = opened.edition.elements
    printable = {
        code: _readable(value.value, elements[code], opened)
        for code, value in slice_for(opened.plan, item.code, opened.values).items()
        if value.value not in own and elements[code].kind is not Kind.PHONE and code not in _WHO_HANDLES
    }
    return tuple(
        letters.Line(label=name, value=words) for name, words in licence_fields(printable, opened.edition)
    )


def _readable(value: Any, element: DataElement, opened: Opened) -> Any:
    """Days, places and lists in words; everything else stays as it is for the law of licences to judge."""
    return value_words(value, element, opened.edition) if element.kind in _IN_WORDS else value


def _material(row: ResultRow, opened: Opened, item: ServiceItem) -> str:
    """Under which document the wallet keeps it: the one that stands for this licence, else the item's own."""
    for code, material in opened.edition.materials.items():
        if row.licence and material.licence == row.licence:
            return code
    return row.licence or item.code


def valid_until_of(item: ServiceItem, opened: Opened, issued_on: date) -> date | None:
    """Return the last day of a term of whole years; other terms are not the platform's to work out."""
    kind = opened.edition.licences.get(item.result.licence) if item.result.licence else None
    return last_valid_day(kind, issued_on=issued_on)


def valid_words(kind: LicenceKind, valid_until: date | None) -> str:
    """Return until when a licence of a kind is valid, in words."""
    if valid_until:
        return f"至 {day_words(valid_until)}"
    return kind.validity or "以法律、法规和规章的规定为准"


def _file_name(row: ResultRow, item: ServiceItem) -> str:
    return f"{item.result.name} {row.number}.pdf"
