"""
Looking through the logs (审计): who of the staff looked at what, and what administrators did; nothing can be changed here.

A page asks for what it shows and no more, whatever the length of the log: it goes on from the last line, and counts nothing.

Basis: GB/T 22239-2019, 8.1.5.2 (审计管理); Personal Information Protection Law (个人信息保护法), art. 51.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from yijianshi.domain.administering import DEED_WORDS, OFFICE, ROLE_WORDS, Deed
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.rights import Act, Actor, Role, posts_for
from yijianshi.domain.workdays import BEIJING, start_of
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.guards.models import DeedRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.reading import shipped_catalogue
from ..reading.units import name_of_unit
from .deeds import note_deed
from .looking import people_of

PER_PAGE = 50
MOST_EXPORTED = 100_000
WHAT_WORDS = {
    "page": "申报总览", "slice": "本事项的表和材料目录", "members": "本事项的名单", "material": "一份材料", "case": "事项",
    "document": "文书", "result": "办理结果", "joint": "联合行动的记录", "drawing": "一张图纸",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What the audit administrator looks for; each part narrows the list."""

    person: UUID | None = None
    number: str = ""  # of a case or a submission
    unit: str = ""
    first: date | None = None
    last: date | None = None
    after: str = ""  # the line with which the page before ended


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line of a log, in words."""

    at: datetime
    who: str
    login: str
    where: str
    what: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """A page of a log, and where the next one goes on."""

    lines: tuple[LogLine, ...]
    further: str


def search_reads(*, actor: Actor, sought: Sought) -> LogPage:
    """Return a page of who looked at what, newest first. :raises NotPermitted: if the actor is no audit administrator."""
    rows = _reads(actor, sought)
    return _page(rows, sought, _told_reads)


def units_read(*, actor: Actor) -> tuple[str, ...]:
    """Return the units of the actor's own division, by which the logs can be narrowed. :raises NotPermitted: as above."""
    division = _home(actor)
    return tuple(f"{code}@{division}" for code in (*shipped_catalogue().departments, OFFICE))


def search_deeds(*, actor: Actor, sought: Sought) -> LogPage:
    """Return a page of what administrators did, newest first. :raises NotPermitted: if the actor is no audit administrator."""
    rows = _deeds(actor, sought)
    return _page(rows, sought, _told_deeds)


def export_reads(*, actor: Actor, sought: Sought, at: datetime) -> Iterator[str]:
    """Yield the lines of a CSV of what was sought, and write down that it was exported. :raises NotPermitted: as above."""
    rows = _reads(actor, sought)
    note_deed(Deed.EXPORT_READS, actor=actor, at=at, division=_home(actor), facts=_facts(sought))
    return _csv(rows, _told_reads)


def export_deeds(*, actor: Actor, sought: Sought, at: datetime) -> Iterator[str]:
    """Yield the lines of a CSV of administration, and write down that it was exported. :raises NotPermitted: as above."""
    rows = _deeds(actor, sought)
    note_deed(Deed.EXPORT_DEEDS, actor=actor, at=at, division=_home(actor), facts=_facts(sought))
    return _csv(rows, _told_deeds)


def _home(actor: Actor) -> str:
    return str(posts_for(actor, Act.READ_LOGS, Role.AUDIT_ADMIN)[0].unit.division)


def _reads(actor: Actor, sought: Sought) -> Any:
    rows = _within_days(ReadRow.objects.filter(division__startswith=stem_of(_home(actor))), sought)
    if sought.person:
        rows = rows.filter(account_id=sought.person)
    if sought.unit:
        rows = rows.filter(unit=sought.unit)
    if sought.number:
        submission = SubmissionRow.objects.filter(number=sought.number).values_list("id", flat=True).first()
        if submission:
            return rows.filter(submission_id=submission)
        case = CaseRow.objects.filter(number=sought.number).values_list("id", "submission_id").first()
        if case is None:
            return rows.none()
        # what was looked at of the whole submission shows this case too
        return rows.filter(Q(case_id=case[0]) | Q(case_id=None), submission_id=case[1])
    return rows


def _deeds(actor: Actor, sought: Sought) -> Any:
    prefix = stem_of(_home(actor))
    rows = _within_days(DeedRow.objects.filter(Q(division__startswith=prefix) | Q(division="")), sought)
    if sought.person:
        rows = rows.filter(Q(by=sought.person) | Q(about=sought.person))
    if sought.unit:
        rows = rows.filter(facts__unit=sought.unit)
    return rows


def _within_days(rows: Any, sought: Sought) -> Any:
    if sought.first:
        rows = rows.filter(at__gte=start_of(sought.first))
    if sought.last:
        rows = rows.filter(at__lt=start_of(sought.last + timedelta(days=1)))
    return rows.order_by("-at", "-id")


def _page(rows: Any, sought: Sought, told: Any) -> LogPage:
    moment, _, key = sought.after.partition("_")
    if moment and key.isdecimal():
        try:
            at = datetime.fromisoformat(moment)
        except ValueError:
            at = None
        if at is not None and at.tzinfo is not None:
            rows = rows.filter(Q(at__lt=at) | Q(at=at, id__lt=int(key)), at__lte=at)
    found = list(rows[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    further = f"{shown[-1].at.isoformat()}_{shown[-1].id}" if len(found) > PER_PAGE else ""
    return LogPage(lines=tuple(told(shown)), further=further)


def _told_reads(rows: "list[ReadRow]") -> Iterator[LogLine]:
    people = people_of(row.account_id for row in rows)
    numbers = _numbers(SubmissionRow, {row.submission_id for row in rows})
    cases = _numbers(CaseRow, {row.case_id for row in rows if row.case_id})
    for row in rows:
        name, login = people[row.account_id]
        yield LogLine(
            at=row.at,
            who=name,
            login=login,
            where=name_of_unit(row.unit) if "@" in row.unit else row.unit,
            what=WHAT_WORDS.get(row.what, row.what),
            about=cases.get(row.case_id or UUID(int=0)) or numbers.get(row.submission_id, ""),
        )


def _told_deeds(rows: "list[DeedRow]") -> Iterator[LogLine]:
    people = people_of(key for row in rows for key in (row.by, row.about))
    for row in rows:
        name, login = people[row.by] if row.by else ("服务器上的命令", "")
        about = people[row.about] if row.about else ("", "")
        yield LogLine(
            at=row.at,
            who=name,
            login=login,
            where=name_of_unit(row.facts["unit"].removeprefix("lead:")) if row.facts.get("unit") else "",
            what=DEED_WORDS[Deed(row.deed)],
            about="，".join(part for part in (about[0], _in_words(row.facts)) if part),
        )


def _in_words(facts: dict[str, str]) -> str:
    words = []
    if facts.get("kind"):
        words.append("报请的免去" if facts["kind"] == "end" else "报请的任职")
    if facts.get("role") in set(Role):
        words.append(ROLE_WORDS[Role(facts["role"])])
    if facts.get("since"):
        words.append(f"从 {facts['since']}" + (f" 到 {facts['until']}" if facts.get("until") else "起"))
    if facts.get("to"):
        words.append(f"交给 {facts['to']}，{facts.get('posts', '')} 个岗位")
    if facts.get("rows"):
        words.append(f"{facts['rows']} 条，{facts.get('before', '')} 以前的")
    return "，".join(words)


def _numbers(table: type[models.Model], keys: Iterable[UUID]) -> dict[UUID, str]:
    rows: Any = table._default_manager.filter(pk__in=set(keys)).values_list("id", "number")
    return dict(rows)


def _facts(sought: Sought) -> dict[str, str]:
    return {
        "person": str(sought.person or ""),
        "number": sought.number,
        "unit": sought.unit,
        "since": str(sought.first or ""),
        "until": str(sought.last or ""),
    }


def _csv(rows: Any, told: Any) -> Iterator[str]:
    """Yield piece by piece; a cell that a spreadsheet would take for a formula is kept a text."""
    yield "\ufeff" + _line(("时间", "姓名", "登录名", "单位", "内容", "对象"))
    piece: list[Any] = []
    for row in rows[:MOST_EXPORTED].iterator(chunk_size=1000):
        piece.append(row)
        if len(piece) == 1000:
            yield "".join(_written(piece, told))
            piece = []
    yield "".join(_written(piece, told))


def _written(piece: list[Any], told: Any) -> Iterator[str]:
    for line in told(piece):
        when = f"{line.at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
        yield _line((when, line.who, line.login, line.where, line.what, line.about))


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow("'" + cell if cell[:1] in ("=", "+", "-", "@") else cell for cell in cells)
    return text.getvalue()
