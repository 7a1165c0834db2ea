"""Letters up to the filing: the one notice, the one form, each department's own form, declarations and the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import Desk, FiledItem, FiledMaterial, Letter, Line, Section, SigningEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeItem:
    """What a notice says of one item; `statutory_limit` stays empty where no law sets one."""

    name: str
    department: str
    basis: tuple[str, ...]
    conditions: str
    promised_limit: str
    fee: str
    result: str
    type: str = ""  # 行政许可
    statutory_limit: str = ""
    visits: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of the order of handling (办理次序): what runs side by side, and when."""

    title: str  # 第一步 · 同时办理
    items: tuple[str, ...]
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededMaterial:
    """A material to be handed in, or one that need not be: `how` says in which form, or why not."""

    name: str
    needed_by: tuple[str, ...]
    basis: str
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliedValues:
    """What a register supplies so that nobody is asked (共享取得)."""

    register: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Letter):
    """一次告知书: everything about the chosen one-thing, told once, before applying."""

    template: ClassVar[str] = "notice"
    demands: ClassVar[Mapping[str, str]] = {"bundle": "一件事名称", "items": "办理事项", "desks": "咨询方式"}

    bundle: str
    items: tuple[NoticeItem, ...]
    stages: tuple[Stage, ...]
    to_provide: tuple[NeededMaterial, ...]
    exempt: tuple[NeededMaterial, ...]
    total: str  # 7 个工作日
    due: str  # 今日受理的，2026 年 12 月 1 日（周二）前办结（以受理日起算）
    visits: str  # 0 次
    fee: str  # 不收费
    desks: tuple[Desk, ...]
    number: str = ""
    applicant: str = ""
    situation: tuple[Line, ...] = ()
    supplied: tuple[SuppliedValues, ...] = ()
    warnings: tuple[str, ...] = ()  # what to know before choosing: commitments, provisional dates …
    edition: str = ""
    qr: str = ""  # the address of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Letter):
    """申报回执（收件凭证）: what was handed in, when, and under which numbers it goes on."""

    template: ClassVar[str] = "receipt"
    demands: ClassVar[Mapping[str, str]] = {"number": "申报号", "items": "办理事项", "digest": "申报内容摘要"}

    number: str
    bundle: str
    applicant: str  # masked: 王*
    submitted_at: str
    items: tuple[FiledItem, ...]
    materials: tuple[FiledMaterial, ...]
    digest: str
    desks: tuple[Desk, ...]
    digest_kind: str = "SM3"
    applicant_number: str = ""  # masked
    agent: str = ""
    channel: str = ""
    due: str = ""
    qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointForm(Letter):
    """综合申请表: the one form for all chosen items, as the applicant signed it."""

    template: ClassVar[str] = "joint-application-form"
    demands: ClassVar[Mapping[str, str]] = {"number": "申报号", "sections": "填报内容"}

    number: str
    bundle: str
    applicant: str
    items: tuple[FiledItem, ...]
    sections: tuple[Section, ...]
    materials: tuple[FiledMaterial, ...] = ()
    declaration: str = ""
    evidence: SigningEvidence | None = None
    qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentForm(Letter):
    """A department's own form, filled from the one form; `authority` is the department."""

    template: ClassVar[str] = "department-form"
    demands: ClassVar[Mapping[str, str]] = {"title": "表名", "number": "申报号", "sections": "填报内容"}

    title: str  # 食品经营许可（新办）申请表
    number: str
    bundle: str
    sections: tuple[Section, ...]
    case_number: str = ""
    declaration: str = ""
    evidence: SigningEvidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(Letter):
    """承诺书 or 授权书: what a person promises or entrusts; `authority` is to whom it is addressed."""

    template: ClassVar[str] = "declaration"
    demands: ClassVar[Mapping[str, str]] = {
        "title": "文书名称",
        "clauses": "承诺或授权内容",
        "declarant": "署名人",
    }

    title: str
    declarant: str
    clauses: tuple[str, ...]
    opening: str = ""
    closing: str = ""
    lines: tuple[Line, ...] = ()  # the parties and the matter
    number: str = ""
    declarant_label: str = "承诺人"
    other_party: str = ""  # such as 受托人
    other_party_label: str = ""
    evidence: SigningEvidence | None = None
