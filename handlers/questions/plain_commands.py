"""Plain words for what a command does: "i'm done", "stop reminders". None marks a session or erases anything."""

from collections.abc import Callable, Mapping
from typing import Final

from coach.buttons.setup import SkipStep
from coach.user_errors import UserError
from content.understanding.intents import Command
from content.understanding.understand import WORDS, PlainCommand
from handlers.account import export, pause, privacy, remind, settings
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import AnyPrompt
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

READ_WORDS: Final[Mapping[Command, Callable[[Turn, str], object]]] = {
    Command.REMIND: remind.asked_for,
    Command.PAUSE: pause.read_words,
}
"""Readers of the words behind a command; the other commands take none."""


def accepts(turn: Turn, command: Command, words: str) -> bool:
    """Say whether a command takes these words: "remind me why calves cramp" is a question."""
    if command not in COMMANDS:
        return False
    if words and command in READ_WORDS:
        try:
            READ_WORDS[command](turn, words)
        except UserError:
            return False
    return True


def run(turn: Turn, request: PlainCommand) -> None:
    """Carry out a command. Raises UserError."""
    COMMANDS[request.intent](turn, request.slots.get(WORDS, ""))


def run_about(turn: Turn, command: Command, prompt: AnyPrompt) -> None:
    """Leave the open question, give its reason again or end its list of ticks."""
    match command:
        case Command.SKIP:
            setup.skip(turn, SkipStep(prompt.kind))
        case Command.WHY:
            turn.open_prompt(prompt.kind)
        case _:
            prompt.confirm(turn)
