"""Whether a document is genuine (核验): anyone may ask by the code on it, and learns what stands on it, names masked."""

from dataclasses import dataclass
from datetime import date

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.routing import Unit
from yijianshi.store.results.models import ResultRow

from ..handling.loading import load_case, load_submission
from ..reading.composites import CompositeSeen, composite_by_code, composites_of
from ..reading.verification import VerifiedResult, verified
from .opening import lay_open
from .results import holder_of
from .words import authority_of, masked_name

#: Codes are drawn with 12 random bytes; what is longer or shorter than such a code is not looked up at all.
CODE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Checked:
    """What the page says of a document."""

    result: VerifiedResult
    holder: str
    issuer: str
    state: str  # valid | suspended | revoked | expired


def check_document(code: str, *, today: date) -> Checked | None:
    """Return what is known of the document under a code, or None; an unknown code costs at most one query."""
    if len(code) != CODE_LENGTH:
        return None
    found = verified(code)
    if found is None:
        return None
    expired = found.valid_until is not None and found.valid_until < today
    state = "expired" if found.state == "valid" and expired else found.state
    holder, issuer = _holder_and_issuer(code)
    return Checked(found, holder, issuer, state)


@dataclass(frozen=True, slots=True)
class CheckedComposite:
    """What the page says of a composite licence: how it and each part stand today, and what took its place."""

    composite: CompositeSeen
    holder: str
    issuer: str
    replaced_by: str  # the number of the newest version, where this one is superseded


def check_composite(code: str, *, today: date) -> CheckedComposite | None:
    """Return what is known of the composite licence under a code, or None."""
    found = composite_by_code(code, on=today)
    if found is None:
        return None
    opened = lay_open(load_submission(found.submission))
    newest = composites_of(found.submission, edition=opened.edition, on=today)[0]
    name = opened.party.name
    return CheckedComposite(
        found,
        name if opened.party.is_enterprise else masked_name(name),
        authority_of(Unit.parse(found.unit)),
        newest.number if newest.id != found.id else "",
    )


def _holder_and_issuer(code: str) -> tuple[str, str]:
    row = ResultRow.objects.only("case_id").get(code=code)
    loaded, found = load_case(row.case_id)
    opened = lay_open(loaded)
    item = opened.edition.item(ItemCode(found.now.item))
    holder = holder_of(opened, item)
    kind = opened.edition.licences.get(item.result.licence) if item.result.licence else None
    is_enterprise = opened.party.is_enterprise or bool(kind and kind.holder == "enterprise")
    return holder if is_enterprise else masked_name(holder), authority_of(Unit.parse(found.unit))
