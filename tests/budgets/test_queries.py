"""No page asks the database more often because it has more rows: as often with thirty as with three."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.db import connection, models

from tests.conftest import forget
from tests.rights.asking import Asking
from tests.rights.world import World
from yijianshi.store.accounts.models import Account, Party
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow
from yijianshi.store.custody.models import HandOverRow, PaperRow, ReceiptRow
from yijianshi.store.desks.models import QuestionRow, SavedTextRow
from yijianshi.store.joint.models import OperationRow
from yijianshi.store.keys import new_id
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.offers.models import OfferListRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.results.models import DeliveryRow, ResultRow
from yijianshi.store.reviews.models import ReviewRow
from yijianshi.store.submissions.models import SubmissionRow

Row = TypeVar("Row", bound=models.Model)
FEW, MANY = 3, 30
#: Every list of rows that grow: who reads it, and where.
LISTS = (
    ("wangfang/enterprise", "/my"),
    ("wangfang/enterprise", "/my/materials"),
    ("wangfang/enterprise", "/my/messages"),
    ("wangfang/enterprise", "/my/reads"),
    ("wangfang/enterprise", "/my/licences"),
    ("wangfang/enterprise", "/my/ratings"),
    ("chenzhiyuan", "/desk"),
    ("chenzhiyuan", "/desk?state=received"),
    ("chenzhiyuan", "/desk/checks"),
    ("chenzhiyuan", "/desk/hand-over"),
    ("chenzhiyuan", "/desk/reviews"),
    ("chenzhiyuan", "/desk/offers"),
    ("chenzhiyuan", "/consult"),
    ("chenzhiyuan", "/rekey"),
    ("chenzhiyuan", "/joint"),
    ("chenzhiyuan", "/custody"),
    ("chenzhiyuan", "/saved-texts"),
    ("chenzhiyuan", "/countersign"),
    ("chenzhiyuan", "/money"),
    ("hemin", "/coordinate"),
    ("hemin", "/coordinate/released"),
    ("hemin", "/joint"),
    ("laoli", "/window"),
    ("laoli", "/window/hand-over"),
    ("laoli", "/window/counter"),
    ("laoli", "/custody"),
    ("heli", "/supervise"),
    ("heli", "/supervise/cases"),
    ("heli", "/supervise/breaches"),
    ("heli", "/supervise/joint"),
    ("heli", "/supervise/custody"),
    ("heli", "/supervise/rekeying"),
    ("heli", "/money"),
    ("lanhui", "/steward"),
    ("lanhui", "/steward/proposals"),
    ("audit-admin", "/administer/reads"),
)


class Copies:
    """More of what is in the town, each with its own key and of a party of its own where that can differ."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._made = 0

    def add(self, times: int) -> None:
        for _ in range(times):
            self._made += 1
            self._submission("new_submission")
            self._granted(self._submission("granted_submission"))
            self._under_way(self._submission("submission"))
            self._of_nobody()

    def _submission(self, called: str) -> SubmissionRow:
        key = self._world.things[called]
        before = SubmissionRow.objects.get(pk=key)
        party = before.party_id
        if called != "submission":  # hers stay hers, so that her own lists grow too
            known = Party.objects.get(pk=party)
            party = _copied(known, number_hash=new_id().bytes * 2).id
        row = _copied(before, number=self._number(), party_id=party)
        for case in CaseRow.objects.filter(submission=key):
            _copied(case, submission=row, number=self._number())
        return row

    def _granted(self, row: SubmissionRow) -> None:
        for case in CaseRow.objects.filter(submission=row):
            old = ResultRow.objects.filter(case__submission=self._world.things["granted_submission"]).first()
            _copied(old, case=case, number=self._number(), **_code_of(old))
        for delivery in DeliveryRow.objects.filter(submission=self._world.things["granted_submission"]):
            _copied(delivery, submission=row, method="窗口领取", delivered_at=None)

    def _under_way(self, row: SubmissionRow) -> None:
        things, case = self._world.things, CaseRow.objects.filter(submission=row).order_by("item")[1]
        CaseRow.objects.filter(submission=row).update(handler=Account.objects.get(login="chenzhiyuan").id)
        _copied(QuestionRow.objects.get(pk=things["question"]), submission=row, case=case)
        _copied(ReviewRow.objects.get(pk=things["review"]), case=case)
        _copied(OperationRow.objects.get(pk=things["operation"]), submission=row)
        breach = CorrectionRow.objects.filter(submission=things["submission"]).first()
        _copied(breach, submission=row, is_breach=True, case=case, unit=case.unit)
        receipt = _copied(ReceiptRow.objects.get(pk=things["receipt"]), number=self._short(), submission=row)
        _copied(PaperRow.objects.get(pk=things["paper"]), submission=row, receipt=receipt)
        hand_over = _copied(HandOverRow.objects.get(pk=things["hand_over"]), number=self._short())
        sent = PaperRow.objects.filter(list=things["hand_over"]).first()
        _copied(sent, submission=row, receipt=receipt, list=hand_over)
        ReadRow.objects.create(
            submission_id=row.id, account_id=Account.objects.get(login="hemin").id, unit=row.lead_unit, what="page",
            at=row.received_at,
        )  # fmt: skip
        _copied(RemarkRow.objects.filter(submission=things["submission"]).first(), submission=row, case=case)

    def _of_nobody(self) -> None:
        things = self._world.things
        _copied(SavedTextRow.objects.get(pk=things["text"]))
        _copied(CopyRow.objects.get(pk=things["copy"]))
        message = MessageRow.objects.filter(account__login="wangfang").first()
        _copied(message, once=self._short())
        _copied(OfferListRow.objects.order_by("id").first(), unit="market-regulation@320106")

    def _number(self) -> str:
        return new_id().hex[-23:].upper()

    def _short(self) -> str:
        return new_id().hex[-20:].upper()


def _code_of(row: ResultRow) -> dict[str, str]:
    return {name: new_id().hex[:20] for name in ("code", "verify_code") if hasattr(row, name)}


def _copied(row: Row | None, **changed: Any) -> Row:
    """Keep the same row once more, under a key of its own."""
    assert row is not None
    row.pk = new_id() if isinstance(row._meta.pk, models.UUIDField) else None
    row._state.adding = True
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the statements that are made meanwhile."""
    made: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (
            sql.lstrip("(").startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"))
            and "pg_stat" not in sql
        ):
            made.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made


def statements(asking: Asking, person: str, address: str) -> list[str]:
    """Return what a page asks for when it is opened once more; what changes at the first look has changed then."""
    forget()
    asking.ask(person, "GET", address)
    with counted() as made:
        answered = asking.ask(person, "GET", address)
    assert answered.status == 200, (person, address, answered.status)
    return made


def test_no_list_asks_more_often_because_it_has_more_rows(asking: Asking) -> None:
    copies = Copies(asking.world)
    copies.add(FEW)
    few = {one: statements(asking, *one) for one in LISTS}
    copies.add(MANY - FEW)
    grown = []
    for one in LISTS:
        many = statements(asking, *one)
        if len(many) > len(few[one]):
            again = max(set(many), key=many.count)
            grown.append(f"{one}: {len(few[one])} → {len(many)}，如 {many.count(again)} 次 {again[:200]}")
    assert not grown, "\n".join(grown)


#: Pages of one thing, and the most that each may ask; lower them where you make one leaner.
PAGES = {
    ("wangfang/enterprise", "/my/{submission}"): 27,
    ("wangfang/enterprise", "/my/{granted_submission}"): 23,
    ("", "/guide/open-restaurant"): 8,
    ("", "/"): 8,
}


@pytest.mark.parametrize(("person", "address"), PAGES, ids=str)
def test_a_page_of_one_thing_asks_little(person: str, address: str, asking: Asking) -> None:
    made = statements(asking, person, address.format(**asking.world.things))
    assert len(made) <= PAGES[person, address], "\n".join(
        f"{n + 1}. {sql[:230]}" for n, sql in enumerate(made)
    )
