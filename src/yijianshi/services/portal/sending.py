"""
Send messages out (发出消息): by the way that somebody chose, by the next if it fails, and not while he sleeps.

What is kept of it is by which way, when and how it ended; addresses and words are put together only while it goes out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from yijianshi.domain.messages import Way, may_go_at, ways_for
from yijianshi.store.accounts.models import Account
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.portal.models import SendingRow

from ..carriers import CarrierFailed, Sending
from ..contents import open_text
from ..outside import outside
from .settings import Settings, settings_of

TRIES_BY_ONE_WAY = 3
#: After so many failures a round ends, so that a gateway that is away does not hold up what else the worker has to do.
MOST_FAILURES = 3
_PAUSE, _RECEIPT_AFTER, _RECEIPTS_FOR = timedelta(minutes=2), timedelta(minutes=5), timedelta(hours=24)
_log = structlog.get_logger("sending")


def queue(accounts: Iterable[UUID], *, once: str, at: datetime) -> int:
    """Lay what was just told inside the platform aside to be sent out; return how many there are to send."""
    carriers = outside().carriers
    if not carriers:
        return 0
    queued = []
    rows = MessageRow.objects.filter(account__in=list(accounts), once=once, sendingrow=None)
    for row in rows:
        settings = settings_of(row.account_id)
        ways = ways_for(
            row.key, settings.telling, reachable=_addresses(row.account_id, settings).keys() & carriers
        )
        if ways:
            not_before = may_go_at(row.key, settings.telling, at)
            queued.append(
                SendingRow(message_id=row.id, ways=[str(way) for way in ways], not_before=not_before)
            )
    SendingRow.objects.bulk_create(queued, ignore_conflicts=True)
    return len(queued)


def send_out(*, at: datetime, most: int = 100) -> int:
    """Send what is due, and ask how what was sent arrived; return how many were touched."""
    if not outside().carriers:
        return 0
    touched = failures = 0
    while touched < most and failures < MOST_FAILURES:
        with transaction.atomic():
            rows = SendingRow.objects.select_for_update(skip_locked=True, of=("self",))
            row = (
                rows.filter(state__in=("waiting", "sent"), not_before__lte=at)
                .select_related("message")
                .order_by("not_before")
                .first()
            )
            if row is None:
                break
            if row.state == "sent":
                _ask(row, at)
            elif not _send(row, at):
                failures += 1
            row.save()
            touched += 1
    return touched


def _send(row: SendingRow, at: datetime) -> bool:
    """Hand a message to whoever carries it; return whether the carrier answered as it should."""
    message, settings = row.message, settings_of(row.message.account_id)
    allowed = may_go_at(message.key, settings.telling, at)
    if allowed > at:
        row.not_before = allowed
        return True
    way = Way(row.ways[0])
    carrier, to = outside().carriers.get(way), _addresses(message.account_id, settings).get(way, "")
    if carrier is None or not to:
        _next_way(row, "没有地址", at)
        return True
    sending = Sending(
        to=to, key=message.key, values=message.values, link=message.link, reference=f"{message.id.hex}-{way}"
    )
    try:
        row.reference = carrier.carry(sending)[:64]
    except CarrierFailed as failed:
        row.attempts += 1
        if failed.for_good or row.attempts >= TRIES_BY_ONE_WAY:
            _next_way(row, str(failed), at)
        else:
            row.not_before = at + _PAUSE * row.attempts
        return failed.for_good
    row.state, row.sent_at, row.not_before = "sent", at, at + _RECEIPT_AFTER
    return True


def _ask(row: SendingRow, at: datetime) -> None:
    """Ask whether it arrived; what did not arrive goes by the next way, what nobody says anything of is left at last."""
    carrier = outside().carriers.get(Way(row.ways[0]))
    arrived = carrier.receipts([row.reference]).get(row.reference) if carrier else None
    if arrived:
        row.state, row.tried = "delivered", [*row.tried, [row.ways[0], "送达"]]
    elif arrived is False:
        _next_way(row, "没有送达", at)
    elif row.sent_at and at - row.sent_at >= _RECEIPTS_FOR:
        row.state, row.tried = "unsaid", [*row.tried, [row.ways[0], "没有回执"]]
    else:
        row.not_before = at + _RECEIPT_AFTER


def _next_way(row: SendingRow, why: str, at: datetime) -> None:
    row.tried = [*row.tried, [row.ways[0], why[:60]]]
    row.ways, row.attempts, row.reference, row.not_before = row.ways[1:], 0, "", at
    row.state = "waiting" if row.ways else "failed"
    if not row.ways:
        _log.warning("message_not_sent", message=str(row.message_id))


def _addresses(account: UUID, settings: Settings) -> dict[Way, str]:
    """Return by which ways somebody can be reached, and where."""
    sealed = Account.objects.filter(pk=account).values_list("party__phone_sealed", flat=True).first()
    found = {
        Way.APP: settings.app,
        Way.SMS: open_text(sealed, purpose="phone") if sealed else "",
        Way.MAIL: settings.mail,
    }
    return {way: to for way, to in found.items() if to}
