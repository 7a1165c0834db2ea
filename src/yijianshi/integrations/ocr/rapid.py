"""
RapidOCR: the PP-OCR models that lie in its package, run by onnxruntime; nothing is fetched and nothing is sent.

Source: rapidocr 3.10, `RapidOCR.__call__` (boxes as four corners from the upper left, texts, scores).
"""

from io import BytesIO
from threading import Lock
from typing import Any

from yijianshi.domain.reading_lines import Line, Photograph
from yijianshi.services.ports import PhotographSeen, PhotographUnreadable

from . import measuring

_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 1800  # more does not help the models, and every pixel costs
_PREVIEW_SIDE, _PREVIEW_QUALITY = 800, 58
_GOOD = 0.88  # mean confidence of lines that stand upright
_FEW = 12  # so many characters are enough to trust a first look


class RapidReader:
    """The PaperReader port over RapidOCR; the models are loaded once, at the first photograph."""

    def __init__(self, *, threads: int = 1) -> None:
        """Read with so many threads; one leaves the other cores to people at the desks."""
        self._threads = threads
        self._engine: Any = None
        self._loading = Lock()

    def read(self, content: bytes) -> PhotographSeen:
        """
        Return the lines of a photograph, turned upright.

        :raises PhotographUnreadable: if the bytes are no picture that can be opened.
        """
        picture = measuring.scaled(_opened(content), _LONGEST_SIDE)
        upright, found, turned = self._upright(picture)
        height, width = upright.shape[:2]
        mask = measuring.burnt(upright)
        photograph = Photograph(
            width=width,
            height=height,
            sharpness=measuring.sharpness(upright, found),
            light=measuring.light(upright),
            glare=measuring.glare(mask),
            lines=_lines(found, width, height, mask),
            turned=turned,
        )
        preview = measuring.as_jpeg(measuring.scaled(upright, _PREVIEW_SIDE), _PREVIEW_QUALITY)
        return PhotographSeen(photograph, preview)

    def _upright(self, picture: Any) -> tuple[Any, list[tuple[Any, str, float]], int]:
        """Return the picture as it stands upright, what was read then, and how far it was turned."""
        best: tuple[float, Any, list[tuple[Any, str, float]], int] | None = None
        first = self._read(picture)
        standing = sum(1 if measuring.is_wide(box) else -1 for box, _, _ in first)
        for turned in (0, 180) if standing > 0 else (90, 270) if standing < 0 else (0, 90, 180, 270):
            view = measuring.turned(picture, turned)
            found = first if turned == 0 else self._read(view)
            worth = sum(score**4 * len(text) for _, text, score in found)
            if best is None or worth > best[0]:
                best = (worth, view, found, turned)
            if _is_good(found):
                break
        assert best is not None
        return best[1], best[2], best[3]

    def _read(self, picture: Any) -> list[tuple[Any, str, float]]:
        with self._loading:
            if self._engine is None:
                self._engine = _engine(self._threads)
        seen = self._engine(picture, use_cls=False)
        if seen.boxes is None or seen.txts is None:
            return []
        return [
            (box, str(text), float(score))
            for box, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True)
        ]


def _engine(threads: int) -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _opened(content: bytes) -> Any:
    """Return the picture as an array, turned as its camera says. :raises PhotographUnreadable: if it cannot be opened."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise PhotographUnreadable("照片太大，打不开")
            picture.draft("RGB", (2 * _LONGEST_SIDE, 2 * _LONGEST_SIDE))
            return measuring.from_pillow(ImageOps.exif_transpose(picture).convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as reason:
        raise PhotographUnreadable("照片打不开，可能没有传完，或者不是照片") from reason


def _is_good(found: list[tuple[Any, str, float]]) -> bool:
    characters = sum(len(text) for _, text, _ in found)
    if characters < _FEW:
        return False
    return sum(score * len(text) for _, text, score in found) / characters >= _GOOD


def _lines(found: list[tuple[Any, str, float]], width: int, height: int, mask: Any) -> tuple[Line, ...]:
    straight = measuring.straightened([box for box, _, _ in found])
    return tuple(
        Line(
            text=text[:200],
            left=round(left, 1), top=round(top, 1), right=round(right, 1), bottom=round(bottom, 1),
            confidence=round(score, 4),
            at_edge=measuring.touches_edge(box, width, height),
            dazzled=measuring.is_dazzled(box, mask, mask.shape[1] / width),
        )
        for (box, text, score), (left, top, right, bottom) in zip(found, straight, strict=True)
    )  # fmt: skip
