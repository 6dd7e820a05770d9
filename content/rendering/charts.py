"""Pictures of somebody's training: a calendar of kept days, and lines of what was measured. Plain figures in, PNG out.

One picture serves light and dark chats, so it brings its own background: a deep green that is at ease in both, with
text of a contrast of 7 and more on it. Sizes are for a phone, where 1080 pixels are some 320 points: the smallest
text is 12 points. Left and right differ in shape and name, not in colour alone.

Everything is drawn at twice its size and halved, which makes edges smooth. Every word comes with the figures.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import ceil, floor, log10
from struct import pack
from types import MappingProxyType
from typing import Any, Final

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

_TITLE: Final = 52
_TEXT: Final = 42
_SMALL: Final = 40
_DOTS_AT_MOST: Final = 26  # more would run into each other

Figures = Mapping[str, Any]


@dataclass
class _Sheet:
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

    def text(self, x: float, y: float, words: str, size: int, fill: str = INK, anchor: str = "lm") -> None:
        """Words at a place; `anchor` as Pillow has it, "lm" for left and middle."""
        self._texts.append(((x, y), words, size, fill, anchor))

    def png(self) -> bytes:
        """The finished picture."""
        image = self._image.reduce(_FINE)
        draw = ImageDraw.Draw(image)
        for place, words, size, fill, anchor in self._texts:
            draw.text(place, words, fill, _font(size), anchor)
        return _png(image)


# The calendar


def weeks(figures: Figures) -> bytes:
    """Draw a row a week, a cell a day, and how many sessions were done.

    `rows`: label, `marks` (seven of MARKS), done, planned; `days`: seven short names; `title`; `legend`: mark → word.
    """
    rows = figures["rows"]
    pitch, cell, top, left = 92, 84, 214, 212
    sheet = _Sheet(top + len(rows) * cell + 122)
    sheet.text(MARGIN, 76, figures["title"], _TITLE)
    for column, name in enumerate(figures["days"]):
        sheet.text(left + (column + 0.5) * pitch, top - 38, name, _SMALL, SOFT, "mm")
    sheet.text(WIDTH - MARGIN, top - 38, figures["done"], _SMALL, SOFT, "rm")
    for number, row in enumerate(rows):
        middle = top + (number + 0.5) * cell
        sheet.text(MARGIN, middle, row["label"], _SMALL, SOFT)
        for column, mark in enumerate(row["marks"]):
            MARKS[mark](sheet, left + (column + 0.5) * pitch, middle)
        if row["planned"]:
            full = row["done"] >= row["planned"]
            sheet.text(WIDTH - MARGIN, middle, f"{row['done']}/{row['planned']}", _TEXT, FIRST if full else INK, "rm")
    _legend(sheet, sheet.height - 62, figures["legend"])
    return sheet.png()


def _done(sheet: _Sheet, x: float, y: float) -> None:
    sheet.box(x - 32, y - 32, x + 32, y + 32, radius=18, fill=FIRST)
    sheet.line([(x - 14, y + 1), (x - 4, y + 11), (x + 15, y - 11)], GROUND, 6)


def _rest(sheet: _Sheet, x: float, y: float) -> None:
    sheet.dot(x, y, 15, fill=FIRST)


def _missed(sheet: _Sheet, x: float, y: float) -> None:
    sheet.box(x - 32, y - 32, x + 32, y + 32, radius=18, outline="#7f9d92")


def _ahead(sheet: _Sheet, x: float, y: float) -> None:
    sheet.box(x - 32, y - 32, x + 32, y + 32, radius=18, fill=GRID)


def _rest_ahead(sheet: _Sheet, x: float, y: float) -> None:
    sheet.dot(x, y, 15, fill=GRID)


def _nothing(sheet: _Sheet, x: float, y: float) -> None:
    sheet.dot(x, y, 5, fill=GRID)


MARKS: Final[Mapping[str, Callable[[_Sheet, float, float], None]]] = MappingProxyType(
    {"D": _done, "R": _rest, "M": _missed, "P": _ahead, "r": _rest_ahead, ".": _nothing}
)
"""The marks of a day: done, rested, missed, planned, rest planned, nothing."""


def _legend(sheet: _Sheet, y: float, legend: Sequence[Sequence[str]]) -> None:
    x = float(MARGIN)
    for mark, word in legend:
        MARKS[mark](sheet, x + 32, y)
        sheet.text(x + 76, y, word, _SMALL, SOFT)
        x += 76 + _font(_SMALL).getlength(word) + 40


# Lines over time


def lines(figures: Figures) -> bytes:
    """Draw one or two lines over days.

    `series`: name and points [ISO date, value]; `least_span`: what the scale covers at least, so that a wobble looks
    like one; `from_zero`; `title`; `unit`; `days`: [ISO date, label] to write under the scale.
    """
    series = [
        (line["name"], [(date.fromisoformat(day).toordinal(), value) for day, value in line["points"]])
        for line in figures["series"]
    ]
    values = [value for _, points in series for _, value in points]
    ticks = scale(min(values), max(values), figures.get("least_span", 0.0), from_zero=bool(figures.get("from_zero")))
    days = [day for _, points in series for day, _ in points]
    first, last = min(days), max(*days, min(days) + 1)
    sheet = _Sheet(860)
    sheet.text(MARGIN, 76, figures["title"], _TITLE)
    sheet.text(WIDTH - MARGIN, 76, figures["unit"], _TEXT, SOFT, "rm")
    named = any(name for name, _ in series)
    top, bottom = 240 if named else 170, 740
    labels = [f"{tick:g}" for tick in ticks]
    left = MARGIN + max(_font(_SMALL).getlength(label) for label in labels) + 28
    right = WIDTH - MARGIN - 28

    def x(day: int) -> float:
        return (
            left + 30 + (right - left - 30) * (day - first) / (last - first)
            if len(set(days)) > 1
            else (left + right) / 2
        )

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - ticks[0]) / (ticks[-1] - ticks[0])

    for tick, label in zip(ticks, labels, strict=True):
        sheet.line([(left, y(tick)), (WIDTH - MARGIN, y(tick))], GRID, 2)
        sheet.text(left - 24, y(tick), label, _SMALL, SOFT, "rm")
    for day, label in figures["days"]:
        place = x(date.fromisoformat(day).toordinal())
        half = _font(_SMALL).getlength(label) / 2
        sheet.text(min(max(place, MARGIN + half), WIDTH - MARGIN - half), bottom + 56, label, _SMALL, SOFT, "mm")
    for number, (_, points) in enumerate(series):
        places = [(x(day), y(value)) for day, value in points]
        colour = (FIRST, SECOND)[number]
        if len(places) > 1:
            sheet.line(places, colour, 7)
        for at_x, at_y in places if len(places) <= _DOTS_AT_MOST else places[-1:]:
            _point(sheet, number, at_x, at_y)
    at = float(MARGIN)
    for number, (name, _) in enumerate(series if named else ()):
        sheet.line([(at, 158), (at + 62, 158)], (FIRST, SECOND)[number], 7)
        _point(sheet, number, at + 31, 158)
        sheet.text(at + 80, 158, name, _TEXT)
        at += 80 + _font(_TEXT).getlength(name) + 56
    return sheet.png()


def _point(sheet: _Sheet, number: int, x: float, y: float) -> None:
    if number == 0:
        sheet.dot(x, y, 15, fill=GROUND)
        sheet.dot(x, y, 12, fill=FIRST)
    else:
        sheet.box(x - 15, y - 15, x + 15, y + 15, radius=3, fill=GROUND)
        sheet.box(x - 11, y - 11, x + 11, y + 11, radius=2, fill=SECOND)


def scale(least: float, most: float, least_span: float, *, from_zero: bool = False) -> list[float]:
    """Return three to seven round marks, evenly spaced, that cover the values and at least `least_span`."""
    if from_zero:
        least = min(least, 0.0)
    span = max(most - least, least_span, 0.01)  # nothing is measured finer
    middle = (least + most) / 2
    low, high = (least, least + span) if from_zero else (middle - span / 2, middle + span / 2)
    rough = span / 4
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(number * step, 6) for number in range(first, last + 1)]


# Pillow and PNG


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The font that Pillow brings along (Aileron, public domain), so that no machine needs one."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


def _png(image: Image.Image) -> bytes:
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


DRAWN: Final[Mapping[str, Callable[[Figures], bytes]]] = MappingProxyType({"weeks": weeks, "lines": lines})
"""The pictures that a stored message can name."""
