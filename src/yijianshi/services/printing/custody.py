"""The receipt for originals in custody (原件保管回执) and the list with which papers travel (移交清单)."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.custody import CustodyKind
from yijianshi.domain.rights import Act, Actor, NotPermitted, may, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.custody.models import PaperRow, ReceiptRow

from .. import letters
from ..contents import open_text
from ..custody.places import name_of_place, thing_at, thing_with_places
from ..handling.loading import load_submission
from ..outside import outside
from ..people.actors import name_of
from ..people.parties import know_party
from ..reading.custody import KIND_WORDS, PaperLine, lines_of, read_list
from .paper import Printed, print_letter
from .words import masked_name, moment_words, title_of, until_words


def custody_receipt_pdf(*, receipt: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the receipt for what was taken into custody at one time.

    :raises NotPermitted: if there is no such receipt, or the actor is neither the applicant nor works at a window that has to do with it.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    row = ReceiptRow.objects.filter(pk=receipt).first()
    if row is None:
        raise NotPermitted(Act.READ_PROGRESS)
    loaded = load_submission(row.submission_id) if row.submission_id else None
    if not may(actor, Act.MOVE_CUSTODY, thing_at(row.place)):
        require(actor, Act.READ_PROGRESS, thing_with_places(loaded) if loaded else thing_at(row.place))
    papers = PaperRow.objects.filter(receipt=row).select_related("submission__party", "list").order_by("id")
    letter = letters.CustodyReceipt(
        authority=name_of_place(row.place),
        on=legal_day(row.at),
        demo=outside().demo_seal,
        number=row.number,
        brought_by=open_text(row.brought_by_sealed, purpose="name"),
        taken_at=moment_words(row.at),
        taken_by=name_of(row.by),
        place=name_of_place(row.place),
        papers=tuple(_paper(line) for line in lines_of(papers, at=at)),
        applicant=masked_name(know_party(row.party_id).name),
        bundle=title_of(loaded.edition) if loaded else "",
        submission_number=loaded.number if loaded else "",
        qr=f"{outside().address}/my/{loaded.id}" if loaded else "",
    )
    return print_letter(letter, name=f"原件保管回执 {row.number}")


def hand_over_list_pdf(*, hand_over: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return a hand-over list to go with the papers.

    :raises NotPermitted: if the actor works neither where it comes from nor where it goes, or there is none.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    read = read_list(hand_over=hand_over, actor=actor, at=at)
    line = read.line
    letter = letters.HandOverList(
        authority=line.from_name,
        on=legal_day(line.at),
        demo=outside().demo_seal,
        number=line.number,
        to=line.to_name,
        way=line.way_words.partition(" ")[0],
        courier_number=line.courier_number,
        sent_at=moment_words(line.at),
        sent_by=read.sent_by,
        expected=until_words(line.expected_on, provisional=line.provisional),
        papers=tuple(_paper(one, about=one.title) for one in read.papers),
    )
    return print_letter(letter, name=f"移交清单 {line.number}")


def _paper(line: PaperLine, *, about: str = "") -> letters.CustodyPaper:
    return letters.CustodyPaper(
        name=line.name,
        kind=KIND_WORDS[line.kind],
        copies=f"{line.copies} 份",
        pages=f"{line.pages} 页" if line.kind is CustodyKind.ORIGINAL else "—",
        about=about,
    )
