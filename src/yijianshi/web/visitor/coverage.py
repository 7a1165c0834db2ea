"""What a region has of a list and what it lacks (清单覆盖情况): a page to print, JSON and CSV."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.lists import Covered, OfficialList, Standing
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.reading.coverage import LEVELS, Compared, UnknownList, compare_with_list, every_list
from yijianshi.web.acting import frame, today

from .region import division_of, name_of

SAID = {
    Standing.PUBLISHED: ("done", "已发布"),
    Standing.RENAMED: ("done", "已发布，名称不同"),
    Standing.LACKING: ("todo", "还没有"),
}
COLUMNS = ("序号", "清单上的名称", "情况", "本地名称", "一件事编码", "牵头部门", "把握程度", "说明")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry of the list, or one thing beyond it."""

    number: int
    name: str
    tag: tuple[str, str]
    here: str
    href: str
    code: str
    lead: str
    certainty: str
    note: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the line for a table of plain text."""
        return (
            str(self.number), self.name, self.tag[1], self.here, self.code, self.lead, self.certainty, self.note
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """How far a region has come with one list."""

    region: str
    listed: OfficialList
    level: str
    lists: tuple[tuple[str, str, bool], ...]
    divisions: tuple[tuple[str, str, bool], ...]
    counts: tuple[tuple[str, int], ...]
    entries: tuple[EntryLine, ...]
    beyond: tuple[EntryLine, ...]
    says_no_leads: bool
    csv: str
    json: str


def coverage(request: HttpRequest) -> HttpResponse:
    """
    Show the comparison of a region with a list, in the wanted form.

    :raises UnknownList: if there is no such list.
    """
    lists = every_list()
    if not lists:
        raise UnknownList("目录里还没有清单；请目录管理员在 lists.yaml 里写上，或用表格导入")
    division = division_of(request)
    compared = compare_with_list(request.GET.get("list") or lists[0].code, division=division, on=today())
    wanted = request.GET.get("format", "")
    if wanted == "csv":
        return _as_csv(compared)
    if wanted == "json":
        return _as_json(compared)
    page = _page(compared)
    return render(request, "visitor/coverage.html", frame(request, nav="home", page=page))


def _page(compared: Compared) -> CoveragePage:
    listed, found = compared.listed, compared.coverage
    return CoveragePage(
        region=name_of(compared.division),
        listed=listed,
        level=LEVELS[listed.level],
        lists=tuple((one.code, f"{one.name}", one.code == listed.code) for one in every_list()),
        divisions=tuple(_divisions(compared.division)),
        counts=(
            ("清单上共", len(found.entries)),
            ("已发布", found.count(Standing.PUBLISHED)),
            ("名称不同", found.count(Standing.RENAMED)),
            ("还没有", found.count(Standing.LACKING)),
            ("清单以外", len(found.beyond)),
        ),
        entries=tuple(_entries(compared)),
        beyond=tuple(_beyond(compared)),
        says_no_leads=not any(e.lead or e.lead_department for e in listed.entries),
        csv=_address(compared, "csv"),
        json=_address(compared, "json"),
    )


def _entries(compared: Compared) -> Iterator[EntryLine]:
    for number, one in enumerate(compared.coverage.entries, start=1):
        yield EntryLine(
            number=number,
            name=one.entry.name,
            tag=SAID[one.standing],
            here=one.name,
            href=reverse("guide", args=[one.bundle]) if one.bundle else "",
            code=one.bundle or "",
            lead=_lead(one, compared),
            certainty=str(one.entry.certainty or ""),
            note=one.entry.note,
        )


def _beyond(compared: Compared) -> Iterator[EntryLine]:
    for number, (code, name) in enumerate(compared.coverage.beyond, start=1):
        yield EntryLine(
            number=number,
            name="",
            tag=("run", "清单以外"),
            here=name,
            href=reverse("guide", args=[code]),
            code=code,
            lead=compared.leads[code],
            certainty="",
            note="",
        )


def _lead(one: Covered, compared: Compared) -> str:
    """Return the lead department: as the list writes it, else as the region has it."""
    stated = one.entry.lead_department
    if stated:
        return shipped_catalogue().departments[stated].short_name
    return one.entry.lead or (compared.leads[one.bundle] if one.bundle else "")


def _divisions(chosen: DivisionCode) -> Iterator[tuple[str, str, bool]]:
    for division in shipped_catalogue().divisions.values():
        yield division.code, name_of(division.code), division.code == chosen


def _address(compared: Compared, form: str) -> str:
    query = {"list": compared.listed.code, "division": compared.division, "format": form}
    return reverse("coverage") + "?" + urlencode(query)


def _as_csv(compared: Compared) -> HttpResponse:
    text = StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows(line.cells for line in (*_entries(compared), *_beyond(compared)))
    # The mark lets the usual spreadsheet programs read it as UTF-8.
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"coverage-{compared.listed.code}-{compared.division}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_json(compared: Compared) -> JsonResponse:
    listed, found = compared.listed, compared.coverage
    return JsonResponse(
        {
            "list": {
                "code": listed.code,
                "name": listed.name,
                "level": listed.level,
                "document": listed.document,
                "version": listed.version,
                "certainty": listed.certainty,
            },
            "division": compared.division,
            "entries": [
                {
                    "name": one.entry.name,
                    "standing": one.standing,
                    "bundle": one.bundle,
                    "here": one.name or None,
                }
                for one in found.entries
            ],
            "beyond": [{"bundle": code, "here": name} for code, name in found.beyond],
        },
        json_dumps_params={"ensure_ascii": False},
    )
