"""The girth of a calf: read from what a person types, shown in their units, kept in centimetres."""

import re
from typing import Final

from coach.parsing.normalise import NUMBER, number, plain
from coach.profile import Units
from coach.user_errors import GirthNotUnderstood, GirthOutOfRange, GirthUnitMissing

LEAST_CM: Final = 20.0
MOST_CM: Final = 70.0
"""What a tape around an adult's calf can read, with room to spare; a product decision."""

CM_PER_INCH: Final = 2.54

_GIRTH: Final = re.compile(
    rf"(?P<number>{NUMBER})(?P<fraction> [1-7]⁄[248])? ?"
    r"(?:(?P<mm>mms?|millimet(?:er|re)s?)|(?P<cm>cms?|centimet(?:er|re)s?)|(?P<inch>in|inch|inches|\"|''|′′|”))?"
)
_UNIT: Final = re.compile(
    r"(?<![^\W\d_])(?:(?P<metric>[cm]ms?|(?:centi|milli)met(?:er|re)s?)|in|inch|inches)(?![^\W\d_])|[\"″′”]"
)
_TYPED_FRACTION: Final = re.compile(r"(?<=\d) ([1-7])/([248])(?!\d)")


def parse_girth(text: str, units: Units | None) -> float:
    """Return centimetres, 20.0–70.0; a bare number is in the unit in which it is a calf's.

    Where both are, from 20 to 27.5, it is centimetres for who weighs in kilograms, else inches.
    Raises GirthNotUnderstood, GirthUnitMissing, and GirthOutOfRange with `least` and `most` as they are shown.
    """
    said = plain(text)
    found = _GIRTH.fullmatch(_TYPED_FRACTION.sub(r" \1⁄\2", said)) if said else None
    if found is None:
        raise GirthNotUnderstood
    value = number(found["number"]) + _fraction(found["fraction"])
    in_inches = units is not Units.KILOGRAMS
    if found["mm"]:
        value, in_inches = value / 10, False
    elif found["cm"] or found["inch"]:
        in_inches = bool(found["inch"])
    elif LEAST_CM <= value <= MOST_CM and not _is_calf(value * CM_PER_INCH):
        in_inches = False
    elif _is_calf(value * CM_PER_INCH) and value < LEAST_CM:
        in_inches = True
    elif units is None and _is_calf(value):
        raise GirthUnitMissing
    centimetres = value * CM_PER_INCH if in_inches else value
    if not _is_calf(centimetres):
        shown_in = Units.POUNDS if in_inches and units is not None else Units.KILOGRAMS
        raise GirthOutOfRange(least=show_girth(LEAST_CM, shown_in), most=show_girth(MOST_CM, shown_in))
    return centimetres


def written_unit(text: str) -> Units | None:
    """Return the units of which one is written in a text: it counts for a number beside it that has none."""
    said = plain(text) or ""
    found = {Units.KILOGRAMS if match["metric"] else Units.POUNDS for match in _UNIT.finditer(said)}
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
