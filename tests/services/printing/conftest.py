"""Which lives the letters of this folder are printed from."""

from tests.services.printing.town import child, shop, town

__all__ = ["child", "shop", "town"]
