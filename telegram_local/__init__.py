"""A Bot API server on loopback with a chat page: try the bot, and test it, without Telegram."""

from telegram_local.api.faults import Blocked, Cut, CutAfter, Fault, Hang, Refuse, RetryAfter, ServerError
from telegram_local.people import LocalUser, Press
from telegram_local.server import Call, LocalTelegram
from telegram_local.state import Message

__all__ = [
    "Blocked",
    "Call",
    "Cut",
    "CutAfter",
    "Fault",
    "Hang",
    "LocalTelegram",
    "LocalUser",
    "Message",
    "Press",
    "Refuse",
    "RetryAfter",
    "ServerError",
]
