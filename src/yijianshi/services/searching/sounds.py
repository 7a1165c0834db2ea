"""
How words sound (读音): syllables without tones, initials, and letters typed as pinyin cut into syllables.

A wrong character of the same sound is the commonest slip of a Chinese keyboard, so it is no slip here.
"""

import re
from functools import lru_cache

_PIECE = re.compile(r"[a-z]+|[\u4e00-\u9fff]+|[0-9]+")
#: Sounds that many speakers of Jiangsu do not tell apart, and what each is heard as.
_HEARD = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("v"), "u"),
    (re.compile("^n(?!$)"), "l"),
    (re.compile("(?<=[aei]n)g$"), ""),
)


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """Return how plain text sounds; letters are read as pinyin, and stay letters where they are none."""
    heard: list[str] = []
    for piece in _PIECE.findall(text):
        if piece[0].isdigit():
            heard.extend(piece)
        elif piece.isascii():
            heard.extend(cut(piece) or piece)
        else:
            heard.extend(_spelt(piece))
    return tuple(heard)


def _spelt(signs: str | list[str]) -> list[str]:
    """Return how signs sound; its dictionary takes half a second to load, for which no start of the platform waits."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin(signs)


@lru_cache(maxsize=1024)
def heard_as(syllable: str) -> str:
    """Return a syllable without what many speakers do not tell apart: zh and z, n and l, ing and in."""
    for sound, same in _HEARD:
        syllable = sound.sub(same, syllable)
    return syllable


def initials(text: str) -> str:
    """Return the first letters of the syllables: kfd for 开饭店."""
    return "".join(syllable[0] for syllable in syllables(text))


@lru_cache(maxsize=4096)
def cut(letters: str) -> tuple[str, ...]:
    """Return letters cut into the fewest syllables of pinyin, or nothing if they are no pinyin."""
    known = _known()
    best: list[tuple[str, ...] | None] = [(), *([None] * len(letters))]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is None or letters[start:end] not in known:
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = (*before, letters[start:end])
    return best[-1] or ()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(found for found in _spelt(list(_signs())) if re.search("[aeiouv]", found))


def _signs() -> str:
    """Return the signs of GB 2312, which have every syllable in use."""
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)
