"""The composition root: settings → database → content → application → run, and the same backwards to stop."""

import asyncio
import contextlib
import gc
import itertools
import json
import logging
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from sqlmodel import Session
from telegram import BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeChat
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, TelegramError

from content.checks.contract import listed
from content.library import ENGLISH, Content, load
from content.rendering.file_renderers import FileRenderers
from content.rendering.messages import Messages
from content.understanding.places import Places
from db import migrate, outbox
from db.engine import Database
from db.queries import due_reminders
from gateway.errors import ServerFault, TokenRefused, WebhookRefused, wait_of
from gateway.inbound.intake import Intake
from gateway.inbound.polling import Polling
from gateway.inbound.webhook import Webhook
from gateway.ops.http_server import HttpServer
from gateway.ops.leadership import Leadership
from gateway.ops.redaction import redact
from gateway.outbound.sender import Sender
from gateway.outbound.transport import AiohttpRequest, BotApi
from gateway.token_refusals import TokenRefusals
from handlers import registry
from handlers.account import export, help_menu
from handlers.framework import errors
from handlers.framework.admin_alerts import admin_alerts
from handlers.framework.application import Services, build
from handlers.framework.dispatcher import Dispatcher
from handlers.prompts.registry import Prompts
from health import Health
from scheduler.reminder_messages import ReminderComposer
from scheduler.ticker import TICK_SECONDS, Ticker

log: Final = logging.getLogger(__name__)

CONTENT: Final = Path(__file__).parent / "content"
CACHE: Final = Path(__file__).parent / ".cache"
UPDATES: Final = ("message", "callback_query", "inline_query", "my_chat_member")
FINISH_SECONDS: Final = 0.5  # twice, where Telegram is silent: for updates at work, and to confirm them
STOP_SECONDS: Final = 2.0  # of the five seconds in which a signal ends everything
END_SECONDS: Final = 4.0  # from the signal on; until then a model that is being opened may be
COLLECT_AFTER: Final = (20_000, 20, 20)  # new objects, and collections of the younger generation; see `gc`
_BACKOFF: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


def real_clock() -> datetime:
    """Return the time now, aware, in UTC."""
    return datetime.now(UTC)


class ShiftableClock:
    """The real clock, moved forward by jumps; where it stands is kept in a file, so that time never runs back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._ahead = timedelta(seconds=float(json.loads(path.read_text())["ahead_seconds"]))
        except (OSError, ValueError, KeyError, TypeError):
            self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the time now, in UTC."""
        return real_clock() + self._ahead

    def jump(self, to: datetime) -> None:
        """Move to this moment; never back."""
        self._ahead = max(self._ahead, to - real_clock())
        self._path.write_text(json.dumps({"ahead_seconds": self._ahead.total_seconds()}))


def load_content(folder: Path = CONTENT) -> Content:
    """Read the content, by default what stands beside the code, and look that the code finds all it needs in it.

    Raises ContentProblems.
    """
    return load(folder, cache=CACHE if folder == CONTENT else folder.parent / CACHE.name, needs=listed())


def freeze_gc() -> None:
    """Let the garbage collector look at what is new only, and less often; for a process whose content is loaded.

    Looking through all of the content again and again took a quarter of a crowd's time, a tenth of a second at once.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


@dataclass(frozen=True)
class WebhookConfig:
    """Where Telegram brings updates, and how it proves that it is Telegram."""

    url: str
    secret: str

    @property
    def path(self) -> str:
        """Where on our own server it arrives."""
        return urlsplit(self.url).path or "/"


class BotApp:
    """One running copy of the bot: everything built, wired, started in order and stopped in reverse."""

    def __init__(
        self,
        *,
        token: str,
        api_url: str,
        db: Database,
        content: Content,
        clock: Callable[[], datetime] = real_clock,
        rate: float = 30,
        paid: bool = False,
        admins: frozenset[int] = frozenset(),
        places: Places | None = None,
        tick_seconds: float = TICK_SECONDS,
        read_content: Callable[[], Content] = load_content,
        hook: WebhookConfig | None = None,
        listener: socket.socket | None = None,
        warmed: Callable[[], None] = lambda: None,
    ) -> None:
        """`hook`: updates come by webhook instead of polling. `listener`: where it, health and metrics are served.

        `warmed` is called in a thread when everything that stays is loaded.
        """
        self.db, self.clock = db, clock
        replica = f"{clock():%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
        self._request, self._polling_request = AiohttpRequest(), AiohttpRequest()
        self.drawing = FileRenderers(**{export.DRAWN: export.drawing(db)})
        self.sender = Sender(
            db,
            BotApi(self._request, token, api_url),
            clock=clock,
            rate=rate,
            replica=replica,
            draw=self.drawing,
            apologise=lambda session, row: errors.apology(self.services, session, row),
            on_unknown_refusal=lambda reason: admin_alerts(self.services)("admin/alarm_refused", reason=reason),
            paid=paid,
        )
        self.services = Services(
            db, content, places or Places(), clock, self.sender.enqueue, replica, Prompts(), admins
        )
        self.services.read_content = read_content
        self.services.drop_chat, self.services.cancel = self.sender.drop_chat, self.sender.cancel
        self.application = build(token, api_url, self._request, self._polling_request, self.services)
        registry.register(self.application)
        alert = admin_alerts(self.services)
        dispatch = Dispatcher(self.application, alert)
        self.intake = Intake(dispatch=dispatch, dropped=dispatch.dropped, set_aside=dispatch.set_aside, clock=clock)
        self.polling = Polling(
            BotApi(self._polling_request, token, api_url), self.intake.submit, clock=clock, allowed_updates=UPDATES
        )
        self.ticker = Ticker(
            db,
            ReminderComposer(lambda: self.services.content),
            clock=clock,
            leads=lambda: self.sender.leads,
            on_written=self.sender.bulk_written,
            room=lambda: self.sender.has_capacity,
            on_taken_back=self.sender.bulk_cancelled,
            alert=alert,
            every_seconds=tick_seconds,
        )
        self.sender.on_capacity(self.ticker.resume)
        self.leadership = Leadership(db, replica, changed=self.sender.set_leader, adopted=self.sender.wake)
        self.hook, self._listener = hook, listener
        self._end_by = 0.0  # on the monotonic clock
        self._warmed = warmed
        self.webhook = Webhook(hook.secret, self.intake.submit) if hook is not None else None
        self.observing = Health(
            db=db,
            content=lambda: self.services.content,
            intake=self.intake,
            sender=self.sender,
            ticker=self.ticker,
            polling=self.polling if hook is None else None,
            webhook=self.webhook,
            clock=clock,
        )
        hooks = {hook.path: self.webhook} if hook is not None and self.webhook is not None else {}
        self._serving = HttpServer(self.observing.checks(), self.observing.metrics, hooks)

    async def run(self, stop: asyncio.Event, *, started: Callable[[], None] = lambda: None) -> None:
        """Serve until `stop` is set. Raises TokenRefused and AnotherCopy; an unreachable server is waited for."""
        async with AsyncExitStack() as stack:
            await self._request.initialize()
            stack.push_async_callback(self._request.shutdown)
            await self._polling_request.initialize()
            stack.push_async_callback(self._polling_request.shutdown)
            if self._listener is not None:
                await self._serving.start(self._listener)
                stack.push_async_callback(self._serving.stop)
            if not await _unless_stopped(stop, self._introduce()):
                return
            # A daemon: fitting takes seconds after the content changed, and stopping must not wait for all of it. What
            # is left of the time is its own only when everything else has stopped.
            warming = threading.Thread(target=self._warm, name="warming", daemon=True)
            warming.start()
            stack.push_async_callback(self._let_open, warming)
            stack.push_async_callback(self.application.shutdown)
            await self.leadership.start()
            stack.push_async_callback(self.leadership.stop)
            stack.callback(self.drawing.close)
            await self.sender.start()
            stack.push_async_callback(self.sender.stop, STOP_SECONDS)
            self.ticker.start()
            stack.push_async_callback(self.ticker.stop)
            started()
            if self.webhook is None:
                await self._poll(stop)
            else:
                await self._take_in(self.webhook, stop)

    def _warm(self) -> None:
        """Fit what finds answers and read the cities while nobody waits for them; fitted weights are kept.

        In this order: the model takes most while it is opened, and the cities would stand beside it.
        """
        for language in self.services.content.languages.values():
            language.finder.warm()
        self.services.places.zones()
        self._warmed()

    async def _let_open(self, warming: threading.Thread) -> None:
        """Wait for the model as long as there is time: an interpreter that ends while it is being opened aborts."""
        await asyncio.to_thread(warming.join, max(0.0, self._end_by - monotonic()))

    async def _poll(self, stop: asyncio.Event) -> None:
        polling = asyncio.create_task(self.polling.run())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        self._end_by = monotonic() + END_SECONDS
        self.polling.stop()
        stopping.cancel()
        try:
            await polling
        finally:
            await self.polling.finish(FINISH_SECONDS)

    async def _take_in(self, webhook: Webhook, stop: asyncio.Event) -> None:
        """Let updates come by webhook until `stop`; then wait a little for those at work.

        The webhook stays set: other replicas serve it, and what comes meanwhile waits at Telegram.
        """
        webhook.open = True
        await stop.wait()
        self._end_by = monotonic() + END_SECONDS
        webhook.open = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await self.intake.until_idle()

    async def _introduce(self) -> None:
        """Ask Telegram who we are until it answers; say how updates are to come and what we can do."""
        await _retry_until_ok(self._identify)
        self.observing.introduced_at = self.clock()
        log.info("running", extra={"bot": self.application.bot.username, "webhook": self.hook is not None})
        await _retry_until_ok(self._set_webhook)
        await self._describe()

    async def _identify(self) -> None:
        """Learn the bot's name. Raises TokenRefused at once: here the token is all that Telegram is asked about."""
        try:
            await self.application.initialize()
        except (InvalidToken, EndPointNotFound):  # Telegram answers a token of a wrong form with 404
            raise TokenRefused from None
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ServerFault("the answer does not say who the bot is") from None

    async def _set_webhook(self) -> None:
        """Have updates brought, or no longer brought: while a webhook is set, polling is refused.

        Raises WebhookRefused where Telegram does not take the address.
        """
        bot, hook = self.application.bot, self.hook
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

    async def _describe(self) -> None:
        """Set the menus and descriptions in every language; a server that does not know these methods is no matter."""
        for language in self.services.content.languages.values():
            code = None if language.code == ENGLISH else language.code
            if code is not None and len(code) != len(ENGLISH):
                continue  # Telegram takes languages by two letters alone: here its menu stays English
            for call in self._descriptions(language.messages, code):
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

    def _descriptions(self, messages: Messages, code: str | None) -> list[partial[Coroutine[Any, Any, bool]]]:
        """Return the calls for people whose Telegram speaks this language; None is everybody else's.

        The menu of an administrator can only be set once they have written to the bot.
        """
        bot = self.application.bot
        menus: list[tuple[Sequence[str], BotCommandScope | None]] = [
            (help_menu.COMMANDS, None),
            (help_menu.GROUP_COMMANDS, BotCommandScopeAllGroupChats()),
        ]
        registry = (*help_menu.COMMANDS, *help_menu.ADMIN_COMMANDS)
        menus += [(registry, BotCommandScopeChat(admin)) for admin in sorted(self.services.admins)]
        return [
            *(
                partial(bot.set_my_commands, help_menu.menu(messages, names), scope=scope, language_code=code)
                for names, scope in menus
            ),
            partial(bot.set_my_description, messages.label("bot_description"), language_code=code),
            partial(bot.set_my_short_description, messages.label("bot_short_description"), language_code=code),
        ]


async def _retry_until_ok(call: Callable[[], Awaitable[None]]) -> None:
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
            asked = wait_of(error)
        await asyncio.sleep(asked.total_seconds() if asked else _BACKOFF[min(attempt, len(_BACKOFF) - 1)])


def _warn_optional(method: str, error: TelegramError) -> None:
    log.warning("the server does not take an optional method", extra={"method": method, "error": redact(repr(error))})


async def _unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do `work` to its end, or give it up as soon as `stop` is set; return whether it came to its end."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
        return working.done()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def next_due_at(db: Database) -> datetime | None:
    """Return when the next reminder is due, for the clock strip of the local chat."""

    def earliest(session: Session) -> datetime | None:
        moments = (due_reminders.next_due_at(session), outbox.delayed_until(session))
        return min((moment for moment in moments if moment is not None), default=None)

    return await db.run(earliest)


def open_database(url: str) -> Database:
    """Open the database and bring its schema up to date. Raises SchemaTooNew, SQLAlchemy's errors and OSError."""
    db = Database(url)
    try:
        migrate.upgrade(db)
    except BaseException:
        db.close()
        raise
    return db
