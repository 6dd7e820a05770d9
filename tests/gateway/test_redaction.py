"""Tokens stay out of logs, however they got in."""

from __future__ import annotations

import io
import logging

import pytest

from gateway.ops.redaction import RedactingFormatter, redact

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_12345"


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"token={TOKEN}",
        f"Bot[token={TOKEN}]",
        "http://127.0.0.1:8080/bot1:local/getMe",
        f"https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/getMe",
    ],
)
def test_a_token_is_taken_out_of_any_text(text: str) -> None:
    hidden = redact(text)
    assert TOKEN.partition(":")[2] not in hidden
    assert "local" not in hidden
    assert "[token]" in hidden


@pytest.mark.parametrize("text", ["at 07:00", "ratio 12:34", "rows 5:6:7", "2026-03-04 12:00:00,123 INFO gateway: x"])
def test_other_text_is_left_alone(text: str) -> None:
    assert redact(text) == text


def test_messages_arguments_and_tracebacks_are_redacted() -> None:
    written = io.StringIO()
    logger = logging.Logger("a")
    handler = logging.StreamHandler(written)
    handler.setFormatter(RedactingFormatter(logging.Formatter(), ("hidden-secret",)))
    logger.addHandler(handler)
    try:
        raise ValueError(f"cannot reach /bot{TOKEN}/getMe with hidden-secret")
    except ValueError:
        logger.exception("failed for %s", TOKEN)
    assert "ValueError" in written.getvalue()
    assert TOKEN.partition(":")[2] not in written.getvalue()
    assert "hidden-secret" not in written.getvalue()
