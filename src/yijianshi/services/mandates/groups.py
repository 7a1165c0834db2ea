"""
Who is helped first (特殊群体): old people, people with a disability, women who have just given birth, as registers say.

Asked only to offer help, at the moment when somebody begins something; what was answered is kept nowhere.

Basis: 国办发〔2020〕45号 (老年人运用智能技术困难); Law on the Protection of Persons with Disabilities; PIPL, arts. 6, 28.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from yijianshi.domain.codes import ElementCode, ResourceCode
from yijianshi.domain.mandates import OLD_AGE, has_reached
from yijianshi.domain.workdays import legal_day

from ..outside import outside
from ..people.parties import know_party
from ..ports import SourceUnavailable, Subject

#: For so long after a birth help is offered: a custom of the house.
AFTER_BIRTH = timedelta(days=180)


class SpecialGroup(StrEnum):
    """Why somebody is helped first, and which register said so."""

    OLD = "old"
    DISABLED = "disabled"
    MOTHER = "mother"


GROUP_WORDS = {
    SpecialGroup.OLD: "人口库里您满 60 岁",
    SpecialGroup.DISABLED: "残疾人库里有您的登记",
    SpecialGroup.MOTHER: "助产机构登记您刚生了孩子",
}


def groups_of(party: UUID, *, at: datetime) -> tuple[SpecialGroup, ...]:
    """Return of which groups a person is, as far as registers answer now; an enterprise and an unknown are of none."""
    whose = know_party(party)
    if whose.is_enterprise:
        return ()
    on = legal_day(at)
    found = []
    born = _day(_asked("population", whose.number, "applicant-birth-date"))
    if born and has_reached(born, OLD_AGE, on):
        found.append(SpecialGroup.OLD)
    if _asked("disability", whose.number, "disability-level"):
        found.append(SpecialGroup.DISABLED)
    delivered = _day(_asked("delivery-record", whose.number, "newborn-birth-time")[:10])
    if delivered and on - AFTER_BIRTH <= delivered <= on and int(whose.number[16]) % 2 == 0:
        found.append(SpecialGroup.MOTHER)
    return tuple(found)


def offer_words(groups: tuple[SpecialGroup, ...]) -> str:
    """Return what was looked up, and what for."""
    said = "，".join(GROUP_WORDS[one] for one in groups)
    return f"{said}。只为给您这些帮助才查的，没有存下来"


def _asked(resource: str, number: str, element: str) -> str:
    try:
        answer = outside().exchange.ask(
            ResourceCode(resource), about=Subject(person=number), elements=[ElementCode(element)]
        )
    except SourceUnavailable:
        return ""
    return str(answer.values.get(ElementCode(element), ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
