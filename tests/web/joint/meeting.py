"""王芳's restaurant sent to its departments, and the joint survey of three of them, for the tests of its pages."""

from datetime import timedelta
from uuid import UUID

from django.test import Client

from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.appointments import Half, Slot, half_days
from yijianshi.domain.workdays import legal_day
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.outside import outside
from yijianshi.services.working import drain
from yijianshi.store.joint.models import OperationRow
from yijianshi.store.submissions.models import SubmissionRow

UNITS = {
    "chenzhiyuan": "market-regulation@320106", "zhaokai": "fire-rescue@320106", "zhoulin": "urban-management@320106",
}  # fmt: skip


class Meeting:
    """The survey of one restaurant."""

    def __init__(self) -> None:
        self.restaurant = Restaurant()
        self.restaurant.release()
        self.submission = self.restaurant.id
        self.id = OperationRow.objects.get(submission=self.submission).id
        self.slots = half_days(outside().calendar, after=legal_day(NODE_CLOCK.now()))

    @property
    def row(self) -> OperationRow:
        return OperationRow.objects.get(pk=self.id)

    @property
    def page(self) -> str:
        return f"/joint/{self.id}"

    @property
    def mine(self) -> str:
        return f"/my/{self.submission}/joint/{self.id}"

    @property
    def restaurant_party(self) -> UUID:
        return SubmissionRow.objects.get(pk=self.submission).party_id

    def case(self, item: str) -> UUID:
        return self.restaurant.case(item)

    def wang(self) -> Client:
        """王芳, acting for her enterprise."""
        client = signed_in_as("wangfang")
        session = client.session
        session["acting_for"] = str(self.restaurant_party)
        session.save()
        return client

    def fix(self, **more: str) -> None:
        client = signed_in_as("hemin")
        posted = {
            "slot": str(self.slots[0]),
            "place": "示例路 1 号店里",
            "way": "all",
            "seen": self.row.seq,
        } | more
        assert client.post(f"{self.page}/fix", posted).status_code == 302
        self.told()

    def comes(self) -> None:
        """Let the agreed half-day come."""
        yesterday = Slot(legal_day(NODE_CLOCK.now()) - timedelta(days=1), Half.MORNING)
        OperationRow.objects.filter(pk=self.id).update(slot=str(yesterday), slot_on=yesterday.day)

    def say(self, login: str, item: str, **more: str):
        posted = {"verdict": "pass", "present": "甲、乙", "seen": ""} | more
        return signed_in_as(login).post(f"{self.page}/opinion/{self.case(item)}", posted)

    def told(self) -> None:
        drain(at=NODE_CLOCK.now())


def text_of(response) -> str:
    return response.content.decode()
