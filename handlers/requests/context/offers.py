"""Requests that were offered just now, completed in words: "Saturday is fine" behind "move it or skip it?"."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

from coach.buttons.callback_data import parse
from coach.buttons.requests import ConfirmRequest, unpack_slots
from coach.parsing.mentions.phrases import find_phrases
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import (
    Answer,
    Between,
    NoAnswer,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.requests.replies import Reply, reply_of
from content.understanding.requests.request import Request
from content.understanding.requests.slots.names import exercise_meant
from content.understanding.requests.slots.readers import read_slots
from content.understanding.smalltalk.phrases import SmallTalkKind, words_of
from content.understanding.understand import TOLD_BESIDE_QUESTIONS
from handlers.framework.turn import Turn
from handlers.questions import misses, smalltalk
from handlers.requests.context.likely import begins_to_ask, is_likely
from handlers.requests.goals import answering
from handlers.requests.outcome import do
from handlers.requests.registry import CONFIRMED
from services import shown

SAYS_A_DAY: Final = frozenset({Intent.SHOW_DAY, Intent.SHOW_WHY})
"""Intents for which a bare day is taken where nothing was offered."""

OF_ONE_DAY: Final = frozenset({Intent.DONE, Intent.SKIP})

AGREED: Final = frozenset({Reply.YES, Reply.AGREE})
BESIDE_PLACE: Final = 4  # words at most: "tell me about the second one"
NAME_WORDS: Final = 3  # at most, of a message that names an exercise
DAY_WORDS: Final = 6  # at most, of a message that wishes for a day by naming it: "friday morning would be better"
REASON_WORDS: Final = 4  # at most, of a message that is nothing but a reason: "too busy at work"


def completed(turn: Turn, understood: Understood, found: SearchResult) -> Request | None:
    """Return the request that a message completes, None where it says nothing that was left open."""
    offered = [Request(*each) for each in shown.offered(turn.user, turn.now) if each[0] is not Intent.SETS]
    if not offered or "?" in turn.written:
        return None
    reply = reply_of(turn.written, turn.language.reply_words)
    if len(offered) == 1 and (reply is Reply.YES or (reply in AGREED and _is_whole(offered[0]))):
        return offered[0]  # what it leaves open is asked again
    if (chosen := _chosen(turn, understood, offered)) is not None:
        return chosen
    match understood:
        case Requests(all=(only,), care=None) if only.intent not in SAYS_A_DAY:
            return _completing(only, offered)
        case Requests(all=(_,), care=None):
            fills = not begins_to_ask(turn)  # "worth a shot. whats tmrw"
        case Answer():
            fills = found.in_context
        case Between() | Suggest() | NoAnswer() | StillLearning():
            fills = True
        case _:
            fills = False
    return _first_filled(turn, offered, found) if fills else None


def painless(turn: Turn, understood: Understood) -> Request | None:
    """Return that nothing hurts where how much hurts was asked: "no pain, thanks"."""
    if understood != SmallTalk(SmallTalkKind.WELL) or (Intent.PAIN, Slots()) not in shown.offered(turn.user, turn.now):
        return None
    return Request(Intent.PAIN, Slots(level=0))


def exercise_named(turn: Turn, understood: Understood) -> Request | None:
    """Return the exercise to show that a few words name where one was shown or swapped just now: "the seated"."""
    match understood:
        case Between() | Suggest() | NoAnswer() | StillLearning():
            few = len(words_of(turn.written)) <= NAME_WORDS and not any(map(str.isdigit, turn.written))
        case _:
            return None
    if not few or turn.shown is None or turn.shown.exercise is None:
        return None
    named = exercise_meant(answering.heard(turn, turn.written))
    return Request(Intent.EXERCISE, Slots(exercise=named)) if named is not None else None


def _chosen(turn: Turn, understood: Understood, offered: Sequence[Request]) -> Request | None:
    """Return the one of several that a few words name by its place: "tell me about the second one"."""
    match understood:
        case Between() | Suggest() | NoAnswer() | SmallTalk() | Answer() | Requests(all=(_,), care=None):
            said = words_of(turn.written)
        case _:
            return None
    choices = turn.language.choices
    spans = [said[start:end] for start in range(len(said)) for end in range(start + 1, len(said) + 1)]
    named = max((span for span in spans if span in choices), key=len, default=None)
    if named is None or len(said) - len(named) > BESIDE_PLACE or choices[named] >= len(offered):
        return None
    return offered[choices[named]] if len(offered) > 1 else None


def _is_whole(request: Request) -> bool:
    """Say whether an offered request leaves nothing open: a yes is enough for it."""
    slots = request.slots
    if request.intent in CONFIRMED:
        return slots != Slots()  # it is asked before it is done
    return None not in {slots.from_day, slots.to_day} if request.intent is Intent.MOVE else slots.day is not None


def _completing(request: Request, offered: Sequence[Request]) -> Request | None:
    """Return an offered request that is asked for with what it leaves open, or with nothing: "move it", "skip it"."""
    alike = [each for each in offered if each.intent is request.intent]
    if not alike or alike[0].slots == Slots():
        return None
    if request.slots == Slots():
        return alike[0] if len(alike) == 1 else None
    if request.intent is Intent.MOVE and None in {request.slots.from_day, request.slots.to_day}:
        slots = _moved(alike[0].slots, request.slots)
        return None if slots is None else Request(Intent.MOVE, slots)
    return None


def _first_filled(turn: Turn, offered: Sequence[Request], found: SearchResult) -> Request | None:
    """Return the first of the requests that the message fills.

    A reason alone is none of a skip where nothing else says so: "2000 words on the cold war".
    """
    heard = answering.heard(turn, turn.written)
    moves = any(each.intent is Intent.MOVE for each in offered)
    for each in offered:
        said = read_slots(each.intent, heard)
        if said == Slots(reason=said.reason) and not _gives_reason(turn, found):
            continue
        if each.intent is Intent.MOVE:
            slots = _moved(each.slots, said) if _wishes_day(turn) else None
        elif each.intent in OF_ONE_DAY and said.day is not None and each.slots.day is not None:
            # Beside a move the day alone chooses neither: "just thursday, not forever".
            chosen = said.day == each.slots.day and (said.reason is not None or not moves)
            slots = each.slots if chosen else None
        elif each.intent is Intent.DONE and (filled := _filled(each.slots, said)) is not None:
            # How hard it was says not yet which of them it was: "5 maybe 6" behind "did you do one of these?".
            return Request(Intent.DONE, Slots(effort=filled.effort, minutes=filled.minutes))
        else:
            slots = _filled(each.slots, said)
        if slots is not None and (slots != each.slots or each.intent in OF_ONE_DAY):
            return Request(each.intent, slots)
    return None


def _wishes_day(turn: Turn) -> bool:
    """Say whether a day is wished for, and not only told of: "Friday morning maybe I will be asleep"."""
    few = len(turn.written.split()) <= DAY_WORDS
    said, week = answering.heard(turn, turn.written).said, turn.language.week_words
    suits = find_phrases(said, week.would_do | week.suits | week.puts)
    return few or bool(suits)


def _gives_reason(turn: Turn, found: SearchResult) -> bool:
    return len(turn.written.split()) <= REASON_WORDS or is_likely(Intent.SKIP, found.intents)


def _moved(open_: Slots, said: Slots) -> Slots | None:
    """Return a move whose other day is said."""
    days = [day for day in (said.from_day, said.to_day) if day is not None]
    if open_.from_day is not None:
        others = [day for day in days if day != open_.from_day]
        return replace(open_, to_day=others[-1]) if others else None
    if open_.to_day is not None:
        others = [day for day in days if day != open_.to_day]
        return replace(open_, from_day=others[0]) if others else None
    return None


def _filled(open_: Slots, said: Slots) -> Slots | None:
    """Return the slots with those that were open and are said now; None where there are none."""
    values = {
        each.name: value
        for each in fields(Slots)
        if getattr(open_, each.name) is None and (value := getattr(said, each.name)) is not None
    }
    values.pop("day", None)
    return replace(open_, **values) if values else None


def which(turn: Turn, understood: Understood) -> bool:
    """Ask which of several things that were offered just now a yes is meant for; return whether it is one."""
    offered = shown.offered(turn.user, turn.now)
    intents = [intent for intent, _ in offered]
    several = len(set(intents)) == len(intents) > 1
    if not several or not isinstance(understood, SmallTalk | Between | Suggest | NoAnswer):
        return False
    if turn.user.prompt is not None or reply_of(turn.written, turn.language.reply_words) is not Reply.YES:
        return False
    misses.understood(turn)
    turn.say("requests/which_one", [[do(f"request_{intent}", intent, slots)] for intent, slots in offered])
    turn.note_offered(*offered)
    return True


def to_nothing(turn: Turn, understood: Understood) -> bool:
    """Answer a whole message that agrees with nothing that was asked: "ok do that"; return whether it does."""
    match understood:
        case Between() | Suggest() | NoAnswer() if turn.user.prompt is None:
            agrees = reply_of(turn.written, turn.language.reply_words) in {Reply.YES, Reply.AGREE}
        case _:
            return False
    if agrees:
        misses.understood(turn)
        smalltalk.answer(turn, SmallTalkKind.ANSWER)
    return agrees


def keep_offered(turn: Turn, understood: Understood) -> None:
    """Remember what was asked about before a remark, which leaves it open.

    Of a question that nothing answers, a lasting change is remembered: a yes asks it again.
    """
    if turn.asked is not None and isinstance(understood, SmallTalk) and understood.kind in TOLD_BESIDE_QUESTIONS:
        shown.note_asked(turn.user, turn.asked, turn.now)
        return
    action = parse(turn.asked.yes) if turn.asked is not None else None
    slots = unpack_slots(action.slots) if isinstance(action, ConfirmRequest) else None
    if isinstance(action, ConfirmRequest) and slots is not None and turn.user.shown_kind is None:
        turn.note_offered((action.intent, slots))
