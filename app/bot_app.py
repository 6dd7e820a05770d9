"""The composition root: settings → database → content → application → run, and the same backwards to stop."""

import asyncio
import contextlib
import logging
import secrets
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from typing import Any, Final

from app.health import Health
from app.introduction import UPDATES, WebhookConfig, describe, identify, retry_until_ok, set_webhook
from app.runtime import load_content, real_clock
from app.webhook_watch import WebhookWatch
from content.guide import wish
from content.library import Content
from content.rendering.file_renderers import FileRenderers
from content.understanding.places import Places
from db.engine import Database
from gateway.inbound.intake import Intake
from gateway.inbound.polling import Polling
from gateway.inbound.webhook import Webhook
from gateway.ops.http_server import HttpServer
from gateway.ops.leadership import Leadership
from gateway.outbound.sender import Sender
from gateway.outbound.transport import AiohttpRequest, BotApi
from handlers import registry, warm_up
from handlers.account import export
from handlers.framework import errors
from handlers.framework.admin_alerts import admin_alerts
from handlers.framework.application import Services, build
from handlers.framework.dispatcher import Dispatcher
from handlers.prompts.registry import Prompts
from scheduler.live_guides import LiveGuides, guides_at_once
from scheduler.reminder_messages import ReminderComposer
from scheduler.ticker import TICK_SECONDS, Ticker

log: Final = logging.getLogger(__name__)

FINISH_SECONDS: Final = 0.5  # twice, where Telegram is silent: for updates at work, and to confirm them
STOP_SECONDS: Final = 2.0  # of the five seconds in which a signal ends everything


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
        doubted: Callable[[], float] = lambda: 0.0,
        rate: float = 30,
        paid: bool = False,
        admins: frozenset[int] = frozenset(),
        places: Places | None = None,
        tick_seconds: float = TICK_SECONDS,
        read_content: Callable[[], Content] = load_content,
        hook: WebhookConfig | None = None,
        listener: socket.socket | None = None,
        warmed: Callable[[], None] = lambda: None,
        warms_up: bool = False,
    ) -> None:
        """`doubted`: seconds for which the clock is not believed, see `SteadyClock`.

        `hook`: updates come by webhook instead of polling. `listener`: where it, health and metrics are served.

        `warmed` is called in a thread when everything that stays is loaded. With `warms_up`, what people mostly do is
        done once before that.
        """
        self.db, self.clock = db, clock
        replica = f"{clock():%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
        self._request, self._polling_request = AiohttpRequest(), AiohttpRequest()
        self.renderers = FileRenderers(
            {wish.DRAWN: wish.drawing(lambda: self.services.content)}, **{export.DRAWN: export.drawing(db)}
        )
        self.sender = Sender(
            db,
            BotApi(self._request, token, api_url),
            clock=clock,
            rate=rate,
            replica=replica,
            draw=self.renderers,
            apologise=lambda session, row: errors.apology(self.services, session, row),
            on_unknown_refusal=lambda reason: admin_alerts(self.services)("admin/alarm_refused", reason=reason),
            paid=paid,
            doubted=doubted,
            makes_ahead=warms_up,
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
            doubted=doubted,
            on_cancelled=self.sender.bulk_cancelled,
            alert=alert,
            every_seconds=tick_seconds,
        )
        self.sender.on_capacity(self.ticker.resume)
        self.guides = LiveGuides(
            db,
            lambda: self.services.content,
            clock=clock,
            leads=lambda: self.sender.leads,
            send=self.sender.enqueue,
            replica=replica,
            doubted=doubted,
            every_seconds=tick_seconds,
        )
        self.services.guides_at_once, self.services.guides_changed = guides_at_once(rate), self.guides.changed
        self.leadership = Leadership(db, replica, changed=self.sender.set_leader, adopted=self.sender.wake)
        self.hook, self._listener = hook, listener
        self._ends = False
        self._warmed, self._warms_up = warmed, warms_up
        self.webhook = Webhook(hook.secret, self.intake.submit, clock) if hook is not None else None
        bot, watch = self.application.bot, None
        if self.webhook is not None:
            watch = WebhookWatch(self.webhook, bot.get_webhook_info, clock)
        self.health = Health(
            db=db,
            content=lambda: self.services.content,
            intake=self.intake,
            sender=self.sender,
            ticker=self.ticker,
            polling=self.polling if hook is None else None,
            webhook=self.webhook,
            watch=watch,
            missed=lambda: self._http_server.missed,
            clock=clock,
        )
        hooks = {hook.path: self.webhook} if hook is not None and self.webhook is not None else {}
        self._http_server = HttpServer(self.health.checks(), self.health.metrics, hooks)

    async def run(self, stop: asyncio.Event, *, started: Callable[[], None] = lambda: None) -> None:
        """Serve until `stop` is set. Raises TokenRefused and AnotherCopy; an unreachable server is waited for."""
        async with AsyncExitStack() as stack:  # what is begun is ended, also where its beginning fails or is given up
            stack.push_async_callback(self._request.shutdown)
            await self._request.initialize()
            stack.push_async_callback(self._polling_request.shutdown)
            await self._polling_request.initialize()
            if self._listener is not None:
                stack.push_async_callback(self._http_server.stop)
                await self._http_server.start(self._listener)
            stack.push_async_callback(self.application.shutdown)
            stack.callback(self.renderers.close)
            if not await _unless_stopped(stop, self._introduce()):
                return
            # A daemon: fitting takes a while after the content changed, and `cli.ending` does not wait for it.
            warming = threading.Thread(target=self._warm, name="warming", daemon=True)
            warming.start()
            await self.leadership.start()
            stack.push_async_callback(self.leadership.stop)
            await self.sender.start()
            stack.push_async_callback(self.sender.stop, STOP_SECONDS)
            self.ticker.start()
            stack.push_async_callback(self.ticker.stop)
            self.guides.start()
            stack.push_async_callback(self.guides.stop)
            started()
            if self.webhook is None:
                await self._poll(stop)
            else:
                await self._take_in(self.webhook, stop)

    def _warm(self) -> None:
        """Load what answers need, and say so; a failure is logged, and readiness goes on saying that it is not done."""
        try:
            self._load()
        except Exception:
            log.exception("warming up failed; the first answers will be slow")
        else:
            self.health.warm = True

    def _load(self) -> None:
        """Fit what finds answers and read the cities while nobody waits for them; fitted weights are kept.

        Commands go first: they need nothing fitted, and on SQLite nobody else can write meanwhile.
        """
        if self._warms_up:
            warm_up.warm_commands(self.db, self.services, self._stopping)
        for language in self.services.content.languages.values():
            language.finder.warm()
        self.services.places.zones()
        if self._warms_up:
            warm_up.warm_questions(self.db, self.services, self._stopping)
        self._warmed()

    def _stopping(self) -> bool:
        return self._ends

    async def _poll(self, stop: asyncio.Event) -> None:
        polling = asyncio.create_task(self.polling.run())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        self._ends = True
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
        self._ends = True
        webhook.open = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await self.intake.until_idle()

    async def _introduce(self) -> None:
        await retry_until_ok(partial(identify, self.application.initialize))
        self.health.introduced_at = self.clock()
        log.info("running", extra={"bot": self.application.bot.username, "webhook": self.hook is not None})
        bot = self.application.bot
        await retry_until_ok(partial(set_webhook, bot, self.hook))
        await describe(bot, self.services.content, self.services.admins)


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
