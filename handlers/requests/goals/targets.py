"""Goals beside measures: a figure by a day, in words or by buttons; one that hardly anybody reaches is talked over."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach import number_goals as rules
from coach.buttons.measurements import AskGoal
from coach.number_goals import MOST_A_WEEK_SAID, GoalKind, Standing
from coach.parsing.girth import CM_PER_INCH
from coach.parsing.measurements import MOST_RAISES
from coach.planning.special_weeks.events import MOST_AHEAD
from coach.planning.week import PlannedWeek
from coach.planning.workouts import RECOVERY
from coach.profile import PromptKind, Units
from coach.requests import Intent, Slots
from coach.user_errors import GoalOutOfRange
from content.rendering.keyboards import Button, Row
from db.queries.figures import number_goals
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.requests.goals import answering, goal_buttons
from handlers.requests.outcome import Changed, Outcome, Step, do, sure
from handlers.training.today import today_of
from services import plans

MOST_MORE_CM: Final = 10.0
"""So few centimetres are no calf's: they are meant on top."""

EACH_WEEK_FROM: Final = timedelta(days=21)
"""From so far on, a handful of sessions may be meant a week."""

SESSIONS_UNKNOWN: Final = 4
"""Sessions a week where there is no plan to count them in, or it pauses."""


def target(turn: Turn, slots: Slots) -> Outcome:
    """Set a goal, drop one or show what there is; ask for what was not said. Raises GoalOutOfRange."""
    goals = number_goals.of(turn.session, turn.user)
    kind = GoalKind(slots.what) if slots.what in set(GoalKind) else None
    if slots.switch == "off":
        return _drop(turn, kind, goals)
    if kind is None:
        return _without_kind(turn, slots, goals)
    before = _running(turn, goals.get(kind))
    if slots.number is None and (before is None or slots.by is None):
        return _ask_number(turn, kind, slots)
    if before is not None and slots.number is None:
        slots = replace(slots, number=before.number, switch="on")
    if before is not None and slots.by is None:
        slots = replace(slots, by=before.by)
    return _judged(turn, kind, slots, before)


def target_confirmed(turn: Turn, slots: Slots) -> Outcome:
    """Set a goal as it was said, likely or not."""
    if slots.what not in set(GoalKind) or slots.number is None or slots.by is None:
        return target(turn, slots)
    kind = GoalKind(slots.what)
    before = _running(turn, number_goals.of(turn.session, turn.user).get(kind))
    if not rules.can_be(kind, slots.number) or _day_trouble(turn, slots.by) is not None:
        return target(turn, slots)
    return _set(turn, Standing(kind, slots.number, slots.by, _now(turn, kind, before)), before, kept=True)


def ask_goal(turn: Turn, action: AskGoal) -> None:
    """Ask for a figure, of a button."""
    _ask_number(turn, action.kind, Slots(what=action.kind))


def _without_kind(turn: Turn, slots: Slots, goals: dict[GoalKind, Standing]) -> Outcome:
    """Show the goals where nothing was said; else ask what the figure is of, or take the one goal there is."""
    today = today_of(turn)
    if slots.number is None and slots.by is None and goals:
        rows: list[Row] = [[goal_buttons.picture(kind), goal_buttons.drop(kind)] for kind in goals]
        told = [rules.told(each, today, turn.user.weighs_in) for each in goals.values()]
        turn.reply("requests/targets", rows, goals=told)
        return Step.SHOWN
    if len(goals) == 1:
        (kind,) = goals
        if slots.number is None or rules.can_be(kind, slots.number):
            return target(turn, replace(slots, what=kind))
    kinds = [kind for kind in GoalKind if slots.number is None or rules.can_be(kind, slots.number)]
    rows = [[do(goal_buttons.NAMES[kind], Intent.TARGET, replace(slots, what=kind.value))] for kind in kinds]
    if slots.number is None:
        turn.reply("requests/target_which", rows, number=None, by=slots.by)
    else:  # it waits for its kind, whatever is asked beside it
        number, asked = f"{slots.number:g}", replace(slots, what=None)
        answering.ask(turn, PromptKind.TARGET, asked, "requests/target_which", rows, number=number, by=slots.by)
    return Step.ASKED


def _judged(turn: Turn, kind: GoalKind, slots: Slots, before: Standing | None) -> Outcome:
    """Set a goal that may come off; ask about any other. The slot `switch` is on for so many sessions in all."""
    today, now, number, by = today_of(turn), _now(turn, kind, before), slots.number or 0.0, slots.by
    meant = _absolute(turn, kind, number, now)
    if meant is None:
        turn.reply("requests/target_measure_first", [[goal_buttons.measure(kind)]])
        return Step.ASKED
    known = Slots(what=kind.value, number=meant, switch=slots.switch)
    if by is not None and (trouble := _day_trouble(turn, by)) is not None:
        return _ask_by(turn, known, trouble)
    if _may_be_a_week(kind, slots) and (by is None or by - today >= EACH_WEEK_FROM):
        return _ask_each_week(turn, int(number), by)
    if by is None:
        return _ask_by(turn, known)
    standing = Standing(kind, meant, by, now)
    return _is_there(turn, standing, number) if standing.is_reached else _likely(turn, standing, before)


def _may_be_a_week(kind: GoalKind, slots: Slots) -> bool:
    """Say whether so few sessions may be meant a week: that they are in all was not said yet."""
    return kind is GoalKind.SESSIONS and (slots.number or 0) <= MOST_A_WEEK_SAID and slots.switch != "on"


def _likely(turn: Turn, standing: Standing, before: Standing | None) -> Outcome:
    """Set a goal that may come off; of any other say what is likelier."""
    today, kind, a_week = today_of(turn), standing.kind, _sessions_a_week(turn)
    if rules.is_likely(standing, today, a_week):
        return _set(turn, standing, before)
    choices = rules.likelier(standing, today, a_week)
    rows: list[Row] = [[button] for button in goal_buttons.choices(turn, kind, choices)]
    told = rules.told(standing, today, turn.user.weighs_in)
    kept = Slots(what=kind.value, number=standing.number, by=standing.by)
    turn.reply("requests/target_unlikely", [*rows, [sure("keep_goal", Intent.TARGET, kept)]], **told, a_week=a_week)
    return Step.ASKED


def _set(turn: Turn, standing: Standing, before: Standing | None, *, kept: bool = False) -> Outcome:
    today, kind = today_of(turn), standing.kind
    number_goals.store(turn.session, turn.user, kind, standing.number, standing.by, None if before else today)
    standing = number_goals.of(turn.session, turn.user)[kind]  # today's session counts, too
    rows: list[Row] = [[goal_buttons.picture(kind), *([goal_buttons.measure(kind)] if standing.now is None else [])]]
    told = rules.told(standing, today, turn.user.weighs_in)
    return Changed("requests/target_set", told | {"kept": kept}, Button("change", AskGoal(kind)), rows)


def _drop(turn: Turn, kind: GoalKind | None, goals: dict[GoalKind, Standing]) -> Outcome:
    if kind is None and len(goals) == 1:
        (kind,) = goals
    if kind is None and goals:
        turn.reply("requests/target_drop_which", [[goal_buttons.drop(each)] for each in goals])
        return Step.ASKED
    if kind is None or kind not in goals:
        turn.reply("requests/target_none", [goal_buttons.ways()])
        return Step.ASKED
    number_goals.drop(turn.session, turn.user, kind)
    told = rules.told(goals[kind], today_of(turn), turn.user.weighs_in)
    return Changed("requests/target_dropped", told, Button(goal_buttons.NAMES[kind], AskGoal(kind)))


def _ask_number(turn: Turn, kind: GoalKind, slots: Slots) -> Outcome:
    now = None if kind is GoalKind.SESSIONS else number_goals.measured_now(turn.session, turn.user, kind)
    suggested = rules.suggested(kind, now, _sessions_a_week(turn), today_of(turn))
    rows: list[Row] = [[each] for each in goal_buttons.choices(turn, kind, suggested)]
    measure = [[goal_buttons.measure(kind)]] if kind is not GoalKind.SESSIONS and now is None else []
    shown = None if now is None else rules.shown(kind, now, turn.user.weighs_in)
    inches = turn.user.weighs_in not in {None, Units.KILOGRAMS}
    known = Slots(what=kind.value, by=slots.by)
    told = {"wanted": kind.value, "now": shown, "inches": inches}
    answering.ask(turn, PromptKind.TARGET, known, "requests/target_how_much", [*rows, *measure], **told)
    return Step.ASKED


def _ask_by(turn: Turn, known: Slots, trouble: str | None = None) -> Outcome:
    """Ask for the day; `trouble` says that the one that was named is past or too far."""
    kind, number, today = GoalKind(known.what or ""), known.number or 0.0, today_of(turn)
    days = [today + timedelta(weeks=weeks) for weeks in goal_buttons.WEEKS if weeks >= rules.LEAST_WEEKS[kind]]
    buttons = [
        do("goal_day", Intent.TARGET, replace(known, by=day), day=goal_buttons.day_label(turn, day)) for day in days
    ]
    rows: list[Row] = [buttons[:2], buttons[2:]]
    told = rules.shown(kind, number, turn.user.weighs_in)
    answering.ask(
        turn, PromptKind.TARGET, known, "requests/target_by", rows, wanted=kind.value, number=told, trouble=trouble
    )
    return Step.ASKED


def _ask_each_week(turn: Turn, number: int, by: date | None) -> Outcome:
    """Ask whether so few sessions are meant a week, and until when."""
    today = today_of(turn)
    days = [by] if by is not None else [today + timedelta(weeks=weeks) for weeks in goal_buttons.WEEKS]
    choices = [(float(round(number * ((day - today).days / 7))), day) for day in days]
    rows: list[Row] = [[button] for button in goal_buttons.choices(turn, GoalKind.SESSIONS, choices)]
    in_all = Slots(what=GoalKind.SESSIONS.value, number=number, by=by, switch="on")
    rows.append([do("goal_in_all", Intent.TARGET, in_all, count=number)])
    turn.reply("requests/target_each_week", rows, number=number, by=by)
    return Step.ASKED


def _is_there(turn: Turn, standing: Standing, number: float) -> Outcome:
    """Say that the figure is there already, and offer so many more, and others."""
    today, now = today_of(turn), standing.now or 0.0
    more = [(now + number, standing.by)] if standing.kind is GoalKind.RAISES else []
    offered = [*more, *rules.suggested(standing.kind, now, _sessions_a_week(turn), today)]
    rows: list[Row] = [[each] for each in goal_buttons.choices(turn, standing.kind, offered)]
    told = rules.told(standing, today, turn.user.weighs_in)
    turn.reply("requests/target_there", rows, **told)
    return Step.ASKED


def _absolute(turn: Turn, kind: GoalKind, number: float, now: float | None) -> float | None:
    """Return the figure that is meant, None where it is so much more than nobody knows. Raises GoalOutOfRange."""
    if kind is GoalKind.GIRTH and number <= MOST_MORE_CM:
        if now is None:
            return None
        number = round(now + number, 1)
    elif kind is GoalKind.GIRTH and not rules.can_be(kind, number) and turn.user.weighs_in is not Units.KILOGRAMS:
        number = round(number * CM_PER_INCH, 1)
    if not rules.can_be(kind, number):
        raise GoalOutOfRange(kind=kind.value, most=MOST_RAISES if kind is GoalKind.RAISES else rules.MOST_SESSIONS)
    return number


def _now(turn: Turn, kind: GoalKind, before: Standing | None) -> float | None:
    if kind is GoalKind.SESSIONS:
        return 0.0 if before is None else before.now
    return number_goals.measured_now(turn.session, turn.user, kind)


def _running(turn: Turn, standing: Standing | None) -> Standing | None:
    """Return a goal that is still to be reached, None for any other."""
    return standing if standing is not None and standing.runs(today_of(turn)) else None


def _day_trouble(turn: Turn, by: date) -> str | None:
    ahead = (by - today_of(turn)).days
    return "past" if ahead <= 0 else "far" if ahead > MOST_AHEAD else None


def _sessions_a_week(turn: Turn) -> int:
    """Return how many sessions the plan has in its next whole week."""
    today = today_of(turn)
    week = plans.week_of(turn.session, turn.user, today + timedelta(days=7), today)
    if not isinstance(week, PlannedWeek):
        return SESSIONS_UNKNOWN
    return sum(day.workout != RECOVERY for day in week.days) or SESSIONS_UNKNOWN


def register(application: CoachApplication) -> None:
    """Hook up the button."""
    on_button(application, AskGoal, ask_goal)
