"""Introduction to Telegram at the start: who we are, how updates come, menus and descriptions in every language."""

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Bot, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeChat
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, TelegramError

from content.library import ENGLISH, Content
from content.rendering.messages import Messages
from gateway.errors import ServerFault, TokenRefused, WebhookRefused, retry_seconds
from gateway.ops.redaction import redact
from gateway.token_refusals import TokenRefusals
from handlers.account import help_menu

log: Final = logging.getLogger(__name__)

UPDATES: Final = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "message_reaction")


@dataclass(frozen=True)
class WebhookConfig:
    """The webhook: its public address, and the secret by which Telegram proves itself."""

    url: str
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """The path on our own server."""
        return urlsplit(self.url).path or "/"


async def retry_until_ok(call: Callable[[], Awaitable[None]]) -> None:
    """Do it, again and again where Telegram cannot be reached, and say so once. Raises TokenRefused."""
    refusals = TokenRefusals()
    for attempt in itertools.count():
        try:
            await call()
            return
        except TelegramError as error:
            if refusals.count(error):
                raise TokenRefused from None
            if attempt == 0:
                log.warning("cannot reach Telegram yet, trying again", extra={"error": redact(repr(error))})
            wait = retry_seconds(error, attempt)
        await asyncio.sleep(wait)


def _warn_optional(method: str, error: TelegramError) -> None:
    log.warning("the server does not take an optional method", extra={"method": method, "error": redact(repr(error))})


async def identify(initialize: Callable[[], Awaitable[None]]) -> None:
    """Learn the bot's name. Raises TokenRefused at once: here the token is all that Telegram is asked about."""
    try:
        await initialize()
    except (InvalidToken, EndPointNotFound):  # Telegram answers a token of a wrong form with 404
        raise TokenRefused from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ServerFault("the answer does not say who the bot is") from None


async def set_webhook(bot: Bot, hook: WebhookConfig | None) -> None:
    """Have updates brought, or no longer brought: while a webhook is set, polling is refused.

    Raises WebhookRefused where Telegram does not take the address.
    """
    try:
        if hook is None:
            await bot.delete_webhook()
        else:
            await bot.set_webhook(hook.url, secret_token=hook.secret, allowed_updates=UPDATES)
    except BadRequest as error:
        raise WebhookRefused(error.message) from None
    except EndPointNotFound as error:
        if hook is not None:
            raise WebhookRefused(error.message) from None
        _warn_optional(bot.delete_webhook.__name__, error)


async def describe(bot: Bot, content: Content, admins: Collection[int]) -> None:
    """Set the menus and descriptions in every language; a server that does not know these methods is no matter."""
    for language in content.languages.values():
        code = None if language.code == ENGLISH else language.code
        if code is not None and len(code) != len(ENGLISH):
            continue  # Telegram takes languages by two letters alone: here its menu stays English
        for call in _descriptions(bot, language.messages, code, admins):
            try:
                await call()
            except TelegramError as error:
                scope = call.keywords.get("scope")
                if isinstance(scope, BotCommandScopeChat) and isinstance(error, BadRequest):
                    log.warning(
                        "no menu for an administrator yet: they write to the bot, then it is started again",
                        extra={"admin": scope.chat_id},
                    )
                else:
                    _warn_optional(call.func.__name__, error)


def _descriptions(
    bot: Bot, messages: Messages, code: str | None, admins: Collection[int]
) -> list[partial[Coroutine[Any, Any, bool]]]:
    """Return the calls for people whose Telegram speaks this language; None is everybody else's.

    The menu of an administrator can only be set once they have written to the bot.
    """
    menus: list[tuple[Sequence[str], BotCommandScope | None]] = [
        (help_menu.COMMANDS, None),
        (help_menu.GROUP_COMMANDS, BotCommandScopeAllGroupChats()),
    ]
    everything = (*help_menu.COMMANDS, *help_menu.ADMIN_COMMANDS)
    menus += [(everything, BotCommandScopeChat(admin)) for admin in sorted(admins)]
    return [
        *(
            partial(bot.set_my_commands, help_menu.menu(messages, names), scope=scope, language_code=code)
            for names, scope in menus
        ),
        partial(bot.set_my_description, messages.label("bot_description"), language_code=code),
        partial(bot.set_my_short_description, messages.label("bot_short_description"), language_code=code),
    ]
