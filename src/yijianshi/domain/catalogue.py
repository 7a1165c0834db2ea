"""
What the government offers: service items (事项), and the one-things (一件事) that bind them.

Everything here is data that a steward maintains; nothing is particular to one one-thing.
"""

from dataclasses import dataclass

from .coapplicants import CoApplicant
from .codes import (
    BundleCode,
    DepartmentCode,
    DivisionCode,
    ElementCode,
    ItemCode,
    LicenceCode,
    MaterialCode,
    ResourceCode,
)
from .composites import CompositeLicence
from .conditions import ALWAYS, Condition
from .definitions import (
    Basis,
    Certainty,
    DataElement,
    Department,
    Division,
    Forbidden,
    Law,
    Level,
    LicenceKind,
    Material,
    Resource,
)
from .entitlements import WithoutApplication
from .lists import OfficialList
from .synonyms import Synonym

#: Words a field's `prefill` may use besides the code of a shared resource.
ASKED, COMPUTED, PRIOR = "applicant", "system", "prior"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question on an item's own form, tied to a data element (字段)."""

    element: ElementCode
    required: bool = True
    required_if: Condition | None = None
    prefill: str = ASKED  # ASKED, COMPUTED, PRIOR or the code of a resource
    prior: tuple[ItemCode, ...] = ()  # with PRIOR: whose result gives it
    repeat: str = ""  # the group it repeats in
    label: str = ""  # the department's own wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """That a document may be handed in later (可容缺), and within how many working days after acceptance."""

    within: int
    certainty: Certainty = Certainty.MEDIUM
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialNeed:
    """That an item needs a material, and why (材料要求)."""

    material: MaterialCode
    required: bool = True
    required_if: Condition | None = None
    copies: dict[str, int] | None = None
    basis: Basis | None = None
    produced_by: tuple[ItemCode, ...] = ()
    condition_text: str = ""
    replaceable_by_commitment: bool = False
    owable: Owing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long an item may take (办结时限); `promised` is None where nobody promised anything."""

    statutory: float | None = None
    promised: float | None = None
    unit: str = "working"  # working (工作日) | calendar (自然日)
    extension: float | None = None
    without_commitment: float | None = None  # where `promised` holds only on a commitment
    source: str = ""  # where the days come from, if neither a basis nor the certainty says so
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """How often an applicant had, and has, to go somewhere (跑动次数)."""

    before: int = 0
    after: int = 0
    certainty: Certainty = Certainty.LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardSum:
    """One published sum (收费标准), in fen: for what, and for each of what; written «住宅 80 元/件»."""

    name: str
    fen: int
    per: str = "件"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeReduction:
    """Who pays less by the published standard (减免): what remains to be paid, in per cent; nothing where it is free."""

    name: str
    percent: int = 0
    basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """Whether an item charges (收费): 'no', 'yes' or 'unknown', by what standard, and what is given back."""

    charged: str = "no"
    basis: Basis | None = None
    note: str = ""
    #: Only what the source states plainly; otherwise the department sets the sum.
    sums: tuple[StandardSum, ...] = ()
    #: Who or what sets the sum where there is no uniform one, such as a contract or the tax law.
    set_by: str = ""
    reductions: tuple[FeeReduction, ...] = ()
    refund: str = ""  # full: all of it where no service was rendered; none; nothing: the department decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a grant yields (办理结果); with `licence` it is an electronic licence of that kind."""

    name: str
    licence: LicenceCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLimit:
    """Within how many days after the grant a commitment is checked (核查期限)."""

    within: int
    unit: str = "working"  # working (工作日) | calendar (自然日)
    certainty: Certainty = Certainty.MEDIUM
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentOffer:
    """Whether an item may be granted on the applicant's commitment (告知承诺), and where its own form says so."""

    allowed: bool = False
    reason: str = ""
    element: ElementCode | None = None  # the field that states the choice, so that it is not asked twice
    yes: str = ""
    no: str = ""
    check: CheckLimit | None = None  # by when it is checked, where the item says so; else the usual days


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReason:
    """A ground on which the clock may stop (不计入时限的情形), with its basis and its longest duration."""

    code: str
    name: str
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """That an item cannot be applied for until some months after another was granted (满期后另行申请)."""

    item: ItemCode
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceItem:
    """A service item (事项): what one department does, what it asks for and by when it decides."""

    code: ItemCode
    name: str
    department: DepartmentCode
    type: str  # 行政许可, 行政确认, 公共服务 …
    type_code: str
    basis: tuple[Basis, ...]
    limit: Limit
    result: Result
    short: str = ""  # the name in plain words, for pictures and phones
    base_item: str = ""
    subtype: str = ""
    handling: str = "依申请"
    conditions: str = ""
    when: str = ""
    applies_if: Condition | None = None
    default_selected: bool = False
    deferred: bool = False
    earliest_after: Waiting | None = None
    depends_on: tuple[ItemCode, ...] = ()
    depends_on_any: tuple[ItemCode, ...] = ()
    after: tuple[ItemCode, ...] = ()
    depends_because: dict[ItemCode, str] | None = None  # why it waits, where nothing of that result is used
    visits: Visits = Visits()
    fee: Fee = Fee()
    joint_operation: str = ""
    commitment: CommitmentOffer = CommitmentOffer()
    without_application: WithoutApplication | None = None  # 免申即享
    owed_materials_note: str = ""
    special_procedures: tuple[str, ...] = ()
    stop_reasons: tuple[StopReason, ...] = ()
    public_notice_days: int | None = None
    public_notice_unit: str = "working"
    regulator: DepartmentCode | None = None
    approval_split_plausible: bool = False
    standalone_form: str = ""
    two_persons: bool = False  # one officer proposes the decision, another confirms it
    in_person_required: bool = False  # the applicant must come himself, whatever can be done online
    joint_applicants: str = ""  # who applies together, such as buyer and seller
    per: str = ""  # the group each member of which gets a case of its own
    division_from: ElementCode | None = None  # the answer that says which division decides
    phase: str = ""  # which of the bundle's phases it belongs to
    materials: tuple[MaterialNeed, ...] = ()
    fields: tuple[Field, ...] = ()
    checklist: tuple[str, ...] = ()  # what the one pre-review looks at, besides form and materials
    certainty: dict[str, Certainty] | None = None
    assurance: Level = Level.COMPARED  # how surely it must be known who applies online
    note: str = ""
    department_note: str = ""
    regulator_note: str = ""

    @property
    def applies(self) -> Condition:
        return self.applies_if or ALWAYS

    @property
    def plain_name(self) -> str:
        return self.short or self.name

    @property
    def is_automatic(self) -> bool:
        """Whether a register answers and no officer needs to look (自动核验)."""
        return self.handling == "自动核验"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One plain question about the situation (情形问答)."""

    key: str
    text: str
    type: str  # bool | number | choice | multi
    options: tuple[str, ...] = ()
    element: ElementCode | None = None  # the field whose value this answer is
    unit: str = ""
    hint: str = ""
    yes: str = "是"
    no: str = "否"
    advice: dict[str, str] | None = None  # an option, yes or no → what whoever chooses it should know


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule about which items may be chosen together (选择规则)."""

    kind: str  # exclusive | choose | together | tied-by-law
    items: tuple[ItemCode, ...]
    min: int = 0
    max: int | None = None
    nature: str = ""  # parallel | sequence, for tied-by-law
    satisfied_by: LicenceCode | None = None
    basis: Basis | None = None
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A local number that conditions refer to, such as the floor area from which fire inspection applies."""

    value: float | bool | str
    unit: str = ""
    certainty: Certainty | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precondition:
    """What must be true of the whole before anything can be chosen (前提), and which one-thing is meant otherwise."""

    condition: Condition
    message: str = ""
    code: str = ""
    basis: Basis | None = None
    redirect: BundleCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHint:
    """Two elements that often hold the same value, and when (同一人提示)."""

    may_equal: tuple[ElementCode, ElementCode]
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A one-thing (一件事): the items that a person or an enterprise meets at one event."""

    code: BundleCode
    name: str
    audience: str  # individual | enterprise
    lead_department: DepartmentCode
    items: tuple[ServiceItem, ...]
    kind: str = "standard"
    plain_name: str = ""
    description: str = ""
    stage: str = ""  # the station on the life line under which it is shown
    keywords: tuple[str, ...] = ()
    cooperating_departments: tuple[DepartmentCode, ...] = ()
    promised_total: Limit | None = None
    phases: tuple[str, ...] = ()  # in order; each phase is applied for at once (阶段)
    params: dict[str, Parameter] | None = None
    questions: tuple[Question, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    rules: tuple[Rule, ...] = ()
    role_hints: tuple[RoleHint, ...] = ()
    co_applicants: tuple[CoApplicant, ...] = ()  # who must confirm before it is filed, besides the applicant
    composite_licence: CompositeLicence | None = None  # 一业一证: several licences of the trade issued as one
    headings: dict[str, str] | None = None  # a group of elements → the heading it comes under in this form
    certainty: dict[str, Certainty] | None = None
    sources: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        return self.plain_name or self.name

    def heading_of(self, element: DataElement) -> str:
        """Return the heading under which this form shows `element`: its own group, unless that is too small here."""
        return (self.headings or {}).get(element.group, element.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who decides an item in a division where it is not simply the item's department there (职责分派)."""

    division: DivisionCode
    to: DepartmentCode
    item: ItemCode | None = None
    department: DepartmentCode | None = None
    at: DivisionCode | None = None  # where the unit sits, if not in the division itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """What a division makes better than the standard for one item (本地优化); nothing else can be said here."""

    division: DivisionCode
    bundle: BundleCode
    item: ItemCode
    promised: float | None = None  # a shorter promise, in the unit of the standard
    visits: int | None = None  # fewer
    without_materials: tuple[MaterialCode, ...] = ()  # no longer needed
    on_commitment: tuple[MaterialCode, ...] = ()  # a written commitment will do instead
    without_fields: tuple[ElementCode, ...] = ()  # no longer asked
    free: bool = False  # the fee is waived


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNumbers:
    """What the lists of the nation and of the places call an item by: basic codes (基本编码), and implementation codes (实施编码) by division."""

    item: ItemCode
    basic_codes: tuple[str, ...] = ()
    implementations: dict[DivisionCode, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the steward keeps, each thing under its code (目录)."""

    bundles: dict[BundleCode, Bundle]
    elements: dict[ElementCode, DataElement]
    materials: dict[MaterialCode, Material]
    resources: dict[ResourceCode, Resource]
    departments: dict[DepartmentCode, Department]
    licences: dict[LicenceCode, LicenceKind]
    divisions: dict[DivisionCode, Division]
    common_fields: tuple[Field, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    codes: tuple[ItemNumbers, ...] = ()
    laws: tuple[Law, ...] = ()
    overrides: tuple[Improvement, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    lists: tuple[OfficialList, ...] = ()
