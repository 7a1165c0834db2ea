"""The synonyms as the steward last kept them (同义词): read anew when the file changes, without a restart."""

from functools import lru_cache
from pathlib import Path

from yijianshi.domain.synonyms import Synonym

from ..catalogue.reading import PARTS, read_part, shipped_folder

#: Which file, and when it was last written; 0 if there is none.
Stamp = tuple[Path, int]


def stamp_of(folder: Path | None = None) -> Stamp:
    """Return which synonyms hold now; cheap enough to be asked with every search."""
    path = (folder or shipped_folder()) / PARTS["synonyms"][0]
    return path, path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=4)
def synonyms_at(stamp: Stamp) -> tuple[Synonym, ...]:
    """Return the synonyms of a stamp; a row that is not understood is left out, the check says where it is."""
    return tuple(read_part("synonyms", stamp[0].parent))
