"""Reports on standard error, and exit codes."""

import sys
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from content.library import ContentProblems
from db import migrate
from gateway.errors import AnotherCopy, TokenRefused, WebhookRefused
from gateway.ops import logs
from settings import Settings

OK, FAULTY, REFUSED, ANOTHER = 0, 1, 2, 3
EXPLAINED: Final = (
    ContentProblems,
    migrate.SchemaTooNew,
    SQLAlchemyError,
    OSError,
    TokenRefused,
    AnotherCopy,
    WebhookRefused,
)
"""Errors that `explain` turns into a sentence."""


def complain(*lines: str, code: int = FAULTY) -> int:
    """Print lines on standard error and return the exit code."""
    for line in lines:
        print(line, file=sys.stderr)
    return code


def explain(error: Exception) -> int:
    """Say what is wrong in a sentence that helps; the traceback would not."""
    lines, code = [f"The database cannot be used: {getattr(error, 'orig', None) or type(error).__name__}"], FAULTY
    match error:
        case ContentProblems():
            lines = [str(fault) for fault in error.faults]
        case migrate.SchemaTooNew():
            lines = ["The database was written by a newer version. Update the code, or restore a backup."]
        case TokenRefused():
            lines, code = ["Telegram refused BOT_TOKEN. Ask @BotFather for the current one (/token)."], REFUSED
        case AnotherCopy():
            lines, code = ["Telegram says: another copy is running with this token. Stop that one first."], ANOTHER
        case WebhookRefused():
            lines = [f"Telegram does not take WEBHOOK_URL: {error}"]
        case OSError():
            lines = [f"A file or an address cannot be used: {error}"]
    return complain(*lines, code=code)


def log_to_stderr(settings: Settings, *more_secrets: str) -> None:
    """Log to standard error; none of these secrets is ever shown."""
    secrets = [secret.get_secret_value() for secret in (settings.bot_token, settings.webhook_secret) if secret]
    logs.configure_logging(settings.log_level, settings.log_format, *secrets, *more_secrets)
