"""Who lives in the demo, who is married to whom, who was born, and which shop stands where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from yijianshi.domain.codes import DivisionCode, LicenceCode

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidencePermit:
    """A residence permit of somebody whose household is registered elsewhere (居住证)."""

    number: str
    address: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One citizen, by identity number."""

    number: str
    name: str
    gender: str  # 男 | 女
    born: date
    phone: str
    household: str
    division: DivisionCode
    ethnicity: str = "汉族"
    employer: str = ""  # credit code
    insurance: str = "职工基本医疗保险"
    bank_name: str = ""
    bank_account: str = ""
    social_card_number: str = ""
    residence_permit: ResidencePermit | None = None
    identity_card_issued: date
    identity_card_until: date
    disability_level: str = ""  # of the register of persons with a disability
    died_on: date | None = None

    @property
    def is_woman(self) -> bool:
        return self.gender == "女"


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One household register (户): who heads it, who belongs to it, where."""

    number: str
    head: str
    members: tuple[str, ...]
    address: str
    division: DivisionCode
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Marriage:
    """One entry of the marriage register (婚姻登记)."""

    certificate_number: str
    husband: str
    wife: str
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """A delivery in a hospital, and as far as it has come: certificate, registration (出生)."""

    mother: str
    father: str
    born_at: datetime  # Chinese standard time
    gender: str
    weeks: int
    weight: int  # g
    length: float  # cm
    institution: str
    place: DivisionCode
    delivery_type: str
    admitted_on: date
    discharged_on: date
    invoice_number: str
    total_fee: float
    name: str = ""  # given with the certificate
    certificate_number: str = ""
    certified_on: date | None = None
    child_number: str = ""  # given with the registration of the birth
    registered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property unit of the register (不动产单元)."""

    unit_number: str
    certificate_number: str
    address: str
    area: float  # m²
    use: str
    owner: str  # citizen number or credit code
    registered_on: date
    fire_acceptance_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """One enterprise of the business register, by credit code."""

    uscc: str
    name: str
    kind: str
    legal_representative: str  # citizen number
    division: DivisionCode
    address: str
    premises: str  # unit number of the property
    scope: str
    established_on: date
    term_until: date
    capital: float  # ten thousand yuan
    industry: str
    authority: str
    status: str = "存续（在营、开业、在册）"
    staff_count: int = 1
    finance_officer: str = ""  # citizen number
    tax_clerk: str = ""
    bank_name: str = ""
    bank_account: str = ""
    social_insurance_number: str = ""
    housing_fund_account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A permit that an enterprise already holds from earlier years."""

    kind: LicenceCode
    number: str
    name: str
    holder: str
    issued_on: date
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Population:
    """All of them, and the ways to find them."""

    people: tuple[Person, ...]
    households: tuple[Household, ...]
    marriages: tuple[Marriage, ...]
    births: tuple[Birth, ...]
    enterprises: tuple[Enterprise, ...]
    properties: tuple[Property, ...]
    permits: tuple[Permit, ...]

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by citizen number."""
        return {person.number: person for person in self.people}

    @cached_property
    def enterprise(self) -> Mapping[str, Enterprise]:
        """Enterprises by credit code."""
        return {enterprise.uscc: enterprise for enterprise in self.enterprises}

    @cached_property
    def property(self) -> Mapping[str, Property]:
        """Properties by unit number."""
        return {unit.unit_number: unit for unit in self.properties}

    @cached_property
    def household_of(self) -> Mapping[str, Household]:
        """The household register in which a person stands, by citizen number."""
        return {number: household for household in self.households for number in household.members}

    @cached_property
    def marriage_of(self) -> Mapping[str, Marriage]:
        """The marriage of a husband or wife, by citizen number."""
        return {
            number: marriage for marriage in self.marriages for number in (marriage.husband, marriage.wife)
        }

    @cached_property
    def births_of(self) -> Mapping[str, tuple[Birth, ...]]:
        """The births of a mother or father, the latest first, by citizen number."""
        found: dict[str, list[Birth]] = {}
        for birth in sorted(self.births, key=lambda b: b.born_at, reverse=True):
            for parent in filter(None, (birth.mother, birth.father)):
                found.setdefault(parent, []).append(birth)
        return {parent: tuple(births) for parent, births in found.items()}

    @cached_property
    def properties_of(self) -> Mapping[str, tuple[Property, ...]]:
        """What somebody owns, by citizen number or credit code."""
        return _grouped((unit.owner, unit) for unit in self.properties)

    @cached_property
    def permits_of(self) -> Mapping[str, tuple[Permit, ...]]:
        """What an enterprise already holds, by credit code."""
        return _grouped((permit.holder, permit) for permit in self.permits)

    @cached_property
    def enterprises_of(self) -> Mapping[str, tuple[Enterprise, ...]]:
        """The enterprises that somebody legally represents, by citizen number."""
        return _grouped((e.legal_representative, e) for e in self.enterprises)

    def named(self, name: str) -> Person:
        """Return the first person of that name; the cast comes first. :raises KeyError: if there is none."""
        for person in self.people:
            if person.name == name:
                return person
        raise KeyError(f"演示人口中没有“{name}”")


def _grouped(pairs: Iterable[tuple[str, Found]]) -> dict[str, tuple[Found, ...]]:
    found: dict[str, list[Found]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
