"""A line of text, or one under a picture: a red flag, the answer to what was asked, or a question.

The catch-alls stand here, last.
"""

from collections.abc import Callable
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from coach.profile import PromptKind
from coach.user_errors import StaleButton, UserError
from content.library import SearchResult
from handlers.account import pause, remind, weight
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import PRIVATE, said
from handlers.framework.turn import Turn
from handlers.prompts import goals, profile, screening, zone
from handlers.questions import ask, plain_commands
from handlers.training import feedback, measure

MIN_QUESTION_WORDS: Final = 3  # words: an answer that was not understood and is at least this long may be a question


async def text(update: Update, context: Context) -> None:
    """Read what was written in the light of what was asked."""
    written = said(update.effective_message).strip()
    finding = await context.read(update, written)
    places = context.services.places

    def read_zone(turn: Turn, words: str) -> None:
        zone.answer(turn, words, places)

    readers: dict[PromptKind, Callable[[Turn, str], None]] = {
        PromptKind.GOALS: goals.answer,
        PromptKind.EXPERIENCE: profile.answer_experience,
        PromptKind.DAYS: profile.answer_days,
        PromptKind.MINUTES: profile.answer_minutes,
        PromptKind.LONGEST: profile.answer_longest,
        PromptKind.EQUIPMENT: profile.answer_equipment,
        PromptKind.CHECK: screening.answer,
        PromptKind.AGE: profile.answer_age,
        PromptKind.NOTE: feedback.answer_note,
        PromptKind.UNITS: weight.answer_units,
        PromptKind.WEIGHT: weight.answer,
        PromptKind.GIRTH: measure.answer_girth,
        PromptKind.RAISES: measure.answer_raises,
        PromptKind.ZONE: read_zone,
        PromptKind.TIME: remind.answer,
        PromptKind.REMINDER: remind.answer_kind,
        PromptKind.QUIET: remind.answer_quiet,
        PromptKind.UNTIL: pause.answer_until,
    }
    await context.turn(update, lambda turn: route_text(turn, written, finding, readers))


def route_text(
    turn: Turn, written: str, finding: SearchResult, readers: dict[PromptKind, Callable[[Turn, str], None]]
) -> None:
    asked = turn.user.prompt
    careful = finding.safety is not None and not turn.language.safety[finding.safety].pauses
    if careful and asked is PromptKind.CHECK and screening.try_answer(turn, written):
        return  # "yes, I have asthma" is what was asked for
    shown = turn.language.exercise_of(written) is not None and len(written.split()) >= MIN_QUESTION_WORDS
    plainly_asked = shown or (written.endswith("?") and finding.outcome == "answer")
    if finding.outcome != "safety" and asked is None and plain_commands.try_command(turn, written):
        return
    if finding.outcome == "safety" or asked is None or plainly_asked:
        ask.answer(turn, written, finding)
        return
    if plain_commands.about_the_question(turn, written, asked):
        return
    try:
        readers[asked](turn, written)
    except UserError as mistake:
        if plain_commands.try_command(turn, written):
            return
        if finding.outcome != "answer" or len(written.split()) < MIN_QUESTION_WORDS:
            mistake.asked = mistake.asked or asked
            raise
        ask.answer(turn, written, finding)


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
