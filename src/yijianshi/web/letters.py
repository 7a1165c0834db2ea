"""The papers of a case as a list on a page (文书): the newest open, the earlier ones folded away, each with its own address."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from yijianshi.services.reading.case_documents import PaperListed
from yijianshi.web import parts as p
from yijianshi.web.templatetags.yjs import address

#: So many lie open on a page of an applicant; what was before is folded away.
NEWEST = 3


def letters_of(
    papers: Sequence[PaperListed], *, submission: UUID, about: str = "", reads_all: bool = True
) -> p.Letters | None:
    """
    Return the papers of a case as a list, newest first; nothing where there is none.

    :param about: whose papers they are, for who hears the page.
    :param reads_all: whether the reader may open what concerns all departments.
    """
    lines = tuple(
        p.Letter(
            name=_counted(paper),
            on=paper.on,
            number=paper.number,
            href=href_of(paper, submission) if reads_all or not paper.of_all else "",
        )
        for paper in papers
    )
    return p.Letters(newest=lines[:NEWEST], earlier=lines[NEWEST:], about=about) if lines else None


def letters_by_item(
    items: Iterable[tuple[str, Sequence[PaperListed]]], *, submission: UUID
) -> tuple[tuple[str, p.Letters], ...]:
    """Return the papers of several cases under the names of their items; cases without papers are left out."""
    listed = ((item, letters_of(papers, submission=submission, about=item)) for item, papers in items)
    return tuple((item, letters) for item, letters in listed if letters)


def _counted(paper: PaperListed) -> str:
    """Several papers of one kind are told apart by which of them they are."""
    return paper.name if paper.is_newest and paper.nth == 1 else f"{paper.name}（第 {paper.nth} 份）"


def href_of(paper: PaperListed, submission: UUID) -> str:
    """Return where a paper is: the newest of a kind under the kind, an earlier one under its number as well."""
    if paper.of_all:
        return address("correction-pdf", submission)
    if paper.is_newest:
        return address("letter-pdf", paper.case, paper.kind)
    return address("letter-nth-pdf", paper.case, paper.kind, paper.nth)
