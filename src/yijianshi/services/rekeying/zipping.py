"""All documents of one case in one file (打包下载): as its officer may see them one by one, and each look written down."""

import zipfile
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from yijianshi.domain.rights import Act, Actor, require

from ..handling.loading import load_case
from ..reading.case_materials import open_material, read_materials
from .fields import fields_to_type

#: What is larger goes to the disk while it is put together.
IN_MEMORY = 8 * 1024 * 1024
_PIECE = 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)


def zip_materials(*, case: UUID, actor: Actor, at: datetime) -> tuple[IO[bytes], str]:
    """
    Return every document of a case that the scanner has passed, in one zip, with the name of the file.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises FileMissing: if the bytes of a document are gone.
    """
    loaded, found = load_case(case)
    require(actor, Act.REKEY, loaded.thing(found))
    _, plan, content = fields_to_type(loaded, found)
    materials = read_materials(plan, content, [found.now.item], member=found.now.member)
    packed: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it is streamed and closed by who asked
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        files = [(one.name, file) for one in materials for file in one.files if file.is_clean]
        for nth, (material, file) in enumerate(files, 1):
            opened = open_material(case=case, copy=file.copy, actor=actor, at=at)
            name = _safe(f"{nth:02d} {material} {opened.name}")
            with opened.stream, archive.open(zipfile.ZipInfo(name, _EPOCH), "w") as entry:
                while piece := opened.stream.read(_PIECE):
                    entry.write(piece)
    packed.seek(0)
    return packed, f"材料 {found.now.number}.zip"


def _safe(name: str) -> str:
    """Return a name that stays in its folder wherever it is unpacked."""
    return "".join("_" if sign in '/\\:*?"<>|' or ord(sign) < 32 else sign for sign in name).strip(". ")[
        -150:
    ]
