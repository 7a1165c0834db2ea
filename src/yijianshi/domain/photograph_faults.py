"""
What is wrong with a photograph of a paper, told before it is handed in, with what would do (照片检查).

A fault never blocks: whoever cannot take a better photograph hands this one in, and the department looks at it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from .paper_marks import PaperKind, kind_of, other_paper
from .reading_lines import Photograph
from .reading_papers import AT_EDGE, NOT_FOUND, PaperRead, Standing

# Measured on the photographs of `tests/photographs`: sound ones lie above, blurred ones below.
_BLURRED = 0.06
_DARK = 0.35
_GLARE = 0.008
_SMALL_PRINT, _SMALL_SIDE = 13.0, 400
_LEAST_SHARE = 0.7  # of the fields of a paper, when it is whole


class FaultKind(StrEnum):
    """What can be wrong."""

    WRONG_PAPER = "wrong-paper"
    UNKNOWN_PAPER = "unknown-paper"
    EXPIRED = "expired"
    BLURRED = "blurred"
    SMALL = "small"
    DARK = "dark"
    GLARE = "glare"
    CUT_OFF = "cut-off"
    OTHER_SIDE = "other-side"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and what would do; in words for everybody."""

    kind: FaultKind
    what: str
    remedy: str


def faults_of(
    photograph: Photograph, read: PaperRead | None, *, asked: PaperKind | None, on: date
) -> tuple[Fault, ...]:
    """
    Return what is wrong with a photograph, the gravest first.

    :param read: what was read of it as the paper that was asked for, if one was.
    :param asked: which paper it should show; None where any will do.
    """
    found = [*_of_paper(photograph, asked), *_of_time(read, on)]
    missing = read is not None and any(field.standing is Standing.DECLINED for field in read.fields)
    blurred = photograph.sharpness < _BLURRED
    small = min(photograph.width, photograph.height) < _SMALL_SIDE or _print_height(photograph) < _SMALL_PRINT
    if blurred:
        found.append(Fault(FaultKind.BLURRED, "照片有点糊", "请把手机拿稳，等画面清楚了再按；光线暗就开灯"))
    if small:
        found.append(Fault(FaultKind.SMALL, "照片里的字太小", "请靠近一些，让证件占满画面"))
    if photograph.light < _DARK:
        found.append(Fault(FaultKind.DARK, "照片太暗", "请到亮的地方，或开灯再拍"))
    if photograph.glare > _GLARE and missing:
        found.append(Fault(FaultKind.GLARE, "照片上有反光，挡住了字", "请把证件转一个方向，避开灯光再拍"))
    is_wrong = any(fault.kind in (FaultKind.WRONG_PAPER, FaultKind.UNKNOWN_PAPER) for fault in found)
    if not is_wrong and _is_cut_off(photograph, read, unclear=blurred or small):
        found.append(Fault(FaultKind.CUT_OFF, "证件没有拍全", "请让四个角都在画面里，再拍一张"))
    return tuple(found)


def other_side_missing(kinds: Iterable[PaperKind]) -> Fault | None:
    """Return what is missing where an identity card was photographed from one side only."""
    sides = set(kinds)
    if PaperKind.ID_CARD in sides and PaperKind.ID_CARD_BACK not in sides:
        return Fault(FaultKind.OTHER_SIDE, "还缺身份证国徽面", "请把有国徽的一面也拍一张，有效期限印在那一面")
    if PaperKind.ID_CARD_BACK in sides and PaperKind.ID_CARD not in sides:
        return Fault(FaultKind.OTHER_SIDE, "还缺身份证人像面", "请把有照片的一面也拍一张")
    return None


def _of_paper(photograph: Photograph, asked: PaperKind | None) -> Iterable[Fault]:
    seen = kind_of(photograph)
    name = other_paper(photograph) or (seen.words if seen else "")
    wanted = asked.words if asked else ""
    if asked and name and seen is not asked:
        yield Fault(FaultKind.WRONG_PAPER, f"这张像是{name}，不是{wanted}", f"请换成{wanted}再拍")
    elif asked and not name:
        yield Fault(
            FaultKind.UNKNOWN_PAPER, f"没有认出这是{wanted}",
            "请看看是不是拿错了；没有拿错，请放平、拍清楚、四个角拍全",
        )  # fmt: skip


def _of_time(read: PaperRead | None, on: date) -> Iterable[Fault]:
    until = read.field("valid_until") if read else None
    if until is None or not until.value[:1].isdigit():
        return
    last = date.fromisoformat(until.value)
    if last < on:
        yield Fault(
            FaultKind.EXPIRED,
            f"这份{read.kind.words if read else ''}已经过期（有效期到 {last:%Y-%m-%d}）",
            "请换新的再拍；正在换领的，可以先交这张，并带上领证回执",
        )


def _print_height(photograph: Photograph) -> float:
    return median(line.height for line in photograph.lines) if photograph.lines else 0.0


def _is_cut_off(photograph: Photograph, read: PaperRead | None, *, unclear: bool) -> bool:
    if any(line.at_edge for line in photograph.lines):
        return True
    if read is None or unclear:
        return False
    there = sum(field.why not in (NOT_FOUND, AT_EDGE) for field in read.fields)
    return there < _LEAST_SHARE * len(read.fields)
