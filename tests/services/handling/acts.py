"""What the tests of handling do again and again: remark, answer, stop the clock."""

from typing import Any
from uuid import UUID

from tests.cast import PAPER
from tests.services.town import Town
from yijianshi.domain.corrections import Target
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.stop import suspend_case

FOOD, FIRE, SIGN, CHECK = "food-business-permit", "fire-safety-check", "signage-permit", "licence-check"
#: Everybody of the cast who has nothing to do with the signage of 王芳's restaurant.
STRANGERS = ("qianjin", "zhangwei", "zhaokai", "heli", "liujie", "jiangxin")


def remark(town: Town, submission: UUID, item: str = SIGN, login: str = "zhoulin", **more: Any) -> UUID:
    usual: dict[str, Any] = {
        "target": Target.MATERIAL,
        "code": "sign-rendering",
        "reason": "看不清尺寸",
        "basis": "城市市容和环境卫生管理条例第十一条",
        "remedy": "请标明长宽",
        "at": town.now,
    }
    return make_remark(case=town.case(submission, item).now.id, actor=town.who(login), **(usual | more))


def answer(town: Town, submission: UUID, **more: Any) -> None:
    usual: dict[str, Any] = {"fields": {}, "files": {"sign-rendering": [Upload("图.pdf", PAPER)]}}
    answer_correction(
        submission=submission, actor=town.who("wangfang", enterprise=True), at=town.now, **(usual | more)
    )
    town.work()


def stop(town: Town, submission: UUID, item: str = FOOD, login: str = "chenzhiyuan", **more: Any) -> None:
    usual: dict[str, Any] = {"ground": "inspection", "reason": "抽样检验", "expected_days": 5, "at": town.now}
    suspend_case(case=town.case(submission, item).now.id, actor=town.who(login), **(usual | more))
