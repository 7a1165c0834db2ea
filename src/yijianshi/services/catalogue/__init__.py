"""
The catalogue as files: read it, check it, plan with it. Published truth is the database; these are seed and exchange.
"""

from .checking import check_catalogue
from .files import Overlay
from .findings import CatalogueUnreadable, Finding, Severity
from .reading import read_catalogue, read_workdays, shipped_catalogue, shipped_folder

__all__ = [
    "CatalogueUnreadable",
    "Finding",
    "Overlay",
    "Severity",
    "check_catalogue",
    "read_catalogue",
    "read_workdays",
    "shipped_catalogue",
    "shipped_folder",
]
