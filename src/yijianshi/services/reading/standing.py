"""
Whose a draft or a submission is, as one may ask who stands for somebody else just now (替谁办).

It answers only to an account that may stand for him, so that a stranger learns nothing.
"""

from uuid import UUID

from yijianshi.domain.mandates import Matter, Power, covers
from yijianshi.domain.rights import Act, Actor, Thing, may
from yijianshi.store.accounts.models import Account
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..mandates.keeping import givers_to, mandates_held
from ..people.actors import actor_of, parties_of, represented_by
from ..people.parties import PartyKnown, know_party


def owner_to_stand_for(
    actor: Actor, *, draft: UUID | None = None, submission: UUID | None = None
) -> PartyKnown | None:
    """Return for whom the reader must stand to work on this, if he may and does not now; else None."""
    key = draft or submission
    if actor.on is None or key is None:
        return None
    model = DraftRow if draft else SubmissionRow
    rows = model.objects.filter(pk=key)
    found = rows.values_list("party_id", "edition_id").first()
    if found is None or str(found[0]) in (actor.party, actor.giver):
        return None
    account = Account.objects.get(pk=actor.account)
    standing = (account.party_id, *givers_to(account.id, on=actor.on))
    if found[0] not in standing and str(found[0]) not in represented_by(account.id, on=actor.on):
        return None  # among them a project's steward, who follows from his own desk
    there = actor_of(account, on=actor.on, party=found[0])
    bundle = edition_by_id(found[1]).bundle.code
    thing = Thing(party=str(found[0]), bundle=bundle, key=str(key))
    if not may(there, Act.EDIT_DRAFT if draft else Act.READ_SUBMISSION, thing):
        return None
    return know_party(found[0])


def may_begin(account: Account, actor: Actor, bundle: str) -> tuple[PartyKnown, ...]:
    """
    Return for whom the account may begin this one-thing: itself, its enterprises, and by mandate exactly where it says so.

    However many have given it a mandate, four queries.
    """
    if actor.on is None:
        return ()
    on, held = actor.on, mandates_held(account.id, on=actor.on)
    by_mandate = {one.giver for one in held}
    given = {one.giver for one in held if covers(one, Power.FILE, Matter(party=one.giver, bundle=bundle), on)}
    own = {str(account.party_id), *represented_by(account.id, on=on)}
    return tuple(
        party
        for party in parties_of(account, on=on)
        if str(party.id) in own or str(party.id) in given or str(party.id) not in by_mandate
    )
