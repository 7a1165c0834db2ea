"""What is written to the log: what happened, when, and the ids of things; never names, numbers or what people wrote."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

_PLAIN = {
    "event",
    "level",
    "timestamp",
    "logger",
    "method",
    "path",
    "status",
    "kind",
    "action",
    "state",
    "exception",
}
_ENDINGS = ("_id", "_ids", "_ms", "_seconds", "_count", "_code", "_digest", "_key")


def only_ids(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every value whose name does not promise an id, a count, a code or a duration, and say what was dropped."""
    allowed = {key: value for key, value in entry.items() if _may_be_written(key)}
    withheld = sorted(set(entry) - set(allowed))
    return {**allowed, **({"withheld": withheld} if withheld else {})}


def frames_only(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Write of an exception its kind and where it arose; its message may quote what a person wrote."""
    reason = entry.pop("exc_info", None)
    if reason is True:
        reason = sys.exc_info()
    error = reason[1] if isinstance(reason, tuple) else reason
    if isinstance(error, BaseException):
        entry["exception"] = "\n".join(_lines(error))
    return entry


def _may_be_written(key: str) -> bool:
    return key in _PLAIN or key == "id" or key.startswith("_") or key.endswith(_ENDINGS)


def _lines(error: BaseException) -> "list[str]":
    lines = []
    if error.__cause__ is not None:
        lines += [*_lines(error.__cause__), "— caused —"]
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*lines, f"{type(error).__module__}.{type(error).__qualname__}"]


class _FromStandardLibrary(structlog.stdlib.ProcessorFormatter):
    """Formats entries of libraries; of their messages only the template is kept, the values may be personal."""

    def format(self, record: logging.LogRecord) -> str:
        if not isinstance(record.msg, dict):
            record = logging.makeLogRecord({**record.__dict__, "args": ()})
            record.msg = _template(record)
            record.stack_info = None
        return super().format(record)


def _template(record: logging.LogRecord) -> str:
    """Return what a library meant to say, without the values; of a request its method, status and route."""
    request = getattr(record, "request", None)
    if request is None:
        return str(record.msg)
    route = getattr(getattr(request, "resolver_match", None), "route", None) or "(no such page)"
    return f"{getattr(record, 'status_code', '')} {getattr(request, 'method', '')} {route}".strip()


def logging_settings(*, as_json: bool, level: str = "INFO") -> dict[str, Any]:
    """Return the LOGGING of Django, and make structlog write through it."""
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "journal": {
                "()": _FromStandardLibrary,
                "foreign_pre_chain": before,
                "processors": [
                    frames_only,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    only_ids,
                    last,
                ],
            }
        },
        "handlers": {"journal": {"class": "logging.StreamHandler", "formatter": "journal"}},
        "root": {"handlers": ["journal"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "fontTools": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},  # it would write every address down
            "httpcore": {"level": "WARNING"},
        },
    }
