"""Replies to a change of a day that was made just now: "stick it on sunday", "saturday stands", "ok don't change"."""

import re
from datetime import date
from typing import Final

from coach.buttons.requests import unpack_slots
from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.mention import BEGINS, ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.reminders.local_time import local_day
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import (
    Answer,
    Between,
    NoAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.red_flags.told import Safety
from content.understanding.requests.request import Request
from db.models import LastChange
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests import requesting, undo
from handlers.requests.context.likely import begins_to_ask
from handlers.requests.goals import answering
from handlers.requests.training.session_meant import is_open
from handlers.training.today import today_of
from services import last_change, shown

OF_DAYS: Final = frozenset({Intent.MOVE, Intent.SKIP, Intent.DAYS, Intent.SWAP, Intent.MINUTES})
"""Intents of changes that "ok don't change" takes back."""

TO_A_DAY: Final = frozenset({Intent.MOVE, Intent.SHOW_DAY, Intent.START, Intent.DAYS, Intent.SKIP, Intent.SHOW_WEEK})
"""Intents that a message may be taken for which puts what was freed on another day."""

FEW_WORDS: Final = 4  # at most, beside a day that is all that is said


def take(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do what a message means of the day that was changed just now; return whether it means that."""
    match understood:
        case PromptAnswer() | PromptCommand() | Safety():
            return False
    change = last_change.last(turn.session, turn.user, turn.now)
    recent = change is not None and turn.now - change.at <= shown.KEPT
    if change is None or not recent or turn.user.prompt is not None or turn.asked is not None:
        return False
    if _takes_back(turn, change):
        misses.understood(turn)
        undo.undo(turn, Slots())
        return True
    if (day := _stands(turn, change)) is not None:
        requesting.carry_out(turn, Requests((Request(Intent.MOVE, Slots(from_day=day, to_day=day)),)), found)
        return True
    if (freed := _freed(turn, change)) is not None and (to := _wanted(turn, understood, freed)) is not None:
        instead = Request(Intent.MOVE, Slots(from_day=freed, to_day=to)) if to != freed else Request(Intent.UNDO)
        requesting.correct(turn, instead, found)
        return True
    return False


def _takes_back(turn: Turn, change: LastChange) -> bool:
    """Say whether a clause is nothing but a wish for no change, or leaves the day from which something was moved."""
    if not OF_DAYS.issuperset(change.intents) or "?" in turn.written:
        return False
    words, ours = turn.language.reply_words, turn.language.day_words
    if find_phrases(fold(turn.written), words.drop_it):  # "don't move it, just forget that one"
        return False
    beside = phrase_pattern(words.politeness | words.agree | words.no)
    pattern = re.compile(rf"(?:{beside}[\s,]+)*{phrase_pattern(ours.unchanged)}(?:[\s,]+{beside})*")
    clauses = [each.strip() for each in CLAUSE_END.split(fold(turn.written)) if each.strip()]
    if any(pattern.fullmatch(each) for each in clauses):
        return True
    slots = unpack_slots(change.slots or "")
    moved = slots.from_day if slots is not None and change.intents == [Intent.MOVE] else None
    heard = answering.heard(turn, turn.written)
    left = re.compile(rf"{BEGINS}{phrase_pattern(words.leave)} (?:\w+ )?$")
    stays = re.compile(rf"(?: \w+)?,? {phrase_pattern(words.as_it_is | words.as_it_was | ours.stands)}{ENDS}")
    return moved is not None and any(
        one.value.resolve(heard.today) == moved
        and left.search(heard.said[: one.start])
        and stays.match(heard.said[one.end :])
        for one in heard.days
    )


def _stands(turn: Turn, change: LastChange) -> date | None:
    """Return the day to which a session was moved just now, where a message says that it stays there."""
    slots = unpack_slots(change.slots or "")
    to = slots.to_day if slots is not None and change.intents == [Intent.MOVE] else None
    if to is None or "?" in turn.written or not is_open(turn, to):
        return None
    heard, ours = answering.heard(turn, turn.written), turn.language
    behind = re.compile(
        rf"'?s?,? (?:{phrase_pattern(ours.day_words.stands)}|{phrase_pattern(ours.week_words.stays)}){ENDS}"
    )
    stays = any(one.value.resolve(heard.today) == to and behind.match(heard.said[one.end :]) for one in heard.days[-1:])
    return to if stays else None


def _freed(turn: Turn, change: LastChange) -> date | None:
    """Return the day to come whose session was let go just now."""
    slots = unpack_slots(change.slots or "")
    day = slots.day if slots is not None and change.intents == [Intent.SKIP] else None
    made_on = local_day(change.at, turn.user.zone or "UTC")
    return day if day is not None and day > made_on and day >= today_of(turn) else None


def _wanted(turn: Turn, understood: Understood, freed: date) -> date | None:
    """Return the day on which what was freed is wanted: "stick it on sunday", "friday then", "Wednesday, possible?"."""
    heard = answering.heard(turn, turn.written)
    days = heard.named_dates
    match understood:
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),), care=None):
            named = slots.from_day if slots.from_day in days and slots.from_day != slots.to_day else None
            day = slots.to_day if named in {None, freed} else None
        case Requests(all=(only,), care=None) if only.intent in TO_A_DAY:
            day = _lone(turn, days, freed)
        case Between() | Suggest() | NoAnswer() | SmallTalk() | StillLearning() | Answer():
            day = _lone(turn, days, freed)
        case _:
            day = None
    return day if day is not None and day >= heard.today else None


def _lone(turn: Turn, days: set[date | None], freed: date) -> date | None:
    """Return the only day that is named beside the freed one, where little else is said, or "it" is put there."""
    others = days - {freed}
    if len(others) != 1 or begins_to_ask(turn):
        return None
    heard, language = answering.heard(turn, turn.written), turn.language
    denied = re.compile(rf"{BEGINS}{phrase_pattern(language.vocabulary.wishes.negate)} (?:\w+ )?$")
    if any(denied.search(heard.said[: one.start]) for one in heard.days):
        return None
    if find_phrases(heard.said, language.week_words.cannot):
        return None
    put = find_phrases(heard.said, language.week_words.puts) and find_phrases(heard.said, language.week_words.the_it)
    rest = without(heard.said, [*heard.days, *find_phrases(heard.said, language.day_words.possible)], " ")
    few = len(re.findall(r"[\w']+", rest)) <= FEW_WORDS
    return others.pop() if put or few else None
