"""The way through the first two minutes: into the questions, past one, and out at their end."""

from coach.buttons.account import Change, Dismiss, ShowSettings
from coach.buttons.plan import ShowWeek
from coach.buttons.questions import ShowCategories, ShowExercises
from coach.buttons.reminders import Resume
from coach.buttons.session import ShowToday
from coach.buttons.setup import BeginSetup, JustAsk, SkipStep
from coach.planning.inputs import Experience
from coach.planning.week import Refusal
from coach.profile import Goal, PromptKind
from coach.reminders.local_time import city_of, local_day, to_local
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from services import plans, reminders


def begin(turn: Turn, _action: BeginSetup | None = None) -> None:
    """Start the questions, or take them up where they were left; once answered, the settings change them."""
    if turn.user.setup_prompt is None and turn.user.set_up_at is not None:
        turn.answer_callback("setup/already", alert=True)
        return
    turn.user.setup_step = turn.user.setup_prompt or turn.flow.first
    turn.open_prompt(turn.user.setup_step)


def skip_rows(turn: Turn, step: str) -> list[Row]:
    """Return the button that leaves a question of the set-up open; outside the set-up it leads back."""
    return [[Button("skip_step", SkipStep(step)) if turn.user.setup_prompt == step else Button("back", Dismiss())]]


def week_rows(turn: Turn) -> list[Row]:
    """Return a way to the week, where there is one, back to the settings, and into an unfinished set-up."""
    week = [Button("my_week", ShowWeek(0))] if turn.user.plan_start is not None else []
    return [[*week, Button("settings", ShowSettings())], *way_on(turn)]


def leave(turn: Turn) -> None:
    """Wait for no answer any more, but to the open question of the set-up: a command does not end that one."""
    if turn.user.setup_prompt is None or turn.user.prompt != turn.user.setup_prompt:
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
    plan: list[Row] = [[Button("if_then", Change(PromptKind.ANCHOR))]] if user.if_then_on is None else []
    turn.reply(
        "setup/ready",
        [*plan, [Button("show_my_week", ShowWeek(0)), Button("today", ShowToday())], more],
        experience=user.experience or Experience.NEW,
        first=to_local(first, zone) if first else None,
        city=city_of(zone),
        days_off=(local_day(first, zone) - today).days if first else None,
        asks=user.if_then_on is None,
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
    turn.advance_setup(action.step)


def just_ask(turn: Turn, _action: JustAsk) -> None:
    """Questions first, set-up later."""
    turn.reply("setup/just_ask")


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, BeginSetup, begin)
    on_button(application, SkipStep, skip)
    on_button(application, JustAsk, just_ask)
