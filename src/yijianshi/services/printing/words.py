"""
How days, limits, names and numbers read on paper.

Basis: GB/T 9704-2012, 7.2.5 (document numbers: the year in full in 〔〕, no leading noughts, no 第).
"""

from datetime import date, datetime

from yijianshi.domain.catalogue import Fee, Limit, ServiceItem
from yijianshi.domain.deadlines import promised_days
from yijianshi.domain.editions import Edition
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import BEIJING, Day

from .. import letters
from ..catalogue.figures import whole
from ..catalogue.reading import shipped_catalogue
from ..people.actors import desks_of
from ..reading.units import name_of_unit

HOTLINE = letters.Desk(unit="政务服务便民热线", phone="12345")
NO_LIMIT = "没有规定期限，尽快办结"
_WEEKDAYS = "一二三四五六日"
_NTH = ("", "", "之二", "之三", "之四", "之五", "之六", "之七", "之八", "之九", "之十")


def day_words(day: date) -> str:
    """Return 2026 年 11 月 27 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def moment_words(at: datetime) -> str:
    """Return 2026 年 11 月 18 日 10:32, in Beijing."""
    local = at.astimezone(BEIJING)
    return f"{day_words(local.date())} {local:%H:%M}"


def until_words(day: date, *, provisional: bool) -> str:
    """Return 2026 年 11 月 27 日（周五）前, marked 暂定 where the year's holidays are not published."""
    return f"{day_words(day)}（周{_WEEKDAYS[day.weekday()]}）前" + ("（暂定）" if provisional else "")


def due_words(due: Day | None, *, start: date) -> str:
    """Return by when a case that starts on `start` is decided."""
    if due is None:
        return "审查结束后及时"
    if due.day == start:
        return f"{day_words(start)}当天"
    return until_words(due.day, provisional=due.provisional)


def days_words(days: float, unit: str = "working") -> str:
    """Return 当场办结, 半个工作日, 5 个工作日, 15 日."""
    if not days:
        return "当场办结"
    if unit == "calendar":
        return "半天" if days == 0.5 else f"{whole(days)} 日"
    return "半个工作日" if days == 0.5 else f"{whole(days)} 个工作日"


def promise_words(item: ServiceItem, *, committed: bool) -> str:
    """Return the promised limit of an item, as the notice and the letters say it."""
    if item.is_automatic and not item.limit.promised:
        return "当场（自动核验）"
    days = promised_days(item.limit, committed=committed)
    if days is None:
        return "按法定期限办结" if item.limit.statutory is not None else NO_LIMIT
    return days_words(days, item.limit.unit)


def statutory_words(limit: Limit) -> str:
    """Return the limit that a law sets; nothing where none does."""
    return "" if limit.statutory is None else days_words(limit.statutory, limit.unit)


def fee_words(fee: Fee) -> str:
    """Return what an item costs."""
    if fee.charged == "no":
        return "不收费"
    if fee.charged == "yes":
        return f"收费：{fee.note}" if fee.note else "收费，标准见收费目录清单"
    return "以收费目录清单为准"


def masked_name(name: str) -> str:
    """Return 王* for a person's name."""
    return name[:1] + "*" * (len(name) - 1)


def masked_number(number: str) -> str:
    """Return 320106********1234 for the number of a person or an enterprise."""
    return number[:6] + "*" * (len(number) - 10) + number[-4:] if len(number) >= 15 else "*" * len(number)


def size_words(size: int) -> str:
    """Return 96 KB or 1.2 MB."""
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(1, round(size / 1024))} KB"


def title_of(edition: Edition) -> str:
    """Return the one-thing's name as letters have it: 开办餐饮店“一件事”."""
    return f"{edition.bundle.title}“一件事”"


def authority_of(unit: Unit) -> str:
    """
    Return the unit's name as it signs: in full with its city, without what stands on the door in brackets.

    Two cities of one province may each have a district of the same name.
    """
    name = name_of_unit(str(unit))
    name = name.partition("（")[0] if name.endswith("）") else name
    divisions = shipped_catalogue().divisions
    division = divisions.get(unit.division)
    if division is None or division.level != "county" or not division.parent:
        return name
    return f"{divisions[division.parent].name}{name}" if name.startswith(division.name) else name


def desks_at(unit: Unit) -> tuple[letters.Desk, ...]:
    """Return whom to ask about a unit's letters: its own desk and the hotline."""
    desk = desks_of({str(unit)})[str(unit)]
    if desk.phone == HOTLINE.phone:
        return (HOTLINE,)
    return (letters.Desk(unit=authority_of(unit), name=desk.name, phone=desk.phone), HOTLINE)


def case_document_number(
    number: str, unit: Unit, edition: Edition, *, sign: str, on: date, nth: int = 1
) -> str:
    """Return the number of a letter about a case, such as 鼓楼市场监管受〔2026〕1118100003434号."""
    department = edition.departments.get(unit.department)
    short = department.short_name if department else str(unit.department)
    return _document_number(number, unit, edition, f"{short}{sign}", on, nth)


def document_number(number: str, unit: Unit, edition: Edition, *, sign: str, on: date, nth: int = 1) -> str:
    """Return the number of a letter that the lead department writes, such as 鼓楼一件事补〔2026〕1118100003424号."""
    return _document_number(number, unit, edition, f"一件事{sign}", on, nth)


def _document_number(number: str, unit: Unit, edition: Edition, words: str, on: date, nth: int) -> str:
    """
    Make the number out of the case's own, which is given once: what follows its division, without leading noughts.

    A case that was filed in an earlier year keeps that year before its day, so that no two cases ever meet.
    """
    division = edition.divisions.get(unit.division)
    place = division.name if division else str(unit.division)
    place = place[:-1] if len(place) > 2 else place
    running = number[10:].lstrip("0") if number[6:10] == str(on.year) else number[6:]
    again = _NTH[nth] if nth < len(_NTH) else f"之{nth}"
    return f"{place}{words}〔{on.year}〕{running}号{again}"
