"""Begin (开始办理): for whom, with which answers; nothing is begun before the button is pressed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.assurance import require_level
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.applying.start import start_draft
from yijianshi.services.mandates.groups import groups_of, offer_words
from yijianshi.services.people.parties import PartyKnown
from yijianshi.services.portal.enter import note_brought
from yijianshi.services.reading.guide import Guide, needs_enterprise, questions_of, read_guide
from yijianshi.services.reading.my_cases import DraftLine, drafts_of, held_items
from yijianshi.services.reading.standing import may_begin
from yijianshi.web import parts as p
from yijianshi.web.acting import ACTING_FOR, actor, frame, now, signed_in, today
from yijianshi.web.portal.device import kiosk_of
from yijianshi.web.portal.entering import PORTAL
from yijianshi.web.visitor.region import division_of, name_of

#: Why nobody of the reader's fits, by whether it takes an enterprise.
WHY_NOT = {
    True: "这件事由单位来办。您名下没有代表的单位：请法定代表人登录来办，或请他到窗口授权给您。",
    False: "这件事由个人来办，请用个人账号登录。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """What the page before the first step says."""

    bundle: str
    title: str
    back: str
    region: str
    items: tuple[str, ...]
    parties: tuple[PartyKnown, ...]
    own: str
    why_not: str
    drafts: tuple[DraftLine, ...]
    under_way: tuple[str, ...]


@signed_in
def start(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Ask for whom, and begin the draft with the answers of the guide.

    :raises UnknownBundle: if the one-thing is not published here.
    :raises NotPermitted: if the reader may not act for whom he chose.
    :raises LevelTooLow: if an item demands to know more surely who applies.
    """
    division = division_of(request)
    read = _guide(request.GET, BundleCode(bundle), division)
    user: Any = request.user
    who = actor(request)
    parties = may_begin(user, who, bundle)
    enterprise = needs_enterprise(read.edition)
    fitting = tuple(party for party in parties if party.is_enterprise == enterprise)
    if request.method == "POST":
        return _begin(request, read, division, fitting)
    page = StartPage(
        bundle=bundle,
        title=read.edition.bundle.title,
        back=reverse("guide", args=[bundle]) + (f"?{request.GET.urlencode()}" if request.GET else ""),
        region=name_of(division),
        items=tuple(item.plain_name for item in read.plan.items),
        parties=fitting,
        own=str(user.party_id or ""),
        why_not="" if fitting else WHY_NOT[enterprise],
        drafts=tuple(d for d in drafts_of(who) if d.title == read.edition.bundle.title),
        under_way=tuple(
            read.edition.item(code).plain_name for code in sorted(held_items(who, read.plan.chosen))
        ),
    )
    return render(request, "applicant/start.html", frame(request, nav="home", page=page))


def _begin(
    request: HttpRequest, read: Guide, division: DivisionCode, fitting: tuple[PartyKnown, ...]
) -> HttpResponse:
    chosen = next((party for party in fitting if str(party.id) == request.POST.get("party", "")), None)
    if chosen is None:
        raise NotPermitted(Act.FILE)
    if str(chosen.id) not in (actor(request).party, actor(request).giver):
        request.session[ACTING_FOR] = str(chosen.id)
        del request.yijianshi_actor  # type: ignore[attr-defined]
    require_level(read.plan.items, level=actor(request).level)
    draft = start_draft(
        actor=actor(request),
        bundle=read.edition.bundle.code,
        division=division,
        answers=read.answers,
        channel="kiosk" if kiosk_of(request) else "web",
        at=now(),
    )
    if not chosen.is_enterprise and (groups := groups_of(chosen.id, at=now())):
        messages.info(request, offer_words(groups), extra_tags="help")
    if portal := request.session.get(PORTAL):
        note_brought(draft=draft, portal=str(portal))
    return HttpResponseRedirect(reverse("draft-situation", args=[draft]))


def _guide(sent: QueryDict, bundle: BundleCode, division: DivisionCode) -> Guide:
    questions = questions_of(bundle, division, today())
    given = {q.key: p.posted(p.asked_question(q), sent) for q in questions}
    return read_guide(
        bundle=bundle, division=division, given=given, also=sent.getlist("also"), commit=sent.getlist("commit"), on=today()
    )  # fmt: skip
