"""
Which electronic licences somebody of the demo holds today.

The household register belongs to the parent who asks, never to the child: a newborn has no page of its own yet. A
birth certificate names both parents and its child has no number, so it stands under the parent who asks.
"""

from collections.abc import Iterator
from datetime import date

from yijianshi.domain.codes import LicenceCode
from yijianshi.integrations.population import Population
from yijianshi.services.ports import HeldLicence, Subject

#: Under this key `down` takes the licence store away, as it does with a register under its code.
LICENCE_STORE = "e-licence"


def held_by(subject: Subject, population: Population, *, today: date) -> tuple[HeldLicence, ...]:
    """Return the licences of the person and of the enterprise that are valid on `today`."""
    found = (*_of_person(subject.person, population), *_of_enterprise(subject.enterprise, population))
    return tuple(
        held
        for held in found
        if held.issued_on <= today and (not held.valid_until or held.valid_until >= today)
    )


def _of_person(number: str, population: Population) -> Iterator[HeldLicence]:
    if not (person := population.person.get(number)):
        return
    yield HeldLicence(
        kind=LicenceCode("id-card"),
        number=number,
        name="居民身份证",
        holder=number,
        issued_on=person.identity_card_issued,
        valid_until=person.identity_card_until,
    )
    if household := population.household_of.get(number):
        yield _held("household-register", household.number, "居民户口簿", number, household.issued_on)
    if marriage := population.marriage_of.get(number):
        yield _held(
            "marriage-certificate", marriage.certificate_number, "结婚证", number, marriage.registered_on
        )
    if permit := person.residence_permit:
        yield _held("residence-permit", permit.number, "居住证", number, permit.since)
    for birth in population.births_of.get(number, ()):
        holder = birth.child_number or number
        if birth.certified_on:
            yield _held(
                "birth-certificate", birth.certificate_number, "出生医学证明", holder, birth.certified_on
            )
        if birth.registered_on:
            yield _held(
                "newborn-household-page",
                birth.child_number,
                "居民户口簿(新生儿页)",
                holder,
                birth.registered_on,
            )


def _of_enterprise(uscc: str, population: Population) -> Iterator[HeldLicence]:
    if not (enterprise := population.enterprise.get(uscc)):
        return
    yield HeldLicence(
        kind=LicenceCode("business-licence"),
        number=uscc,
        name="营业执照",
        holder=uscc,
        issued_on=enterprise.established_on,
        valid_until=enterprise.term_until,
    )
    for permit in population.permits_of.get(uscc, ()):
        yield HeldLicence(
            kind=permit.kind,
            number=permit.number,
            name=permit.name,
            holder=permit.holder,
            issued_on=permit.issued_on,
            valid_until=permit.valid_until,
        )


def _held(kind: str, number: str, name: str, holder: str, issued_on: date) -> HeldLicence:
    return HeldLicence(kind=LicenceCode(kind), number=number, name=name, holder=holder, issued_on=issued_on)
