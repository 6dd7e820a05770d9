"""The cover of a guide: the name of the session, what it consists of, and its steps as bars, hard ones high."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from PIL import Image

from coach.guide.steps import Move, Step
from content.rendering.pictures.sheet import FIRST, GRID, INK, MARGIN, SECOND, SOFT, TEXT, TITLE, WIDTH, Sheet, font

COVER: Final = 600
THUMBNAIL: Final = 320
"""Pixels of a side: within the file, and as Telegram takes a thumbnail (200 kB at most)."""

_GROUND_LINE: Final = WIDTH - 2 * MARGIN
_HEIGHTS: Final = {Move.REST: 70, Move.WALK: 110, Move.EASY: 110, Move.WARM_UP: 150, Move.COOL_DOWN: 110}
_HIGH: Final = 420
_MIDDLE: Final = 230
_STEADY: Final = frozenset({Move.RUN, Move.GENTLE})
_GAP: Final = 5
_TOP: Final = 130
_LARGEST: Final = 104


def thumbnail(figures: Mapping[str, Any]) -> bytes:
    """Return the small cover that these figures draw."""
    return cover(figures["title"], figures["lines"], [Step.of(step) for step in figures["steps"]], THUMBNAIL)


def cover(title: str, lines: Sequence[str], steps: Sequence[Step], side: int = COVER) -> bytes:
    """Return the cover as a JPEG."""
    sheet, room = Sheet(WIDTH), WIDTH - 2 * MARGIN
    size = next((size for size in range(_LARGEST, TITLE, -4) if font(size).getlength(title) <= room), TITLE)
    sheet.text(MARGIN, _TOP, title, size, INK)
    for number, line in enumerate(lines):
        sheet.text(MARGIN, _TOP + 110 + number * 70, line, TEXT + 6, SOFT)
    sheet.box(MARGIN, _GROUND_LINE + 12, WIDTH - MARGIN, _GROUND_LINE + 18, fill=GRID)
    # A long warm-up beside short sprints: the root keeps both in sight.
    shares = [step.seconds**0.5 for step in steps]
    gap = min(_GAP, room / 3 / len(steps))
    width = (room - gap * (len(steps) - 1)) / sum(shares)
    left = float(MARGIN)
    for step, share in zip(steps, shares, strict=True):
        high = _HIGH if step.move.works else _HEIGHTS.get(step.move, _MIDDLE)
        colour = SECOND if step.move.works else FIRST if step.move in _STEADY else SOFT
        sheet.box(left, _GROUND_LINE - high, left + max(1, share * width), _GROUND_LINE, radius=8, fill=colour)
        left += share * width + gap
    picture = Image.open(io.BytesIO(sheet.png())).resize((side, side), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()
