"""The life of one restaurant through all services, with the demo's outside world and a real database."""

from datetime import timedelta

import pytest

from tests.cast import actor, file_one
from yijianshi.domain.cases import Action
from yijianshi.domain.corrections import Target
from yijianshi.domain.ratings import Level
from yijianshi.project import seeding
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.delivering.rate import rate_submission
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.working import drain
from yijianshi.store.results.models import DeliveryRow, ResultRow
from tests.cast import PAPER

pytestmark = pytest.mark.django_db

REVIEWER = {
    "food-business-permit": "chenzhiyuan",
    "signage-permit": "zhoulin",
    "fire-safety-check": "zhaokai",
    "licence-check": "chenzhiyuan",
}


def states(submission):
    return {c.now.item: str(c.now.state) for c in load_submission(submission).cases}


def test_a_restaurant_is_opened():
    seeding.seed()
    at = NODE_CLOCK.now()
    wang = actor("wangfang", at=at, enterprise=True)
    submission = file_one(wang, at=at)
    loaded = load_submission(submission)
    cases = {c.now.item: c.now.id for c in loaded.cases}
    make_remark(
        case=cases["signage-permit"],
        actor=actor("zhoulin", at=at),
        target=Target.MATERIAL,
        code="sign-rendering",
        reason="看不清尺寸",
        basis="城市市容和环境卫生管理条例第十一条",
        remedy="请标明长宽",
        at=at,
    )
    he = actor("hemin", at=at)
    released, _ = release_submission(submission=submission, actor=he, at=at)
    print(released)
    drain(at=at)
    print(states(submission))
    later = at + timedelta(hours=1)
    answer_correction(
        submission=submission,
        actor=wang,
        fields={},
        files={"sign-rendering": [Upload("图.pdf", PAPER)]},
        at=later,
    )
    drain(at=later)
    decide_case(
        case=cases["signage-permit"],
        actor=actor("zhoulin", at=at),
        decision=Decision(Action.ACCEPT),
        at=later,
    )
    suspend_case(
        case=cases["food-business-permit"],
        actor=actor("chenzhiyuan", at=at),
        ground="inspection",
        reason="抽样",
        expected_days=3,
        at=later,
    )
    resume_case(
        case=cases["food-business-permit"], actor=actor("chenzhiyuan", at=at), at=later + timedelta(days=3)
    )
    for item, case in cases.items():
        if states(submission)[item] == "accepted":
            print(
                decide_case(
                    case=case, actor=actor(REVIEWER[item], at=at), decision=Decision(Action.GRANT), at=later
                )
            )
    drain(at=later)
    print(states(submission))
    assert set(states(submission).values()) == {"granted"}
    assert ResultRow.objects.count() == len(cases)
    assert DeliveryRow.objects.get().delivered_at
    rate_submission(submission=submission, actor=wang, level=Level.VERY_GOOD, comment="快", at=later)
