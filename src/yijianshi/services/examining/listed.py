"""What a list says, item by item: as much as the examination looks at, and no more, so that 100,000 rows fit in memory."""

from dataclasses import dataclass, field
from datetime import date

from .places import Cell, Finding

WORKING, CALENDAR = "working", "calendar"


@dataclass(slots=True)
class ListedMaterial:
    """One material that an item of the list asks for."""

    name: str
    cell: Cell
    basis: str = ""
    needed: str = "yes"  # yes | no | owed
    from_state: bool = False  # issued by a department: 政府部门核发


@dataclass(slots=True)
class ListedFee:
    """One charge of an item."""

    name: str
    cell: Cell
    basis: str = ""


@dataclass(slots=True)
class ListedItem:
    """One item of a list as one place handles it, with where it stands."""

    name: str
    cell: Cell
    subname: str = ""
    basic_code: str = ""
    code: str = ""
    type: str = ""
    basis: str = ""
    level: str = ""
    department: str = ""
    department_code: str = ""
    division: str = ""
    statutory: float | None = None
    statutory_unit: str = WORKING
    promised: float | None = None
    promised_unit: str = WORKING
    visits: int | None = None
    special: str = ""
    condition: str = ""
    result: str = ""
    prior: str = ""
    is_fee: bool | None = None
    fee_basis: str = ""
    ends: date | None = None
    materials: list[ListedMaterial] = field(default_factory=list)
    fees: list[ListedFee] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The item's name with the sub-item's, where the list tells them apart."""
        if self.subname and self.subname != self.name:
            return self.subname if self.name in self.subname else f"{self.name}（{self.subname}）"
        return self.name

    @property
    def days(self) -> tuple[float | None, str]:
        """What the applicant waits: the promise, or else the law's limit."""
        if self.promised is not None:
            return self.promised, self.promised_unit
        return self.statutory, self.statutory_unit


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table as it was read: what it lists, how many rows, and the columns nobody knows."""

    file: str
    sheet: str
    kind: str
    rows: int
    unknown: tuple[str, ...] = ()
    has_basis: bool = True


@dataclass(slots=True)
class ListRead:
    """A whole list: its items, its tables and everything that could not be read."""

    items: list[ListedItem]
    tables: list[TableRead]
    findings: list[Finding]
    rows: int = 0
    left_out: int = 0  # rows beyond the most that are read
