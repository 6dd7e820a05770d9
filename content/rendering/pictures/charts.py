"""Pictures of somebody's training: a calendar of kept days, and lines of what was measured. Plain figures in, PNG out.

Sizes are for a phone, where 1080 pixels are some 320 points: the smallest
text is 12 points. Left and right differ in shape and name, not in colour alone.

Every word comes with the figures.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import ceil, floor, hypot, log10
from types import MappingProxyType
from typing import Any, Final

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

_DOTS_AT_MOST: Final = 26  # more would run into each other

_GOAL_LINES: Final = 124  # pixels of the two lines that tell a goal
_GOAL_BAR: Final = 192  # and of the bar with its lines
_DASH: Final = 16

Figures = Mapping[str, Any]


# The calendar


def weeks(figures: Figures) -> bytes:
    """Draw a row a week, a cell a day, and how many sessions were done.

    `rows`: label, `marks` (seven of MARKS), done, planned; `days`: seven short names; `title`; `legend`: mark → word;
    `goal`, where there is one: `value`, `now`, `label` and `needs`.
    """
    rows = figures["rows"]
    pitch, cell, top, left = 92, 84, 214, 212
    goal = figures.get("goal")
    end = top + len(rows) * cell
    sheet = Sheet(end + 122 + (_GOAL_BAR if goal else 0))
    sheet.text(MARGIN, 76, figures["title"], TITLE)
    for column, name in enumerate(figures["days"]):
        sheet.text(left + (column + 0.5) * pitch, top - 38, name, SMALL, SOFT, "mm")
    sheet.text(WIDTH - MARGIN, top - 38, figures["done"], SMALL, SOFT, "rm")
    for number, row in enumerate(rows):
        middle = top + (number + 0.5) * cell
        sheet.text(MARGIN, middle, row["label"], SMALL, SOFT)
        for column, mark in enumerate(row["marks"]):
            MARKS[mark](sheet, left + (column + 0.5) * pitch, middle)
        if row["planned"]:
            full = row["done"] >= row["planned"]
            sheet.text(WIDTH - MARGIN, middle, f"{row['done']}/{row['planned']}", TEXT, FIRST if full else INK, "rm")
    if goal:
        _goal_bar(sheet, end + 40, goal)
    _legend(sheet, sheet.height - 62, figures["legend"])
    return sheet.png()


def _goal_bar(sheet: Sheet, top: float, goal: Mapping[str, Any]) -> None:
    """Draw how much of a goal is done, and above it what it is and what it needs."""
    sheet.text(MARGIN, top + 24, goal["label"], SMALL)
    done = f"{goal['now']:g}/{goal['value']:g}"
    sheet.text(WIDTH - MARGIN, top + 24, done, TEXT, FIRST if goal["now"] >= goal["value"] else INK, "rm")
    right = WIDTH - MARGIN
    sheet.box(MARGIN, top + 62, right, top + 92, radius=15, fill=GRID)
    share = min(goal["now"] / goal["value"], 1.0)
    if share > 0:
        sheet.box(
            MARGIN, top + 62, max(MARGIN + (right - MARGIN) * share, MARGIN + 30), top + 92, radius=15, fill=FIRST
        )
    sheet.text(MARGIN, top + 128, goal["needs"], SMALL, SOFT)


def _done(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 32, y - 32, x + 32, y + 32, radius=18, fill=FIRST)
    sheet.line([(x - 14, y + 1), (x - 4, y + 11), (x + 15, y - 11)], GROUND, 6)


def _rest(sheet: Sheet, x: float, y: float) -> None:
    sheet.dot(x, y, 15, fill=FIRST)


def _missed(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 32, y - 32, x + 32, y + 32, radius=18, outline="#7f9d92")


def _ahead(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 32, y - 32, x + 32, y + 32, radius=18, fill=GRID)
    sheet.dot(x, y, 7, fill=SOFT)


def _rest_ahead(sheet: Sheet, x: float, y: float) -> None:
    sheet.dot(x, y, 15, fill="#7f9d92")
    sheet.dot(x, y, 11, fill=GROUND)


def _nothing(sheet: Sheet, x: float, y: float) -> None:
    sheet.dot(x, y, 5, fill=GRID)


MARKS: Final[Mapping[str, Callable[[Sheet, float, float], None]]] = MappingProxyType(
    {"D": _done, "R": _rest, "M": _missed, "P": _ahead, "r": _rest_ahead, ".": _nothing}
)
"""The marks of a day: done, rested, missed, planned, rest planned, nothing."""


def _legend(sheet: Sheet, y: float, legend: Sequence[Sequence[str]]) -> None:
    x = float(MARGIN)
    for mark, word in legend:
        MARKS[mark](sheet, x + 32, y)
        sheet.text(x + 76, y, word, SMALL, SOFT)
        x += 76 + font(SMALL).getlength(word) + 40


# Lines over time


def lines(figures: Figures) -> bytes:
    """Draw one or two lines over days.

    `series`: name and points [ISO date, value]; `least_span`: what the scale covers at least, so that a wobble looks
    like one; `from_zero`; `title`; `unit`; `days`: [ISO date, label] to write under the scale; `goal`, where there is
    one: `value`, `by` (ISO date), `now`, from which a dashed line leads to it, `label` and `needs`.
    """
    series = [
        (line["name"], [(date.fromisoformat(day).toordinal(), value) for day, value in line["points"]])
        for line in figures["series"]
    ]
    goal = figures.get("goal")
    values = [value for _, points in series for _, value in points] + ([goal["value"]] if goal else [])
    ticks = scale(min(values), max(values), figures.get("least_span", 0.0), from_zero=bool(figures.get("from_zero")))
    days = [day for _, points in series for day, _ in points]
    days += [max(date.fromisoformat(goal["by"]).toordinal(), *days)] if goal else []
    first, last = min(days), max(*days, min(days) + 1)
    lower = _GOAL_LINES if goal else 0
    sheet = Sheet(860 + lower)
    sheet.text(MARGIN, 76, figures["title"], TITLE)
    sheet.text(WIDTH - MARGIN, 76, figures["unit"], TEXT, SOFT, "rm")
    named = any(name for name, _ in series)
    top, bottom = (240 if named else 170) + lower, 740 + lower
    labels = [f"{tick:g}" for tick in ticks]
    left = MARGIN + max(font(SMALL).getlength(label) for label in labels) + 28
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
        sheet.text(left - 24, y(tick), label, SMALL, SOFT, "rm")
    for day, label in figures["days"]:
        place = x(date.fromisoformat(day).toordinal())
        half = font(SMALL).getlength(label) / 2
        sheet.text(min(max(place, MARGIN + half), WIDTH - MARGIN - half), bottom + 56, label, SMALL, SOFT, "mm")
    for number, (_, points) in enumerate(series):
        places = [(x(day), y(value)) for day, value in points]
        colour = (FIRST, SECOND)[number]
        if len(places) > 1:
            sheet.line(places, colour, 7)
        for at_x, at_y in places if len(places) <= _DOTS_AT_MOST else places[-1:]:
            _point(sheet, number, at_x, at_y)
    if goal:
        reached = x(days[-1]), y(goal["value"])
        begun = [(x(points[-1][0]), y(points[-1][1])) for _, points in series if points[-1][1] == goal["now"]]
        if begun and goal["now"] < goal["value"]:
            _dashed(sheet, begun[-1], reached)
        _aim(sheet, *reached)
        _goal_lines(sheet, 222 if named else 152, goal)
    at = float(MARGIN)
    for number, (name, _) in enumerate(series if named else ()):
        sheet.line([(at, 158), (at + 62, 158)], (FIRST, SECOND)[number], 7)
        _point(sheet, number, at + 31, 158)
        sheet.text(at + 80, 158, name, TEXT)
        at += 80 + font(TEXT).getlength(name) + 56
    return sheet.png()


def _point(sheet: Sheet, number: int, x: float, y: float) -> None:
    if number == 0:
        sheet.dot(x, y, 15, fill=GROUND)
        sheet.dot(x, y, 12, fill=FIRST)
    else:
        sheet.box(x - 15, y - 15, x + 15, y + 15, radius=3, fill=GROUND)
        sheet.box(x - 11, y - 11, x + 11, y + 11, radius=2, fill=SECOND)


def _dashed(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a way that is still to go."""
    (x, y), (to_x, to_y) = start, end
    length = hypot(to_x - x, to_y - y)
    steps = int(length // (2 * _DASH))
    for step in range(1, steps):
        begin, stop = (2 * _DASH * step / length, min(2 * _DASH * step + _DASH, length) / length)
        sheet.line(
            [(x + (to_x - x) * begin, y + (to_y - y) * begin), (x + (to_x - x) * stop, y + (to_y - y) * stop)], INK, 5
        )


def _aim(sheet: Sheet, x: float, y: float) -> None:
    """Draw the mark of a goal: a white diamond with a dark heart."""
    for half, fill in ((27, GROUND), (22, INK), (9, GROUND)):
        sheet.polygon([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], fill)


def _goal_lines(sheet: Sheet, y: float, goal: Mapping[str, Any]) -> None:
    _aim(sheet, MARGIN + 31, y)
    sheet.text(MARGIN + 80, y, goal["label"], SMALL)
    sheet.text(MARGIN + 80, y + 54, goal["needs"], SMALL, SOFT)


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


DRAWN: Final[Mapping[str, Callable[[Figures], bytes]]] = MappingProxyType({"weeks": weeks, "lines": lines})
"""The pictures that a stored message can name."""
