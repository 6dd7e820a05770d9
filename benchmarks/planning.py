"""Time to plan a week after a full year of sessions. `python -m benchmarks.planning` prints it."""

from datetime import date, timedelta
from timeit import repeat
from typing import Final

from coach.planning.inputs import Experience, History, PastSession, Profile, Screening
from coach.planning.planner import plan_week
from coach.profile import Goal, SessionStatus

MONDAY: Final = date(2026, 11, 23)
DAYS: Final = 364
WEEK: Final = (
    "sprint-intervals",
    "easy-run",
    "calf-strength-a",
    "recovery",
    "long-run",
    "calf-strength-b",
    "recovery",
)
ROUNDS: Final = 20


def week_ms() -> tuple[float, float]:
    """Milliseconds that one week takes: the quickest of twenty rounds, since others use the machine too, and median."""
    today = MONDAY + timedelta(days=DAYS)
    runner = Profile(
        MONDAY,
        Experience.EXPERIENCED,
        Screening.CLEAR,
        today,
        minutes=60,
        goals=frozenset({Goal.DISTANCE, Goal.CALVES}),
    )
    rows = [
        PastSession(MONDAY + timedelta(days=day), WEEK[day % 7], SessionStatus.DONE, 5, 80, 6, 4, 30, effort=7)
        for day in range(DAYS)
    ]
    history = History(tuple(rows))
    took = sorted(repeat(lambda: plan_week(runner, DAYS // 7 + 1, history, today), number=ROUNDS, repeat=ROUNDS))
    return took[0] * 1000 / ROUNDS, took[ROUNDS // 2] * 1000 / ROUNDS


def main() -> None:
    """Print it."""
    best, usual = week_ms()
    print(f"a week after a year: {best:.2f} ms at best, {usual:.2f} ms usually")


if __name__ == "__main__":
    main()
