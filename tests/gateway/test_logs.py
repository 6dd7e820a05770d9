"""One event, one line: with what was given beside its words, for people and for programs."""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Literal

import pytest

from gateway.ops import logs
from gateway.ops.logs import REPEAT_WINDOW_SECONDS, ConsoleFormatter, DedupTracebackFormatter, JsonFormatter


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


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_fault_that_goes_on_shows_its_traceback_once(form: Literal["console", "json"]) -> None:
    formatter, now = DedupTracebackFormatter(JsonFormatter() if form == "json" else ConsoleFormatter()), 0.0

    def fail(error: Exception, seconds: float) -> str:
        nonlocal now
        now += seconds
        try:
            raise error
        except type(error):
            caught = {"created": now, "msg": "the database does not answer", "exc_info": sys.exc_info(), "update_id": 7}
        return formatter.format(logging.makeLogRecord(caught))

    assert "Traceback" in fail(OSError("away"), 0)
    for _ in range(100):
        again = fail(OSError("away"), 50)
        assert "Traceback" not in again
        assert len(again.splitlines()) == 1
        assert "OSError" in again
        assert "update_id" in again
    assert "Traceback" in fail(ValueError("something else"), 0)
    assert "Traceback" in fail(OSError("away again"), REPEAT_WINDOW_SECONDS + 1)


def test_a_start_does_not_tell_of_every_look_at_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    root, alembic = logging.getLogger(), logging.getLogger("alembic")
    handlers, filters, levels = root.handlers[:], root.filters[:], (root.level, alembic.level)
    try:
        logs.configure_logging("DEBUG", "console")
        logging.getLogger("alembic.runtime.migration").info("Context impl")
        logging.getLogger("markdown_it.rules_block.code").debug("entering code")
        logging.getLogger("alembic.runtime.migration").warning("something odd")
    finally:
        root.handlers[:], root.filters[:] = handlers, filters
        root.setLevel(levels[0])
        alembic.setLevel(levels[1])
    said = capsys.readouterr().err
    assert "something odd" in said
    assert "Context impl" not in said
    assert "entering code" not in said
