"""Pages are sent compressed (压缩), so that a phone on a weak network has them sooner; documents are compressed already."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

#: What shrinks to a fraction; PDF, pictures and archives do not.
_SHRINKS = ("text/", "application/json", "image/svg+xml")


class CompressedPages(GZipMiddleware):
    """Django's own compression, which hides the length of what is secret, for what it helps."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a page."""
        if not response.headers.get("Content-Type", "").startswith(_SHRINKS):
            return response
        return super().process_response(request, response)
