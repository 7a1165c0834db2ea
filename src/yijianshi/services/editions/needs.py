"""What an item of a manuscript asks for (材料、字段): rows in their short forms, changed one at a time."""

from typing import Any

from .revising import PartUnknown, row_of, with_row
from .texts import name_of_row

#: The list in an item, and the key that names a row in its long form.
KEYS = {"materials": "material", "fields": "element"}


def needs_of(item: dict[str, Any], part: str) -> list[dict[str, Any]]:
    """Return the rows of an item's materials or fields in their long form."""
    return [_long(row, part, at) for at, row in enumerate(item.get(part) or ())]


def with_need(text: str, item: str, part: str, code: str, **changed: Any) -> str:
    """
    Return the text with a row of an item added or changed; what is None or true by default is left out.

    :raises PartUnknown: if the item is not there.
    """
    row = row_of(text, "items", item)
    rows = needs_of(row, part)
    at = next((n for n, one in enumerate(rows) if one[KEYS[part]] == code), None)
    need = {**(rows[at] if at is not None else {KEYS[part]: code}), **changed}
    need = {key: value for key, value in need.items() if value not in (None, "", {}, [])}
    if need.get("required") is True:
        del need["required"]
    own = list(row.get(part) or ())
    if at is None:
        own.append(_short(need, part))
    else:
        own[at] = _short(need, part)
    return with_row(text, "items", item, {**row, part: own})


def without_need(text: str, item: str, part: str, code: str) -> str:
    """Return the text with a row taken out of an item. :raises PartUnknown: if it is not there."""
    row = row_of(text, "items", item)
    own = [one for n, one in enumerate(row.get(part) or ()) if name_of_row(one, n) != code]
    if len(own) == len(row.get(part) or ()):
        raise PartUnknown(code)
    changed = {**row, part: own}
    if not own:
        del changed[part]
    return with_row(text, "items", item, changed)


def _long(row: Any, part: str, at: int) -> dict[str, Any]:
    key = KEYS[part]
    if isinstance(row, str):
        spelt: dict[str, Any] = {key: row.removesuffix("?")}
        return spelt | ({"required": False} if row.endswith("?") else {})
    if isinstance(row, dict) and key not in row and len(row) == 1:
        name, rest = next(iter(row.items()))
        spelt = {key: name.removesuffix("?")} | ({"required": False} if name.endswith("?") else {})
        if isinstance(rest, str):
            return spelt | {"prefill": rest}
        return spelt | (rest if isinstance(rest, dict) else {})
    return dict(row) if isinstance(row, dict) else {key: str(at)}


def _short(need: dict[str, Any], part: str) -> Any:
    """Return the shortest form that says the same."""
    code = need[KEYS[part]] + ("?" if need.get("required") is False else "")
    rest = {key: value for key, value in need.items() if key not in (KEYS[part], "required")}
    if not rest:
        return code
    if part == "fields" and set(rest) == {"prefill"}:
        return {code: rest["prefill"]}
    return {code: rest}
