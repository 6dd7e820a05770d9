"""/settings: what is stored, with a button to change each."""

from typing import Final

from coach.buttons.account import Change, Dismiss, PickLanguage, ShowLanguages, ShowSettings
from coach.parsing.weight import show_weight
from coach.planning.week import Refusal
from coach.profile import Goal, PromptKind
from coach.reminders.local_time import local_day
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Titled
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from services import plans, reminders, session_rows

CHANGEABLE: Final = tuple(step for step in PromptKind if step not in setup.ELSEWHERE)


def settings(turn: Turn, _asked: str | ShowSettings = "") -> None:
    """Show everything that can be changed."""
    user, reminder = turn.user, reminders.of(turn.session, turn.user)
    weight = show_weight(user.weight_kg, user.weighs_in) if user.weight_kg and user.weighs_in else None
    today = local_day(turn.now, user.zone or "UTC")
    buttons = [Button(f"change_{step}", Change(step)) for step in CHANGEABLE]
    several = len(turn.languages) > 1
    if several:
        buttons.append(Button("change_language", ShowLanguages()))
    rows = [buttons[first : first + 3] for first in range(0, len(buttons), 3)]
    turn.reply(
        "settings/shown",
        rows,
        goals=[goal.value for goal in Goal if goal in user.goal_set],
        experience=user.experience,
        days=sorted(map(int, user.free_days)),
        minutes=user.minutes or session_rows.MINUTES,
        longest=user.longest_run,
        equipment=user.equipment,
        age=user.age_group,
        screening=user.screening,
        screened_on=user.screened_on,
        check_old=plans.refused(user, today) is Refusal.ASK_AGAIN,
        check_left=plans.check_left(user, today),
        weight=weight,
        units=user.weighs_in,
        zone=user.zone,
        times=reminders.schedule(reminder).shown if reminder and reminder.on else None,
        language=turn.language.name if several else None,
    )


def change(turn: Turn, action: Change) -> None:
    """Ask for one of the answers anew."""
    step = action.step
    if step is PromptKind.WEIGHT and turn.user.weighs_in is None:
        step = PromptKind.UNITS
    if step is PromptKind.TIME and turn.user.zone is None:
        step = PromptKind.ZONE
    if step not in CHANGEABLE:
        raise StaleButton
    setup.open_question(turn, step)


def languages(turn: Turn, _action: ShowLanguages) -> None:
    """Ask which language to speak; each is named in itself."""
    setup.leave(turn)
    turn.reply("settings/language", [[Titled(each.name, PickLanguage(code))] for code, each in turn.languages.items()])


def pick_language(turn: Turn, action: PickLanguage) -> None:
    """Speak it from here on."""
    if action.language not in turn.languages:
        raise StaleButton
    turn.user.language, turn.language = action.language, turn.languages[action.language]
    settings(turn)


def dismiss(turn: Turn, _action: Dismiss) -> None:
    """Leave everything as it is."""
    setup.leave(turn)
    turn.reply("settings/unchanged", setup.week_rows(turn))


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "settings", settings)
    on_button(application, ShowSettings, settings)
    on_button(application, Change, change)
    on_button(application, ShowLanguages, languages)
    on_button(application, PickLanguage, pick_language)
    on_button(application, Dismiss, dismiss)
