"""The quick check before any plan; /check asks it. Who it concerns gets kind advice, and no training week."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from coach.buttons.account import Change
from coach.buttons.plan import AnswerCheck, ShowWeek
from coach.buttons.questions import ShowCategories
from coach.buttons.reminders import SayCleared
from coach.buttons.session import ShowToday
from coach.planning.inputs import Screening
from coach.planning.week import Refusal
from coach.profile import PromptKind
from coach.reminders.local_time import local_day
from coach.user_errors import AnswerNotUnderstood, StaleButton
from content.rendering.emergency_numbers import emergency_number
from content.rendering.keyboards import Button, Row
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import StoredPrompt
from services import plans

A_FEW: Final = 6  # words that only name what applies; more of them may be a story
_WORD: Final = re.compile(r"[\w']+")

NOT_CLEARED: Final = "safety"
"""Reason of a pause that follows a red flag."""

ASK: Final = frozenset({Refusal.ASK_FIRST, Refusal.ASK_AGAIN})


class CheckPrompt(StoredPrompt[bool]):
    """The quick check: True where nothing of its list applies."""

    kind = PromptKind.CHECK
    in_setup = True

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Say whether it was answered before."""
        return {"again": turn.user.screened_on is not None}

    def choices(self, turn: Turn) -> list[Row]:
        """Return the two answers."""
        return [[Button("check_none", AnswerCheck(1)), Button("check_some", AnswerCheck(0))]]

    def read(self, turn: Turn, text: str) -> bool:
        """Take a plain no, a yes, or what applies; anything else is asked again: this is nothing to guess at."""
        clear = _clear(turn, text)
        if clear is None:
            raise AnswerNotUnderstood(self.kind)
        return clear

    def takes_careful(self, turn: Turn, text: str) -> bool:
        """Take a yes, or what applies, from a text that calls for a word of care."""
        return _clear(turn, text) is False

    def store(self, turn: Turn, value: bool) -> None:
        """Keep it, with its date."""
        turn.user.screening = Screening.CLEAR if value else Screening.SOMETHING_APPLIES
        turn.user.screened_on = _today(turn)

    def saved(self, turn: Turn, value: bool) -> None:
        """Show the way to the week, or say kindly why there is none."""
        user, today = turn.user, _today(turn)
        if value and user.plan_start is None:
            plans.start_on(turn.session, user, today)
        plans.renew(turn.session, user, today)
        if value:
            rows = [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))], *setup.way_on(turn)]
            turn.reply("check/clear", rows)
        else:
            setup.without_a_plan(turn, Refusal.SOMETHING_APPLIES)

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return the answer, and how long it counts."""
        user, today = turn.user, _today(turn)
        return {
            "screening": user.screening,
            "screened_on": user.screened_on,
            "check_old": plans.refused(user, today) is Refusal.ASK_AGAIN,
            "check_left": plans.check_left(user, today),
        }

    def ends_setup(self, turn: Turn) -> bool:
        """Ask no more where something applies: no plan, so no protein number and no reminder either."""
        return turn.user.screening == Screening.SOMETHING_APPLIES

    def register(self, application: CoachApplication) -> None:
        """Hook up the command and the buttons."""
        on_command(application, "check", lambda turn, _words: turn.open_prompt(self.kind))
        self.on_pick(application, AnswerCheck, _picked)


def _picked(action: AnswerCheck) -> bool:
    if action.clear not in (0, 1):
        raise StaleButton
    return bool(action.clear)


def instead_of_a_plan(turn: Turn, refusal: Refusal) -> None:
    """Ask the check where it was never asked, or a year ago; else advise, kindly, and offer what needs no plan."""
    if refusal in ASK:
        turn.open_prompt(PromptKind.CHECK)
    else:
        setup.without_a_plan(turn, refusal)


def is_blocked(turn: Turn) -> bool:
    """Say whether a red flag stopped all training, until somebody who can judge it has said that it is fine."""
    return turn.user.pause_reason == NOT_CLEARED and turn.user.paused(turn.now)


def say_blocked(turn: Turn, wanted: str | None = None) -> None:
    """Say that there is no training before that, by what was asked for, and offer what needs none."""
    turn.reply(
        "pause/not_yet",
        [[Button("cleared_yes", SayCleared(1)), Button("questions", ShowCategories())]],
        wanted=wanted or turn.wanted,
        number=emergency_number(turn.user.zone),
    )


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


def _today(turn: Turn) -> date:
    return local_day(turn.now, turn.user.zone or "UTC")
