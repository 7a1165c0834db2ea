"""
The life of a manuscript of a one-thing (稿): written, checked, countersigned by every owner, published, taken down.

A manuscript is its steps; its state is read from them. What departments remark stands at a row of the text and is open
until it is settled; a signature counts only for the very text that was signed.

Basis: 苏政办发〔2022〕87号, 二(一): 编制并发布事项清单; 三(二): 统一事项管理, 各部门共同确认.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from .codes import ItemCode
from .editions import Edition
from .routing import Unit, unit_for


class ManuscriptStage(StrEnum):
    """Where a manuscript stands (稿的状态)."""

    DRAFT = "draft"  # 起草中
    CHECKED = "checked"  # 检查通过
    CIRCULATED = "circulated"  # 会签中
    PUBLISHED = "published"  # 已发布
    REPLACED = "replaced"  # 已被新版替代
    TAKEN_DOWN = "taken_down"  # 已撤下
    DISCARDED = "discarded"  # 已作废


class ManuscriptMove(StrEnum):
    """What may be done with a manuscript (对稿的动作)."""

    BEGIN = "begin"  # 起草
    WRITE = "write"  # 修改
    CHECK = "check"  # 检查通过
    CIRCULATE = "circulate"  # 送会签
    REMARK = "remark"  # 提意见
    SETTLE = "settle"  # 答复意见
    SIGN = "sign"  # 会签同意
    OBJECT = "object"  # 不同意
    CALL_BACK = "call_back"  # 收回修改
    PUBLISH = "publish"  # 发布
    REPLACE = "replace"  # 被新版替代
    TAKE_DOWN = "take_down"  # 撤下
    DISCARD = "discard"  # 作废


_S, _M = ManuscriptStage, ManuscriptMove

#: Every lawful step of a manuscript and who takes it; a row that is not here cannot happen.
MOVES: Mapping[tuple[ManuscriptStage, ManuscriptMove], tuple[ManuscriptStage, str]] = MappingProxyType({
    (_S.DRAFT,      _M.WRITE):     (_S.DRAFT,      "steward"),
    (_S.DRAFT,      _M.CHECK):     (_S.CHECKED,    "steward"),
    (_S.DRAFT,      _M.DISCARD):   (_S.DISCARDED,  "steward"),
    (_S.CHECKED,    _M.WRITE):     (_S.DRAFT,      "steward"),
    (_S.CHECKED,    _M.CHECK):     (_S.CHECKED,    "steward"),
    (_S.CHECKED,    _M.CIRCULATE): (_S.CIRCULATED, "steward"),
    (_S.CHECKED,    _M.DISCARD):   (_S.DISCARDED,  "steward"),
    # A remark is met by mending the text while it goes round; whoever had signed signs the mended text again.
    (_S.CIRCULATED, _M.WRITE):     (_S.CIRCULATED, "steward"),
    (_S.CIRCULATED, _M.REMARK):    (_S.CIRCULATED, "owner"),
    (_S.CIRCULATED, _M.SETTLE):    (_S.CIRCULATED, "steward"),
    (_S.CIRCULATED, _M.SIGN):      (_S.CIRCULATED, "owner"),
    (_S.CIRCULATED, _M.OBJECT):    (_S.CIRCULATED, "owner"),
    (_S.CIRCULATED, _M.CALL_BACK): (_S.DRAFT,      "steward"),
    (_S.CIRCULATED, _M.DISCARD):   (_S.DISCARDED,  "steward"),
    (_S.CIRCULATED, _M.PUBLISH):   (_S.PUBLISHED,  "steward"),
    (_S.PUBLISHED,  _M.REPLACE):   (_S.REPLACED,   "system"),
    (_S.PUBLISHED,  _M.TAKE_DOWN): (_S.TAKEN_DOWN, "steward"),
})  # fmt: skip

#: The words that pages use.
STAGE_WORDS = MappingProxyType({
    ManuscriptStage.DRAFT: "起草中", ManuscriptStage.CHECKED: "检查通过", ManuscriptStage.CIRCULATED: "会签中", ManuscriptStage.PUBLISHED: "已发布",
    ManuscriptStage.REPLACED: "已被新版替代", ManuscriptStage.TAKEN_DOWN: "已撤下", ManuscriptStage.DISCARDED: "已作废",
})  # fmt: skip
MOVE_WORDS = MappingProxyType({
    ManuscriptMove.BEGIN: "起草", ManuscriptMove.WRITE: "修改", ManuscriptMove.CHECK: "检查通过", ManuscriptMove.CIRCULATE: "送会签", ManuscriptMove.REMARK: "提意见",
    ManuscriptMove.SETTLE: "答复意见", ManuscriptMove.SIGN: "会签同意", ManuscriptMove.OBJECT: "不同意", ManuscriptMove.CALL_BACK: "收回修改",
    ManuscriptMove.PUBLISH: "发布", ManuscriptMove.REPLACE: "被新版替代", ManuscriptMove.TAKE_DOWN: "撤下", ManuscriptMove.DISCARD: "作废",
})  # fmt: skip
#: Stages in which somebody still works on the text.
UNFINISHED = frozenset({ManuscriptStage.DRAFT, ManuscriptStage.CHECKED, ManuscriptStage.CIRCULATED})


class MoveNotAllowed(Exception):
    """The act cannot follow from the manuscript's present stage."""

    def __init__(self, *, stage: ManuscriptStage, move: ManuscriptMove) -> None:
        can = "、".join(MOVE_WORDS[m] for m in allowed_moves(stage)) or "没有"
        super().__init__(f"这份稿“{STAGE_WORDS[stage]}”，不能“{MOVE_WORDS[move]}”；现在可以做的：{can}")
        self.stage, self.move = stage, move


class PublicationRefused(Exception):
    """The manuscript may not be published; `reasons` says everything that stands in the way."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("；".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Signature:
    """What an owner last said about the whole text (会签): agreed or objected, to the text of that digest."""

    unit: Unit
    digest: str
    agrees: bool
    at: datetime
    by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What an owner remarks on one row of the text (行内意见), open until it is settled with an answer."""

    unit: Unit
    place: tuple[str, ...]
    words: str
    at: datetime
    answer: str = ""
    settled_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


@dataclass(frozen=True, slots=True)
class Round:
    """How far the countersigning has come (会签进展): who owns which items, who has signed what."""

    digest: str
    owners: Mapping[Unit, tuple[ItemCode, ...]]
    signatures: tuple[Signature, ...] = ()
    remarks: tuple[RowRemark, ...] = ()

    def last_word(self, unit: Unit) -> Signature | None:
        """Return what a unit last said, whatever the text was then."""
        return next((s for s in reversed(self.signatures) if s.unit == unit), None)

    def has_signed(self, unit: Unit) -> bool:
        """Return whether a unit has agreed to this very text."""
        said = self.last_word(unit)
        return said is not None and said.agrees and said.digest == self.digest

    @property
    def missing(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.owners if not self.has_signed(unit))

    @property
    def open_remarks(self) -> tuple[RowRemark, ...]:
        return tuple(remark for remark in self.remarks if remark.is_open)


def after_move(stage: ManuscriptStage, move: ManuscriptMove) -> ManuscriptStage:
    """
    Return the stage that a move leads to.

    :raises MoveNotAllowed: if the table has no such row.
    """
    row = MOVES.get((stage, move))
    if row is None:
        raise MoveNotAllowed(stage=stage, move=move)
    return row[0]


def stage_after(moves: Iterable[ManuscriptMove]) -> ManuscriptStage:
    """
    Return the stage of a manuscript that lived through `moves`; the first is its beginning.

    :raises MoveNotAllowed: if a move could not follow from the one before.
    """
    stage = ManuscriptStage.DRAFT
    for move in moves:
        if move is not ManuscriptMove.BEGIN:
            stage = after_move(stage, move)
    return stage


def allowed_moves(stage: ManuscriptStage, *, by: str = "") -> tuple[ManuscriptMove, ...]:
    """Return what may be done with a manuscript, by anyone or by one side; pages show these as buttons."""
    return tuple(
        move for (start, move), (_, who) in MOVES.items() if start is stage and (not by or who == by)
    )


def owners_of(edition: Edition) -> dict[Unit, tuple[ItemCode, ...]]:
    """Return the units that must countersign, each with its items: whoever decides the item in the edition's division."""
    owners: dict[Unit, tuple[ItemCode, ...]] = {}
    for item in edition.bundle.items:
        unit = unit_for(item, edition, division=edition.division.code)
        owners[unit] = (*owners.get(unit, ()), item.code)
    return owners


def obstacles(current: Round, *, names: Mapping[Unit, str]) -> tuple[str, ...]:
    """Return everything for which the text may not be published yet, in words."""
    found = []
    if current.open_remarks:
        whose = dict.fromkeys(names.get(remark.unit, str(remark.unit)) for remark in current.open_remarks)
        found.append(f"还有 {len(current.open_remarks)} 条意见没有答复（{'、'.join(whose)}）")
    for unit in current.missing:
        name, said = names.get(unit, str(unit)), current.last_word(unit)
        if said is None:
            found.append(f"{name}还没有会签")
        elif not said.agrees and said.digest == current.digest:
            found.append(f"{name}不同意：{said.words or '没有写理由'}")
        else:
            found.append(f"{name}看过以后稿子又改了，要重新会签")
    return tuple(found)


def require_publishable(current: Round, *, names: Mapping[Unit, str]) -> None:
    """
    Refuse to publish what not every owner has agreed to as it stands.

    :raises PublicationRefused: if a remark is open, a signature is missing, or the text changed after it was signed.
    """
    if reasons := obstacles(current, names=names):
        raise PublicationRefused(reasons)
