"""
A booking as a file for the calendar of one's own telephone (日历文件).

Basis: RFC 5545 (iCalendar). The same event keeps its number; each change raises its sequence, and a cancellation is the
same event once more, so that a calendar takes it away by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_LONGEST_LINE = 75  # octets, without the end of the line
_PRODUCT = "-//yijianshi//booking//ZH"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event: who numbers it, which change of it this is, when and where, what one should know."""

    uid: str
    sequence: int
    written_at: datetime
    begins: datetime
    ends: datetime
    summary: str
    location: str
    description: str
    url: str = ""
    east: float | None = None
    north: float | None = None
    is_cancelled: bool = False
    remind_before: timedelta | None = timedelta(hours=2)


def calendar_file(event: CalendarEvent) -> str:
    """Return the text of the file, lines folded and ended as the standard asks."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(event))


def _lines(event: CalendarEvent) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{_PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield f"METHOD:{'CANCEL' if event.is_cancelled else 'PUBLISH'}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_instant(event.written_at)}"
    yield f"DTSTART:{_instant(event.begins)}"
    yield f"DTEND:{_instant(event.ends)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"LOCATION:{_escaped(event.location)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
    if event.east is not None and event.north is not None:
        yield f"GEO:{event.north:.5f};{event.east:.5f}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:OPAQUE"
    if event.remind_before is not None and not event.is_cancelled:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(event.summary)}"
        yield f"TRIGGER:-PT{int(event.remind_before.total_seconds()) // 60}M"
        yield "END:VALARM"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line after at most 75 octets, never within a character."""
    pieces, piece, size = list[str](), "", 0
    for sign in line:
        wide = len(sign.encode())
        if size + wide > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = "", 1  # the blank at the beginning of the next line
        piece, size = piece + sign, size + wide
    return "\r\n ".join([*pieces, piece])
