"""
What the doors for people need beside the cases: chosen settings, links to go on elsewhere, portals, what is to be sent.

Personal words are sealed; links and tickets are kept only as hashes, so that nobody who reads the table can use one.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Account, Party
from ..drafts.models import DraftRow
from ..keys import new_id
from ..letters.models import MessageRow
from ..submissions.models import SubmissionRow


class SettingsRow(models.Model):
    """How an account wants the pages and the messages: large letters, region, ways of telling, quiet hours."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True)
    elder = models.BooleanField(null=True)
    division = models.CharField(max_length=6, default="")
    ways = models.JSONField(null=True)  # kind of message -> ways; null: as usual
    quiet_begins = models.TimeField(null=True)
    quiet_ends = models.TimeField(null=True)
    mail_sealed = models.BinaryField(default=b"")
    app_sealed = models.BinaryField(default=b"")  # by what the app knows him; empty: not subscribed


class CarryOnRow(models.Model):
    """A one-time link by which somebody goes on with his draft on another device; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class PortalRow(models.Model):
    """An existing portal that brings people here and is told how it goes (接入门户)."""

    code = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=100)
    origin = models.CharField(max_length=200)  # scheme and host from which tickets come
    receiver = models.CharField(max_length=300, default="")  # where the word back goes; empty: nowhere
    highest_level = models.CharField(max_length=8)
    secret_sealed = models.BinaryField()
    since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class TicketRow(models.Model):
    """That a ticket was used, so that it cannot be used again; forgotten once it would have expired anyway."""

    portal = models.ForeignKey(PortalRow, on_delete=models.CASCADE, db_index=False)
    ticket = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["portal", "ticket"], name="ticket_once")]


class BroughtRow(models.Model):
    """Which portal brought the person who began a draft; its submission is what the portal hears about."""

    draft = models.OneToOneField(DraftRow, on_delete=models.CASCADE, primary_key=True)
    portal = models.ForeignKey(PortalRow, on_delete=models.CASCADE)


class PushRow(models.Model):
    """One word back to a portal: that a step changed how something stands; once for each step."""

    step = models.UUIDField(primary_key=True)
    portal = models.ForeignKey(PortalRow, on_delete=models.CASCADE)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.CASCADE)
    content = models.JSONField()  # number, state word, address; nothing personal
    attempts = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    dead = models.BooleanField(default=False)
    last_error = models.CharField(max_length=200, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["not_before"], condition=Q(told_at=None, dead=False), name="pushes_to_do")
        ]


class SendingRow(models.Model):
    """One message on its way to somebody outside the platform: by which way now, and which are left."""

    message = models.OneToOneField(MessageRow, on_delete=models.CASCADE, primary_key=True)
    ways = models.JSONField()  # still to be tried, the present one first
    # waiting | sent | delivered | failed | unsaid: nobody told how it arrived
    state = models.CharField(max_length=10, default="waiting")
    reference = models.CharField(max_length=64, default="")  # of the one who carries it
    attempts = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tried = models.JSONField(default=list)  # [way, how it ended]

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["not_before"], condition=Q(state__in=("waiting", "sent")), name="sendings_to_do"
            )
        ]


class OwnCopyRow(models.Model):
    """A copy of everything that is kept about a party, made at its request and gone after some days."""

    id = models.UUIDField(primary_key=True, default=new_id)
    party = models.ForeignKey(Party, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(default=b"")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(made_at=None), name="own_copies_to_make")
        ]


class DataRequestRow(models.Model):
    """A request to put right what is kept about a party (更正请求), and its answer."""

    id = models.UUIDField(primary_key=True, default=new_id)
    party = models.ForeignKey(Party, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    division = models.CharField(max_length=6)
    about = models.CharField(max_length=40)
    words_sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    provisional = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=12, default="")
    answer_sealed = models.BinaryField(default=b"")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["division", "answer_by"], condition=Q(answered_at=None), name="data_requests"
            )
        ]


class TerminalRow(models.Model):
    """A machine in a hall at which people help themselves (自助终端)."""

    code = models.SlugField(primary_key=True, max_length=32)
    name = models.CharField(max_length=100)
    division = models.CharField(max_length=6)
    idle_seconds = models.SmallIntegerField(default=120)
    closed_at = models.DateTimeField(null=True)
