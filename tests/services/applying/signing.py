"""What the tests of several who sign do again and again: fill in a newborn, submit it, look who is asked."""

from uuid import UUID

from tests.cast import HOME, PAPER
from tests.services.applying.drafts import NEWBORN, begin, complete, look
from tests.services.town import Town
from yijianshi.domain.codes import BundleCode, ItemCode
from yijianshi.domain.rights import Actor
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.start import start_draft
from yijianshi.services.applying.together import submit_draft
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.together.models import AskedRow

ITEMS = ("birth-certificate", "birth-registration")


def filled(town: Town, who: Actor) -> UUID:
    draft = begin(town, who, bundle="newborn", answers=NEWBORN, items=[ItemCode(code) for code in ITEMS])
    complete(town, draft, who)
    return draft


def submit(town: Town, draft: UUID, who: Actor, **more: object) -> object:
    return submit_draft(draft=draft, actor=who, signature="typed-name", at=town.now, **more)  # type: ignore[arg-type]


def asked_about(draft: UUID) -> AskedRow:
    return AskedRow.objects.get(draft=draft)


def told(login: Actor) -> list[str]:
    return list(
        MessageRow.objects.filter(account=login.account)
        .order_by("sent_at", "id")
        .values_list("key", flat=True)
    )


def number_of(who: Actor) -> str:
    from yijianshi.services.people.parties import know_party

    return know_party(UUID(who.party)).number


def at_window(town: Town, wang: Actor) -> UUID:
    """老李 fills in the newborn for 王芳, who stands before him."""
    li = town.who("laoli")
    draft = start_draft(
        actor=li, bundle=BundleCode("newborn"), division=HOME, answers=NEWBORN, at=town.now, channel="window",
        items=[ItemCode(code) for code in ITEMS], party=UUID(wang.party),
    )  # fmt: skip
    complete(town, draft, li)
    return draft


def attach_all(town: Town, draft: UUID, who: Actor) -> None:
    for needed in look(draft, who).plan().materials:
        if needed.way == "upload":
            attach_material(
                draft=draft,
                actor=who,
                material=needed.material,
                filename="材料.pdf",
                content=PAPER,
                at=town.now,
            )
