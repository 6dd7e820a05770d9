"""Routing: a command, a button or an awaited answer becomes one turn of one function."""

from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeAlias, TypeVar

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from coach.buttons.callback_data import CallbackData, parse
from coach.user_errors import StaleButton
from handlers.framework.application import CoachApplication, Context
from handlers.framework.turn import Turn

# What was sent by way of an inline bot, ours included, is nothing that was said to us. What was forwarded was said by
# somebody to somebody else.
_PRIVATE_MESSAGE: Final = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.VIA_BOT
PRIVATE: Final = _PRIVATE_MESSAGE & ~filters.FORWARDED
FORWARDED: Final = _PRIVATE_MESSAGE & filters.FORWARDED
A = TypeVar("A", bound=CallbackData)
Take: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]


def on_command(application: CoachApplication, name: str, work: Callable[[Turn, str], None]) -> None:
    """Let `/name words` in a private chat do `work(turn, "words")`."""

    async def take(update: Update, context: Context) -> None:
        words = argument(update.effective_message)
        await context.turn(update, lambda turn: work(turn, words))

    application.add_handler(CommandHandler(name, take, filters=PRIVATE))


def on_admin_command(application: CoachApplication, name: str, work: Callable[[Turn, str], None]) -> None:
    """Let `/name words` of an administrator do `work(turn, "words")`; to anybody else it is an unknown command."""

    async def take(update: Update, context: Context) -> None:
        words = argument(update.effective_message)
        await context.turn(update, lambda turn: work(turn, words))

    application.add_handler(CommandHandler(name, for_admins(take), filters=PRIVATE))


def for_admins(take: Take) -> Take:
    """Let only administrators come through: others are told what somebody who guesses is told."""

    async def guarded(update: Update, context: Context) -> None:
        person = update.effective_user
        if person is not None and person.id in context.services.admins:
            await take(update, context)
        elif update.callback_query is not None:
            raise StaleButton
        else:
            await context.turn(update, lambda turn: turn.say("mistakes/unknown_command"))

    return guarded


def on_button(
    application: CoachApplication, kind: type[A], work: Callable[[Turn, A], None], *, in_groups: bool = False
) -> None:
    """Let a button that packs a `kind` do `work(turn, action)`; in groups only where the work is nobody's own."""

    async def take(update: Update, context: Context) -> None:
        action = pressed(update, kind, in_groups=in_groups)
        await context.turn(update, lambda turn: work(turn, action))

    application.works[kind] = work
    application.add_handler(CallbackQueryHandler(take, pattern=pattern(kind)))


def pattern(kind: type[CallbackData]) -> str:
    """Return the regular expression of the data that packs a `kind`."""
    return rf"^{kind.code}(:|$)"


def pressed(update: Update, kind: type[A], *, in_groups: bool = False) -> A:
    """Return the pressed button's action. Raises StaleButton for anything forged, and in groups by default."""
    query, chat = update.callback_query, update.effective_chat
    action = parse(query.data or "") if query else None
    if not isinstance(action, kind) or chat is None or not (in_groups or chat.type == ChatType.PRIVATE):
        raise StaleButton
    return action


def said(message: Message | None) -> str:
    """Return what was written: a message's text, or what stands under its picture."""
    return (message.text or message.caption or "") if message else ""


def argument(message: Message | None) -> str:
    """Return what follows the command."""
    parts = said(message).split(maxsplit=1)
    return parts[1].strip() if len(parts) > 1 else ""
