"""
What is defined once for the whole catalogue (数据元、材料、证照、部门、行政区划), and used by every item that needs it.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

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


class Kind(StrEnum):
    """What sort of answer a data element takes (数据类型)."""

    STRING = "string"
    TEXT = "text"
    INT = "int"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    DATETIME = "datetime"
    DATE_RANGE = "date-range"
    ENUM = "enum"
    MULTI_ENUM = "multi-enum"
    BOOL = "bool"
    DECLARATION = "declaration"
    PHONE = "phone"
    ID_NUMBER = "id-number"
    USCC = "uscc"
    ADDRESS = "address"
    REGION = "region"
    BANK_ACCOUNT = "bank-account"
    TABLE = "table"
    FILE = "file"


class Certainty(StrEnum):
    """How sure the source of a fact is (把握程度); what is not high must be confirmed by the department."""

    HIGH = "高"
    MEDIUM = "中"
    LOW = "低"
    UNRATED = "未评"
    UNKNOWN = "未知"


class Level(IntEnum):
    """How surely it is known who somebody is (身份核验级别); four levels of our own until the nation's are known."""

    REGISTERED = 1  # 自己注册，没有核对
    COMPARED = 2  # 姓名和号码同人口库、法人库比对一致
    FACE = 3  # 刷脸或网证
    CERTIFICATE = 4  # 数字证书，或窗口当面核对


class Acquisition(StrEnum):
    """How a material comes into the file (材料来源)."""

    APPLICANT = "applicant"  # 申请人提供
    LICENCE = "licence"  # 电子证照或共享数据免交
    PRODUCED = "produced"  # 同案其他事项产出
    GENERATED = "generated"  # 系统由表单生成


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The law that demands something (设定依据); the article only where it is known."""

    title: str
    article: str = ""
    note: str = ""

    def __str__(self) -> str:
        return (
            f"《{self.title}》{self.article}"
            if not self.title.startswith("《")
            else self.title + self.article
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table element, such as an investor's name."""

    key: str
    name: str
    kind: Kind = Kind.STRING
    values: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DataElement:
    """One question, defined once for the whole catalogue (数据元)."""

    code: ElementCode
    name: str
    kind: Kind
    group: str = ""  # the heading under which the form shows it
    ask: str = ""  # the question in plain words; empty: the name
    hint: str = ""
    unit: str = ""
    values: tuple[str, ...] = ()
    values_certainty: Certainty | None = None
    columns: tuple[Column, ...] = ()
    sensitive: bool = False
    sources: tuple[ResourceCode, ...] = ()
    aliases: tuple[str, ...] = ()
    max_length: int = 200

    @property
    def question(self) -> str:
        return self.ask or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A filled specimen or a blank form of a material (样表, 空表), as a file beside the catalogue."""

    file: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A document, defined once for the whole catalogue (材料)."""

    code: MaterialCode
    name: str
    acquisition: Acquisition
    licence: LicenceCode | None = None
    shared_data: bool = False  # a register gives it although it is no licence
    produced_by: tuple[ItemCode, ...] = ()
    copies: dict[str, int] | None = None
    basis: Basis | None = None
    aliases: tuple[str, ...] = ()
    description: str = ""
    checks: tuple[str, ...] = ()  # what a reviewer looks at on it
    sample: Sample | None = None
    blank: Sample | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A register that another department keeps and shares (共享资源)."""

    code: ResourceCode
    name: str
    department: DepartmentCode
    sharing: str = ""
    access: str = ""
    update_cycle: str = ""
    certainty: Certainty | None = None
    elements: tuple[ElementCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department, with the name on its door at each level (部门)."""

    code: DepartmentCode
    name: str
    short_name: str
    levels: dict[str, str]  # province | city | county → name
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceKind:
    """A kind of electronic licence (电子证照类型)."""

    code: LicenceCode
    name: str
    issuer: DepartmentCode
    holder: str = "enterprise"
    validity: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A province, city or county (行政区划, GB/T 2260)."""

    code: DivisionCode
    name: str
    level: str  # province | city | county
    parent: DivisionCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """A material that must not be demanded (不得索要的材料)."""

    code: str
    material: str
    reason: str
    item: ItemCode | None = None
    bundle: BundleCode | None = None
    material_codes: tuple[MaterialCode, ...] = ()
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law or other document that bases refer to, and from when until when it is in force (法律法规和文件)."""

    title: str
    rank: (
        str  # 法律 | 行政法规 | 国务院决定 | 地方性法规 | 部门规章 | 政府规章 | 规范性文件 | 标准 | 党内法规
    )
    aliases: tuple[str, ...] = ()
    number: str = ""
    in_force_from: date | None = None  # of the text now in force, where it was revised or first enacted
    repealed_on: date | None = None  # the first day on which it is in force no longer
    replaced_by: str = ""
    certainty: Certainty = Certainty.UNRATED
    source: str = ""
    note: str = ""
