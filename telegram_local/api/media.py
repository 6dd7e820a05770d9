"""Uploaded pictures and documents: what Telegram says of them."""

from __future__ import annotations

import struct
from typing import Any

from telegram_local.api.errors import ApiError, bad_request
from telegram_local.api.schema import Upload
from telegram_local.state import State, StoredFile

Json = dict[str, Any]

PHOTO_SIDES = (90, 320, 800, 1280)
"""The longer sides, in pixels, at which Telegram keeps a photo."""
PHOTO_BYTES = 10 * 1024 * 1024
THUMBNAIL_SIDE = 320
THUMBNAIL_BYTES = 200_000
_MIME = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
}


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels from the header of a PNG or JPEG; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header, which carries the size."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None


def store(state: State, upload: Upload, kind: str) -> StoredFile:
    """Keep an uploaded photo, document, audio, voice or thumbnail. Raises ApiError for what Telegram would not take."""
    if not upload.data:
        raise bad_request("file must be non-empty")
    width = height = 0
    if kind == "photo":
        width, height = _photo_size(upload.data)
    elif kind == "thumbnail":
        width, height = _thumbnail_size(upload.data)
    number = state.next_file_id
    state.next_file_id += 1
    dot = upload.file_name.rfind(".")
    extension = upload.file_name[dot:].lower() if dot > 0 else ""
    content_type = _MIME.get(extension, upload.content_type or "application/octet-stream")
    if kind in {"photo", "thumbnail"}:
        extension = ".png" if upload.data.startswith(b"\x89PNG") else ".jpg"
        content_type = "image/png" if extension == ".png" else "image/jpeg"
    file = StoredFile(
        id=f"LOCAL-{kind}-{number}",
        unique_id=f"U{number}",
        path=f"{kind}s/file_{number}{extension}",
        kind=kind,
        name=upload.file_name,
        content_type=content_type,
        data=upload.data,
        width=width,
        height=height,
    )
    state.files[file.id] = file
    return file


def _photo_size(data: bytes) -> tuple[int, int]:
    if len(data) > PHOTO_BYTES:
        raise ApiError(400, f"Bad Request: too big photo size ({len(data)} bytes)")
    size = picture_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if not width or not height or width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _thumbnail_size(data: bytes) -> tuple[int, int]:
    size = picture_size(data)
    if size is None or not data.startswith(b"\xff\xd8") or len(data) > THUMBNAIL_BYTES or max(size) > THUMBNAIL_SIDE:
        raise bad_request("PHOTO_THUMB_INVALID")
    return size


def photo_json(file: StoredFile) -> list[Json]:
    """The sizes of a photo, smallest first. All are served from the one file, as the browser scales it anyway."""
    longest = max(file.width, file.height)
    largest = min(longest, PHOTO_SIDES[-1])
    sides = [*[side for side in PHOTO_SIDES if side < largest][-3:], largest]
    return [
        {
            "file_id": file.id if side == sides[-1] else f"{file.id}-{side}",
            "file_unique_id": file.unique_id if side == sides[-1] else f"{file.unique_id}s{side}",
            "file_size": len(file.data) if side == sides[-1] else max(1, len(file.data) * side * side // longest**2),
            "width": max(1, round(file.width * side / longest)),
            "height": max(1, round(file.height * side / longest)),
        }
        for side in sides
    ]


def document_json(file: StoredFile) -> Json:
    """A document as the Bot API shows it."""
    return {
        "file_name": file.name,
        "mime_type": file.content_type,
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
    }


def audio_json(state: State, file: StoredFile, given: Json) -> Json:
    """A track as the Bot API shows it: what came with it the first time stays with the file."""
    for name in ("title", "performer", "duration"):
        if given.get(name):
            file.about[name] = given[name]
    shown: Json = {"duration": 0} | file.about | document_json(file)
    picture = state.files.get(file.thumbnail)
    if picture is not None:
        shown["thumbnail"] = photo_json(picture)[-1]
    return shown


def voice_json(file: StoredFile, given: Json) -> Json:
    """A voice message as the Bot API shows it."""
    shown = document_json(file)
    del shown["file_name"]
    return {"duration": int(given.get("duration") or 0)} | shown


def find(state: State, file_id: str) -> StoredFile | None:
    """The file behind an id, also behind the id of a photo's smaller size."""
    if file_id in state.files:
        return state.files[file_id]
    return state.files.get(file_id.rpartition("-")[0])
