"""Texts that an officer writes again and again (常用语): for what they are meant, and how long they may be."""

from enum import StrEnum
from types import MappingProxyType

LONGEST = 500
#: How many of one kind an officer, or a unit, may keep: more than a list can be looked through.
MOST = 50


class TextNotKept(Exception):
    """The text cannot be kept; the message says why."""


class SavedKind(StrEnum):
    """What a saved text is meant for."""

    REMARK = "remark"  # 意见：哪里不对
    REMEDY = "remedy"  # 怎么补
    REFUSAL = "refusal"  # 不予的理由
    MENDING = "mending"  # 整改
    EXTENSION = "extension"  # 延期的理由


KIND_WORDS = MappingProxyType({
    SavedKind.REMARK: "意见：哪里不对", SavedKind.REMEDY: "意见：怎么补", SavedKind.REFUSAL: "不予的理由",
    SavedKind.MENDING: "整改的问题", SavedKind.EXTENSION: "延期的理由",
})  # fmt: skip


def check_saved(text: str, *, kept: int) -> None:
    """
    Refuse what cannot be kept.

    :param kept: how many of the kind there are.
    :raises TextNotKept: if nothing is written, too much, or there are enough.
    """
    if not text.strip():
        raise TextNotKept("请写上要存的话")
    if len(text.strip()) > LONGEST:
        raise TextNotKept(f"一条最多 {LONGEST} 个字，请分成几条")
    if kept >= MOST:
        raise TextNotKept(f"这一类已经有 {MOST} 条，请先删掉不用的")


def added(text: str, saved: str) -> str:
    """Return a text with a saved one put after it, on a line of its own unless the text was empty."""
    return "\n".join(filter(None, (text.rstrip(), saved.strip())))
