"""Pictures of what is planned: a week, a row a day, and the phases of one interval session. Figures in, PNG out.

Kinds and outcomes differ in shape, never in colour alone. Every word comes with the figures. The last pictures are
kept, because many people have the same day and the same week.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Final

from content.rendering.pictures.drawings import smooth
from content.rendering.pictures.sheet import (
    FIRST,
    GRID,
    GROUND,
    INK,
    MARGIN,
    SECOND,
    SMALL,
    SOFT,
    TEXT,
    TITLE,
    WIDTH,
    Sheet,
    fitted,
    font,
)

KEPT: Final = 64  # pictures of a kind, of some 30 kB each
THIRD: Final = "#9ccdf5"
_ROW: Final = 112
_NAME_AT: Final = 312  # where names and bars begin
_MARK: Final = 62  # pixels that a mark takes at the right
_SWATCH: Final = 80  # pixels of a colour in the list of parts
_FULL: Final = 60  # minutes that a whole bar stands for, at least

Figures = Mapping[str, Any]


# The week


def week(figures: Figures) -> bytes:
    """Draw a row a day: its kind, what is to do, a bar as long as its minutes, and what became of it.

    `days`: name, date, kind (one of KINDS), the title of its workout, minutes, those as a `label`, mark (one of
    MARKS) and whether it is today; `legend`: kind and label; `title`.
    """
    return _week(json.dumps(figures))


@lru_cache(maxsize=KEPT)
def _week(stored: str) -> bytes:
    figures = json.loads(stored)
    days, top = figures["days"], 142
    sheet = Sheet(top + len(days) * _ROW + 118)
    sheet.text(MARGIN, 76, figures["title"], TITLE)
    longest = max(_FULL, *(day["minutes"] for day in days)) if days else _FULL
    for number, day in enumerate(days):
        _day(sheet, day, top + (number + 0.5) * _ROW, longest)
    x = float(MARGIN)
    for each in figures["legend"]:
        KINDS[each["kind"]](sheet, x + 26, sheet.height - 60)
        sheet.text(x + 66, sheet.height - 60, each["label"], SMALL, SOFT)
        x += 66 + font(SMALL).getlength(each["label"]) + 34
    return sheet.png()


def _day(sheet: Sheet, day: Figures, middle: float, longest: int) -> None:
    if day["today"]:
        sheet.box(MARGIN - 32, middle - _ROW / 2 + 4, WIDTH - MARGIN + 32, middle + _ROW / 2 - 4, radius=20, fill=GRID)
    sheet.text(MARGIN, middle, day["name"], TEXT, INK)
    sheet.text(MARGIN + 106, middle, day["date"], SMALL, SOFT)
    KINDS[day["kind"]](sheet, MARGIN + 204, middle)
    right = WIDTH - MARGIN - _MARK
    if not day["minutes"]:
        sheet.text(_NAME_AT, middle, day["title"], fitted(day["title"], TEXT, right - _NAME_AT - 20), SOFT)
    else:
        sheet.text(_NAME_AT, middle - 24, day["title"], fitted(day["title"], TEXT, right - _NAME_AT - 20), INK)
        room = right - _NAME_AT - font(SMALL).getlength(day["label"]) - 40
        end = _NAME_AT + max(room * day["minutes"] / longest, 14)
        sheet.box(_NAME_AT, middle + 14, end, middle + 30, radius=8, fill=COLOURS[day["kind"]])
        sheet.text(end + 18, middle + 22, day["label"], SMALL, SOFT)
    MARKS[day["mark"]](sheet, WIDTH - MARGIN - 26, middle)


def _interval(sheet: Sheet, x: float, y: float) -> None:
    """Draw bars up and down."""
    for place, high in enumerate((22, 46, 22, 46)):
        sheet.box(x - 26 + place * 14, y + 23 - high, x - 17 + place * 14, y + 23, radius=3, fill=SECOND)


def _strength(sheet: Sheet, x: float, y: float) -> None:
    """Draw a dumbbell."""
    sheet.box(x - 26, y - 5, x + 26, y + 5, radius=4, fill=FIRST)
    for side in (-1, 1):
        sheet.box(x + side * 16 - 6, y - 22, x + side * 16 + 6, y + 22, radius=5, fill=FIRST)
        sheet.box(x + side * 26 - 4, y - 14, x + side * 26 + 4, y + 14, radius=4, fill=FIRST)


def _easy(sheet: Sheet, x: float, y: float) -> None:
    """Draw a wave."""
    points = [(x - 26 + step * 13, y + (8 if step % 2 else -8)) for step in range(5)]
    sheet.line(smooth(points), THIRD, 9)
    for x_end, y_end in (points[0], points[-1]):
        sheet.dot(x_end, y_end, 4, fill=THIRD)


def _recovery(sheet: Sheet, x: float, y: float) -> None:
    sheet.dot(x, y, 11, outline=SOFT)


KINDS: Final[Mapping[str, Callable[[Sheet, float, float], None]]] = MappingProxyType(
    {"interval": _interval, "strength": _strength, "easy": _easy, "recovery": _recovery}
)
"""A sign for each kind of session."""

COLOURS: Final = MappingProxyType({"interval": SECOND, "strength": FIRST, "easy": THIRD, "recovery": SOFT})


def _done(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 26, y - 26, x + 26, y + 26, radius=14, fill=FIRST)
    sheet.line([(x - 12, y + 1), (x - 3, y + 9), (x + 12, y - 9)], GROUND, 6)


def _missed(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 26, y - 26, x + 26, y + 26, radius=14, outline="#7f9d92")


def _skipped(sheet: Sheet, x: float, y: float) -> None:
    _missed(sheet, x, y)
    sheet.line([(x - 10, y), (x + 10, y)], SOFT, 6)


def _moved(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([(x - 20, y), (x + 10, y)], SOFT, 6)
    sheet.polygon([(x + 22, y), (x + 6, y - 12), (x + 6, y + 12)], SOFT)


def _open(_sheet: Sheet, _x: float, _y: float) -> None:
    """Draw nothing: the day is still to come."""


MARKS: Final[Mapping[str, Callable[[Sheet, float, float], None]]] = MappingProxyType(
    {"done": _done, "missed": _missed, "skipped": _skipped, "moved": _moved, "planned": _open}
)
"""A sign for what became of a day."""


# The phases of a session


def phases(figures: Figures) -> bytes:
    """Draw a bar a phase, as wide as it is long and as high as it is hard; the hard ones of each round are numbered.

    `phases`: seconds, effort of 10, the number of its round where it is the work of one, else 0, and `part`, its place
    in `legend`: rounds and label; `title`; `total`; `minutes`: the marks under the bars.
    """
    return _phases(json.dumps(figures))


@lru_cache(maxsize=KEPT)
def _phases(stored: str) -> bytes:
    figures = json.loads(stored)
    bars, legend = figures["phases"], figures["legend"]
    top, bottom, right = 150, 520, WIDTH - MARGIN
    sheet = Sheet(bottom + 122 + len(legend) * 66)
    wide = right - font(TEXT).getlength(figures["total"]) - MARGIN - 24
    sheet.text(MARGIN, 76, figures["title"], fitted(figures["title"], TITLE, wide))
    sheet.text(right, 76, figures["total"], TEXT, SOFT, "rm")
    whole: float = sum(bar["seconds"] for bar in bars)
    ends = [0, *accumulate(bar["seconds"] for bar in bars)]

    def x(seconds: float) -> float:
        return MARGIN + (right - MARGIN) * seconds / whole

    for place, bar in enumerate(bars):
        left = x(ends[place]) + 1.5
        end = max(x(ends[place + 1]) - 1.5, left + 2)
        high = bottom - (bottom - top) * bar["effort"] / 10
        sheet.box(left, high, end, bottom, radius=min(8.0, (end - left) / 3), fill=_PARTS[bar["part"] % len(_PARTS)])
        if bar["round"]:
            sheet.text((left + end) / 2, high - 28, str(bar["round"]), SMALL, INK, "mm")
    sheet.line([(MARGIN, bottom + 6), (right, bottom + 6)], GRID, 4)
    for minute in figures["minutes"]:
        label = str(minute)
        half = font(SMALL).getlength(label) / 2
        sheet.text(min(max(x(minute * 60), MARGIN + half), right - half), bottom + 44, label, SMALL, SOFT, "mm")
    for place, each in enumerate(legend):
        y = bottom + 122 + place * 66
        sheet.box(MARGIN, y - 22, MARGIN + _SWATCH, y + 22, radius=10, fill=_PARTS[place % len(_PARTS)])
        sheet.text(MARGIN + _SWATCH / 2, y, each["rounds"], SMALL, GROUND, "mm")
        after = MARGIN + _SWATCH + 24
        sheet.text(after, y, each["label"], fitted(each["label"], SMALL, right - after), INK)
    return sheet.png()


_PARTS: Final = ("#729f91", SECOND, FIRST, "#729f91")
"""Warm-up, the work and the rest of a round, and cool-down: the middle ones stand apart in height and number, too."""
