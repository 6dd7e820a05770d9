"""Changes that are to be as they were: "leave it where it was", "keep it on Thursday" behind a move from there."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from coach.buttons.requests import unpack_slots
from coach.parsing.clauses import CLAUSE_END, SENTENCE_END
from coach.parsing.mentions.mention import BEGINS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.reminders.local_time import local_day
from coach.requests import Intent, Slots
from content.understanding.meanings import (
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
from content.understanding.red_flags.told import Safety
from content.understanding.requests.corrections import correction_of
from content.understanding.requests.replies import Reply, begins_with_no, reply_of
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from content.understanding.smalltalk.phrases import words_of
from db.models import LastChange
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests import undo
from handlers.requests.context import confirming
from handlers.requests.goals import answering
from handlers.requests.training.session_meant import is_open
from handlers.training.today import today_of
from services import last_change, reminders, shown

TOLD: Final = frozenset({Intent.DONE, Intent.PAIN, Intent.WEIGHT, Intent.GIRTH, Intent.RAISES, Intent.SETS})
"""Intents of what was told: "leave it as it was" is about no such thing."""

REASON_WORDS: Final = 8  # at most, of a clause that says why: "I was thinking too fast"
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
        or not (_wants_as_it_was(turn) or _keeps_day(turn, understood) or _regrets(turn))
    ):
        return False
    if confirming.take_back_question(turn) or confirming.decline(turn, surely=True):
        return True
    if _is_of_last_change(turn):
        misses.understood(turn)
        undo.undo(turn, Slots())
    else:
        confirming.leave_all(turn)
    return True


def takes_skip_back(turn: Turn, understood: Understood) -> bool:
    """Say whether what was just skipped, or moved away from today, is done all the same: "I can do it after all"."""
    match understood:
        case Requests(all=(Request(intent=intent),), care=None):
            fits = intent in {Intent.SKIP, Intent.UNDO, Intent.RESUME, Intent.HARDER, Intent.START, Intent.MOVE}
        case _:
            fits = isinstance(understood, Between | Suggest | NoAnswer | SmallTalk | Answer)
    change = last_change.last(turn.session, turn.user, turn.now)
    if not fits or change is None or "?" in turn.written or turn.user.prompt is not None:
        return False
    today, zone = today_of(turn), turn.user.zone or "UTC"
    slots = unpack_slots(change.slots or "") or Slots()
    skipped = change.intents == [Intent.SKIP] and slots.day in {None, today}
    moved = change.intents == [Intent.MOVE] and slots.from_day in {None, today}
    paused = change.intents == [Intent.PAUSE]
    if not (skipped or moved or paused) or local_day(change.at, zone) != today:
        return False
    wishes, words = turn.language.vocabulary.wishes, turn.language.reply_words
    said = words.in_time if paused else words.after_all
    clauses = [each for each in CLAUSE_END.split(fold(turn.written)) if find_phrases(each, said)]
    days = answering.heard(turn, turn.written).named_dates
    return bool(clauses) and days <= {today} and not any(find_phrases(each, wishes.negate) for each in clauses)


def kept_on_day(turn: Turn) -> Request | None:
    """Return the move to a free day that was named before, behind one to another day: "ok leave friday"."""
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or change.intents != [Intent.MOVE] or turn.now - change.at > shown.KEPT or "?" in turn.written:
        return None
    slots, heard = unpack_slots(change.slots or ""), answering.heard(turn, turn.written)
    kept = turn.language.goal_words.kept | turn.language.reply_words.leave
    named = [one for one in heard.days if re.search(rf"{BEGINS}{phrase_pattern(kept)} $", heard.said[: one.start])]
    day = named[0].value.resolve(heard.today) if len(named) == len(heard.days) == 1 else None
    if slots is None or day is None or day < heard.today or day == slots.from_day:
        return None
    return Request(Intent.MOVE, replace(slots, to_day=day)) if day == slots.to_day or not is_open(turn, day) else None


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
    clauses = [clause.strip() for clause in SENTENCE_END.split(fold(turn.written)) if clause.strip()]
    if change is None or turn.user.prompt is not None or not clauses or turn.written.strip().endswith("?"):
        return False
    words = turn.language.reply_words
    beside = phrase_pattern(words.politeness | words.agree)
    pattern = rf"(.*[\s,;])??(?:{beside}[\s,]+)*{phrase_pattern(words.put_back)}(?:[\s,]+{beside})*"
    found = re.fullmatch(pattern, clauses[-1])
    negate = turn.language.vocabulary.wishes.negate
    return found is not None and not find_phrases(CLAUSE_END.split(found[1] or "")[-1], negate)


def unpaused(turn: Turn, understood: Understood) -> Request | None:
    """Return what is wanted instead of a pause, which is not: "no pause, I do it friday there".

    A pause that was made just now is taken back with it; nothing where only a pause was spoken of.
    """
    heard, words = answering.heard(turn, turn.written), turn.language.week_words
    denied = find_phrases(heard.said, words.no_pause)
    talks = isinstance(understood, Requests | Between | Suggest | NoAnswer | SmallTalk | Answer)
    if not denied or not talks or "?" in turn.written or turn.user.prompt is not None:
        return None
    paused = is_paused_just_now(turn)
    rest = answering.heard(turn, f"{heard.said[: denied[0].start]} {heard.said[denied[-1].end :]}")
    slots = read_slots(Intent.MOVE, rest)
    if slots.to_day is not None and slots.to_day >= heard.today and (paused or slots.from_day is not None):
        return Request(Intent.MOVE, slots)
    return Request(Intent.UNDO) if paused else None


def reminded_again(turn: Turn, understood: Understood) -> Request | None:
    """Return that reminders which are off come again: "turn it back on, quarter past 8"."""
    match understood:
        case Between() | Suggest() | NoAnswer() | SmallTalk():
            pass
        case Requests(all=(only,), care=None) if only.intent not in {Intent.DONE, Intent.REMIND, Intent.SWAP}:
            pass  # "start them again at 8.15" is like a girth
        case _:
            return None
    heard, every = answering.heard(turn, turn.written), reminders.every(turn.session, turn.user).values()
    wants = find_phrases(heard.said, turn.language.week_words.on_again)
    if not wants or "?" in turn.written or not every or any(each.on for each in every):
        return None
    return Request(Intent.REMIND, Slots(at=read_slots(Intent.REMIND, heard).at, switch="on"))


def is_paused_just_now(turn: Turn) -> bool:
    """Say whether the last change is a pause of just now."""
    change = last_change.last(turn.session, turn.user, turn.now)
    return change is not None and change.intents == [Intent.PAUSE] and turn.now - change.at <= shown.KEPT


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
    days = heard.named_dates
    return until or (days.pop() if len(days) == 1 else None)


def _wants_as_it_was(turn: Turn) -> bool:
    """Say whether a clause wants something as it was: "keep the session where it was"."""
    words = turn.language.reply_words
    pattern = rf"{BEGINS}{phrase_pattern(words.leave)}(?: [\w']+){{0,{BETWEEN}}} {phrase_pattern(words.as_it_was)}$"
    return any(re.search(pattern, clause.strip()) for clause in CLAUSE_END.split(fold(turn.written)))


def _regrets(turn: Turn) -> bool:
    """Say whether a message is a no to what was just done, and says why: "no. leave them. I misread"."""
    words = turn.language.reply_words
    clauses = [each for each in map(str.strip, CLAUSE_END.split(fold(turn.written))) if each]
    refused = [each for each in clauses if reply_of(each, words) is Reply.NO]
    polite = re.compile(phrase_pattern(words.politeness))
    others = [each for each in clauses if each not in refused and not polite.fullmatch(each)]
    reasons = [find_phrases(each, words.regrets) and len(each.split()) <= REASON_WORDS for each in others]
    return bool(refused) and bool(reasons) and all(reasons)


def _is_of_last_change(turn: Turn) -> bool:
    """Say whether the last change is what a message wants as it was: it is of just now, and nothing was told by it."""
    change, at = last_change.last(turn.session, turn.user, turn.now), turn.user.shown_at
    if change is None or turn.now - change.at > shown.KEPT or TOLD.intersection(change.intents):
        return False
    return turn.shown_entry is None or at is None or at < change.at


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
