"""The invented people and enterprises of the demo; nobody in it exists."""

from .check import check
from .generating import build_population
from .numbers import bank_account, citizen_number, credit_code, phone
from .people import (
    Birth,
    Enterprise,
    Household,
    Marriage,
    Permit,
    Person,
    Population,
    Property,
    ResidencePermit,
)

__all__ = [
    "Birth",
    "Enterprise",
    "Household",
    "Marriage",
    "Permit",
    "Person",
    "Population",
    "Property",
    "ResidencePermit",
    "bank_account",
    "build_population",
    "check",
    "citizen_number",
    "credit_code",
    "phone",
]
