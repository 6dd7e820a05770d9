"""A line of text, or one under a picture: a red flag, the answer to what was asked, or a question.

The catch-alls stand here, last.
"""

from collections.abc import Callable
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from coach.mistakes import OldButton, UserMistake
from coach.profile import Awaiting
from content.library import Finding
from handlers import asking, check, feeling, goals, measuring, pausing, profile, remind, weight, wishing, zone
from handlers.application import Coach, Context
from handlers.registering import PRIVATE, said
from handlers.turn import Turn

A_QUESTION: Final = 3  # words: an answer that was not understood and is at least this long may be a question


async def text(update: Update, context: Context) -> None:
    """Read what was written in the light of what was asked."""
    written = said(update.effective_message).strip()
    finding = await context.read(update, written)
    places = context.services.places

    def read_zone(turn: Turn, words: str) -> None:
        zone.answer(turn, words, places)

    readers: dict[Awaiting, Callable[[Turn, str], None]] = {
        Awaiting.GOALS: goals.answer,
        Awaiting.EXPERIENCE: profile.answer_experience,
        Awaiting.DAYS: profile.answer_days,
        Awaiting.MINUTES: profile.answer_minutes,
        Awaiting.LONGEST: profile.answer_longest,
        Awaiting.EQUIPMENT: profile.answer_equipment,
        Awaiting.CHECK: check.answer,
        Awaiting.AGE: profile.answer_age,
        Awaiting.NOTE: feeling.answer_note,
        Awaiting.UNITS: weight.answer_units,
        Awaiting.WEIGHT: weight.answer,
        Awaiting.GIRTH: measuring.answer_girth,
        Awaiting.RAISES: measuring.answer_raises,
        Awaiting.ZONE: read_zone,
        Awaiting.TIME: remind.answer,
        Awaiting.REMINDER: remind.answer_kind,
        Awaiting.QUIET: remind.answer_quiet,
        Awaiting.UNTIL: pausing.answer_until,
    }
    await context.turn(update, lambda turn: _read(turn, written, finding, readers))


def _read(turn: Turn, written: str, finding: Finding, readers: dict[Awaiting, Callable[[Turn, str], None]]) -> None:
    asked = turn.user.asked
    careful = (
        finding.safety is not None
        and not turn.language.safety[finding.safety].pauses
        and finding.urgency not in asking.PAUSES
    )
    if careful and asked is Awaiting.CHECK and check.heard(turn, written):
        return  # "yes, I have asthma" is what was asked for
    shown = turn.language.exercise_of(written) is not None and len(written.split()) >= A_QUESTION
    plainly_asked = shown or (written.endswith("?") and finding.outcome == "answer")
    if finding.outcome != "safety" and asked is None and wishing.granted(turn, written):
        return
    if finding.outcome == "safety" or asked is None or plainly_asked:
        asking.answer(turn, written, finding)
        return
    if wishing.about_the_question(turn, written, asked):
        return
    try:
        readers[asked](turn, written)
    except UserMistake as mistake:
        if wishing.granted(turn, written):
            return
        if finding.outcome != "answer" or len(written.split()) < A_QUESTION:
            mistake.asked = mistake.asked or asked
            raise
        asking.answer(turn, written, finding)


async def unknown_command(update: Update, context: Context) -> None:
    """A command that does not exist."""
    await context.turn(update, lambda turn: turn.say("mistakes/unknown_command"))


async def not_text(update: Update, context: Context) -> None:
    """A sticker, a photo, a voice message: kindly, what works instead."""
    await context.turn(update, lambda turn: turn.say("mistakes/not_text"))


async def unknown_button(_update: Update, _context: Context) -> None:
    """A button of an older version, or a forged one."""
    raise OldButton


def register(application: Coach) -> None:
    """Hook up the catch-alls; nothing registered after this is reached."""
    application.add_handler(MessageHandler(PRIVATE & filters.COMMAND, unknown_command))
    application.add_handler(MessageHandler(PRIVATE & (filters.TEXT | filters.CAPTION), text))
    application.add_handler(MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, not_text))
    application.add_handler(CallbackQueryHandler(unknown_button))
