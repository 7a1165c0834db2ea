"""The last step (确认提交): everything at once, the declaration, the name; a second press files nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.drafts import Trouble
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import ChoiceNotAllowed, NotReady
from yijianshi.services.applying.together import submit_draft
from yijianshi.services.reading.custody_of import is_at_home
from yijianshi.services.reading.drafts import DraftRead
from yijianshi.services.reading.guide import department_word
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, reader_name, signed_in, today
from yijianshi.web.templatetags.yjs import day as day_words
from yijianshi.web.visitor.figures import without_limit

from .drafts import REVIEW, draft_frame, open_for
from .materials import spared_row
from .signing import Signing, signing_of, stated_present, unsaid_way
from .values import facts_of

#: Up to so many missing things are listed one by one.
MOST_LISTED = 8
DECLARATION = "以上内容和材料属实，和原件一致；不属实的，由本人承担法律责任。"
WINDOW_DECLARATION = "已和申请人当面核对：内容和材料属实，和原件一致；申请人已签字。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGroup:
    """One group of the form as it will be filed."""

    name: str
    change: str
    facts: p.Facts  # what the applicant said himself
    known: p.Facts  # what registers and the platform filled in


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One thing that is missing, with where it is mended."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """What the last step says."""

    items: tuple[tuple[str, str, bool], ...]
    groups: tuple[ReviewGroup, ...]
    without_limit: str
    materials: tuple[p.MaterialRow, ...]
    open: tuple[Link, ...]
    missing: int
    problems: p.Problems
    declaration: str
    declared: bool
    ask_name: bool
    name: str
    typed: str
    name_error: str
    signing: Signing | None  # where several sign: who, and how far it is

    @property
    def waits(self) -> bool:
        """Whether nothing is left to do here but to wait for the others."""
        return bool(self.signing and self.signing.waits and not self.open)

    @property
    def submit(self) -> str:
        """Return what the button says."""
        others = self.signing and self.signing.asks and not self.signing.at_window
        return "签名，请对方确认" if others else "提交申报"


@signed_in
def review(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show everything once more, and file it."""
    read = open_for(request, draft)
    if request.method != "POST":
        return _show(request, read)
    problems = _unconfirmed(request, read)
    if problems:
        return _show(request, read, problems=problems, status=422)
    try:
        receipt = submit_draft(
            draft=draft,
            actor=actor(request),
            signature="window" if read.at_window else "typed-name",
            present=stated_present(request.POST, read),
            at=now(),
        )
    except NotReady as refused:
        return _show(request, open_for(request, draft), troubles=refused.troubles, status=422)
    except ChoiceNotAllowed as refused:
        troubles = tuple(Trouble("items", message) for message in refused.messages)
        return _show(request, open_for(request, draft), troubles=troubles, status=422)
    if receipt is None:
        messages.success(request, "存好了，等对方确认。全部确认以后自动提交，您不用再来点。")
        return HttpResponseRedirect(reverse("draft-review", args=[draft]))
    if read.at_window and not is_at_home(receipt.submission, actor=actor(request)):
        return HttpResponseRedirect(reverse("window-submission", args=[receipt.submission]))
    return HttpResponseRedirect(reverse("receipt", args=[receipt.submission]))


def _unconfirmed(request: HttpRequest, read: DraftRead) -> tuple[p.Problem, ...]:
    problems = []
    if read.signers and (unsaid := unsaid_way(request.POST, read)):
        problems.append(unsaid)
    if "declared" not in request.POST:
        problems.append(p.Problem(field="declared", text="请看过以后勾选“属实”"))
    typed = "".join(request.POST.get("name", "").split())
    if not read.at_window and typed != "".join(reader_name(request).split()):
        said = f"您写的是“{typed}”" if typed else "还没有写"
        problems.append(
            p.Problem(field="name", text=f"签名：请写您自己的姓名“{reader_name(request)}”。{said}")
        )
    return tuple(problems)


def _show(
    request: HttpRequest,
    read: DraftRead,
    *,
    problems: tuple[p.Problem, ...] = (),
    troubles: tuple[Trouble, ...] = (),
    status: int = 200,
) -> HttpResponse:
    known = [*troubles, *(t for t in (*read.troubles, *read.missing) if t not in troubles)]
    known += [Trouble("items", problem.message) for problem in read.plan.problems if not troubles]
    wrong = {problem.field: problem.text.rpartition("：")[2] for problem in problems}
    page = ReviewPage(
        items=tuple(
            (
                item.plain_name,
                department_word(item, read.edition),
                item.code in read.plan.situation.commitments,
            )
            for item in read.plan.items
        ),
        groups=_groups(read),
        without_limit=without_limit(read.plan),
        materials=_materials(read),
        open=_links(read, known),
        missing=len(known),
        problems=p.Problems(items=problems, then="就能提交"),
        declaration=WINDOW_DECLARATION if read.at_window else DECLARATION,
        declared="declared" in request.POST,
        ask_name=not read.at_window,
        name=reader_name(request),
        typed=request.POST.get("name", "")[:40],
        name_error=wrong.get("name", ""),
        signing=signing_of(read),
    )
    return render(
        request, "applicant/review.html", draft_frame(request, read, REVIEW, page=page), status=status
    )


class _Place(NamedTuple):
    """Where a thing that is missing is mended: the part of the draft by its name, and the address."""

    part: str
    href: str


def _place_of(read: DraftRead, trouble: Trouble) -> _Place:
    """Return where a trouble is mended: the field in its group, the document in the list, the member of a list."""
    kind, _, rest = trouble.key.partition(":")
    if kind == "material":
        return _Place("材料", reverse("draft-materials", args=[read.id]) + "#m-" + rest)
    if kind in ("member", "group"):
        group, _, member = rest.partition(":")
        word = next((one.word for one in read.lists if one.group == group), "名单")
        if member:
            return _Place(word, reverse("draft-member", args=[read.id, group, member]) + "?check=1")
        return _Place(word, reverse("draft-members", args=[read.id, group]))
    for n, one in enumerate(read.groups):
        if any(field.element == trouble.key for field in one.fields):
            form = reverse("draft-form", args=[read.id, n])
            return _Place(one.name, f"{form}?from={trouble.key}#f-{trouble.key}")
    return _Place("选情形", reverse("draft-situation", args=[read.id]))


def _links(read: DraftRead, troubles: Sequence[Trouble]) -> tuple[Link, ...]:
    """Return each thing that is missing; where they are many, each part of the draft with how many are missing in it."""
    if len(troubles) <= MOST_LISTED:
        return tuple(Link(text=trouble.message, href=_place_of(read, trouble).href) for trouble in troubles)
    found: dict[str, list[str]] = {}
    for part, href in (_place_of(read, trouble) for trouble in troubles):
        found.setdefault(part, []).append(href)
    return tuple(Link(text=f"{part}：还差 {len(hrefs)} 样", href=hrefs[0]) for part, hrefs in found.items())


def _groups(read: DraftRead) -> tuple[ReviewGroup, ...]:
    shown = []
    for n, group in enumerate(read.groups):
        every = facts_of([field for field in group.fields if field.value is not None], read).items
        if every:
            shown.append(
                ReviewGroup(
                    name=group.name,
                    change=reverse("draft-form", args=[read.id, n]),
                    facts=p.Facts(items=tuple(_own(fact) for fact in every if fact.by_applicant)),
                    known=p.Facts(items=tuple(fact for fact in every if not fact.by_applicant)),
                )
            )
    return tuple(shown)


def _own(fact: p.Known) -> p.Known:
    """Return what the applicant said without saying so at every line; an objection and a choice keep their links."""
    return fact if fact.object_href else replace(fact, source="", at=None)


def _materials(read: DraftRead) -> tuple[p.MaterialRow, ...]:
    rows = []
    for merged in read.plan.materials:
        name = read.edition.materials[merged.material].name
        files = read.files_for(merged.material)
        if files:
            rows.append(
                p.MaterialRow(name=name, state="accepted", about="、".join(file.name for file in files))
            )
        elif day := read.owed.get(merged.material):
            rows.append(p.MaterialRow(name=name, state="owed", about=f"说好{day_words(day, today())}前补交"))
        elif merged.way is MaterialWay.UPLOAD:
            rows.append(p.MaterialRow(name=name, state="asked", about="还没有交"))
        else:
            rows.append(spared_row(merged, read))
    return tuple(rows)
