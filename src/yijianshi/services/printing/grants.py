"""
The decision that grants (准予决定书), beside the licence that follows from it.

Basis: Administrative License Law, art. 38(1) (a grant is decided in writing), 39 (the licence), 44 (delivered in ten days).
"""

from yijianshi.domain.cases import Action
from yijianshi.domain.codes import LicenceCode
from yijianshi.domain.workdays import legal_day
from yijianshi.store.results.models import ResultRow

from .. import letters
from ..punctuation import wide
from .paper import NoSuchLetter, Printed, print_letter
from .results import (
    asking_for_a_person,
    issue_document,
    issued_bytes,
    valid_until_of,
    valid_words,
    verification_address,
)
from .written import Written

_ART_38 = "《行政许可法》第三十八条第一款"


def decision(written: Written) -> Printed:
    """
    Return the decision; where no licence follows from it, the very bytes that were issued as the result.

    :raises NoSuchLetter: if the grant left no result.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    row = result_of(written)
    if row is None:
        raise NoSuchLetter("这个事项的办理结果没有登记，所以没有决定书")
    if not row.licence:
        return issued_bytes(row, issue_document(result=row.id), written.item)
    return print_letter(_decision(written, row), name=f"{written.name} {written.case.now.number}")


def result_of(written: Written) -> ResultRow | None:
    """Return what the last grant before the paper, or the paper's own, has yielded."""
    grants = sum(step.action is Action.GRANT for step in written.steps)
    rows = list(ResultRow.objects.filter(case=written.case.now.id).order_by("issued_at", "id")[:grants])
    return rows[-1] if grants and len(rows) == grants else None


def _decision(written: Written, row: ResultRow) -> letters.ResultLetter:
    item = written.item
    kind = written.opened.edition.licences[LicenceCode(row.licence)]
    until = row.valid_until or valid_until_of(item, written.opened, legal_day(row.issued_at))
    verb = "准予行政许可" if written.is_licence else "准予办理"
    own = (_ART_38,) if written.is_licence else ()
    return letters.ResultLetter(
        **written.heading() | {"qr": verification_address(row.code)},
        title=written.name,
        decision=f"对您申请的“{wide(item.name)}”，{verb}，发给{kind.name}。",
        lines=(
            letters.Line(label="证照名称", value=kind.name),
            letters.Line(label="结果编号", value=row.number),
            letters.Line(label="有效期", value=valid_words(kind, until)),
            letters.Line(label="核验码", value=row.code),
        ),
        basis=(*own, *(str(basis) for basis in item.basis)),
        collection="电子证照，可以在“我的材料”下载；需要纸质的，到综合窗口领取。有疑问的，请向下列单位询问。"
        + asking_for_a_person(item, row.case_id),
    )
