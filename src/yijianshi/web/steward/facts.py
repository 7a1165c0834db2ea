"""What departments must still confirm, by department; the steward notes who confirmed it and on what (待确认)."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.editions.facts import Confirmed, Fact, confirm_fact, confirmations, unconfirmed_facts
from yijianshi.services.people.actors import name_of
from yijianshi.services.reading.steward import own_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

from .front import place

#: Facts on one page.
PER_PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact with what was confirmed of it."""

    fact: Fact
    where: str
    confirmed: Confirmed | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsView:
    """The page."""

    counts: p.Counts
    filters: p.FilterBar
    groups: tuple[tuple[str, tuple[FactLine, ...]], ...]
    pages: p.Pages
    empty: p.Empty
    back: str


@signed_in
def facts(request: HttpRequest) -> HttpResponse:
    """List the facts, those not yet confirmed first; take a confirmation."""
    who = actor(request)
    division = own_division(who)
    if request.method == "POST":
        confirm_fact(
            fact=posted_text(request, "fact", longest=64), division=division, actor=who, at=now(),
            note=posted_text(request, "note", longest=1000),
        )  # fmt: skip
        messages.success(request, "已记下这条确认。")
        return HttpResponseRedirect(request.get_full_path())
    known = unconfirmed_facts(division)
    confirmed = confirmations(known, division=division)
    shown, bundle = request.GET.get("show", ""), request.GET.get("bundle", "")
    department = request.GET.get("department", "")
    narrowed = [
        fact
        for fact in known
        if (fact.key in confirmed) == (shown == "confirmed")
        and bundle in ("", fact.bundle)
        and department in ("", fact.department)
    ]
    narrowed.sort(key=lambda fact: (fact.department, not fact.bundle, fact.bundle, fact.item))
    last = max(1, -(-len(narrowed) // PER_PAGE))
    wanted = request.GET.get("page", "1")
    number = min(last, max(1, int(wanted) if wanted.isdecimal() and len(wanted) < 5 else 1))
    here = narrowed[(number - 1) * PER_PAGE : number * PER_PAGE]
    keep = tuple((k, v) for k, v in (("show", shown), ("bundle", bundle), ("department", department)) if v)
    view = FactsView(
        counts=_counts(known, confirmed, shown),
        filters=_filters(known, bundle, department, shown),
        groups=_groups(here, confirmed),
        pages=p.Pages(number=number, last=last, total=len(narrowed), keep=keep),
        empty=p.Empty(title="这里没有待确认的", text="把握程度不是“高”的事实，都列在这里，等主管部门确认。"),
        back=request.get_full_path(),
    )
    return desk_page(request, "steward/facts.html", view, here="steward-facts", unit=place(division))


def _counts(known: tuple[Fact, ...], confirmed: dict[str, Confirmed], shown: str) -> p.Counts:
    open_ = len(known) - len(confirmed)
    return p.Counts(
        items=(
            p.Count(number=open_, label="待确认", href="?", current=shown != "confirmed", kind="soon" if open_ else ""),
            p.Count(number=len(confirmed), label="已确认", href="?show=confirmed", current=shown == "confirmed"),
        ),
        label="确认没有",
    )  # fmt: skip


def _filters(known: tuple[Fact, ...], bundle: str, department: str, shown: str) -> p.FilterBar:
    titles = {fact.bundle: fact.title for fact in known if fact.bundle}
    by_department = Counter(fact.department for fact in known)
    return p.FilterBar(
        label="按一件事、部门找",
        placeholder="",
        choices=(
            p.Narrowing(name="bundle", label="一件事", chosen=bundle, options=(("", "全部"), *sorted(titles.items()))),
            p.Narrowing(
                name="department", label="部门", chosen=department,
                options=(("", "全部"), *((code, _name(code)) for code, _ in by_department.most_common())),
            ),
        ),
        keep=(("show", shown),) if shown else (),
    )  # fmt: skip


def _groups(
    here: list[Fact], confirmed: dict[str, Confirmed]
) -> tuple[tuple[str, tuple[FactLine, ...]], ...]:
    groups: dict[str, list[FactLine]] = {}
    for fact in here:
        said = confirmed.get(fact.key)
        where = " · ".join(filter(None, (fact.title, fact.item)))
        line = FactLine(fact=fact, where=where, confirmed=said, by=name_of(said.by) if said else "")
        groups.setdefault(_name(fact.department), []).append(line)
    return tuple((name, tuple(lines)) for name, lines in groups.items())


def _name(code: str) -> str:
    known = shipped_catalogue().departments.get(code)  # type: ignore[call-overload]
    return known.name if known else "共用部分"
