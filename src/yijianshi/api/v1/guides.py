"""The guide, the notice and the process of a one-thing over the API: the very facts that the page and the paper show."""

import hashlib
from datetime import date
from typing import Any

import msgspec

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.deadlines import promised_days
from yijianshi.domain.routing import unit_for
from yijianshi.services.exporting.addresses import given_in
from yijianshi.services.exporting.drawing import draw
from yijianshi.services.exporting.flows import ReadProcess, read_process
from yijianshi.services.letters import Notice
from yijianshi.services.printing.notices import notice_of
from yijianshi.services.reading.guide import Guide, questions_of, read_guide
from yijianshi.services.reading.units import name_of_unit

from .catalogue import DIVISION, division_in, guide_address, today
from .endpoints import Call, Marked, Written, endpoint

_ANSWERS = (
    *DIVISION,
    ("also", "另外要办的可选事项；可以多次"),
    ("commit", "采用告知承诺的事项；可以多次。情形的回答用各问题的 key，如 venue-area=120"),
)


class Amount(msgspec.Struct):
    """Before one by one, and now at once."""

    before: float
    after: float


class GuideItem(msgspec.Struct):
    """An item that is to be handled in the situation."""

    code: str
    name: str
    unit: str
    type: str
    basis: list[str]
    conditions: str
    promised_days: float | None
    days_unit: str
    statutory_days: float | None
    charged: str
    fee: str
    result: str
    visits: int


class GuideMaterial(msgspec.Struct):
    """A document, and how it is come by."""

    code: str
    name: str
    way: str
    needed_by: list[str]


class GuideQuestion(msgspec.Struct):
    """A question whose answer may change the guide."""

    key: str
    text: str
    type: str
    options: list[str]
    answer: Any = None


class GuideRead(msgspec.Struct):
    """Everything the guide page says."""

    bundle: str
    title: str
    division: str
    edition: str
    valid_from: date
    address: str
    questions: list[GuideQuestion]
    allowed: bool
    problems: list[str]
    items: list[GuideItem]
    materials: list[GuideMaterial]
    working_days: Amount
    calendar_days: Amount
    handed_in: Amount
    visits: Amount
    fields: Amount
    promised_by: date
    provisional: bool


@endpoint(
    "GET", "catalogue/<slug:bundle>/guide", summary="办事指南", gives=GuideRead, public=True, query=_ANSWERS
)
def guide(call: Call, bundle: str) -> GuideRead:
    read = _guide(call, bundle)
    figures, division = read.figures, division_in(call)
    before, after = figures.days
    return GuideRead(
        bundle=bundle,
        title=read.edition.bundle.title,
        division=division,
        edition=read.edition.digest,
        valid_from=read.edition.valid_from,
        address=guide_address(bundle, division, read.query()),
        questions=[
            GuideQuestion(q.key, q.text, q.type, list(q.options), read.answers.get(q.key))
            for q in read.edition.bundle.questions
        ],
        allowed=read.plan.allowed,
        problems=[*(problem.message for problem in read.problems), *(t.message for t in read.troubles)],
        items=[_item(item, read, division) for item in read.plan.items],
        materials=[
            GuideMaterial(m.material, read.edition.materials[m.material].name, m.way.value, list(m.needed_by))
            for m in read.plan.materials
        ],
        working_days=Amount(before.working, after.working),
        calendar_days=Amount(before.calendar, after.calendar),
        handed_in=Amount(*figures.materials),
        visits=Amount(*figures.visits),
        fields=Amount(*figures.fields),
        promised_by=read.promised.day,
        provisional=read.promised.provisional,
    )


@endpoint(
    "GET",
    "catalogue/<slug:bundle>/notice",
    summary="一次告知书的内容",
    gives=Notice,
    public=True,
    query=_ANSWERS,
)
def notice(call: Call, bundle: str) -> Notice:
    return notice_of(_guide(call, bundle), division=division_in(call), on=today())


@endpoint(
    "GET", "catalogue/<slug:bundle>/process.bpmn", summary="办理流程，BPMN 2.0", gives=bytes, public=True,
    query=_ANSWERS, media=("application/xml",),
)  # fmt: skip
def process_file(call: Call, bundle: str) -> Marked:
    read = _process(call, bundle)
    return Marked(
        _mark(read), lambda: Written(read.bpmn(), "application/xml", f"{read.edition.bundle.title}.bpmn")
    )


@endpoint(
    "GET", "catalogue/<slug:bundle>/process.svg", summary="办理流程图，SVG", gives=bytes, public=True,
    query=_ANSWERS, media=("image/svg+xml",),
)  # fmt: skip
def process_picture(call: Call, bundle: str) -> Marked:
    read = _process(call, bundle)
    return Marked(f"{_mark(read)}-svg", lambda: Written(draw(read.together).encode(), "image/svg+xml"))


def _guide(call: Call, bundle: str) -> Guide:
    division, on = division_in(call), today()
    given = given_in(call.pairs, questions_of(BundleCode(bundle), division, on))
    return read_guide(
        bundle=BundleCode(bundle), division=division, given=given, also=_all(call, "also"),
        commit=_all(call, "commit"), on=on,
    )  # fmt: skip


def _process(call: Call, bundle: str) -> ReadProcess:
    division, on = division_in(call), today()
    given = given_in(call.pairs, questions_of(BundleCode(bundle), division, on))
    return read_process(
        bundle=BundleCode(bundle), division=division, given=given, also=_all(call, "also"),
        commit=_all(call, "commit"), on=on,
    )  # fmt: skip


def _mark(read: ReadProcess) -> str:
    asked = f"{read.edition.digest}|{read.together.process.lanes}|{read.query}|{sorted(read.plan.chosen)}"
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


def _item(item: ServiceItem, read: Guide, division: DivisionCode) -> GuideItem:
    return GuideItem(
        code=item.code,
        name=item.name,
        unit=name_of_unit(str(unit_for(item, read.edition, division=division))),
        type=item.type,
        basis=[str(basis) for basis in item.basis],
        conditions=item.conditions,
        promised_days=promised_days(item.limit, committed=item.code in read.plan.situation.commitments),
        days_unit=item.limit.unit,
        statutory_days=item.limit.statutory,
        charged=item.fee.charged,
        fee=item.fee.note,
        result=item.result.name,
        visits=item.visits.after,
    )


def _all(call: Call, key: str) -> list[str]:
    return [value for name, value in call.pairs if name == key]
