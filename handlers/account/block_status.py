"""Blocking and unblocking: nothing is sent to a person who blocks the bot, until they come back."""

from typing import Final

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ChatMemberHandler

from handlers.framework.application import CoachApplication, Context
from services import block_status

GONE: Final = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})


async def changed(update: Update, context: Context) -> None:
    """Note that the person left or came back. Nothing is said, and nobody becomes known by it."""
    change = update.my_chat_member
    assert change is not None, "the handler takes nothing else"
    if change.chat.type != ChatType.PRIVATE:
        return
    work = block_status.block if change.new_chat_member.status in GONE else block_status.unblock
    person, now = change.chat.id, context.services.now()
    await context.record_update(update, lambda session: work(session, person, now))


def register(application: CoachApplication) -> None:
    """Hook up the change."""
    application.add_handler(ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER))
