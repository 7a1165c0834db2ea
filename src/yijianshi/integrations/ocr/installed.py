"""Whether the extra `requirements/ocr.txt` is installed; asked without loading any of it."""

from importlib.util import find_spec

from yijianshi.services.ports import PaperReader

_NEEDED = ("rapidocr", "onnxruntime", "cv2")


def is_installed() -> bool:
    """Return whether everything that the reader needs is there."""
    return all(find_spec(name) is not None for name in _NEEDED)


def reader() -> PaperReader:
    """Return the reader; it loads its models at the first photograph."""
    from .rapid import RapidReader

    return RapidReader()
