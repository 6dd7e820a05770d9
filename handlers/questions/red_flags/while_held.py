"""Talk while a red flag holds training: the body, leave for the rest, and what only tells something."""

import re
from typing import Final

from coach.buttons.questions import ShowEntry
from coach.buttons.reminders import Resume
from coach.parsing.mentions.dates import find_days
from coach.parsing.mentions.mention import BEGINS, ENDS, spoken
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import Intent
from content.rendering.emergency_numbers import emergency_number
from content.rendering.keyboards import Button, Row, Titled
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    Requests,
    SmallTalk,
    Suggest,
    Understood,
)
from content.understanding.red_flags.patterns import Remark
from content.understanding.red_flags.told import TENDER, Safety
from content.understanding.requests.request import Request
from content.understanding.smalltalk.phrases import SmallTalkKind
from content.understanding.smalltalk.sentences import wishes
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import smalltalk
from services.shown import Held, RedFlag

TRAINING: Final = frozenset({
    Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.SHOW_WHY, Intent.START, Intent.DONE, Intent.SKIP, Intent.MOVE,
    Intent.PAIN, Intent.EASIER, Intent.HARDER, Intent.PAUSE, Intent.SWAP, Intent.SETS, Intent.TIMER, Intent.RAISES,
})  # fmt: skip
"""Requests that wait while training is held."""

WAITING: Final = TRAINING | {Intent.RESUME}
"""The same, and the wish to train again."""

_CLAUSE: Final = re.compile(r"[.,;:!?\n]+")

TALK: Final = frozenset({
    SmallTalkKind.LIFE, SmallTalkKind.REACTION, SmallTalkKind.TIRED, SmallTalkKind.WORRIED, SmallTalkKind.JOY,
})  # fmt: skip
"""Small talk that gets a word of care right behind a red flag."""


def was_looked_at(seen: RedFlag | None) -> bool:
    """Say whether somebody who can judge the red flag has looked at it."""
    return seen is not None and seen.held is Held.SEEN


def goes_on_about_body(turn: Turn, seen: RedFlag, understood: Understood, remarks: frozenset[Remark]) -> bool:
    """Say whether a message goes on about the body, or wants an exercise, right behind a red flag that holds training.

    "It's probably only a strain, how do I stretch it?"
    """
    if seen.flag in TENDER or seen.held is Held.NOTHING or Remark.CALLING in remarks:
        return False
    match understood:
        case ExerciseRequest() | Requests(all=(Request(intent=Intent.EXERCISE),)):
            return True
        case Answer() | Suggest() | NoAnswer() | Between() if Remark.TREAT in remarks:
            return True
        case Requests(all=every) if Remark.TREAT in remarks and all(each.intent in WAITING for each in every):
            return "?" in turn.written or wishes(turn.written, turn.language)
        case Answer() | Suggest() | NoAnswer() if Remark.PASSED not in remarks:
            people = turn.language.person_words
            return bool(find_phrases(fold(turn.written), people.health - people.trained))
    return False


def take_care(turn: Turn, seen: RedFlag | None, understood: Understood) -> bool:
    """Answer with care what asks leave while training is held, "may I do the rest?", or only tells something."""
    number, allowed = emergency_number(turn.user.zone), phrase_pattern(turn.language.person_words.allowed)
    begins = any(re.match(rf" ?(?:\w+ )?{allowed}{ENDS}", part) for part in _CLAUSE.split(fold(turn.written)))
    trains = begins and bool(find_phrases(fold(turn.written), turn.language.person_words.spared))
    match understood:
        case Suggest() | NoAnswer() | Between() | Safety():  # of a red flag, one that only resembles
            asks = re.search(rf"{BEGINS}{allowed}{ENDS}", fold(turn.written)) is not None
        case Answer() | ExerciseRequest() if seen is not None and seen.flag not in TENDER:
            asks = begins
        case Answer() | ExerciseRequest():
            asks = trains and seen is None
        case _:
            asks = False
    if asks:
        turn.say("ask/not_mine_to_say", [[Button("resume_cleared", Resume())]], number=number)
    elif _is_talk_right_behind(turn, seen, understood):
        turn.say("ask/care_first", number=number, seen=was_looked_at(seen), variant=turn.said_id or 0)
    else:
        return False
    return True


def _is_talk_right_behind(turn: Turn, seen: RedFlag | None, understood: Understood) -> bool:
    """Say whether a message only tells something, right behind a red flag that holds training."""
    if seen is None or seen.flag in TENDER or seen.held is Held.NOTHING:
        return False
    match understood:
        case SmallTalk(kind=kind):
            return kind in TALK
        case Suggest() | Between():
            return not wishes(turn.written, turn.language)  # a question of something else: "will I lose it all"
        case NoAnswer() | Safety():
            return True
    return False


def see_first(turn: Turn, seen: RedFlag, understood: Understood, *, offers: bool) -> None:
    """Say who is to judge it before anything else; what an entry says of it waits behind a button that may be there."""
    entry = turn.language.entries.get(understood.entry) if offers and isinstance(understood, Answer) else None
    rows: list[Row] = [[Button("resume_cleared", Resume())]]
    if entry is not None:
        rows.append([Titled(entry.question, ShowEntry(entry.slug))])
    number = emergency_number(turn.user.zone)
    turn.say("ask/see_first", rows, number=number, seen=was_looked_at(seen))


def say_hold(turn: Turn, seen: RedFlag | None, understood: Understood) -> bool:
    """Say that training is held to who asks about a session of a day; return whether anything was said.

    Of what was never logged nothing is corrected: "it was 12, not 13" gets a short word.
    """
    match understood:
        case Answer() | Suggest() | NoAnswer() if seen is None or seen.flag not in TENDER:
            days = find_days(spoken(turn.written, turn.language.vocabulary), turn.language.vocabulary)
            goals = turn.language.goal_words
            sessions = turn.language.week_words.sessions | goals.of_sessions | goals.intervals | goals.strength
            named = find_phrases(fold(turn.written), sessions)
            asks = bool(days) and bool(named) and wishes(turn.written, turn.language)
            if asks:
                screening.say_blocked(turn, Intent.SHOW_DAY)
            return asks
        case Requests(all=(Request(intent=Intent.UNDO),)) if seen is not None and any(map(str.isdigit, turn.written)):
            smalltalk.answer(turn, SmallTalkKind.OKAY)
            return True
    return False
