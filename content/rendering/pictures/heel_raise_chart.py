"""The picture of a heel-raise test: a bar a leg with the test's own error around its end, and the typical count.

Left and right differ in name, place and pattern of their ends, not in colour alone. Every word comes with the figures.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from content.rendering.pictures.charts import scale
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
    font,
)

_BAR: Final = 96
_PITCH: Final = 190
_LEAST: Final = 40.0  # raises that the scale covers, so that a few do not look like many
_BAND: Final = ("#34866e", "#93763f")  # of the error, behind the end of each bar
_DASH: Final = 18
_COUNTS: Final = 120  # pixels at the right, for the counts


def raises(figures: Mapping[str, Any]) -> bytes:
    """Draw the test of one leg or two.

    `sides`: name and count; `error`: raises either way, `error_label`; `typical`: label and count, or None; `apart`: a
    line on the difference, or None; `title`; `unit`.
    """
    sides, error = figures["sides"], figures["error"]
    usual = figures["typical"]
    counts = [count for _, count in sides] + ([usual[1]] if usual else [])
    ticks = scale(0.0, max(_LEAST, max(counts) + error), 0.0, from_zero=True)
    top = 260 if usual else 190
    bottom = top + _PITCH * len(sides)
    sheet = Sheet(bottom + 236)
    left = MARGIN + max(font(TEXT).getlength(name) for name, _ in sides) + 36
    right = WIDTH - MARGIN - _COUNTS

    def x(count: float) -> float:
        return left + (right - left) * count / ticks[-1]

    sheet.text(MARGIN, 76, figures["title"], TITLE)
    for tick in ticks:
        sheet.line([(x(tick), top), (x(tick), bottom)], GRID, 2)
        sheet.text(x(tick), bottom + 42, f"{tick:g}", SMALL, SOFT, "mm")
    for number, (name, count) in enumerate(sides):
        _bar(sheet, number, name, count, top + _PITCH * (number + 0.5), x, error)
    if usual:
        _typical(sheet, x(usual[1]), top, bottom, usual[0])
    _key(sheet, bottom + 110, figures["error_label"])
    if figures["apart"]:
        sheet.text(MARGIN, bottom + 178, figures["apart"], SMALL, SOFT)
    return sheet.png()


def _bar(
    sheet: Sheet, number: int, name: str, count: int, middle: float, x: Callable[[float], float], error: int
) -> None:
    """Draw one leg: its bar, the band of the error around the end of that, and the count at the right."""
    colour, low, high = (FIRST, SECOND)[number % 2], max(count - error, 0), count + error
    half = _BAR / 2
    sheet.text(MARGIN, middle, name, TEXT)
    if count:
        sheet.box(x(0), middle - half, x(count), middle + half, radius=10, fill=colour)
    sheet.box(x(low), middle - 13, x(high), middle + 13, radius=13, fill=_BAND[number % 2])
    for end in (low, high):
        _edge(sheet, x(end), middle)
    if number % 2:
        sheet.box(x(count) - 13, middle - 13, x(count) + 13, middle + 13, radius=2, fill=INK)
    else:
        sheet.dot(x(count), middle, 14, fill=INK)
    sheet.text(WIDTH - MARGIN, middle, str(count), TITLE, INK, "rm")


def _edge(sheet: Sheet, x: float, y: float) -> None:
    """Draw an end of the band, dark around white, so that it shows on any bar."""
    sheet.line([(x, y - 29), (x, y + 29)], GROUND, 11)
    sheet.line([(x, y - 26), (x, y + 26)], INK, 5)


def _typical(sheet: Sheet, at: float, top: float, bottom: float, label: str) -> None:
    """Draw the typical count: a dashed line through the bars, its name above."""
    y = top - 20
    while y < bottom:
        sheet.line([(at, y - 3), (at, min(y + _DASH + 3, bottom))], GROUND, 13)
        sheet.line([(at, y), (at, min(y + _DASH, bottom))], INK, 5)
        y += 2 * _DASH
    half = font(SMALL).getlength(label) / 2
    sheet.text(min(max(at, MARGIN + half), WIDTH - MARGIN - half), top - 56, label, SMALL, INK, "mm")


def _key(sheet: Sheet, y: float, label: str) -> None:
    sheet.box(MARGIN, y - 13, MARGIN + 90, y + 13, radius=13, fill=_BAND[0])
    for end in (MARGIN, MARGIN + 90):
        _edge(sheet, end, y)
    sheet.dot(MARGIN + 45, y, 14, fill=INK)
    sheet.text(MARGIN + 124, y, label, SMALL, SOFT)
