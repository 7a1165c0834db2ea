"""The one record of what several departments did together (联合勘验记录), as it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import Letter, demand


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOpinion:
    """What one department found for one item, and who signed it when."""

    department: str
    item: str
    case_number: str
    verdict: str
    reason: str = ""
    basis: str = ""
    mend_by: str = ""
    present: str = ""
    signed_by: str
    signed_at: str
    digest: str

    def __post_init__(self) -> None:
        demand(
            self,
            {
                "department": "部门",
                "item": "事项",
                "verdict": "意见",
                "signed_by": "签名",
                "signed_at": "签名时间",
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRecord(Letter):
    """The record; without time, place, opinions and signatures it is not written."""

    template: ClassVar[str] = "joint-record"
    demands: ClassVar[Mapping[str, str]] = {
        "title": "标题", "time": "时间", "place": "地点", "opinions": "意见", "outcome": "结论",
    }  # fmt: skip

    title: str
    number: str
    document_number: str
    bundle: str
    applicant: str
    time: str
    place: str
    policy: str
    outcome: str
    opinions: tuple[JointOpinion, ...]
    photos: tuple[tuple[str, str, str], ...] = ()  # name, department, digest
    drawings: tuple[tuple[str, str, str], ...] = ()  # name, size, digest
    history: tuple[tuple[str, str], ...] = ()  # when, what
