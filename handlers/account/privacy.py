"""/privacy and /delete, and what is asked about it: what is kept, and the end of it."""

from coach.buttons.account import Dismiss, EraseEverything
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.requests import Intent
from content.library import SearchResult
from content.rendering.keyboards import Button
from content.understanding.meanings import Answer, Between, NoAnswer, Requests, Suggest, Understood
from content.understanding.requests.request import Request
from db.queries import users
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.questions import misses


def privacy(turn: Turn, _words: str) -> None:
    """Say what is kept, why, for how long, and how to end it."""
    turn.say("privacy/policy")


def answer(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Say the same to a question about it that no entry answers: "who else can see it?"; return whether it is one."""
    match understood:
        case Suggest() | NoAnswer() | Between():
            pass
        case Requests(all=(Request(intent=Intent.MY_DATA | Intent.FEEDBACK),)):
            pass
        case Answer() if found.in_context:
            pass
        case _:
            return False
    asks = bool(find_phrases(fold(turn.written), turn.language.person_words.privacy))
    if asks:
        misses.understood(turn)
        privacy(turn, "")
    return asks


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
