"""
Which paper each step of a case owes to the applicant (法律文书), and on what basis it must be written.

A life that ends has its paper; who wants to know why his case waits, goes on longer or ended, has it in writing.

Basis: Administrative License Law, arts. 32, 38, 39, 42, 44, 45, 69, 70.
"""

from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from .cases import Action, Step


class Document(NamedTuple):
    """A kind of paper: its code, its name, the character that its numbers bear (代字), and why it must be written."""

    kind: str
    name: str
    sign: str
    basis: str


class Paper(NamedTuple):
    """A paper that a step brought about: which of its kind in this case, and by which step, counted from nought."""

    document: Document
    nth: int
    place: int


_LAW = "行政许可法"
ACCEPTANCE = Document(
    "acceptance", "受理通知书", "受", _LAW + "第三十二条第二款：加盖专用印章、注明日期的书面凭证"
)
DECLINE = Document("decline", "不予受理决定书", "不受", _LAW + "第三十二条第二款")
CORRECTION = Document("correction", "补正告知书", "补", _LAW + "第三十二条第一款第（四）项")
SUSPENSION = Document("suspension", "停止计时告知书", "停", _LAW + "第四十五条：书面告知所需时间")
EXTENSION = Document("extension", "延长期限告知书", "延", _LAW + "第四十二条：告知延长的理由")
MENDING = Document("mending", "责令整改通知书", "改", _LAW + "第三十四条")
REROUTING = Document("rerouting", "改派告知书", "派", "苏政办发〔2022〕87号二（八）")
RESULT = Document("result", "准予决定书", "准", _LAW + "第三十八条第一款")
REFUSAL = Document(
    "refusal", "不予许可决定书", "不予", _LAW + "第三十八条第二款：说明理由，告知复议和诉讼的权利"
)
WITHDRAWAL = Document("withdrawal", "撤回申请确认书", "回", "苏政办发〔2022〕87号二（六）")
TERMINATION = Document("termination", "终止办理告知书", "终", "优化营商环境条例第三十五条：一次性告知")
REVOCATION = Document("revocation", "撤销决定书", "撤", _LAW + "第六十九条")
REOPENING = Document(
    "reopening", "重新办理告知书", "重", "行政复议法（2023 修订）第六十四条；行政诉讼法第七十条"
)
PAYMENT = Document("payment", "缴费通知书", "缴", _LAW + "第五十九条")
REFUND = Document("refund", "退费通知书", "退", "收费依据所定的退费情形")
#: Of the whole submission, when everything is decided; no step of a case owes it.
DELIVERY = Document("delivery", "送达回证", "送", _LAW + "第四十四条：自决定之日起十日内颁发、送达")

#: The paper that each step owes; a step that is not here owes none of its own.
OWED_BY = MappingProxyType({
    Action.ACCEPT: ACCEPTANCE, Action.DEEM_ACCEPTED: ACCEPTANCE, Action.START: ACCEPTANCE,
    Action.DECLINE: DECLINE,
    Action.ASK_FOR_CORRECTION: CORRECTION, Action.ASK_AGAIN: CORRECTION,
    Action.SUSPEND: SUSPENSION, Action.EXTEND: EXTENSION, Action.ASK_TO_MEND: MENDING,
    Action.REROUTE: REROUTING,
    Action.GRANT: RESULT, Action.REFUSE: REFUSAL,
    Action.WITHDRAW: WITHDRAWAL, Action.TERMINATE: TERMINATION, Action.LAPSE: TERMINATION,
    Action.REVOKE: REVOCATION,
    Action.REDO: REOPENING, Action.REOPEN: REOPENING,
    Action.CHARGE: PAYMENT, Action.REFUND: REFUND,
})  # fmt: skip
#: Every kind there is, by its code.
DOCUMENTS = MappingProxyType({document.kind: document for document in (*OWED_BY.values(), DELIVERY)})


def papers_of(steps: Iterable[Step]) -> tuple[Paper, ...]:
    """Return every paper that the steps of a case brought about, in their order; the second of a kind is the second."""
    counted: Counter[str] = Counter()
    papers = []
    for place, step in enumerate(steps):
        if document := OWED_BY.get(step.action):
            counted[document.kind] += 1
            papers.append(Paper(document, counted[document.kind], place))
    return tuple(papers)


def documents_owed(steps: Iterable[Step]) -> tuple[Document, ...]:
    """Return the papers that the steps of a case owe, each kind once, in the order in which they fell due."""
    return tuple(dict.fromkeys(paper.document for paper in papers_of(steps)))
