"""Several sign at the window, on another portal, and at the same moment."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from tests.cast import HOME, answers_for, signed_in_for
from tests.services.applying.drafts import NEWBORN, look
from tests.services.applying.signing import (
    ITEMS,
    asked_about,
    at_window,
    attach_all,
    filled,
    number_of,
    submit,
)
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode, ItemCode
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.domain.together import ConfirmationNotPossible, ConfirmationsMissing, Stated
from yijianshi.services.applying.file_directly import Application, file_directly
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.start import start_draft
from yijianshi.services.applying.together import confirm
from yijianshi.services.handling.content import open_revision
from yijianshi.services.people.parties import find_or_add_party
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow
from yijianshi.store.together.models import AskedRow


@pytest.fixture
def wang(town: Town) -> Actor:
    return town.who("wangfang")


@pytest.fixture
def zhang(town: Town) -> Actor:
    return town.who("zhangwei")


@pytest.mark.clause("C3.1")
def test_at_the_window_the_clerk_confirms_who_stands_there_in_his_own_name(
    town: Town, wang: Actor, zhang: Actor
) -> None:
    draft = at_window(town, wang)
    li = town.who("laoli")
    with pytest.raises(ConfirmationNotPossible, match="核对身份的方式"):
        submit(town, draft, li, present={"father": "guess"})
    receipt = submit(town, draft, li, present={"father": "id-card"})
    assert receipt is not None
    (kept,) = open_revision(receipt.submission).confirmations  # type: ignore[attr-defined]
    assert (kept.name, kept.way, kept.clerk, kept.by) == ("张伟", "id-card", "李国强", li.account)


def test_only_a_clerk_says_who_is_present(town: Town, wang: Actor) -> None:
    draft = filled(town, wang)
    with pytest.raises(NotPermitted):
        submit(town, draft, wang, present={"father": "id-card"})
    assert not AskedRow.objects.exists()


def test_who_is_absent_at_the_window_gets_the_link(town: Town, wang: Actor, zhang: Actor) -> None:
    draft = at_window(town, wang)
    assert submit(town, draft, town.who("laoli")) is None
    row = asked_about(draft)
    assert confirm(asked=row.id, actor=zhang, seen=row.digest, at=town.now) is not None
    assert SubmissionRow.objects.get().channel == "window"


def direct(town: Town, **more: object) -> Application:
    """The newborn as another portal sends it: what no register knows is answered."""
    from yijianshi.services.applying.drafting import open_draft

    wang = town.who("wangfang")
    draft = filled(town, wang)
    content = open_draft(draft, actor=wang).content
    answers = {
        code: kept.value for code, kept in content.values.items() if kept.source in ("applicant", "situation")
    }
    DraftRow.objects.filter(pk=draft).delete()
    return Application(
        bundle=BundleCode("newborn"), division=HOME, items=tuple(ItemCode(code) for code in ITEMS),
        applicant_kind="person", applicant_number=number_of(wang), applicant_name="王芳",
        situation=NEWBORN, answers=answers, **more,
    )  # fmt: skip


@pytest.mark.clause("C2.3")
def test_a_portal_states_the_confirmations_it_obtained_or_is_told_who_is_missing(
    town: Town, zhang: Actor
) -> None:
    client = Actor(account=town.who("laoli").account, scopes=frozenset({"file"}))
    with pytest.raises(ConfirmationsMissing) as refused:
        file_directly(direct(town), actor=client, once=None, at=town.now)
    assert [trouble.key for trouble in refused.value.troubles] == ["confirmation:father"]
    said = Stated("father", number_of(zhang), town.now - timedelta(hours=1), "省统一身份认证，人脸比对")
    receipt, _ = file_directly(direct(town, confirmations=(said,)), actor=client, once=None, at=town.now)
    (kept,) = open_revision(receipt.submission).confirmations
    assert (kept.name, kept.way) == ("张伟", "省统一身份认证，人脸比对")
    assert read_submission(receipt.submission, actor=zhang).together == "王芳"


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_the_same_moment_file_once(committed_town: Town) -> None:
    town = committed_town
    li, wang, zhang = town.who("laoli"), town.who("wangfang"), town.who("zhangwei")
    party = find_or_add_party(kind="person", number="11010519491231002X", name="示例")
    draft = start_draft(
        actor=li, bundle=BundleCode("newborn"), division=HOME, answers=NEWBORN, at=town.now, channel="window",
        items=[ItemCode(code) for code in ITEMS], party=party,
    )  # fmt: skip
    for _ in range(3):
        opened = look(draft, li)
        numbers = {
            "mother-name": "王芳",
            "mother-id-number": number_of(wang),
            "father-name": "张伟",
            "father-id-number": number_of(zhang),
        }
        fill_fields(
            draft=draft, actor=li, given=answers_for(opened.form(), opened.edition) | numbers, at=town.now
        )
    attach_all(town, draft, li)
    assert submit(town, draft, li) is None
    rows = list(AskedRow.objects.filter(draft=draft))
    assert len(rows) == 2
    found: list[object] = []
    start = threading.Barrier(4)

    def run(row: AskedRow) -> None:
        try:
            start.wait(timeout=30)
            who = signed_in_for(row.party_id, at=town.now)
            found.append(confirm(asked=row.id, actor=who, seen=row.digest, at=town.now))
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(row,)) for row in (*rows, *rows)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    kinds = sorted(type(one).__name__ for one in found)
    assert kinds == ["ConfirmationNotPossible", "ConfirmationNotPossible", "NoneType", "Receipt"]
    assert SubmissionRow.objects.count() == RevisionRow.objects.count() == 1
    assert len(SubmissionRow.objects.get().together or ()) == 2
