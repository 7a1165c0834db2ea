"""The demo's registers answer what the three deep one-things ask, about the right person, and nothing too early."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from yijianshi.domain.answers import wrong_with
from yijianshi.domain.catalogue import ASKED, COMPUTED, PRIOR
from yijianshi.domain.codes import BundleCode, ElementCode, ResourceCode
from yijianshi.integrations.exchange import DemoExchange, check
from yijianshi.integrations.exchange.registers import REGISTERS, Asked
from yijianshi.integrations.population import build_population
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.ports import DataExchange, SourceUnavailable, Subject

POPULATION = build_population()
CATALOGUE = shipped_catalogue()
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


class FixedClock:
    def __init__(self, now: datetime = NOW) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


def about(name: str, *, for_enterprise: bool = False) -> Subject:
    person = POPULATION.named(name)
    enterprise = POPULATION.enterprises_of[person.number][0].uscc if for_enterprise else ""
    return Subject(person=person.number, enterprise=enterprise)


def ask(resource: str, element: str, subject: Subject) -> Any:
    exchange: DataExchange = DemoExchange(POPULATION, FixedClock())
    supplied = exchange.ask(ResourceCode(resource), about=subject, elements=[ElementCode(element)])
    assert set(supplied.values) <= {element}
    return supplied.values.get(ElementCode(element))


#: What no register can know yet, and why; everything else of the three one-things is answered.
UNKNOWN = {
    ("王芳", "birth-certificate"): "the certificate is issued by this very handling",
    ("王芳", "newborn-ethnicity"): "given with the registration of the birth",
    ("王芳", "newborn-id-number"): "given with the registration of the birth",
    ("王芳", "applicant-residence-address"): "her household is registered where she lives",
    ("徐明", "newborn-ethnicity"): "given with the registration of the birth",
    ("徐明", "newborn-id-number"): "given with the registration of the birth",
    ("徐明", "applicant-residence-address"): "his household is registered where he lives",
    ("周文", "business-licence"): "the licence is issued by this very handling",
    ("周文", "legal-entity"): "the enterprise does not exist yet",
    ("周文", "social-insurance"): "the enterprise does not exist yet",
    ("周文", "taxation"): "the enterprise does not exist yet",
}


def pairs(bundle: str) -> list[tuple[str, str]]:
    """Return every register and element of which a field of the one-thing is prefilled."""
    items = CATALOGUE.bundles[BundleCode(bundle)].items
    fields = [
        field for item in items for field in item.fields if field.prefill not in (ASKED, COMPUTED, PRIOR)
    ]
    return sorted({(field.prefill, str(field.element)) for field in fields})


PREFILLED = [
    *(("王芳", True, *pair) for pair in pairs("open-restaurant")),
    *(("王芳", False, *pair) for pair in pairs("newborn")),
    *(("徐明", False, *pair) for pair in pairs("newborn")),
    *(("周文", False, *pair) for pair in pairs("enterprise-opening")),
]


def test_the_three_one_things_are_prefilled_from_registers() -> None:
    assert len(PREFILLED) > 100


@pytest.mark.parametrize(("name", "for_enterprise", "resource", "element"), PREFILLED)
def test_every_prefilled_field_is_answered_or_unknown_for_a_reason(
    name: str, for_enterprise: bool, resource: str, element: str
) -> None:
    value = ask(resource, element, about(name, for_enterprise=for_enterprise))
    if (name, resource) in UNKNOWN or (name, element) in UNKNOWN:
        assert value is None
        return
    said = wrong_with(value, CATALOGUE.elements[ElementCode(element)])
    assert said == "", f"{resource}/{element}: {value!r} {said}"


def test_whatever_a_register_of_the_demo_says_is_a_lawful_answer() -> None:
    """Each register tells all it knows about everybody; the catalogue's own checks accept every value."""
    subjects = [Subject(person=person.number) for person in POPULATION.people]
    subjects += [Subject(person=e.legal_representative, enterprise=e.uscc) for e in POPULATION.enterprises]
    for subject in subjects:
        for resource, register in REGISTERS.items():
            for element, value in register(Asked.about(subject, POPULATION)).items():
                if known := CATALOGUE.elements.get(ElementCode(element)):
                    assert wrong_with(value, known) == "", f"{resource}/{element}: {value!r}"


def test_the_register_has_the_area_of_the_premises_and_that_they_are_leased() -> None:
    restaurant = about("王芳", for_enterprise=True)
    assert ask("property-register", "premises-floor-area", restaurant) == 326.4
    assert ask("property-register", "premises-tenure", restaurant) == "租赁"
    assert ask("property-register", "premises-tenure", about("钱进", for_enterprise=True)) == "自有"


def test_both_parents_are_told_the_same_about_mother_father_and_child() -> None:
    for resource, element in pairs("newborn"):
        if not element.startswith("applicant-"):
            assert ask(resource, element, about("林晓")) == ask(resource, element, about("徐明")), element
    assert ask("population", "mother-name", about("徐明")) == "林晓"
    assert ask("marriage-register", "father-name", about("林晓")) == "徐明"
    assert ask("birth-certificate", "newborn-name", about("徐明")) == "徐一诺"


def test_the_hospital_knows_the_newborn_before_it_has_a_name() -> None:
    assert ask("delivery-record", "newborn-birth-time", about("王芳")) == "2026-11-13T08:26"
    assert ask("birth-certificate", "newborn-name", about("王芳")) is None


def test_a_registered_child_has_a_number() -> None:
    parent = next(birth.father for birth in POPULATION.births if birth.child_number)
    assert ask("population", "newborn-id-number", Subject(person=parent))
    assert ask("population", "newborn-ethnicity", Subject(person=parent))


def test_who_came_from_elsewhere_lives_by_a_residence_permit() -> None:
    newcomer = next(person for person in POPULATION.people if person.residence_permit)
    address = ask("residence-permit", "applicant-residence-address", Subject(person=newcomer.number))
    assert address.startswith("江苏省南京市")


def test_the_founder_of_an_enterprise_is_known_as_its_future_representative() -> None:
    assert ask("population", "legal-representative-name", about("周文")) == "周文"
    assert ask("property-register", "property-certificate-number", about("周文"))


def test_nobody_learns_from_the_registers_what_is_another_persons() -> None:
    stranger = about("钱进")
    for resource, element in pairs("newborn"):
        value = ask(resource, element, stranger)
        assert (
            value != ask(resource, element, about("王芳"))
            or value in {None, "汉族", "居民身份证"}
            or (
                element in {"insurance-region", "insurance-type", "applicant-bank-name", "employer-bank-name"}
            )
        ), element


def test_a_stranger_to_the_registers_is_simply_unknown() -> None:
    for resource in REGISTERS:
        answered = DemoExchange(POPULATION, FixedClock()).ask(
            ResourceCode(resource),
            about=Subject(person="110105194912310021"),
            elements=[ElementCode("enterprise-name")],
        )
        assert answered.values == {}


def test_only_what_was_asked_is_answered_with_the_moment_of_asking() -> None:
    exchange = DemoExchange(POPULATION, FixedClock())
    wanted = [ElementCode("applicant-name"), ElementCode("premises-floor-area")]
    supplied = exchange.ask(ResourceCode("population"), about=about("王芳"), elements=wanted)
    assert supplied.values == {"applicant-name": "王芳"}
    assert supplied.as_of == NOW


def test_a_register_can_be_down_while_the_others_answer() -> None:
    exchange = DemoExchange(POPULATION, FixedClock(), down={"population"})
    with pytest.raises(SourceUnavailable, match="暂时连不上"):
        exchange.ask(ResourceCode("population"), about=about("王芳"), elements=[])
    assert exchange.licences_of(about("王芳"))
    exchange.down.clear()
    assert exchange.ask(ResourceCode("population"), about=about("王芳"), elements=[]).values == {}


def test_a_register_that_is_not_connected_is_unavailable() -> None:
    with pytest.raises(SourceUnavailable, match="没有接入"):
        DemoExchange(POPULATION, FixedClock()).ask(ResourceCode("weather"), about=about("王芳"), elements=[])


def test_a_register_for_which_nothing_was_invented_knows_nobody() -> None:
    answer = DemoExchange(POPULATION, FixedClock()).ask(
        ResourceCode("vehicle"), about=about("王芳"), elements=[ElementCode("vehicle-plate-number")]
    )
    assert answer.values == {}


def test_wang_fang_holds_her_own_papers_and_the_licence_of_her_restaurant() -> None:
    subject = about("王芳", for_enterprise=True)
    held = {licence.kind: licence for licence in DemoExchange(POPULATION, FixedClock()).licences_of(subject)}
    assert set(held) == {"id-card", "household-register", "marriage-certificate", "business-licence"}
    assert held["household-register"].holder == subject.person
    assert held["business-licence"].holder == subject.enterprise


def test_the_certificate_of_birth_is_held_where_it_has_been_issued() -> None:
    exchange = DemoExchange(POPULATION, FixedClock())
    father = about("徐明")
    kinds = {licence.kind: licence.holder for licence in exchange.licences_of(father)}
    assert kinds["birth-certificate"] == father.person
    assert "newborn-household-page" not in kinds
    assert "birth-certificate" not in {licence.kind for licence in exchange.licences_of(about("王芳"))}


def test_a_childs_page_belongs_to_the_child() -> None:
    birth = next(birth for birth in POPULATION.births if birth.registered_on)
    held = DemoExchange(POPULATION, FixedClock()).licences_of(Subject(person=birth.mother))
    page = next(licence for licence in held if licence.kind == "newborn-household-page")
    assert page.holder == birth.child_number != birth.mother


def test_some_restaurants_already_hold_a_food_permit_and_it_ends_one_day() -> None:
    permit = next(p for p in POPULATION.permits if p.valid_until)
    subject = Subject(person="", enterprise=permit.holder)
    clock = FixedClock()
    exchange = DemoExchange(POPULATION, clock)
    assert permit.kind in {licence.kind for licence in exchange.licences_of(subject)}
    assert permit.valid_until
    clock.moment = datetime.combine(permit.valid_until + timedelta(days=1), NOW.timetz())
    assert permit.kind not in {licence.kind for licence in exchange.licences_of(subject)}


def test_a_licence_ends_at_midnight_in_china_not_in_greenwich() -> None:
    permit = next(p for p in POPULATION.permits if p.valid_until == date(2029, 4, 7))
    late = FixedClock(datetime(2029, 4, 7, 16, 30, tzinfo=UTC))
    held = DemoExchange(POPULATION, late).licences_of(Subject(person="", enterprise=permit.holder))
    assert permit.kind not in {licence.kind for licence in held}


def test_the_document_of_a_licence_is_a_pdf() -> None:
    exchange = DemoExchange(POPULATION, FixedClock())
    (card, *_) = exchange.licences_of(about("王芳"))
    assert exchange.licence_document(card).startswith(b"%PDF-")
    exchange.down.add("e-licence")
    with pytest.raises(SourceUnavailable):
        exchange.licence_document(card)
    with pytest.raises(SourceUnavailable):
        exchange.licences_of(about("王芳"))


def test_the_check_names_what_does_not_answer() -> None:
    resources = [ResourceCode(code) for code in REGISTERS]
    assert check(DemoExchange(POPULATION, FixedClock()), resources=resources) == ()
    findings = check(
        DemoExchange(POPULATION, FixedClock(), down={"taxation", "e-licence"}), resources=resources
    )
    assert len(findings) == 3
    assert "taxation" in "".join(findings)
