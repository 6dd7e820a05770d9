"""A sheet to draw on: the ground, the colours and the font that all pictures of the coach share.

One picture serves light and dark chats, so it brings its own background: a deep green that is at ease in both, with
text of a contrast of 7 and more on it. Everything is drawn at twice its size and halved, which makes edges smooth.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from struct import pack
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

WIDTH: Final = 1080
MARGIN: Final = 56
_FINE: Final = 2  # drawn so many times larger

GROUND: Final = "#12302a"
INK: Final = "#f3f8f5"
SOFT: Final = "#b4cdc3"
GRID: Final = "#2b4f45"
FIRST: Final = "#62d9ad"
SECOND: Final = "#f6bd64"

_DRAWABLE: Final = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})
"""Signs that the font lacks, and what is drawn for them."""

TITLE: Final = 52
TEXT: Final = 42
SMALL: Final = 40


@dataclass
class Sheet:
    """A picture in the making, in pixels of the finished one; text goes on last, at its own size."""

    height: int
    _texts: list[tuple[tuple[float, float], str, int, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * _FINE, self.height * _FINE), GROUND)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, left: float, top: float, right: float, bottom: float, *, radius: float = 0, fill: str | None = None,
            outline: str | None = None) -> None:  # fmt: skip
        """A rectangle with round corners; an outline is 4 pixels wide and lies inside."""
        corners = (left * _FINE, top * _FINE, right * _FINE - 1, bottom * _FINE - 1)
        self._draw.rounded_rectangle(corners, radius * _FINE, fill=fill, outline=outline, width=4 * _FINE)

    def dot(self, x: float, y: float, radius: float, *, fill: str | None = None, outline: str | None = None) -> None:
        """A disc or a ring."""
        self._draw.circle((x * _FINE, y * _FINE), radius * _FINE, fill=fill, outline=outline, width=4 * _FINE)

    def line(self, points: Sequence[tuple[float, float]], fill: str, width: int) -> None:
        """A line through the points, its corners round."""
        places = [(x * _FINE, y * _FINE) for x, y in points]
        self._draw.line(places, fill=fill, width=width * _FINE, joint="curve")

    def polygon(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        """A filled shape."""
        self._draw.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=fill)

    def text(self, x: float, y: float, words: str, size: int, fill: str = INK, anchor: str = "lm") -> None:
        """Words at a place; `anchor` as Pillow has it, "lm" for left and middle."""
        self._texts.append(((x, y), words.translate(_DRAWABLE), size, fill, anchor))

    def png(self) -> bytes:
        """The finished picture."""
        image = self._image.reduce(_FINE)
        draw = ImageDraw.Draw(image)
        for place, words, size, fill, anchor in self._texts:
            draw.text(place, words, fill, font(size), anchor)
        return write_png(image)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font that Pillow brings along (Aileron, public domain), so that no machine needs one."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


def fitted(words: str, size: int, room: float) -> int:
    """Return the largest size up to this one at which the words fit into so many pixels."""
    return min(size, int(size * room / max(font(size).getlength(words), 1)))


def write_png(image: Image.Image) -> bytes:
    """Write a PNG by zlib alone, which lets other threads run meanwhile; Pillow's own encoder does not."""
    height, width = image.height, image.width
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = np.asarray(image).reshape(height, 3 * width)
    header = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(rows.data, 6)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
