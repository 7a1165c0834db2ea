"""What the reader saw on the photographs, written down so that the rules can be tried without it."""

import json
from collections.abc import Collection, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from yijianshi.domain.reading_lines import Line, Photograph

from .papers import KINDS, Drawn, draw

RECORDED = Path(__file__).parent / "recorded" / "seen.json"
SEED = 20261127
#: Three papers of every kind, and a fourth card: with twelve ways of spoiling each, 312 photographs.
COLLECTION = (
    *((kind, number) for number in range(3) for kind in KINDS),
    ("id-card", 3),
    ("id-card-back", 3),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One photograph of the collection: of which paper, spoiled how, what stands on the paper, what the reader saw."""

    kind: str
    number: int
    how: str
    truth: dict[str, str]
    photograph: Photograph

    @property
    def name(self) -> str:
        return f"{self.kind} {self.number}, {self.how}"


def as_plain(seen: Seen) -> dict[str, Any]:
    """Return a photograph as plain values."""
    photograph = seen.photograph
    return {
        "kind": seen.kind, "number": seen.number, "how": seen.how, "truth": seen.truth,
        "width": photograph.width, "height": photograph.height, "sharpness": photograph.sharpness,
        "light": photograph.light, "glare": photograph.glare, "turned": photograph.turned,
        "lines": [list(astuple(line)) for line in photograph.lines],
    }  # fmt: skip


def from_plain(kept: dict[str, Any]) -> Seen:
    """Return the photograph again."""
    measured = {key: kept[key] for key in ("width", "height", "sharpness", "light", "glare", "turned")}
    lines = tuple(Line(*line) for line in kept["lines"])
    return Seen(kept["kind"], kept["number"], kept["how"], kept["truth"], Photograph(lines=lines, **measured))


def recorded(path: Path = RECORDED) -> tuple[Seen, ...]:
    """Return the photographs written down, in their order."""
    return tuple(from_plain(json.loads(row)) for row in path.read_text(encoding="utf-8").splitlines())


def write(seen: list[Seen], path: Path) -> None:
    """Write photographs down, one a line."""
    rows = (json.dumps(as_plain(one), ensure_ascii=False, separators=(",", ":")) for one in seen)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def taken(collection: Collection[tuple[str, int]] | None = None) -> Iterator[tuple[Drawn, str, bytes]]:
    """Yield every photograph of the collection: the paper, how it was spoiled, and its bytes; needs OpenCV."""
    from .spoiling import WAYS, photograph

    places = list(KINDS)
    for kind, number in collection or COLLECTION:
        drawn, png = draw(kind, number)
        for turn, how in enumerate(WAYS):
            yield (
                drawn,
                how,
                photograph(png, how, seed=SEED + 1000 * places.index(kind) + 100 * number + turn),
            )
