"""The words in which people ask (同义词): what the steward keeps so that plain speech finds the official name."""

from dataclasses import dataclass

from .codes import BundleCode, ItemCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """
    Other words for one thing (同义词); exactly one of `word`, `bundle` and `item` says for what.

    `word`: whoever says one of `words` means this word, wherever it stands («娃» means 孩子).
    `bundle`: the words ask for this one-thing («开饭馆»). `item`: they are old or plain names of this item.
    """

    words: tuple[str, ...]
    word: str = ""
    bundle: BundleCode | None = None
    item: ItemCode | None = None

    @property
    def target(self) -> str:
        """Return what the words stand for, as the steward wrote it."""
        return self.bundle or self.item or self.word
