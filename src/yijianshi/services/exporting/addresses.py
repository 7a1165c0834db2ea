"""
The lasting address of a one-thing (直达链接), in which an existing portal may say the situation of its reader.

Answers stand in the query under the keys of the questions, as yes and no, numbers, or an option's own words.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from yijianshi.domain.catalogue import Question

_YES_OR_NO = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


def given_in(pairs: Iterable[tuple[str, str]], questions: Iterable[Question]) -> dict[str, Any]:
    """Return the answers that an address gives to the questions; what is none of them is not looked at."""
    said: dict[str, list[str]] = {}
    for key, value in pairs:
        said.setdefault(key, []).append(value.strip())
    answers: dict[str, Any] = {}
    for question in questions:
        given = [value for value in said.get(question.key, ()) if value]
        if not given:
            continue
        if question.type == "multi":
            answers[question.key] = given
        elif question.type == "bool":
            answers[question.key] = _YES_OR_NO.get(given[-1].lower(), given[-1])
        else:
            answers[question.key] = given[-1]
    return answers


def embedded(address: str, bundle: str, query: str, *, title: str) -> str:
    """Return the line that a portal pastes into its page to show the column of a one-thing."""
    where = escape(f"{address}/embed/{bundle}" + (f"?{query}" if query else ""))
    return (
        f'<iframe src="{where}" title="{escape(title)}" width="100%" height="560" frameborder="0" loading="lazy" '
        'referrerpolicy="no-referrer"></iframe>'
    )


def oembed(
    address: str, bundle: str, query: str, *, title: str, width: int, height: int
) -> Mapping[str, Any]:
    """Return what a page system asks for that embeds by address (oEmbed 1.0)."""
    return {
        "version": "1.0", "type": "rich", "title": title, "provider_name": "一件事一次办", "provider_url": address,
        "width": width, "height": height, "html": embedded(address, bundle, query, title=title),
    }  # fmt: skip
