"""Which items a unit decides by two persons (两人审定): supervision or a steward sets it, unit by unit."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.handling.demand_two import demand_two_persons
from yijianshi.services.reading.unit_rules import ItemRule, UnitRules, read_unit_rules
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One item with how it stands and what may be done about it."""

    rule: ItemRule
    tag: p.Tag
    act: p.Act


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """The page."""

    read: UnitRules
    filters: p.FilterBar
    rows: tuple[RuleRow, ...]


@signed_in
def rules(request: HttpRequest) -> HttpResponse:
    """Show the items of a unit; set or take back that two persons decide one of them."""
    who, at = actor(request), now()
    given = request.POST if request.method == "POST" else request.GET
    read = read_unit_rules(actor=who, unit=given.get("unit", "")[:64], at=at)
    if request.method == "POST":
        known = next((one for one in read.items if one.code == given.get("item")), None)
        if known is None or read.unit != given.get("unit"):
            raise NotPermitted(Act.KEEP_UNIT_RULES)
        wanted = given.get("wanted") == "1"
        demand_two_persons(unit=read.unit, item=known.code, actor=who, at=at, wanted=wanted)
        said = "以后由两个人决定" if wanted else "改回一个人决定"
        messages.success(request, f"{read.unit_name}的“{known.name}”{said}，在办的也照此办。")
        return HttpResponseRedirect(reverse("unit-rules") + "?" + urlencode({"unit": read.unit}))
    view = RulesView(
        read=read,
        filters=p.FilterBar(
            choices=(p.Narrowing(name="unit", label="单位", options=read.units, chosen=read.unit),),
            is_search=False,
        ),
        rows=tuple(_row(read, one) for one in read.items),
    )
    return desk_page(request, "supervisor/rules.html", view, here="unit-rules", unit=read.division)


def _row(read: UnitRules, one: ItemRule) -> RuleRow:
    post, where = reverse("unit-rules"), (("unit", read.unit), ("item", one.code))
    if one.by_law:
        sure = f"，依据的把握：{one.certainty}" if one.certainty else "，依据待确认"
        act = p.Act(label="改回一个人", why_not=f"目录里写明法律要求两人{sure}", small=True)
        return RuleRow(rule=one, tag=p.Tag(state="run", word="两人，依法"), act=act)
    if one.by_unit:
        act = p.Act(label="改回一个人", post=post, fields=(*where, ("wanted", "0")), small=True)
        return RuleRow(rule=one, tag=p.Tag(state="run", word="两人"), act=act)
    act = p.Act(label="要求两人", post=post, fields=(*where, ("wanted", "1")), small=True)
    return RuleRow(rule=one, tag=p.Tag(state="wait", word="一人"), act=act)
