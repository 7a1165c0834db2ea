"""Ways in which a photograph goes wrong, each made by arithmetic from a clean picture; the same seed spoils alike."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

Picture = Any  # height x width x 3, eight bits
_DESK = (74, 92, 112)


def photograph(png: bytes, how: str, *, seed: int) -> bytes:
    """Return a JPEG of the paper lying on a desk, spoiled in the way that `how` names."""
    dice = np.random.default_rng(seed)
    paper = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    paper = (paper.astype(np.float32) * 0.93).astype(np.uint8)  # no paper is as white as a screen
    picture = WAYS[how](paper, dice)
    ok, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 88])
    assert ok
    return bytes(coded.tobytes())


def _lay(paper: Picture, dice: Any, *, angle: float = 0.0, margin: float = 0.08) -> Picture:
    """Return the paper on a desk, turned by some degrees, in a light that falls from one side."""
    height, width = paper.shape[:2]
    room = int(margin * width) + int(abs(np.sin(np.radians(angle))) * max(height, width) / 2)
    desk = np.empty((height + 2 * room, width + 2 * room, 3), np.float32)
    desk[:] = _DESK
    desk += dice.normal(0, 6, desk.shape[:2])[..., None]
    desk[room : room + height, room : room + width] = paper
    if angle:
        centre = (desk.shape[1] / 2, desk.shape[0] / 2)
        matrix = cv2.getRotationMatrix2D(centre, angle, 1.0)
        desk = cv2.warpAffine(
            desk, matrix, (desk.shape[1], desk.shape[0]), flags=cv2.INTER_CUBIC, borderValue=_DESK
        )
    fall = np.linspace(1.0, 0.88, desk.shape[1], dtype=np.float32)[None, :, None]
    return _noised(desk * fall, dice, 2.0)


def _noised(picture: Picture, dice: Any, much: float) -> Picture:
    return np.clip(picture + dice.normal(0, much, picture.shape), 0, 255).astype(np.uint8)


def _shadow(paper: Picture, dice: Any) -> Picture:
    picture = _lay(paper, dice).astype(np.float32)
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    edge = 1 / (1 + np.exp(-40 * (x + 0.4 * y - 0.75)))
    return np.clip(picture * (1 - 0.62 * edge[..., None]), 0, 255).astype(np.uint8)


def _blurred(paper: Picture, dice: Any, *, much: float) -> Picture:
    sigma = much * paper.shape[1] / 1200
    return _noised(cv2.GaussianBlur(_lay(paper, dice), (0, 0), sigma).astype(np.float32), dice, 2.0)


def _cut_off(paper: Picture, dice: Any) -> Picture:
    picture = _lay(paper, dice)
    height, width = picture.shape[:2]
    return picture[: int(height * 0.76), : int(width * 0.72)]


def _small(paper: Picture, dice: Any) -> Picture:
    picture = _lay(paper, dice)
    scale = 300 / picture.shape[1]
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _glare(paper: Picture, dice: Any) -> Picture:
    picture = _lay(paper, dice).astype(np.float32)
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    across, down = dice.uniform(0.35, 0.65) * width, dice.uniform(0.45, 0.75) * height
    distance = ((x - across) / (0.24 * width)) ** 2 + ((y - down) / (0.2 * height)) ** 2
    return np.clip(picture + 520 * np.exp(-(distance**2))[..., None], 0, 255).astype(np.uint8)


def _slanted(paper: Picture, dice: Any) -> Picture:
    picture = _lay(paper, dice, margin=0.12)
    height, width = picture.shape[:2]
    there = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = there + np.array([[0.07, 0.05], [-0.07, 0.05], [0, 0], [0, 0]], np.float32) * (width, height)
    matrix = cv2.getPerspectiveTransform(there, seen.astype(np.float32))
    return cv2.warpPerspective(picture, matrix, (width, height), borderValue=_DESK)


WAYS: dict[str, Callable[[Picture, Any], Picture]] = {
    "plain": _lay,
    "turned 5": lambda paper, dice: _lay(paper, dice, angle=5),
    "turned 90": lambda paper, dice: cv2.rotate(_lay(paper, dice), cv2.ROTATE_90_CLOCKWISE),
    "turned 180": lambda paper, dice: cv2.rotate(_lay(paper, dice), cv2.ROTATE_180),
    "slanted": _slanted,
    "shadow": _shadow,
    "blurred a little": lambda paper, dice: _blurred(paper, dice, much=2.2),
    "blurred much": lambda paper, dice: _blurred(paper, dice, much=5.5),
    "cut off": _cut_off,
    "small": _small,
    "glare": _glare,
    "noise": lambda paper, dice: _noised(_lay(paper, dice).astype(np.float32), dice, 32.0),
}
