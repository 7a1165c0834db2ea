"""Every form in which a list can be taken along, by its name: what it is called, its media type, and how it is made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from yijianshi.domain.definitions import Division
from yijianshi.domain.editions import Edition

from .cpsv import graph_of
from .workbook import workbook_of


@dataclass(frozen=True, slots=True)
class Format:
    """A form of the list: the ending of its file, its media type, and what writes it."""

    ending: str
    media: str
    write: Callable[..., bytes]


def _turtle(
    editions: Iterable[Edition], *, division: Division, address: str, phones: Mapping[str, str]
) -> bytes:
    return graph_of(editions, division=division, address=address, phones=phones).turtle().encode()


def _json_ld(
    editions: Iterable[Edition], *, division: Division, address: str, phones: Mapping[str, str]
) -> bytes:
    return graph_of(editions, division=division, address=address, phones=phones).json_ld().encode()


def _xlsx(
    editions: Iterable[Edition], *, division: Division, address: str, phones: Mapping[str, str]
) -> bytes:
    return workbook_of(editions, division=division)


FORMATS: Mapping[str, Format] = {
    "cpsv-ap-ttl": Format("ttl", "text/turtle; charset=utf-8", _turtle),
    "cpsv-ap-jsonld": Format("jsonld", "application/ld+json", _json_ld),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
