"""Every process as BPMN 2.0: valid by the published schemas, drawn without overlaps, the same every time."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from tests.domain.specimens import shipped
from tests.domain.test_layouts import troubles
from tests.domain.test_processes import plan_of
from yijianshi.domain.layouts import Layout, lay_out
from yijianshi.domain.processes import process_of, process_one_by_one
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.exporting.bpmn import bpmn_of
from yijianshi.services.exporting.drawing import draw, in_words

EVERY = sorted(shipped_catalogue().bundles)
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}"


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(Path(__file__).parent / "bpmn" / "BPMN20.xsd")


def layout_of(bundle: str) -> Layout:
    return lay_out(process_of(plan_of(bundle)))


def file_of(bundle: str) -> bytes:
    return bpmn_of(layout_of(bundle), edition=shipped(bundle).name)


def faults(content: bytes) -> list[str]:
    return [str(error.reason) for error in schema().iter_errors(ET.fromstring(content))]


@pytest.mark.clause("S1.2")
@pytest.mark.parametrize("bundle", EVERY)
def test_every_process_is_valid_by_the_schema(bundle: str) -> None:
    assert faults(file_of(bundle)) == []


@pytest.mark.parametrize("bundle", EVERY)
def test_the_old_way_is_valid_too(bundle: str) -> None:
    layout = lay_out(process_one_by_one(plan_of(bundle)))
    assert faults(bpmn_of(layout, edition="")) == []
    assert not list(troubles(layout))


@pytest.mark.parametrize("bundle", EVERY)
def test_no_shape_of_any_one_thing_overlaps(bundle: str) -> None:
    assert not list(troubles(layout_of(bundle)))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b"bpmn:parallelGateway", b"bpmn:paralelGateway"),
        (b' processRef="', b' processRefs="'),
        (b'<bpmn:userTask id="apply"', b'<bpmn:userTask id="review"'),
        (b'isExecutable="false"', b'isExecutable="never"'),
        (b"bpmndi:BPMNEdge", b"bpmndi:BPMNLine"),
    ],
    ids=["unknown element", "unknown attribute", "identifier twice", "no boolean", "unknown shape"],
)
def test_a_planted_fault_is_found(written: bytes, instead: bytes) -> None:
    whole = file_of("open-restaurant")
    assert written in whole
    assert faults(whole.replace(written, instead)) != []


@pytest.mark.parametrize("bundle", EVERY)
def test_every_reference_leads_to_something_and_everything_has_its_place(bundle: str) -> None:
    root = ET.fromstring(file_of(bundle))
    known = {element.get("id") for element in root.iter() if element.get("id")}
    assert set(references(root)) <= known
    process = root.find(f"{BPMN}process")
    assert process is not None
    drawn = {shape.get("bpmnElement") for shape in root.iter() if shape.tag.startswith(DIAGRAM)}
    inside = {e.get("id") for e in process if e.get("id") and e.tag != f"{BPMN}laneSet"}
    assert inside <= drawn
    in_lanes = [ref.text for ref in process.iter(f"{BPMN}flowNodeRef")]
    steps = [
        e.get("id")
        for e in process
        if e.tag not in (f"{BPMN}laneSet", f"{BPMN}sequenceFlow", f"{BPMN}documentation")
    ]
    assert sorted(map(str, in_lanes)) == sorted(map(str, steps))


def references(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        for name in ("sourceRef", "targetRef", "processRef", "messageRef", "bpmnElement", "default"):
            if found := element.get(name):
                yield found
        if element.tag in (f"{BPMN}incoming", f"{BPMN}outgoing", f"{BPMN}flowNodeRef"):
            yield str(element.text)


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert file_of("newborn") == file_of("newborn")


@pytest.mark.parametrize("bundle", EVERY)
def test_the_picture_carries_no_style_or_script_and_says_in_words_what_it_shows(bundle: str) -> None:
    layout = layout_of(bundle)
    picture = draw(layout)
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    for element in root.iter():
        assert element.get("style") is None
        assert element.tag.rpartition("}")[2] not in ("style", "script", "foreignObject")
        assert not [name for name in element.attrib if name.startswith("on")]
    said = in_words(layout)
    assert all(item.plain_name in said for item in plan_of(bundle).items)
