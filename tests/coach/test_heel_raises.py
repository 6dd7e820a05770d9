"""The heel-raise test: typical counts only where age and sex were said, its error, and when it waits."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.heel_raises import ERROR, TYPICAL, Decade, Sex, band, is_noise, is_offered, typical

TODAY = date(2026, 3, 2)


def test_every_age_and_sex_has_its_typical_count() -> None:
    for sex in (Sex.MALE, Sex.FEMALE):
        counts = list(TYPICAL[sex].values())
        assert counts == [typical(decade, sex) for decade in Decade if decade is not Decade.UNSAID]
        assert counts == sorted(counts, reverse=True), "it falls with age"
    assert typical("40", "female") == 24
    assert TYPICAL[Sex.FEMALE][Decade.SEVENTIES] > TYPICAL[Sex.MALE][Decade.SEVENTIES]


@pytest.mark.parametrize(
    ("decade", "sex"), [(None, None), ("40", None), (None, "male"), ("unsaid", "male"), ("40", "unsaid"), ("x", "y")]
)
def test_unasked_or_unsaid_there_is_none(decade: str | None, sex: str | None) -> None:
    assert typical(decade, sex) is None


@given(st.integers(0, 100))
def test_the_band_is_the_error_either_way(count: int) -> None:
    low, high = band(count)
    assert 0 <= low <= count < high == count + ERROR
    assert all(is_noise(other - count) for other in range(low, high + 1))
    assert not is_noise(high + 1 - count)


def test_the_test_waits_a_week_after_pain_unless_it_has_gone() -> None:
    def ago(*said: tuple[int, int]) -> list[tuple[date, int]]:
        return [(TODAY - timedelta(days=days), pain) for days, pain in said]

    assert is_offered([], TODAY)
    assert is_offered(ago((0, 2)), TODAY)
    assert not is_offered(ago((0, 3)), TODAY)
    assert not is_offered(ago((7, 5)), TODAY)
    assert is_offered(ago((8, 5)), TODAY)
    assert is_offered(ago((1, 1), (2, 6)), TODAY)
