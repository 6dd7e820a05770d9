"""All buttons that the coach shows: what a press may ask for, whichever feature it belongs to."""

from typing import Final

from coach.buttons import account, admin, curators, measurements, plan, questions, reminders, session, setup
from coach.buttons.callback_data import CallbackData

MODULES: Final = (account, admin, curators, measurements, plan, questions, reminders, session, setup)
EVERY: Final = tuple(
    found
    for module in MODULES
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, CallbackData) and found is not CallbackData
)
