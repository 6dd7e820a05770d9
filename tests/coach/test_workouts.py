"""The records of workouts: one place for each fact, and rules that no record may break."""

from dataclasses import replace

import pytest

from coach.planning.session_volume import rounds_that_fit
from coach.planning.workouts import HARD, SPACED, WORKOUTS, Family
from tests.support.source_text import ROOT, modules

ROOMS = ("coach", "content", "db", "handlers", "scheduler", "services", "gateway")
AMBIGUOUS = {"recovery", "long-run"}
"""Slugs that are also a kind of session, or a target of a week."""


def test_a_workout_is_named_in_its_record_and_by_its_page_only() -> None:
    """So that a new one touches two files."""
    paths = [path for path in modules(*ROOMS) if path.name != "workouts.py"]
    texts = {path: path.read_text("utf-8") for path in [*paths, *(ROOT / "content/en/messages").rglob("*.j2")]}
    slugs = WORKOUTS.keys() - AMBIGUOUS
    found = {(slug, path.name) for path, text in texts.items() for slug in slugs if f'"{slug}"' in text}
    assert found == {("hill-sprints", "about_me.py")}, "the answer of that name, which is no workout"


def test_a_hard_workout_that_is_not_spaced_is_refused() -> None:
    with pytest.raises(ValueError, match="hard workouts are spaced"):
        replace(WORKOUTS["easy-run"], hard=True)


def test_what_stands_for_a_workout_meets_its_target_and_is_lighter() -> None:
    assert HARD < SPACED
    lighter = [(spec, WORKOUTS[spec.lighter]) for spec in WORKOUTS.values() if spec.lighter]
    assert lighter
    assert all(heavy.target is light.target and not light.spaced for heavy, light in lighter)


@pytest.mark.parametrize(("slug", "rounds", "minutes"), [
    ("sprint-intervals", 5, 25), ("hill-sprints", 3, 21), ("walk-jog-intervals", 3, 18),
])  # fmt: skip
def test_minutes_are_whole_and_a_begun_one_counts(slug: str, rounds: int, minutes: int) -> None:
    assert WORKOUTS[slug].minutes(rounds) == minutes
    assert rounds_that_fit(slug, rounds, minutes) == rounds
    assert rounds_that_fit(slug, rounds, minutes - 1) == rounds - 1


def test_hard_efforts_are_too_hard_at_nine_and_easy_ones_at_seven() -> None:
    assert {spec.too_hard for spec in WORKOUTS.values() if spec.family in {Family.QUALITY, Family.STRENGTH}} == {9}
    assert {spec.too_hard for spec in WORKOUTS.values() if spec.talking_pace} == {7}
