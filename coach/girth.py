"""The girth of a calf: read from what a person types, shown in their units, kept in centimetres."""

import re
from typing import Final

from coach.mistakes import GirthNotUnderstood, GirthOutOfRange, GirthUnitMissing
from coach.profile import Units
from coach.reading import NUMBER, number, plain

LEAST_CM: Final = 20.0
MOST_CM: Final = 70.0
"""What a tape around an adult's calf can read, with room to spare; a product decision."""

CM_PER_INCH: Final = 2.54

_GIRTH: Final = re.compile(
    rf"(?P<number>{NUMBER})(?P<fraction> [1-7]⁄[248])? ?"
    r"(?:(?P<cm>cms?|centimet(?:er|re)s?)|(?P<inch>in|inch|inches|\"|''|′′|”))?"
)
_TYPED_FRACTION: Final = re.compile(r"(?<=\d) ([1-7])/([248])(?!\d)")


def parse_girth(text: str, units: Units | None) -> float:
    """Return centimetres, 20.0–70.0; a bare number is centimetres for who weighs in kilograms, else inches.

    Raises GirthNotUnderstood, GirthUnitMissing, and GirthOutOfRange with `least` and `most` as they are shown.
    """
    said = plain(text)
    found = _GIRTH.fullmatch(_TYPED_FRACTION.sub(r" \1⁄\2", said)) if said else None
    if found is None:
        raise GirthNotUnderstood
    if not (found["cm"] or found["inch"]) and units is None:
        raise GirthUnitMissing
    in_inches = bool(found["inch"]) or (not found["cm"] and units is not Units.KILOGRAMS)
    value = number(found["number"]) + _fraction(found["fraction"])
    centimetres = value * CM_PER_INCH if in_inches else value
    if not LEAST_CM <= centimetres <= MOST_CM:
        shown_in = Units.POUNDS if in_inches else Units.KILOGRAMS
        raise GirthOutOfRange(least=show_girth(LEAST_CM, shown_in), most=show_girth(MOST_CM, shown_in))
    return centimetres


def show_girth(centimetres: float, units: Units) -> str:
    """Return "38.5 cm" for who weighs in kilograms, else "15.2 in"; both to a tenth."""
    if units is Units.KILOGRAMS:
        return f"{round(centimetres, 1):g} cm"
    return f"{round(centimetres / CM_PER_INCH, 1):g} in"


def _fraction(written: str | None) -> float:
    if not written:
        return 0.0
    over, under = written.split("⁄")
    return int(over) / int(under)
