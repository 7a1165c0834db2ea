"""What can be measured of a photograph: how sharp its print is, how light the paper, how much a reflection has eaten."""

from typing import Any

import cv2
import numpy as np

_LINE_HEIGHT = 32  # to which a line is brought before its sharpness is measured, so that size does not count
_AT_EDGE = 0.006
_SATURATED = 252
_DAZZLED = 0.02
_MOST_MEASURED = 24


def from_pillow(picture: Any) -> Any:
    """Return a picture of Pillow's as an array in the order that OpenCV uses."""
    return cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR)


def scaled(picture: Any, longest: int) -> Any:
    """Return the picture with its longer side at most `longest`."""
    factor = longest / max(picture.shape[:2])
    if factor >= 1:
        return picture
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def turned(picture: Any, degrees: int) -> Any:
    """Return the picture turned clockwise by a multiple of 90 degrees."""
    ways = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return cv2.rotate(picture, ways[degrees]) if degrees else picture


def as_jpeg(picture: Any, quality: int) -> bytes:
    """Return the picture as JPEG, without anything that its camera wrote beside it."""
    _, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return bytes(coded.tobytes())


def is_wide(box: Any) -> bool:
    """Return whether a box of print lies, as lines of an upright picture do."""
    left, top = box.min(axis=0)
    right, bottom = box.max(axis=0)
    return bool(right - left >= bottom - top)


def touches_edge(box: Any, width: int, height: int) -> bool:
    """Return whether a line of print reaches the edge of the picture."""
    near = _AT_EDGE * max(width, height)
    return bool(
        (box < near).any() or (box[:, 0] > width - 1 - near).any() or (box[:, 1] > height - 1 - near).any()
    )


def straightened(boxes: list[Any]) -> list[tuple[float, float, float, float]]:
    """Return the boxes as left, top, right, bottom after the slant that most of them share is taken out."""
    if not boxes:
        return []
    slants = []
    for box in boxes:
        across = box[1] - box[0]
        if across[0] > 2 * abs(across[1]) and across[0] > 60:
            slants.append(float(np.arctan2(across[1], across[0])))
    slant = float(np.median(slants)) if slants else 0.0
    matrix = np.array([[np.cos(slant), -np.sin(slant)], [np.sin(slant), np.cos(slant)]])
    straight = []
    for box in boxes:
        corners = box @ matrix
        sides = np.sort(corners, axis=0)
        left, right = sides[:2, 0].mean(), sides[2:, 0].mean()
        top, bottom = sides[:2, 1].mean(), sides[2:, 1].mean()
        straight.append((float(left), float(top), float(right), float(bottom)))
    return straight


def sharpness(picture: Any, found: list[tuple[Any, str, float]]) -> float:
    """Return the variance of the Laplacian over the contrast of the print, the middle one of its lines."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    values = []
    for box, _, _ in found[:_MOST_MEASURED]:
        left, top = np.maximum(box.min(axis=0).astype(int), 0)
        right, bottom = box.max(axis=0).astype(int)
        piece = gray[top : bottom + 1, left : right + 1]
        if min(piece.shape[:2]) >= 6:
            values.append(_sharpness_of(piece))
    if not values:
        values.append(_sharpness_of(scaled(gray, 1000)))
    return round(float(np.median(values)), 4)


def _sharpness_of(piece: Any) -> float:
    if piece.shape[0] > _LINE_HEIGHT:
        factor = _LINE_HEIGHT / piece.shape[0]
        piece = cv2.resize(piece, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    dark, bright = np.percentile(piece, (5, 95))
    contrast = max(float(bright - dark), 12.0)
    return float(cv2.Laplacian(piece, cv2.CV_64F).var()) / contrast**2


def light(picture: Any) -> float:
    """Return how light the lighter part of the picture is, 0 to 1."""
    return round(float(np.percentile(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), 75)) / 255, 3)


def burnt(picture: Any) -> Any:
    """Return where a reflection has burnt the picture out in one piece, as a small mask of noughts and ones."""
    white = (scaled(picture, 600).min(axis=2) >= _SATURATED).astype(np.uint8)
    return cv2.morphologyEx(white, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))


def glare(mask: Any) -> float:
    """Return the share of the picture that is burnt out."""
    return round(float(mask.mean()), 4)


def is_dazzled(box: Any, mask: Any, factor: float) -> bool:
    """Return whether a line of print lies in what is burnt out, or beside it within two of its heights."""
    left, top = box.min(axis=0) * factor
    right, bottom = box.max(axis=0) * factor
    aside = 2 * (bottom - top)
    piece = mask[max(int(top), 0) : int(bottom) + 1, max(int(left - aside), 0) : int(right + aside) + 1]
    return bool(piece.size and piece.mean() > _DAZZLED)
