"""
Examining a list of items (体检): read what a place has, say what is wrong with it and what one thing would spare.

No database, no integration, nobody's personal data.
"""

from .examine import examine
from .places import RULES, Cell, Finding
from .reading import ListUnreadable, NamedFile, read_list
from .report import Report

__all__ = ["RULES", "Cell", "Finding", "ListUnreadable", "NamedFile", "Report", "examine", "read_list"]
