"""/check: the quick check before any plan. Who it concerns gets answers and kind advice, and no training week."""

import re
from typing import Final

from coach.buttons.actions import Change, ShowCategories, ShowToday
from coach.buttons.plan import AnswerCheck, ShowWeek
from coach.buttons.reminders import SayCleared
from coach.planning.inputs import Screening
from coach.planning.week import Refusal
from coach.profile import PromptKind
from coach.reminders.local_time import local_day
from coach.user_errors import CheckNotUnderstood, StaleButton
from content.rendering.keyboards import Button
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from services import plans

A_FEW: Final = 6  # words that only name what applies; more of them may be a story
_WORD: Final = re.compile(r"[\w']+")

NOT_CLEARED: Final = "safety"
"""Why the reminders of who met a red flag are paused."""

ASK: Final = frozenset({Refusal.ASK_FIRST, Refusal.ASK_AGAIN})


def check(turn: Turn, _words: str) -> None:
    """Ask it."""
    setup.open_question(turn, PromptKind.CHECK)


def answer_by_button(turn: Turn, action: AnswerCheck) -> None:
    """None applies, or something does."""
    if turn.user.prompt is not PromptKind.CHECK or action.clear not in (0, 1):
        raise StaleButton
    _save(turn, clear=bool(action.clear))


def answer(turn: Turn, text: str) -> None:
    """Take a plain no, a yes, or what applies; anything else is asked again: this is nothing to guess at."""
    clear = _clear(turn, text)
    if clear is None:
        raise CheckNotUnderstood
    _save(turn, clear=clear)


def try_answer(turn: Turn, text: str) -> bool:
    """Take a yes, or what applies, from a text that calls for a word of care; return whether it is one."""
    applies = _clear(turn, text) is False
    if applies:
        _save(turn, clear=False)
    return applies


def instead_of_a_plan(turn: Turn, refusal: Refusal) -> None:
    """Ask the check where it was never asked, or a year ago; else advise, kindly, and offer what needs no plan."""
    if refusal in ASK:
        setup.open_question(turn, PromptKind.CHECK)
    else:
        setup.without_a_plan(turn, refusal)


def is_blocked(turn: Turn) -> bool:
    """Say whether a red flag stopped all training, until somebody who can judge it has said that it is fine."""
    return turn.user.pause_reason == NOT_CLEARED and turn.user.paused(turn.now)


def say_blocked(turn: Turn) -> None:
    """Say that there is no training before that, and offer what needs none."""
    turn.reply("pause/not_yet", [[Button("cleared_yes", SayCleared(1)), Button("questions", ShowCategories())]])


def again(left: int | None) -> list[Button]:
    """Return the button to answer the check anew, where it counts for `left` days only."""
    return [] if left is None else [Button("quick_check", Change(PromptKind.CHECK))]


def _clear(turn: Turn, text: str) -> bool | None:
    """Say whether a text says that none applies. No only where nothing else is said; yes also where one is named."""
    said = _WORD.findall(text.replace("’", "'").casefold())
    whole, label, words = " ".join(said), turn.language.messages.label, turn.language.vocabulary.answers
    for clear, key in ((True, "check_none"), (False, "check_some")):
        if whole == label(key).casefold():
            return clear
    none, no = words.nothing.intersection(said), words.deny.intersection(said)
    if said and not set(said) - none - no - words.skip and (none or not set(said) - no):
        return True
    if not said or "?" in text or said[0] in words.asking:
        return None
    begins = f"{whole} ".startswith(tuple(f"{opening} " for opening in words.agree | words.having))
    denied, but = none | no | words.negating.intersection(said), words.but.intersection(said)
    if begins and not denied:
        return False
    named = any(word.startswith(tuple(words.conditions)) for word in said)
    return False if named and (but or not denied) and (begins or len(said) <= A_FEW) else None


def _save(turn: Turn, *, clear: bool) -> None:
    user, today = turn.user, local_day(turn.now, turn.user.zone or "UTC")
    user.screening = Screening.CLEAR if clear else Screening.SOMETHING_APPLIES
    user.screened_on = today
    if setup.answered(turn, PromptKind.CHECK):
        return
    if clear and user.plan_start is None:
        plans.start_on(turn.session, user, today)
    plans.renew(turn.session, user, today)
    if clear:
        turn.reply("check/clear", [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))], *setup.way_on(turn)])
    else:
        setup.without_a_plan(turn, Refusal.SOMETHING_APPLIES)


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "check", check)
    on_button(application, AnswerCheck, answer_by_button)
