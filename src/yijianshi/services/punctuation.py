"""Names as Chinese text sets them: the catalogue is typed with narrow brackets and commas."""

import re

_NARROW_BRACKETS = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")
_NARROW_COMMA = re.compile(r"(?<=[\u4e00-\u9fff）]),\s*(?=[\u4e00-\u9fff（])")


def wide(value: str | None) -> str:
    """Return a name with the signs of Chinese text, 食品经营许可（新办）; those around Latin text stay."""
    text = str(value or "")
    while (wider := _NARROW_BRACKETS.sub(r"（\1）", text)) != text:  # inner brackets first
        text = wider
    return _NARROW_COMMA.sub("，", text)
