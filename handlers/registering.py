"""How a handler is hooked up: a command, a button or an awaited answer becomes one turn of one function."""

from collections.abc import Callable
from typing import Final, TypeVar

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from coach.actions import Action, parse
from coach.mistakes import OldButton
from handlers.application import Coach, Context
from handlers.turn import Turn

PRIVATE: Final = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
A = TypeVar("A", bound=Action)


def on_command(application: Coach, name: str, work: Callable[[Turn, str], None]) -> None:
    """Let `/name words` in a private chat do `work(turn, "words")`."""

    async def take(update: Update, context: Context) -> None:
        words = argument(update.effective_message)
        await context.turn(update, lambda turn: work(turn, words))

    application.add_handler(CommandHandler(name, take, filters=PRIVATE))


def on_button(application: Coach, kind: type[A], work: Callable[[Turn, A], None]) -> None:
    """Let a button that packs a `kind` do `work(turn, action)`."""

    async def take(update: Update, context: Context) -> None:
        query = update.callback_query
        action = parse(query.data or "") if query else None
        if not isinstance(action, kind):
            raise OldButton
        await context.turn(update, lambda turn: work(turn, action))

    application.add_handler(CallbackQueryHandler(take, pattern=rf"^{kind.code}(:|$)"))


def argument(message: Message | None) -> str:
    """Return what follows the command."""
    parts = (message.text or "").split(maxsplit=1) if message else []
    return parts[1].strip() if len(parts) > 1 else ""
