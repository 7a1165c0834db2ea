"""Who acts for 王芳, and by what: mandates that hold, one that waits, one on paper, a steward, a visit at home."""

from datetime import timedelta

from tests.cast import HOME, PAPER
from tests.rights.world import Secret
from yijianshi.domain.mandates import Proof, Scope
from yijianshi.domain.workdays import legal_day
from yijianshi.services.mandates.at_window import Attested, attest_mandate
from yijianshi.services.mandates.give import Wish, give_mandate, token_of
from yijianshi.services.mandates.stewards import name_steward
from yijianshi.services.mandates.visits import ask_for_visit
from yijianshi.store.accounts.models import Account


def add(world) -> None:
    """Ask 林晓 about a draft, let the window write down what was said there, name a steward, ask somebody to come."""
    town, named = world.town, world.things
    wang, li = town.who("wangfang", enterprise=True), town.who("laoli")
    until = legal_day(town.now) + timedelta(days=30)
    named["mandate"] = give_mandate(
        actor=wang, at=town.now,
        wish=Wish(name="李例根", scope=Scope(matters=frozenset({str(named["draft"])})), until=until),
    )  # fmt: skip
    named["mandate_token"] = Secret(token_of(named["mandate"]))
    named["paper_mandate"] = attest_mandate(
        actor=li, giver=Account.objects.get(login="wangfang").party_id, helper=Account.objects.get(login="fangqin").id,
        wish=Wish(name="方勤", scope=Scope(bundles=frozenset({"newborn"})), until=until),
        attested=Attested(proof=Proof.PAPER, words="本人到窗口，看了身份证", filename="授权书.pdf", photograph=PAPER),
        at=town.now,
    )  # fmt: skip
    named["project"] = name_steward(
        submission=named["submission"], steward=Account.objects.get(login="guanli").id, actor=town.who("hemin"),
        at=town.now,
    )  # fmt: skip
    named["home_visit"] = ask_for_visit(
        actor=wang, division=HOME, address="示例路 18 号", phone="13900000000", about="领证", bundle="", first=False,
        at=town.now,
    )  # fmt: skip
    town.work()
