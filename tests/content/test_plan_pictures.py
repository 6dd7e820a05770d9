"""The pictures of a week and of intervals: their sizes, their signs, and that the same is drawn once."""

from typing import Any

import pytest

from coach.profile import SessionKind
from content.rendering.pictures import plan_pictures
from content.rendering.pictures.sheet import GROUND
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


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_signs_and_bars_stand_out_on_their_ground() -> None:
    for colour in (*plan_pictures.COLOURS.values(), *plan_pictures._PARTS):
        assert contrast(colour, GROUND) >= 4.5, colour


def test_a_caption_is_measured_as_telegram_does() -> None:
    assert fits_caption(f"<b>{'&lt;' * CAPTION}</b>")
    assert not fits_caption("🔥" * (CAPTION // 2 + 1))
