"""A letter on its way out: printed by the port `Documents`, with the name under which it is kept."""

from dataclasses import asdict, dataclass

from ..letters import Letter
from ..outside import outside


class NoSuchLetter(Exception):
    """This letter was not written for this case: what it would say has not happened."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter as PDF, and what its file is called."""

    name: str
    content: bytes


def print_letter(letter: Letter, *, name: str) -> Printed:
    """
    Return the letter as PDF.

    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    return Printed(f"{name}.pdf", outside().documents.render(letter.template, asdict(letter)))
