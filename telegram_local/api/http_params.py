"""HTTP on both ends of a call: parameters in whichever way they come, answers as Telegram gives them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from telegram_local.api.errors import ApiError
from telegram_local.api.schema import Upload
from telegram_local.state import StoredFile

Json = dict[str, Any]


async def parameters(request: web.Request) -> Json:
    """Query, form, JSON or multipart, all together; files as Upload."""
    raw: Json = dict(request.query)
    if request.content_type == "application/json":
        with suppress(ValueError):
            body = json.loads(await request.read() or b"{}")
            raw |= body if isinstance(body, dict) else {}
    elif request.content_type.startswith("multipart/") or request.content_type == "application/x-www-form-urlencoded":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                raw[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                raw[name] = value
    return raw


def as_json(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """An answer of the Bot API."""
    return web.json_response(body, status=status, headers=headers)


def refusal(error: ApiError) -> web.Response:
    """An answer with `ok` false, and a Retry-After header where Telegram sends one."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return as_json(body, error.code, headers)


def in_parts(request: web.Request, file: StoredFile, headers: dict[str, str]) -> web.Response:
    """Return a file, or the part of it that was asked for: a player goes to a moment by that."""
    headers = headers | {"Accept-Ranges": "bytes"}
    try:
        wanted = request.http_range
    except ValueError:
        wanted = slice(None)
    start, stop, _ = wanted.indices(len(file.data))
    if "Range" not in request.headers or start >= stop:
        return web.Response(body=file.data, content_type=file.content_type, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(file.data)}"
    return web.Response(body=file.data[start:stop], status=206, content_type=file.content_type, headers=headers)


def cut(request: web.Request) -> web.Response:
    """Cut the connection; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
