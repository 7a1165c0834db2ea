"""The composite licence of a restaurant: issued once, followed by what becomes of its parts, renewed when one is issued anew."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from tests.services.handling.acts import FIRE, FOOD, SIGN
from tests.services.town import Town
from yijianshi.domain.cases import Action
from yijianshi.domain.composites import CompositeState, PartState
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.workdays import legal_day
from yijianshi.services import printing
from yijianshi.services.delivering.compose import compose_licence
from yijianshi.services.handling.take_up import reopen_case, revoke_case
from yijianshi.services.reading.composites import CompositeSeen, composite_by_code, composites_of
from yijianshi.services.reading.my_messages import messages_of
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.services.reading.my_wallet import wallet_of
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.results.models import CompositeRow, ResultRow
from yijianshi.store.submissions.models import SubmissionRow


@pytest.fixture(scope="module")
def filed(settled_town: Town) -> UUID:
    return settled_town.file(settled_town.who("wangfang", enterprise=True))


@pytest.fixture
def submission(filed: UUID, town: Town) -> UUID:
    """王芳's restaurant, released: food, fire and the sign are gathered, the check of the licence is not."""
    town.release(filed)
    return filed


def versions(town: Town, submission: UUID) -> tuple[CompositeSeen, ...]:
    return composites_of(
        submission,
        edition=read_submission(submission, actor=town.who("wangfang", enterprise=True)).edition,
        on=legal_day(town.now),
    )


def revoke(town: Town, submission: UUID, item: str) -> None:
    revoke_case(
        case=town.case(submission, item).now.id,
        actor=town.officer_of(submission, item),
        reasons="以欺骗手段取得",
        basis="行政许可法第六十九条第二款",
        at=town.now,
    )
    town.work()


def grant_anew(town: Town, submission: UUID, item: str) -> None:
    """Have a court undo the grant, and grant once more."""
    reopen_case(
        case=town.case(submission, item).now.id,
        actor=town.officer_of(submission, item),
        authority="南京市鼓楼区人民政府",
        document="〔2026〕鼓行复第 7 号",
        at=town.now,
    )
    town.work()
    town.later(hours=1)
    town.decide(submission, item)


@pytest.mark.clause("C1.6")
def test_it_is_issued_when_the_last_gathered_case_is_decided_and_lists_its_parts(
    town: Town, submission: UUID
) -> None:
    town.decide(submission, FOOD)
    town.decide(submission, FIRE)
    assert not CompositeRow.objects.filter(submission=submission).exists(), "the sign is still under way"
    town.decide(submission, SIGN)
    (found,) = versions(town, submission)
    assert found.name == "行业综合许可证（餐饮店）"
    assert (found.version, found.state) == (1, CompositeState.VALID)
    assert [(part.item, part.necessary) for part in found.parts] == [
        (FOOD, True),
        (FIRE, True),
        (SIGN, False),
    ]
    results = {
        row.case.item: row
        for row in ResultRow.objects.filter(case__submission=submission).select_related("case")
    }
    assert [part.number for part in found.parts] == [results[item].number for item in (FOOD, FIRE, SIGN)]
    assert found.parts[0].valid_until is not None, "five years"
    assert found.number not in {row.number for row in results.values()}


def test_a_refused_part_that_the_trade_can_do_without_is_not_listed(town: Town, submission: UUID) -> None:
    town.decide(submission, FOOD)
    town.decide(submission, FIRE)
    town.decide(submission, SIGN, Action.REFUSE)
    (found,) = versions(town, submission)
    assert [part.item for part in found.parts] == [FOOD, FIRE]


def test_without_a_necessary_part_there_is_none(town: Town, submission: UUID) -> None:
    town.decide(submission, FOOD)
    town.decide(submission, SIGN)
    town.decide(submission, FIRE, Action.REFUSE)
    town.decide_all(submission)
    assert versions(town, submission) == ()


def test_asking_again_issues_nothing_more(town: Town, submission: UUID) -> None:
    town.decide_all(submission)
    assert compose_licence(submission=submission, at=town.now) is None
    assert CompositeRow.objects.filter(submission=submission).count() == 1


def test_the_database_keeps_one_version_in_force(town: Town, submission: UUID) -> None:
    town.decide_all(submission)
    kept = CompositeRow.objects.get(submission=submission)
    with pytest.raises(IntegrityError), transaction.atomic():
        CompositeRow.objects.create(
            submission_id=submission, version=2, licence=kept.licence, number="x", code="y", unit=kept.unit,
            issued_at=town.now,
        )  # fmt: skip


@pytest.mark.clause("C1.6")
def test_a_part_that_falls_makes_it_partly_invalid_and_a_necessary_one_wholly(
    town: Town, submission: UUID
) -> None:
    town.decide_all(submission)
    revoke(town, submission, SIGN)
    (found,) = versions(town, submission)
    assert found.state is CompositeState.PARTIAL
    assert [(part.item, part.state) for part in found.fallen] == [(SIGN, PartState.REVOKED)]
    revoke(town, submission, FOOD)
    assert versions(town, submission)[0].state is CompositeState.INVALID


def test_a_part_whose_term_is_over_falls_by_itself(town: Town, submission: UUID) -> None:
    town.decide_all(submission)
    (found,) = versions(town, submission)
    until = found.parts[0].valid_until
    assert until is not None
    for on, state in ((until, CompositeState.VALID), (until + timedelta(days=1), CompositeState.INVALID)):
        later = composite_by_code(found.code, on=on)
        assert later is not None
        assert later.state is state


@pytest.mark.clause("C1.6")
def test_a_part_issued_anew_brings_a_new_version_and_the_old_one_says_so(
    town: Town, submission: UUID
) -> None:
    town.decide_all(submission)
    (first,) = versions(town, submission)
    grant_anew(town, submission, FOOD)
    second, old = versions(town, submission)
    assert (second.version, second.state) == (2, CompositeState.VALID)
    assert (old.id, old.state) == (first.id, CompositeState.SUPERSEDED)
    assert second.parts[0].number != first.parts[0].number
    checked = printing.check_composite(first.code, today=legal_day(town.now))
    assert checked is not None
    assert checked.replaced_by == second.number


def test_an_item_granted_later_extends_it(town: Town, submission: UUID) -> None:
    town.decide(submission, FOOD)
    town.decide(submission, FIRE)
    town.decide(submission, SIGN, Action.REFUSE)
    reopen_case(
        case=town.case(submission, SIGN).now.id,
        actor=town.officer_of(submission, SIGN),
        authority="南京市鼓楼区人民政府",
        document="〔2026〕鼓行复第 8 号",
        at=town.now,
    )
    town.work()
    town.decide(submission, SIGN)
    newest, _ = versions(town, submission)
    assert [part.item for part in newest.parts] == [FOOD, FIRE, SIGN]


def test_it_lies_in_the_wallet_and_its_holder_is_told(town: Town, submission: UUID) -> None:
    wang = town.who("wangfang", enterprise=True)
    town.decide_all(submission)
    (found,) = versions(town, submission)
    assert CopyRow.objects.filter(pk=found.id).exists()
    lines, _ = wallet_of(wang)
    mine = next(line for line in lines if line.copy == found.id)
    assert (mine.material, mine.void) == ("行业综合许可证", "")
    assert any("综合许可证" in one.title for one in messages_of(wang)[0])
    grant_anew(town, submission, FOOD)
    lines, _ = wallet_of(wang)
    assert next(line for line in lines if line.copy == found.id).void == "已被新版取代"


def test_what_a_machine_filed_gets_it_too_and_nobody_is_told(town: Town, submission: UUID) -> None:
    SubmissionRow.objects.filter(pk=submission).update(channel="api")
    town.decide_all(submission)
    (found,) = versions(town, submission)
    assert not CopyRow.objects.filter(pk=found.id).exists(), "printed when somebody asks"
    assert found.parts[0].valid_until is not None


def test_only_who_may_read_the_whole_opens_it(town: Town, submission: UUID) -> None:
    town.decide_all(submission)
    (found,) = versions(town, submission)
    wang = town.who("wangfang", enterprise=True)
    assert found.number in printing.composite_pdf(composite=found.id, actor=wang, at=town.now).name
    for login in ("qianjin", "zhangwei"):
        with pytest.raises(NotPermitted):
            printing.composite_pdf(composite=found.id, actor=town.who(login), at=town.now)


def test_a_one_thing_without_one_costs_no_query(
    town: Town, submission: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seen = read_submission(submission, actor=town.who("wangfang", enterprise=True))
    edition = replace(seen.edition, bundle=replace(seen.edition.bundle, composite_licence=None))
    with django_assert_num_queries(0):
        assert composites_of(submission, edition=edition, on=legal_day(town.now)) == ()
