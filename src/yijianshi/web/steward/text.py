"""The expert's view: the text of the manuscript itself, with the check beside it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.web.acting import signed_in

from .writing import editor_page, opened, taken


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """The page."""

    text: str
    lines: int
    can_write: bool


@signed_in
def text(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Show the text, look it over as it is written, keep it."""
    read = opened(request, manuscript)
    if request.method == "POST":
        posted = request.POST.get("text", "").replace("\r\n", "\n")
        return taken(request, manuscript, lambda _: posted, then=reverse("steward-text", args=[manuscript]))
    view = TextView(text=read.text, lines=read.text.count("\n") + 1, can_write="write" in read.moves)
    return editor_page(request, "steward/text.html", read, view)
