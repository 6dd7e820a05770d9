"""The pictures of a week and of intervals: their sizes, their signs, and that the same is drawn once."""

from itertools import combinations
from math import dist
from typing import Any, Final

import pytest

from coach.profile import SessionKind
from content.rendering.pictures import plan_pictures
from content.rendering.pictures.heel_raise_chart import _BAND
from content.rendering.pictures.sheet import FIRST, GROUND, SECOND
from handlers.framework.turn import CAPTION, fits_caption


def a_week(**changes: Any) -> dict[str, Any]:
    kinds = ("interval", "strength", "easy", "recovery", "interval", "strength", "recovery")
    marks = ("done", "missed", "skipped", "planned", "moved", "planned", "planned")
    return {
        "title": "Your week",
        "legend": [{"kind": kind, "label": kind} for kind in plan_pictures.KINDS],
        "days": [
            {
                "name": "Wed",
                "date": str(place + 20),
                "kind": kind,
                "title": "Walk–jog intervals",
                "minutes": 0 if kind == "recovery" else 25,
                "label": "25 min",
                "mark": mark,
                "today": place == 3,
            }
            for place, (kind, mark) in enumerate(zip(kinds, marks, strict=True))
        ],
    } | changes


def size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_a_week_is_as_wide_as_the_other_pictures_and_a_row_high_a_day() -> None:
    assert size(plan_pictures.week(a_week())) == (1080, 142 + 7 * 112 + 118)
    assert size(plan_pictures.week(a_week(days=a_week()["days"][:2])))[1] == 142 + 2 * 112 + 118


def test_the_same_figures_are_drawn_once() -> None:
    figures = a_week(title="Once and no more")
    before = plan_pictures._week.cache_info().hits
    assert plan_pictures.week(figures) is plan_pictures.week(dict(figures))
    assert plan_pictures._week.cache_info().hits == before + 1


@pytest.mark.parametrize("mark", ["done", "missed", "skipped", "moved"])
def test_each_outcome_is_drawn_in_a_shape_of_its_own(mark: str) -> None:
    one = a_week()["days"][:1]
    shown = {each: plan_pictures.week(a_week(days=[one[0] | {"mark": each}])) for each in plan_pictures.MARKS}
    assert len(set(shown.values())) == len(shown)
    assert shown[mark] != shown["planned"]


def test_every_kind_of_session_has_its_sign() -> None:
    assert set(plan_pictures.KINDS) == set(SessionKind) == set(plan_pictures.COLOURS)


def bars(*seconds: int) -> dict[str, Any]:
    phases = [
        {"seconds": each, "effort": 1 + place % 10, "round": place % 2, "part": place % 4}
        for place, each in enumerate(seconds)
    ]
    return {
        "title": "Intervals",
        "total": "25 min",
        "minutes": [0, 5],
        "phases": phases,
        "legend": [{"rounds": "", "label": "Walk, 90 s"}],
    }


@pytest.mark.parametrize("seconds", [(600,), (1,) * 40, (5400, 1), (600, 30, 90, 30, 90, 300)])
def test_phases_of_any_length_are_drawn(seconds: tuple[int, ...]) -> None:
    assert size(plan_pictures.phases(bars(*seconds))) == (1080, 520 + 122 + 66)


SEEN_BY: Final = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
}
"""Linear red, green and blue as somebody without one kind of cone sees them (Machado, Oliveira & Fernandes 2009)."""

BARS: Final = {colour for kind, colour in plan_pictures.COLOURS.items() if kind != "recovery"}
"""A day of rest has no bar, but a ring."""

Seen = tuple[float, float, float]


def seen(colour: str, sight: str) -> Seen:
    """Return the linear parts of a colour as they are seen."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    rows = (sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in SEEN_BY[sight])
    red, green, blue = (min(max(part, 0.0), 1.0) for part in rows)
    return red, green, blue


def light(colour: Seen) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), colour, strict=True))


def contrast(one: Seen, other: Seen) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Seen) -> Seen:
    """Return a colour in CIELAB, where 2 is the least difference that eyes see."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9503))
    white = (0.9505, 1.0, 1.0888)
    x, y, z = (
        (sum(weight * part for weight, part in zip(row, colour, strict=True)) / most) ** (1 / 3)
        for row, most in zip(rows, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SEEN_BY)
def test_signs_and_bars_stand_out_on_their_ground_for_the_colour_blind_too(sight: str) -> None:
    ground = seen(GROUND, sight)
    for colour in (*plan_pictures.COLOURS.values(), *plan_pictures._PARTS):
        assert contrast(seen(colour, sight), ground) >= 4.5, colour
    for colour in _BAND:
        assert contrast(seen(colour, sight), ground) >= 3, colour


@pytest.mark.parametrize("sight", SEEN_BY)
@pytest.mark.parametrize("palette", [BARS, set(plan_pictures._PARTS), {FIRST, SECOND}])
def test_colours_side_by_side_differ_for_the_colour_blind_too(palette: set[str], sight: str) -> None:
    assert len(palette) > 1
    for one, other in combinations(sorted(palette), 2):
        assert dist(lab(seen(one, sight)), lab(seen(other, sight))) >= 15, (one, other)


def test_a_caption_is_measured_as_telegram_does() -> None:
    assert fits_caption(f"<b>{'&lt;' * CAPTION}</b>")
    assert not fits_caption("🔥" * (CAPTION // 2 + 1))
