"""Plain words for what a command does: "i'm done", "stop reminders". None marks a session or erases anything."""

from collections.abc import Callable, Mapping
from typing import Final

from coach.buttons.setup import SkipStep
from coach.requests import Intent
from content.understanding.intents import Command
from content.understanding.understand import PromptCommand, Requests
from handlers.account import export, pause, privacy, remind, settings
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import AnyPrompt
from handlers.training import plan, today

COMMANDS: Final[Mapping[Intent, Callable[[Turn, str], None]]] = {
    Intent.DONE: today.today,  # its page has the button, and the pain gate before it
    Intent.SHOW_DAY: today.today,
    Intent.SHOW_WEEK: plan.plan,
    Intent.PAUSE: pause.pause,
    Intent.RESUME: pause.resume,
    Intent.SETTINGS: settings.settings,
}


def carries_out(requests: Requests) -> bool:
    """Say whether the first of the requests has a command that does it."""
    return _command(requests) is not None


def run(turn: Turn, requests: Requests) -> None:
    """Carry out the first of the requests. Raises UserError."""
    command = _command(requests)
    assert command is not None
    command(turn)


def _command(requests: Requests) -> Callable[[Turn], None] | None:
    request = requests.all[0]
    slots = request.slots
    match request.intent:
        case Intent.REMIND if slots.switch == "off":
            return lambda turn: remind.turn_off(turn, "")
        case Intent.REMIND:
            return lambda turn: remind.remind(turn, f"{slots.at:%H:%M}" if slots.at else "")
        case Intent.PAUSE if slots.until is not None:
            return lambda turn: pause.pause(turn, f"{slots.until}")
        case Intent.MY_DATA:
            return lambda turn: (privacy.delete if slots.what == "delete" else export.export)(turn, "")
        case intent if intent in COMMANDS:
            return lambda turn: COMMANDS[intent](turn, "")
    return None


def run_about(turn: Turn, request: PromptCommand, prompt: AnyPrompt) -> None:
    """Leave the open question, give its reason again or end its list of ticks."""
    match request.command:
        case Command.SKIP:
            setup.skip(turn, SkipStep(prompt.kind))
        case Command.WHY:
            turn.open_prompt(prompt.kind)
        case _:
            prompt.confirm(turn)
