"""
Inserting a saved text into a form (插入常用语), with and without scripts.

Without them the form posts itself back with `insert`; nothing is done, everything written is kept, and the text stands
in its field. With them it is put there at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest

from yijianshi.domain.saved import LONGEST, SavedKind, added
from yijianshi.services.reading.saved_texts import read_saved_texts
from yijianshi.web.acting import actor

_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """The control above the fields: texts by the field into which they go, and the way to the page that keeps them."""

    template: ClassVar[str] = "saved/insertion.html"
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # field in words; value (field|text), words
    kind: str

    @property
    def is_empty(self) -> bool:
        return not self.groups


def insertion(request: HttpRequest, fields: Mapping[str, tuple[str, SavedKind]]) -> Insertion:
    """Return the control for a form; `fields`: name of a field → its label and the kind of text that goes there."""
    kinds = [kind for _, kind in fields.values()]
    kept = read_saved_texts(actor=actor(request), kinds=kinds)
    return Insertion(
        groups=tuple(
            (label, tuple((f"{name}|{one.text}", _shown(one.text)) for one in kept if one.kind is kind))
            for name, (label, kind) in fields.items()
            if any(one.kind is kind for one in kept)
        ),
        kind=str(kinds[0]),
    )


def was_inserting(request: HttpRequest) -> bool:
    """Return whether the form was posted only to insert a text; it then stands in its field among what was posted."""
    if request.method != "POST" or "insert" not in request.POST:
        return False
    name, _, text = request.POST.get("saved", "").partition("|")
    if name in request.POST and text:
        posted = request.POST.copy()
        posted[name] = added(str(posted[name]), text[:LONGEST])
        request.POST = posted  # type: ignore[assignment]
    return True


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
