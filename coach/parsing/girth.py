"""The girth of a calf: read from what a person types, shown in their units, kept in centimetres."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import spoken
from coach.parsing.normalise import NUMBER, number, plain
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.profile import Units
from coach.user_errors import GirthNotUnderstood, GirthOutOfRange, GirthUnitMissing

LEAST_CM: Final = 20.0
MOST_CM: Final = 70.0
"""The range of a tape around an adult's calf, with room to spare; a product decision."""

CM_PER_INCH: Final = 2.54

_INCH_SIGNS: Final = ('"', "''", "′′", "”")
_INCH_SIGN: Final = r"[\"″′”]"
_TYPED_FRACTION: Final = re.compile(r"(?<=\d) ([1-7])/([248])(?!\d)")


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's lengths: a figure with its unit, and a unit wherever it stands."""

    girth: re.Pattern[str]
    unit: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    units = words.units
    inches = any_of({*units.inches, *_INCH_SIGNS})
    metric, imperial = any_of(units.millimetres | units.centimetres), any_of(units.inches)
    return _Grammar(
        girth=re.compile(
            rf"(?P<number>{NUMBER})(?P<fraction> [1-7]⁄[248])? ?(?:(?P<millimetres>{any_of(units.millimetres)})"
            rf"|(?P<centimetres>{any_of(units.centimetres)})|(?P<inches>{inches}))?"
        ),
        unit=re.compile(rf"(?<![^\W\d_])(?:(?P<metric>{metric})|{imperial})(?![^\W\d_])|{_INCH_SIGN}"),
    )


def parse_girth(text: str, units: Units | None, words: Vocabulary) -> float:
    """Return centimetres, 20.0–70.0; a bare number is in the unit in which it is a calf's.

    Where both are, from 20 to 27.5, it is centimetres for who weighs in kilograms, else inches. Figures may be words.
    Raises GirthNotUnderstood, GirthUnitMissing, and GirthOutOfRange with `least` and `most` as they are shown.
    """
    said = plain(text)
    found = _find(said, words) or _find(spoken(said, words), words) if said else None
    if found is None:
        raise GirthNotUnderstood
    value = number(found["number"]) + _fraction(found["fraction"])
    in_inches = units is not Units.KILOGRAMS
    if found["millimetres"]:
        value, in_inches = value / 10, False
    elif found["centimetres"] or found["inches"]:
        in_inches = bool(found["inches"])
    elif LEAST_CM <= value <= MOST_CM and not _is_calf(value * CM_PER_INCH):
        in_inches = False
    elif _is_calf(value * CM_PER_INCH) and value < LEAST_CM:
        in_inches = True
    elif units is None and _is_calf(value):
        raise GirthUnitMissing
    centimetres = value * CM_PER_INCH if in_inches else value
    return bounded(centimetres, Units.POUNDS if in_inches and units is not None else Units.KILOGRAMS)


def _find(said: str, words: Vocabulary) -> re.Match[str] | None:
    return _grammar(words).girth.fullmatch(_TYPED_FRACTION.sub(r" \1⁄\2", said))


def bounded(centimetres: float, shown_in: Units = Units.KILOGRAMS) -> float:
    """Return a girth that can be a calf's. Raises GirthOutOfRange with `least` and `most` as they are shown."""
    if not _is_calf(centimetres):
        raise GirthOutOfRange(least=show_girth(LEAST_CM, shown_in), most=show_girth(MOST_CM, shown_in))
    return centimetres


def written_unit(text: str, words: Vocabulary) -> Units | None:
    """Return the units of which one is written in a text: it counts for a number beside it that has none."""
    said = plain(text) or ""
    found = {Units.KILOGRAMS if match["metric"] else Units.POUNDS for match in _grammar(words).unit.finditer(said)}
    return found.pop() if len(found) == 1 else None


def show_girth(centimetres: float, units: Units) -> str:
    """Return "38.5 cm" for who weighs in kilograms, else "15.2 in"; both to a tenth."""
    if units is Units.KILOGRAMS:
        return f"{round(centimetres, 1):g} cm"
    return f"{round(centimetres / CM_PER_INCH, 1):g} in"


def _is_calf(centimetres: float) -> bool:
    return LEAST_CM <= centimetres <= MOST_CM


def _fraction(written: str | None) -> float:
    if not written:
        return 0.0
    over, under = written.split("⁄")
    return int(over) / int(under)
