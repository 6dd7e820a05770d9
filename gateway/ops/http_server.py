"""The small web server of a running bot: alive, ready, figures, and the webhook where there is one."""

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import unquote

from aiohttp import hdrs, web

from gateway.inbound.webhook import Webhook

log = logging.getLogger(__name__)

Check = Callable[[], Awaitable[str | None]]
"""Returns what is wrong in a few words, None where all is well."""

CHECK_SECONDS: Final = 5.0
STOP_SECONDS: Final = 1.0
MISSED_LOG_SECONDS: Final = 3600.0
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class HttpServer:
    """`/healthz`, `/readyz`, `/metrics`, and the webhook on its path."""

    def __init__(
        self, checks: Mapping[str, Check], metrics: Callable[[], Awaitable[str]], hooks: Mapping[str, Webhook]
    ) -> None:
        """`checks` by name make up readiness; `hooks` are webhooks by path."""
        self._checks = checks
        self._metrics = metrics
        self._application = web.Application()
        self._application.router.add_get("/healthz", self._healthz)
        self._application.router.add_get("/readyz", self._readyz)
        self._application.router.add_get("/metrics", self._metrics_page)
        self._hooks = {unquote(path): hook for path, hook in hooks.items()}
        self._missed_log_at: float | None = None  # monotonic
        self.missed = 0
        """POST requests on a path where nothing is: an update may be among them."""
        self._application.router.add_route("*", "/{path:.*}", self._elsewhere)
        self._runner = web.AppRunner(self._application, access_log=None, shutdown_timeout=STOP_SECONDS)

    async def start(self, listener: socket.socket) -> None:
        """Serve on a socket that is bound already."""
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        host, port = listener.getsockname()[:2]
        log.info("serving health and metrics", extra={"host": host, "port": port})

    async def stop(self) -> None:
        """Take no more requests, and let those at work come to an end."""
        await self._runner.cleanup()

    async def _healthz(self, _request: web.Request) -> web.Response:
        """Alive: the loop turns, or there would be no answer."""
        return web.json_response({"alive": True})

    async def _readyz(self, _request: web.Request) -> web.Response:
        """Ready: every check is well; 503 and what is wrong otherwise."""
        found = await asyncio.gather(*(_within(check) for check in self._checks.values()))
        faults = {name: fault for name, fault in zip(self._checks, found, strict=True) if fault is not None}
        checks = {name: faults.get(name, "ok") for name in self._checks}
        return web.json_response({"ready": not faults, "checks": checks}, status=503 if faults else 200)

    async def _elsewhere(self, request: web.Request) -> web.Response:
        """Serve the webhook, however its path is written; count what misses it, and tell of it once an hour."""
        hook = self._hooks.get(request.path)
        if request.method == hdrs.METH_POST and hook is not None:
            return await hook.serve(request)
        if request.method == hdrs.METH_POST and self._hooks:
            self.missed += 1
            now = time.monotonic()
            if self._missed_log_at is None or now - self._missed_log_at >= MISSED_LOG_SECONDS:
                self._missed_log_at = now
                log.warning("requests miss the path of WEBHOOK_URL", extra={"count": self.missed})
        return web.Response(status=405 if hook is not None else 404)

    async def _metrics_page(self, _request: web.Request) -> web.Response:
        return web.Response(body=(await self._metrics()).encode(), headers={"Content-Type": METRICS_TYPE})


async def _within(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS:g} s"
    except Exception as error:
        return type(error).__name__
