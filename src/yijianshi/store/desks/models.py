"""
What clerks need beside the cases: questions between units, saved texts, who looks at what now, who wants two persons.

Words are sealed; nothing here moves a case.
"""

from typing import ClassVar

from django.db import models

from ..cases.models import CaseRow
from ..keys import new_id
from ..submissions.models import SubmissionRow


class QuestionRow(models.Model):
    """One question of a unit to another about one case (征询), and its one answer."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.CASCADE)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, db_index=False)
    asking_unit = models.CharField(max_length=64)
    asked_unit = models.CharField(max_length=64)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    provisional = models.BooleanField(default=False)
    question_sealed = models.BinaryField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer_sealed = models.BinaryField(default=b"")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["asked_unit", "answered_at", "answer_by"], name="questions_to_answer")
        ]


class SavedTextRow(models.Model):
    """One text that an officer, or everybody of a unit, writes again and again (常用语)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account_id = models.UUIDField(null=True)  # null: of the whole unit
    unit = models.CharField(max_length=64, default="")  # empty: the officer's own
    kind = models.CharField(max_length=12)
    sealed = models.BinaryField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account_id", "kind"], name="saved_texts_of_officer"),
            models.Index(fields=["unit", "kind"], name="saved_texts_of_unit"),
        ]


class PresenceRow(models.Model):
    """When somebody last had the page of a case open; one row for each, written over."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, db_index=False)
    account_id = models.UUIDField(db_index=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "account_id"], name="presence_once_per_officer")
        ]


class TwoPersonsRow(models.Model):
    """That a unit decides an item by two persons, although no law asks it of everybody."""

    unit = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "item"], name="two_persons_once_per_unit_and_item")
        ]
