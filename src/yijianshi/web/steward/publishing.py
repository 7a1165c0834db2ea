"""Publishing a countersigned manuscript, taking a one-thing down, and every edition that was ever published (发布、撤下)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.codes import BundleCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import Act
from yijianshi.services.contents import is_key
from yijianshi.services.editions.listing import EditionListed, published_editions
from yijianshi.services.editions.log import publications_of
from yijianshi.services.editions.publish import publish_manuscript, withdraw_edition
from yijianshi.services.people.actors import name_of
from yijianshi.services.reading.manuscript import ManuscriptRead, changes_of, read_manuscript
from yijianshi.services.reading.steward import own_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import ask_first, desk_page, posted_text
from yijianshi.web.errors import refused

from .front import place


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishView:
    """The question before publishing."""

    read: ManuscriptRead
    questions: tuple[p.Asked, ...]
    changes_from: str
    changes: tuple[str, ...]
    problems: p.Problems | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionsView:
    """Every edition of a one-thing here and above, and the log."""

    title: str
    bundle: str
    own: tuple[EditionListed, ...]
    above: tuple[EditionListed, ...]
    history: p.History
    can_withdraw: bool
    can_propose: bool


@signed_in
def publish(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Show what will change for people, ask from when it is to hold, then publish."""
    read = read_manuscript(manuscript, actor=actor(request), on=today(), act=Act.WRITE_MANUSCRIPT)
    day, why = posted_text(request, "valid_from", longest=10), posted_text(request, "why", longest=500)
    trouble = ""
    if request.method == "POST":
        try:
            valid_from = date.fromisoformat(day) if day else None
        except ValueError:
            trouble = "生效日写成 2026-12-01 这样"
        else:
            published = publish_manuscript(
                manuscript=manuscript, actor=actor(request), at=now(), valid_from=valid_from, why=why
            )
            messages.success(
                request, f"已发布“{read.title}”，{published.edition.valid_from} 起生效。各个渠道同时更新。"
            )
            return HttpResponseRedirect(reverse("steward"))
    changes_from, changes = changes_of(read)
    questions = (
        p.Asked(name="valid_from", label="从哪天起生效", kind=Kind.DATE, value=day or today().isoformat(), error=trouble),
        p.Asked(name="why", label="为什么发布", value=why, optional=True, wide=True, hint="记入发布记录，如文号", max_length=500),
    )  # fmt: skip
    view = PublishView(
        read=read, questions=questions, changes_from=changes_from, changes=tuple(str(one) for one in changes),
        problems=p.Problems(items=(p.Problem(field="f-valid_from", text=trouble),)) if trouble else None,
    )  # fmt: skip
    return desk_page(
        request,
        "steward/publish.html",
        view,
        here="steward",
        unit=place(read.division),
        status=422 if trouble else 200,
    )


@signed_in
def withdraw(request: HttpRequest, bundle: str) -> HttpResponse:
    """Ask for the reason, then take the one-thing down in the steward's own division."""
    division = own_division(actor(request))
    back = reverse("steward-editions", args=[bundle])
    if request.method == "POST":
        why = posted_text(request, "reason")
        if not why:
            return refused(
                request, "还没有写为什么", "撤下要有理由，记入发布记录。", "请返回上一页，写明再撤。", 422
            )
        withdraw_edition(
            bundle=BundleCode(bundle), division=division, actor=actor(request), at=now(), why=why
        )
        messages.success(request, "已撤下。办理中的按原版本办完。")
        return HttpResponseRedirect(back)
    rows = published_editions(division=division, bundle=bundle)
    title = rows[0].title if rows else bundle
    question = p.Confirmation(
        title=f"撤下本地的“{title}”？",
        text="从现在起，本地不再按这个版本受理；上级有标准的，改按上级标准办。",
        remains="办理中的按原版本办完；每个版本都留着，可以重新发布。",
        yes="撤下", no="不撤，回去", post=reverse("steward-withdraw", args=[bundle]), back=back, ask_reason="为什么撤下",
    )  # fmt: skip
    return ask_first(request, question, here="steward", unit=place(division))


@signed_in
def editions(request: HttpRequest, bundle: str) -> HttpResponse:
    """List every edition of a one-thing in the steward's division and above it, with the log of publications."""
    division = own_division(actor(request))
    chain = tuple(dict.fromkeys((division, f"{division[:4]}00", f"{division[:2]}0000")))
    rows = [row for code in chain for row in published_editions(division=code, bundle=bundle)]
    own = tuple(row for row in rows if row.division == division)
    above = tuple(row for row in rows if row.division != division)
    holds = next((row for row in own if row.holds), None)
    log = publications_of(bundle, chain)
    view = EditionsView(
        title=rows[0].title if rows else bundle,
        bundle=bundle,
        own=own,
        above=above,
        history=p.History(
            events=tuple(
                p.Event(
                    at=line.at, text=("发布" if line.kind == "publish" else "撤下") + (f"：{line.why}" if line.why else ""),
                    by=name_of(UUID(line.by)) if is_key(line.by) else line.by.replace("operator:", "运维 "),
                    mood="good" if line.kind == "publish" else "bad",
                )
                for line in log[:40]
            )
        ),
        can_withdraw=holds is not None,
        can_propose=holds is not None and not any(row.holds for row in above) and not division.endswith("0000"),
    )  # fmt: skip
    return desk_page(request, "steward/editions.html", view, here="steward", unit=place(division))
