"""A building that changes hands, whose registration charges: shared by the tests of pages and of the API."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from tests.filed import coordinator_of, file_fullest, officer_of, ready
from tests.web.staff import signed_in_as
from yijianshi.domain.cases import Action
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.loading import CaseLoaded, load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.working import drain
from yijianshi.store.accounts.models import Account, Officer

HOME = "realestate-transfer"
CHARGE = {"sum": "550", "standard": "非住宅 550 元/件，1 件", "basis": "示例收费标准第一条"}


class Building:
    """A building of 王芳's enterprise changes hands; its registration is being handled."""

    def __init__(self) -> None:
        at = NODE_CLOCK.now()
        filed = file_fullest("enterprise-realestate-transfer", at=at - timedelta(hours=2))
        self.id, self.who = filed.id, filed.who
        loaded = load_submission(self.id)
        release_submission(
            submission=self.id, actor=coordinator_of(loaded, at=at), at=at - timedelta(hours=1)
        )
        while (case := self.case(HOME)).now.state != "accepted":
            first = next(c for c in ready(self.id) if c.now.item != HOME)
            decide_case(
                case=first.now.id, actor=officer_of(first, at=at), decision=Decision(Action.GRANT), at=at - timedelta(minutes=30)
            )  # fmt: skip
            drain(at=at)
        self.key: UUID = case.now.id
        post = Officer.objects.select_related("account").filter(unit=case.unit, role="reviewer").first()
        assert post is not None
        self.officer = signed_in_as(post.account.login)
        self.applicant = Client()
        self.applicant.force_login(Account.objects.get(pk=UUID(self.who.account)))
        session = self.applicant.session
        session["acting_for"] = self.who.party
        session.save()

    def case(self, item: str) -> CaseLoaded:
        return next(c for c in load_submission(self.id).cases if c.now.item == item)

    def charge(self, **more: str) -> Any:
        sent = CHARGE | {"seen": str(self.case(HOME).now.seq)} | more
        answer = self.officer.post(f"/desk/{self.key}/charge", sent)
        drain(at=NODE_CLOCK.now())
        return answer

    def to_the_payer(self) -> str:
        answer = self.applicant.post(f"/my/{self.id}/fees/pay")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/demo-payer/")
        return answer["Location"]

    def pays(self) -> None:
        there = self.to_the_payer()
        back = self.applicant.post(there, {"pay": "1"})["Location"]
        assert self.applicant.get(back)["Location"] == f"/my/{self.id}/fees"
