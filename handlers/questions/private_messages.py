"""A line of text, or one under a picture, in the person's own chat: understood, and carried out.

The catch-alls stand here, last.
"""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from coach.profile import Units
from coach.reminders.local_time import to_local
from coach.user_errors import StaleButton
from content.library import SearchResult
from content.understanding.requests.heard import Moment
from content.understanding.understand import (
    Between,
    NotAnAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    understand,
    understand_talk,
)
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import PRIVATE, said
from handlers.framework.turn import Turn
from handlers.prompts.registry import open_prompt
from handlers.questions import ask, plain_commands


async def text(update: Update, context: Context) -> None:
    """Understand what was written in the light of what was asked, and do it."""
    written = said(update.effective_message).strip()
    found = await context.find_or_red_flag(update, written)
    await context.turn(update, lambda turn: respond(turn, written, found))


def respond(turn: Turn, written: str, found: SearchResult) -> None:
    """Do what a message means."""
    opened = open_prompt(turn)
    units = Units(turn.user.units) if turn.user.units else None
    moment = Moment(to_local(turn.now, turn.user.zone or "UTC"), units, places=turn.places)
    understood = understand(written, found, turn.language, moment=moment, expecting=opened)
    match understood:
        case PromptAnswer() if opened is not None:
            opened.take(understood.value)
        case PromptCommand() if opened is not None:
            plain_commands.run_about(turn, understood, opened.prompt)
        case Requests() if plain_commands.carries_out(understood):
            plain_commands.run(turn, understood)
        case NotAnAnswer(mistake=mistake):
            mistake.asked = mistake.asked or understood.kind
            raise mistake
        case PromptAnswer() | PromptCommand():
            raise AssertionError("only an open question is answered")
        case Requests() | Between():
            ask.reply(turn, written, found, understand_talk(written, found, turn.language))
        case _:
            ask.reply(turn, written, found, understood)


async def unknown_command(update: Update, context: Context) -> None:
    """A command that does not exist."""
    await context.turn(update, lambda turn: turn.say("mistakes/unknown_command"))


async def not_text(update: Update, context: Context) -> None:
    """A sticker, a photo, a voice message: kindly, what works instead."""
    await context.turn(update, lambda turn: turn.say("mistakes/not_text"))


async def unknown_button(_update: Update, _context: Context) -> None:
    """A button of an older version, or a forged one."""
    raise StaleButton


def register(application: CoachApplication) -> None:
    """Hook up the catch-alls; nothing registered after this is reached."""
    application.add_handler(MessageHandler(PRIVATE & filters.COMMAND, unknown_command))
    application.add_handler(MessageHandler(PRIVATE & (filters.TEXT | filters.CAPTION), text))
    application.add_handler(MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, not_text))
    application.add_handler(CallbackQueryHandler(unknown_button))
