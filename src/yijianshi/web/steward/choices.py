"""The choices that the steward's forms offer: departments, kinds, stages, and the shared lists searched by words."""

from collections.abc import Iterable
from typing import Any

from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.reading.front import ENTERPRISE_STATIONS, PERSON_STATIONS
from yijianshi.web import parts as p

AUDIENCES = (p.Option("individual", "个人"), p.Option("enterprise", "企业"))
#: The types of items with their codes in the national list.
ITEM_TYPES = (
    ("行政许可", "01"),
    ("行政给付", "05"),
    ("行政确认", "07"),
    ("其他类别", "10"),
    ("公共服务", "20"),
)
UNITS = (p.Option("working", "工作日"), p.Option("calendar", "自然日"))
FEES = (p.Option("no", "不收费"), p.Option("yes", "收费"), p.Option("unknown", "还不清楚"))
#: What may be found at once when the shared lists are searched.
MOST = 12


def department_options() -> tuple[p.Option, ...]:
    """Return every department to choose from."""
    return tuple(p.Option(code, one.short_name) for code, one in shipped_catalogue().departments.items())


def station_options(audience: str) -> tuple[p.Option, ...]:
    """Return the stations of the life line under which a one-thing may be shown."""
    stations = ENTERPRISE_STATIONS if audience == "enterprise" else PERSON_STATIONS
    return tuple(p.Option(one, one) for one in stations)


def licence_options(brought: Iterable[dict[str, Any]]) -> tuple[p.Option, ...]:
    """Return every kind of licence, those that the manuscript brings along first."""
    own = tuple(p.Option(str(one.get("code", "")), f"{one.get('name', '')}（本稿）") for one in brought)
    return own + tuple(p.Option(code, one.name) for code, one in shipped_catalogue().licences.items())


def elements_like(words: str, *, besides: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """Return the shared elements that words may mean, as code, name and what is asked."""
    left_out = set(besides)
    found = [
        (str(code), one.name, one.question)
        for code, one in shipped_catalogue().elements.items()
        if code not in left_out and _is_like(words, code, one.name, one.ask, *one.aliases)
    ]
    return tuple(found[:MOST])


def materials_like(words: str, *, besides: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """Return the shared materials that words may mean, as code, name and how they are come by."""
    left_out = set(besides)
    ways = {
        "applicant": "申请人上传",
        "licence": "电子证照，免交",
        "produced": "同案产出，免交",
        "generated": "系统生成",
    }
    found = [
        (str(code), one.name, ways[one.acquisition.value])
        for code, one in shipped_catalogue().materials.items()
        if code not in left_out and _is_like(words, code, one.name, *one.aliases)
    ]
    return tuple(found[:MOST])


def _is_like(words: str, *names: str) -> bool:
    asked = words.strip().lower().split()
    return bool(asked) and all(any(one in name.lower() for name in names) for one in asked)
