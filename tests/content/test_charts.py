"""The pictures: right sizes, round scales, everything drawn that can be asked for; how they look, eyes have judged."""

import asyncio
import io
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from coach.planning.state.streaks import DayOutcome
from content.rendering.file_renderers import FileRenderers
from content.rendering.pictures import block_chart, charts, sheet

ROW = {"label": "2 Mar", "marks": "DRDMP.r", "done": 2, "planned": 4}
WEEKS = {
    "draw": "weeks", "title": "Your weeks", "done": "Done", "days": ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    "legend": [[mark, "word"] for mark in "DRMP"], "rows": [ROW, ROW],
}  # fmt: skip


def line(values: list[float], name: str = "Left", start: date = date(2026, 3, 2)) -> dict[str, Any]:
    points = [[(start + timedelta(days=30 * place)).isoformat(), value] for place, value in enumerate(values)]
    return {"name": name, "points": points}


def lines(*series: dict[str, Any], **changed: Any) -> dict[str, Any]:
    days = sorted({point[0] for each in series for point in each["points"]})
    return {"draw": "lines", "title": "Calf girth", "unit": "cm", "series": list(series),
            "days": [[day, day[5:]] for day in (days[0], days[-1])]} | changed  # fmt: skip


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def colours(image: Image.Image) -> set[str]:
    found = image.getcolors(1 << 24)
    assert found is not None
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in found}  # type: ignore[misc]


def test_a_row_a_week() -> None:
    one, two = opened(charts.weeks(WEEKS | {"rows": [ROW]})), opened(charts.weeks(WEEKS))
    assert (one.width, two.width) == (sheet.WIDTH, sheet.WIDTH)
    assert two.height - one.height == 84
    assert {sheet.GROUND, sheet.FIRST, sheet.GRID} <= colours(one)


def test_every_day_there_can_be_has_its_mark() -> None:
    assert set(charts.MARKS) == set(DayOutcome)


def test_left_and_right_differ_in_colour_and_shape() -> None:
    both = opened(charts.lines(lines(line([38, 38.4]), line([38.2, 38.1], "Right"))))
    one = opened(charts.lines(lines(line([38, 38.4]))))
    assert both.size == one.size == (sheet.WIDTH, 860)
    assert sheet.SECOND in colours(both)
    assert sheet.SECOND not in colours(one)


@pytest.mark.parametrize("values", [[38.0], [38.0, 38.0], [0.0, 100.0], [250.0] * 200, [35.0, 250.0] * 60])
def test_lines_of_any_length_and_height(values: list[float]) -> None:
    assert opened(charts.lines(lines(line(values, ""), least_span=3.0))).width == sheet.WIDTH


def test_the_same_figures_give_the_same_picture() -> None:
    assert charts.weeks(WEEKS) == charts.weeks(WEEKS)


@example(1.0, 1.0, 9.262475198304968e-05, False)
@given(st.floats(0, 300), st.floats(0, 300), st.floats(0, 50), st.booleans())
def test_a_scale_is_round_even_and_covers_everything(one: float, other: float, span: float, from_zero: bool) -> None:
    least, most = sorted((round(one, 2), round(other, 2)))
    ticks = charts.scale(least, most, span, from_zero=from_zero)
    assert 3 <= len(ticks) <= 8
    assert ticks[0] <= least + 1e-6
    assert ticks[-1] >= most - 1e-6
    assert ticks[-1] - ticks[0] >= span - 1e-6
    steps = {round(after - before, 5) for before, after in pairwise(ticks)}
    assert len(steps) == 1
    assert not from_zero or ticks[0] == 0


@pytest.mark.parametrize("ink", [sheet.INK, sheet.SOFT, sheet.FIRST, sheet.SECOND])
def test_words_and_lines_stand_out(ink: str) -> None:
    """By the contrast of WCAG 2.2: 7 to 1 for words, and for lines as well."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert (luminance(ink) + 0.05) / (luminance(sheet.GROUND) + 0.05) >= 7


async def test_files_are_drawn_beside_the_loop_and_others_by_who_brings_them() -> None:
    async def archive(figures: Mapping[str, Any]) -> bytes:
        return bytes(figures["of"])

    drawing = FileRenderers(archive=archive)
    try:
        pictures = await asyncio.gather(*(drawing(WEEKS) for _ in range(3)))
        assert pictures == [charts.weeks(WEEKS)] * 3
        assert await drawing({"draw": "archive", "of": [1, 2]}) == b"\1\2"
        with pytest.raises(KeyError):
            await drawing({"draw": "nothing"})
    finally:
        drawing.close()


# Goals


GOAL = {"value": 41.0, "now": 38.4, "by": "2026-09-01", "label": "Goal: 41 cm by 1 Sep", "needs": "about 0.3 cm more"}


def test_a_goal_stands_on_its_day_with_a_way_to_it_and_two_lines_that_tell_it() -> None:
    series = [line([38, 38.4]), line([38.2, 38.6], "Right")]
    without, within = opened(charts.lines(lines(*series))), opened(charts.lines(lines(*series, goal=GOAL)))
    assert within.height - without.height == 124
    assert white(within, 800, 1080) > white(without, 800, 1080), "on the right: the mark of the goal"
    assert white(within, 600, 800) > white(without, 600, 800), "between: the way to it"
    reached = opened(charts.lines(lines(*series, goal=GOAL | {"now": 41.0})))
    assert white(reached, 600, 800) < white(within, 600, 800), "what is reached has no way to go"


def white(image: Image.Image, left: int, right: int) -> int:
    """The pixels of ink between two columns, below the words."""
    part = image.crop((left, 320, right, image.height - 120)).getcolors(1 << 24)
    assert part is not None
    return sum(count for count, colour in part if colour == (0xF3, 0xF8, 0xF5))


@settings(max_examples=25, deadline=None)
@given(st.floats(20, 70), st.floats(20, 70), st.integers(-40, 400))
def test_a_goal_of_any_size_on_any_day_can_be_drawn(value: float, now: float, ahead: int) -> None:
    by = (date(2026, 4, 1) + timedelta(days=ahead)).isoformat()
    figures = lines(line([38, round(now, 1)]), goal=GOAL | {"value": round(value, 1), "now": round(now, 1), "by": by})
    assert opened(charts.lines(figures)).width == sheet.WIDTH


@pytest.mark.parametrize("now", [0, 1, 19, 20, 25])
def test_sessions_fill_a_bar(now: int) -> None:
    goal = {"value": 20, "now": now, "by": "2026-04-27", "label": "Goal: 20 sessions", "needs": "about 3 a week"}
    bare = WEEKS | {"rows": [ROW | {"marks": ".......", "planned": 0}], "legend": []}
    image = opened(charts.weeks(bare | {"goal": goal}))
    assert image.height - opened(charts.weeks(bare)).height == 192
    assert (sheet.FIRST in colours(image)) == (now > 0)


# Blocks


def block_week(**changed: bool) -> dict[str, Any]:
    return {"label": "2 Mar", "eased": False, "event": False, "past": False, "now": False} | changed


def blocks(*rows: list[dict[str, Any]], title: str = "10 km") -> dict[str, Any]:
    return {
        "title": title, "day": "3 May",
        "legend": [{"mark": mark, "label": f"{mark} word"} for mark in ("build", "ease", "day")],
        "rows": [{"label": f"Block {number}", "weeks": weeks} for number, weeks in enumerate(rows, 1)],
    }  # fmt: skip


def filled(image: Image.Image) -> int:
    """The pixels of the first colour in the rows of the blocks."""
    found = image.crop((0, 190, sheet.WIDTH, image.height - 110)).getcolors(1 << 24)
    assert found is not None
    return sum(count for count, colour in found if colour == (0x62, 0xD9, 0xAD))


def test_an_easier_week_is_lower_and_not_told_by_colour_alone() -> None:
    full, eased = (opened(block_chart.blocks(blocks([block_week(eased=each)]))) for each in (False, True))
    assert 0.4 < filled(eased) / filled(full) < 0.6


def test_the_date_has_a_flag_and_this_week_a_frame() -> None:
    plain, dated = (opened(block_chart.blocks(blocks([block_week(event=each)]))) for each in (False, True))
    assert filled(dated) < filled(plain), "a flag stands on it"
    now = opened(block_chart.blocks(blocks([block_week(now=True)])))
    assert now.tobytes() != plain.tobytes()
    past = opened(block_chart.blocks(blocks([block_week(past=True)])))
    assert filled(past) == 0


def test_blocks_of_a_year_and_a_long_name() -> None:
    rows = [[block_week()] * 5] * 11
    image = opened(block_chart.blocks(blocks(*rows, title="a run with everybody I know from the old school" * 3)))
    assert image.size == (sheet.WIDTH, 200 + 11 * 196 + 110)
