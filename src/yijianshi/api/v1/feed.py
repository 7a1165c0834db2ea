"""What has happened, as a feed that a consumer can resume (数据回流); and verification of results."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from yijianshi.domain.rights import Act, require
from yijianshi.domain.workdays import legal_day
from yijianshi.services.outside import outside
from yijianshi.services.reading.composites import CompositeSeen, composite_by_code
from yijianshi.services.reading.feed import steps_after, thing_of_feed
from yijianshi.services.reading.verification import verified

from .endpoints import Call, endpoint

MOST = 500


class FeedStep(msgspec.Struct):
    """One step with its place in the feed."""

    position: int
    id: UUID
    submission: UUID
    submission_number: str
    case: UUID | None
    case_number: str | None
    item: str | None
    action: str
    state: str
    at: datetime
    unit: str


class Feed(msgspec.Struct):
    """Steps in order; ask again with `after` set to `next`."""

    steps: list[FeedStep]
    next: int


class VerifiedPart(msgspec.Struct):
    """One licence in a composite, as it stands today."""

    item: str
    name: str
    number: str
    issuer: str
    issued_on: date
    valid_until: date | None
    necessary: bool
    state: str  # valid | suspended | revoked | expired


class Verified(msgspec.Struct):
    """Whether a result is genuine and valid; of a composite licence, how each part stands today."""

    known: bool
    number: str = ""
    name: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    state: str = ""  # of a composite: valid | partial | invalid | superseded
    version: int = 0
    parts: list[VerifiedPart] = []


@endpoint(
    "GET",
    "feed",
    summary="办理过程的连续数据，可断点续取",
    gives=Feed,
    query=(("after", "上次拿到的 next，第一次填 0"),),
)
def feed(call: Call) -> Feed:
    assert call.actor is not None
    require(call.actor, Act.SUPERVISE, thing_of_feed(call.actor))
    after = call.query.get("after", "0")
    rows = steps_after(int(after) if after.isdecimal() else 0, most=MOST)
    steps = [FeedStep(*row) for row in rows]
    return Feed(steps, steps[-1].position if steps else int(after) if after.isdecimal() else 0)


@endpoint("GET", "verification/<str:code>", summary="核验一份结果", gives=Verified, public=True)
def verify(call: Call, code: str) -> Verified:
    composite = composite_by_code(code, on=legal_day(outside().clock.now()))
    if composite is not None:
        return verified_composite(composite)
    found = verified(code)
    if found is None:
        return Verified(known=False)
    return Verified(
        True, found.number, found.name, found.issuer, found.issued_on, found.valid_until, found.state
    )


def verified_composite(found: CompositeSeen) -> Verified:
    """Return what a machine may know of a composite licence."""
    return Verified(
        known=True,
        number=found.number,
        name=found.name,
        issuer=found.issuer,
        issued_on=legal_day(found.issued_at),
        state=found.state,
        version=found.version,
        parts=[
            VerifiedPart(
                part.item,
                part.name,
                part.number,
                part.issuer,
                part.issued_on,
                part.valid_until,
                part.necessary,
                part.state,
            )
            for part in found.parts
        ],
    )
