"""Days of the week as people list them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.parsing.vocabulary import DayWords
from coach.parsing.weekdays import EVERY_DAY, between, parse_days
from coach.user_errors import DaysNotUnderstood

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORDS = DayWords(
    one={word: day for day, name in enumerate(NAMES, 1) for word in (name, name[:3], f"{name}s")},
    several={"weekdays": frozenset({1, 2, 3, 4, 5}), "weekends": frozenset({6, 7})},
    every=frozenset({"every", "any", "all"}),
    through=frozenset({"to", "through"}),
    but=frozenset({"but", "except", "not", "no", "can't"}),
)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon Wed Sat", "136"),
        ("Monday to Friday", "12345"),
        ("Mon-Fri", "12345"),
        ("Mon – Wed and Sun", "1237"),
        ("Mon-Wed, Fri-Sat", "12356"),
        ("Friday through Monday", "1567"),
        ("weekdays and Sun", "123457"),
        ("weekdays - Sunday", "123457"),
        ("- Mon\n- Wed\n- Fri", "135"),
        ("any", "1234567"),
        ("every day", "1234567"),
        ("every Monday", "1"),
        ("no wishes, any day", "1234567"),
        ("every day except Sunday", "123456"),
        ("any day but not Mon-Tue", "34567"),
        ("weekdays but not Wednesday", "1245"),
        ("all days, not Sunday please", "123456"),
        ("I can’t on Mondays and Fridays", "23467"),
        ("no Sundays", "123456"),
    ],
)
def test_what_is_listed(text: str, days: str) -> None:
    assert parse_days(text, WORDS) == frozenset(map(int, days))


@pytest.mark.parametrize(
    "text",
    ["", "purple", "no", "-5", "Mon - Wed - Fri", "not Monday but Tuesday", "Mondays but also Fridays", "not every day",
     "Monday but not Monday", "every day except every day"],
)  # fmt: skip
def test_what_lists_no_days_or_can_be_read_in_two_ways(text: str) -> None:
    with pytest.raises(DaysNotUnderstood):
        parse_days(text, WORDS)


@given(st.lists(st.sampled_from([*WORDS.one, *WORDS.several, *WORDS.every, *WORDS.but, "to", "-", ",", "and", "x"])))
def test_whatever_is_written_is_some_days_or_a_mistake(words: list[str]) -> None:
    try:
        days = parse_days(" ".join(words), WORDS)
    except DaysNotUnderstood:
        return
    assert days
    assert days <= EVERY_DAY


@given(st.integers(1, 7), st.integers(1, 7))
def test_a_range_has_both_its_ends(first: int, last: int) -> None:
    assert {first, last} <= between(first, last)
    assert len(between(first, last)) == (last - first) % 7 + 1
