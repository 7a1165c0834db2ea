"""
Who carries messages out: in the demo a file that everybody can read, elsewhere a gateway over HTTPS.

A text message is a template that the network operator has approved under a code, and values that are no personal data.
"""

import fcntl
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import httpx

from yijianshi.domain.messages import Way
from yijianshi.services.carriers import CarrierFailed, Sending, SentSeen
from yijianshi.services.ports import Clock

from .templates import TemplateUnknown, ValueUnfit, heading, render

#: A made-up number that never answers, so that the demo shows what happens then.
UNREACHABLE = "0000"
_PATIENCE = 5.0  # seconds


def code_of(key: str) -> str:
    """Return the code under which the words of a message are approved as a text message."""
    return "YJS_" + key.upper().replace(".", "_")


class DemoCarrier:
    """Carries nothing: each message is one line of a file, with the address masked."""

    is_demo = True

    def __init__(self, path: Path, clock: Clock, *, way: Way) -> None:
        self._path, self._clock, self._way = path, clock, way

    def carry(self, sending: Sending) -> str:
        """Write the message down. :raises CarrierFailed: if its words are not approved."""
        text = _words(sending)
        line = {
            "at": self._clock.now().isoformat(),
            "way": str(self._way),
            "to": _masked(sending.to, self._way),
            "code": code_of(sending.key),
            "text": text if self._way is Way.SMS else f"{heading(sending.key, sending.values)}：{text}",
            "link": "" if self._way is Way.SMS else sending.link,
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        arrives = "no" if self._way is Way.SMS and sending.to.endswith(UNREACHABLE) else "yes"
        return f"{arrives}-{sending.reference}"[:64]

    def receipts(self, references: Sequence[str]) -> Mapping[str, bool]:
        """Return that everything arrived, but for the number that never answers."""
        return {reference: reference.startswith("yes-") for reference in references}

    def sent(self, *, most: int) -> tuple[SentSeen, ...]:
        """Return what was written by any way, newest first."""
        if not self._path.exists():
            return ()
        lines = self._path.read_text(encoding="utf-8").splitlines()[-most:]
        read = [json.loads(line) for line in reversed(lines) if line]
        return tuple(SentSeen(**one | {"at": datetime.fromisoformat(one["at"])}) for one in read)


class HttpCarrier:
    """A gateway of the operator's own: one signed request for each message, one for receipts (README.md says how)."""

    def __init__(
        self, address: str, secret: str, *, way: Way, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._secret, self._way = secret.encode(), way
        self._client = httpx.Client(
            base_url=address, timeout=_PATIENCE, transport=transport, follow_redirects=False
        )

    def carry(self, sending: Sending) -> str:
        """Hand the message over. :raises CarrierFailed: if the gateway does not take it."""
        body: dict[str, object] = {
            "way": str(self._way),
            "reference": sending.reference,
            "to": sending.to,
            "template": code_of(sending.key),
            "values": dict(sending.values),
        }
        text = _words(sending)
        if self._way is not Way.SMS:  # a text message is its approved template and nothing else
            body |= {"heading": heading(sending.key, sending.values), "text": text, "link": sending.link}
        answer = self._post("/messages", body)
        return str(answer.get("reference") or sending.reference)

    def receipts(self, references: Sequence[str]) -> Mapping[str, bool]:
        """Return what the gateway knows; nothing while it does not answer."""
        try:
            told = self._post("/receipts", {"references": list(references)})
        except CarrierFailed:
            return {}
        return {key: state == "delivered" for key, state in told.items() if state in ("delivered", "failed")}

    def _post(self, path: str, body: Mapping[str, object]) -> dict[str, object]:
        content = json.dumps(body, ensure_ascii=False).encode()
        signature = hmac.new(self._secret, content, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Yijianshi-Signature": f"sha256={signature}"}
        try:
            answer = self._client.post(path, content=content, headers=headers)
        except httpx.HTTPError as away:
            raise CarrierFailed(f"消息网关连不上（{type(away).__name__}）") from away
        if not answer.is_success:  # a redirect has taken nothing either
            for_good = 400 <= answer.status_code < 500 and answer.status_code not in (408, 429)
            raise CarrierFailed(f"消息网关没有收（{answer.status_code}）", for_good=for_good)
        try:
            told = answer.json()
        except ValueError:  # it was taken, and the gateway says no more about it
            return {}
        return told if isinstance(told, dict) else {}


def _words(sending: Sending) -> str:
    try:
        return render(sending.key, sending.values)
    except (TemplateUnknown, ValueUnfit) as unfit:
        raise CarrierFailed(str(unfit), for_good=True) from unfit


def _masked(to: str, way: Way) -> str:
    if way is Way.SMS:
        return f"{to[:3]}****{to[-4:]}"
    if way is Way.MAIL:
        name, _, host = to.partition("@")
        return f"{name[:1]}***@{host}"
    return f"{to[:4]}…"
