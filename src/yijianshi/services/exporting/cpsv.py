"""
What is offered, as the European vocabulary for public services says it (CPSV-AP 3.2.0), so that a portal can take it over.

A one-thing is a service and an event; each of its items is a service of the competent unit that the event groups.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from yijianshi.domain.catalogue import Fee, ServiceItem
from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.conditions import explain
from yijianshi.domain.definitions import Acquisition, Basis, Division
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import wording
from yijianshi.domain.processes import days_in_words
from yijianshi.domain.routing import Unit, full_division_name, unit_for, unit_name

from .rdf import Address, Graph, Text, Typed

PREFIXES = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "adms": "http://www.w3.org/ns/adms#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_AUDIENCES = {"individual": "个人", "enterprise": "企业"}
_CHANNELS = {"online": "网上办理", "window": "综合窗口", "hotline": "12345 热线"}
HOTLINE = "12345"
ACQUISITIONS = {
    Acquisition.APPLICANT: "申请人提供",
    Acquisition.LICENCE: "电子证照或共享数据免交",
    Acquisition.PRODUCED: "同案其他事项产出",
    Acquisition.GENERATED: "系统由表单生成",
}


def graph_of(
    editions: Iterable[Edition], *, division: Division, address: str, phones: Mapping[str, str] | None = None
) -> Graph:
    """
    Return the graph of what is offered in a division.

    :param address: under which citizens reach the platform; what is described is named by its page there.
    :param phones: the telephone of units, by unit, where it is known.
    """
    writer = _Writer(division, address.rstrip("/"), phones or {})
    for edition in editions:
        writer.add(edition)
    return writer.graph


def fee_in_words(fee: Fee) -> str:
    """Return what an item costs, as far as the catalogue knows."""
    known = {"no": "不收费", "yes": f"收费：{fee.note}" if fee.note else "收费，标准以窗口告知为准"}
    return known.get(fee.charged, "是否收费以窗口告知为准")


def duration(days: float) -> Typed:
    """
    Return days as XML Schema writes a duration.

    >>> duration(5).value, duration(0).value, duration(0.5).value
    ('P5D', 'P0D', 'PT12H')
    """
    whole, hours = int(days), round((days - int(days)) * 24)
    return Typed(
        (f"P{whole}D" if whole or not hours else "P") + (f"T{hours}H" if hours else ""), "xsd:duration"
    )


class _Writer:
    """Writes one division's graph; each thing is described where it is first met."""

    def __init__(self, division: Division, address: str, phones: Mapping[str, str]) -> None:
        self.graph = Graph(PREFIXES)
        self._division, self._address, self._phones = division, address, phones

    def add(self, edition: Edition) -> None:
        bundle, g = edition.bundle, self.graph
        here = self._page(edition)
        service, event = Address(here), Address(f"{here}#event")
        lead = self._unit(Unit(bundle.lead_department, self._division.code), edition)
        kind = "cv:LifeEvent" if bundle.audience == "individual" else "cv:BusinessEvent"
        g.name(event, "cv:Event", kind)
        g.say(event, "dct:identifier", f"event/{bundle.code}")
        g.say(event, "dct:title", Text(bundle.title))
        g.say(event, "dct:description", Text(bundle.description or bundle.name))
        self._service(service, edition, identifier=bundle.code, title=bundle.name)
        g.say(service, "dct:description", Text(bundle.description or bundle.title))
        g.say(service, "cv:hasCompetentAuthority", lead)
        g.say(service, "cv:isGroupedBy", event)
        g.say(service, "dcat:keyword", *map(Text, (bundle.title, *bundle.keywords)))
        g.say(service, "owl:versionInfo", edition.digest)
        g.say(service, "dct:issued", Typed(edition.valid_from.isoformat(), "xsd:date"))
        if bundle.stage:
            g.say(service, "cv:thematicArea", self._concept("stage", bundle.stage))
        if bundle.promised_total and bundle.promised_total.promised is not None:
            g.say(service, "cv:processingTime", duration(bundle.promised_total.promised))
        self._participation(here, service, edition, lead)
        named = {item.code: Address(f"{here}#{item.code}") for item in bundle.items}
        for item in bundle.items:
            g.say(service, "cv:relatedService", named[item.code])
            g.say(event, "cv:hasRelatedService", named[item.code])
            self._item(named[item.code], item, edition)
            g.say(named[item.code], "cv:isGroupedBy", event)
            g.say(named[item.code], "cv:relatedService", service)
            for prior in (*item.depends_on, *item.depends_on_any):
                g.say(named[item.code], "dct:requires", named[prior])
        g.say(event, "cv:hasRelatedService", service)

    def _service(self, thing: Address, edition: Edition, *, identifier: str, title: str) -> None:
        g = self.graph
        g.name(thing, "cpsv:PublicService")
        g.say(thing, "dct:identifier", f"{self._division.code}/{identifier}")
        g.say(thing, "dct:title", Text(title))
        g.say(thing, "dct:isPartOf", self._dataset(edition))
        g.say(thing, "dct:spatial", self._place(self._division.code, edition))
        g.say(thing, "dct:language", g.name(Address(f"{_AUTHORITY}/language/ZHO"), "dct:LinguisticSystem"))
        g.say(thing, "dct:audience", self._concept("audience", _AUDIENCES[edition.bundle.audience]))
        g.say(thing, "adms:status", self._concept("status", "已发布"))
        g.say(thing, "cv:hasChannel", *(self._channel(key) for key in _CHANNELS))
        g.say(thing, "cv:contactPoint", self._hotline())

    def _item(self, thing: Address, item: ServiceItem, edition: Edition) -> None:
        g = self.graph
        unit = unit_for(item, edition, division=self._division.code)
        self._service(thing, edition, identifier=f"{edition.bundle.code}/{item.code}", title=item.name)
        g.say(thing, "dct:description", Text(item.conditions or item.when or item.name))
        g.say(thing, "dct:type", self._concept("type", item.type))
        g.say(thing, "cv:hasCompetentAuthority", self._unit(unit, edition))
        if phone := self._phones.get(str(unit)):
            g.say(thing, "cv:contactPoint", self._contact(unit, phone))
        if item.limit.promised is not None:
            g.say(thing, "cv:processingTime", duration(item.limit.promised))
        evidence = [self._evidence(need.material, edition) for need in item.materials]
        g.say(thing, "cpsv:hasInput", *evidence)
        g.say(thing, "cv:hasInputType", *(Address(f"{one}-type") for one in evidence))
        g.say(thing, "cv:hasCost", self._cost(Address(f"{thing}-cost"), item, edition))
        output = g.name(Address(f"{thing}-result"), "cv:Output")
        g.say(output, "dct:identifier", f"{edition.bundle.code}/{item.code}/result")
        g.say(output, "dct:title", Text(item.result.name))
        g.say(thing, "cpsv:produces", output)
        rules = [
            self._rule(thing, number, basis, item, edition) for number, basis in enumerate(item.basis, 1)
        ]
        g.say(thing, "cpsv:follows", *rules)
        g.say(thing, "cv:hasLegalResource", *(self._law(basis) for basis in item.basis))
        self._requirement(thing, item, edition, rules, evidence)

    def _requirement(
        self,
        thing: Address,
        item: ServiceItem,
        edition: Edition,
        rules: list[Address],
        evidence: list[Address],
    ) -> None:
        asked = [item.conditions] if item.conditions else []
        if item.applies_if:
            asked.append(f"适用情形：{explain(item.applies_if, name_of=wording(edition))}")
        g = self.graph
        for number, words in enumerate(asked, 1):
            requirement = g.name(Address(f"{thing}-requirement-{number}"), "cv:Requirement")
            g.say(requirement, "dct:identifier", f"{edition.bundle.code}/{item.code}/requirement/{number}")
            g.say(requirement, "dct:title", Text(words))
            g.say(requirement, "cv:fulfils", *rules)
            g.say(requirement, "cv:hasSupportingEvidence", *evidence)
            g.say(thing, "cv:holdsRequirement", requirement)

    def _rule(
        self, thing: Address, number: int, basis: Basis, item: ServiceItem, edition: Edition
    ) -> Address:
        g = self.graph
        rule = g.name(Address(f"{thing}-rule-{number}"), "cpsv:Rule")
        limits = [f"承诺 {days_in_words(item.limit.promised, item.limit.unit)}"]
        if item.limit.statutory is not None:
            limits.insert(0, f"法定 {days_in_words(item.limit.statutory, item.limit.unit)}")
        g.say(rule, "dct:identifier", f"{edition.bundle.code}/{item.code}/rule/{number}")
        g.say(rule, "dct:title", Text(str(basis)))
        g.say(rule, "dct:description", Text(f"{item.name}：{'，'.join(limits)}。{basis.note}"))
        g.say(rule, "cpsv:implements", self._law(basis))
        return rule

    def _law(self, basis: Basis) -> Address:
        law = Address(f"{self._address}/all#law-{quote(basis.title, safe='')}")
        if law not in self.graph:
            self.graph.name(law, "eli:LegalResource")
            self.graph.say(law, "dct:identifier", basis.title)
            self.graph.say(law, "dct:title", Text(basis.title))
        return law

    def _evidence(self, code: MaterialCode, edition: Edition) -> Address:
        g, material = self.graph, edition.materials[code]
        # of this edition: one published before may still have another name for it
        thing = Address(f"{self._page(edition)}#material-{code}")
        if thing not in g:
            kind = g.name(Address(f"{thing}-type"), "cv:EvidenceType")
            g.say(kind, "dct:identifier", f"{edition.bundle.code}/material/{code}/type")
            g.name(thing, "cv:Evidence")
            g.say(thing, "dct:identifier", f"{edition.bundle.code}/material/{code}")
            g.say(thing, "dct:title", Text(material.name))
            g.say(thing, "dct:description", Text(material.description))
            g.say(thing, "dct:type", self._concept("acquisition", ACQUISITIONS[material.acquisition]))
            g.say(thing, "dct:conformsTo", kind)
        return thing

    def _cost(self, thing: Address, item: ServiceItem, edition: Edition) -> Address:
        g, fee = self.graph, item.fee
        g.name(thing, "cv:Cost")
        g.say(thing, "dct:identifier", f"{edition.bundle.code}/{item.code}/cost")
        g.say(thing, "dct:description", Text(fee_in_words(fee)))
        if fee.charged == "no":
            g.say(thing, "cv:hasValue", Typed("0", "xsd:double"))
            g.say(thing, "cv:currency", g.name(Address(f"{_AUTHORITY}/currency/CNY"), "skos:Concept"))
        return thing

    def _participation(self, here: str, service: Address, edition: Edition, lead: Address) -> None:
        g = self.graph
        others = {unit_for(item, edition, division=self._division.code) for item in edition.bundle.items}
        parts = [(lead, "牵头")]
        parts += [(self._unit(unit, edition), "配合") for unit in sorted(others, key=str)]
        for number, (agent, role) in enumerate(dict(reversed(parts)).items(), 1):
            part = g.name(Address(f"{here}#participation-{number}"), "cv:Participation")
            g.say(part, "dct:identifier", f"{edition.bundle.code}/participation/{number}")
            g.say(part, "dct:description", Text(f"{role}部门"))
            g.say(part, "cv:role", self._concept("role", role))
            g.say(part, "cv:hasParticipant", agent)
            g.say(service, "cv:hasParticipation", part)

    def _unit(self, unit: Unit, edition: Edition) -> Address:
        g = self.graph
        thing = Address(f"{self._address}/all?division={unit.division}#{unit.department}")
        if thing not in g:
            name = Text(unit_name(unit, edition.departments, edition.divisions))
            g.name(thing, "cv:PublicOrganisation", "foaf:Agent")
            g.say(thing, "dct:identifier", str(unit))
            g.say(thing, "dct:title", name)
            g.say(thing, "skos:prefLabel", name)
            g.say(thing, "dct:spatial", self._place(unit.division, edition))
        return thing

    def _place(self, code: str, edition: Edition) -> Address:
        thing = Address(f"{self._address}/all?division={code}#place")
        if thing not in self.graph:
            division = edition.divisions[code]  # type: ignore[index]
            self.graph.name(thing, "dct:Location")
            self.graph.say(thing, "dct:identifier", code)
            self.graph.say(thing, "dct:title", Text(full_division_name(division, edition.divisions)))
        return thing

    def _dataset(self, edition: Edition) -> Address:
        g, thing = self.graph, Address(self._list())
        if thing not in g:
            place = full_division_name(self._division, edition.divisions)
            publisher = Address(f"{self._list()}#publisher")
            g.name(publisher, "foaf:Agent")
            g.say(publisher, "dct:identifier", f"{self._division.code}/publisher")
            g.say(publisher, "dct:title", Text(f"{place}“一件事一次办”平台"))
            g.name(thing, "dcat:Dataset")
            g.say(thing, "dct:identifier", self._division.code)
            g.say(thing, "dct:title", Text(f"{place}“一件事一次办”事项清单"))
            g.say(thing, "dct:description", Text(f"{place}现行的“一件事”及其事项、材料、时限、依据和收费。"))
            g.say(thing, "dct:publisher", publisher)
        return thing

    def _channel(self, key: str) -> Address:
        g, thing = self.graph, Address(f"{self._list()}#channel-{key}")
        if thing not in g:
            g.name(thing, "cv:Channel")
            g.say(thing, "dct:identifier", f"{self._division.code}/channel/{key}")
            g.say(thing, "dct:description", Text(_CHANNELS[key]))
            g.say(thing, "dct:type", self._concept("channel", _CHANNELS[key]))
        return thing

    def _hotline(self) -> Address:
        thing = Address(f"{self._list()}#hotline")
        self.graph.name(thing, "cv:ContactPoint")
        self.graph.say(thing, "cv:telephone", HOTLINE)
        return thing

    def _contact(self, unit: Unit, phone: str) -> Address:
        thing = Address(f"{self._address}/all?division={unit.division}#{unit.department}-contact")
        self.graph.name(thing, "cv:ContactPoint")
        self.graph.say(thing, "cv:telephone", phone)
        return thing

    def _concept(self, scheme: str, words: str) -> Address:
        thing = Address(f"urn:yijianshi:{scheme}:{quote(words, safe='')}")
        if thing not in self.graph:
            self.graph.name(thing, "skos:Concept")
            self.graph.say(thing, "skos:prefLabel", Text(words))
        return thing

    def _page(self, edition: Edition) -> str:
        return f"{self._address}/guide/{edition.bundle.code}?division={self._division.code}"

    def _list(self) -> str:
        return f"{self._address}/all?division={self._division.code}"
