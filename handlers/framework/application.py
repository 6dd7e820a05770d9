"""The application that python-telegram-bot runs, with what our handlers need beside it, and a turn for each update."""

import asyncio
import contextlib
import html
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self, TypeAlias, TypeVar

from sqlmodel import Session
from telegram import Bot, Chat, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackContext, ContextTypes
from telegram.request import BaseRequest

from coach.buttons.callback_data import CallbackData
from content.library import Content, Language, SearchResult
from content.understanding.places import Places
from db import outbox
from db.engine import Database
from db.models import User
from db.outbox import Outgoing
from db.queries import users
from db.queries.messages import updates
from handlers.framework import said_messages
from handlers.framework.turn import BotIdentity, PromptFlow, Turn
from services import block_status, shown

log: Final = logging.getLogger(__name__)
T = TypeVar("T")
Nothing: TypeAlias = dict[Any, Any]


@dataclass
class UpdateStatus:
    """The status of one update."""

    recorded: bool = False
    edited: bool = False  # its message was said before, with other words
    failure: BaseException | None = None


@dataclass
class Services:
    """Services of the handlers. `content` is replaced whole by a reload."""

    db: Database
    content: Content
    places: Places
    now: Callable[[], datetime]
    enqueue: Callable[[Sequence[Outgoing]], None]
    replica: str
    prompts: PromptFlow
    admins: frozenset[int] = frozenset()
    guides_at_once: int = 0  # guides that may run in chats at the same time
    guides_changed: Callable[[], None] = field(default=lambda: None)  # hears that one began or was moved on
    read_content: Callable[[], Content] | None = None  # reads the content anew; raises ContentProblems
    drop_chat: Callable[[int], None] = field(default=lambda _chat_id: None)  # drops what waits in memory for a chat
    cancel: Callable[[int, Sequence[int]], None] = field(default=lambda _chat_id, _ids: None)  # drops these rows of it
    statuses: dict[int, UpdateStatus] = field(default_factory=dict)


class CoachApplication(Application["Bot", "Context", Nothing, Nothing, Nothing, None]):
    """PTB's application with our services."""

    def __init__(self, *, services: Services, **built: Any) -> None:
        super().__init__(**built)
        self.services = services
        self.works: dict[type[CallbackData], Callable[[Turn, Any], None]] = {}  # of the buttons

    def _mark_for_persistence_update(self, *, update: object | None = None, job: object | None = None) -> None:
        """Keep nothing: PTB notes everybody who writes for a store that we have not, and forgets nobody."""


class Context(CallbackContext[Bot, Nothing, Nothing, Nothing]):
    """PTB's context with our services and `turn`, the transaction of the update."""

    current_update: Update | None = None  # what it is the context of

    @classmethod
    def from_update(cls, update: object, application: Any) -> Self:
        """Make the context of an update, and remember whose it is."""
        context = super().from_update(update, application)
        context.current_update = update if isinstance(update, Update) else None
        return context

    @property
    def works(self) -> Mapping[type[CallbackData], Callable[[Turn, Any], None]]:
        """The work of each button, which words may do as well."""
        application = self.application
        assert isinstance(application, CoachApplication)
        return application.works

    @property
    def services(self) -> Services:
        """Database, content, clock and the rest."""
        application = self.application
        assert isinstance(application, CoachApplication)
        return application.services

    @property
    def bot_identity(self) -> BotIdentity:
        """The bot itself, as getMe told at the start."""
        return BotIdentity(self.bot.username, bool(self.bot.supports_inline_queries))

    async def find(self, question: str) -> SearchResult:
        """Find the answer in a thread of its own: it takes some milliseconds of computing."""
        finder = (await self.language()).finder
        return await asyncio.to_thread(finder.find_soon, question)

    async def find_or_red_flag(self, update: Update, written: str) -> SearchResult:
        """Find what a message in a private chat leads to, in the light of what was shown last.

        The answer to a question of ours does not wait for weights that are still being fitted.
        """
        finder, person = (await self.language()).finder, update.effective_user
        user = await self._look_up(person.id) if person else None
        if not finder.ready and user is not None and user.prompt is not None:
            return finder.detect_red_flags(written)
        after = shown.current(user, self.services.now()) if user is not None else None
        return await asyncio.to_thread(finder.find_soon, written, after)

    async def language(self) -> Language:
        """Return the language of who speaks: the chosen one, at first contact and in groups that of their Telegram."""
        content, update = self.services.content, self.current_update
        person = update.effective_user if update is not None else None
        if update is None or person is None or len(content.languages) == 1:
            return content.language(None)
        known = None
        if not _in_public(update.effective_chat):
            known = await self._look_up(person.id)
        return content.language(known.language if known is not None else person.language_code)

    async def _look_up(self, person: int) -> User | None:
        """Return somebody's row as it is now, before the turn."""
        return await self.services.db.run(lambda session: users.look_up(session, person), brief=True)

    async def turn(self, update: Update, work: Callable[[Turn], object], *, meet: bool = True) -> None:
        """Run `work` as the one transaction of this update, then hand its messages over and answer the button.

        An update that took effect before does nothing, nor does one that comes from nobody. Without `meet`, whoever is
        not known stays so.
        """
        services, query = self.services, update.callback_query
        if update.effective_user is None:
            return
        try:
            turn = await services.db.run(lambda session: self._take(session, update, work, meet=meet), brief=True)
        except updates.AlreadyHandled:
            turn = None
        services.statuses.setdefault(update.update_id, UpdateStatus()).recorded = True
        if turn is not None:
            if turn.erased_user_id is not None:
                services.drop_chat(turn.erased_user_id)
            if turn.cancelled_ids:
                services.cancel(turn.user.id, turn.cancelled_ids)
            services.enqueue(turn.outgoing)
            if turn.guide_moved:
                services.guides_changed()
        if query is not None:
            toast = turn.toast if turn else None
            # A press that waited too long can no longer be answered; the message has changed all the same.
            with contextlib.suppress(TelegramError):
                await query.answer(
                    text=html.unescape(toast.text) if toast else None, show_alert=bool(toast and toast.alert)
                )

    async def record_update(self, update: Update, work: Callable[[Session], object]) -> None:
        """Run `work` as the one transaction of an update in which nobody speaks; one that took effect does nothing."""
        services = self.services

        def once(session: Session) -> None:
            updates.mark(session, update.update_id, services.now())
            work(session)

        with contextlib.suppress(updates.AlreadyHandled):
            await services.db.run(once, brief=True)
        services.statuses.setdefault(update.update_id, UpdateStatus()).recorded = True

    def _take(self, session: Session, update: Update, work: Callable[[Turn], object], *, meet: bool) -> Turn:
        services, person, query = self.services, update.effective_user, update.callback_query
        assert person is not None, "turns are for people"
        now, chat = services.now(), update.effective_chat
        updates.mark(session, update.update_id, now)
        personal = chat is not None and chat.type == ChatType.PRIVATE
        theirs = services.content.language(person.language_code).code
        known = personal and (meet or users.exists(session, person.id))
        is_new = False
        if known:
            user, is_new = users.get_or_create(session, person.id, person.first_name, now, theirs)
            block_status.mark_reachable(session, user, now)
        else:
            user = users.unsaved(person.id, now, theirs)
        pressed = query.message.message_id if query and query.message else None
        pictured = query is not None and isinstance(query.message, Message) and query.message.text is None
        spoken = update.message or update.edited_message
        turn = Turn(
            session=session,
            user=user,
            language=services.content.language(user.language),
            now=now,
            pressed_message_id=None if pictured else pressed,
            pressed_photo_id=pressed if pictured else None,
            replica=services.replica,
            bot_identity=self.bot_identity,
            group=chat.id if chat is not None and not personal else None,
            said_id=_own_words(update) if known and personal else None,
            reply_to=spoken.message_id if spoken is not None and not personal else None,
            languages=services.content.languages,
            prompts=services.prompts,
            places=services.places,
            guides_at_once=services.guides_at_once,
            works=self.works,
        )
        if known and update.message is not None:
            status = services.statuses.setdefault(update.update_id, UpdateStatus())
            turn.said_id = None if status.edited else turn.said_id
            said_messages.carry_out(turn, update.message, work, edited=status.edited, is_first=is_new)
        else:
            shown.take_asked(user, now)
            work(turn)
        if not known:
            for message in turn.outgoing:
                message.user_id = None
        outbox.enqueue(session, turn.outgoing)
        turn.cancelled_ids = outbox.cancelled_ids(session)
        return turn


def _own_words(update: Update) -> int | None:
    """Return the id of one message that the person wrote: not forwarded, of no album, nor sent by way of a bot."""
    message = update.message
    if message is None or message.forward_origin or message.media_group_id or message.via_bot:
        return None
    return message.message_id


def _in_public(chat: Chat | None) -> bool:
    return chat is not None and chat.type != ChatType.PRIVATE


def build(
    token: str, base_url: str, request: BaseRequest, polling_request: BaseRequest, services: Services
) -> CoachApplication:
    """Return the application, without handlers and without an updater: updates come from the intake."""
    builder = (
        ApplicationBuilder()
        .application_class(CoachApplication, {"services": services})
        .context_types(ContextTypes(context=Context))
        .token(token)
        .base_url(f"{base_url}/bot")
        .base_file_url(f"{base_url}/file/bot")
        .request(request)
        .get_updates_request(polling_request)
        .updater(None)
        .job_queue(None)
    )
    application = builder.build()
    assert isinstance(application, CoachApplication)
    return application
