"""The malware scanner that looks at every upload first (病毒查杀)."""

from .clamd import ClamdScanner, ScannerAddressUnreadable
from .demo import DemoScanner
from .health import check

__all__ = ["ClamdScanner", "DemoScanner", "ScannerAddressUnreadable", "check"]
