"""A submission in an officer's hands: its cases as they stand, the edition it was filed under, and its rights."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from yijianshi.domain.editions import Edition
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import CaseNow
from yijianshi.store.cases.moving import load_by_case, load_by_submission

from ..catalogue.published import edition_by_id


@dataclass(frozen=True, slots=True)
class CaseLoaded:
    """A case with what only its handling needs."""

    now: CaseNow
    unit: str
    provisional: bool
    stopped_on: date | None
    look_again_at: datetime | None
    handler: UUID | None
    extended_days: int
    holds: str
    two_persons: bool = False  # the unit decides this item by two persons


@dataclass(frozen=True, slots=True)
class Loaded:
    """A submission with all its cases."""

    id: UUID
    number: str
    division: str
    edition_id: UUID
    party: UUID
    account: UUID
    lead_unit: str
    state: str
    received_at: datetime
    channel: str
    pre_reviewed_at: datetime | None
    cases: tuple[CaseLoaded, ...]
    together: tuple[UUID, ...] | None = None  # who confirmed beside the applicant

    @property
    def edition(self) -> Edition:
        return edition_by_id(self.edition_id)

    @property
    def nows(self) -> tuple[CaseNow, ...]:
        return tuple(case.now for case in self.cases)

    def case(self, key: UUID) -> CaseLoaded:
        """Return the case of that key. :raises KeyError: if it is not one of this submission."""
        for case in self.cases:
            if case.now.id == key:
                return case
        raise KeyError(key)

    def wallet_of(self, actor: Actor) -> UUID:
        """Return into whose wallet a document goes that is handed in later: a co-applicant's own stays his own."""
        return UUID(actor.party) if actor.party in map(str, self.together or ()) else self.party

    def thing(self, case: CaseLoaded | None = None) -> Thing:
        """Return what rights are asked about: the submission, or one case of it."""
        return Thing(
            party=str(self.party),
            # who types or files for others has no matter of his own in it; another system has nobody else to ask
            owner=str(self.account) if self.channel == "api" else "",
            division=self.division,
            lead=Unit.parse(self.lead_unit),
            unit=Unit.parse(case.unit) if case else None,
            units=frozenset(Unit.parse(c.unit) for c in self.cases),
            together=frozenset(map(str, self.together or ())),
            bundle=self.edition.bundle.code,
            key=str(self.id),
        )


_decoder = msgspec.json.Decoder(Loaded)


def load_case(case: UUID) -> tuple[Loaded, CaseLoaded]:
    """Return a case with its submission. :raises NotPermitted: if there is no such case."""
    kept = load_by_case(case)
    if kept is None:
        raise NotPermitted(Act.READ_CASE)
    loaded = _decoder.decode(kept)
    return loaded, loaded.case(case)


def load_submission(submission: UUID) -> Loaded:
    """Return a submission with its cases. :raises NotPermitted: if there is none."""
    kept = load_by_submission(submission)
    if kept is None:
        raise NotPermitted(Act.READ_SUBMISSION)
    return _decoder.decode(kept)
