"""What 王芳 is filling in, what 张伟 is asked to confirm, a list of employees, and what a fee is due for."""

from uuid import UUID

from tests.cast import HOME, RESTAURANT
from tests.filed import begin, fill
from tests.services.applying.signing import asked_about, filled, submit
from tests.services.paying.till import till_for
from yijianshi.domain.codes import BundleCode, MemberId
from yijianshi.domain.members import groups_of
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.members import Member, enter_members
from yijianshi.services.applying.start import start_draft
from yijianshi.store.materials.models import DraftMaterialRow

CHARGED = "realestate-transfer"


def add(world) -> None:
    """Begin drafts, ask the father, and have a fee charged and an order opened."""
    town, named = world.town, world.things
    wang = town.who("wangfang", enterprise=True)
    named["bundle"] = "open-restaurant"
    named["party"] = UUID(wang.party)
    draft = fill(begin("open-restaurant", who=wang, at=town.now), who=wang, at=town.now)
    named["draft"] = draft
    attached = DraftMaterialRow.objects.filter(draft=draft).order_by("id").first()
    named["material"], named["draft_copy"] = attached.material, attached.copy_id
    known = (f.element for f in open_draft(draft, actor=wang).form().fields if f.turn == "known" and f.value)
    named["element"] = next(iter(known))
    named["window_draft"] = start_draft(
        actor=town.who("laoli"), bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT,
        party=UUID(wang.party), channel="window", at=town.now,
    )  # fmt: skip
    listed = begin("employee-onboarding", who=wang, at=town.now)
    plan = open_draft(listed, actor=wang).plan()
    named["draft_with_members"] = listed
    named["member_group"], named["member"] = str(next(iter(groups_of(plan)))), "m1"
    enter_members(
        draft=listed, actor=wang, group=named["member_group"], members=[Member(MemberId("m1"))], at=town.now
    )
    born = filled(town, town.who("wangfang"))
    submit(town, born, town.who("wangfang"))
    named["asked"] = asked_about(born).id
    till = till_for(town, "enterprise-realestate-transfer")
    till.grant_until(CHARGED)
    till.charge(CHARGED)
    opened = till.opens()
    named["charged_submission"], named["charged_case"] = till.id, till.case(CHARGED).now.id
    named["payment"] = named["reference"] = opened.payment
    named["payment_signature"] = opened.goes_to.partition("?s=")[2]
