"""Wishes for a while, of what was offered or changed for good: "only this week", "not forever"."""

import re
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.callback_data import parse
from coach.buttons.plan import ShowWeek
from coach.buttons.requests import ConfirmRequest, UndoChange, unpack_slots
from coach.buttons.session import ShowToday
from coach.parsing.mentions.mention import ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import Intent
from content.rendering.keyboards import Button, Row
from content.understanding.red_flags.told import Safety
from content.understanding.requests.replies import begins_with_no
from content.understanding.understand import ExerciseRequest, NotAnAnswer, PromptAnswer, PromptCommand, Understood
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests.context import one_day
from services import last_change, shown

LASTING: Final = frozenset({Intent.DAYS, Intent.MINUTES, Intent.EQUIPMENT, Intent.GOALS, Intent.REMIND, Intent.ZONE})
"""Intents of what holds until it is changed again."""

DIALS: Final = frozenset({Intent.EASIER, Intent.HARDER})
FEW_WORDS: Final = 6  # at most, of a message that says nothing but for how long
BEGINS_WITHIN: Final = 12  # characters, where words about what was changed begin: "only this week though"


def take(turn: Turn, understood: Understood) -> bool:
    """Say that what stands open, or was changed just now, holds for good; return whether the message was about that.

    What stands open is left, and asked once more; what was changed stays, with Undo.
    """
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety() | ExerciseRequest():
            return False
    said = find_phrases(fold(turn.written), turn.language.reply_words.for_now)
    if turn.user.prompt is None and "?" not in turn.written and _begins_until(turn) and _changed(turn):
        return True
    if not said or "?" in turn.written or turn.user.prompt is not None:
        return False
    return _again_once(turn) or _open(turn) or _of_one_day(turn) or (said[0].start <= BEGINS_WITHIN and _changed(turn))


def _begins_until(turn: Turn) -> bool:
    """Say whether a message begins with an end of something: "until Eid only, then the old time"."""
    words = turn.language.goal_words
    return (
        re.match(rf"(?:{phrase_pattern(words.alone)} )?{phrase_pattern(words.until)}{ENDS}", fold(turn.written))
        is not None
    )


def _again_once(turn: Turn) -> bool:
    """Say once more that a reminder is for today alone: "just today" behind one that was set for once."""
    offered = [slots.at for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.REMIND and slots.at]
    if not offered or len(turn.written.split()) > FEW_WORDS:
        return False
    return one_day.remind_once(turn, offered[0])


def _open(turn: Turn) -> bool:
    """Leave what stands open as it is; who wants it for good all the same has the button."""
    asked, offered = turn.asked, [intent for intent, _ in shown.offered(turn.user, turn.now)]
    if asked is not None and begins_with_no(turn.written, turn.language.reply_words):
        return False
    action = parse(asked.yes) if asked is not None else None
    lasts = isinstance(action, ConfirmRequest) and action.intent in LASTING
    if not lasts and not DIALS.intersection(offered):
        return False
    misses.understood(turn)
    agrees = asked is not None and lasts and _begins_with_yes(turn)
    rows: list[Row] = [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))]]
    if isinstance(action, ConfirmRequest) and agrees:
        rows.insert(0, [Button("yes_change", action), Button("keep_it_so", Dismiss())])
    turn.say("requests/only_lasting", rows, again=agrees)
    return True


def _begins_with_yes(turn: Turn) -> bool:
    """Say whether a message agrees first, and then says for how long: "yes but put it back when I'm home"."""
    return re.match(rf"{phrase_pattern(turn.language.reply_words.yes)}{ENDS}", fold(turn.written).strip()) is not None


def _of_one_day(turn: Turn) -> bool:
    """Say that nothing but a day's session is meant where that was offered to be moved or skipped: "not forever"."""
    offered = [intent for intent, _ in shown.offered(turn.user, turn.now)]
    if len(turn.written.split()) > FEW_WORDS or not {Intent.MOVE, Intent.SKIP} <= set(offered):
        return False
    misses.understood(turn)
    turn.say("requests/that_day_only")
    return True


def _changed(turn: Turn) -> bool:
    """Say that what was changed just now stays; a reminder is put back, and set for once where it can be."""
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or turn.now - change.at > shown.KEPT or not set(change.intents) <= LASTING:
        return False
    misses.understood(turn)
    slots = unpack_slots(change.slots or "")
    if change.intents == [Intent.REMIND] and slots is not None and slots.at is not None and one_day.names_today(turn):
        last_change.undo(turn.session, turn.user, turn.now)
        return one_day.remind_once(turn, slots.at)
    undo = [Button("undo", UndoChange(change.id))] if change.id is not None else []
    turn.say("requests/stays_so", [undo])
    return True
