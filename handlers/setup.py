"""The questions of the first two minutes, and the order they come in. Each answer is read by its own feature."""

from coach.actions import (
    BeginSetup,
    GoalsChosen,
    JustAsk,
    PickTime,
    PickUnits,
    ShowSettings,
    ShowToday,
    SkipStep,
    ToggleGoal,
)
from coach.mistakes import OldButton
from coach.profile import SETUP, Awaiting, Goal, Units, after
from coach.zones import local_day, to_local
from content.keyboards import Button, Row
from db import daily, sessions
from handlers.application import Coach
from handlers.registering import on_button
from handlers.turn import Turn

TIMES = ("0630", "0700", "1200", "1800")


def begin(turn: Turn, _action: BeginSetup | None = None) -> None:
    """Start the questions, or take them up where they were left."""
    turn.user.setup_step = turn.user.step or SETUP[0]
    open_question(turn, turn.user.setup_step)


def open_question(turn: Turn, step: Awaiting) -> None:
    """Ask one question; within the set-up and out of it the same way, but for the Skip button."""
    in_setup = turn.user.step is step
    skip = skip_rows(turn, step)
    number = {"step": SETUP.index(step) + 1, "steps": len(SETUP), "in_setup": in_setup}
    match step:
        case Awaiting.GOALS:
            turn.ask(step, "setup/goals", [*goal_rows(turn), *skip], **number)
        case Awaiting.UNITS:
            units = [Button(f"units_{unit}", PickUnits(unit)) for unit in Units]
            turn.ask(step, "setup/units", [units, *skip], **number)
        case Awaiting.WEIGHT:
            turn.ask(step, "setup/weight", skip, units=turn.user.weighs_in, **number)
        case Awaiting.ZONE:
            turn.ask(step, "setup/zone", skip, **number)
        case Awaiting.TIME:
            clock = to_local(turn.now, turn.user.zone or "UTC")
            times = [Button("at_time", PickTime(hhmm), {"time": f"{hhmm[:2]}:{hhmm[2:]}"}) for hhmm in TIMES]
            turn.ask(step, "setup/time", [times, *skip], zone=turn.user.zone, clock=clock, **number)


def skip_rows(turn: Turn, step: Awaiting) -> list[Row]:
    """Return the button that leaves a question of the set-up open; outside the set-up there is nothing to skip."""
    return [[Button("skip_step", SkipStep(step))]] if turn.user.step is step else []


def goal_rows(turn: Turn) -> list[Row]:
    """Return a button for each goal, ticked where chosen, and the one that says that is all."""
    chosen = turn.user.goal_set
    goals = [Button(f"goal_{goal}_{'on' if goal in chosen else 'off'}", ToggleGoal(goal)) for goal in Goal]
    return [goals[:2], goals[2:4], [*goals[4:], Button("goals_done", GoalsChosen(), style="primary")]]


def answered(turn: Turn, step: Awaiting) -> bool:
    """Go on to the next question where `step` was one of the set-up; return whether it was."""
    if turn.user.step is not step:
        turn.settle()
        return False
    following = after(step)
    if step is Awaiting.UNITS and turn.user.units is None:
        following = Awaiting.ZONE  # no units, no weight
    if step is Awaiting.ZONE and turn.user.zone is None:
        following = None  # no zone, no reminder
    if following is None:
        finish(turn)
    else:
        turn.user.setup_step = following
        open_question(turn, following)
    return True


def finish(turn: Turn) -> None:
    """The week is ready: say what is in it and when the first reminder comes."""
    user = turn.user
    turn.settle()
    user.setup_step, user.set_up_at = None, turn.now
    zone = user.zone or "UTC"
    reminder = daily.of(turn.session, user)
    first = reminder.next_due_at if reminder else None
    today = local_day(turn.now, zone)
    sessions.start_on(turn.session, user, local_day(first, zone) if first else today)
    turn.reply(
        "setup/ready",
        [[Button("today", ShowToday()), Button("settings", ShowSettings())]],
        first=to_local(first, zone) if first else None,
        days_off=(local_day(first, zone) - today).days if first else None,
    )


def skip(turn: Turn, action: SkipStep) -> None:
    """Leave this question; the rest goes on."""
    if turn.user.asked != action.step:
        raise OldButton
    answered(turn, action.step)


def just_ask(turn: Turn, _action: JustAsk) -> None:
    """Questions first, set-up later."""
    turn.reply("setup/just_ask")


def register(application: Coach) -> None:
    """Hook up the buttons."""
    on_button(application, BeginSetup, begin)
    on_button(application, SkipStep, skip)
    on_button(application, JustAsk, just_ask)
