"""Access to the server: its own page and its own bot are let in; other sites, and other names for this host, are not.

Any page in a browser can send requests to loopback, and any name can be made to resolve to it.
"""

from __future__ import annotations

import re
import secrets
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

NAMES = ("127.0.0.1", "localhost", "[::1]")
OTHER_HOST = f"This server answers to {', '.join(NAMES)} and no other name, each with the port that it serves."
OTHER_SITE = "A page of another site may not use this server."
NO_KEY = "This chat opens with the whole address that was printed when it started: the key is the end of it."
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_BOT_PATHS = ("/bot", "/file/bot")
_KEY = re.compile(r"[A-Za-z0-9_-]{32,}")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def new_token() -> str:
    """A bot token, in the form of Telegram's, that nobody can guess."""
    return f"1:{secrets.token_urlsafe(26)}"


def new_key() -> str:
    """A key for the page that nobody can guess."""
    return secrets.token_urlsafe(32)


def kept_key(path: Path) -> str:
    """The key in a file, so that a page that is open outlives a restart; a new one where the file has none.

    A file that others may read holds no secret, and is replaced. Raises OSError.
    """
    if path.exists() and not stat.S_IMODE(path.stat().st_mode) & 0o077:
        key = path.read_text("utf-8", errors="replace").strip()
        if _KEY.fullmatch(key):
            return key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    key = new_key()
    path.write_text(f"{key}\n", "utf-8")
    return key


class Access:
    """Looks over every request before anything else does. The bot's paths ask for its token themselves."""

    def __init__(self, page_key: str | None) -> None:
        self.page_key = page_key or new_key()

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request that may come in. Raises HTTPMisdirectedRequest or HTTPForbidden, in plain words."""
        port = request.get_extra_info("sockname")[1]
        if request.host.lower() not in {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set()):
            raise web.HTTPMisdirectedRequest(text=OTHER_HOST)
        if _from_elsewhere(request):
            raise web.HTTPForbidden(text=OTHER_SITE)
        if request.path.startswith(_BOT_PATHS):
            return await handler(request)
        cookie = f"local_telegram_{port}"  # browsers send a host's cookies to every port of it
        by_address = request.path == "/" and self._opens(request.query.get("key", ""))
        if not by_address and not self._opens(request.cookies.get(cookie, "")):
            raise web.HTTPForbidden(text=NO_KEY)
        response = await handler(request)
        if by_address:
            response.set_cookie(cookie, self.page_key, httponly=True, samesite="Strict")
        return response

    def _opens(self, key: str) -> bool:
        return secrets.compare_digest(key.encode("utf-8", "replace"), self.page_key.encode())


def _from_elsewhere(request: web.Request) -> bool:
    """Say whether a browser sent this for a page of another site, or of another port."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{request.host.lower()}":
        return True
    site = request.headers.get("Sec-Fetch-Site", "none")
    return site not in {"same-origin", "none"} and request.headers.get("Sec-Fetch-Mode") != "navigate"


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Forbid other sites to frame or embed what is served, and browsers to guess its type."""
    response.headers.update(HEADERS)
