"""Protein: grams from kilograms, rounded to 5, and more only for who eats less than they burn."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.parsing.weight import LEAST_KG, MOST_KG, parse_weight, show_weight
from coach.profile import Units
from coach.protein import protein_range
from tests.support.vocabularies import ENGLISH


@pytest.mark.parametrize(
    ("kilograms", "grams"), [(68.0, (110, 150)), (72.5, (115, 160)), (45.0, (70, 100)), (100.0, (160, 220))]
)
def test_grams_a_day(kilograms: float, grams: tuple[int, int]) -> None:
    assert protein_range(kilograms) == grams


def test_150_pounds_go_through_kilograms() -> None:
    kilograms = parse_weight("150 lb", None, ENGLISH)
    assert show_weight(kilograms, Units.KILOGRAMS) == "68 kg"
    assert protein_range(kilograms) == (110, 150)


@settings(deadline=None)
@given(kilograms=st.floats(LEAST_KG, MOST_KG))
def test_the_range_is_rounded_ordered_and_rises_for_who_eats_less(kilograms: float) -> None:
    low, high = protein_range(kilograms)
    lowest, highest = protein_range(kilograms, eating_less=True)
    assert low % 5 == high % 5 == highest % 5 == 0
    assert low == lowest < high <= highest
    assert abs(low - 1.6 * kilograms) <= 2.5 + 1e-9
    assert abs(high - 2.2 * kilograms) <= 2.5 + 1e-9
    assert abs(highest - 2.4 * kilograms) <= 2.5 + 1e-9
