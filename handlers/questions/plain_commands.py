"""Plain words for what a command does: "i'm done", "stop reminders". None marks a session or erases anything."""

from collections.abc import Callable, Mapping
from typing import Final

from coach.buttons.actions import GoalsChosen, SkipStep
from coach.buttons.plan import DaysChosen, EquipmentChosen
from coach.profile import PromptKind
from coach.user_errors import UserError
from content.understanding.intents import Command
from handlers.account import export, pause, privacy, remind, settings
from handlers.framework.turn import Turn
from handlers.prompts import goals, profile, setup
from handlers.training import plan, today

COMMANDS: Final[Mapping[Command, Callable[[Turn, str], None]]] = {
    Command.DONE: today.today,  # its page has the button, and the pain gate before it
    Command.TODAY: today.today,
    Command.PLAN: plan.plan,
    Command.REMIND: remind.remind,
    Command.REMIND_OFF: remind.turn_off,
    Command.PAUSE: pause.pause,
    Command.RESUME: pause.resume,
    Command.SETTINGS: settings.settings,
    Command.EXPORT: export.export,
    Command.DELETE: privacy.delete,
}

CONFIRMED: Final[Mapping[PromptKind, Callable[[Turn], None]]] = {
    PromptKind.GOALS: lambda turn: goals.chosen(turn, GoalsChosen()),
    PromptKind.DAYS: lambda turn: profile.days_chosen(turn, DaysChosen()),
    PromptKind.EQUIPMENT: lambda turn: profile.equipment_chosen(turn, EquipmentChosen()),
}
"""Questions with several ticks, after which "done" means that those are all."""


def try_command(turn: Turn, text: str) -> bool:
    """Do what a message wishes for as a whole; return whether it wishes for anything."""
    read = turn.language.messages.wishes.read(text) if turn.group is None else None
    if read is None or read[0] not in COMMANDS:
        return False
    wish, words = read
    try:
        COMMANDS[wish](turn, words)
    except UserError:
        if not words:
            raise
        return False  # "remind me why calves cramp" is a question
    return True


def about_the_question(turn: Turn, text: str, asked: PromptKind) -> bool:
    """Leave an open question, give its reason again or end its list of ticks, as wished; return whether it was."""
    read = turn.language.messages.wishes.read(text)
    match read[0] if read else None:
        case Command.SKIP if turn.user.setup_prompt is asked:
            setup.skip(turn, SkipStep(asked))
        case Command.WHY if asked not in setup.ELSEWHERE:
            setup.open_question(turn, asked)
        case Command.DONE if asked in CONFIRMED:
            CONFIRMED[asked](turn)
        case _:
            return False
    return True
