"""What a page of the reform gives besides itself: PDF, spreadsheet, JSON - open to everybody, saved under its own name."""

import json
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from yijianshi.services.printing import Printed
from yijianshi.services.reforms.sheets import MEDIA_TYPE
from yijianshi.web.documents.sending import AN_HOUR, public

FORMATS = ("pdf", "xlsx", "json")


def pdf(content: bytes, *, name: str) -> HttpResponse:
    """Return a PDF, shown in place."""
    return _by_region(public(Printed(f"{name}.pdf", content)))


def sheet(content: bytes, *, name: str) -> HttpResponse:
    """Return a spreadsheet to save."""
    return _by_region(_saved(content, MEDIA_TYPE, f"{name}.xlsx"))


def plain(content: Any, *, name: str) -> HttpResponse:
    """Return values as JSON, which any page may read."""
    written = json.dumps(content, ensure_ascii=False, indent=1).encode()
    response = _saved(written, "application/json; charset=utf-8", f"{name}.json")
    response["Access-Control-Allow-Origin"] = "*"
    return _by_region(response)


def _saved(content: bytes, kind: str, name: str) -> HttpResponse:
    ending = name[name.rfind(".") :]
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f"attachment; filename=\"list{ending}\"; filename*=UTF-8''{quote(name, safe='')}",
            "Cache-Control": f"public, max-age={AN_HOUR}",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _by_region(response: HttpResponse) -> HttpResponse:
    response["Vary"] = "Cookie"  # the reader's division may come from one
    return response
