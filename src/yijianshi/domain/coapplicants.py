"""
Who signs beside the applicant (共同申请人), as the catalogue says it: both parents, buyer and seller, both spouses.
"""

from dataclasses import dataclass

from .codes import ElementCode
from .conditions import Condition
from .definitions import Basis, Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class CoApplicant:
    """One role whose holder has to confirm the application himself (共同申请人), and where the form names him."""

    code: str
    name: str  # the role, such as 卖方
    name_element: ElementCode
    number_element: ElementCode  # the number by which he is known when he signs in
    applies_if: Condition | None = None
    sees: tuple[
        ElementCode, ...
    ] = ()  # what is sensitive and yet his as much as the applicant's, such as their child's name
    basis: Basis | None = None
    certainty: Certainty = Certainty.MEDIUM
    note: str = ""
