"""Whole lives from which letters are printed: a restaurant with every turn a case can take, and a newborn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.cast import PAPER, actor, answers_for, file_by_all, file_one
from yijianshi.domain.cases import Action
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import Target
from yijianshi.domain.rights import Actor
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.working import drain

REVIEWERS = {
    "market-regulation": "chenzhiyuan",
    "urban-management": "zhoulin",
    "housing-construction": "wuhao",
    "tobacco": "sunqian",
    "fire-rescue": "zhaokai",
    "health": "liujie",
    "disease-control": "jiangxin",
    "public-security": "maqiang",
    "healthcare-security": "fengxue",
    "human-resources": "chuning",
    "taxation": "weiguo",
}
BIGGER_PAPER = PAPER.replace(b"[0 0 200 200]", b"[0 0 300 300]")
BIG_RESTAURANT = {"venue-area": 120, "has-signage": True, "sells-tobacco": True, "discharges-to-sewer": True}
NEWBORN = {
    "birth-place": "省内助产机构",
    "married": True,
    "household-follow": "随母",
    "mother-insured": "职工生育保险",
    "directly-settled": False,
}


@dataclass(frozen=True)
class Life:
    """A submission with its cases by item, and who acts in it."""

    submission: UUID
    cases: dict[str, UUID]
    applicant: Actor
    at: datetime

    def officer(self, item: str) -> Actor:
        """Return the officer who decides the item."""
        loaded = load_submission(self.submission)
        department = loaded.edition.item(ItemCode(item)).department
        return actor(REVIEWERS[department], at=self.at)

    def decide(self, item: str, action: Action, at: datetime, **words: str) -> None:
        decide_case(
            case=self.cases[item], actor=self.officer(item), decision=Decision(action, **words), at=at
        )


def filed(draft: UUID, who: Actor, *, at: datetime, **given: Any) -> UUID:
    """Fill what a draft still asks, with the given answers in place of plausible ones, and file it."""
    for _ in range(3):  # answers may open further fields
        opened = open_draft(draft, actor=who)
        asked = {**answers_for(opened.form(), opened.edition), **given}
        fill_fields(draft=draft, actor=who, given=asked, at=at)
    for needed in open_draft(draft, actor=who).plan().materials:
        if needed.way is MaterialWay.UPLOAD:
            attach_material(
                draft=draft, actor=who, material=needed.material, filename="材料.pdf", content=PAPER, at=at
            )
    return file_by_all(draft, who=who, at=at)


def restaurant(at: datetime, **answers: Any) -> Life:
    """Live through all that can happen: correction, stop of the clock, grant, refusal, decline."""
    applicant = actor("wangfang", at=at, enterprise=True)
    submission = file_one(applicant, answers={**BIG_RESTAURANT, **answers}, at=at)
    cases = {str(c.now.item): c.now.id for c in load_submission(submission).cases}
    life = Life(submission, cases, applicant, at)
    make_remark(
        case=cases["signage-permit"],
        actor=life.officer("signage-permit"),
        target=Target.MATERIAL,
        code="sign-rendering",
        reason="效果图没有标出招牌的长和高。",
        basis="《江苏省城市市容和环境卫生管理条例》",
        remedy="请在效果图上注明长、高和离地距离。",
        at=at,
    )
    declined = {
        ItemCode("drainage-permit"): {
            "reasons": "排水口接入市管干渠，不属于本机关的职权范围。",
            "basis": "《中华人民共和国行政许可法》第三十二条第一款第（二）项",
            "competent": "请向南京市水务局提出申请，已填内容可以直接转用。",
        }
    }
    release_submission(submission=submission, actor=actor("hemin", at=at), at=at, declined=declined)
    drain(at=at)
    later = at + timedelta(hours=1)
    answer_correction(
        submission=submission,
        actor=applicant,
        fields={},
        files={"sign-rendering": [Upload("新的效果图.pdf", BIGGER_PAPER)]},
        at=later,
    )
    drain(at=later)
    life.decide("signage-permit", Action.ACCEPT, later)
    food = life.officer("food-business-permit")
    suspend_case(
        case=cases["food-business-permit"],
        actor=food,
        ground="inspection",
        reason="需要对专用冷藏设备抽样检验",
        expected_days=3,
        at=later,
    )
    resume_case(case=cases["food-business-permit"], actor=food, at=later + timedelta(days=2))
    life.decide("food-business-permit", Action.GRANT, later + timedelta(days=2))
    life.decide("signage-permit", Action.GRANT, later + timedelta(days=2))
    life.decide("fire-safety-check", Action.GRANT, later + timedelta(days=2))
    life.decide(
        "tobacco-retail",
        Action.REFUSE,
        later + timedelta(days=2),
        reasons="经营场所与最近零售点的间距不足，不符合当地合理布局。\n经营场所没有与住所分开。",
        basis="《烟草专卖许可证管理办法》第十三条",
    )
    drain(at=later + timedelta(days=2))
    return life


def newborn(at: datetime) -> Life:
    """Live through the birth of 王芳's child until everything is granted."""
    applicant = actor("wangfang", at=at)
    items = (
        "birth-certificate",
        "vaccination-record",
        "birth-registration",
        "newborn-social-card",
        "childcare-subsidy",
    )
    submission = file_one(applicant, bundle="newborn", answers=NEWBORN, items=items, at=at)
    cases = {str(c.now.item): c.now.id for c in load_submission(submission).cases}
    life = Life(submission, cases, applicant, at)
    release_submission(submission=submission, actor=actor("liujie", at=at), at=at)
    drain(at=at)
    for item in items:
        life.decide(item, Action.GRANT, at + timedelta(hours=1))
        drain(at=at + timedelta(hours=1))
    return life
