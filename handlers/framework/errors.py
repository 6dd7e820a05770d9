"""The one place that turns exceptions into messages.

1. A person's mistake is answered by the template it names: in the chat, or as an alert over a pressed button. Nobody is
   stored for it: who erased everything may press an old button.
2. Anything else is kept for the intake, which tries again, and in the end sets the update aside and apologises.
3. A reply that cannot be sent is apologised for as well.
"""

import logging
from typing import Final

from sqlmodel import Session
from telegram import Update

from coach.user_errors import UserError
from db.outbox import Outgoing, Waiting
from db.queries import users
from handlers.framework.application import CoachApplication, Context, Services, UpdateStatus
from handlers.framework.turn import Turn

log: Final = logging.getLogger(__name__)


async def handle(update: object, context: Context) -> None:
    """Answer a mistake; keep any other failure for the intake."""
    assert isinstance(update, Update)
    error = context.error
    if isinstance(error, UserError):
        mistake = error
        try:
            on_button = update.callback_query is not None
            await context.turn(update, lambda turn: present(turn, mistake, on_button=on_button), meet=False)
            return
        except Exception as failure:
            error = failure
    context.services.statuses.setdefault(update.update_id, UpdateStatus()).failure = error


def present(turn: Turn, mistake: UserError, *, on_button: bool) -> None:
    """Say kindly what would work."""
    if on_button:
        turn.answer_callback(mistake.template, alert=True, **mistake.values)
        return
    if mistake.asked is not None:
        turn.flow.ask_again(turn, mistake)
    else:
        turn.say(mistake.template, (), **mistake.values)


def apology(services: Services, session: Session, row: Waiting) -> Outgoing | None:
    """Return the apology to whoever waits for a reply that cannot be sent; None where they are gone."""
    now = services.now()
    user = users.find(session, row.user_id) if row.user_id is not None else None
    if row.user_id is not None and (user is None or user.unreachable is not None):
        return None
    language = services.content.language(user.language if user is not None else None)
    turn = Turn(session, user or users.unsaved(row.chat_id, now), language, now, replica=services.replica)
    message = turn.say("errors/sorry")
    message.user_id = row.user_id
    return message


def register(application: CoachApplication) -> None:
    """Hook it up."""
    application.add_error_handler(handle)
