"""A PDF on its way to a browser: shown in place, under its own name, kept by nobody in between if it is personal."""

from urllib.parse import quote

from django.http import HttpResponse

from yijianshi.services.printing import Printed

_MEDIA_TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}
#: How long a browser may keep what anyone may have; a notice says by when things are done, counted from today.
AN_HOUR = 3600


def personal(printed: Printed) -> HttpResponse:
    """Return a letter to or about somebody: no cache may keep it."""
    return _sent(printed, "private, no-store")


def public(printed: Printed) -> HttpResponse:
    """Return what anyone may have."""
    return _sent(printed, f"public, max-age={AN_HOUR}")


def _sent(printed: Printed, cache: str) -> HttpResponse:
    ending = printed.name[printed.name.rfind(".") :].lower()
    kind = _MEDIA_TYPES.get(ending, "application/octet-stream")
    shown = "inline" if ending in _MEDIA_TYPES else "attachment"
    return HttpResponse(
        printed.content,
        content_type=kind,
        headers={
            "Content-Disposition": f"{shown}; filename=\"document{ending}\"; filename*=UTF-8''{quote(printed.name, safe='')}",
            "Content-Length": str(len(printed.content)),
            "Cache-Control": cache,
            "X-Content-Type-Options": "nosniff",
        },
    )
