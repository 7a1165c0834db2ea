"""
What each register of the demo knows about somebody, by data element.

A register leaves out what it does not know: what only this handling brings about (a newborn's number before the
registration of the birth, a credit code before the establishment) is in no register yet.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yijianshi.integrations.population import (
    Birth,
    Enterprise,
    Household,
    Marriage,
    Person,
    Population,
    Property,
)
from yijianshi.services.ports import Subject

Answers = dict[str, Any]
#: Resident medical insurance, the individual's share for one year in yuan; the demo's figure, not a published one.
_CONTRIBUTION_OF_A_CHILD = 400


@dataclass(frozen=True)
class Asked:
    """The person and the enterprise asked about, and who and what belongs to them."""

    population: Population
    person: Person | None
    enterprise: Enterprise | None

    @classmethod
    def about(cls, subject: Subject, population: Population) -> "Asked":
        return cls(
            population, population.person.get(subject.person), population.enterprise.get(subject.enterprise)
        )

    @property
    def household(self) -> Household | None:
        return self.population.household_of.get(self.person.number) if self.person else None

    @property
    def marriage(self) -> Marriage | None:
        return self.population.marriage_of.get(self.person.number) if self.person else None

    @property
    def birth(self) -> Birth | None:
        births = self.population.births_of.get(self.person.number, ()) if self.person else ()
        return births[0] if births else None

    @property
    def mother(self) -> Person | None:
        """The mother of the newborn, whichever parent asks."""
        return self.population.person.get(self.birth.mother) if self.birth else None

    @property
    def father(self) -> Person | None:
        return self.population.person.get(self.birth.father) if self.birth else None

    @property
    def representative(self) -> Person | None:
        """The legal representative; of an enterprise still to be founded, the person who founds it."""
        if self.enterprise is None:
            return self.person
        return self.population.person.get(self.enterprise.legal_representative)

    def employer_of(self, person: Person | None) -> Enterprise | None:
        return self.population.enterprise.get(person.employer) if person else None

    @property
    def premises(self) -> Property | None:
        """Where the enterprise trades; before there is one, what the founder owns for business."""
        if self.enterprise:
            return self.population.property.get(self.enterprise.premises)
        owned = self.population.properties_of.get(self.person.number, ()) if self.person else ()
        return next((unit for unit in owned if unit.use != "住宅"), None)


def identity_service(asked: Asked) -> Answers:
    """统一身份认证: who is logged in."""
    if not (person := asked.person):
        return {}
    return {
        "applicant-id-type": "居民身份证",
        "applicant-phone": person.phone,
        "handler-name": person.name,
        "handler-id-number": person.number,
        "handler-phone": person.phone,
    }


def population_register(asked: Asked) -> Answers:
    """人口库: the person, the household, and the parents of a newborn."""
    known: Answers = {}
    if person := asked.person:
        known |= {
            "applicant-name": person.name,
            "applicant-id-number": person.number,
            "applicant-gender": person.gender,
            "applicant-birth-date": person.born.isoformat(),
            "applicant-ethnicity": person.ethnicity,
        }
    if household := asked.household:
        head = asked.population.person[household.head]
        known |= {
            "applicant-household-address": household.address,
            "household-target-address": household.address,
            "household-number": household.number,
            "household-head-name": head.name,
            "household-head-id-number": head.number,
        }
    if representative := asked.representative:
        known |= {
            "legal-representative-name": representative.name,
            "legal-representative-id-number": representative.number,
        }
    if mother := asked.mother:
        known |= {
            "mother-name": mother.name,
            "mother-id-number": mother.number,
            "mother-birth-date": mother.born.isoformat(),
            "mother-ethnicity": mother.ethnicity,
        }
    if father := asked.father:
        known["father-ethnicity"] = father.ethnicity
    births = asked.population.births_of.get(asked.person.number, ()) if asked.person else ()
    if children := [{"name": b.name, "number": b.child_number} for b in births if b.child_number]:
        known["minor-children"] = children
    if (birth := asked.birth) and birth.child_number:
        known |= {
            "newborn-id-number": birth.child_number,
            "newborn-ethnicity": father.ethnicity if father else "汉族",
            "child-name": birth.name,
            "child-id-number": birth.child_number,
        }
    return known


def marriage_register(asked: Asked) -> Answers:
    """婚姻登记库: an entry there, or nothing; an unmarried father stands in no register of marriages."""
    if not (marriage := asked.marriage) or not asked.person:
        return {}
    people = asked.population.person
    husband, wife = people[marriage.husband], people[marriage.wife]
    spouse = wife if asked.person == husband else husband
    return {
        "father-name": husband.name,
        "father-id-number": husband.number,
        "spouse-name": spouse.name,
        "spouse-id-number": spouse.number,
        "second-guardian-name": spouse.name,
        "second-guardian-id-number": spouse.number,
        "marriage-certificate-number": marriage.certificate_number,
        "marriage-registration-date": marriage.registered_on.isoformat(),
    }


def business_licence(asked: Asked) -> Answers:
    """营业执照库: what is printed on the licence."""
    if not (enterprise := asked.enterprise):
        return {}
    name = asked.representative.name if asked.representative else ""
    return {
        "enterprise-name": enterprise.name,
        "enterprise-uscc": enterprise.uscc,
        "enterprise-type": enterprise.kind,
        "enterprise-address": enterprise.address,
        "premises-address": enterprise.address,
        "business-scope": enterprise.scope,
        "business-term": enterprise.term_until.isoformat(),
        "legal-representative-name": name,
        "responsible-person-name": name,
    }


def legal_entity(asked: Asked) -> Answers:
    """法人库: the enterprise acted for, and the employer of the newborn's mother or else of the person."""
    known: Answers = {}
    if (enterprise := asked.enterprise) and (representative := asked.representative):
        known |= {
            "enterprise-name": enterprise.name,
            "enterprise-uscc": enterprise.uscc,
            "enterprise-address": enterprise.address,
            "legal-representative-name": representative.name,
            "legal-representative-id-number": representative.number,
            "legal-representative-phone": representative.phone,
            "registered-capital": enterprise.capital,
            "registration-status": enterprise.status,
            "registration-authority": enterprise.authority,
            "industry-category": enterprise.industry,
        }
    if employer := asked.employer_of(asked.mother or asked.person):
        known["employer-uscc"] = employer.uscc
    return known


def property_register(asked: Asked) -> Answers:
    """不动产登记库: the premises, and whether they belong to the enterprise."""
    if not (unit := asked.premises):
        return {}
    owner = asked.enterprise.uscc if asked.enterprise else asked.person.number if asked.person else ""
    return {
        "premises-floor-area": unit.area,
        "premises-tenure": "自有" if unit.owner == owner else "租赁",
        "property-certificate-number": unit.certificate_number,
        "property-unit-number": unit.unit_number,
        "property-location": unit.address,
        "property-area": unit.area,
        "property-use": unit.use,
    }


def licence_store(asked: Asked) -> Answers:
    """电子证照库: numbers that stand on documents of earlier handlings."""
    unit = asked.premises if asked.enterprise else None
    return (
        {"fire-acceptance-number": unit.fire_acceptance_number}
        if unit and unit.fire_acceptance_number
        else {}
    )


def social_insurance(asked: Asked) -> Answers:
    """社保库: the employer of the newborn's mother or else of the person, and the staff of the enterprise."""
    known: Answers = {}
    if employer := asked.employer_of(asked.mother or asked.person):
        known |= {
            "employer-name": employer.name,
            "employer-bank-name": employer.bank_name,
            "employer-bank-account": employer.bank_account,
        }
    if enterprise := asked.enterprise:
        known |= {
            "staff-count": enterprise.staff_count,
            "unit-social-insurance-number": enterprise.social_insurance_number,
        }
    return known


def medical_insurance(asked: Asked) -> Answers:
    """医保库: the mother's insurance and her stay in hospital; without a birth, the person's own insurance."""
    known: Answers = {}
    if insured := asked.mother or asked.person:
        known |= {"insurance-type": insured.insurance, "insurance-region": insured.division}
    if birth := asked.birth:
        known |= {
            "hospital-name": birth.institution,
            "hospital-admission-date": birth.admitted_on.isoformat(),
            "hospital-discharge-date": birth.discharged_on.isoformat(),
        }
    return known


def housing_fund(asked: Asked) -> Answers:
    """公积金库: the account of the enterprise."""
    return {"unit-housing-fund-account": asked.enterprise.housing_fund_account} if asked.enterprise else {}


def taxation(asked: Asked) -> Answers:
    """税务库: who keeps the books of the enterprise, and what the insurance of a newborn costs."""
    known: Answers = {}
    if enterprise := asked.enterprise:
        known |= {
            "enterprise-bank-name": enterprise.bank_name,
            "enterprise-bank-account": enterprise.bank_account,
        }
        if officer := asked.population.person.get(enterprise.finance_officer):
            known |= {"finance-officer-name": officer.name, "finance-officer-phone": officer.phone}
        if clerk := asked.population.person.get(enterprise.tax_clerk):
            known |= {"tax-clerk-name": clerk.name, "tax-clerk-phone": clerk.phone}
    if asked.birth:
        known["contribution-amount"] = _CONTRIBUTION_OF_A_CHILD
    return known


def delivery_record(asked: Asked) -> Answers:
    """助产机构分娩信息: what the hospital wrote down at the delivery."""
    if not (birth := asked.birth):
        return {}
    return {
        "newborn-gender": birth.gender,
        "newborn-birth-time": _local(birth.born_at),
        "newborn-gestational-weeks": birth.weeks,
        "newborn-birth-weight": birth.weight,
        "newborn-birth-length": birth.length,
        "newborn-birth-place": birth.place,
        "birth-institution": birth.institution,
    }


def birth_certificate(asked: Asked) -> Answers:
    """出生医学证明库: the same and the name, once the certificate has been issued."""
    birth = asked.birth
    if not birth or not birth.certificate_number:
        return {}
    return delivery_record(asked) | {
        "newborn-name": birth.name,
        "birth-certificate-number": birth.certificate_number,
        "delivery-type": birth.delivery_type,
    }


def fiscal_invoice(asked: Asked) -> Answers:
    """财政电子票据库: the hospital's invoice, which exists once the mother has gone home."""
    if not (birth := asked.birth):
        return {}
    return {"medical-invoice-number": birth.invoice_number, "medical-total-fee": birth.total_fee}


def social_card(asked: Asked) -> Answers:
    """社保卡库: the bank account of the person's own card."""
    if not (person := asked.person):
        return {}
    return {
        "applicant-bank-name": person.bank_name,
        "applicant-bank-account": person.bank_account,
        "applicant-social-card-number": person.social_card_number,
    }


def residence_permit(asked: Asked) -> Answers:
    """居住证库: only those live there by permit whose household is registered elsewhere."""
    if not asked.person or not (permit := asked.person.residence_permit):
        return {}
    return {
        "applicant-residence-address": permit.address,
        "residence-permit-number": permit.number,
        "residence-start-date": permit.since.isoformat(),
    }


def disability(asked: Asked) -> Answers:
    """残疾人库: the level, of who is registered there."""
    level = asked.person.disability_level if asked.person else ""
    return {"disability-level": level} if level else {}


def death_information(asked: Asked) -> Answers:
    """死亡信息库: who has died, and when; of the living nothing."""
    if not asked.person or asked.person.died_on is None:
        return {}
    return {"death-date": asked.person.died_on.isoformat(), "applicant-name": asked.person.name}


def _local(moment: datetime) -> str:
    """Return the moment as the hospital's clock showed it, to the minute."""
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


REGISTERS: Mapping[str, Callable[[Asked], Answers]] = {
    "identity-service": identity_service,
    "population": population_register,
    "marriage-register": marriage_register,
    "business-licence": business_licence,
    "legal-entity": legal_entity,
    "property-register": property_register,
    "e-licence": licence_store,
    "social-insurance": social_insurance,
    "medical-insurance": medical_insurance,
    "housing-fund": housing_fund,
    "taxation": taxation,
    "delivery-record": delivery_record,
    "birth-certificate": birth_certificate,
    "fiscal-invoice": fiscal_invoice,
    "social-card": social_card,
    "residence-permit": residence_permit,
    "disability": disability,
    "death-information": death_information,
}
