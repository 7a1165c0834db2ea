"""What typing again costs (转录成本), unit by unit, and which units have a system of their own that is not joined."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.definitions import Kind
from yijianshi.domain.rekeying import RekeyingNotPossible
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.reading.rekeying import RekeySupervised, read_rekey_supervised
from yijianshi.services.reading.units import name_of_unit
from yijianshi.services.rekeying.own_system import LONGEST, set_joined, set_own_system
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeySupervisedView:
    """The page."""

    read: RekeySupervised
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None


@signed_in
def supervised(request: HttpRequest) -> HttpResponse:
    """Show what is typed again; set which units have to, or that a system is joined now."""
    who, at, problem = actor(request), now(), ""
    unit, name = posted_text(request, "unit", longest=64), posted_text(request, "name", longest=LONGEST)
    if request.method == "POST":
        try:
            if "@" not in unit:
                raise RekeyingNotPossible("请选是哪个单位")
            if "joined" in request.POST:
                set_joined(unit=unit, actor=who)
                messages.success(request, f"{name_of_unit(unit)}已接通，不用再转录。录过的仍然记在这里。")
            else:
                if unit not in {key for key, _ in read_rekey_supervised(actor=who, at=at).others}:
                    raise NotPermitted(Act.KEEP_UNIT_RULES)
                set_own_system(unit=unit, name=name, actor=who, at=at)
                messages.success(request, f"{name_of_unit(unit)}的办件以后先到转录台。")
        except RekeyingNotPossible as why:
            problem = str(why)
        else:
            return HttpResponseRedirect(reverse("supervise-rekeying"))
    read = read_rekey_supervised(actor=who, at=at)
    questions = (
        p.Asked(
            name="unit", label="哪个单位", kind=Kind.REGION, value=unit, wide=True,
            options=tuple(p.Option(key, words) for key, words in read.others),
            error=problem if "@" not in unit else "",
        ),
        p.Asked(
            name="name", label="它的系统叫什么", value=name, max_length=LONGEST, wide=True,
            hint="写审查的人认得的名字", error=problem if "@" in unit else "",
        ),
    )  # fmt: skip
    items = tuple(p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in questions if q.error)
    view = RekeySupervisedView(
        read=read, questions=questions, problems=p.Problems(items=items) if items else None
    )
    status = 422 if problem else 200
    return desk_page(
        request, "rekeying/supervised.html", view, here="supervise-rekeying", unit=read.division, status=status
    )  # fmt: skip
