"""What one place holds (我这里的原件): what comes, what lies here, what was sent; ticked papers go on a hand-over list."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.custody import BY_HAND_DAYS, COURIER_DAYS, CustodyNotPossible, HandOverWay
from yijianshi.domain.definitions import Kind
from yijianshi.services.contents import is_key
from yijianshi.services.custody.send import send_papers
from yijianshi.services.reading.custody import WAY_WORDS, CustodyPage, read_custody
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

_WAYS = (
    p.Option(HandOverWay.BY_HAND, WAY_WORDS[HandOverWay.BY_HAND], f"{BY_HAND_DAYS} 个工作日内签收"),
    p.Option(HandOverWay.COURIER, WAY_WORDS[HandOverWay.COURIER], f"{COURIER_DAYS} 个工作日内签收"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyView:
    """The page."""

    read: CustodyPage
    counts: p.Counts
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    ticked: frozenset[UUID]
    empty: p.Empty


@signed_in
def custody(request: HttpRequest) -> HttpResponse:
    """Show a place's papers; ticked ones are sent with a list."""
    place = (request.POST if request.method == "POST" else request.GET).get("place", "")[:64]
    read = read_custody(actor=actor(request), place=place, at=now())
    ticked = [UUID(key) for key in request.POST.getlist("paper") if is_key(key)]
    way = HandOverWay.COURIER if request.POST.get("way") == HandOverWay.COURIER else HandOverWay.BY_HAND
    problem = ""
    if request.method == "POST":
        try:
            listed = send_papers(
                papers=ticked, sender=read.place, to=posted_text(request, "to", longest=64), way=way,
                courier_number=posted_text(request, "courier", longest=40), actor=actor(request), at=now(),
            )  # fmt: skip
        except CustodyNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "移交清单开好了。请打印一张随件；对方签收以前，仍由您这里负责。")
            return HttpResponseRedirect(reverse("custody-list", args=[listed]))
    questions = _questions(request, read, way)
    view = CustodyView(
        read=read,
        counts=_counts(read),
        questions=questions,
        problems=p.Problems(items=(p.Problem(field="papers", text=problem),), then="改好再移交")
        if problem
        else None,
        ticked=frozenset(ticked),
        empty=p.Empty(
            title="这里没有原件和证照",
            text="收存的原件、做好的实体证照、签收的件，都在这里。",
        ),
    )
    badges = {"custody": sum(line.under_way for line in read.incoming)}
    return desk_page(
        request,
        "custody/place.html",
        view,
        here="custody",
        unit=read.place_name,
        badges=badges,
        status=422 if problem else 200,
    )


def _counts(read: CustodyPage) -> p.Counts:
    late = sum(line.is_late for line in read.sent)
    return p.Counts(
        label="原件和证照",
        items=(
            p.Count(number=sum(one.under_way for one in read.incoming), label="等您签收", href="#incoming", current=True),
            p.Count(number=len(read.held), label="在这里保管", href="#papers"),
            p.Count(number=len(read.sent), label="交出去没签收", href="#sent", kind="late" if late else ""),
            p.Count(number=len(read.missing), label="对方没收到", href="#missing", kind="late" if read.missing else ""),
        ),
    )  # fmt: skip


def _questions(request: HttpRequest, read: CustodyPage, way: HandOverWay) -> tuple[p.Asked, ...]:
    return (
        p.Asked(
            name="to", label="移交给哪里", kind=Kind.REGION, value=posted_text(request, "to", longest=64),
            options=tuple(p.Option(key, name) for key, name in read.destinations), wide=True,
        ),
        p.Asked(name="way", label="怎么交", kind=Kind.ENUM, value=way, options=_WAYS, wide=True),
        p.Asked(
            name="courier", label="快递单号", value=posted_text(request, "courier", longest=40), max_length=40,
            optional=True, hint="走快递的才填",
        ),
    )  # fmt: skip
