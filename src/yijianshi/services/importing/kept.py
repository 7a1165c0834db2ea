"""The codes that earlier imports wrote into a folder, read by the rules of the catalogue."""

from pathlib import Path

from yijianshi.domain.catalogue import ItemNumbers

from ..catalogue.decoding import Decoder
from ..catalogue.lines import NotYaml, parse_yaml
from .writing import CODES


def kept_codes(folder: Path) -> tuple[ItemNumbers, ...]:
    """Return the codes in a folder; a file that cannot be understood keeps none, and writing over it is refused."""
    if not (folder / CODES).is_file():
        return ()
    try:
        tree = parse_yaml((folder / CODES).read_text(encoding="utf-8"))
    except (NotYaml, UnicodeDecodeError):
        return ()
    rows = tree.get("codes") if isinstance(tree, dict) else None
    decoder = Decoder()
    found = (decoder.decode(row, ItemNumbers, ("codes", at)) for at, row in enumerate(rows or ()))
    return tuple(numbers for numbers in found if numbers is not None)
