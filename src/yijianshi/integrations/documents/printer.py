"""The printer of letters and licences: a named template and its values give a PDF that can be archived (PDF/A-2b)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, cast

import msgspec
import pylopdf_fonts_zh_cn
import segno
import typst

from yijianshi.services.letters import TEMPLATES, Letter, LetterIncomplete
from yijianshi.services.materials.pictures import Picture
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.ports import GlyphsMissing

from .glyphs import Coverage, Face

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
_PAGES = Path(__file__).parent / "pages.typ"

#: GB 18030 rare characters and the faces of official letters come from the operator's folder; ours stand behind them.
_SONG, _HEI = "Noto Serif SC", "Noto Sans SC"
_PREFERRED = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
    "body": ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋"),
    "heading": ("SimHei", "黑体"),
    "second": ("KaiTi_GB2312", "KaiTi", "楷体_GB2312", "楷体"),
}
_OURS = {"title": _SONG, "body": _SONG, "heading": _HEI, "second": _SONG}

#: A package import would be fetched from the network while printing.
_PACKAGE_IMPORT = re.compile(r"""["']@\w+/""")


class UnknownTemplate(LookupError):
    """No template goes by this name."""


class ValuesDoNotFit(ValueError):
    """The values are not those that the template prints."""


class FontsMissing(Exception):
    """A folder of fonts is not there or holds no font."""


class SampleNotPrintable(ValueError):
    """A specimen of the catalogue does not print, or would load a package from the network."""


@dataclass(slots=True)
class _Press:
    """A compiler kept warm; typst lets one thread at a time use it."""

    compiler: typst.Compiler
    lock: Lock = field(default_factory=Lock)


class TypstDocuments:
    """The port `Documents`, printed by typst with the fonts of the package and of the operator's own folders."""

    def __init__(self, *, fonts: Sequence[str | Path] = ()) -> None:
        """
        Read the fonts once; `fonts` are the operator's own folders.

        :raises FontsMissing: if a folder is not there or holds no font.
        """
        folders = [pylopdf_fonts_zh_cn.serif_path().parent, *(Path(folder).resolve() for folder in fonts)]
        for folder in folders:
            if not folder.is_dir():
                raise FontsMissing(f"字体文件夹不存在：{folder}。请改正设置，或建好文件夹放入字体。")
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(f) for f in folders]
        )
        self.coverage = Coverage(
            Face(font.family, Path(font.path), font.index) for font in self._fonts.fonts() if font.path
        )
        for folder in folders:
            if not any(face.path.is_relative_to(folder) for face in self.coverage.faces):
                raise FontsMissing(f"字体文件夹里没有可用的字体：{folder}。请放入 .otf、.ttf 或 .ttc 文件。")
        self._families = msgspec.json.encode(self._chosen_families()).decode()
        self._presses: dict[str, _Press] = {}
        self._presses_lock = Lock()

    def render(self, template: str, values: Mapping[str, Any]) -> bytes:
        """
        Return the letter as PDF/A-2b; the same values give the same bytes.

        :raises UnknownTemplate: if no template goes by this name.
        :raises LetterIncomplete: if the values lack what the law wants in this letter.
        :raises ValuesDoNotFit: if the values are of another shape than the template's type.
        :raises GlyphsMissing: if a character of `values` cannot be printed.
        """
        content = msgspec.to_builtins(_letter(template, values))
        self._demand_glyphs(content)
        inputs = {
            "letter": msgspec.json.encode(content).decode(),
            "families": self._families,
            "qr": _qr(content["qr"]) if content.get("qr") else "",
        }
        return self._print(TEMPLATE_FOLDER / f"{template}.typ", TEMPLATE_FOLDER, inputs)

    def compile_sample(self, path: str | Path) -> bytes:
        """
        Return a specimen of the catalogue, a .typ file that stands by itself, as PDF/A-2b in the same fonts.

        :raises SampleNotPrintable: if it has an error, reads beyond its folder or would load a package from the network.
        :raises GlyphsMissing: if a character of it cannot be printed.
        """
        source = Path(path).resolve()
        text = source.read_text(encoding="utf-8")
        if _PACKAGE_IMPORT.search(text):
            raise SampleNotPrintable(f"样表引用了联网的排版包，不能使用：{source.name}。请改用自带的写法。")
        self._demand_glyphs(text)
        try:
            return self._print(source, source.parent, {"families": self._families})
        except typst.TypstError as error:
            raise SampleNotPrintable(
                f"样表排不出来：{source.name}。请照提示改正：\n{error.diagnostic}"
            ) from error

    def bind(self, pages: Sequence[Picture]) -> bytes:
        """
        Return photographs as one PDF/A-2b, a page each, upright.

        :raises FileRefused: if one of them turns out not to be a picture.
        """
        told = [
            {
                "file": f"{n}.{page.kind}", "turn": page.turn, "mirrored": page.mirrored, "width": page.width,
                "height": page.height, "alt": f"第 {n} 页",
            }
            for n, page in enumerate(pages, 1)
        ]  # fmt: skip
        # the compiler reads pictures from files only; the folder is the process's own and gone at once
        with TemporaryDirectory(prefix="yijianshi-pages-") as folder:
            source = Path(folder) / "pages.typ"
            source.write_bytes(_PAGES.read_bytes())
            for n, page in enumerate(pages, 1):
                (Path(folder) / f"{n}.{page.kind}").write_bytes(page.content)
            try:
                pdf = typst.compile(
                    str(source), root=folder, format="pdf", pdf_standards="a-2b", timestamp=0,
                    ignore_system_fonts=True, sys_inputs={"pages": msgspec.json.encode(told).decode()},
                )  # fmt: skip
            except typst.TypstError:
                raise FileRefused("damaged", "有一张照片打不开，可能没有拍完整。请重新拍。") from None
        return pdf

    def _print(self, source: Path, root: Path, inputs: Mapping[str, str]) -> bytes:
        press = self._press(source, root)
        with press.lock:
            pdf = press.compiler.compile(
                sys_inputs=dict(inputs), format="pdf", pdf_standards="a-2b", timestamp=0
            )
        return cast(bytes, pdf)  # one PDF, since no output file was named

    def _press(self, source: Path, root: Path) -> _Press:
        with self._presses_lock:
            if (key := str(source)) not in self._presses:
                compiler = typst.Compiler(
                    input=key, root=str(root), font_paths=self._fonts, ignore_system_fonts=True
                )
                self._presses[key] = _Press(compiler)
            return self._presses[key]

    def _demand_glyphs(self, value: object) -> None:
        if missing := self.coverage.missing(value):
            raise GlyphsMissing(missing)

    @property
    def families(self) -> Mapping[str, Sequence[str]]:
        """Return, per role (title, body, heading, second), the font families in the order in which they are tried."""
        return self._chosen_families()

    def _chosen_families(self) -> dict[str, list[str]]:
        """Return, per role, the families to try in order; every family stands in for what the first ones lack."""
        present = list(dict.fromkeys(face.family for face in self.coverage.faces))
        return {
            role: list(
                dict.fromkeys([*(f for f in preferred if f in present), _OURS[role], _SONG, _HEI, *present])
            )
            for role, preferred in _PREFERRED.items()
        }


def _letter(template: str, values: Mapping[str, Any]) -> Letter:
    if template not in TEMPLATES:
        raise UnknownTemplate(f"没有名为“{template}”的文书模板。可用的有：{'、'.join(TEMPLATES)}。")
    kind = TEMPLATES[template]
    if unknown := values.keys() - kind.__dataclass_fields__.keys():
        raise ValuesDoNotFit(
            f"模板“{template}”不打印这些内容：{'、'.join(sorted(unknown))}。请核对 {kind.__name__}。"
        )
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, LetterIncomplete):
            raise error.__cause__ from None
        raise ValuesDoNotFit(f"模板“{template}”的内容不合 {kind.__name__}：{error}。") from error


def _qr(address: str) -> str:
    svg = BytesIO()
    segno.make_qr(address, error="m").save(svg, kind="svg", border=0, xmldecl=False, omitsize=True)
    return svg.getvalue().decode()
