"""
Importing a list of items (导入): keep its codes, show in words what it says otherwise, and draft what the catalogue lacks.

Nothing that a steward wrote is overwritten, and what was changed by hand since the last import is refused by name.
"""

from .import_list import Import, prepare_import
from .writing import ChangedByHand, write_import

__all__ = ["ChangedByHand", "Import", "prepare_import", "write_import"]
