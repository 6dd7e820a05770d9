"""The one place that turns exceptions into messages.

1. A person's mistake is answered by the template it names: in the chat, or as an alert over a pressed button. Nobody is
   stored for it: who erased everything may press an old button.
2. Anything else is kept for the intake, which tries again, and in the end sets the update aside and apologises.
"""

import logging
from typing import Final

from telegram import Update

from coach.mistakes import UserMistake
from handlers.application import Coach, Context, Progress
from handlers.turn import Turn

log: Final = logging.getLogger(__name__)


async def handle(update: object, context: Context) -> None:
    """Answer a mistake; keep any other failure for the intake."""
    assert isinstance(update, Update)
    error = context.error
    if isinstance(error, UserMistake):
        mistake = error
        try:
            on_button = update.callback_query is not None
            await context.turn(update, lambda turn: present(turn, mistake, on_button=on_button), meet=False)
            return
        except Exception as failure:
            error = failure
    context.services.progress.setdefault(update.update_id, Progress()).failure = error


def present(turn: Turn, mistake: UserMistake, *, on_button: bool) -> None:
    """Say kindly what would work."""
    if on_button:
        turn.notify(mistake.template, alert=True, **mistake.values)
    else:
        turn.say(mistake.template, (), **mistake.values)


def register(application: Coach) -> None:
    """Hook it up."""
    application.add_error_handler(handle)
