"""A fact of a week: the sessions that are left, and how much it holds beside the next."""

from datetime import date, timedelta

from coach.planning.week import PlannedDay, PlannedWeek, WeekNote
from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.requests import Slots
from db.queries import sessions
from handlers.framework.turn import Turn
from handlers.requests.facts import subject
from handlers.requests.outcome import Outcome, Step, has_plan
from handlers.training.today import today_of
from services import plans


def left(turn: Turn, _slots: Slots) -> Outcome:
    """Name the sessions of this week that are still to be done."""
    if not has_plan(turn):
        return Step.ASKED
    today = today_of(turn)
    days = (today + timedelta(days=ahead) for ahead in range(7 - today.weekday()))
    rows = [row for day in days if (row := plans.of_day(turn.session, turn.user, day, today)) is not None]
    opens = [row for row in rows if row.status == SessionStatus.PLANNED and row.workout != RECOVERY]
    coming = subject.coming(turn, today)
    buttons = [[subject.week_button()]]
    turn.reply("facts/left", buttons, sessions=[subject.values(turn, row) for row in opens], coming=coming)
    return Step.SHOWN


def volume(turn: Turn, slots: Slots) -> Outcome:
    """Say how many sessions and minutes a week holds, the next one beside this, with the sessions that grow."""
    if not has_plan(turn):
        return Step.ASKED
    today = today_of(turn)
    running = plans.current_week(turn.session, turn.user, today)
    if not isinstance(running, PlannedWeek):
        return Step.ASKED
    now = _training(turn, running, today)
    if slots.week != "next":
        turn.reply("facts/volume", [[subject.week_button()]], now=_summed(now), after=None, grown=[], easier=False)
        return Step.SHOWN
    following = plans.week_of(turn.session, turn.user, running.days[-1].day + timedelta(days=1), today)
    if not isinstance(following, PlannedWeek):
        return Step.ASKED
    after = [each for each in following.days if each.workout != RECOVERY]
    turn.reply(
        "facts/volume",
        [[subject.week_button(1)]],
        now=_summed(now),
        after=_summed(after),
        grown=_grown(turn, now, after),
        easier=WeekNote.EASIER_WEEK in following.notes,
    )
    return Step.SHOWN


def _training(turn: Turn, week: PlannedWeek, today: date) -> list[PlannedDay]:
    """Return the days of the running week that are no rest, from the first one of the plan on."""
    start = turn.user.plan_start or today
    stored = sessions.of_days(turn.session, turn.user, [each.day for each in week.days])
    rests = {day for day, row in stored.items() if row.workout == RECOVERY}
    return [each for each in week.days if each.day >= start and each.workout != RECOVERY and each.day not in rests]


def _summed(days: list[PlannedDay]) -> dict[str, int]:
    return {"sessions": len(days), "minutes": sum(each.minutes for each in days)}


def _grown(turn: Turn, now: list[PlannedDay], after: list[PlannedDay]) -> list[dict[str, object]]:
    """Return the workouts of both weeks that change: the minutes and rounds of each, and those before."""
    before = {each.workout: each for each in reversed(now)}
    both = {each.workout: each for each in reversed(after) if each.workout in before}
    return [
        {
            "name": turn.language.workouts[workout].name,
            "minutes": each.minutes,
            "before": before[workout].minutes,
            "rounds": each.rounds,
            "rounds_before": before[workout].rounds,
        }
        for workout, each in sorted(both.items(), key=lambda pair: pair[1].day)
        if each.minutes != before[workout].minutes
    ]
