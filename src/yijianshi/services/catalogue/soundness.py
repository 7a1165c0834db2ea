"""
Whether a catalogue can be used at all: everything understood, everything it names is there, every order can be kept.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from yijianshi.domain.catalogue import Catalogue

from .findings import Remark
from .reasoning import reasoning_remarks
from .references import reference_remarks

_QUOTED = re.compile(r"“(?:element:)?([^”]+)”")
#: Where the things live that an `unknown-…` rule misses.
_HOME = {
    "unknown-element": "elements",
    "unknown-question": "elements",
    "unknown-material": "materials",
    "unknown-resource": "resources",
    "unknown-department": "departments",
    "unknown-licence": "licences",
    "unknown-division": "divisions",
    "unknown-bundle": "bundles",
    "unknown-item": "bundles",
}


def unsound(catalogue: Catalogue, *, slips: Iterable[Remark], left_out: Collection[str]) -> Iterator[Remark]:
    """
    Yield the remarks for which the catalogue cannot be used: the slips of reading, and what leads nowhere.

    What only misses something that was left out for a slip of its own is not told a second time.
    """
    yield from slips
    for remark in (*reference_remarks(catalogue), *reasoning_remarks(catalogue)):
        home = _HOME.get(remark.rule)
        if home is None or not {home, *_QUOTED.findall(remark.message)} & set(left_out):
            yield remark
