"""A submission by the number that stands on its receipt (按申报号找): for whoever may see it, and for nobody else."""

from uuid import UUID

from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.store.submissions.models import SubmissionRow


def submission_by_number(number: str, *, actor: Actor) -> UUID:
    """
    Return the key of a submission; one query.

    :raises NotPermitted: if it is not the actor's to see, or there is none; the answer is the same.
    """
    row = (
        SubmissionRow.objects.filter(number=number)
        .values("id", "party", "account", "division", "together")
        .first()
    )
    if row is None:
        raise NotPermitted(Act.READ_PROGRESS)
    others = frozenset(str(one) for one in row["together"] or ())
    thing = Thing(party=str(row["party"]), owner=str(row["account"]), together=others)
    require(actor, Act.READ_PROGRESS, thing)
    key: UUID = row["id"]
    return key
