"""Reactions of people: a thumb down on the last answer says that it is not what was asked."""

from collections.abc import Iterable
from typing import Final

from telegram import MessageReactionUpdated, ReactionType, ReactionTypeEmoji, Update
from telegram.constants import ChatType
from telegram.ext import MessageReactionHandler

from coach.buttons.questions import NotIt
from db.queries import users
from handlers.framework.application import CoachApplication, Context
from handlers.framework.turn import Turn
from handlers.questions import ask
from services import shown

DOWN: Final = "👎"


async def reacted(update: Update, context: Context) -> None:
    """Do what "Not what I asked" does under the last answer; of other reactions and messages nothing is made."""
    change = update.message_reaction
    if change is None or change.user is None or change.chat.type != ChatType.PRIVATE or not _turned_down(change):
        return
    person, message_id = change.user.id, change.message_id
    user = await context.services.db.run(lambda session: users.find(session, person))
    answered = shown.answered_in(user, message_id) if user is not None else None
    if answered is None or answered[0] not in (await context.language()).entries:
        return
    offer = await ask.offer_others(context, NotIt(*answered))

    def work(turn: Turn) -> None:
        if shown.answered_in(turn.user, message_id) == answered:  # nothing else was shown meanwhile
            turn.pressed_message_id = message_id
            offer(turn)

    await context.turn(update, work, meet=False)


def _turned_down(change: MessageReactionUpdated) -> bool:
    """Say whether a thumb down is new."""
    return _has_thumb(change.new_reaction) and not _has_thumb(change.old_reaction)


def _has_thumb(reactions: Iterable[ReactionType]) -> bool:
    """Look at the emoji alone: kinds that the library does not know may not be compared."""
    return any(isinstance(one, ReactionTypeEmoji) and one.emoji == DOWN for one in reactions)


def register(application: CoachApplication) -> None:
    """Hook up reactions."""
    application.add_handler(
        MessageReactionHandler(reacted, message_reaction_types=MessageReactionHandler.MESSAGE_REACTION_UPDATED)
    )
