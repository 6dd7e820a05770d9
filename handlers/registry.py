"""The one ordered list of features. The catch-alls of `text` come last."""

from typing import Final

from handlers.account import block_status, export, help_menu, pause, privacy, remind, settings, start, weight
from handlers.admin import curators, operations
from handlers.framework import errors
from handlers.framework.application import CoachApplication
from handlers.prompts import goals, profile, screening, setup, zone
from handlers.questions import ask, exercises, faq, groups, inline, text
from handlers.training import calendar_export, feedback, measure, plan, progress, protein, today

FEATURES: Final = (
    start, setup, goals, profile, screening, weight, zone, remind, pause, plan, today, feedback, measure, progress,
    protein, calendar_export, exercises, faq, ask,
    settings, help_menu, privacy, export, inline, groups, block_status, curators, operations, errors, text,
)  # fmt: skip


def register(application: CoachApplication) -> None:
    """Hook up every feature."""
    for feature in FEATURES:
        feature.register(application)
