"""Weights and girths: what a person writes is read rightly or refused kindly; what is shown can be typed back."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.parsing.girth import LEAST_CM, MOST_CM, parse_girth, show_girth
from coach.parsing.weight import KG_PER_LB, LEAST_KG, MOST_KG, parse_weight, show_weight, unusual
from coach.profile import Units
from coach.user_errors import (
    GirthNotUnderstood,
    GirthOutOfRange,
    GirthUnitMissing,
    UserError,
    WeightNotUnderstood,
    WeightOutOfRange,
    WeightUnitMissing,
)
from tests.support.vocabularies import ENGLISH

KG, LB, ST = Units.KILOGRAMS, Units.POUNDS, Units.STONE
UNITS = st.sampled_from(Units)
WEIGHTS = st.floats(LEAST_KG, MOST_KG)


@pytest.mark.parametrize(
    ("text", "units", "kilograms"),
    [
        ("72", KG, 72.0),
        ("72,5 kg", None, 72.5),
        ("72.5kg", LB, 72.5),
        ("72½ kg", None, 72.5),
        ("72 and a half", KG, 72.5),
        ("seventy-two and a half kilos", None, 72.5),
        ("eleven and a half stone", None, 161 * KG_PER_LB),
        ("I weigh about 72 kilos!", None, 72.0),
        ("weight: 72", KG, 72.0),
        ("７２", KG, 72.0),
        ("٧٢٫٥", KG, 72.5),
        ("158lb", None, 158 * KG_PER_LB),
        ("158 LBS.", None, 158 * KG_PER_LB),
        ("158", LB, 158 * KG_PER_LB),
        ("11 st 4", None, 158 * KG_PER_LB),
        ("11st4lb", KG, 158 * KG_PER_LB),
        ("11 stone, 4 pounds", None, 158 * KG_PER_LB),
        ("11 4", ST, 158 * KG_PER_LB),
        ("11-4", ST, 158 * KG_PER_LB),
        ("11.5", ST, 161 * KG_PER_LB),
        ("77 lb", None, LEAST_KG),
        ("5 st 7", None, LEAST_KG),
    ],
)
def test_reads_weights_as_people_write_them(text: str, units: Units | None, kilograms: float) -> None:
    assert parse_weight(text, units, ENGLISH) == pytest.approx(kilograms)


@pytest.mark.parametrize(
    ("text", "units", "mistake"),
    [
        ("72", None, WeightUnitMissing),
        ("0", KG, WeightOutOfRange),
        ("-5", KG, WeightOutOfRange),
        ("-72 kg", None, WeightOutOfRange),
        ("34.9", KG, WeightOutOfRange),
        ("250.1", KG, WeightOutOfRange),
        ("76 lb", None, WeightOutOfRange),
        ("552 lb", None, WeightOutOfRange),
        ("72", ST, WeightOutOfRange),
        ("9" * 100, KG, WeightOutOfRange),
        ("9" * 4096, KG, WeightNotUnderstood),
        ("1e999", KG, WeightNotUnderstood),
        ("NaN", KG, WeightNotUnderstood),
        ("inf", KG, WeightNotUnderstood),
        ("11 st 14", None, WeightNotUnderstood),
        ("11 4", KG, WeightNotUnderstood),
        ("72 73", KG, WeightNotUnderstood),
        ("purple", KG, WeightNotUnderstood),
        ("🐘", KG, WeightNotUnderstood),
        ("<b>72</b>", KG, WeightNotUnderstood),
        ("", KG, WeightNotUnderstood),
        ("a" * 4096, KG, WeightNotUnderstood),
    ],
)
def test_what_is_no_weight_is_a_mistake(text: str, units: Units | None, mistake: type[UserError]) -> None:
    with pytest.raises(mistake):
        parse_weight(text, units, ENGLISH)


def test_out_of_range_says_the_bounds_in_the_units_that_were_written() -> None:
    with pytest.raises(WeightOutOfRange) as refused:
        parse_weight("1000 lb", KG, ENGLISH)
    assert refused.value.values == {"least": "77 lb", "most": "551 lb"}


@pytest.mark.parametrize(("units", "shown"), [(KG, "71.7 kg"), (LB, "158 lb"), (ST, "11 st 4 lb")])
def test_shows_a_weight_in_the_persons_units(units: Units, shown: str) -> None:
    assert show_weight(158 * KG_PER_LB, units) == shown


@settings(deadline=None)
@given(kilograms=WEIGHTS, units=UNITS, other=UNITS, comma=st.booleans(), tight=st.booleans())
def test_what_is_shown_can_be_typed_back(
    kilograms: float, units: Units, other: Units, comma: bool, tight: bool
) -> None:
    shown = show_weight(kilograms, units)
    typed = shown.replace(".", ",") if comma else shown
    typed = typed.replace(" ", "") if tight else typed
    read = parse_weight(typed, other, ENGLISH)
    assert show_weight(read, units) == shown
    assert abs(read - kilograms) <= (0.05 if units is KG else KG_PER_LB / 4) + 1e-9


@settings(deadline=None)
@given(kilograms=WEIGHTS, units=UNITS)
def test_a_weight_survives_being_stored_in_tenths(kilograms: float, units: Units) -> None:
    """A button that confirms an unusual weight carries tenths of a kilogram."""
    entered = parse_weight(show_weight(kilograms, units), units, ENGLISH)
    assert show_weight(round(entered * 10) / 10, units) == show_weight(entered, units)


@settings(deadline=None)
@given(text=st.text(max_size=200) | st.from_regex(r"[0-9 .,]{1,9}(kg|lb|st)?[0-9 ]{0,3}"), units=st.none() | UNITS)
def test_any_text_is_a_weight_in_bounds_or_a_mistake(text: str, units: Units | None) -> None:
    kilograms = LEAST_KG
    with contextlib.suppress(WeightNotUnderstood, WeightOutOfRange, WeightUnitMissing):
        kilograms = parse_weight(text, units, ENGLISH)
    assert LEAST_KG <= kilograms <= MOST_KG


def test_asks_again_about_an_unusual_weight() -> None:
    assert [unusual(kilograms) for kilograms in (44.9, 45.0, 180.0, 180.1)] == [True, False, False, True]


@pytest.mark.parametrize(
    ("text", "units", "centimetres"),
    [
        ("thirty-eight and a half cm", None, 38.5),
        ("38", KG, 38.0),
        ("38", None, 38.0),
        ("38", LB, 38.0),
        ("15.2", KG, 38.608),
        ("24", KG, 24.0),
        ("24", LB, 60.96),
        ("380mm", LB, 38.0),
        ("38,5 cm", LB, 38.5),
        ("15", ST, 38.1),
        ("15 in", KG, 38.1),
        ('15.25"', KG, 38.735),
        ("15 1/4 in", None, 38.735),
        ("15½ inches", None, 39.37),
        ("15″", None, 38.1),
    ],
)
def test_reads_girths_as_people_write_them(text: str, units: Units | None, centimetres: float) -> None:
    assert parse_girth(text, units, ENGLISH) == pytest.approx(centimetres)


@pytest.mark.parametrize(
    ("text", "units", "mistake"),
    [
        ("24", None, GirthUnitMissing),
        ("380", KG, GirthOutOfRange),
        ("75", LB, GirthOutOfRange),
        ("3", None, GirthOutOfRange),
        ("-38", KG, GirthOutOfRange),
        ("big", KG, GirthNotUnderstood),
        ("38 kg", KG, GirthNotUnderstood),
        ("", KG, GirthNotUnderstood),
    ],
)
def test_what_is_no_girth_is_a_mistake(text: str, units: Units | None, mistake: type[UserError]) -> None:
    with pytest.raises(mistake):
        parse_girth(text, units, ENGLISH)


@settings(deadline=None)
@given(centimetres=st.floats(LEAST_CM + 0.2, MOST_CM - 0.2), units=UNITS)
def test_a_shown_girth_can_be_typed_back(centimetres: float, units: Units) -> None:
    shown = show_girth(centimetres, units)
    assert show_girth(parse_girth(shown, None, ENGLISH), units) == shown
