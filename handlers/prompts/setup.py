"""The questions of the first two minutes, and the order they come in. Each answer is read by its own feature."""

from typing import Final

from coach.buttons.account import Change, Dismiss, ShowSettings
from coach.buttons.plan import (
    AnswerCheck,
    DaysChosen,
    EquipmentChosen,
    PickAge,
    PickExperience,
    PickLongest,
    PickMinutes,
    ShowWeek,
    ToggleDay,
    ToggleEquipment,
)
from coach.buttons.questions import ShowCategories, ShowExercises
from coach.buttons.reminders import Resume
from coach.buttons.session import ShowToday
from coach.buttons.setup import BeginSetup, GoalsChosen, JustAsk, PickTime, PickUnits, SkipStep, ToggleGoal
from coach.planning.inputs import AgeGroup, Equipment, Experience, Screening
from coach.planning.week import Refusal
from coach.profile import SETUP, Goal, PromptKind, Units, after
from coach.reminders.local_time import local_day, to_local
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from services import plans, reminders

TIMES: Final = ("0630", "0700", "1200", "1800")
ELSEWHERE: Final = frozenset(
    {PromptKind.NOTE, PromptKind.GIRTH, PromptKind.RAISES, PromptKind.REMINDER, PromptKind.QUIET, PromptKind.UNTIL}
)
"""Questions that are asked where they belong, and are none of the settings."""

WEEKDAYS: Final = (1, 2, 3, 4, 5, 6, 7)
MINUTES: Final = (20, 30, 45, 60)
LONGEST: Final = (20, 30, 45, 60)


def begin(turn: Turn, _action: BeginSetup | None = None) -> None:
    """Start the questions, or take them up where they were left; once answered, the settings change them."""
    if turn.user.setup_prompt is None and turn.user.set_up_at is not None:
        turn.answer_callback("setup/already", alert=True)
        return
    turn.user.setup_step = turn.user.setup_prompt or SETUP[0]
    open_question(turn, turn.user.setup_step)


def open_question(turn: Turn, step: PromptKind) -> None:
    """Ask one question; within the set-up and out of it the same way, but for the Skip button."""
    rows = [*choices(turn, step), *skip_rows(turn, step)]
    place = SETUP.index(step) + 1 if step in SETUP else 0
    number = {"step": place, "steps": len(SETUP), "in_setup": turn.user.setup_prompt is step}
    match step:
        case PromptKind.MINUTES | PromptKind.LONGEST | PromptKind.AGE:
            turn.ask(step, f"setup/{step}", rows)
        case PromptKind.CHECK:
            turn.ask(step, "setup/check", rows, again=turn.user.screened_on is not None, **number)
        case PromptKind.WEIGHT:
            turn.ask(step, "setup/weight", rows, units=turn.user.weighs_in, **number)
        case PromptKind.TIME:
            clock = to_local(turn.now, turn.user.zone or "UTC")
            turn.ask(step, "setup/time", rows, zone=turn.user.zone, clock=clock, **number)
        case _ if step in SETUP:
            turn.ask(step, f"setup/{step}", rows, **number)


def choices(turn: Turn, step: PromptKind) -> list[Row]:
    """Return the buttons that answer a question; none where it is answered in words only."""
    rows: list[Row] = []
    match step:
        case PromptKind.GOALS:
            rows = goal_rows(turn)
        case PromptKind.EXPERIENCE:
            rows = [[Button(f"experience_{experience}", PickExperience(experience)) for experience in Experience]]
        case PromptKind.DAYS:
            rows = day_rows(turn)
        case PromptKind.MINUTES:
            rows = [[Button("minutes", PickMinutes(length), {"minutes": length}) for length in MINUTES]]
        case PromptKind.LONGEST:
            lengths = [Button("minutes", PickLongest(length), {"minutes": length}) for length in LONGEST]
            rows = [lengths, [Button("not_known", PickLongest(0))]]
        case PromptKind.EQUIPMENT:
            rows = equipment_rows(turn)
        case PromptKind.CHECK:
            rows = [[Button("check_none", AnswerCheck(1)), Button("check_some", AnswerCheck(0))]]
        case PromptKind.AGE:
            rows = [[Button(f"age_{age}", PickAge(age)) for age in AgeGroup]]
        case PromptKind.UNITS:
            rows = [[Button(f"units_{unit}", PickUnits(unit)) for unit in Units]]
        case PromptKind.TIME:
            rows = [[Button("at_time", PickTime(hhmm), {"time": f"{hhmm[:2]}:{hhmm[2:]}"}) for hhmm in TIMES]]
    return rows


def skip_rows(turn: Turn, step: PromptKind) -> list[Row]:
    """Return the button that leaves a question of the set-up open; outside the set-up it leads back."""
    return [[Button("skip_step", SkipStep(step)) if turn.user.setup_prompt is step else Button("back", Dismiss())]]


def goal_rows(turn: Turn) -> list[Row]:
    """Return a button for each goal, ticked where chosen, and the one that says that is all."""
    chosen = turn.user.goal_set
    goals = [Button(f"goal_{goal}_{'on' if goal in chosen else 'off'}", ToggleGoal(goal)) for goal in Goal]
    return [goals[:2], goals[2:4], [*goals[4:], Button("goals_done", GoalsChosen(), style="primary")]]


def day_rows(turn: Turn) -> list[Row]:
    """Return a button for each day of the week, ticked where chosen, and the one that says those are all."""
    chosen = turn.user.free_days
    days = [Button(f"day_{day}_{'on' if str(day) in chosen else 'off'}", ToggleDay(day)) for day in WEEKDAYS]
    return [days[:4], days[4:], [Button("days_done", DaysChosen(), style="primary")]]


def equipment_rows(turn: Turn) -> list[Row]:
    """Return a button for each thing to train with, ticked where there is one, and the one that says that is all."""
    chosen = frozenset(turn.user.equipment or ())
    things = [
        Button(f"equipment_{thing}_{'on' if thing in chosen else 'off'}", ToggleEquipment(thing)) for thing in Equipment
    ]
    label = "equipment_done" if chosen else "equipment_none"
    return [things[:3], things[3:], [Button(label, EquipmentChosen(), style="primary")]]


def week_rows(turn: Turn) -> list[Row]:
    """Return a way to the week, where there is one, back to the settings, and into an unfinished set-up."""
    week = [Button("my_week", ShowWeek(0))] if turn.user.plan_start is not None else []
    return [[*week, Button("settings", ShowSettings())], *way_on(turn)]


def answered(turn: Turn, step: PromptKind) -> bool:
    """Go on to the next question where `step` was one of the set-up; return whether it was."""
    if turn.user.setup_prompt is not step:
        leave(turn)
        return False
    following = after(step)
    if step is PromptKind.CHECK and turn.user.screening == Screening.SOMETHING_APPLIES:
        following = None  # no plan, so no protein number and no reminder either
    if step is PromptKind.UNITS and turn.user.units is None:
        following = PromptKind.ZONE  # no units, no weight
    if step is PromptKind.ZONE and turn.user.zone is None:
        following = None  # no zone, no reminder
    if following is PromptKind.TIME and reminders.of(turn.session, turn.user) is not None:
        following = None  # its time was named before the city
    if following is None:
        finish(turn)
    else:
        turn.user.setup_step = following
        open_question(turn, following)
    return True


def leave(turn: Turn) -> None:
    """Wait for no answer any more, but to the open question of the set-up: a command does not end that one."""
    if turn.user.setup_prompt is None or turn.user.prompt is not turn.user.setup_prompt:
        turn.close_prompt()


def way_on(turn: Turn) -> list[Row]:
    """Return the way back into a set-up whose question is no longer open."""
    left_open = turn.user.setup_prompt is not None and turn.user.prompt is None
    return [[Button("go_on_setup", BeginSetup())]] if left_open else []


def finish(turn: Turn) -> None:
    """The week is ready: say what is in it and when the first reminder comes."""
    user = turn.user
    turn.close_prompt()
    user.setup_step, user.set_up_at = None, turn.now
    zone = user.zone or "UTC"
    reminder = reminders.of(turn.session, user)
    first = reminder.next_due_at if reminder else None
    today = local_day(turn.now, zone)
    refusal = plans.refused(user, today)
    if refusal is not None:
        without_a_plan(turn, refusal)
        return
    plans.start_on(turn.session, user, local_day(first, zone) if first else today)
    reminders.arm_all(turn.session, user, turn.now)
    plans.renew(turn.session, user, today)
    if user.paused(turn.now):
        until = local_day(user.paused_until, zone) if user.paused_until else None
        resume = Button("resume_cleared" if user.pause_reason == "safety" else "resume", Resume(), style="primary")
        turn.reply("setup/ready_but_paused", [[resume, Button("settings", ShowSettings())]], until=until)
        return
    more = [Button("settings", ShowSettings())]
    if Goal.DISTANCE in user.goal_set and user.experience not in {None, Experience.NEW} and user.longest_run is None:
        more.insert(0, Button("change_longest", Change(PromptKind.LONGEST)))  # or the first ones are short
    turn.reply(
        "setup/ready",
        [[Button("show_my_week", ShowWeek(0)), Button("today", ShowToday())], more],
        experience=user.experience or Experience.NEW,
        first=to_local(first, zone) if first else None,
        days_off=(local_day(first, zone) - today).days if first else None,
    )


def without_a_plan(turn: Turn, refusal: Refusal) -> None:
    """Say, kindly, why there is no plan, and offer what needs none."""
    rows: list[Row] = [[Button("questions", ShowCategories()), Button("exercises", ShowExercises())]]
    if refusal in {Refusal.ASK_FIRST, Refusal.ASK_AGAIN}:
        turn.reply("setup/ready_but_check", [[Button("quick_check", Change(PromptKind.CHECK), style="primary")], *rows])
    else:
        turn.reply("check/no_plan", [*rows, [Button("change_answer", Change(PromptKind.CHECK))], *way_on(turn)])


def skip(turn: Turn, action: SkipStep) -> None:
    """Leave this question; the rest goes on."""
    if turn.user.prompt != action.step:
        raise StaleButton
    answered(turn, action.step)


def just_ask(turn: Turn, _action: JustAsk) -> None:
    """Questions first, set-up later."""
    turn.reply("setup/just_ask")


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, BeginSetup, begin)
    on_button(application, SkipStep, skip)
    on_button(application, JustAsk, just_ask)
