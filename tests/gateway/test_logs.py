"""One event, one line: with what was given beside its words, for people and for programs."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest

from gateway.logs import ConsoleFormatter, JsonFormatter


def logged(formatter: logging.Formatter) -> tuple[logging.Logger, io.StringIO]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    logger = logging.Logger("gateway.test")
    logger.addHandler(handler)
    return logger, written


@pytest.mark.parametrize("formatter", [ConsoleFormatter(), JsonFormatter()])
def test_an_event_is_a_line_whatever_stands_in_it(formatter: logging.Formatter) -> None:
    logger, written = logged(formatter)
    logger.info("two\nlines of %s", "a\nthing", extra={"note": "in\ntwo", "row": 7})
    assert len(written.getvalue().splitlines()) == 1


def test_the_console_shows_what_was_given_beside_the_words() -> None:
    logger, written = logged(ConsoleFormatter())
    logger.warning("a message cannot be sent", extra={"row": 7, "error": 'a "b" c', "none": ""})
    assert written.getvalue().endswith(
        'WARNING gateway.test: a message cannot be sent row=7 error="a \\"b\\" c" none=""\n'
    )


def test_json_holds_it_all_the_traceback_too() -> None:
    logger, written = logged(JsonFormatter())
    try:
        raise ValueError("no")
    except ValueError:
        logger.exception("failed", extra={"row": 7, "level": "mine"}, exc_info=sys.exc_info())
    event = json.loads(written.getvalue())
    assert event["event"] == "failed"
    assert event["level"] == "ERROR", "what is given cannot overwrite what is ours"
    assert event["row"] == 7
    assert event["traceback"].endswith("ValueError: no")
