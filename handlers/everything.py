"""The one ordered list of features. The catch-alls of `text` come last."""

from typing import Final

from handlers import (
    administering,
    asking,
    calendaring,
    check,
    curating,
    errors,
    exercises,
    exporting,
    faq,
    feeling,
    goals,
    groups,
    helping,
    inline,
    measuring,
    membership,
    pausing,
    plan,
    privacy,
    profile,
    progress,
    protein,
    remind,
    settings,
    setup,
    start,
    text,
    today,
    weight,
    zone,
)
from handlers.application import Coach

FEATURES: Final = (
    start, setup, goals, profile, check, weight, zone, remind, pausing, plan, today, feeling, measuring, progress,
    protein, calendaring, exercises, faq, asking,
    settings, helping, privacy, exporting, inline, groups, membership, curating, administering, errors, text,
)  # fmt: skip


def register(application: Coach) -> None:
    """Hook up every feature."""
    for feature in FEATURES:
        feature.register(application)
