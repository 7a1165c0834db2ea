"""One delivery of all results, against a code, once; and one rating, when everything is done."""

from uuid import UUID

import pytest

from tests.cast import HOME, PAPER, RESTAURANT, answers_for
from tests.services.town import Town
from yijianshi.domain.cases import Action
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.ratings import AlreadyRated, Level
from yijianshi.domain.rights import NotPermitted
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.start import start_draft
from yijianshi.services.delivering.deliver import DeliveryNotPossible, hand_over
from yijianshi.services.delivering.rate import NotYetToRate, rate_submission
from yijianshi.services.handling.withdraw import withdraw_case
from yijianshi.store.ratings.models import RatingRow
from yijianshi.store.results.models import DeliveryRow, ResultRow


def file_with(town: Town, way: str) -> UUID:
    """File 王芳's restaurant, her results to be delivered in `way`."""
    wang = town.who("wangfang", enterprise=True)
    draft = start_draft(
        actor=wang, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=town.now
    )
    for _ in range(3):
        opened = open_draft(draft, actor=wang)
        given = answers_for(opened.form(), opened.edition) | {"delivery-method": way}
        fill_fields(draft=draft, actor=wang, given=given, at=town.now)
    for needed in open_draft(draft, actor=wang).plan().materials:
        if needed.way == "upload":
            attach_material(
                draft=draft,
                actor=wang,
                material=needed.material,
                filename="材料.pdf",
                content=PAPER,
                at=town.now,
            )
    return seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now).submission


@pytest.fixture(scope="module")
def filed(settled_town: Town) -> UUID:
    return file_with(settled_town, "窗口领取")


@pytest.fixture
def submission(filed: UUID, town: Town) -> UUID:
    """A restaurant whose results are to be picked up at the window; nothing decided yet."""
    town.release(filed)
    return filed


@pytest.mark.clause("S9.1")
def test_there_is_nothing_to_pick_up_before_all_is_decided(town: Town, submission: UUID) -> None:
    town.decide(submission, "fire-safety-check")
    assert not DeliveryRow.objects.exists()
    with pytest.raises(DeliveryNotPossible, match="还没有全部办结"):
        hand_over(submission=submission, actor=town.who("laoli"), code="123456", at=town.now)


@pytest.mark.clause("S9.1")
def test_the_results_are_handed_over_once_against_the_code(town: Town, submission: UUID) -> None:
    town.decide_all(submission)
    delivery = DeliveryRow.objects.get(submission=submission)
    assert delivery.delivered_at is None
    assert len(delivery.pick_up_code) == 6
    wrong = f"{(int(delivery.pick_up_code) + 1) % 10**6:06d}"
    for code in (wrong, "", "取件码", "１２３４５６", delivery.pick_up_code[:5]):
        with pytest.raises(DeliveryNotPossible, match="取件码对不上"):
            hand_over(submission=submission, actor=town.who("laoli"), code=code, at=town.now)
    for login in ("wangfang", "hemin", "chenzhiyuan", "heli", "qianjin"):
        with pytest.raises(NotPermitted):
            hand_over(submission=submission, actor=town.who(login), code=delivery.pick_up_code, at=town.now)
    hand_over(submission=submission, actor=town.who("laoli"), code=f" {delivery.pick_up_code} ", at=town.now)
    assert DeliveryRow.objects.get(submission=submission).delivered_at == town.now
    with pytest.raises(DeliveryNotPossible, match="已经交给申请人了"):
        hand_over(submission=submission, actor=town.who("laoli"), code=delivery.pick_up_code, at=town.now)


@pytest.mark.clause("S9.2")
def test_electronic_results_are_delivered_the_moment_the_last_case_is_closed(town: Town) -> None:
    submission = file_with(town, "电子证照推送")
    town.release(submission)
    town.decide_all(submission)
    delivery = DeliveryRow.objects.get(submission=submission)
    assert (delivery.delivered_at, delivery.pick_up_code) == (town.now, "")


def test_what_was_granted_is_delivered_though_the_rest_was_refused_or_withdrawn(
    town: Town, submission: UUID
) -> None:
    town.decide(submission, "fire-safety-check", Action.REFUSE)
    town.decide(submission, "food-business-permit")
    wang = town.who("wangfang", enterprise=True)
    withdraw_case(case=town.case(submission, "signage-permit").now.id, actor=wang, at=town.now)
    assert DeliveryRow.objects.filter(submission=submission).count() == 1
    assert ResultRow.objects.filter(case__submission=submission).count() == 2


@pytest.mark.clause("S10.3")
def test_what_is_done_is_rated_once_by_its_applicant(town: Town, submission: UUID) -> None:
    wang = town.who("wangfang", enterprise=True)

    def rate(level: Level) -> None:
        rate_submission(submission=submission, actor=wang, level=level, comment="快" * 900, at=town.now)

    with pytest.raises(NotYetToRate, match="办完以后再请您评价"):
        rate(Level.GOOD)
    town.decide_all(submission)
    for login in ("qianjin", "laoli", "hemin", "chenzhiyuan"):
        with pytest.raises(NotPermitted):
            rate_submission(
                submission=submission, actor=town.who(login), level=Level.BAD, comment="", at=town.now
            )
    rate(Level.VERY_GOOD)
    with pytest.raises(AlreadyRated, match="已经评价过了"):
        rate(Level.BAD)
    assert [row.level for row in RatingRow.objects.filter(submission=submission)] == [5]
