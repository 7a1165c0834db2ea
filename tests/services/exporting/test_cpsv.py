"""The list as CPSV-AP 3.2: it conforms to the published shapes, and both ways of writing it say the same."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, SH
from rdflib.term import Node

from tests.domain.specimens import HOME, shipped
from yijianshi.domain.codes import BundleCode
from yijianshi.domain.editions import Edition
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.exporting import cpsv, rdf
from yijianshi.services.exporting.cpsv import graph_of

CPSV, CV = Namespace("http://purl.org/vocab/cpsv#"), Namespace("http://data.europa.eu/m8g/")
SHAPES = Path(__file__).parent / "cpsv-ap" / "cpsv-ap-SHACL.ttl"
SITE = "https://yjs.example"
EVERY = sorted(shipped_catalogue().bundles)


@cache
def shapes() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


def written(*bundles: str) -> rdf.Graph:
    editions = [shipped(bundle) for bundle in bundles]
    return graph_of(editions, division=editions[0].division, address=SITE)


def read(graph: rdf.Graph) -> Graph:
    return Graph().parse(data=graph.turtle(), format="turtle")


def violations(graph: Graph) -> list[str]:
    _, report, _ = validate(graph, shacl_graph=shapes(), inference="none", inplace=False)
    return [
        f"{report.value(found, SH.focusNode)} {report.value(found, SH.resultPath)} {report.value(found, SH.resultMessage)}"
        for found in report.subjects(RDF.type, SH.ValidationResult)
    ]


def mandatory() -> Iterator[tuple[Node, Node]]:
    """Yield each class with each property that its shape demands."""
    for shape, target in shapes().subject_objects(SH.targetClass):
        for prop in shapes().objects(shape, SH.property):
            least = shapes().value(prop, SH.minCount)
            path = shapes().value(prop, SH.path)
            if least is not None and int(str(least)) >= 1 and path is not None:
                yield target, path


@pytest.mark.clause("S1.2")
def test_the_whole_catalogue_conforms_to_the_shapes() -> None:
    assert violations(read(written(*EVERY))) == []


def short(term: Node) -> str:
    return str(term).replace("#", "/").rpartition("/")[2]


@pytest.fixture(scope="module")
def small() -> Graph:
    """Two items of one one-thing, with every kind of description."""
    edition = shipped("open-restaurant")
    edition = replace(edition, bundle=replace(edition.bundle, items=edition.bundle.items[:2]))
    return read(graph_of([edition], division=edition.division, address=SITE))


DEMANDED = sorted(set(mandatory()))


@pytest.mark.parametrize(
    ("kind", "path"),
    DEMANDED,
    ids=[f"{short(kind)}-{short(path)}" for kind, path in DEMANDED],
)
def test_without_a_mandatory_property_it_is_refused(small: Graph, kind: Node, path: Node) -> None:
    node = next((n for n in sorted(small.subjects(RDF.type, kind)) if (n, path, None) in small), None)
    if node is None:
        assert str(kind) in (str(CV.ServiceConcessionContract),), "a class of ours lacks a mandatory property"
        return
    cut = Graph()
    for triple in small:
        if (triple[0], triple[1]) != (node, path):
            cut.add(triple)
    assert any(str(node) in violation and str(path) in violation for violation in violations(cut))


def test_turtle_and_json_ld_are_the_same_graph() -> None:
    graph = written(*EVERY[:12])
    assert isomorphic(read(graph), Graph().parse(data=graph.json_ld(), format="json-ld"))


def test_every_text_has_a_language_and_every_item_is_a_service() -> None:
    graph = read(written(*EVERY))
    items = sum(len(shipped(bundle).bundle.items) for bundle in EVERY)
    assert len(set(graph.subjects(RDF.type, CPSV.PublicService))) == items + len(EVERY)
    assert all(o.language for _, _, o in graph.triples((None, DCTERMS.title, None)) if isinstance(o, Literal))


def test_a_life_event_groups_the_services_of_persons_and_a_business_event_those_of_enterprises() -> None:
    graph = read(written("newborn", "open-restaurant"))
    for kind, bundle in ((CV.LifeEvent, "newborn"), (CV.BusinessEvent, "open-restaurant")):
        (event,) = graph.subjects(RDF.type, kind)
        assert (event, RDF.type, CV.Event) in graph
        grouped = set(graph.subjects(CV.isGroupedBy, event))
        assert len(grouped) == len(shipped(bundle).bundle.items) + 1


def test_an_item_says_what_it_requires_how_long_it_takes_and_on_what_law_it_rests() -> None:
    graph = read(written("open-restaurant"))
    here = f"{SITE}/guide/open-restaurant?division={HOME}"
    permit = URIRef(f"{here}#food-business-permit")
    assert (permit, DCTERMS.requires, URIRef(f"{here}#licence-check")) in graph
    assert str(graph.value(permit, CV.processingTime)) == "P5D"
    laws = {str(graph.value(law, DCTERMS.title)) for law in graph.objects(permit, CV.hasLegalResource)}
    assert laws == {"食品安全法", "食品经营许可和备案管理办法"}


def test_words_of_the_catalogue_cannot_break_out_of_the_file() -> None:
    nasty = 'a"b\\c\n换行\t"@en . <urn:x> <urn:y> "z'
    edition = shipped("newborn")
    edition = replace(
        edition, bundle=replace(edition.bundle, description=nasty, code=BundleCode("new>born x"))
    )
    graph = graph_of([edition], division=edition.division, address=SITE)
    parsed = read(graph)
    assert nasty in {str(o) for o in parsed.objects(None, DCTERMS.description)}
    assert URIRef("urn:x") not in set(parsed.subjects())
    assert isomorphic(parsed, Graph().parse(data=graph.json_ld(), format="json-ld"))


def test_every_prefix_is_used_and_json_ld_needs_nothing_from_elsewhere() -> None:
    graph = written(*EVERY)
    context = json.loads(graph.json_ld())["@context"]
    assert context == cpsv.PREFIXES
    assert all(f"{prefix}:" in graph.turtle().partition("\n\n")[2] for prefix in cpsv.PREFIXES)


def test_the_same_list_is_written_the_same_way() -> None:
    assert written("newborn").turtle() == written("newborn").turtle()


def test_editions_of_a_county_name_the_county() -> None:
    edition: Edition = shipped("newborn", "320106")
    graph = read(graph_of([edition], division=edition.division, address=SITE))
    names = {str(o) for o in graph.objects(None, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))}
    assert "南京市公安局鼓楼分局" in names or any(name.startswith("鼓楼区") for name in names)
