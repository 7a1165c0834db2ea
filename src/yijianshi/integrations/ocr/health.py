"""Whether photographed papers can be read here."""

from .installed import is_installed


def check() -> tuple[str, ...]:
    """Return what is wrong with the reader, one sentence each; nothing means all is well."""
    if is_installed():
        return ()
    return ("没有装拍照识别。需要就 pip install -r requirements/ocr.txt；不需要就设 YIJIANSHI_OCR=off。",)
