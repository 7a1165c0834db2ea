"""
Centres and what goes on in their halls (政务大厅): windows open and shut, bookings, tickets.

Steps are appended and never changed. Nothing here says who somebody is: a booking names its party by key, a ticket taken
on the spot nobody at all.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ..accounts.models import Party
from ..cases.models import CaseRow
from ..keys import new_id
from ..submissions.models import SubmissionRow


class CentreRow(models.Model):
    """One centre or station as it is now; the files of the catalogue are its seed."""

    code = models.CharField(primary_key=True, max_length=40)
    level = models.CharField(max_length=8)
    division = models.CharField(max_length=6, db_index=True)
    place = models.CharField(max_length=12, db_index=True)
    content = models.JSONField()
    seq = models.IntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)


class CentreChangeRow(models.Model):
    """What a centre was before somebody changed it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    centre = models.ForeignKey(CentreRow, on_delete=models.PROTECT, db_index=False)
    seq = models.IntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["centre", "seq"], name="centre_change_once")]


class TerminalRow(models.Model):
    """Which centre a self-service terminal stands in, found by its own address."""

    code = models.CharField(primary_key=True, max_length=40)
    centre = models.ForeignKey(CentreRow, on_delete=models.PROTECT)


class DeskRow(models.Model):
    """That a clerk calls at a window, from when to when (开窗)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    centre = models.CharField(max_length=40)
    window = models.CharField(max_length=8)
    clerk = models.UUIDField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["centre", "window"], condition=Q(closed_at=None), name="one_clerk_at_a_window"
            ),
            models.UniqueConstraint(
                fields=["clerk"], condition=Q(closed_at=None), name="a_clerk_at_one_window"
            ),
        ]


class ShutRow(models.Model):
    """That a window is shut for a while (关窗), so that nothing is booked there."""

    id = models.UUIDField(primary_key=True, default=new_id)
    centre = models.CharField(max_length=40)
    window = models.CharField(max_length=8)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    why = models.CharField(max_length=60)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["centre", "ends"], name="shut_windows")]


class SlotRow(models.Model):
    """How many have taken a place of one time; written by the one statement that compares and sets."""

    centre = models.CharField(max_length=40)
    line = models.CharField(max_length=1)
    begins = models.DateTimeField()
    places = models.IntegerField()
    taken = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["centre", "line", "begins"], name="slot_once"),
            models.CheckConstraint(condition=Q(taken__gte=0), name="slot_never_below_nothing"),
        ]


class BookingRow(models.Model):
    """One booking as it stands; its steps say how it came there."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=16, unique=True)
    centre = models.CharField(max_length=40)
    line = models.CharField(max_length=1)
    bundle = models.CharField(max_length=64, default="")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, db_index=False)
    account = models.UUIDField()
    channel = models.CharField(max_length=8)  # web | window
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    state = models.CharField(max_length=10)
    seq = models.IntegerField(default=0)  # of the calendar file too
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    draft = models.UUIDField(null=True)
    submission = models.ForeignKey(SubmissionRow, null=True, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(CaseRow, null=True, on_delete=models.PROTECT, db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "begins"], condition=Q(state="booked"), name="one_booking_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="booking_has_a_length"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["centre", "begins"], name="bookings_of_centre"),
            models.Index(fields=["party", "-begins"], name="bookings_of_party"),
            models.Index(fields=["begins"], condition=Q(state="booked"), name="bookings_to_come"),
            models.Index(fields=["draft"], condition=Q(draft__isnull=False), name="booking_of_draft"),
            models.Index(
                fields=["submission"], condition=Q(submission__isnull=False), name="booking_of_submission"
            ),
        ]


class BookingStepRow(models.Model):
    """What was done to a booking."""

    booking = models.ForeignKey(BookingRow, on_delete=models.PROTECT, db_index=False)
    seq = models.IntegerField()
    action = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    begins = models.DateTimeField(null=True)  # the time it was moved to

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking", "seq", "action"], name="booking_step_once")
        ]


class TicketRow(models.Model):
    """One ticket of a day (号), with what came of it."""

    id = models.UUIDField(primary_key=True)  # of dice, not of the hour: whoever knows it sees the page
    centre = models.CharField(max_length=40)
    day = models.DateField()
    line = models.CharField(max_length=1)
    number = models.CharField(max_length=6)
    kind = models.CharField(max_length=8)
    source = models.CharField(max_length=8)  # kiosk | phone | booking | window
    terminal = models.CharField(max_length=40, default="")
    bundle = models.CharField(max_length=64, default="")
    state = models.CharField(max_length=8)
    seq = models.IntegerField(default=1)
    taken_at = models.DateTimeField()
    since = models.DateTimeField()  # from when its turn counts
    begins = models.DateTimeField(null=True)  # of its booking
    only_window = models.CharField(max_length=8, default="")
    window = models.CharField(max_length=8, default="")
    clerk = models.UUIDField(null=True)
    called_at = models.DateTimeField(null=True)
    calls = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    booking = models.OneToOneField(BookingRow, null=True, on_delete=models.PROTECT)
    draft = models.UUIDField(null=True)
    submission = models.ForeignKey(SubmissionRow, null=True, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(CaseRow, null=True, on_delete=models.PROTECT, db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["centre", "day", "number"], name="ticket_number_once_a_day"),
            models.UniqueConstraint(
                fields=["clerk"], condition=Q(state="called"), name="one_ticket_in_a_clerks_hand"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["centre", "day", "line"], condition=Q(state="waiting"), name="tickets_waiting"
            ),
            models.Index(fields=["centre", "day", "-called_at"], name="tickets_called"),
            models.Index(fields=["draft"], condition=Q(draft__isnull=False), name="ticket_of_draft"),
            models.Index(
                fields=["submission"], condition=Q(submission__isnull=False), name="ticket_of_submission"
            ),
        ]


class TicketStepRow(models.Model):
    """What was done with a ticket: taken, called, called again, skipped, sent on, bound, finished."""

    ticket = models.ForeignKey(TicketRow, on_delete=models.PROTECT)
    action = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    window = models.CharField(max_length=8, default="")


class CounterRow(models.Model):
    """The last number given out of a row of numbers on a day."""

    key = models.CharField(primary_key=True, max_length=80)
    last = models.IntegerField()
