"""
A manuscript looked over as it stands: what is wrong at which line, and the edition that it would become.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yijianshi.domain.catalogue import Improvement
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.editions import Edition, UnknownBundle, compile_edition, inherit
from yijianshi.domain.improvements import NotBetter
from yijianshi.store.catalogue.models import EditionRow

from ..catalogue.checking import check_catalogue
from ..catalogue.findings import Severity
from ..catalogue.lines import NotYaml, parse_yaml
from ..catalogue.published import edition_by_id
from ..catalogue.reading import read_folder, shipped_folder
from .texts import IMPROVING, WHOLE, lay_over, part_at, read_improvements


class TextNotSound(ValueError):
    """The text cannot become an edition as it stands; `found` says where and why."""

    def __init__(self, found: tuple["Found", ...]) -> None:
        self.found = found
        super().__init__("；".join(f"第 {one.line} 行 {one.message}" for one in found[:5]))


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that the check found in a manuscript: its line, its place by codes, what is wrong, what would do."""

    rule: str
    is_error: bool
    line: int
    message: str
    remedy: str
    place: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"第 {self.line} 行 {self.message}；{self.remedy}（{self.rule}）"


@dataclass(frozen=True, slots=True)
class Written:
    """What a manuscript's text is to be: which one-thing, where, and from what standard it differs."""

    text: str
    kind: str
    bundle: BundleCode
    division: DivisionCode
    standard: Edition | None = None


def standard_above(bundle: BundleCode, division: DivisionCode) -> Edition | None:
    """Return the edition on which a place below must improve: the nearest above it that is published, or None."""
    for place in (f"{division[:4]}00", f"{division[:2]}0000"):
        if place == division:
            continue
        key = (
            EditionRow.objects.filter(bundle=bundle, division=place, withdrawn_at=None)
            .order_by("-valid_from", "-published_at")
            .values_list("pk", flat=True)
            .first()
        )
        if key:
            return edition_by_id(key)
    return None


def look_over(written: Written, *, on: date) -> tuple[Found, ...]:
    """Return everything that the check finds in a manuscript, errors first, then by line."""
    return _looked_over(written.text, written.kind, written.bundle, written.division, written.standard, on)


def errors_in(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Return what stops publication."""
    return tuple(one for one in found if one.is_error)


def compiled(written: Written, *, valid_from: date) -> Edition:
    """
    Return the edition that a manuscript would become.

    :raises TextNotSound: if it cannot become one.
    """
    return _compiled(
        written.text, written.kind, written.bundle, written.division, written.standard, valid_from
    )


def improvements_in(written: Written) -> tuple[Improvement, ...] | None:
    """Return what an improving text improves; None for a whole one."""
    if written.kind == WHOLE:
        return None
    return read_improvements(written.text, bundle=written.bundle, division=written.division)[0]


@lru_cache(maxsize=64)
def _looked_over(
    text: str, kind: str, bundle: BundleCode, division: DivisionCode, standard: Edition | None, on: date
) -> tuple[Found, ...]:
    try:
        tree = parse_yaml(text)
    except NotYaml as error:
        return (Found("not-yaml", True, error.line, f"不是合格的 YAML：{error}", "检查缩进、冒号和引号"),)
    if not isinstance(tree, dict):
        return (Found("wrong-type", True, 1, "最外层应是“键: 值”", "照起草时给的样子写"),)
    if kind == IMPROVING:
        found = list(_improving(text, bundle, division, standard))
    else:
        found = list(_whole(text, bundle, on))
        if tree.get("code") != bundle:
            line = tree.keys_at.get("code", 1) if hasattr(tree, "keys_at") else 1
            found.append(Found("code-changed", True, line, f"编码应是 {bundle}", "编码定了不要改"))
    return tuple(sorted(set(found), key=lambda one: (not one.is_error, one.line, one.rule, one.message)))


def _whole(text: str, bundle: BundleCode, on: date) -> list[Found]:
    folder = shipped_folder()
    laid = lay_over(text, bundle=bundle, folder=folder)
    found = []
    for finding in check_catalogue(folder, overlay=laid.overlay, only=bundle, on=on):
        line = laid.line(finding.file, finding.line)
        if line is not None:
            is_error = finding.severity is Severity.ERROR
            place = part_at(text, line)
            found.append(Found(finding.rule, is_error, line, finding.message, finding.remedy, place))
    return found


def _improving(
    text: str, bundle: BundleCode, division: DivisionCode, standard: Edition | None
) -> list[Found]:
    improvements, remarks = read_improvements(text, bundle=bundle, division=division)
    found = [Found(r.rule, True, line, r.message, r.remedy, part_at(text, line)) for r, line in remarks]
    if standard is None:
        found.append(
            Found(
                "no-standard", True, 1, "上级没有发布这件事的标准，没有什么可优化的", "改为起草本地的一件事"
            )
        )
    elif not remarks:
        _, refused = inherit(
            standard, division=division, improvements=improvements, valid_from=standard.valid_from
        )
        found += [_not_better(one, improvements, text) for one in refused]
    return found


def _not_better(refused: NotBetter, improvements: tuple[Improvement, ...], text: str) -> Found:
    rows = parse_yaml(text)["improvements"]
    at = improvements.index(refused.improvement)
    line = rows[at].keys_at.get(refused.key, rows.rows_at[at])
    remedy = "本地只能更优；删去，或改到更优"
    return Found("standard-worsened", True, line, refused.reason, remedy, part_at(text, line))


@lru_cache(maxsize=64)
def _compiled(
    text: str,
    kind: str,
    bundle: BundleCode,
    division: DivisionCode,
    standard: Edition | None,
    valid_from: date,
) -> Edition:
    if kind == IMPROVING:
        if standard is None:
            raise UnknownBundle(f"上级没有发布“{bundle}”的标准")
        if found := _improving(text, bundle, division, standard):
            raise TextNotSound(tuple(found))
        improvements, _ = read_improvements(text, bundle=bundle, division=division)
        edition, _ = inherit(standard, division=division, improvements=improvements, valid_from=valid_from)
        return edition
    try:
        laid = lay_over(text, bundle=bundle, folder=shipped_folder())
    except NotYaml as error:
        raise TextNotSound(
            (Found("not-yaml", True, error.line, f"不是合格的 YAML：{error}", "检查缩进、冒号和引号"),)
        ) from error
    reading = read_folder(shipped_folder(), overlay=laid.overlay)
    slips = []
    for remark in reading.unsound():
        finding = reading.locate(remark)
        line = laid.line(finding.file, finding.line)
        if finding.severity is Severity.ERROR and line is not None:
            slips.append(
                Found(finding.rule, True, line, finding.message, finding.remedy, part_at(text, line))
            )
    if slips or bundle not in reading.catalogue.bundles:
        raise TextNotSound(
            tuple(slips) or (Found("unreadable", True, 1, "这份稿读不了", "先改好检查出的错误"),)
        )
    return compile_edition(reading.catalogue, bundle=bundle, division=division, valid_from=valid_from)
