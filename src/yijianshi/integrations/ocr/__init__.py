"""The reader of photographed papers (拍照识别): an extra of a site, offline, in a process of its own."""

from .health import check
from .installed import is_installed, reader
from .recorded import RecordedReader

__all__ = ["RecordedReader", "check", "is_installed", "reader"]
