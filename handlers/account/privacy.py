"""/privacy and /delete: what is kept, and the end of it."""

from coach.buttons.account import Dismiss, EraseEverything
from content.rendering.keyboards import Button
from db.queries import users
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn


def privacy(turn: Turn, _words: str) -> None:
    """Say what is kept, why, for how long, and how to end it."""
    turn.say("privacy/policy")


def delete(turn: Turn, _words: str) -> None:
    """Ask once."""
    turn.close_prompt()
    turn.say("privacy/delete", [[Button("erase", EraseEverything(), style="danger"), Button("keep", Dismiss())]])


def erase(turn: Turn, _action: EraseEverything) -> None:
    """Erase the person at once; the farewell names nobody and is the last thing sent."""
    turn.reply("privacy/erased")
    for message in turn.outgoing:
        message.user_id = None
    turn.erased_user_id = turn.user.id
    users.delete(turn.session, turn.erased_user_id)


def register(application: CoachApplication) -> None:
    """Hook up the commands and the button."""
    on_command(application, "privacy", privacy)
    on_command(application, "delete", delete)
    on_button(application, EraseEverything, erase)
