"""Acting by mandate, below the pages: used up, taken back under one's hands, told to both, over with the matter."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import account_id, file_by_all
from tests.filed import begin, coordinator_of, fill, officer_of
from tests.services.applying import signing
from tests.services.town import Town, nothing_written
from yijianshi.domain.corrections import Target
from yijianshi.domain.mandates import MandateKind, MandateNotPossible, Power, Scope
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.domain.workdays import legal_day
from yijianshi.services.applying.drafting import changing_draft
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.together import confirm
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.services.mandates.finish import end_mandate
from yijianshi.services.mandates.give import Wish, give_mandate, token_of
from yijianshi.services.mandates.take import LinkNotValid, accept_mandate
from yijianshi.services.people.actors import actor_of
from yijianshi.services.reading.my_cases import drafts_of, submissions_of, waiting_for
from yijianshi.services.reading.my_wallet import wallet_of
from yijianshi.store.accounts.models import Account
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.mandates.models import MandateRow, UseRow
from yijianshi.store.submissions.models import SubmissionRow
from yijianshi.store.together.models import AskedRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.1", "C3.4")]

ALLOWANCE = "elderly-allowance"


def given(town: Town, *, uses: int | None = 1, powers: frozenset[Power] | None = None) -> tuple[UUID, Actor]:
    """李例根 asks 王芳 about one one-thing; return the mandate, and her as she stands for him."""
    father, daughter = town.who("liligen"), town.who("wangfang")
    wish = Wish(
        name="王芳",
        scope=Scope(bundles=frozenset({ALLOWANCE})),
        until=legal_day(town.now) + timedelta(days=30),
        most_uses=uses,
        **({"powers": powers} if powers else {}),
    )
    mandate = give_mandate(actor=father, wish=wish, at=town.now)
    giver = accept_mandate(token=token_of(mandate), actor=daughter, at=town.now)
    return mandate, standing(town, giver)


def standing(town: Town, giver: UUID, login: str = "wangfang") -> Actor:
    return actor_of(Account.objects.get(login=login), on=legal_day(town.now), party=giver)


def filled(town: Town, who: Actor) -> UUID:
    return fill(begin(ALLOWANCE, who=who, at=town.now), who=who, at=town.now)


def test_one_filing_uses_it_up_and_she_still_follows_what_she_filed(town: Town) -> None:
    mandate, daughter = given(town)
    assert daughter.party == ""
    assert wallet_of(daughter) == ((), 0)
    draft, second = filled(town, daughter), filled(town, daughter)
    submission = file_by_all(draft, who=daughter, at=town.now)
    assert open_revision(submission).signature["mandate"] == str(mandate)
    assert UseRow.objects.get().submission == submission
    again = standing(town, UUID(daughter.giver))
    with nothing_written(), pytest.raises(NotPermitted):
        seal_draft(draft=second, actor=again, signature="typed-name", at=town.now)
    with nothing_written(), pytest.raises(NotPermitted):
        seal_draft(draft=second, actor=daughter, signature="typed-name", at=town.now)
    assert [line.id for line in submissions_of(again)[0]] == [submission]


def test_what_is_taken_back_while_she_fills_in_is_not_written(town: Town) -> None:
    mandate, daughter = given(town)
    draft = filled(town, daughter)
    end_mandate(mandate=mandate, actor=town.who("liligen"), at=town.now)
    with pytest.raises(NotPermitted), changing_draft(draft, actor=daughter, at=town.now):
        pass
    with nothing_written(), pytest.raises(NotPermitted):
        seal_draft(draft=draft, actor=daughter, signature="typed-name", at=town.now)
    assert [line.id for line in drafts_of(town.who("liligen"))] == [draft]
    assert drafts_of(standing(town, UUID(daughter.giver))) == ()
    with pytest.raises(MandateNotPossible):
        end_mandate(mandate=mandate, actor=town.who("liligen"), at=town.now)


def test_both_are_told_of_what_happens_until_it_ends(town: Town) -> None:
    mandate, daughter = given(town)
    submission = file_by_all(filled(town, daughter), who=daughter, at=town.now)
    town.work()
    told = MessageRow.objects.filter(key="submission.received").values_list("account_id", flat=True)
    assert set(told) == {account_id("liligen"), account_id("wangfang")}
    end_mandate(mandate=mandate, actor=town.who("liligen"), at=town.now)
    case = next(iter(submissions_of(town.who("liligen"))[0])).id
    assert case == submission
    with pytest.raises(NotPermitted):
        withdraw_case(case=_first_case(submission), actor=daughter, at=town.now)
    withdraw_case(case=_first_case(submission), actor=town.who("liligen"), at=town.now)


def test_what_he_must_correct_waits_for_her_as_long_as_she_acts_for_him(town: Town) -> None:
    mandate, daughter = given(town)
    submission = file_by_all(filled(town, daughter), who=daughter, at=town.now)
    father, loaded = town.who("liligen"), load_submission(submission)
    case = next(one for one in loaded.cases if one.now.item == "elderly-allowance-claim")
    assert (waiting_for(father), waiting_for(daughter)) == (0, 0)
    make_remark(
        case=case.now.id, actor=officer_of(case, at=town.now), target=Target.FIELD,
        code="applicant-bank-account", reason="号码少一位", basis="示例规定第一条", remedy="请照存折再写一遍", at=town.now,
    )  # fmt: skip
    release_submission(submission=submission, actor=coordinator_of(loaded, at=town.now), at=town.now)
    assert (waiting_for(father), waiting_for(standing(town, UUID(daughter.giver)))) == (1, 1)
    end_mandate(mandate=mandate, actor=father, at=town.now)
    assert (waiting_for(father), waiting_for(standing(town, UUID(daughter.giver)))) == (1, 0)


def test_to_take_back_an_item_is_hers_only_where_it_was_named(town: Town) -> None:
    named = frozenset({Power.FOLLOW, Power.LOOK, Power.FILL_IN, Power.FILE, Power.WITHDRAW})
    _, daughter = given(town, powers=named)
    submission = file_by_all(filled(town, daughter), who=daughter, at=town.now)
    withdraw_case(case=_first_case(submission), actor=daughter, at=town.now)
    assert UseRow.objects.filter(submission=submission, power="withdraw").count() == 1


def test_a_link_opens_for_who_is_named_once_and_for_a_day(town: Town) -> None:
    wish = Wish(name="王芳", scope=Scope(everything=True), until=legal_day(town.now))
    mandate = give_mandate(actor=town.who("liligen"), wish=wish, at=town.now)
    token = token_of(mandate)
    for login in ("qianjin", "liligen", "laoli"):
        with pytest.raises(LinkNotValid):
            accept_mandate(token=token, actor=town.who(login), at=town.now)
    with pytest.raises(LinkNotValid):
        accept_mandate(token=token, actor=town.who("wangfang"), at=town.now + timedelta(hours=24))
    accept_mandate(token=token, actor=town.who("wangfang"), at=town.now)
    with pytest.raises(LinkNotValid):
        accept_mandate(token=token, actor=town.who("wangfang"), at=town.now)


def test_nobody_gives_what_is_not_his(town: Town) -> None:
    _, daughter = given(town)
    draft = filled(town, daughter)
    wish = Wish(name="徐明", scope=Scope(matters=frozenset({str(draft)})), until=legal_day(town.now))
    for who in (daughter, town.who("wangfang"), town.who("qianjin"), town.who("laoli")):
        with pytest.raises(NotPermitted):
            give_mandate(actor=who, wish=wish, at=town.now)
    assert MandateRow.objects.exclude(kind=MandateKind.AGENT).exclude(kind=MandateKind.GUARDIAN).count() == 1


def _first_case(submission: UUID) -> UUID:
    return load_submission(submission).cases[0].now.id


def by_neighbour(town: Town, **limits: int) -> tuple[UUID, UUID, AskedRow]:
    """钱进 fills in and signs the newborn that 王芳 asked him to; return mandate, draft, and what the father is asked."""
    wish = Wish(
        name="钱进",
        scope=Scope(bundles=frozenset({"newborn"})),
        until=legal_day(town.now) + timedelta(days=limits.get("days", 30)),
    )
    mandate = give_mandate(actor=town.who("wangfang"), wish=wish, at=town.now)
    giver = accept_mandate(token=token_of(mandate), actor=town.who("qianjin"), at=town.now)
    neighbour = replace(standing(town, giver, "qianjin"), level=4)
    draft = signing.filled(town, neighbour)
    assert signing.submit(town, draft, neighbour) is None
    return mandate, draft, signing.asked_about(draft)


def test_what_the_last_confirmation_files_counts_against_the_mandate_it_was_signed_by(town: Town) -> None:
    mandate, _, row = by_neighbour(town)
    receipt = confirm(asked=row.id, actor=town.who("zhangwei"), seen=row.digest, at=town.now)
    assert receipt is not None
    assert open_revision(receipt.submission).signature["mandate"] == str(mandate)
    assert MandateRow.objects.get(pk=mandate).used == 1
    assert UseRow.objects.get().submission == receipt.submission


@pytest.mark.parametrize("ended", ["taken back", "over"])
def test_what_was_signed_by_a_mandate_that_has_ended_is_not_filed_by_the_last_confirmation(
    town: Town, ended: str
) -> None:
    mandate, _, row = by_neighbour(town, days=3)
    if ended == "taken back":
        end_mandate(mandate=mandate, actor=town.who("wangfang"), at=town.now)
    else:
        town.later(days=4)
    assert confirm(asked=row.id, actor=town.who("zhangwei"), seen=row.digest, at=town.now) is None
    assert AskedRow.objects.get(pk=row.id).state == "fallen"
    assert not SubmissionRow.objects.exists()
    assert not UseRow.objects.exists()
