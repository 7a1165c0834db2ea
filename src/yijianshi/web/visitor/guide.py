"""The guide of one one-thing: what it takes in the reader's own situation, shareable without signing in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.outside import outside
from yijianshi.services.reading.coverage import lists_with
from yijianshi.services.reading.guide import (
    Guide,
    department_word,
    is_sent_by_others,
    questions_of,
    read_guide,
    reason_of,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import actor_if_any, frame, today
from yijianshi.web.templatetags.yjs import address as address_of
from yijianshi.web.templatetags.yjs import wide, workdays

from .figures import before_after, days_of, guide_cuts, in_phases
from .region import division_of, name_of, own_division


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item of the one-thing: who decides, on what basis, by when, what it costs."""

    name: str
    who: str
    days: str
    says: tuple[str, ...]
    link: str = ""
    link_words: str = ""
    link_name: str = ""
    off: bool = False
    phase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A document to bring: who wants it, with its filled sample and its blank form."""

    name: str
    about: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """What the guide page says."""

    bundle: str
    title: str
    about: str
    region: str
    situation: str
    problems: p.Problems
    cuts: tuple[p.Cut, ...]
    picture: p.BeforeAfter | None
    questions: tuple[p.Asked, ...]
    unanswered: int
    items: tuple[ItemLine, ...]
    phases: tuple[tuple[str, tuple[ItemLine, ...]], ...]
    others: tuple[ItemLine, ...]
    fees: str
    needed: tuple[Needed, ...]
    spared: tuple[tuple[str, tuple[str, ...]], ...]
    repeated: int
    callers: tuple[p.Person, ...]
    qr: p.QrCode
    action: str
    start: str
    process: str
    share: str
    notice: str
    hidden: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, str], ...]


def guide(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Show the guide for the answers in the address.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    division = division_of(request)
    also, commit = request.GET.getlist("also"), request.GET.getlist("commit")
    given = {
        question.key: p.posted(p.asked_question(question), request.GET)
        for question in questions_of(BundleCode(bundle), division, today())
    }
    read = read_guide(
        bundle=BundleCode(bundle), division=division, given=given, also=also, commit=commit, on=today()
    )
    page = guide_page(read, given, division=division)
    context = frame(request, nav="home", page=page, signed_in=actor_if_any(request) is not None)
    return render(request, "visitor/guide.html", context, status=422 if read.troubles else 200)


def guide_page(read: Guide, given: dict[str, object], *, division: DivisionCode) -> GuidePage:
    """Return what the guide page says; a preview of what is not published yet says the same."""
    bundle = read.edition.bundle
    query = read.query()
    there = "" if division == own_division() else f"division={division}"
    shared = "&".join(filter(None, (query, there)))
    path = reverse("guide", args=[bundle.code])
    wrong = {trouble.key: trouble.message.partition("：")[2] for trouble in read.troubles}
    uploads = [m for m in read.plan.materials if m.way is MaterialWay.UPLOAD]
    problems = [p.Problem(field=f"f-{t.key}", text=t.message) for t in read.troubles]
    items = tuple(_item(read, item) for item in read.plan.items)
    if read.answers and items:
        problems += [p.Problem(field="", text=problem.message) for problem in read.problems]
    return GuidePage(
        bundle=bundle.code,
        title=bundle.title,
        about=f"{bundle.description}。" + (f"{'、'.join(_departments(read))}一起办。" if items else ""),
        region=name_of(division),
        situation=_situation(read),
        problems=p.Problems(items=tuple(problems), then="改好再看结果"),
        cuts=guide_cuts(read.figures, read.plan, read.promised, read.usual),
        picture=before_after(read.figures),
        questions=tuple(
            p.asked_question(q, value=given.get(q.key), error=wrong.get(q.key, "")) for q in bundle.questions
        ),
        unanswered=len(read.unanswered),
        items=items,
        phases=in_phases(bundle, ((line.phase, line) for line in items)),
        others=_others(read),
        fees=_fees(read.plan.items),
        needed=tuple(_needed(read, material) for material in uploads),
        spared=_spared(read),
        repeated=read.plan.raw_materials - len(read.plan.materials),
        callers=tuple(
            p.Person(
                name=caller.desk.name,
                about=("牵头 · " if caller.leads else "") + f"{caller.name}：{'、'.join(caller.items)}",
                phone=caller.desk.phone,
            )
            for caller in read.callers
        ),
        qr=p.QrCode(
            address=f"{outside().address}{path}" + (f"?{shared}" if shared else ""),
            title="扫一扫，在手机上看这一页",
            about="发给家里人或经办人，他看到的和您一样。",
            shown=f"{outside().address.partition('://')[2]}{path}",
        ),
        action=path,
        start=reverse("start", args=[bundle.code]) + (f"?{shared}" if shared else ""),
        process=reverse("process", args=[bundle.code]) + (f"?{shared}" if shared else ""),
        share=reverse("share", args=[bundle.code]) + (f"?{shared}" if shared else ""),
        notice=_notice(bundle.code, shared) if items else "",
        hidden=tuple(("also", code) for code in sorted(read.also))
        + tuple(("commit", code) for code in sorted(read.plan.situation.commitments)),
        lists=tuple(
            (
                f"{on.listed.name}（{on.listed.document}，{on.listed.version}）",
                reverse("coverage") + f"?list={on.listed.code}",
            )
            for on in lists_with(bundle.code)
        ),
    )


def _departments(read: Guide) -> list[str]:
    return list(dict.fromkeys(department_word(item, read.edition) for item in read.plan.items))


def _situation(read: Guide) -> str:
    words = []
    for question in read.edition.bundle.questions:
        if question.key not in read.answers:
            continue
        answer = read.answers[question.key]
        if isinstance(answer, bool):
            words.append(question.yes if answer else question.no)
        elif isinstance(answer, list):
            words.append("、".join(map(str, answer)))
        else:
            words.append(f"{answer} {question.unit}".strip())
    return wide(" · ".join(words))


def _item(read: Guide, item: ServiceItem) -> ItemLine:
    committed = item.code in read.plan.situation.commitments
    says = [f"依据{_cite(basis)}" for basis in item.basis[:1]]
    if item.limit.statutory is not None:
        says.append(f"法定 {workdays(item.limit.statutory, item.limit.unit)}")
    if item.is_automatic:
        says.append("系统自动核验，不用您动手")
    if item.fee.charged == "yes":
        says.append("收费" + (f"：{item.fee.note}" if item.fee.note else ""))
    if priors := [read.edition.item(code).plain_name for code in read.plan.priors_of(item)]:
        says.append(f"等“{'、'.join(priors)}”办出来再办")
    link, link_words = _commitment(read, item, committed)
    return ItemLine(
        name=wide(item.name), who=department_word(item, read.edition), days=days_of(item, committed=committed),
        says=tuple(says), link=link, link_words=link_words, link_name=item.plain_name, phase=item.phase,
    )  # fmt: skip


def _commitment(read: Guide, item: ServiceItem, committed: bool) -> tuple[str, str]:
    """Return the link that takes or leaves the way of commitment, where it shortens the promise."""
    if not item.commitment.allowed or item.limit.without_commitment is None:
        return "", ""
    others = read.plan.situation.commitments - {item.code}
    if committed:
        return "?" + read.query(commit=others), f"不采用承诺，{workdays(item.limit.without_commitment)}"
    return "?" + read.query(commit={*others, item.code}), f"采用告知承诺，{workdays(item.limit.promised)}"


def _others(read: Guide) -> tuple[ItemLine, ...]:
    chosen = read.plan.chosen
    lines = []
    for offer in read.offers:
        item = offer.item
        if item.code in chosen:
            continue
        link = words = ""
        if offer.standing in ("optional", "suggested"):
            link, words = "?" + read.query(also={*read.also, item.code}), "也一起办"
        days = {"closed": "不用办", "open": "看您的情形"}.get(offer.standing, "可以一起办")
        lines.append(
            ItemLine(
                name=wide(item.name), who=department_word(item, read.edition), days=days, says=(reason_of(offer, read.edition),),
                link=link, link_words=words, link_name=item.plain_name, off=not link,
            )
        )  # fmt: skip
    return tuple(lines)


def _fees(items: Iterable[ServiceItem]) -> str:
    charged = {item.fee.charged for item in items}
    if charged <= {"no"}:
        return "都不收费"
    return "有的收费，见下" if "yes" in charged else "是否收费以窗口告知为准"


def _needed(read: Guide, needed: MergedMaterial) -> Needed:
    material = read.edition.materials[needed.material]
    who = "、".join(
        dict.fromkeys(department_word(read.edition.item(c), read.edition) for c in needed.needed_by)
    )
    links = []
    if material.sample and (href := address_of("sample", material.code, "filled")):
        links.append(("看样表", href))
    if material.blank and (href := address_of("sample", material.code, "blank")):
        links.append(("下载空白表", href))
    return Needed(name=wide(material.name), about=f"{who}要", links=tuple(links))


def _spared(read: Guide) -> tuple[tuple[str, tuple[str, ...]], ...]:
    reasons = {
        MaterialWay.SHARED: "部门之间共享，不用交",
        MaterialWay.PRODUCED: "这次办理中自己会产生，不用交",
        MaterialWay.GENERATED: "系统按您填的表生成，不用写",
    }
    found: dict[str, list[str]] = {reason: [] for reason in reasons.values()}
    for material in read.plan.materials:
        way = MaterialWay.SHARED if is_sent_by_others(material, read.edition) else material.way
        if way in reasons:
            found[reasons[way]].append(wide(read.edition.materials[material.material].name))
    return tuple((reason, tuple(names)) for reason, names in found.items() if names)


def _notice(bundle: str, query: str) -> str:
    address = address_of("notice-pdf", bundle)
    return f"{address}?{query}" if address and query else address


def _cite(basis: object) -> str:
    words = str(basis)
    return words if words.startswith("《") else f"《{words}》"
