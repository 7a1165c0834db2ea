"""Where a page of the draft offers to photograph a paper instead of typing it."""

from collections.abc import Iterable

from django.urls import reverse

from yijianshi.domain.drafts import FormField
from yijianshi.services.outside import outside
from yijianshi.services.photographs.asked import paper_by_material, papers_filling
from yijianshi.services.reading.drafts import DraftRead


def papers_of_group(read: DraftRead, asked: Iterable[FormField]) -> tuple[tuple[str, str], ...]:
    """Return the papers that fill fields of a group, each with the page on which it is photographed; nothing where nobody reads."""
    if outside().reader is None:
        return ()
    papers = papers_filling(read.form, read.plan, among=asked)
    return tuple((paper.title, reverse("photo-paper", args=[read.id, paper.key])) for paper in papers)


def photograph_of(material: str, read: DraftRead) -> str:
    """Return where a document is photographed and looked at first, or nothing where its print is not understood."""
    if outside().reader is None or not paper_by_material(
        read.form, read.plan, material, claimed=read.claimed
    ):
        return ""
    return reverse("photo-material", args=[read.id, material])
