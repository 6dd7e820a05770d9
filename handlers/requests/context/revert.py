"""Changes that are to be as they were: "leave it where it was", "keep it on Thursday" behind a move from there."""

import re
from datetime import date
from typing import Final

from coach.buttons.requests import unpack_slots
from coach.parsing.mentions.mention import BEGINS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import Intent, Slots
from content.understanding.red_flags.told import Safety
from content.understanding.requests.corrections import correction_of
from content.understanding.requests.reader import Request
from content.understanding.requests.replies import begins_with_no
from content.understanding.requests.slots.readers import read_slots
from content.understanding.smalltalk import words_of
from content.understanding.understand import (
    Answer,
    Between,
    NoAnswer,
    NotAnAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    SmallTalk,
    Suggest,
    Understood,
)
from db.models import LastChange
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests import undo
from handlers.requests.context import confirming
from handlers.requests.goals import answering
from handlers.training.today import today_of
from services import last_change, shown

_CLAUSE: Final = re.compile(r"[.,;!?\n]+(?=\s|$)")
_SENTENCE: Final = re.compile(r"[.!?\n]+(?=\s|$)")
PAUSE_WORDS: Final = 7  # at most, of a message that says no more than until when
BETWEEN: Final = 3  # words at most, between "leave" and "as it was"


def take(turn: Turn, understood: Understood) -> bool:
    """Undo the change of the turn before, or leave what was offered; return whether the message wants that."""
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety():
            return False
    if (
        "?" in turn.written
        or turn.user.prompt is not None
        or not (_wants_as_it_was(turn) or _keeps_day(turn, understood))
    ):
        return False
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is not None and turn.now - change.at <= shown.KEPT:
        misses.understood(turn)
        undo.undo(turn, Slots())
    else:
        confirming.leave_all(turn)
    return True


def put_back(turn: Turn, understood: Understood) -> bool:
    """Say whether the last clause of a message takes the last change back, and what stands before it says why.

    "Two days in a row, that's silly isn't it? put it back please"; "release got postponed, please put it back".
    """
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety():
            return False
        case Requests(all=(Request(intent=Intent.UNDO | Intent.SWAP),)):
            return False
    change = last_change.last(turn.session, turn.user, turn.now)
    clauses = [clause.strip() for clause in _SENTENCE.split(fold(turn.written)) if clause.strip()]
    if change is None or turn.user.prompt is not None or not clauses or turn.written.strip().endswith("?"):
        return False
    words = turn.language.reply_words
    beside = phrase_pattern(words.politeness | words.agree)
    pattern = rf"(.*[\s,;])??(?:{beside}[\s,]+)*{phrase_pattern(words.put_back)}(?:[\s,]+{beside})*"
    found = re.fullmatch(pattern, clauses[-1])
    negate = turn.language.vocabulary.wishes.negate
    return found is not None and not find_phrases(_CLAUSE.split(found[1] or "")[-1], negate)


def paused_anew(turn: Turn, understood: Understood) -> Request | None:
    """Return what takes the place of a pause, or of its end, that was asked for just now; None where nothing does.

    "No, that is a lie, one more day" behind the end of a pause, "back to friday then" behind another one.
    """
    change = last_change.last(turn.session, turn.user, turn.now)
    ended = change is not None and change.intents == [Intent.RESUME]
    if change is None or not (ended or change.intents == [Intent.PAUSE]) or turn.now - change.at > shown.KEPT:
        return None
    match understood:
        case Between() | Suggest() | NoAnswer() | SmallTalk() | Answer():
            wants = True
        case Requests(all=(only,), care=None):
            wants = only.intent in {
                Intent.MOVE,
                Intent.UNDO,
                Intent.PAUSE,
                Intent.SHOW_DAY,
                Intent.SHOW_WEEK,
                Intent.RESUME,
            }
        case _:
            wants = False
    asks = "?" in turn.written or not turn.language.vocabulary.answers.asking.isdisjoint(words_of(turn.written)[:1])
    if not wants or asks or turn.user.prompt is not None:
        return None
    until, denies = _until(turn, change), correction_of(turn.written, turn.language.correction_words) is not None
    if until is not None and until > today_of(turn) and (denies or len(turn.written.split()) <= PAUSE_WORDS):
        return Request(Intent.PAUSE, Slots(until=until))
    takes_back = ended and begins_with_no(turn.written, turn.language.reply_words)
    return Request(Intent.UNDO) if takes_back and not isinstance(understood, Requests) else None


def _until(turn: Turn, change: LastChange) -> date | None:
    """Return the day until which a pause is to last, by the only day or the length that is named: "one more day".

    What is more than a pause that stands is counted from its end.
    """
    words, heard = turn.language.reply_words, answering.heard(turn, turn.written)
    article = min(heard.words.numbers.article)
    said = re.sub(rf"{BEGINS}{phrase_pattern(words.another)} ", f"{article} ", heard.said)
    said = re.sub(rf"{BEGINS}{phrase_pattern(words.extra)} ", "", said)
    until, stands = read_slots(Intent.PAUSE, answering.heard(turn, said)).until, unpack_slots(change.slots or "")
    if until is not None and said != heard.said and stands is not None and stands.until is not None:
        return stands.until + (until - heard.today)
    days = {one.value.resolve(heard.today) for one in heard.days}
    return until or (days.pop() if len(days) == 1 else None)


def _wants_as_it_was(turn: Turn) -> bool:
    """Say whether a clause wants something as it was: "keep the session where it was"."""
    words = turn.language.reply_words
    pattern = rf"{BEGINS}{phrase_pattern(words.leave)}(?: [\w']+){{0,{BETWEEN}}} {phrase_pattern(words.as_it_was)}$"
    return any(re.search(pattern, clause.strip()) for clause in _CLAUSE.split(fold(turn.written)))


def _keeps_day(turn: Turn, understood: Understood) -> bool:
    """Say whether a message keeps the day from which a session was moved, or is offered to be moved."""
    change = last_change.last(turn.session, turn.user, turn.now)
    heard = answering.heard(turn, turn.written)
    kept = phrase_pattern(turn.language.goal_words.kept)
    named = [one for one in heard.days if re.search(rf"{BEGINS}{kept} $", heard.said[: one.start])]
    days = {one.value.resolve(heard.today) for one in named}
    if len(days) != 1 or _moves_to(understood) in days:  # a move back is a move
        return False
    moved = [slots for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.MOVE]
    if change is not None and change.intents == [Intent.MOVE] and turn.now - change.at <= shown.KEPT:
        slots = unpack_slots(change.slots or "")
        return slots is not None and slots.from_day in days
    return any(_may_stay(slots, days) for slots in moved)


def _may_stay(slots: Slots, days: set[date | None]) -> bool:
    """Say whether an offered move is from one of these days, or from a day that was not said."""
    return slots.from_day in days or (slots.from_day is None and slots.to_day not in days)


def _moves_to(understood: Understood) -> date | None:
    match understood:
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),)):
            return slots.to_day
    return None
