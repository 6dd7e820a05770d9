"""Remarks that only tell of a day, and let no session go by themselves: "we are invited on Thursday, can't refuse"."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.mention import ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.profile import SkipReason
from coach.requests import SHOWING, Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import Answer, Between, NoAnswer, Requests, SmallTalk, Suggest, Understood
from content.understanding.requests.request import Request
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.readers import read_slots
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests import requesting
from handlers.requests.context import day_offers, one_day
from handlers.requests.context.likely import begins_to_ask
from handlers.requests.goals import answering
from handlers.requests.training.session_meant import is_open
from handlers.requests.training.skipped_moves import skipped_last
from services import shown

FEW_WORDS: Final = 5  # at most, of a message that lets a session go by its reason alone: "stuck at work till late"
NEAR_WORDS: Final = 3  # behind "can't", within which training is named
TELLING: Final = frozenset({None, SkipReason.OTHER, SkipReason.WEATHER})
"""Reasons of a skip that do not say by themselves that somebody cannot train."""

_WORD: Final = re.compile(r"[\w']+")


def take(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Offer to move or to skip the session of a day that is only told of; return whether a message does that."""
    if turn.user.prompt is not None or turn.user.plan_start is None or turn.asked is not None:
        return False
    if screening.is_blocked(turn) or turn.user.paused(turn.now):
        return False
    heard = answering.heard(turn, turn.written)
    match understood:
        case Requests(all=(Request(intent=Intent.SKIP, slots=slots),), care=None):
            if (moved := _of_another_day(turn, heard, slots)) is not None:
                requesting.carry_out(turn, Requests((Request(Intent.SKIP, moved),)), found)
                return True
            day = (slots.day or heard.today) if _only_tells(turn, heard, slots) else None
        case Requests(all=(Request(intent=Intent.REMIND) as only,), care=None) if _only_tells_hour(turn, heard, only):
            requesting.offer(turn, Between((only,)), turn.written)
            return True
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),), care=None):
            return _of_taken_day(turn, heard, slots, found)
        case Between(requests=every) if any(each.intent in {Intent.SKIP, Intent.MOVE} for each in every):
            day = _told_day(turn, heard, every)
        case Requests(all=(Request(intent=Intent.SHOW_DAY | Intent.SHOW_WHY),), care=None):
            ours = turn.language.day_words
            both = find_phrases(heard.said, ours.takes_all) and find_phrases(heard.said, ours.what_to_do)
            asks = "?" in turn.written or begins_to_ask(turn)
            day = _lone_ahead(heard) if both or (not asks and _is_out(turn, heard)) else None
        case SmallTalk() | Suggest() | NoAnswer():
            day = _lone_ahead(heard) if _takes_day(turn, heard) else None
        case _:
            day = None
    return _lighter(turn, understood, heard) or (
        day is not None and is_open(turn, day) and day_offers.offer_day(turn, day)
    )


def _lighter(turn: Turn, understood: Understood, heard: Heard) -> bool:
    """Offer something lighter for the one day that is named: "can the saturday one be a walk"."""
    unsure = isinstance(understood, Suggest | NoAnswer | Answer | Between | SmallTalk)
    day = _lone_ahead(heard) if unsure and find_phrases(heard.said, turn.language.day_words.gentler) else None
    return day is not None and is_open(turn, day) and one_day.lighter(turn, day)


def _only_tells(turn: Turn, heard: Heard, slots: Slots) -> bool:
    """Say whether what was understood as a skip never says that there is no training, or asks what to do."""
    once = find_phrases(heard.said, turn.language.reply_words.for_now)  # "tonight at 8, just this once"
    if slots.reason not in TELLING or once:
        return False
    if find_phrases(heard.said, turn.language.day_words.what_to_do):
        return True
    return len(_WORD.findall(heard.said)) > FEW_WORDS and not says_skip(turn, heard)


def _only_tells_hour(turn: Turn, heard: Heard, only: Request) -> bool:
    """Say whether an hour is only that at which somebody is up, and no reminder is named: "5am sharp I will be up"."""
    named = find_phrases(heard.said, turn.language.person_words.reminding)
    return only.slots.at is not None and not named and bool(find_phrases(heard.said, turn.language.day_words.awake))


def says_skip(turn: Turn, heard: Heard) -> bool:
    """Say whether a message says by its own words that a session is let go."""
    language, ours = turn.language, turn.language.day_words
    words = ours.lets_go | language.week_words.drops | language.reply_words.drop_it | language.week_words.skips_it
    words |= language.week_words.missing
    if find_phrases(heard.said, words):
        return True
    training = ours.training | language.vocabulary.requests.training
    for one in find_phrases(heard.said, ours.cannot):
        clause = CLAUSE_END.split(heard.said[one.end :])[0]
        near = " ".join(_WORD.findall(clause)[:NEAR_WORDS])
        if not near or find_phrases(near, training) or answering.heard(turn, near).days:
            return True
    return _is_out(turn, heard)


def _is_out(turn: Turn, heard: Heard) -> bool:
    """Say whether it stands right behind a day that it is none for training: "saturday's a no go"."""
    out = re.compile(rf"(?:'s|s)?(?: \w+)?(?: \w+)? {phrase_pattern(turn.language.day_words.day_out)}{ENDS}")
    return any(out.match(heard.said[one.end :]) for one in heard.days)


def _of_another_day(turn: Turn, heard: Heard, slots: Slots) -> Slots | None:
    """Return the skip with the day of the clause that says why: "tomorrow is today right. no today i'm dead"."""
    named = heard.named_dates
    if slots.day not in named or len(named) != 2:
        return None
    telling = [each for each in CLAUSE_END.split(turn.written) if _tells_why(turn, answering.heard(turn, each))]
    days = {one.value.resolve(heard.today) for each in telling for one in answering.heard(turn, each).days}
    day = days.pop() if len(days) == 1 else None
    return replace(slots, day=day) if day not in {None, slots.day} else None


def _tells_why(turn: Turn, heard: Heard) -> bool:
    return read_slots(Intent.SKIP, heard).reason is not None or says_skip(turn, heard)


def _of_taken_day(turn: Turn, heard: Heard, slots: Slots, found: SearchResult) -> bool:
    """Ask for another day for the session of the one that is told to be taken: "thursday's off, find another day"."""
    day, language = slots.to_day, turn.language
    offered = {moving.from_day for intent, moving in shown.offered(turn.user, turn.now) if intent is Intent.MOVE}
    if day is None or slots.from_day == day or skipped_last(turn) is not None:
        return False
    # what it comes from is then not named, and read from what was shown
    if heard.named_dates != {day} or not is_open(turn, day):
        return False
    if find_phrases(heard.said, language.day_words.other_day):
        requesting.carry_out(turn, Requests((Request(Intent.MOVE, Slots(from_day=day)),)), found)
        return True
    wishes = find_phrases(heard.said, language.goal_words.moving | language.reply_words.it | language.week_words.may_i)
    tells = len(_WORD.findall(heard.said)) > FEW_WORDS and "?" not in turn.written and not begins_to_ask(turn)
    told = tells and slots.from_day is None
    return told and not wishes and not offered and day_offers.offer_day(turn, day)


def _takes_day(turn: Turn, heard: Heard) -> bool:
    """Say whether something takes a day, or it is asked what to do: "Friday's a wedding, all day. what to do"."""
    ours, week = turn.language.day_words, turn.language.week_words
    free = find_phrases(heard.said, week.would_do | week.which_better | week.may_i)
    return bool(find_phrases(heard.said, ours.takes_all | ours.what_to_do)) and not free


def _told_day(turn: Turn, heard: Heard, every: tuple[Request, ...]) -> date | None:
    """Return the one day that a message tells of, or today where it gives a reason to skip; None where it asks."""
    asks = "?" in turn.written or begins_to_ask(turn) or any(each.intent in SHOWING for each in every)
    if len(_WORD.findall(heard.said)) <= FEW_WORDS or says_skip(turn, heard):
        return None
    reasons = [each.slots.reason for each in every if each.intent is Intent.SKIP]
    if not heard.days and len(every) > 1:
        return heard.today if any(reasons) and "?" not in turn.written else None
    wishes = find_phrases(fold(turn.written), turn.language.goal_words.moving | turn.language.reply_words.it)
    return None if wishes or asks else _lone_ahead(heard)


def _lone_ahead(heard: Heard) -> date | None:
    days = heard.named_dates
    day = days.pop() if len(days) == 1 else None
    return day if day is not None and day >= heard.today else None
