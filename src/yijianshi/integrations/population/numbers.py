"""
Numbers that are right by their check digits and yet can belong to nobody.

Basis: GB 11643 (citizen identification numbers), GB 32100-2015 and GB 11714-1997 (unified social credit codes),
GB/T 17710 (ISO 7812 check digit of bank cards).
"""

from datetime import date

from yijianshi.domain.codes import DivisionCode, citizen_check_character, credit_code_check_character

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PHONE_BLOCKS = ("1390000", "1380000", "1370000", "1360000", "1350000")
_PHONES_IN_A_BLOCK = 10_000


def citizen_number(*, division: DivisionCode, born: date, male: bool, spare: bool = False) -> str:
    """
    Return an identity number that no living adult has.

    The sequence codes 996 to 999 were kept for people over a hundred; odd is male. `spare` gives the second of the two.
    """
    sequence = (997 if male else 996) + (2 if spare else 0)
    body = f"{division}{born:%Y%m%d}{sequence}"
    return body + citizen_check_character(body)


def credit_code(*, division: DivisionCode, serial: int) -> str:
    """Return a credit code of an enterprise registered by market regulation, its body beginning with DEM0."""
    if not 0 <= serial < 31**4:
        raise ValueError(f"演示企业的序号应在 0 至 {31**4 - 1} 之间，现在是 {serial}")
    digits = ""
    for _ in range(4):
        serial, digit = divmod(serial, 31)
        digits = _CREDIT_ALPHABET[digit] + digits
    organisation = "DEM0" + digits
    body = f"91{division}{organisation}{_organisation_check(organisation)}"
    return body + credit_code_check_character(body)


def _organisation_check(eight: str) -> str:
    total = sum(w * _ORGANISATION_DIGITS.index(c) for w, c in zip(_ORGANISATION_WEIGHTS, eight, strict=True))
    return "0X987654321"[total % 11]


def phone(serial: int) -> str:
    """Return a mobile number from the blocks 13x-0000-xxxx, which are given to nobody."""
    block, place = divmod(serial, _PHONES_IN_A_BLOCK)
    return f"{_PHONE_BLOCKS[block % len(_PHONE_BLOCKS)]}{place:04d}"


def bank_account(serial: int) -> str:
    """Return a card number of an issuer that does not exist, right by its last digit."""
    body = f"620000{serial:012d}"
    total = 0
    for place, character in enumerate(reversed(body)):
        digit = int(character) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)
