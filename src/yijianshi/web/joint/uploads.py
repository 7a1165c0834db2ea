"""
Where large drawings arrive part by part (断点续传): create, ask how far, send the next part.

Source: tus.io, resumable upload protocol 1.0.0, core with `creation` and `checksum`.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yijianshi.domain.joint import OperationRefused
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.joining.drawings import LARGEST_DRAWING, LARGEST_PART
from yijianshi.services.joining.upload import (
    Arriving,
    ChecksumWrong,
    OffsetWrong,
    PartBroken,
    UploadGone,
    append_part,
    arriving,
    start_upload,
)
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.web.acting import NotSignedIn, actor, now, signed_in

_VERSION = "1.0.0"
_PART_TYPE = "application/offset+octet-stream"
#: What a refusal of a file is over the wire.
_STATUS = {"too-large": 413, "too-many": 429, "unknown-kind": 415, "false-extension": 415}
View = Callable[..., HttpResponse]


def _speaking(view: View) -> View:
    """Answer refusals as a program reads them: a status, and the words as plain text."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except OffsetWrong as refusal:
            response = _said(409, refusal)
            response["Upload-Offset"] = str(refusal.offset)
        except FileRefused as refusal:
            response = _said(_STATUS.get(refusal.reason, 422), refusal)
        except ChecksumWrong as refusal:
            response = _said(460, refusal)
        except PartBroken as refusal:
            response = _said(400, refusal)
        except UploadGone as refusal:
            response = _said(404, refusal)
        except OperationRefused as refusal:
            response = _said(409, refusal)
        except NotPermitted as refusal:
            response = _said(404, refusal)
        except NotSignedIn:
            response = HttpResponse(
                "请重新登录，再接着传", status=401, content_type="text/plain; charset=utf-8"
            )
        response["Tus-Resumable"] = _VERSION
        return response

    return spoken


@_speaking
@require_http_methods(["POST", "OPTIONS"])
@signed_in
def create(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Announce a file, or say what may be sent."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Tus-Version"], response["Tus-Extension"] = _VERSION, "creation,checksum"
        response["Tus-Max-Size"], response["Tus-Checksum-Algorithm"] = str(LARGEST_DRAWING), "sha256"
        return response
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    came = start_upload(
        operation=operation, actor=actor(request), filename=told.get("filename", ""),
        size=_number(request.headers.get("Upload-Length")), sha256=told.get("sha256", ""), at=now(),
    )  # fmt: skip
    response = HttpResponse("已登记", status=201, content_type="text/plain; charset=utf-8")
    response["Location"] = reverse("joint-upload", args=[came.id])
    return _how_far(response, came)


@_speaking
@require_http_methods(["HEAD", "PATCH"])
@signed_in
def upload(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Say how far a file has come, or put the next part behind it."""
    if request.method == "HEAD":
        return _how_far(HttpResponse("ok"), arriving(upload=upload, actor=actor(request)))
    if request.content_type != _PART_TYPE:
        return HttpResponse("分段的类型不对", status=415, content_type="text/plain; charset=utf-8")
    length = _number(request.headers.get("Content-Length"))
    if length > LARGEST_PART:
        raise FileRefused("too-large", f"每一段最多 {LARGEST_PART // 1024**2} MB")
    came = append_part(
        upload=upload, actor=actor(request), offset=_number(request.headers.get("Upload-Offset")),
        content=_part(request, length), checksum=_checksum(request.headers.get("Upload-Checksum", "")), at=now(),
    )  # fmt: skip
    return _how_far(HttpResponse(status=204), came)


def _part(request: HttpRequest, length: int) -> bytes:
    """Return the part that was sent. :raises PartBroken: if the line broke off before all of it was there."""
    try:
        content = request.read(length)
    except OSError as error:
        raise PartBroken("传到一半断了，请重传这一段") from error
    if len(content) != length:
        raise PartBroken("传到一半断了，请重传这一段")
    return content


def _how_far(response: HttpResponse, came: Arriving) -> HttpResponse:
    response["Upload-Offset"], response["Upload-Length"] = str(came.offset), str(came.size)
    return response


def _said(status: int, refusal: Exception) -> HttpResponse:
    return HttpResponse(str(refusal), status=status, content_type="text/plain; charset=utf-8")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 16 else -1


def _metadata(text: str) -> dict[str, str]:
    told = {}
    for pair in text.split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            told[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            told[key] = ""
    return told


def _checksum(text: str) -> bytes:
    """Return the SHA-256 of the part, if it was sent; one that cannot be read fits nothing."""
    way, _, value = text.partition(" ")
    if way != "sha256":
        return b""
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        return b"\0"
