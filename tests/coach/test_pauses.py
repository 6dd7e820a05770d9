"""Lengths of pauses, as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.parsing.pause_end import MAX_PAUSE_DAYS, parse_pause, parse_until
from coach.planning.inputs import PauseReason
from coach.user_errors import PauseNotUnderstood, PauseOver, PauseTooLong
from tests.support.vocabularies import ENGLISH

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("10", date(2026, 3, 12)),
        ("3 days", date(2026, 3, 5)),
        ("for a week", date(2026, 3, 9)),
        ("two weeks", date(2026, 3, 16)),
        ("1 month", date(2026, 4, 1)),
        ("until 12 March", date(2026, 3, 12)),
        ("until the 12th of March", date(2026, 3, 12)),
        ("until March 12", date(2026, 3, 12)),
        ("until 31 Dec", date(2026, 12, 31)),
        ("until 12 September", date(2026, 9, 12)),
        ("until sept 12", date(2026, 9, 12)),
        ("eight days", date(2026, 3, 10)),
        ("until 1 Mar 2027", date(2027, 3, 1)),
        ("12.3.", date(2026, 3, 12)),
        ("3/31", date(2026, 3, 31)),
        ("2026-04-01", date(2026, 4, 1)),
        ("until the 1st", date(2026, 4, 1)),
        ("till Friday", date(2026, 3, 6)),
        ("until monday", date(2026, 3, 9)),
        ("tomorrow", date(2026, 3, 3)),
        ("١٠", date(2026, 3, 12)),
    ],
)
def test_until_when(text: str, until: date) -> None:
    assert parse_pause(text, MONDAY, ENGLISH).until == until
    assert parse_until(text, MONDAY, ENGLISH) == until


@pytest.mark.parametrize(
    ("text", "reason", "until"),
    [
        ("I'm sick", PauseReason.SICK, None),
        ("injured", PauseReason.INJURED, None),
        ("on holiday for two weeks", PauseReason.TRAVEL, date(2026, 3, 16)),
        ("sick until friday", PauseReason.SICK, date(2026, 3, 6)),
        ("5", PauseReason.OTHER, date(2026, 3, 7)),
    ],
)
def test_why(text: str, reason: PauseReason, until: date | None) -> None:
    found = parse_pause(text, MONDAY, ENGLISH)
    assert (found.reason, found.until) == (reason, until)


@pytest.mark.parametrize(
    "text", ["", "purple", "0", "-3", "31.2.", "until may", "yesterday", "12 foobar", "99999999", "until", "🦵" * 200]
)
def test_what_is_no_pause(text: str) -> None:
    with pytest.raises(PauseNotUnderstood):
        parse_pause(text, MONDAY, ENGLISH)


@pytest.mark.parametrize("text", ["until 2 March", "1.3.", "until 5 Jan", "2026-03-02", "1 March 2025"])
def test_what_is_today_or_past(text: str) -> None:
    for parse in (parse_pause, parse_until):
        with pytest.raises(PauseOver):
            parse(text, MONDAY, ENGLISH)


def test_last_year_s_december_is_past_in_january() -> None:
    with pytest.raises(PauseOver):
        parse_until("28 Dec", date(2027, 1, 2), ENGLISH)
    assert parse_until("29 Feb", date(2027, 3, 2), ENGLISH) == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["400", "60 weeks", "1 May 2028"])
def test_what_is_too_long(text: str) -> None:
    with pytest.raises(PauseTooLong) as caught:
        parse_pause(text, MONDAY, ENGLISH)
    assert caught.value.values == {"most": MAX_PAUSE_DAYS}


@given(st.text(max_size=40), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_whatever_is_written_is_a_day_to_come_or_a_mistake(text: str, today: date) -> None:
    try:
        until = parse_pause(text, today, ENGLISH).until
    except (PauseNotUnderstood, PauseOver, PauseTooLong):
        return
    assert until is None or 0 < (until - today).days <= MAX_PAUSE_DAYS
