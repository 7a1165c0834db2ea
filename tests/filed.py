"""Filing the fullest lawful situation of any one-thing as somebody of the cast, and finding who is at each desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tests.cast import PAPER, actor, answers_for, file_by_all, plausible
from tests.fullest import HOME, fullest_answers, fullest_choice
from yijianshi.domain.cases import State
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.drafts import is_listed
from yijianshi.domain.members import groups_of, member_fields
from yijianshi.domain.plans import Plan
from yijianshi.domain.rights import Actor
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.workdays import legal_day
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.choose import choose_items
from yijianshi.services.applying.drafting import OpenDraft, open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.members import fill_for_all
from yijianshi.services.applying.start import start_draft
from yijianshi.services.catalogue.planning import plan_for
from yijianshi.services.catalogue.published import current
from yijianshi.services.contents import Content
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.loading import CaseLoaded, Loaded, load_submission
from yijianshi.services.reading.guide import needs_enterprise


@dataclass
class Filed:
    """A whole one-thing, filed."""

    id: UUID
    who: Actor
    plan: Plan
    content: Content


def file_fullest(bundle: str, *, at: datetime) -> Filed:
    """Begin, choose as much as may be chosen, fill, hand in, file."""
    who = whose(bundle, at=at)
    return seal(fill(begin(bundle, who=who, at=at), who=who, at=at), who=who, at=at)


def login_for(bundle: str, *, at: datetime) -> tuple[str, bool]:
    """Return who of the cast can apply, and whether for the enterprise."""
    edition = current(BundleCode(bundle), HOME, legal_day(at)).edition
    founds = edition.bundle.audience == "enterprise" and not needs_enterprise(edition)
    return "zhouwen" if founds else "wangfang", needs_enterprise(edition)


def whose(bundle: str, *, at: datetime) -> Actor:
    login, enterprise = login_for(bundle, at=at)
    return actor(login, at=at, enterprise=enterprise)


def begin(bundle: str, *, who: Actor, at: datetime) -> UUID:
    """Begin a draft in the fullest situation, with as many items as may be chosen together."""
    draft = start_draft(
        actor=who, bundle=BundleCode(bundle), division=HOME, answers=fullest_answers(bundle), at=at
    )
    opened = open_draft(draft, actor=who)
    chosen = fullest_choice(opened.edition, opened.content.situation())
    problems = choose_items(draft=draft, actor=who, items=chosen, at=at)
    assert problems == (), problems
    return draft


def fill(draft: UUID, *, who: Actor, at: datetime, members: bool = True) -> UUID:
    """Answer everything that is asked, of all members of a list alike, and hand in every document."""
    for _ in range(5):  # answers may open further fields
        opened = open_draft(draft, actor=who)
        if not (given := unanswered(opened)):
            break
        troubles = fill_fields(draft=draft, actor=who, given=given, at=at)
    assert troubles == ()
    plan = open_draft(draft, actor=who).plan()
    for group in groups_of(plan):
        if members and is_listed(plan, group):
            given_to_all = {
                field.element: plausible(plan.edition.elements[field.element])
                for field in member_fields(plan, group, {})
            }
            fill_for_all(draft=draft, actor=who, group=group, given=given_to_all, at=at)
    for needed in open_draft(draft, actor=who).plan().materials:
        if needed.way is MaterialWay.UPLOAD:
            attach_material(
                draft=draft, actor=who, material=needed.material, filename="材料.pdf", content=PAPER, at=at
            )
    return draft


def seal(draft: UUID, *, who: Actor, at: datetime) -> Filed:
    edition = open_draft(draft, actor=who).row.edition_id
    filed = file_by_all(draft, who=who, at=at)
    content = open_revision(filed)
    return Filed(filed, who, plan_for(edition, content.situation()), content)


def unanswered(opened: OpenDraft) -> dict[str, object]:
    """Return plausible answers to what is asked and not yet answered."""
    return {
        code: value
        for code, value in answers_for(opened.form(), opened.edition).items()
        if code not in opened.content.values
    }


def ready(submission: UUID) -> list[CaseLoaded]:
    return [case for case in load_submission(submission).cases if case.now.state is State.ACCEPTED]


def officer_of(case: CaseLoaded, *, at: datetime) -> Actor:
    """Return a reviewer of the unit that decides the case."""
    return actor(login_at(case.unit, "reviewer"), at=at)


def coordinator_of(loaded: Loaded, *, at: datetime) -> Actor:
    return actor(login_at(loaded.lead_unit, "coordinator"), at=at)


def login_at(unit: str, role: str) -> str:
    """Return the login of somebody who holds a post."""
    from yijianshi.store.accounts.models import Officer

    post = Officer.objects.select_related("account").filter(unit=unit, role=role).order_by("id").first()
    assert post is not None, f"nobody is at the desk of {unit}"
    return post.account.login
