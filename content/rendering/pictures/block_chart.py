"""The picture of the weeks until a date: a row a block, a bar a week, low where it is eased, a flag on the last.

What a week is shows by height, mark and edge, not by colour alone. Every word comes with the figures.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from content.rendering.pictures.sheet import (
    FIRST,
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

_ROW: Final = 196
_TOP: Final = 200
_COLUMNS: Final = 5
_TALL: Final = 104
_LOW: Final = 52
_GAP: Final = 18
_LEFT: Final = 236
_PAST: Final = "#3f7565"


def blocks(figures: Mapping[str, Any]) -> bytes:
    """Draw the blocks.

    `title`; `day`; `rows`: label and `weeks`, each with its label, and whether it is `eased`, `past`, `now` and has the
    `event`; `legend`: the `mark` "build", "ease" or "day" with its `label`.
    """
    rows = figures["rows"]
    sheet = Sheet(_TOP + len(rows) * _ROW + 110)
    day = font(TEXT).getlength(figures["day"])
    sheet.text(MARGIN, 76, _fitting(figures["title"], WIDTH - 2 * MARGIN - day - 40), TITLE)
    sheet.text(WIDTH - MARGIN, 76, figures["day"], TEXT, SOFT, "rm")
    width = (WIDTH - MARGIN - _LEFT - (_COLUMNS - 1) * _GAP) / _COLUMNS
    for number, row in enumerate(rows):
        ground = _TOP + number * _ROW + _TALL
        sheet.text(MARGIN, ground - _TALL / 2, row["label"], SMALL, SOFT)
        for column, week in enumerate(row["weeks"]):
            left = _LEFT + column * (width + _GAP)
            _week(sheet, left, ground, width, week)
            sheet.text(left + width / 2, ground + 36, week["label"], SMALL, INK if week["now"] else SOFT, "mm")
    _legend(sheet, sheet.height - 62, figures["legend"])
    return sheet.png()


def _week(sheet: Sheet, left: float, ground: float, width: float, week: Mapping[str, Any]) -> None:
    top = ground - (_LOW if week["eased"] else _TALL)
    fill = _PAST if week["past"] else FIRST
    sheet.box(left, top, left + width, ground, radius=14, fill=fill)
    if week["now"]:
        sheet.box(left - 8, top - 8, left + width + 8, ground + 8, radius=20, outline=INK)
    if week["event"]:
        _flag(sheet, left + width / 2, ground - 10)


def _flag(sheet: Sheet, x: float, foot: float) -> None:
    """Draw a flag, dark around it, so that it shows on any ground."""
    top, pole = foot - 96, x - 22
    sheet.line([(pole, top - 5), (pole, foot + 5)], GROUND, 20)
    sheet.polygon([(pole - 2, top - 14), (pole + 76, top + 24), (pole - 2, top + 62)], GROUND)
    sheet.line([(pole, top), (pole, foot)], INK, 8)
    sheet.polygon([(pole, top), (pole + 60, top + 24), (pole, top + 48)], SECOND)


def _legend(sheet: Sheet, y: float, legend: Sequence[Mapping[str, str]]) -> None:
    x = float(MARGIN)
    for each in legend:
        mark, word = each["mark"], each["label"]
        if mark == "day":
            sheet.line([(x + 8, y - 26), (x + 8, y + 26)], INK, 6)
            sheet.polygon([(x + 8, y - 26), (x + 46, y - 11), (x + 8, y + 4)], SECOND)
        else:
            sheet.box(x, y + 24 - (48 if mark == "build" else 24), x + 44, y + 24, radius=8, fill=FIRST)
        sheet.text(x + 62, y, word, SMALL, SOFT)
        x += 62 + font(SMALL).getlength(word) + 40


def _fitting(words: str, width: float) -> str:
    """Return words as they fit into a width, cut with a mark where they do not."""
    if font(TITLE).getlength(words) <= width:
        return words
    while words and font(TITLE).getlength(words + "…") > width:
        words = words[:-1]
    return words.rstrip() + "…"
