"""A mandate given at the window (窗口授权): the clerk sees who he is, asks what he wants, and writes down how it was said."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.definitions import Kind
from yijianshi.domain.mandates import MandateNotPossible, Proof, Scope
from yijianshi.domain.rights import Act, Role, posts_for
from yijianshi.services.mandates.at_window import Attested, attest_mandate, helpers_of
from yijianshi.services.mandates.finish import end_at_window
from yijianshi.services.mandates.give import Wish
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.people.parties import NumberRefused, find_or_add_party, know_party
from yijianshi.services.reading.mandates import mandates_of_window, titles_here
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_text

from .asking import days_asked, last_day

BY_LINK = "link"
_PROOFS = (p.Option(Proof.SPOKEN, "当面说的，我见证"), p.Option(Proof.PAPER, "纸上签的字，拍照存"))


@signed_in
def window(request: HttpRequest) -> HttpResponse:
    """
    Take a mandate, and show those that were given here.

    :raises NotPermitted: if the reader works at no window.
    """
    who = actor(request)
    unit, problem = posts_for(who, Act.ATTEST_MANDATE, Role.WINDOW)[0].unit, ""
    helpers = helpers_of(str(unit), on=now())
    if request.method == "POST":
        try:
            _take(request, dict(helpers))
        except (MandateNotPossible, NumberRefused, FileRefused) as refused:
            problem = str(refused)
        else:
            messages.success(request, "授权记下了。")
            return HttpResponseRedirect(reverse("window-mandates"))
    given = mandates_of_window(who, at=now())
    page = {
        "questions": _questions(request, helpers),
        "problems": p.Problems(items=(p.Problem(field="f-number", text=problem),), then="再记") if problem else None,
        "given": tuple(
            (one, p.QrCode(address=one.link, title=f"给{one.holder}扫", shown=one.link) if one.link else None)
            for one in given
        ),
    }  # fmt: skip
    return desk_page(
        request, "mandates/window.html", page, here="window-mandates", unit=name_of_unit(str(unit)),
        status=422 if problem else 200,
    )  # fmt: skip


@require_POST
@signed_in
def end(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """
    Take it back for whoever gave it here and stands here again.

    :raises NotPermitted: if it was not given at the reader's window.
    """
    end_at_window(mandate=mandate, actor=actor(request), at=now())
    messages.success(request, "收回了，被授权的人马上办不了。")
    return HttpResponseRedirect(reverse("window-mandates"))


def _take(request: HttpRequest, helpers: dict[UUID, str]) -> None:
    name, number = posted_text(request, "name", longest=40), posted_text(request, "number", longest=18)
    chosen = posted_text(request, "helper", longest=40)
    helper = next((key for key in helpers if str(key) == chosen), None)
    bundle = posted_text(request, "about", longest=64)
    if not name:
        raise MandateNotPossible("请照证件填授权人的姓名")
    giver = find_or_add_party(kind="person", number=number, name=name)
    if know_party(giver).name != name:
        raise MandateNotPossible("这个号码登记的名字和您填的不一样，请对照证件再核一遍")
    proof = posted_text(request, "proof", longest=12)
    photograph = request.FILES.get("paper")
    attest_mandate(
        actor=actor(request),
        giver=giver,
        wish=Wish(
            name=helpers[helper] if helper else posted_text(request, "holder", longest=40),
            scope=Scope(bundles=frozenset({bundle} if bundle else ())),
            until=last_day(posted_text(request, "days", longest=4)),
        ),
        attested=Attested(
            proof=Proof(proof) if proof in (Proof.SPOKEN, Proof.PAPER) else Proof.NAMED,
            words=posted_text(request, "words", longest=300),
            filename=photograph.name or "授权书.jpg" if photograph else "",
            photograph=photograph.read() if photograph else b"",
        ),
        helper=helper,
        at=now(),
    )


def _questions(request: HttpRequest, helpers: tuple[tuple[UUID, str], ...]) -> tuple[p.Asked, ...]:
    def said(name: str) -> str:
        return posted_text(request, name, longest=300)

    division = actor(request).holds(Role.WINDOW)[0].unit.division
    titles = tuple(
        p.Option(code, title) for code, title, who in titles_here(division, today()) if who != "enterprise"
    )
    return (
        p.Asked(name="name", label="授权人姓名", value=said("name"), max_length=40, hint="照身份证，对着本人看"),
        p.Asked(
            name="number", label="授权人身份证号", value=said("number"), max_length=18, sensitive=True,
            kind=Kind.ID_NUMBER,
        ),
        p.Asked(name="about", label="办哪件事", kind=Kind.REGION, value=said("about"), options=titles, wide=True),
        p.Asked(
            name="helper", label="谁来办", kind=Kind.REGION, value=said("helper"), wide=True,
            options=(p.Option(BY_LINK, "家里人，用码接受"), *(p.Option(str(key), f"帮办员 {name}") for key, name in helpers)),
        ),
        p.Asked(
            name="holder", label="家里人的姓名", value=said("holder"), max_length=40, optional=True,
            hint="选了帮办员的不用填",
        ),
        days_asked(request),
        p.Asked(name="proof", label="怎么授权的", kind=Kind.ENUM, value=said("proof"), options=_PROOFS, wide=True),
        p.Asked(
            name="words", label="他怎么说的，怎么核对的身份", kind=Kind.TEXT, value=said("words"), wide=True,
            max_length=300,
        ),
        p.Asked(name="paper", label="授权书照片", kind=Kind.FILE, optional=True, wide=True, hint="当面说的不用"),
    )  # fmt: skip
