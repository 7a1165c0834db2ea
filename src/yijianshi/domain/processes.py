"""
How a one-thing is handled, as a process (办理流程): who does what, after what, and what runs side by side.

`process_of` is the process of a plan; `process_one_by_one` is the same items as they were handled before, each with a
form of its own. Both are graphs in lanes; `layouts` places them, and every picture and every BPMN file is drawn from there.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from .catalogue import Rule, ServiceItem
from .codes import DepartmentCode, DivisionCode, ItemCode
from .conditions import explain
from .deadlines import promised_days
from .editions import Edition
from .merging import count_raw
from .nodes import Flow, Lane, Node, NodeKind, Process, nearest, with_gateways, with_way
from .plans import Plan, Situation, wording
from .routing import unit_for
from .sharing import MaterialWay

_WEEK = 7 / 5  # calendar days per working day, only to compare lengths
APPLICANT, WINDOW = "applicant", "window"


def process_of(plan: Plan, *, division: DivisionCode | None = None) -> Process:
    """
    Return how a plan is handled at once: one form, one review, one dispatch, then every item as early as it can be.

    An item waits for nothing but what it depends on; a joint operation waits for what all who take part in it wait for.
    """
    lead = _lane(plan.edition.bundle.lead_department)
    uploads = sum(material.way is MaterialWay.UPLOAD for material in plan.materials)
    trunk = [
        Node(key="start", kind=NodeKind.START, lane=APPLICANT, name="开始"),
        Node(key="apply", kind=NodeKind.TASK, lane=APPLICANT, name="一次申请", says=f"一张表，{uploads} 份材料"),
        Node(key="review", kind=NodeKind.TASK, lane=WINDOW, name="一窗收件，一次初审"),
        Node(key="release", kind=NodeKind.TASK, lane=lead, name="汇总意见，一次分办"),
        Node(
            key="complete", kind=NodeKind.CHOICE, lane=lead, name="要补正？",
            note="各部门的意见汇成一份补正通知，只通知一次；没有意见的事项不等补正，先行办理。",
        ),
        Node(key="correct", kind=NodeKind.MESSAGE, lane=APPLICANT, name="一次补正"),
        Node(key="go", kind=NodeKind.MERGE, lane=lead),
    ]  # fmt: skip
    flows = [
        Flow(source="start", target="apply"),
        Flow(source="apply", target="review", stacked=True),
        Flow(source="review", target="release", stacked=True),
        Flow(source="release", target="complete"),
        Flow(source="complete", target="go", name="不用"),
        Flow(source="complete", target="correct", name="要", exceptional=True),
        Flow(source="correct", target="go", exceptional=True),
    ]
    units = _units(plan, division)
    nodes = [*(_work_of(item, plan, units) for item in plan.items), *_joint(plan, lead)]
    exits = {node.key: node.key for node in nodes}
    for item in plan.items:
        if item.code in plan.public_notice:
            waiting = _public_notice(item, _lane(units[item.code]))
            exits[_key(item.code)] = waiting.key
            flows.append(Flow(source=_key(item.code), target=waiting.key))
            nodes.append(waiting)
    before = nearest(_predecessors(plan))
    followed = {prior for priors in before.values() for prior in priors}
    for key, priors in before.items():
        flows += [Flow(source=exits[prior], target=key) for prior in priors or ("go",) if prior != "go"]
        if not priors:
            flows.append(Flow(source="go", target=key))
    flows += [Flow(source=exits[key], target="deliver") for key in before if key not in followed]
    ending = [
        Node(key="deliver", kind=NodeKind.TASK, lane=WINDOW, name="结果一次送达"),
        Node(key="end", kind=NodeKind.END, lane=APPLICANT, name="办结"),
    ]
    flows.append(Flow(source="deliver", target="end", stacked=True))
    nodes, flows = with_gateways([*trunk, *nodes, *ending], flows)
    longest = longest_way(plan)
    nodes = [replace(node, critical=bool(node.is_work and {*node.items} & {*longest})) for node in nodes]
    way = ["start", *(_key(code) for code in longest), "end"]
    return Process(
        code=f"{plan.edition.bundle.code}-together",
        name=f"{plan.edition.bundle.title}：一次办",
        lanes=_lanes(plan, units, with_window=True),
        nodes=tuple(nodes),
        flows=with_way(nodes, flows, way),
    )


def process_one_by_one(plan: Plan, *, division: DivisionCode | None = None) -> Process:
    """Return how the same items were handled before: one after another, each with its own form and materials."""
    units = _units(plan, division)
    nodes = [Node(key="start", kind=NodeKind.START, lane=APPLICANT, name="开始")]
    flows = []
    for number, item in enumerate(plan.items, 1):
        fields, materials = count_raw((item,), plan.edition, plan.circumstances)
        applying = Node(
            key=f"apply-{item.code}", kind=NodeKind.TASK, lane=APPLICANT, name=f"第 {number} 次申请",
            says=f"填 {fields} 项，交 {materials} 份", items=(item.code,),
        )  # fmt: skip
        work = _work_of(item, plan, units)
        last = nodes[-1].key
        nodes += [applying, work]
        flows += [
            Flow(source=last, target=applying.key),
            Flow(source=applying.key, target=work.key, stacked=True),
        ]
        if item.code in plan.public_notice:
            nodes.append(_public_notice(item, work.lane))
            flows.append(Flow(source=work.key, target=nodes[-1].key))
    flows.append(Flow(source=nodes[-1].key, target="end"))
    nodes.append(Node(key="end", kind=NodeKind.END, lane=APPLICANT, name="办结"))
    return Process(
        code=f"{plan.edition.bundle.code}-one-by-one",
        name=f"{plan.edition.bundle.title}：一项一项办",
        lanes=_lanes(plan, units, with_window=False),
        nodes=tuple(nodes),
        flows=tuple(replace(flow, critical=True) for flow in flows),
    )


def standard_situation(edition: Edition) -> Situation:
    """
    Return the situation of somebody who wants all that can be handled together, for the standard process (标准流程).

    Of items that exclude each other the first stands for the others.
    """
    chosen: list[ItemCode] = []
    for item in edition.bundle.items:
        if not item.deferred and not any(_is_full(rule, item.code, chosen) for rule in edition.bundle.rules):
            chosen.append(item.code)
    return Situation(items=tuple(chosen))


def longest_way(plan: Plan) -> tuple[ItemCode, ...]:
    """
    Return the items on which the last day depends, in order: the longest way, public notices included.

    A limit that holds only on a commitment counts as short only with the commitment, as on the guide.
    """
    reached: dict[ItemCode, tuple[float, tuple[ItemCode, ...]]] = {}
    for item in plan.items:
        waits_for = (*item.depends_on, *item.depends_on_any, *item.after)
        priors = [reached[code] for code in waits_for if code in reached]
        days, way = max(priors, key=lambda one: one[0], default=(0.0, ()))
        own = promised_days(item.limit, committed=item.code in plan.situation.commitments) or 0
        days += own * (1 if item.limit.unit == "calendar" else _WEEK)
        days += plan.public_notice.get(item.code, 0) * (1 if item.public_notice_unit == "calendar" else _WEEK)
        reached[item.code] = (days, (*way, item.code))
    return max(reached.values(), key=lambda one: one[0], default=(0.0, ()))[1]


def days_in_words(days: float | None, unit: str = "working") -> str:
    """
    Return a limit as it is written in a box.

    >>> days_in_words(5), days_in_words(0), days_in_words(None)
    ('5 个工作日', '当场', '不设时限')
    """
    if days is None:
        return "不设时限"
    return f"{days:g} {'天' if unit == 'calendar' else '个工作日'}" if days else "当场"


def _is_full(rule: Rule, item: ItemCode, chosen: Collection[ItemCode]) -> bool:
    """Return whether a rule that limits a choice leaves no room for one more."""
    most = {"exclusive": 1, "choose": rule.max}.get(rule.kind)
    return most is not None and item in rule.items and sum(code in chosen for code in rule.items) >= most


def _key(item: ItemCode) -> str:
    return f"item-{item}"


_Units = Mapping[ItemCode, DepartmentCode]


def _units(plan: Plan, division: DivisionCode | None) -> _Units:
    """Return which department decides each item in a division; without one, where the edition holds."""
    place = division or plan.edition.division.code
    return {item.code: unit_for(item, plan.edition, division=place).department for item in plan.items}


def _lane(department: DepartmentCode) -> str:
    return f"unit-{department}"


def _lanes(plan: Plan, units: _Units, *, with_window: bool) -> tuple[Lane, ...]:
    """Return the lanes from the applicant downwards, the leading department first among the departments."""
    lead = plan.edition.bundle.lead_department
    departments = [*([lead] if with_window else []), *units.values()]
    lanes = [Lane(key=APPLICANT, name="申请人")]
    if with_window:
        lanes.append(Lane(key=WINDOW, name="综合窗口"))
    lanes += [
        Lane(key=_lane(code), name=plan.edition.departments[code].short_name, leads=code == lead)
        for code in dict.fromkeys(departments)
    ]
    return tuple(lanes)


def _work_of(item: ServiceItem, plan: Plan, units: _Units) -> Node:
    committed = item.code in plan.situation.commitments
    days = promised_days(item.limit, committed=committed)
    conditional = item.applies_if and f"适用情形：{explain(item.applies_if, name_of=wording(plan.edition))}。"
    return Node(
        key=_key(item.code),
        kind=NodeKind.AUTOMATIC if item.is_automatic else NodeKind.TASK,
        lane=_lane(units[item.code]),
        name=item.plain_name,
        says=("承诺制，" if committed else "") + days_in_words(days, item.limit.unit),
        note=f"{item.name}。{conditional or ''}{_asks(item, plan)}结果：{item.result.name}。",
        items=(item.code,),
        days=days,
        unit=item.limit.unit,
    )


def _asks(item: ServiceItem, plan: Plan) -> str:
    """Return what an item wants to have and what it charges, for the words that go with its step."""
    wanted = [plan.edition.materials[m.material].name for m in plan.materials if item.code in m.needed_by]
    fee = {"no": "不收费", "yes": f"收费：{item.fee.note}" if item.fee.note else "收费"}.get(
        item.fee.charged, ""
    )
    return (f"材料：{'、'.join(wanted)}。" if wanted else "") + (f"{fee}。" if fee else "")


def _joint(plan: Plan, lead: str) -> list[Node]:
    names = {item.code: item.plain_name for item in plan.items}
    return [
        Node(
            key=f"joint-{number}",
            kind=NodeKind.JOINT,
            lane=lead,
            name=kind,
            says=f"{len(codes)} 个事项一次上门",
            note=f"一起上门的：{'、'.join(names[code] for code in codes)}。",
            items=codes,
        )
        for number, (kind, codes) in enumerate(plan.joint_operations.items(), 1)
    ]


def _public_notice(item: ServiceItem, lane: str) -> Node:
    days = item.public_notice_days
    return Node(
        key=f"notice-{item.code}", kind=NodeKind.TIMER, lane=lane, items=(item.code,), days=days,
        unit=item.public_notice_unit, name=f"公示 {days_in_words(days, item.public_notice_unit)}",
    )  # fmt: skip


def _predecessors(plan: Plan) -> dict[str, frozenset[str]]:
    """Return everything that must be done before each item and each joint operation."""
    chosen = plan.chosen
    before: dict[str, frozenset[str]] = {}
    for item in plan.items:  # in processing order, so that what comes before is known already
        priors = [_key(c) for c in (*item.depends_on, *item.depends_on_any, *item.after) if c in chosen]
        before[_key(item.code)] = frozenset(priors).union(*(before[prior] for prior in priors))
    for joint in _joint(plan, ""):
        common = frozenset.intersection(*(before[_key(code)] for code in joint.items))
        members = {_key(code) for code in joint.items}
        for key, earlier in list(before.items()):
            if key in members or earlier & members:
                before[key] = earlier | {joint.key}
        before[joint.key] = common
    return before
