"""How the tables of the reform are drawn: every cell knows its head, so that a phone can show rows as cards."""

from collections.abc import Iterable

from django import template

register = template.Library()


@register.filter
def under(row: Iterable[str], heads: Iterable[str]) -> list[tuple[str, str]]:
    """Return each cell with the head of its column."""
    return list(zip(heads, row, strict=True))
