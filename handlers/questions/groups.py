"""Groups: a question addressed to the bot is answered, every other command is sent to the private chat, the rest is
none of our business.

Nothing here reads or writes what belongs to a person: see `Turn.group`.
"""

import re
from typing import Final

from telegram import Message, MessageEntity, Update
from telegram.ext import MessageHandler, filters

from coach.requests import Intent
from content.library import SearchResult
from content.rendering.keyboards import Link
from content.understanding.requests.reader import read_requests
from content.understanding.requests.slots.heard import Moment
from handlers.account import help_menu
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import argument, said
from handlers.framework.turn import Turn
from handlers.questions import ask

IN_A_GROUP: Final = filters.ChatType.GROUPS & filters.UpdateType.MESSAGES & ~filters.VIA_BOT
ASK: Final = "ask"
FOR_EVERYBODY: Final = frozenset({Intent.EXERCISE, Intent.HELP, Intent.SUBJECTS, Intent.FEEDBACK})
"""Requests that concern nobody's own training."""


async def take(update: Update, context: Context) -> None:
    """Answer what is addressed to the bot; be silent otherwise."""
    message, name = update.effective_message, context.bot_identity.username
    if message is None or not said(message):
        return
    command, addressed = command_of(message, name)
    only_flags = update.edited_message is not None or message.forward_origin is not None
    if command is not None and command != ASK:
        if only_flags:
            return
        if addressed or command in help_menu.COMMANDS:
            await context.turn(update, in_private)
        return
    question = _question(message, command, name, context.bot.id)
    if question is None:
        return
    finding = await context.find(question) if question else None
    if only_flags and (finding is None or finding.safety is None):
        return  # it was answered when it was said, or somebody else said it, not to us
    # A reply that asks nothing, "haha, thanks", is talk among people.
    if finding is None:
        await context.turn(update, how)
    elif finding.outcome != "none" or command is not None or _mentions(message, name) or "?" in question:
        await context.turn(update, lambda turn: answer(turn, question, finding))


def command_of(message: Message, name: str) -> tuple[str | None, bool]:
    """Return the command a message begins with and whether it names this bot; None also where it names another."""
    found = re.match(r"/(?P<command>\w+)(?:@(?P<bot>\w+))?(?!\S)", said(message))
    if found is None:
        return None, False
    if found["bot"] is not None and found["bot"].lower() != name.lower():
        return None, False
    return found["command"].lower(), found["bot"] is not None


def answer(turn: Turn, question: str, finding: SearchResult) -> None:
    """Answer as in private, without anything of anybody's own; what is asked for oneself leads to the private chat."""
    if _is_personal(turn, question, finding):
        in_private(turn)
    else:
        ask.answer(turn, question, finding)


def how(turn: Turn) -> None:
    """Say how to ask here."""
    turn.say("groups/how", username=turn.bot_identity.username)


def in_private(turn: Turn) -> None:
    """Point to the private chat, where everything else is."""
    turn.say(
        "groups/in_private",
        [[Link("ask_in_private", turn.bot_identity.link("group"))]],
        username=turn.bot_identity.username,
    )


def _is_personal(turn: Turn, question: str, finding: SearchResult) -> bool:
    """Say whether a message surely asks something of the speaker's own training, and is no question for the answers."""
    if finding.outcome in {"safety", "answer"} or turn.language.messages.small_talk.kind_of(question) is not None:
        return False
    read = read_requests(question, finding, turn.language, Moment(turn.now)).requests
    return bool(read) and not FOR_EVERYBODY.intersection(request.intent for request in read)


def _question(message: Message, command: str | None, name: str, bot: int) -> str | None:
    """Return the question that is addressed to the bot, "" where it is missing, None where nothing is addressed."""
    answered = message.reply_to_message
    if command is not None:
        return argument(message) or (said(answered) if answered and not _from(answered, bot) else "")
    text = said(message)
    if text.startswith("/"):
        return None  # another bot's command
    if _mentions(message, name):
        asked = re.sub(rf"@{re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE).strip(" ,:")
        return asked or said(answered)
    return text if answered is not None and _from(answered, bot) else None


def _mentions(message: Message, name: str) -> bool:
    parse = message.parse_entities if message.text else message.parse_caption_entities
    found = parse([MessageEntity.MENTION]).values()
    return any(mention.lower() == f"@{name}".lower() for mention in found)


def _from(message: Message, bot: int) -> bool:
    return message.from_user is not None and message.from_user.id == bot


def register(application: CoachApplication) -> None:
    """Hook up the one handler of everything said in groups."""
    application.add_handler(MessageHandler(IN_A_GROUP, take))
