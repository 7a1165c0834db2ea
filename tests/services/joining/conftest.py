"""王芳's restaurant, sent to its departments: a joint survey of three units is planned."""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from tests.services.town import Town
from yijianshi.domain.appointments import Slot
from yijianshi.domain.joint import Opinion, Verdict
from yijianshi.domain.rights import Actor
from yijianshi.services import outside
from yijianshi.services.joining.appoint import fix_appointment, offer_times
from yijianshi.services.joining.loading import APPLICANT, Operation, load_operation
from yijianshi.services.joining.opine import Signed, digest_of_unit, give_opinion, sign_opinions
from yijianshi.store.joint.models import OperationRow

FOOD, FIRE, SIGN = "food-business-permit", "fire-safety-check", "signage-permit"
MARKET, BRIGADE, URBAN = "market-regulation@320106", "fire-rescue@320106", "urban-management@320106"
LOGIN = {MARKET: "chenzhiyuan", BRIGADE: "zhaokai", URBAN: "zhoulin"}
FRIDAY, MONDAY = Slot.parse("2026-11-20.am"), Slot.parse("2026-11-23.pm")


@dataclass
class Survey:
    """The joint survey as the cast handles it."""

    town: Town
    id: UUID
    submission: UUID

    @property
    def now(self) -> Operation:
        return load_operation(self.id)

    def who(self, unit: str) -> Actor:
        if unit == APPLICANT:
            return self.town.who("wangfang", enterprise=True)
        return self.town.who(LOGIN.get(unit, unit))

    def case(self, item: str) -> UUID:
        return self.town.case(self.submission, item).now.id

    def offer(self, party: str, *slots: Slot) -> None:
        offer_times(operation=self.id, actor=self.who(party), party=party, slots=slots, at=self.town.now)

    def fix(self, slot: Slot = FRIDAY) -> None:
        fix_appointment(
            operation=self.id, actor=self.who("hemin"), slot=slot, place="示例路 1 号店里", at=self.town.now
        )
        self.town.work()

    def meet(self) -> None:
        """Agree on Friday morning and go there."""
        self.fix()
        self.town.go_to(11, 20)

    def say(
        self, item: str, verdict: Verdict = Verdict.PASS, *, seen: int | None = None, **more: object
    ) -> None:
        opinion = Opinion(case=self.case(item), verdict=verdict, present="甲、乙")
        case = next(one for one in self.now.loaded.cases if one.now.item == item)
        give_opinion(
            operation=self.id, actor=self.who(case.unit), opinion=replace(opinion, **more),  # type: ignore[arg-type]
            at=self.town.now, seen=seen,
        )  # fmt: skip

    def sign(self, unit: str) -> Signed:
        signed = sign_opinions(
            operation=self.id, actor=self.who(unit), unit=unit, digest=digest_of_unit(self.now, unit), at=self.town.now
        )  # fmt: skip
        self.town.work()
        return signed


def survey_of(town: Town) -> Survey:
    submission = town.file(town.who("wangfang", enterprise=True))
    town.release(submission)
    return Survey(town, OperationRow.objects.get(submission=submission).id, submission)


@pytest.fixture(scope="module")
def released(settled_town: Town) -> Survey:
    return survey_of(settled_town)


@pytest.fixture
def survey(released: Survey, town: Town) -> Survey:
    """The survey as planned: nobody has said anything yet."""
    return released


@pytest.fixture
def away(town: Town) -> list[bool]:
    """A scanner that cannot tell while the list holds anything."""
    from yijianshi.integrations.scanner import DemoScanner
    from yijianshi.services.ports import ScannerUnavailable

    is_away: list[bool] = [True]

    class Away(DemoScanner):
        def scan(self, content):
            if is_away:
                raise ScannerUnavailable("away")
            return super().scan(content)

    outside.use(replace(outside.outside(), scanner=Away()))
    return is_away
