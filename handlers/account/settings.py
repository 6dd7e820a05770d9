"""/settings: what is stored, with a button to change each."""

from coach.buttons.account import Change, Dismiss, PickLanguage, ShowLanguages, ShowSettings
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Titled
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.registry import settable, summed_up


def settings(turn: Turn, _asked: str | ShowSettings = "") -> None:
    """Show everything that can be changed."""
    buttons = [Button(f"change_{prompt.kind}", Change(prompt.kind)) for prompt in settable()]
    several = len(turn.languages) > 1
    if several:
        buttons.append(Button("change_language", ShowLanguages()))
    rows = [buttons[first : first + 3] for first in range(0, len(buttons), 3)]
    turn.reply(
        "settings/shown",
        rows,
        summaries=[prompt.summary(turn) for prompt in summed_up()],
        language=turn.language.name if several else None,
    )


def change(turn: Turn, action: Change) -> None:
    """Ask for one of the answers anew."""
    prompt = next((prompt for prompt in settable() if prompt.kind == action.step), None)
    if prompt is None:
        raise StaleButton
    turn.open_prompt(prompt.needs(turn) or prompt.kind)


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
