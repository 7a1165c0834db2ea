"""Filled specimens and blank forms of materials (样表、空白表), for anyone."""

from functools import lru_cache
from pathlib import Path

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.definitions import Sample

from ..catalogue.reading import shipped_catalogue, shipped_folder
from ..outside import outside
from .paper import NoSuchLetter, Printed

FILLED, BLANK = "filled", "blank"


def sample_pdf(material: MaterialCode, *, kind: str) -> Printed:
    """
    Return the specimen or the blank form of a material, made once per process.

    :raises NoSuchLetter: if the material has none.
    :raises GlyphsMissing: if a character of it cannot be printed.
    """
    known = shipped_catalogue().materials.get(material)
    found = None
    if known is not None:
        found = {FILLED: known.sample, BLANK: known.blank}.get(kind)
    if found is None:
        raise NoSuchLetter("这份材料没有这样的样表；请照材料说明准备，不清楚可以问窗口")
    return _made(found)


@lru_cache(maxsize=128)
def _made(sample: Sample) -> Printed:
    path = _within(shipped_folder(), sample.file)
    content = outside().documents.compile_sample(path) if path.suffix == ".typ" else path.read_bytes()
    return Printed(f"{sample.title}{'.pdf' if path.suffix == '.typ' else path.suffix}", content)


def _within(folder: Path, file: str) -> Path:
    """A catalogue never reaches beyond its own folder."""
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise NoSuchLetter("样表文件不在目录里；请告诉目录管理员")
    return path
