"""Which life the pages of this folder show papers of."""

from tests.services.printing.town import shop, town

__all__ = ["shop", "town"]
