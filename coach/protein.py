"""Protein a day, from body weight; and who gets no number."""

from enum import StrEnum
from typing import Final

from coach.planning.inputs import Screening

USUAL_PER_KG: Final = (1.6, 2.2)
"""Grams a kilogram: where the average benefit levels off, and the upper end of its confidence interval (R7, R6)."""

EATING_LESS_PER_KG: Final = 2.4
"""The upper end for who says that they eat less than they burn (R6)."""

STEP_GRAMS: Final = 5
MEALS: Final = 4

HEAVY_KG: Final = 120.0
"""From here on grams by the kilogram overshoot, and a dietitian knows better (evidence.md C3; the bound is ours)."""


class Check(StrEnum):
    """The answer to the protein check: kidney disease, pregnancy, under 18 (evidence.md C3)."""

    NONE = "none"
    APPLIES = "applies"


def excepted(screening: str | None, check: str | None, *, screened: bool) -> bool | None:
    """Say whether a person gets no number (evidence.md C3); None where nobody asked.

    `screened`: the quick check is clear and not too old. It asks about pregnancy, age and conditions such as kidney
    disease, so it answers for all of them; what the person said to the protein question itself outranks it.
    """
    if screening == Screening.SOMETHING_APPLIES or check == Check.APPLIES:
        return True
    return False if check == Check.NONE or screened else None


def protein_range(kilograms: float, *, eating_less: bool = False) -> tuple[int, int]:
    """Return the lower and upper grams of protein a day, rounded to 5 g: 68.0 kg gives 110–150."""
    low, high = USUAL_PER_KG
    return _rounded(low * kilograms), _rounded((EATING_LESS_PER_KG if eating_less else high) * kilograms)


def a_meal(kilograms: float) -> int:
    """Return the grams of one of four meals that together reach the lower end of the range: 72.5 kg gives 30."""
    return _rounded(USUAL_PER_KG[0] * kilograms / MEALS)


def _rounded(grams: float) -> int:
    return round(grams / STEP_GRAMS) * STEP_GRAMS
