"""
The demo's provider: a ledger of its own in a file, and a page of ours on which nobody loses any money.

It stands outside in earnest: its ledger knows nothing of our tables, so that the two can be compared day by day.
Addresses and call-backs are signed, so that nobody pays or confirms an order that is not his.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yijianshi.domain.workdays import legal_day
from yijianshi.services.ports import Clock, NoticeForged, Paid, PaymentOrder, PaymentShare, Settled


class DemoPayment:
    """The Payment port for demo and tests, and the payer's page; it moves no money, so production refuses it."""

    is_demo = True
    takes_at_counter = True

    def __init__(self, ledger: Path, clock: Clock, *, secret: str) -> None:
        self._path, self._clock, self._secret = ledger, clock, secret.encode()

    def open(self, order: PaymentOrder) -> str:
        """Return the address of the demo payer's page, signed for this order and this sum."""
        with self._ledger() as kept:
            known = kept["orders"].setdefault(order.reference, _written(order))
        signature = self._sign(order.reference, known["fen"])
        return f"/demo-payer/{order.reference}?s={signature}"

    def state_of(self, reference: str) -> Paid | None:
        """Return what was paid under our reference."""
        with self._ledger() as kept:
            return _paid(reference, kept["orders"].get(reference))

    def close(self, reference: str) -> None:
        """Let nobody pay the order any more."""
        with self._ledger() as kept:
            if (known := kept["orders"].get(reference)) and not known.get("paid"):
                known["closed"] = True

    def take_at_counter(self, order: PaymentOrder, *, receipt: str, at: datetime) -> Paid:
        """Take the sum at the counter, in the demo's way: the receipt's number becomes the voucher's."""
        with self._ledger() as kept:
            known = kept["orders"].setdefault(order.reference, _written(order))
            known["closed"] = False
            self._settle(known, order.reference, receipt=receipt)
            return _certainly(_paid(order.reference, known))

    def reference_of(self, notice: bytes) -> str:
        """Return whose order a call-back is about."""
        try:
            said = json.loads(notice)
            reference, signature = str(said["reference"]), str(said["signature"])
        except (ValueError, KeyError, TypeError):
            raise NoticeForged from None
        self.asked(reference, signature)
        return reference

    def notice_of(self, reference: str) -> bytes:
        """Return the call-back that the provider sends once the order is paid."""
        with self._ledger() as kept:
            fen = kept["orders"][reference]["fen"]
        return json.dumps({"reference": reference, "signature": self._sign(reference, fen)}).encode()

    def refund(self, reference: str, *, of: str, fen: int) -> str:
        """Give back, in the demo's ledger only; the same reference gives back once."""
        with self._ledger() as kept:
            at = self._clock.now().isoformat()
            kept["refunds"].setdefault(reference, {"of": of, "fen": fen, "at": at})
        return f"DEMO-R-{reference[-12:].upper()}"

    def settlements(self, day: date) -> tuple[Settled, ...] | None:
        """Return what the demo's ledger has of a day."""
        with self._ledger() as kept:
            paid = [_paid(reference, one) for reference, one in kept["orders"].items()]
            refunds = list(kept["refunds"].items())
        found = [
            Settled(
                reference=one.reference, provider_reference=one.provider_reference, fen=one.fen, at=one.at
            )
            for one in paid
            if one is not None
        ]
        found += [
            Settled(
                reference=reference,
                provider_reference=f"DEMO-R-{reference[-12:].upper()}",
                fen=one["fen"],
                at=datetime.fromisoformat(one["at"]),
                is_refund=True,
            )
            for reference, one in refunds
        ]
        return tuple(one for one in found if legal_day(one.at) == day)

    def asked(self, reference: str, signature: str) -> PaymentOrder:
        """Return the order of the payer's page. :raises NoticeForged: if the signature is not that of the order."""
        with self._ledger() as kept:
            known = kept["orders"].get(reference)
        if known is None or not hmac.compare_digest(
            self._sign(reference, known["fen"]).encode(), signature.encode()
        ):
            raise NoticeForged
        shares = tuple(PaymentShare(**share) for share in known["shares"])
        return PaymentOrder(reference=reference, number=known["number"], shares=shares, back=known["back"])

    def pay(self, reference: str, signature: str) -> None:
        """Pay, in the demo's ledger only; an order that is closed or paid stays as it is."""
        self.asked(reference, signature)
        with self._ledger() as kept:
            self._settle(kept["orders"][reference], reference, receipt="")

    def _settle(self, known: dict[str, Any], reference: str, *, receipt: str) -> None:
        if known.get("paid") or known.get("closed"):
            return
        collectors = list(dict.fromkeys(share["collector"] for share in known["shares"]))
        number = f"DEMO-{reference[-12:].upper()}"
        vouchers = {one: receipt or f"{number}-{n:02d}" for n, one in enumerate(collectors, 1)}
        known["paid"] = {"number": number, "at": self._clock.now().isoformat(), "vouchers": vouchers}

    def _sign(self, reference: str, fen: int) -> str:
        return hmac.new(self._secret, f"{reference}:{fen}".encode(), hashlib.sha256).hexdigest()[:32]

    @contextmanager
    def _ledger(self) -> Iterator[dict[str, Any]]:
        """Hold the ledger for one process at a time; what is changed inside is written at the end."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            was = file.read()
            kept: dict[str, Any] = json.loads(was) if was else {"orders": {}, "refunds": {}}
            yield kept
            now = json.dumps(kept, ensure_ascii=False)
            if now != was:
                file.seek(0)
                file.write(now)
                file.truncate()


def _written(order: PaymentOrder) -> dict[str, Any]:
    shares = [
        {"collector": s.collector, "collector_name": s.collector_name, "subject": s.subject, "fen": s.fen}
        for s in order.shares
    ]
    return {"number": order.number, "fen": order.fen, "back": order.back, "shares": shares}


def _paid(reference: str, known: dict[str, Any] | None) -> Paid | None:
    if known is None or not known.get("paid"):
        return None
    paid = known["paid"]
    return Paid(
        reference=reference,
        provider_reference=paid["number"],
        fen=known["fen"],
        at=datetime.fromisoformat(paid["at"]),
        vouchers=paid["vouchers"],
    )


def _certainly(paid: Paid | None) -> Paid:
    assert paid is not None, "it has just been settled"
    return paid
