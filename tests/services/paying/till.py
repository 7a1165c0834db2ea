"""Something to be paid for: submissions with items that charge, and the shortest ways to charge, pay and ask."""

from dataclasses import dataclass
from uuid import UUID

from tests.filed import coordinator_of, file_fullest, officer_of, ready
from tests.services.town import Town
from yijianshi.domain.cases import Action
from yijianshi.domain.fees import Reduction
from yijianshi.domain.rights import Actor
from yijianshi.integrations.payment import DemoPayment
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import CaseLoaded, load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.outside import outside
from yijianshi.services.paying.charge import Charge, charge_case
from yijianshi.services.paying.confirm import confirm_payment
from yijianshi.services.paying.pay import Opened, open_payment
from yijianshi.store.fees.models import ChargeRow

DWELLING = Charge(fen=8000, standard="住宅 80 元/件", basis="示例收费标准第一条")
SMALL = Reduction(fen=8000, reason="小微企业", basis="示例减免通知")


@dataclass
class Till:
    """One submission in the hands of its departments, and the demo payer."""

    town: Town
    id: UUID
    who: Actor

    def case(self, item: str) -> CaseLoaded:
        return next(c for c in load_submission(self.id).cases if c.now.item == item)

    def officer(self, item: str) -> Actor:
        return officer_of(self.case(item), at=self.town.now)

    def grant_until(self, item: str) -> None:
        """Grant whatever stands before an item, until it is being handled itself."""
        while self.case(item).now.state != "accepted":
            case = next(c for c in ready(self.id) if c.now.item != item)
            decide_case(
                case=case.now.id, actor=officer_of(case, at=self.town.now), decision=Decision(Action.GRANT), at=self.town.now
            )  # fmt: skip
            self.town.work()

    def charge(self, item: str, charge: Charge = DWELLING) -> ChargeRow:
        row = charge_case(
            case=self.case(item).now.id, actor=self.officer(item), charge=charge, at=self.town.now
        )
        self.town.work()
        return row

    def opens(self) -> Opened:
        return open_payment(submission=self.id, actor=self.who, at=self.town.now)

    def pays(self) -> UUID:
        """Open the order, press the demo's button, and come back."""
        opened = self.opens()
        self.presses(opened)
        confirm_payment(opened.payment, at=self.town.now)
        self.town.work()
        return opened.payment

    def presses(self, opened: Opened) -> None:
        provider().pay(str(opened.payment), opened.goes_to.partition("?s=")[2])


def provider() -> DemoPayment:
    demo = outside().payment
    assert isinstance(demo, DemoPayment)
    return demo


def till_for(town: Town, bundle: str) -> Till:
    filed = file_fullest(bundle, at=town.now)
    loaded = load_submission(filed.id)
    release_submission(submission=filed.id, actor=coordinator_of(loaded, at=town.now), at=town.now)
    town.work()
    return Till(town, filed.id, filed.who)
