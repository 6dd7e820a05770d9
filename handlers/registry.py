"""The one ordered list of features, after the questions. The catch-alls of `private_messages` come last."""

from typing import Final

from handlers.account import block_status, export, help_menu, pause, privacy, remind, settings, start, weight
from handlers.admin import curators, operations
from handlers.framework import errors
from handlers.framework.application import CoachApplication
from handlers.prompts import registry, setup
from handlers.questions import ask, exercises, faq, groups, inline, private_messages
from handlers.training import calendar_export, feedback, measure, plan, progress, protein, today

FEATURES: Final = (
    start, setup, weight, remind, pause, plan, today, feedback, measure, progress,
    protein, calendar_export, exercises, faq, ask,
    settings, help_menu, privacy, export, inline, groups, block_status, curators, operations, errors, private_messages,
)  # fmt: skip


def register(application: CoachApplication) -> None:
    """Hook up every question and every feature."""
    for prompt in registry.PROMPTS:
        prompt.register(application)
    for feature in FEATURES:
        feature.register(application)
