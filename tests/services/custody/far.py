"""A restaurant for 鼓楼区 that 汤静 takes in at the window of 昆山, as 王芳's enterprise stands before her."""

from uuid import UUID

from tests.cast import HOME, PAPER, RESTAURANT, answers_for
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.start import start_draft

KUNSHAN, GULOU = "government-services@320583", "government-services@320106"


def begin_far_away(town: Town) -> UUID:
    """Begin a draft at the window of 昆山 for the home 鼓楼区, and fill it in."""
    tang = town.who("tangjing")
    party = UUID(town.who("wangfang", enterprise=True).party)
    draft = start_draft(
        actor=tang, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, party=party,
        channel="window", at=town.now,
    )  # fmt: skip
    for _ in range(3):
        opened = open_draft(draft, actor=tang)
        given = answers_for(opened.form(), opened.edition) | {"delivery-method": "窗口领取"}
        fill_fields(draft=draft, actor=tang, given=given, at=town.now)
    for needed in open_draft(draft, actor=tang).plan().materials:
        if needed.way is MaterialWay.UPLOAD:
            attach_material(
                draft=draft, actor=tang, material=needed.material, filename="材料.pdf", content=PAPER, at=town.now
            )  # fmt: skip
    return draft


def file_far_away(town: Town, draft: UUID | None = None) -> UUID:
    """File it at that window."""
    draft = draft or begin_far_away(town)
    return seal_draft(draft=draft, actor=town.who("tangjing"), signature="window", at=town.now).submission
