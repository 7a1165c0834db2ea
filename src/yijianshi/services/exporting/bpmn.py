"""
A process as a BPMN 2.0 file (流程模型), with the places of everything, so that any modelling tool shows the same picture.

Basis: OMG BPMN 2.0.2 (ISO/IEC 19510:2013). The process describes; it is not meant to be executed by an engine.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from yijianshi.domain.layouts import Box, Layout, Point
from yijianshi.domain.nodes import Node, NodeKind

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DI = "http://www.omg.org/spec/DD/20100524/DI"
for _prefix, _space in (("bpmn", _MODEL), ("bpmndi", _DIAGRAM), ("dc", _DC), ("di", _DI)):
    ET.register_namespace(_prefix, _space)

_ELEMENTS = {
    NodeKind.START: "startEvent",
    NodeKind.END: "endEvent",
    NodeKind.TASK: "userTask",
    NodeKind.AUTOMATIC: "serviceTask",
    NodeKind.JOINT: "userTask",
    NodeKind.SPLIT: "parallelGateway",
    NodeKind.JOIN: "parallelGateway",
    NodeKind.CHOICE: "exclusiveGateway",
    NodeKind.MERGE: "exclusiveGateway",
    NodeKind.MESSAGE: "intermediateCatchEvent",
    NodeKind.TIMER: "intermediateCatchEvent",
}
_DIRECTIONS = {
    NodeKind.SPLIT: "Diverging",
    NodeKind.CHOICE: "Diverging",
    NodeKind.JOIN: "Converging",
    NodeKind.MERGE: "Converging",
}
_CORRECTION = "message-correction"
#: Below an event or a gateway stands its name, as wide as this.
_LABEL_WIDTH, _LABEL_HEIGHT = 96, 32


def bpmn_of(layout: Layout, *, edition: str) -> bytes:
    """Return the file; the same layout of the same edition always gives the same bytes."""
    process = layout.process
    root = ET.Element(
        _model("definitions"),
        {
            "id": f"definitions-{process.code}",
            "name": process.name,
            "targetNamespace": "urn:yijianshi:process",
            "exporter": "yijianshi",
        },
    )
    if any(node.kind is NodeKind.MESSAGE for node in process.nodes):
        ET.SubElement(root, _model("message"), id=_CORRECTION, name="补正内容")
    collaboration = ET.SubElement(root, _model("collaboration"), id="collaboration")
    ET.SubElement(collaboration, _model("participant"), id="pool", name=process.name, processRef=process.code)
    _add_process(root, layout, edition)
    _add_diagram(root, layout)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _add_process(root: ET.Element, layout: Layout, edition: str) -> None:
    process = layout.process
    element = ET.SubElement(
        root,
        _model("process"),
        id=process.code,
        name=process.name,
        processType="Public",
        isExecutable="false",
    )
    ET.SubElement(element, _model("documentation")).text = f"版本 {edition}"
    lanes = ET.SubElement(element, _model("laneSet"), id="lanes")
    for lane in process.lanes:
        name = f"{lane.name}（牵头）" if lane.leads else lane.name
        row = ET.SubElement(lanes, _model("lane"), id=f"lane-{lane.key}", name=name)
        for node in process.nodes:
            if node.lane == lane.key:
                ET.SubElement(row, _model("flowNodeRef")).text = node.key
    for node in process.nodes:
        _add_node(element, node, layout)
    for flow in process.flows:
        named = {"name": flow.name} if flow.name else {}
        ET.SubElement(
            element,
            _model("sequenceFlow"),
            {"id": flow.key, "sourceRef": flow.source, "targetRef": flow.target, **named},
        )


def _add_node(process: ET.Element, node: Node, layout: Layout) -> None:
    flows = layout.process.flows
    attributes = {"id": node.key}
    if node.name:
        attributes["name"] = f"{node.name}（{node.says}）" if node.says else node.name
    if node.kind in _DIRECTIONS:
        attributes["gatewayDirection"] = _DIRECTIONS[node.kind]
    if node.kind is NodeKind.CHOICE:
        attributes["default"] = next(
            flow.key for flow in flows if flow.source == node.key and not flow.exceptional
        )
    element = ET.SubElement(process, _model(_ELEMENTS[node.kind]), attributes)
    if node.note:
        ET.SubElement(element, _model("documentation")).text = node.note
    for flow in flows:
        if flow.target == node.key:
            ET.SubElement(element, _model("incoming")).text = flow.key
    for flow in flows:
        if flow.source == node.key:
            ET.SubElement(element, _model("outgoing")).text = flow.key
    if node.kind is NodeKind.MESSAGE:
        ET.SubElement(
            element, _model("messageEventDefinition"), id=f"what-{node.key}", messageRef=_CORRECTION
        )
    elif node.kind is NodeKind.TIMER:
        timer = ET.SubElement(element, _model("timerEventDefinition"), id=f"what-{node.key}")
        # in days as the item states them; whether they are working days stands in the name
        ET.SubElement(timer, _model("timeDuration")).text = f"P{node.days or 0:g}D"


def _add_diagram(root: ET.Element, layout: Layout) -> None:
    diagram = ET.SubElement(root, f"{{{_DIAGRAM}}}BPMNDiagram", id="diagram")
    plane = ET.SubElement(diagram, f"{{{_DIAGRAM}}}BPMNPlane", id="plane", bpmnElement="collaboration")
    _add_shape(plane, "pool", layout.pool, horizontal=True)
    for lane, box in layout.lanes:
        _add_shape(plane, f"lane-{lane.key}", box, horizontal=True)
    for node, box in layout.nodes:
        shape = _add_shape(plane, node.key, box)
        if node.name and not node.is_work:
            label = ET.SubElement(shape, f"{{{_DIAGRAM}}}BPMNLabel")
            left = box.middle.x - _LABEL_WIDTH / 2
            _add_bounds(label, Box(left, box.bottom + 4, _LABEL_WIDTH, _LABEL_HEIGHT))
    for flow, points in layout.lines:
        edge = ET.SubElement(plane, f"{{{_DIAGRAM}}}BPMNEdge", id=f"edge-{flow.key}", bpmnElement=flow.key)
        _add_points(edge, points)


def _add_shape(plane: ET.Element, key: str, box: Box, *, horizontal: bool = False) -> ET.Element:
    lying = {"isHorizontal": "true"} if horizontal else {}
    shape = ET.SubElement(
        plane, f"{{{_DIAGRAM}}}BPMNShape", {"id": f"shape-{key}", "bpmnElement": key, **lying}
    )
    _add_bounds(shape, box)
    return shape


def _add_bounds(shape: ET.Element, box: Box) -> None:
    ET.SubElement(
        shape,
        f"{{{_DC}}}Bounds",
        x=f"{box.x:g}",
        y=f"{box.y:g}",
        width=f"{box.width:g}",
        height=f"{box.height:g}",
    )


def _add_points(edge: ET.Element, points: Iterable[Point]) -> None:
    for point in points:
        ET.SubElement(edge, f"{{{_DI}}}waypoint", x=f"{point.x:g}", y=f"{point.y:g}")


def _model(name: str) -> str:
    return f"{{{_MODEL}}}{name}"
