"""Coming back, over any history: what a small session mends, when one is offered, and what a smaller week keeps."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coach.planning.inputs import Experience, History, PastSession, Profile, Screening
from coach.planning.planner import plan_week
from coach.planning.special_weeks.smaller_week import SESSIONS_KEPT, kept_days
from coach.planning.state.streaks import DayOutcome, DayResult, day_of, mended, streak
from coach.planning.week import PlannedWeek
from coach.planning.workouts import RECOVERY, SMALL_CALVES, WORKOUTS, Family
from coach.profile import SessionKind, SessionStatus
from coach.reminders.addenda import DayRecord
from coach.reminders.comeback import is_silent, offers_small_session

MONDAY = date(2026, 3, 2)
DONE, PLANNED, SKIPPED = SessionStatus.DONE, SessionStatus.PLANNED, SessionStatus.SKIPPED
EASY, REST = SessionKind.EASY, SessionKind.RECOVERY
DAY = timedelta(days=1)


@st.composite
def histories(draw: st.DrawFn) -> list[DayResult]:
    """Six weeks of anything."""
    found = []
    for ahead in range(42):
        kind, status = draw(st.sampled_from((EASY, EASY, REST))), draw(st.sampled_from((DONE, DONE, PLANNED, SKIPPED)))
        small = kind is EASY and status is DONE and draw(st.integers(0, 4)) == 0
        found.append(DayResult(MONDAY + DAY * ahead, kind, status, excused=draw(st.booleans()), small=small))
    return found


@given(histories())
def test_only_misses_of_the_three_days_before_are_mended_and_none_within_two_weeks(history: list[DayResult]) -> None:
    days = {kept.day: kept for kept in history}
    for day in mended(history):
        assert day_of(days[day], day, day + DAY) is DayOutcome.MISSED
        assert any(days[day + DAY * ahead].small for ahead in (1, 2, 3) if day + DAY * ahead in days)
    assert all((later - day).days >= 11 or (later - day).days <= 2 for day, later in pairwise(sorted(mended(history))))


@given(histories())
def test_a_small_session_never_shortens_a_streak(history: list[DayResult]) -> None:
    today = history[-1].day + DAY
    ordinary = [DayResult(each.day, each.kind, each.status, each.excused) for each in history]
    assert streak(history, today) >= streak(ordinary, today)


def test_what_would_break_a_streak_is_mended() -> None:
    days = [DayResult(MONDAY + DAY * ahead, EASY, DONE) for ahead in range(10)]
    for missed in (3, 8):
        days[missed] = DayResult(MONDAY + DAY * missed, EASY, PLANNED)
    assert streak(days, MONDAY + DAY * 10) == 1
    days[9] = DayResult(MONDAY + DAY * 9, EASY, DONE, small=True)
    assert streak(days, MONDAY + DAY * 10) == 8


def record(back: int, status: SessionStatus = PLANNED, **more: object) -> dict[date, DayRecord]:
    excused = bool(more.pop("excused", False))
    kept = DayResult(MONDAY - DAY * back, EASY, status, excused=excused)
    return {kept.day: DayRecord(kept, **more)}  # type: ignore[arg-type]


def test_it_is_offered_for_three_days_after_a_miss() -> None:
    assert [offers_small_session(MONDAY, record(back), None) for back in range(1, 6)] == [True] * 3 + [False] * 2
    assert not offers_small_session(MONDAY, {}, None)


def test_illness_pain_and_a_recent_offer_forbid_it() -> None:
    assert not offers_small_session(MONDAY, record(1) | record(6, SKIPPED, excused=True, reason="sick"), None)
    assert not offers_small_session(MONDAY, record(1) | record(5, DONE, pain=3), None)
    assert offers_small_session(MONDAY, record(1) | record(5, DONE, pain=2), None)
    assert not offers_small_session(MONDAY, record(1), MONDAY - DAY * 13)
    assert offers_small_session(MONDAY, record(1), MONDAY - DAY * 14)


def test_who_skips_without_a_reason_may_be_unwell() -> None:
    assert not offers_small_session(MONDAY, record(1, SKIPPED), None)
    assert offers_small_session(MONDAY, record(1, SKIPPED, reason="time"), None)


def test_silence_is_nothing_marked_of_something_planned() -> None:
    assert is_silent([(EASY, PLANNED), (REST, PLANNED), (REST, PLANNED)])
    assert not is_silent([(REST, PLANNED)] * 3), "nothing was asked for"
    assert not is_silent([(EASY, PLANNED), (REST, DONE), (EASY, PLANNED)]), "a day of rest that was marked is a word"
    assert not is_silent([(EASY, SKIPPED), (EASY, PLANNED)])
    assert not is_silent([])


PROFILES = st.builds(
    Profile,
    start=st.just(MONDAY),
    experience=st.sampled_from(Experience),
    screening=st.just(Screening.CLEAR),
    screened_on=st.just(MONDAY),
    days=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
    minutes=st.sampled_from((20, 30, 45, 60)),
)


@given(PROFILES, st.integers(0, 6))
def test_a_week_with_a_small_session_wants_what_it_wanted(profile: Profile, place: int) -> None:
    """It takes the place of no other workout, is never planned, and adds its own calf sets at most."""
    day = MONDAY + DAY * place
    small = PastSession(day, SMALL_CALVES, DONE, calf_sets=3, minutes=8)
    week = plan_week(profile, 1, History((small,)), day)
    assert isinstance(week, PlannedWeek)
    assert [each.workout for each in week.days].count(SMALL_CALVES) == 1
    assert sum(each.calf_sets for each in week.days) <= week.calf_sets_aim + 3
    assert all(each.workout != SMALL_CALVES for each in week.days if each.day != day)
    assert WORKOUTS[SMALL_CALVES].family is Family.SMALL


@given(PROFILES, st.integers(0, 6))
def test_a_smaller_week_keeps_two_sessions_apart_where_it_can(profile: Profile, place: int) -> None:
    today = MONDAY + DAY * place
    week = plan_week(profile, 1, History(), today)
    assert isinstance(week, PlannedWeek)
    days = [each for each in week.days if each.open and each.day >= today]
    kept = sorted(kept_days(days))
    asking = [each.day for each in days if each.workout != RECOVERY]
    assert set(kept) <= set(asking)
    assert len(kept) == min(SESSIONS_KEPT, len(asking))
    if len(asking) > SESSIONS_KEPT:
        assert kept[0] == asking[0]
        assert (kept[1] - kept[0]).days >= 2
