"""
How the codes of places lie in one another: province, city, county (six digits), town (nine), village (twelve).

Basis: GB/T 2260, GB/T 10114.
"""

from .codes import DivisionCode


def county_of(code: str) -> DivisionCode:
    """
    Return the county of a town or village, which hands in for it; any other place stays what it is.

    >>> county_of("320106901000"), county_of("320100")
    ('320106', '320100')
    """
    return DivisionCode(code[:6])


def stem_of(code: str) -> str:
    """
    Return how the codes of everything within a place begin: pairs of noughts stand for the whole of a place.

    >>> stem_of("320000"), stem_of("321000"), stem_of("320106"), stem_of("320106901000"), stem_of("320106901201")
    ('32', '3210', '320106', '320106901', '320106901201')
    """
    six, rest = code[:6], code[6:]
    if rest:
        return code[:9] if rest.endswith("000") and len(rest) == 6 else code
    while len(six) > 2 and six.endswith("00"):
        six = six[:-2]
    return six
