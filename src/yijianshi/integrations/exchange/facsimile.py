"""A licence of the demo as a page: what is on it, and in large letters that it is none."""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from yijianshi.services.ports import HeldLicence

_TEMPLATE = Path(__file__).with_name("facsimile.typ")


def facsimile(licence: HeldLicence) -> bytes:
    """Return one page of PDF with the licence's name, number, holder and dates."""
    until = licence.valid_until.isoformat() if licence.valid_until else "长期"
    return typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={
            "name": licence.name,
            "number": licence.number,
            "holder": licence.holder,
            "issued": licence.issued_on.isoformat(),
            "until": until,
        },
    )


@cache
def _fonts() -> typst.Fonts:
    folder = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
