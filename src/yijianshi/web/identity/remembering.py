"""What is remembered between going to a provider and coming back: in the reader's own session, for a quarter of an hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

HOLDS = timedelta(minutes=15)
#: Several pages may be open at once.
MOST = 5
_KEY = "going_to_provider"


@dataclass(frozen=True, slots=True)
class Remembered:
    """One way to a provider: with which question, and what for."""

    provider: str
    asked: Mapping[str, str]
    wanted: str  # the page to go on to
    account: str  # whose step-up it is; nothing for a sign-in
    level: int


def remember(request: HttpRequest, going: Remembered, *, at: datetime) -> None:
    """Remember where the reader goes, under the state that the provider will bring back."""
    kept = _open_ones(request, at=at)
    kept = kept[1 - MOST :] if len(kept) >= MOST else kept
    kept.append(
        {
            "provider": going.provider,
            "asked": dict(going.asked),
            "wanted": going.wanted,
            "account": going.account,
            "level": going.level,
            "until": (at + HOLDS).timestamp(),
        }
    )
    request.session[_KEY] = kept


def recall(request: HttpRequest, provider: str, *, state: str, at: datetime) -> Remembered | None:
    """
    Return what was remembered under a state, and forget it: whatever comes of it, it answers once.

    Nobody can come back to a sign-in that this very browser has not begun.
    """
    kept = _open_ones(request, at=at)
    found = next(
        (one for one in kept if one["provider"] == provider and one["asked"].get("state") == state), None
    )
    request.session[_KEY] = [one for one in kept if one is not found]
    if found is None:
        return None
    return Remembered(provider, found["asked"], found["wanted"], found["account"], found["level"])


def own_page(request: HttpRequest, address: str) -> str:
    """Return an address if it is a page of ours to which one may be led, else nothing."""
    here = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if here and len(address) <= 2000 else ""


def _open_ones(request: HttpRequest, *, at: datetime) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = request.session.get(_KEY, [])
    return [one for one in kept if one["until"] > at.timestamp()]
