"""The tags before an MP3, as ID3v2.3 has them: players show title, performer and cover by them (https://id3.org)."""

from struct import pack
from typing import Final

_UTF_16: Final = b"\x01"
_LATIN: Final = b"\x00"
_FRONT_COVER: Final = b"\x03"


def tags(title: str, performer: str, album: str, seconds: int, cover: bytes) -> bytes:
    """Return the header; `cover` is a JPEG."""
    frames = b"".join((
        _text("TIT2", title),
        _text("TPE1", performer),
        _text("TALB", album),
        _text("TCON", "Speech"),
        _text("TLEN", str(seconds * 1000)),
        _frame("APIC", _LATIN + b"image/jpeg\x00" + _FRONT_COVER + b"\x00" + cover),
    ))  # fmt: skip
    return b"ID3\x03\x00\x00" + _seven_bits(len(frames)) + frames


def _text(name: str, text: str) -> bytes:
    return _frame(name, _UTF_16 + text.encode("utf-16"))


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + pack(">I", len(body)) + b"\x00\x00" + body


def _seven_bits(size: int) -> bytes:
    """Return a size in four bytes of seven bits each."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
