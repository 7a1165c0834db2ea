"""
A document in the layout of official documents (公文), made of headed parts with paragraphs, tables and pictures.

Basis: GB/T 9704-2012 (党政机关公文格式): page, letters, levels of headings, annexes, page numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import Letter, LetterIncomplete


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, a second-level heading, a table or a picture; exactly one of them is filled."""

    text: str = ""
    heading: str = ""  # （一）…, without its number
    caption: str = ""
    heads: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()  # of the columns, beside each other
    rows: tuple[tuple[str, ...], ...] = ()
    svg: str = ""
    alt: str = ""  # what the picture shows, in words

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in self.rows):
            raise LetterIncomplete(
                f"表格不能打印：“{self.caption}”有一行的格数与表头不同。请按表头逐格填写。"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A first-level heading (一、…, without its number) with what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """An annex on pages of its own (附件), across the page where its table is wide."""

    title: str
    blocks: tuple[Block, ...]
    across: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument(Letter):
    """A draft of an official document: title, parts, annexes; its number and its day are left to be filled in."""

    template: ClassVar[str] = "official-document"
    demands: ClassVar[Mapping[str, str]] = {"title": "标题", "parts": "正文"}

    title: str
    parts: tuple[Part, ...]
    annexes: tuple[Annex, ...] = ()
    mark: str = "草案"
    source: str = ""  # out of which edition it was made, in small letters at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDocument(Letter):
    """A list printed across the page, its head repeated on every page (清单)."""

    template: ClassVar[str] = "list"
    demands: ClassVar[Mapping[str, str]] = {"title": "标题", "heads": "表头"}

    title: str
    about: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    source: str = ""
