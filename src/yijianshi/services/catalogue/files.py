"""
The texts of a catalogue: a folder of files, with manuscripts laid over them that are not yet saved (底稿).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .lines import NotYaml

#: By file name within the folder: the text to read in its stead, or None as if there were no such file.
Overlay = Mapping[str, str | None]

_BUNDLES = "bundles/"


@dataclass(frozen=True, slots=True)
class Files:
    """A folder of catalogue files and the texts laid over it."""

    folder: Path
    overlay: Overlay

    def __contains__(self, name: str) -> bool:
        if name in self.overlay:
            return self.overlay[name] is not None
        return (self.folder / name).is_file()

    def bundles(self) -> list[str]:
        """Return the names of the files that hold a one-thing, sorted."""
        names = {f"{_BUNDLES}{path.name}" for path in (self.folder / _BUNDLES).glob("*.yaml")}
        names |= {name for name in self.overlay if name.startswith(_BUNDLES) and name.endswith(".yaml")}
        return sorted(name for name in names if name in self)

    def text(self, name: str) -> str:
        """Return the text of a file. :raises NotYaml: if it is not text in UTF-8."""
        laid_over = self.overlay.get(name)
        if laid_over is not None:
            return laid_over
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise NotYaml("不是 UTF-8 编码的文字", 1) from error
