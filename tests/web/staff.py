"""Signing staff in, and a restaurant to work on: shared by the tests of staff's pages."""

from datetime import datetime, timedelta
from uuid import UUID

from django.test import Client

from tests.cast import actor, file_one
from yijianshi.domain.corrections import Target
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.working import drain
from yijianshi.store.accounts.models import Account
from yijianshi.store.submissions.models import SubmissionRow


def signed_in_as(login: str) -> Client:
    """Return a browser in which somebody of the cast is signed in."""
    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client


class Restaurant:
    """One submission of 王芳's enterprise, filed a while ago, in the hands of three units."""

    def __init__(self, *, at: datetime | None = None, known: UUID | None = None) -> None:
        self.at = at or NODE_CLOCK.now() - timedelta(hours=2)
        self.today = NODE_CLOCK.now()  # posts and mandates of the cast begin on the day of seeding
        self.id = known or file_one(actor("wangfang", at=self.today, enterprise=True), at=self.at)

    @classmethod
    def that_is_there(cls) -> "Restaurant":
        """Return the one that was filed once for all tests of a module."""
        row = SubmissionRow.objects.get()
        return cls(at=row.received_at, known=row.id)

    def case(self, item: str) -> UUID:
        return next(c.now.id for c in load_submission(self.id).cases if c.now.item == item)

    def state(self, item: str) -> str:
        return str(next(c.now.state for c in load_submission(self.id).cases if c.now.item == item))

    def remark_on_the_sign(self) -> None:
        make_remark(
            case=self.case("signage-permit"), actor=actor("zhoulin", at=self.today), target=Target.MATERIAL,
            code="sign-rendering", reason="看不清尺寸", basis="市容条例第十一条", remedy="请标明长宽", at=self.at,
        )  # fmt: skip

    def release(self) -> None:
        at = self.at + timedelta(minutes=10)
        release_submission(submission=self.id, actor=actor("hemin", at=self.today), at=at)
        drain(at=at + timedelta(minutes=1))
