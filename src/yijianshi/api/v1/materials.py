"""Files over the API: sent once, named by their digest in a submission."""

from datetime import datetime
from urllib.parse import unquote

import msgspec

from yijianshi.domain.rights import Act, Thing, require
from yijianshi.services.applying.attach import keep_blob
from yijianshi.services.outside import outside

from .endpoints import Call, endpoint


class KeptFile(msgspec.Struct):
    """The file as kept; `sha256` is how a submission names it."""

    sha256: str
    size: int
    kind: str
    kept_at: datetime


@endpoint(
    "POST",
    "materials",
    summary="上传一个材料文件（请求体即文件，文件名放 X-Filename）",
    gives=KeptFile,
    status=201,
    binary=True,
)
def upload(call: Call) -> KeptFile:
    assert call.actor is not None
    require(call.actor, Act.FILE, Thing())
    at = outside().clock.now()
    kept = keep_blob(call.raw, filename=unquote(call.filename), at=at)
    return KeptFile(kept.sha256, kept.size, kept.kind, at)
