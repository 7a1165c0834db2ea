"""Rate a submission once it is closed (好差评)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.ratings import AlreadyRated, Level
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.keys import new_id
from yijianshi.store.ratings.models import RatingRow

from ..contents import seal_text
from ..handling.loading import load_submission
from ..mandates.keeping import use_mandate


class NotYetToRate(Exception):
    """Something is rated once it is finished."""

    def __init__(self) -> None:
        super().__init__("这件事还没有办完，办完以后再请您评价")


def rate_submission(*, submission: UUID, actor: Actor, level: Level, comment: str, at: datetime) -> None:
    """
    Keep the applicant's rating.

    :raises NotYetToRate: if a case is still open.
    :raises AlreadyRated: if it was rated before.
    """
    loaded = load_submission(submission)
    require(actor, Act.RATE, loaded.thing())
    if loaded.state != "closed":
        raise NotYetToRate
    try:
        with transaction.atomic():
            use_mandate(actor, Act.RATE, loaded.thing(), at=at, submission=submission)
            RatingRow.objects.create(
                id=new_id(),
                submission_id=submission,
                level=int(level),
                comment_sealed=seal_text(comment.strip()[:500], purpose="comment"),
                at=at,
            )
    except IntegrityError as error:
        raise AlreadyRated("这份申报已经评价过了，谢谢您") from error
