"""The ladder back after a strain or a break, held against made-up people who go it, and are set back on it."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.parsing.back_answers import read_back_answer
from coach.planning.inputs import Equipment, Experience, History, PastSession, Pause, Pin, Profile
from coach.planning.special_weeks.first_days import plan_week_as_begun
from coach.planning.state.pain_gate import Gate, through_gate
from coach.planning.way_back.ladder import BackReason, BackStep, WayBack
from coach.planning.way_back.standing import standing_of
from coach.planning.week import PlannedDay, PlannedWeek, WeekNote
from coach.planning.workouts import SPACED, WORKOUTS
from coach.profile import SessionStatus
from tests.support.plan_checks import DAY
from tests.support.simulated_athletes import Life, as_session, some_profile
from tests.support.vocabularies import ENGLISH

SEEDS: Final = st.integers(0, 10**9)
WALKS: Final = {"half-hour-walk", "easy-walk", "recovery"}
RAISES: Final = {"calf-strength-a", "calf-strength-b"}
MAY: Final = {
    BackStep.WALK: WALKS,
    BackStep.HOPS: WALKS | {"raises-and-hops"},
    BackStep.JOG: WALKS | RAISES | {"walk-jog-intervals"},
    BackStep.RUN: WALKS | RAISES | {"steady-run"},
    BackStep.HILLS: WALKS | RAISES | {"steady-run", "hill-sprints"},
    BackStep.SPRINTS: WALKS | RAISES | {"steady-run", "sprint-intervals"},
}
"""The workouts of each step, as the page describes it."""

GOOD_BEFORE: Final = {
    "raises-and-hops": 1, "calf-strength-a": 3, "calf-strength-b": 3, "walk-jog-intervals": 3, "steady-run": 8,
    "hill-sprints": 11, "sprint-intervals": 13,
}  # fmt: skip
"""Sessions that went well since it began, at least, before a workout is planned: for who was only on a break."""


class WayBackLife(Life):
    """A person who trains for some weeks, hurts themselves, and goes the way back."""

    def go(self, weeks: int, *, pain: float) -> None:
        """Train as usual for four weeks, then climb; each session may hurt, and each plan is checked."""
        self.eventful = False
        self.live(4)
        self.today = self.profile.first_monday + 28 * DAY
        self.pauses = [each for each in self.pauses if each.first < self.today]
        self.pins = [each for each in self.pins if each.day < self.today]
        self.profile = replace(
            self.profile, way_back=WayBack(self.today, self.random.choice(list(BackReason))), screened_on=self.today
        )
        self.rows = {day: row for day, row in self.rows.items() if day < self.today}
        for _ in range(7 * weeks):
            self._plan_today()
            self._live_today(pain)
            self.today += DAY

    def _plan_today(self) -> None:
        number = self.profile.week_of(self.today)
        for ahead in (0, 1) if self.today.isoweekday() == 3 else (0,):
            week = plan_week_as_begun(self.profile, number + ahead, self.history(), self.today)
            assert isinstance(week, PlannedWeek)
            self._check(week)
            if not ahead:
                self.rows |= {each.day: as_session(each) for each in week.days if each.open and each.day >= self.today}

    def _check(self, week: PlannedWeek) -> None:
        history = self.history()
        standing = standing_of(self.profile, history, self.today)
        if standing is None:
            return
        assert WeekNote.WAY_BACK in week.notes
        fresh = [each for each in week.days if each.open and each.day >= self.today]
        good = sum(row.met == "good" for row in history.sessions)
        for planned in fresh:
            assert planned.workout in MAY[standing.step], (standing, planned)
            least = GOOD_BEFORE.get(planned.workout, 0)
            new = self.profile.experience is Experience.NEW and not standing.runs
            assert good >= least, (standing, planned)
            assert not new or planned.workout not in {"steady-run", "hill-sprints", "sprint-intervals"}
            self._check_amounts(planned, history)
        held = {each.day for each in week.days if each.workout in SPACED}
        assert not any(each.day + DAY in held for each in fresh if each.workout in SPACED)
        assert sum(each.workout in {"hill-sprints", "sprint-intervals"} for each in fresh) <= 1
        assert sum(each.workout != "recovery" for each in week.days) <= 6

    def _check_amounts(self, planned: PlannedDay, history: History) -> None:
        whole = planned.workout == "half-hour-walk"
        assert planned.minutes == 30 if whole else planned.minutes <= max(self.profile.minutes, 20)
        if planned.workout in RAISES | {"raises-and-hops"}:
            assert planned.step is not None
            assert planned.step <= 3, "no hops in the warm-up"
        if planned.percent is not None:
            assert (planned.rounds, planned.percent) in {(2, 70), (3, 70)}
        if planned.run_minutes:
            before = [row for row in history.sessions if planned.day - 37 * DAY <= row.day < planned.day]
            jogged = max((_jogged(row) for row in before), default=0)
            ran = max((row.run_minutes for row in before), default=0)
            assert planned.run_minutes <= max(10, 20, int(max(ran, jogged, self.profile.longest_run) * 1.1))
            assert planned.run_minutes <= 30

    def _live_today(self, pain: float) -> None:
        row = self.rows.get(self.today)
        if row is None or row.status is not SessionStatus.PLANNED or self.random.random() > 0.9:
            return
        hurt = self.random.random() < pain
        asked = row.workout not in RAISES | {"easy-walk", "recovery"}
        met = "good" if asked and not hurt and self.random.random() < 0.9 else None
        level = self.random.randint(3, 8) if hurt else 0
        self.rows[self.today] = replace(row, status=SessionStatus.DONE, pain=level, met=met)
        if self.random.random() < 0.05:
            workout = self.random.choice([slug for slug in WORKOUTS if slug != row.workout])
            self.pins.append(Pin(self.today + self.random.randint(1, 6) * DAY, workout))


def _jogged(row: PastSession) -> int:
    return (
        (row.rounds or 0)
        * {0: 1, 1: 1, 2: 2, 3: 2, 4: 3, 5: 5, 6: 8, 7: 9}[row.step or 0]
        * (row.workout == "walk-jog-intervals")
    )


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, pain=st.sampled_from([0.0, 0.03, 0.2]))
def test_no_workout_beyond_the_step_is_ever_planned(seed: int, pain: float) -> None:
    random = Random(seed)
    WayBackLife(some_profile(random), random, 0.9).go(12, pain=pain)


# Where somebody stands

FIRST: Final = date(2026, 3, 2)


def someone(**changes: object) -> Profile:
    return replace(
        Profile(FIRST, Experience.REGULAR, equipment=frozenset({Equipment.HILL}), way_back=WayBack(FIRST)),
        **changes,  # type: ignore[arg-type]
    )


def went(*sessions: tuple[int, str, str | None, int]) -> History:
    """Sessions that were done: days since the first, workout, answer and pain."""
    return History(
        tuple(
            PastSession(FIRST + day * DAY, workout, SessionStatus.DONE, met=met, pain=pain)
            for day, workout, met, pain in sessions
        )
    )


WALKED: Final = (0, "half-hour-walk", "good", 0)
HOPPED: Final = ((1, "raises-and-hops", "good", 0), (3, "raises-and-hops", "good", 0))


def at(history: History, day: int, profile: Profile | None = None) -> tuple[BackStep, int] | None:
    found = standing_of(profile or someone(), history, FIRST + day * DAY)
    return (found.step, found.passed) if found is not None else None


def test_good_sessions_of_a_step_open_the_next_one() -> None:
    assert at(History(), 0) == (BackStep.WALK, 0)
    assert at(went(WALKED), 0) == (BackStep.HOPS, 0)
    assert at(went(WALKED, HOPPED[0]), 1) == (BackStep.HOPS, 1)
    assert at(went(WALKED, *HOPPED), 3) == (BackStep.JOG, 0)


def test_a_session_without_an_answer_or_of_another_step_opens_nothing() -> None:
    assert at(went((0, "half-hour-walk", None, 0)), 1) == (BackStep.WALK, 0)
    assert at(went((0, "half-hour-walk", "not-yet", 0)), 1) == (BackStep.WALK, 0)
    assert at(went((0, "sprint-intervals", "good", 0)), 1) == (BackStep.WALK, 0)


@pytest.mark.parametrize("pain", [3, 5, 10])
def test_a_day_with_pain_is_one_step_back_and_half_of_that_step_is_kept(pain: int) -> None:
    hurt = (5, "walk-jog-intervals", "not-yet", pain)
    assert at(went(WALKED, *HOPPED, hurt), 5) == (BackStep.HOPS, 1)
    again = (8, "raises-and-hops", "good", 0)
    assert at(went(WALKED, *HOPPED, hurt, again), 8) == (BackStep.JOG, 0)
    assert at(went((0, "half-hour-walk", "not-yet", pain)), 0) == (BackStep.WALK, 0)


def test_a_little_pain_is_none() -> None:
    assert at(went((0, "half-hour-walk", "good", 2)), 0) == (BackStep.HOPS, 0)


def test_two_weeks_without_a_session_are_a_step_back_also_once_training_goes_on() -> None:
    assert at(went(WALKED, *HOPPED), 16) == (BackStep.JOG, 0)
    assert at(went(WALKED, *HOPPED), 17) == (BackStep.HOPS, 1)
    assert at(went(WALKED, *HOPPED), 31) == (BackStep.WALK, 0)
    later = (17, "raises-and-hops", "good", 0)
    assert at(went(WALKED, *HOPPED, later), 18) == (BackStep.JOG, 0)


def all_good(profile: Profile, days: int = 120) -> list[str]:
    """Answer every session with good; return the workouts that were asked about, until it ends."""
    done: list[tuple[int, str, str | None, int]] = []
    for day in range(0, days, 2):
        found = standing_of(profile, went(*done), FIRST + day * DAY)
        if found is None:
            break
        done.append((day, found.workout, "good", 0))
    return [workout for _, workout, _, _ in done]


def test_the_whole_ladder_after_a_strain() -> None:
    climbed = all_good(someone())
    assert list(dict.fromkeys(climbed)) == [
        "half-hour-walk", "raises-and-hops", "walk-jog-intervals", "steady-run", "hill-sprints", "sprint-intervals",
    ]  # fmt: skip
    assert [climbed.count(each) for each in dict.fromkeys(climbed)] == [1, 2, 8, 3, 2, 2]


def test_after_a_break_there_are_fewer_walk_jogs() -> None:
    climbed = all_good(someone(way_back=WayBack(FIRST, BackReason.BREAK)))
    assert climbed.count("walk-jog-intervals") == 5


def test_without_a_hill_its_step_is_run_on_the_flat() -> None:
    climbed = all_good(someone(equipment=frozenset()))
    assert "hill-sprints" not in climbed
    assert climbed.count("steady-run") == 5
    assert climbed[-1] == "sprint-intervals"


def test_a_new_runner_comes_back_to_walk_jogs_and_who_sprinted_with_us_to_sprints() -> None:
    assert all_good(someone(experience=Experience.NEW)) == [
        "half-hour-walk", "raises-and-hops", "raises-and-hops", "walk-jog-intervals", "walk-jog-intervals",
    ]  # fmt: skip
    sprinted = History((PastSession(FIRST - 9 * DAY, "sprint-intervals", SessionStatus.DONE),))
    found = standing_of(someone(experience=Experience.NEW), sprinted, FIRST)
    assert found is not None
    assert found.runs


def test_a_pause_on_the_way_is_kept() -> None:
    history = replace(went(WALKED), pauses=(Pause(FIRST + 2 * DAY, FIRST + 9 * DAY),))
    assert at(history, 9) == (BackStep.HOPS, 0)


def test_hops_on_a_calf_that_hurts_a_little_become_a_walk() -> None:
    spec = WORKOUTS["raises-and-hops"]
    planned = PlannedDay(FIRST, spec.kind, spec.slug, None, spec.why, spec.minutes(), calf_sets=3, leg_sets=2)
    assert through_gate(planned, Gate.REDUCE).workout == "easy-walk"


# What people answer


@pytest.mark.parametrize(("said", "meant"), [
    ("0", "good"), ("2/10", "good"), ("pain 3", "some-pain"), ("5", "pain"), ("10", "pain"),
    ("Yes", "good"), ("yep, easy", "good"), ("yes, no pain", "good"), ("No pain!", "good"), ("nothing hurt", "good"),
    ("didn’t hurt at all", "good"), ("no", "not-yet"), ("not yet", "not-yet"), ("some of it", "not-yet"),
    ("I didn't finish", "not-yet"), ("it was sore", "some-pain"), ("painful", "some-pain"),
    ("No, my calf hurt", "some-pain"), ("no, some pain", "some-pain"), ("nope, it hurts a lot", "some-pain"),
    ("it hurt, I could not finish", "some-pain"), ("not good, it hurt", "some-pain"), ("no - it hurt", "some-pain"),
    ("no it hurts", None), ("it hurt so I didn't do the hops", None), ("not without pain", None),
    ("all of it, no pain but it aches a lot now", None), ("no pain, but it aches a lot now", "some-pain"),
    ("No pain. Nothing hurt", "good"), ("all done; it didn't hurt", "good"), ("no pain, not all of it", "not-yet"),
    ("no pain, no problems", "good"), ("no problems", "good"), ("No issues, no pain.", "good"),
    ("no problems, not all of it", "not-yet"), ("no pain, some problems", None), ("no pain, no lack of trouble", None),
    ("yes, with problems", None),
    ("2 of 8 rounds", None), ("30", None), ("purple", None), ("was that right?", None), ("", None),
])  # fmt: skip
def test_answers_in_words(said: str, meant: str | None) -> None:
    assert read_back_answer(said, ENGLISH) == meant


@given(st.text(max_size=200))
def test_any_text_is_an_answer_or_none(text: str) -> None:
    read_back_answer(text, ENGLISH)
