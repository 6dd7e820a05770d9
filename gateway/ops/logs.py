"""Log lines: one event, one line, for people or for programs; tokens redacted, texts of people left out.

What is logged beside the words of an event (`extra=`) is printed: ids, counts, kinds of errors.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final, Literal

from gateway.ops.redaction import RedactingFormatter

_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LEAST_LEVELS: Final = {
    "telegram": logging.INFO,
    "sqlalchemy": logging.WARNING,
    "aiohttp": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler.executors.default": logging.WARNING,
    "apscheduler.scheduler": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "markdown_it": logging.WARNING,
}
"""Levels of other libraries. Below these they log what people wrote, in messages, statements and parameters; Alembic,
APScheduler and the HTTP clients log every step and request, Markdown's parser thousands of lines."""
REPEAT_WINDOW_SECONDS: Final = 60.0  # seconds without a fault, after which it is told in full again
_REMEMBERED: Final = 100  # faults


class ConsoleFormatter(logging.Formatter):
    """Time, level, logger, event, then key=value; a traceback follows below."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Return the line of one event."""
        more = " ".join(f"{key}={_shown(value)}" for key, value in extras(record).items())
        line = super().formatMessage(record).replace("\n", "\\n")
        return f"{line} {more}" if more else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line, traceback and all."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of one event."""
        event: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        event |= {key: value for key, value in extras(record).items() if key not in event}
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False, default=str)


class DedupTracebackFormatter(logging.Formatter):
    """Wraps a formatter: a fault that goes on (the database is away) shows its traceback once, then takes a line."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner
        self._last: dict[tuple[object, ...], float] = {}  # when each fault was last told

    def format(self, record: logging.LogRecord) -> str:
        """Return the event, with its traceback where it is news."""
        if record.exc_info and record.exc_info[1] is not None and self._repeated(record, record.exc_info[1]):
            brief = {"error": type(record.exc_info[1]).__name__} | vars(record)
            record = logging.makeLogRecord(brief | {"exc_info": None, "exc_text": None})
        return self._inner.format(record)

    def _repeated(self, record: logging.LogRecord, error: BaseException) -> bool:
        where = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)][-1:]
        fault = (record.name, record.msg, type(error), *where)
        last = self._last.pop(fault, None)
        self._last[fault] = record.created  # the one told longest ago stands first
        if len(self._last) > _REMEMBERED:
            del self._last[next(iter(self._last))]
        return last is not None and record.created - last < REPEAT_WINDOW_SECONDS


def extras(record: logging.LogRecord) -> dict[str, Any]:
    """Return what was given with `extra=`."""
    return {key: value for key, value in vars(record).items() if key not in _STANDARD}


def configure_logging(level: str, form: Literal["console", "json"], *secrets: str) -> None:
    """Log to standard error from now on, everything redacted."""
    handler = logging.StreamHandler(sys.stderr)
    shown = DedupTracebackFormatter(JsonFormatter() if form == "json" else ConsoleFormatter())
    handler.setFormatter(RedactingFormatter(shown, secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in _LEAST_LEVELS.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def _shown(value: object) -> str:
    text = str(value)
    return text if text and not any(character.isspace() or character == '"' for character in text) else json.dumps(text)
