"""Edited messages: the newest one is taken as said anew, an older one gets a line, and a red flag is always seen."""

from typing import Final

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from content.library import SearchResult
from content.understanding.red_flags.told import Safety
from content.understanding.understand import understand_talk
from db.queries.messages import said_messages
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import said
from handlers.framework.turn import Turn
from handlers.questions.red_flags import warning

EDITED: Final = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & ~filters.VIA_BOT


async def take(update: Update, context: Context) -> None:
    """Take the newest message as said anew; `handlers.framework.said_messages` undoes what it did before."""
    message, person = update.edited_message, update.effective_user
    if message is None or person is None or not _is_changed_by_hand(message):
        return
    newest = await context.services.db.run(lambda session: said_messages.newest(session, person.id))
    if newest is None or newest.message_id != message.message_id:
        await _take_older(update, context, said(message).strip())
    elif newest.digest != said_messages.digest(said(message)):
        context.services.statuses[update.update_id].edited = True
        await context.application.process_update(Update(update.update_id, message=message))


async def _take_older(update: Update, context: Context, written: str) -> None:
    if not written:
        return
    found = await context.find(written)
    language = await context.language()
    flagged = isinstance(understand_talk(written, found, language), Safety)
    await context.turn(update, lambda turn: answer_older(turn, written, found), meet=flagged)


def answer_older(turn: Turn, written: str, found: SearchResult) -> None:
    """Say that an older message stays as it was taken; warn of a red flag in it all the same."""
    match understand_talk(written, found, turn.language):
        case Safety() as seen:
            warning.warn(turn, seen)
        case _:
            turn.say("edits/older")


def _is_changed_by_hand(message: Message) -> bool:
    """Say whether somebody changed words: Telegram tells of live locations and of previews in the same way."""
    return message.edit_date is not None and message.location is None


def register(application: CoachApplication) -> None:
    """Hook up the one handler of all edits in private chats."""
    application.add_handler(MessageHandler(EDITED, take))
