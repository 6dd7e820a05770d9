"""/start and its deep links, /cancel: the way in, and the way out of a question."""

from collections.abc import Callable
from typing import Final

from coach.buttons.account import ShowSettings
from coach.buttons.questions import ShowCategories
from coach.buttons.session import ShowToday
from coach.buttons.setup import BeginSetup, JustAsk
from content.rendering.keyboards import Button
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_command
from handlers.framework.turn import Turn
from handlers.questions import faq

LINKS: Final[dict[str, Callable[[Turn, str], bool]]] = {faq.LINK: faq.linked}


def start(turn: Turn, payload: str) -> None:
    """Greet; `payload` is what a deep link carries."""
    for prefix, follow in LINKS.items():
        if payload.startswith(prefix) and follow(turn, payload.removeprefix(prefix)):
            return
    user = turn.user
    turn.close_prompt()
    if user.set_up_at is not None:
        rows = [
            [Button("today", ShowToday()), Button("questions", ShowCategories())],
            [Button("settings", ShowSettings())],
        ]
        turn.say("start/again", rows, name=user.first_name)
    elif user.setup_prompt is not None:
        rows = [[Button("go_on", BeginSetup(), style="primary"), Button("just_ask", JustAsk())]]
        turn.say("start/half_way", rows, name=user.first_name, left=turn.flow.left(user.setup_prompt))
    else:
        rows = [[Button("set_me_up", BeginSetup(), style="primary")], [Button("just_ask", JustAsk())]]
        turn.say("start/welcome", rows, name=user.first_name)


def cancel(turn: Turn, _words: str) -> None:
    """Stop waiting for an answer; what was said so far is kept."""
    waited = turn.user.awaiting is not None
    turn.close_prompt()
    if not waited:
        turn.say("cancel/nothing")
    elif turn.user.setup_prompt is not None:
        turn.say("cancel/setup", [[Button("go_on", BeginSetup())]])
    else:
        turn.say("cancel/question")


def register(application: CoachApplication) -> None:
    """Hook up the commands."""
    on_command(application, "start", start)
    on_command(application, "cancel", cancel)
