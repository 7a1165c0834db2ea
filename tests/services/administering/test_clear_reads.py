"""The log of reads is kept six months at least, whoever asks to clear it, and what administrators did for ever."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from yijianshi.domain.guards import LEAST_DAYS_OF_READS, ReadsKeptTooShortly
from yijianshi.project.environment import Environment, EnvironmentUnusable
from yijianshi.services.administering.clear_reads import clear_reads
from yijianshi.store.guards.models import DeedRow
from yijianshi.store.reads.models import ReadRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.1")]
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def read(days_ago: int) -> None:
    ReadRow.objects.create(
        submission_id=uuid4(),
        account_id=uuid4(),
        unit="fire-rescue@320106",
        what="page",
        at=AT - timedelta(days=days_ago),
    )


def test_only_what_is_older_than_asked_is_cleared_and_that_is_written_down() -> None:
    for days in (1, 180, 200, 500):
        read(days)
    assert clear_reads(at=AT)[0] == 1, "a year, unless set otherwise"
    assert clear_reads(at=AT, days=LEAST_DAYS_OF_READS)[0] == 1
    assert ReadRow.objects.count() == 2
    assert [row.facts["rows"] for row in DeedRow.objects.order_by("id")] == ["1", "1"]


@pytest.mark.parametrize("days", [0, 30, 182, -1])
def test_less_than_six_months_is_refused(days: int) -> None:
    read(500)
    with pytest.raises(ReadsKeptTooShortly, match="六个月"):
        clear_reads(at=AT, days=days)
    assert ReadRow.objects.count() == 1


def test_nor_can_the_operator_set_less() -> None:
    with pytest.raises(EnvironmentUnusable, match="183"):
        Environment.read({"YIJIANSHI_READ_DAYS": "90"})


@pytest.mark.parametrize(
    "statement",
    ["UPDATE guards_deedrow SET deed = 'x'", "DELETE FROM guards_deedrow", "TRUNCATE guards_deedrow"],
)
def test_what_an_administrator_did_is_never_changed_nor_taken_away(statement: str) -> None:
    DeedRow.objects.create(at=AT, deed="give_post", division="320106")
    with (
        pytest.raises(DatabaseError, match="appended, never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert DeedRow.objects.filter(deed="give_post").exists()
