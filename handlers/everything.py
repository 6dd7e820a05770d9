"""The one ordered list of features. The catch-alls of `text` come last."""

from typing import Final

from handlers import (
    asking,
    errors,
    exercises,
    faq,
    goals,
    helping,
    pausing,
    privacy,
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
    start, setup, goals, weight, zone, remind, pausing, today, exercises, faq, asking, settings, helping, privacy,
    errors, text,
)  # fmt: skip


def register(application: Coach) -> None:
    """Hook up every feature."""
    for feature in FEATURES:
        feature.register(application)
