"""The database itself refuses to change what happened, whoever asks: page, worker or somebody at its console."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from yijianshi.store.cases.models import StepRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C3.1")]

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)


@pytest.fixture
def step() -> StepRow:
    return StepRow.objects.create(
        id=uuid4(), submission_id=uuid4(), case_id=uuid4(), action="receive", state="received", at=NOW
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_steprow SET action = 'grant'",
        "UPDATE cases_steprow SET at = at",
        "DELETE FROM cases_steprow",
        "TRUNCATE cases_steprow",
        "TRUNCATE cases_steprow CASCADE",
    ],
)
def test_a_step_is_never_changed_nor_taken_away(step: StepRow, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="steps are appended, never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert StepRow.objects.filter(pk=step.pk, action="receive").exists()


def test_nor_through_the_models(step: StepRow) -> None:
    step.action = "grant"
    for act in (step.save, step.delete, StepRow.objects.all().delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        StepRow.objects.update(action="grant")
    assert StepRow.objects.get().action == "receive"


def test_steps_are_appended_freely(step: StepRow) -> None:
    StepRow.objects.create(
        id=uuid4(), submission_id=step.submission_id, action="accept", state="accepted", at=NOW
    )
    assert StepRow.objects.count() == 2
