"""What the three administrators have before them: an account, a proposal that waits, a machine."""

from tests.cast import HOME
from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.rights import Act, Role
from yijianshi.services.administering.proposing import propose
from yijianshi.services.people.clients import create_client
from yijianshi.store.accounts.models import Account, Client
from yijianshi.store.guards.models import ProposalRow


def add(world) -> None:
    """Let one propose a supervisor, and make a machine that belongs to nobody else's test."""
    town, named = world.town, world.things
    named["staff"] = Account.objects.get(login="zhoulin").id
    unit = f"government-services@{DivisionCode(HOME)}"
    propose(
        "give", actor=town.who("system-admin"), account=named["staff"], role=Role.AUDIT_ADMIN, unit=unit,
        since=town.now.date(), until=None, at=town.now,
    )  # fmt: skip
    named["post_proposal"] = ProposalRow.objects.get(account_id=named["staff"]).id
    create_client(
        name="administered",
        posts=((Role.REVIEWER, "fire-rescue@320106"),),
        scopes=(Act.READ_CASE,),
        days=30,
        at=town.now,
    )
    named["client"] = Client.objects.latest("id").id
