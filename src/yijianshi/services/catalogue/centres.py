"""
The files of centres and stations (centres/*.yaml): read, and what is wrong in them with file and line.

They stand beside the one-things and not in them: a slip in the hours of a station keeps no one-thing from being planned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.centres import Centre
from yijianshi.domain.definitions import Certainty
from yijianshi.domain.misstatements import CentreMisstated, misstatements_of

from .decoding import Decoder
from .files import Files, Overlay
from .findings import CatalogueUnreadable, Finding, Remark, Severity
from .lines import Lines, NotYaml, line_of, parse_yaml
from .rules import severity_of

_FOLDER = "centres"


@dataclass(frozen=True, slots=True)
class ReadCentre:
    """One file: its name, its tree with lines, its centre where it is understood, and what could not be."""

    name: str
    tree: Lines | None
    centre: Centre | None
    remarks: tuple[Remark, ...]
    unconfirmed: tuple[tuple[tuple[str | int, ...], str], ...] = ()

    def finding(self, remark: Remark) -> Finding:
        """Return a remark with this file and the line of its place."""
        line = int(remark.place[1]) if remark.place[:1] == ("at",) else line_of(self.tree, remark.place)
        return Finding(remark.rule, severity_of(remark), self.name, line, remark.message, remark.remedy)


def read_centres(folder: Path) -> tuple[Centre, ...]:
    """
    Return the centres that the files of `folder` describe.

    :raises CatalogueUnreadable: if a file is not understood.
    """
    found = _read_all(folder, {})
    wrong = [one.finding(remark) for one in found for remark in one.remarks]
    if wrong:
        raise CatalogueUnreadable(wrong)
    return tuple(one.centre for one in found if one.centre)


def centre_findings(folder: Path, *, overlay: Overlay, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what is wrong with the centres, and what must still be confirmed about them."""
    found = _read_all(folder, overlay)
    levels = {one.centre.code: one.centre.level for one in found if one.centre}
    seen: dict[str, str] = {}
    for one in found:
        yield from map(one.finding, one.remarks)
        for way, note in one.unconfirmed:
            yield one.finding(
                Remark("unconfirmed", way, f"待确认：{note}", "确认后删去 confirm", Severity.WARNING)
            )
        if one.centre is None:
            continue
        code = one.centre.code
        if code in seen:
            message = f"中心编码“{code}”在 {seen[code]} 里已经有了"
            yield one.finding(Remark("duplicate-code", ("code",), message, "换一个编码"))
        seen.setdefault(code, one.name)
        for problem in misstatements_of(
            one.centre, bundles=catalogue.bundles, divisions=catalogue.divisions, centres=levels
        ):
            yield one.finding(Remark("centre-misstated", problem.way, problem.message, problem.remedy))
        unsure = {"place": "位置", "hours": "时间", "takes": "能办什么"}
        words = [
            said for name, said in unsure.items() if getattr(one.centre.certainty, name) is not Certainty.HIGH
        ]
        if words:
            message = f"“{one.centre.name}”的{'、'.join(words)}把握程度不是高"
            remedy = "由当地政务服务机构确认后改为高"
            yield one.finding(Remark("unconfirmed", ("certainty",), message, remedy, Severity.WARNING))


def check_centre(centre: Centre, *, catalogue: Catalogue, levels: dict[str, str]) -> None:
    """Let pass a centre that contradicts itself nowhere. :raises CentreMisstated: if it does."""
    problems = tuple(
        misstatements_of(centre, bundles=catalogue.bundles, divisions=catalogue.divisions, centres=levels)
    )
    if problems:
        raise CentreMisstated(problems)


def _read_all(folder: Path, overlay: Overlay) -> list[ReadCentre]:
    files = Files(folder, overlay)
    names = {f"{_FOLDER}/{path.name}" for path in (folder / _FOLDER).glob("*.yaml")}
    names |= {name for name in overlay if PurePosixPath(name).match(f"{_FOLDER}/*.yaml")}
    found = []
    for name in sorted(name for name in names if name in files):
        try:
            found.append(_understood(name, files.text(name)))
        except NotYaml as error:
            remark = Remark(
                "not-yaml", ("at", error.line), f"不是合格的 YAML：{error}", "检查缩进、冒号和引号"
            )
            found.append(ReadCentre(name, None, None, (remark,)))
    return found


@lru_cache(maxsize=256)
def _understood(name: str, text: str) -> ReadCentre:
    tree = parse_yaml(text)
    if not isinstance(tree, Lines):
        remark = Remark("wrong-type", ("at", 1), "文件最外层应是“键: 值”", "照 README.md 的样子写")
        return ReadCentre(name, None, None, (remark,))
    decoder = Decoder()
    centre = decoder.decode(tree, Centre, ())
    return ReadCentre(name, tree, centre, tuple(decoder.remarks), tuple(decoder.unconfirmed))
