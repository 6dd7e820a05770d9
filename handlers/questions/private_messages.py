"""A line of text, or one under a picture, in the person's own chat: understood, and carried out.

The catch-alls stand here, last.
"""

from datetime import timedelta
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from coach.buttons.setup import SkipStep
from coach.reminders.local_time import to_local
from coach.user_errors import StaleButton
from content.library import SearchResult
from content.understanding.intents import Command
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NotAnAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.red_flags.told import Safety
from content.understanding.requests.slots.heard import Moment
from content.understanding.understand import understand
from db.queries.sessions import is_strength_day
from handlers.framework import said_messages
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import FORWARDED, PRIVATE, said
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import AnyPrompt, OpenPrompt
from handlers.prompts.registry import open_prompt
from handlers.questions import ask
from handlers.questions.red_flags import remarks, warning
from handlers.requests import requesting
from handlers.requests.context import confirming, offers, understood_by_context
from handlers.training.guide import live
from services import shown

CAPTION_COMES_WITHIN: Final = timedelta(seconds=1)
"""The pictures of an album come one by one, and any of them may have the caption."""


async def text(update: Update, context: Context) -> None:
    """Understand what was written in the light of what was asked, and do it."""
    written = said(update.effective_message).strip()
    found = await context.find_or_red_flag(update, written)
    await context.turn(update, lambda turn: respond(turn, written, found))


def respond(turn: Turn, written: str, found: SearchResult) -> None:
    """Do what a message means; of an album, what its first caption means."""
    if said_messages.is_answered(turn) and found.outcome != "safety":
        return
    turn.written = written
    if found.outcome != "safety" and live.take(turn, written):
        return
    opened = open_prompt(turn)
    if found.outcome != "safety" and confirming.take(turn, written):
        return
    understood = understand(written, found, turn.language, moment=_moment(turn), expecting=opened)
    if opened is not None and _was_let_be(turn, opened, understood):
        turn.close_prompt()
        opened, understood = None, understand(written, found, turn.language, moment=_moment(turn))
    match understood:
        case PromptAnswer() if opened is not None:
            opened.take(understood.value)
        case PromptCommand(command=command) if opened is not None:
            _about(turn, command, opened.prompt)
        case _ if (
            remarks.take(turn, written, understood)
            or (opened is not None and opened.may_be_refused and confirming.refuse_prompt(turn, understood))
            or understood_by_context.carry_out(turn, understood, found)
        ):
            pass
        case Requests():
            requesting.carry_out(turn, understood, found)
        case Between():
            requesting.offer(turn, understood, written)
        case NotAnAnswer(mistake=mistake):
            mistake.asked = mistake.asked or understood.kind
            raise mistake
        case PromptAnswer() | PromptCommand():
            raise AssertionError("only an open question is answered")
        case _:
            ask.reply(turn, written, found, understood)
            offers.keep_offered(turn, understood)


def _was_let_be(turn: Turn, opened: OpenPrompt, understood: Understood) -> bool:
    """Say whether a message is about something else than a question outside the set-up that was let be for hours."""
    answers = isinstance(understood, PromptAnswer | PromptCommand)
    return opened.may_be_refused and not answers and shown.is_long_ago(turn.user, turn.now)


def _moment(turn: Turn) -> Moment:
    now = to_local(turn.now, turn.user.zone or "UTC")
    strength = is_strength_day(turn.session, turn.user, now.date())
    return Moment(now, turn.user.weighs_in, turn.shown, turn.places, strength=strength)


def _about(turn: Turn, command: Command, prompt: AnyPrompt) -> None:
    """Leave the open question, give its reason again or end its list of ticks."""
    match command:
        case Command.SKIP:
            setup.skip(turn, SkipStep(prompt.kind))
        case Command.WHY:
            turn.open_prompt(prompt.kind)
        case _:
            prompt.confirm(turn)


async def unknown_command(update: Update, context: Context) -> None:
    """A command that does not exist."""
    await context.turn(update, lambda turn: turn.say("mistakes/unknown_command"))


async def not_text(update: Update, context: Context) -> None:
    """A sticker, a photo, a voice message: kindly, what works instead."""
    await context.turn(update, lambda turn: say_once(turn, "mistakes/not_text"))


async def forwarded(update: Update, context: Context) -> None:
    """A message that somebody wrote to somebody else."""
    written = said(update.effective_message).strip()
    found = await context.find(written)
    await context.turn(update, lambda turn: respond_to_forwarded(turn, written, found))


def respond_to_forwarded(turn: Turn, written: str, found: SearchResult) -> None:
    """Answer a question or a red flag; a forwarded message is no command, no request and no answer to a prompt."""
    is_talk = not written.startswith("/")
    match understand(written, found, turn.language, moment=_moment(turn)):
        case Safety() as seen:
            warning.warn(turn, seen, forwarded=True)
        case Requests(care=Safety() as seen):
            warning.warn(turn, seen, forwarded=True)
        case (Answer() | ExerciseRequest() | StillLearning()) as understood if is_talk:
            ask.reply(turn, written, found, understood)
        case Suggest() as understood if is_talk and turn.user.prompt is None:  # a word or two could be an answer
            ask.reply(turn, written, found, understood)
        case _:
            say_once(turn, "forwarded/not_yours")


def say_once(turn: Turn, template: str) -> None:
    """Say it once to an album, or to several forwarded messages in a row; an album's caption may yet come."""
    if said_messages.is_answered(turn):
        return
    message = turn.say(template)
    if (key := said_messages.album_key(turn)) is not None:
        message.once_key, message.not_before = key, turn.now + CAPTION_COMES_WITHIN


async def unknown_button(_update: Update, _context: Context) -> None:
    """A button of an older version, or a forged one."""
    raise StaleButton


def register(application: CoachApplication) -> None:
    """Hook up the catch-alls; nothing registered after this is reached."""
    application.add_handler(MessageHandler(FORWARDED & ~filters.StatusUpdate.ALL, forwarded))
    application.add_handler(MessageHandler(PRIVATE & filters.COMMAND, unknown_command))
    application.add_handler(MessageHandler(PRIVATE & (filters.TEXT | filters.CAPTION), text))
    application.add_handler(MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, not_text))
    application.add_handler(CallbackQueryHandler(unknown_button))
