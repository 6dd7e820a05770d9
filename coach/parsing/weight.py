"""Body weight: read from what a person types, shown in their units, kept in kilograms.

Bounds and the need for a unit are those of evidence.md C3: 35–250 kg (77–551 lb), asked again outside 45–180 kg.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import spoken
from coach.parsing.normalise import NUMBER, number, plain
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.profile import Units
from coach.user_errors import WeightNotUnderstood, WeightOutOfRange, WeightUnitMissing

LEAST_KG: Final = 35.0
MOST_KG: Final = 250.0
LEAST_USUAL_KG: Final = 45.0
MOST_USUAL_KG: Final = 180.0
KG_PER_LB: Final = 0.45359237
LB_PER_STONE: Final = 14
OUNCES_PER_LB: Final = 16
GRAMS_PER_KG: Final = 1000

_BOUNDS_LB: Final = (77.0, 551.0)
_SIGNS: Final = {Units.POUNDS: "#"}
_POUNDS_BEHIND_A_POINT: Final = re.compile(r"(?P<stone>\d+)[.,](?P<pounds>\d{2})")
_AROUND: Final = ("~", "≈")


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's weights: one figure and its unit, and stone with pounds."""

    plain: re.Pattern[str]
    stone_and_pounds: re.Pattern[str]
    kilograms_and_grams: re.Pattern[str]
    pounds_and_ounces: re.Pattern[str]
    now: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    units = words.units
    lead = rf"{any_of(units.weighing)}?[ :=]*{any_of({*units.about, *_AROUND})}?[. ]*"
    kilograms, pounds, stone = (
        any_of({*units.weights.get(unit, ()), *_SIGNS.get(unit, ())})
        for unit in (Units.KILOGRAMS, Units.POUNDS, Units.STONE)
    )
    return _Grammar(
        kilograms_and_grams=re.compile(
            rf"{lead}(?P<more>\d+) ?{kilograms}[ ,/&+-]*(?P<less>\d{{1,3}}) ?{any_of(units.grams)}"
        ),
        pounds_and_ounces=re.compile(
            rf"{lead}(?P<more>\d+) ?{pounds}[ ,/&+-]*(?P<less>\d{{1,2}}(?:[.,]\d+)?) ?{any_of(units.ounces)}"
        ),
        now=re.compile(rf"[ ,(]+{any_of(units.now)}\)?$"),
        plain=re.compile(
            rf"{lead}(?P<number>{NUMBER}) ?"
            rf"(?:(?P<{Units.KILOGRAMS}>{kilograms})|(?P<{Units.POUNDS}>{pounds})|(?P<{Units.STONE}>{stone}))?"
        ),
        stone_and_pounds=re.compile(
            rf"{lead}(?P<stone>\d+) ?(?P<word>{stone})?[ ,/-]*(?P<pounds>\d+(?:[.,]\d+)?) ?(?:{pounds})?"
        ),
    )


def parse_weight(text: str, units: Units | None, words: Vocabulary) -> float:
    """Return kilograms, 35.0–250.0; see `read_weight`, also for what it raises."""
    return read_weight(text, units, words)[0]


def read_weight(text: str, units: Units | None, words: Vocabulary) -> tuple[float, Units]:
    """Return kilograms, 35.0–250.0, and the unit they were given in.

    A unit that is written outranks `units`, which a bare number needs. Figures may be words: "seventy-two and a half".
    Raises WeightNotUnderstood, WeightUnitMissing, and WeightOutOfRange with `least` and `most` as they are shown.
    """
    said = plain(text)
    if said is None:
        raise WeightNotUnderstood(units=units)
    try:
        return _read(said, units, words)
    except WeightNotUnderstood:
        return _read(spoken(said, words), units, words)


def _read(said: str, units: Units | None, words: Vocabulary) -> tuple[float, Units]:
    grammar = _grammar(words)
    said = grammar.now.sub("", said)
    if found := grammar.kilograms_and_grams.fullmatch(said):
        return _bounded(number(found["more"]) + number(found["less"]) / GRAMS_PER_KG, Units.KILOGRAMS), Units.KILOGRAMS
    if (found := grammar.pounds_and_ounces.fullmatch(said)) and number(found["less"]) < OUNCES_PER_LB:
        return _bounded(number(found["more"]) + number(found["less"]) / OUNCES_PER_LB, Units.POUNDS), Units.POUNDS
    if found := grammar.plain.fullmatch(said):
        unit = _unit_of(found, units)
        stone = _stone_and_pounds(found["number"]) if unit is Units.STONE else None
        return _bounded(number(found["number"]) if stone is None else stone, unit), unit
    found = grammar.stone_and_pounds.fullmatch(said)
    if found is None or not (found["word"] or units is Units.STONE) or number(found["pounds"]) >= LB_PER_STONE:
        raise WeightNotUnderstood(units=units)
    return _bounded(number(found["stone"]) + number(found["pounds"]) / LB_PER_STONE, Units.STONE), Units.STONE


def _stone_and_pounds(figure: str) -> float | None:
    """Return the stone of "11.10", which is 11 st 10 lb to those who use stone; None for "11.5" and "11.75"."""
    found = _POUNDS_BEHIND_A_POINT.fullmatch(figure)
    if found is None or int(found["pounds"]) >= LB_PER_STONE:
        return None
    return int(found["stone"]) + int(found["pounds"]) / LB_PER_STONE


def unusual(kilograms: float) -> bool:
    """Say whether to ask "is that right?": outside 45–180 kg."""
    return not LEAST_USUAL_KG <= kilograms <= MOST_USUAL_KG


def show_weight(kilograms: float, units: Units) -> str:
    """Return "72.5 kg", "158 lb" or "11 st 4 lb": tenths of a kilogram, halves of a pound."""
    if units is Units.KILOGRAMS:
        return f"{_short(round(kilograms, 1))} kg"
    pounds = round(kilograms / KG_PER_LB * 2) / 2
    if units is Units.POUNDS:
        return f"{_short(pounds)} lb"
    stone, rest = divmod(pounds, LB_PER_STONE)
    return f"{_short(stone)} st {_short(rest)} lb" if rest else f"{_short(stone)} st"


def _unit_of(found: re.Match[str], chosen: Units | None) -> Units:
    written = next((unit for unit in Units if found[unit.value]), chosen)
    if written is None:
        raise WeightUnitMissing
    return written


def _bounded(value: float, units: Units) -> float:
    if units is Units.KILOGRAMS:
        kilograms, fits = value, LEAST_KG <= value <= MOST_KG
    else:
        # Compared in pounds: the 77 lb shown as the least allowed is a hair under 35 kg, and must be accepted.
        pounds = value * LB_PER_STONE if units is Units.STONE else value
        kilograms, fits = pounds * KG_PER_LB, _BOUNDS_LB[0] <= round(pounds, 6) <= _BOUNDS_LB[1]
    if not fits:
        raise WeightOutOfRange(least=show_weight(LEAST_KG, units), most=show_weight(MOST_KG, units))
    return min(max(kilograms, LEAST_KG), MOST_KG)


def _short(value: float) -> str:
    return f"{value:g}"
