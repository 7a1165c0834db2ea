"""Filing on somebody's behalf (替人申报): who he is, which one-thing, which situation; then the one form."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.catalogue import Bundle
from yijianshi.domain.choices import is_open_to
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.divisions import county_of
from yijianshi.domain.rights import Act, Role, posts_for
from yijianshi.domain.routing import full_division_name
from yijianshi.services.applying.choose import AnswersRefused
from yijianshi.services.applying.situation import read_situation
from yijianshi.services.applying.start import start_draft
from yijianshi.services.catalogue.published import bundles_of, current
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.hall.taking import taken_elsewhere
from yijianshi.services.people.parties import NumberRefused, find_or_add_party, know_party
from yijianshi.services.reading.units import name_of_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.counter.bridging import bridge_address, may_reach_bridge
from yijianshi.web.desk import desk_page, posted_text
from yijianshi.web.templatetags.yjs import mask_number, mask_phone

PERSON, ENTERPRISE = "person", "enterprise"
_KINDS = (p.Option(PERSON, "个人", "凭身份证"), p.Option(ENTERPRISE, "单位", "凭营业执照"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """A step before the form."""

    title: str
    hint: str
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    known: p.Pairs | None
    yes: str
    back: str
    bridge: str = ""  # where a card can be read on this machine


@may_reach_bridge
@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Ask who the applicant is and what he wants."""
    division = _division(request)
    given = {
        name: posted_text(request, name, longest=100)
        for name in ("home", "bundle", "kind", "number", "name", "phone")
    }
    given["bundle"] = given["bundle"] or request.GET.get("bundle", "")[:64]
    home = _home(given["home"], division)
    bundles = bundles_of(home, today())
    troubles: dict[str, str] = {}
    if request.method == "POST":
        party = _identify(given, {one.edition.bundle.code: one.edition.bundle for one in bundles}, troubles)
        if party and (elsewhere := taken_elsewhere(given["bundle"], actor=actor(request))):
            troubles["bundle"] = elsewhere
        elif party:
            address = reverse("window-situation", args=[given["bundle"], party])
            return HttpResponseRedirect(address + (f"?home={home}" if home != division else ""))
    options = tuple(p.Option(one.edition.bundle.code, one.edition.bundle.title, one.edition.bundle.description) for one in bundles)  # fmt: skip
    questions = (
        p.Asked(
            name="bundle", label="要办哪件事", kind=Kind.ENUM, value=given["bundle"], options=options, wide=True,
            error=troubles.get("bundle", ""),
        ),
        p.Asked(
            name="home", label="归哪里办", kind=Kind.REGION, value=home, options=_homes(), wide=True,
            hint="全省通办：本窗口收件，由您选的地区审批。店开在哪里、户口在哪里，就选哪里",
        ),
        p.Asked(
            name="kind", label="谁来申请", kind=Kind.ENUM, value=given["kind"], options=_KINDS, wide=True,
            error=troubles.get("kind", ""),
        ),
        p.Asked(
            name="number", label="证件号码", value=given["number"], max_length=18, sensitive=True,
            hint="身份证号，或统一社会信用代码，照证件填", error=troubles.get("number", ""),
        ),
        p.Asked(
            name="name", label="姓名或单位名称", value=given["name"], hint="照证件填，一字不差", max_length=100,
            error=troubles.get("name", ""),
        ),
        p.Asked(name="phone", label="联系手机", kind=Kind.PHONE, value=given["phone"], optional=True, sensitive=True),
    )  # fmt: skip
    view = StartView(
        title="替人申报",
        hint="先核对证件，再填。申请人在场，由他确认后提交。",
        questions=questions,
        problems=_problems(questions),
        known=None,
        yes="下一步：问情形",
        back=reverse("window"),
        bridge=bridge_address(),
    )
    return desk_page(
        request,
        "window/start.html",
        view,
        here="window-start",
        unit=_place(division),
        status=422 if troubles else 200,
    )


@signed_in
def situation(request: HttpRequest, bundle: str, party: UUID) -> HttpResponse:
    """Ask the few questions about the situation, and open the form."""
    division = _division(request)
    home = _home(request.GET.get("home", ""), division)
    edition = current(BundleCode(bundle), home, today()).edition
    whose = know_party(party)
    asked = [p.asked_question(question) for question in edition.bundle.questions]
    given: dict[str, Any] = {}
    troubles: dict[str, str] = {}
    if request.method == "POST":
        given = {question.name: p.posted(question, request.POST) for question in asked}
        try:
            answers = read_situation(edition, given)
        except AnswersRefused as refused:
            troubles = {trouble.key: trouble.message for trouble in refused.troubles}
        else:
            draft = start_draft(
                actor=actor(request), bundle=BundleCode(bundle), division=home, answers=answers, party=party,
                channel="window", at=now(),
            )  # fmt: skip
            # He chooses the items together with the applicant before the form is filled.
            return HttpResponseRedirect(reverse("draft-situation", args=[draft]))
    questions = tuple(
        p.asked_question(question, value=given.get(question.key), error=troubles.get(question.key, ""))
        for question in edition.bundle.questions
    )
    known = p.Pairs(
        items=(
            p.Pair(name="申请人", value=whose.name),
            p.Pair(name="证件号码", value=mask_number(whose.number)),
            p.Pair(name="手机", value=mask_phone(whose.phone) or "没有留"),
            p.Pair(name="要办", value=edition.bundle.title),
            p.Pair(name="归哪里办", value=name_of_division(home)),
        )
    )
    view = StartView(
        title=edition.bundle.title,
        hint="照申请人说的答；登记里有的以登记为准，下一步会替他填好。",
        questions=questions,
        problems=_problems(questions),
        known=known,
        yes="开始填表",
        back=reverse("window-start"),
    )
    return desk_page(
        request,
        "window/start.html",
        view,
        here="window-start",
        unit=_place(division),
        status=422 if troubles else 200,
    )


def _identify(
    given: dict[str, str], bundles: dict[BundleCode, Bundle], troubles: dict[str, str]
) -> UUID | None:
    bundle = bundles.get(BundleCode(given["bundle"]))
    if bundle is None:
        troubles["bundle"] = "请选一件事"
    if given["kind"] not in (PERSON, ENTERPRISE):
        troubles["kind"] = "请选个人或单位"
    elif bundle and not is_open_to(bundle, given["kind"]):
        troubles["kind"] = "这件事由个人申请，请选“个人”，填他的身份证号"
    if not given["name"]:
        troubles["name"] = "请照证件填"
    if troubles:
        return None
    try:
        party = find_or_add_party(
            kind=given["kind"], number=given["number"], name=given["name"], phone=given["phone"]
        )
    except NumberRefused as why:
        troubles["number"] = str(why)
        return None
    if know_party(party).name != given["name"]:
        troubles["name"] = "这个号码登记的名字和您填的不一样，请对照证件再核一遍"
        return None
    return party


def _division(request: HttpRequest) -> DivisionCode:
    post = posts_for(actor(request), Act.FILE_FOR_OTHERS, Role.WINDOW)[0]
    return county_of(post.unit.division)


def _home(wanted: str, division: DivisionCode) -> DivisionCode:
    """Return whose departments decide: the division that was chosen, else the window's own."""
    return DivisionCode(wanted) if wanted in shipped_catalogue().divisions else division


def _homes() -> tuple[p.Option, ...]:
    known = shipped_catalogue().divisions
    return tuple(p.Option(code, full_division_name(one, known)) for code, one in known.items())


def _place(division: str) -> str:
    return f"{name_of_division(division)}政务服务中心 · 一件事专区"


def _problems(questions: tuple[p.Asked, ...]) -> p.Problems | None:
    items = tuple(p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in questions if q.error)
    return p.Problems(items=items, then="改好再往下") if items else None
