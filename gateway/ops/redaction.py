"""Bot tokens never reach a log: not in messages, arguments, tracebacks or another library's lines."""

import logging
import re
from typing import Final

# A token is the bot's number, a colon and 35 characters. Shorter ones are caught too: test servers use them.
_TOKEN: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:bot)?[0-9]+:[A-Za-z0-9_-]{20,}|(?<=/bot)[0-9]+(?::|%3A)[A-Za-z0-9_-]+", re.I
)
HIDDEN: Final = "[token]"


def redact(text: str, *secrets: str) -> str:
    """Return `text` without anything that looks like a bot token, and without the given secrets."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, HIDDEN)
    return _TOKEN.sub(HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Wraps a formatter and redacts the finished line, traceback and all: nothing can be formatted past it."""

    def __init__(self, inner: logging.Formatter, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return the formatted, redacted line."""
        return redact(self._inner.format(record), *self._secrets)
