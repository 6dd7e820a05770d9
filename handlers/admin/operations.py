"""/stats and /broadcast, for administrators; and what they are told of when something goes wrong."""

import logging
from datetime import timedelta
from typing import Any, Final

from telegram import Message, MessageEntity, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from coach.buttons.account import Dismiss
from coach.buttons.admin import SendBroadcast, StopBroadcast
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button
from db.models import Broadcast
from db.queries.admin import broadcasts, operator_stats
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import PRIVATE, for_admins, on_admin_command, pattern, pressed
from handlers.framework.turn import Turn

log: Final = logging.getLogger(__name__)
WEEK: Final = timedelta(days=7)


def stats(turn: Turn, _words: str) -> None:
    """Show how things are, and the last seven days."""
    session, since = turn.session, turn.now - WEEK
    turn.say(
        "admin/stats",
        people=operator_stats.people(session, turn.now),
        met=operator_stats.met(session, since),
        sessions=operator_stats.sessions(session, since),
        questions=operator_stats.questions(session, since),
        waiting=operator_stats.waiting(session),
        set_aside=operator_stats.set_aside(session),
    )


async def broadcast(update: Update, context: Context) -> None:
    """Show what would be sent, to how many, and ask."""
    message = message_of(update.effective_message)
    await context.turn(update, lambda turn: preview(turn, message))


def preview(turn: Turn, message: dict[str, Any]) -> None:
    """Send the message back exactly as it would arrive; nothing goes out before it is confirmed."""
    if not message["text"]:
        turn.say("admin/how_to_broadcast")
        return
    made = broadcasts.draft(turn.session, turn.user.id, message, turn.now)
    turn.send_copy(message)
    rows = [[Button("broadcast_send", SendBroadcast(made.id or 0), style="primary"), Button("keep_it", Dismiss())]]
    turn.say("admin/preview", rows, people=broadcasts.reachable(turn.session))


def send(turn: Turn, action: SendBroadcast) -> None:
    """Let the scheduler begin."""
    found = _own(turn, action.broadcast, broadcasts.DRAFT)
    found.state, found.message_id = broadcasts.SENDING, turn.pressed_message_id
    found.unreachable_before = broadcasts.unreachable(turn.session)
    rows = [[Button("broadcast_stop", StopBroadcast(action.broadcast), style="danger")]]
    turn.reply("admin/progress", rows, sent=0, people=broadcasts.reachable(turn.session))


def stop(turn: Turn, action: StopBroadcast) -> None:
    """Let the scheduler take back what is not sent yet."""
    found = _own(turn, action.broadcast, broadcasts.SENDING)
    found.state, found.message_id = broadcasts.STOPPING, turn.pressed_message_id
    turn.reply("admin/stopping")


def _own(turn: Turn, broadcast_id: int, state: str) -> Broadcast:
    found = broadcasts.find(turn.session, broadcast_id, turn.user.id)
    if found is None or found.state != state:
        raise StaleButton
    return found


def message_of(message: Message | None) -> dict[str, Any]:
    """Return what stands behind the command, with its bold and links: text and entities as Telegram takes them.

    Entities count UTF-16 units from the beginning of the message; what reaches into the command is cut.
    """
    text = (message.text or "") if message else ""
    _command, gap, rest = _split(text)
    skipped = _units(text[: len(text) - len(rest)])
    entities = []
    for entity in message.entities if message else ():
        start, end = max(entity.offset, skipped) - skipped, entity.offset + entity.length - skipped
        if end > start and entity.type != MessageEntity.BOT_COMMAND:
            entities.append(entity.to_dict() | {"offset": start, "length": end - start})
    return {"text": rest, "entities": entities} if gap else {"text": "", "entities": []}


def _split(text: str) -> tuple[str, str, str]:
    command = text.split(maxsplit=1)[0] if text.split() else ""
    rest = text[len(command) :].lstrip()
    return command, text[len(command) : len(text) - len(rest)], rest


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def register(application: CoachApplication) -> None:
    """Hook up the commands and the buttons."""

    async def take_send(update: Update, context: Context) -> None:
        action = pressed(update, SendBroadcast)
        await context.turn(update, lambda turn: send(turn, action))

    async def take_stop(update: Update, context: Context) -> None:
        action = pressed(update, StopBroadcast)
        await context.turn(update, lambda turn: stop(turn, action))

    on_admin_command(application, "stats", stats)
    application.add_handler(CommandHandler("broadcast", for_admins(broadcast), filters=PRIVATE))
    application.add_handler(CallbackQueryHandler(for_admins(take_send), pattern=pattern(SendBroadcast)))
    application.add_handler(CallbackQueryHandler(for_admins(take_stop), pattern=pattern(StopBroadcast)))
