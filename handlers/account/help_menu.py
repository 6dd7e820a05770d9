"""/help, and the table of commands that feeds it and Telegram's own menu."""

from collections.abc import Sequence
from typing import Final

from coach.buttons.questions import ShowCategories
from coach.buttons.session import ShowToday
from coach.buttons.setup import BeginSetup
from content.rendering.keyboards import Button
from content.rendering.messages import Messages
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_command
from handlers.framework.turn import Turn

COMMANDS: Final = (
    "today", "plan", "progress", "ask", "faq", "exercises", "timer", "protein", "weight", "calf", "raises", "goals",
    "check", "remind", "calendar", "pause", "resume", "return", "settings", "help", "privacy", "export", "cancel",
    "delete", "start",
)  # fmt: skip
"""In the order of the menu; what each does is the label `command_<name>`."""


ADMIN_COMMANDS: Final = ("unanswered", "reload", "stats", "broadcast")
"""Commands of administrators, in the order of their menu; to others they do not exist."""


GROUP_COMMANDS: Final = ("ask",)
"""Commands that are answered in groups."""


def menu(messages: Messages, names: Sequence[str] = COMMANDS) -> list[tuple[str, str]]:
    """Return (command, what it does) for `setMyCommands`."""
    return [(name, messages.label(f"command_{name}")) for name in names]


def help_(turn: Turn, _words: str) -> None:
    """Say what can be done here."""
    rows = [[Button("today", ShowToday()), Button("questions", ShowCategories())]]
    if turn.user.set_up_at is None:
        rows.append([Button("set_me_up", BeginSetup())])
    turn.say("help/commands", rows, commands=menu(turn.language.messages))


def register(application: CoachApplication) -> None:
    """Hook up the command."""
    on_command(application, "help", help_)
