"""Photographing papers at the window (拍纸质件): camera, document camera or chosen photographs become one document."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.definitions import Kind
from yijianshi.services.applying.attach import MaterialNotAsked
from yijianshi.services.custody.places import name_of_place, window_of
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.reading.drafts import read_draft
from yijianshi.services.visits.capture import MOST_PAGES, capture_material
from yijianshi.services.visits.transfer import TransferNotPossible, colleagues_of, intake_of, transfer_intake
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.applicant.materials import read_file
from yijianshi.web.desk import desk_page, posted_text
from yijianshi.web.templatetags.yjs import wide

from .bridging import bridge_address, may_reach_bridge

_SEEN = (
    p.Option("yes", "原件看过，和照片一致", "记为“窗口核对过”"),
    p.Option("no", "没有看到原件", "记为上传件，审查部门看得到"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureView:
    """The page."""

    name: str
    whose: str
    about: str
    most: int
    seen: p.Asked
    file_error: str
    problems: p.Problems | None
    bridge: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferView:
    """Passing an intake on."""

    whose: str
    bundle: str
    question: p.Asked
    problems: p.Problems | None
    papers: str
    back: str


@may_reach_bridge
@signed_in
def capture(request: HttpRequest, draft: UUID, material: str) -> HttpResponse:
    """
    Take the pages and bind them; then back to the documents, or on to keeping the original.

    :raises NotPermitted: if the draft is not in the clerk's hands.
    :raises MaterialNotAsked: if the submission does not ask for the document.
    """
    who = actor(request)
    place = window_of(who)
    read = read_draft(draft, actor=who, on=today())
    code = MaterialCode(material)
    if code not in {one.material for one in read.plan.materials}:
        raise MaterialNotAsked("这次申报不需要这份材料，请只拍清单里要交的")
    said, troubles = posted_text(request, "seen", longest=3), {}
    if request.method == "POST":
        if said not in ("yes", "no"):
            troubles["seen"] = "请选有没有看过原件"
        try:
            pages = [read_file(file) for file in request.FILES.getlist("page")]
            if not troubles:
                done = capture_material(
                    draft=draft, material=code, pages=pages, original_seen=said == "yes", actor=who, at=now()
                )
        except FileRefused as why:
            troubles["page"] = str(why)
        if not troubles:
            messages.success(request, f"{done.pages} 页合成了一份 PDF。")
            return HttpResponseRedirect(
                _after(request, draft, material, read.edition.materials[code].name, done.pages)
            )
    seen = p.Asked(
        name="seen", label="看过原件吗", kind=Kind.ENUM, options=_SEEN, value=said, wide=True,
        error=troubles.get("seen", ""),
    )  # fmt: skip
    problems = [p.Problem(field="page", text=troubles["page"])] if "page" in troubles else []
    problems += [p.Problem(field=seen.id, text=troubles["seen"])] if "seen" in troubles else []
    view = CaptureView(
        name=wide(read.edition.materials[code].name),
        whose=read.party.name,
        about=read.title,
        most=MOST_PAGES,
        seen=seen,
        file_error=troubles.get("page", ""),
        problems=p.Problems(items=tuple(problems), then="再存") if problems else None,
        bridge=bridge_address(),
        back=reverse("draft-materials", args=[draft]) + f"#m-{material}",
    )
    return desk_page(
        request, "counter/capture.html", view, here="counter", unit=name_of_place(place), status=422 if problems else 200
    )  # fmt: skip


@signed_in
def transfer(request: HttpRequest, draft: UUID) -> HttpResponse:
    """
    Pass an unfinished intake on to a colleague.

    :raises NotPermitted: if it is not the clerk's.
    """
    who, at = actor(request), now()
    intake_of(draft, actor=who)
    read = read_draft(draft, actor=who, on=today())
    chosen, problem = posted_text(request, "to", longest=120), ""
    if request.method == "POST":
        try:
            where = transfer_intake(draft=draft, to=chosen, actor=who, at=at)
        except TransferNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, f"转过去了：{where}。收存的原件要另外开移交清单。")
            return HttpResponseRedirect(reverse("counter"))
    question = p.Asked(
        name="to", label="转给谁", kind=Kind.REGION, value=chosen, error=problem, wide=True,
        options=tuple(p.Option(key, words) for key, words in colleagues_of(who, at=at)),
        hint="转过去以后您这里不再看得到，由他接着办",
    )  # fmt: skip
    view = TransferView(
        whose=read.party.name,
        bundle=read.title,
        question=question,
        problems=p.Problems(items=(p.Problem(field=question.id, text=problem),)) if problem else None,
        papers=reverse("custody"),
        back=reverse("draft", args=[draft]),
    )
    return desk_page(request, "counter/transfer.html", view, here="counter", status=422 if problem else 200)


def _after(request: HttpRequest, draft: UUID, material: str, name: str, pages: int) -> str:
    """Return where it goes on: to the documents, or to keeping the original, with what it is already written."""
    if "keep" in request.POST:
        return (
            reverse("draft-custody", args=[draft]) + "?" + urlencode({"name": name[:60], "pages": str(pages)})
        )
    return reverse("draft-materials", args=[draft]) + f"#m-{material}"
