"""Wishes for a while, of what was offered or changed for good: "only this week", "not forever"."""

import re
from dataclasses import replace
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.callback_data import parse
from coach.buttons.plan import ShowWeek
from coach.buttons.requests import ConfirmRequest, UndoChange, unpack_slots
from coach.buttons.session import ShowToday
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import Intent, ShownItem, Slots
from content.library import SearchResult
from content.rendering.keyboards import Button, Row
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
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
from content.understanding.requests.replies import begins_with_no
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests import requesting
from handlers.requests.context import one_day
from handlers.requests.goals import answering
from handlers.requests.training import plan_changes, short_days
from handlers.requests.training.session_meant import session_meant
from services import last_change, shown

LASTING: Final = frozenset({Intent.DAYS, Intent.MINUTES, Intent.EQUIPMENT, Intent.GOALS, Intent.REMIND, Intent.ZONE})
"""Intents of what holds until it is changed again."""

HALVED: Final = frozenset({Intent.SKIP, Intent.EASIER, Intent.MINUTES, Intent.MOVE, Intent.DONE, Intent.SWAP})
"""Intents that words for half of a session may be taken for."""

_CLAUSE: Final = re.compile(r"[.,:;!?\n]+(?=\s|$)")
DIALS: Final = frozenset({Intent.EASIER, Intent.HARDER})
FEW_WORDS: Final = 6  # at most, of a message that says nothing but for how long
BEGINS_WITHIN: Final = 12  # characters, where words about what was changed begin: "only this week though"


def take(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do for once what stands open, or was changed just now; return whether the message was about that.

    What can only last is left, and asked once more; what was changed so stays, with Undo.
    """
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety() | ExerciseRequest():
            return False
        case Requests(all=(Request(intent=Intent.SKIP | Intent.MOVE, slots=slots),)) if slots != Slots():
            return _again_once(turn)  # "skip saturday, just this week" is of no plan that was offered to be easier
    said = find_phrases(fold(turn.written), turn.language.reply_words.for_now) or _of_length(turn)
    if turn.user.prompt is None and "?" not in turn.written and _begins_until(turn) and _changed(turn, found):
        return True
    if not said or "?" in turn.written or turn.user.prompt is not None:
        return False
    behind = said[0].start <= BEGINS_WITHIN
    return _again_once(turn) or _open(turn, found) or _of_one_day(turn) or (behind and _changed(turn, found))


def limit(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do what a message limits to a part, a day or a while: "cut today in half", "until april no hill".

    Return whether it limits anything so.
    """
    if turn.user.prompt is not None:
        return False
    match understood:
        case (
            Requests(all=(Request(intent=Intent.PAUSE, slots=slots),), care=None)
            | Between(requests=(Request(intent=Intent.PAUSE, slots=slots),))
            | Between(requests=(Request(intent=Intent.EQUIPMENT), Request(intent=Intent.PAUSE, slots=slots)))
        ) if slots.until is not None:
            missing = _missing(turn, slots)
            meant = Request(Intent.EQUIPMENT, Slots(remove=missing)) if missing else None
        case Requests(all=(Request(intent=Intent.REMIND, slots=slots),), care=None) if _tells_of_reminder(turn, slots):
            meant = Request(Intent.REMIND)
        case Requests(all=(Request(intent=Intent.HARDER | Intent.EASIER as intent),), care=None) if (
            answering.heard(turn, turn.written).days == []
            and (step := plan_changes.next_step(turn, intent)) is not None
        ):
            meant = step
        case Requests(all=(Request(intent=intent),), care=None):
            meant = _half(turn) if intent in HALVED else None
        case Requests(all=(Request(intent=Intent.DONE) as done, Request(intent=Intent.EQUIPMENT, slots=slots))):
            meant = done if _had_that_day(turn, slots) else None
        case Requests(all=(Request(intent=Intent.DONE) as done, Request(intent=Intent.SWAP))):
            # "the raises but not the squats" swaps none
            swaps = turn.language.vocabulary.requests.exchanged | turn.language.vocabulary.requests.otherwise
            meant = None if find_phrases(fold(turn.written), swaps) else done
        case Between(requests=requests) if (
            turn.asked is None and _for_now(turn) and DIALS.intersection(each.intent for each in requests)
        ):
            return Intent.EASIER in {each.intent for each in requests} and one_day.lighter(turn, session_meant(turn))
        case Between() | Suggest() | NoAnswer() | SmallTalk() | Answer() if "?" not in turn.written:
            meant = _half(turn)
        case _:
            meant = None
    if meant is not None:
        requesting.carry_out(turn, Requests((meant,)), found)
    return meant is not None


def _of_length(turn: Turn) -> list[Mention[str]]:
    """Return the words that limit something to so many days or weeks: "just for the two weeks", "only 10 days"."""
    heard, words = answering.heard(turn, turn.written), turn.language
    spans = [*heard.lengths, *heard.weeks]
    lead = phrase_pattern(words.goal_words.alone)
    between = phrase_pattern(words.week_words.beside_verb | words.vocabulary.dates.this | words.vocabulary.dates.next)
    found = [re.search(rf"{BEGINS}{lead}(?: {between})* $", heard.said[: one.start]) for one in spans]
    return [Mention(each.start(), each.end(), each[0]) for each in found if each is not None]


def _tells_of_reminder(turn: Turn, slots: Slots) -> bool:
    """Say whether a message tells when a reminder came, and wishes for no other time."""
    words, clauses = turn.language.reply_words, _CLAUSE.split(turn.written)
    told = [each for each in clauses if find_phrases(fold(each), words.reminded)]
    others = [each for each in clauses if each not in told]
    wished = {read_slots(Intent.REMIND, answering.heard(turn, each)).at for each in others} - {None}
    came = {read_slots(Intent.REMIND, answering.heard(turn, each)).at for each in told}
    return slots.at is not None and bool(told) and wished <= came


def _for_now(turn: Turn) -> bool:
    return bool(find_phrases(fold(turn.written), turn.language.reply_words.for_now))


def _half(turn: Turn) -> Request | None:
    """Return the session that is meant in half of its minutes, where a message wants half of it."""
    words = turn.language.reply_words
    wanted = [each for each in _CLAUSE.split(fold(turn.written)) if find_phrases(each, words.halves)]
    told = any(find_phrases(each, turn.language.goal_words.told) for each in wanted)
    if not wanted or told or answering.heard(turn, turn.written).durations:
        return None
    day = one_day.named_day(turn) or session_meant(turn)
    minutes = short_days.half_of(turn, day) if day is not None else None
    return Request(Intent.MINUTES, Slots(day=day, minutes=minutes)) if minutes is not None else None


def _missing(turn: Turn, pause: Slots) -> frozenset[str] | None:
    """Return the equipment that is not there until a day, where a message names no pause: "until april no hill"."""
    pauses = pause.reason is not None or find_phrases(fold(turn.written), turn.language.reply_words.pausing)
    return None if pauses else read_slots(Intent.EQUIPMENT, answering.heard(turn, turn.written)).remove


def _had_that_day(turn: Turn, equipment: Slots) -> bool:
    """Say whether equipment beside what was done tells with what that was: "done, 28 minutes. Dumbbells only"."""
    had, wishes = frozenset(turn.user.equipment or ()), turn.language.vocabulary.wishes
    lasting = wishes.drop | wishes.own | turn.language.reply_words.for_good
    told = [
        each
        for each in _CLAUSE.split(turn.written)
        if read_slots(Intent.EQUIPMENT, answering.heard(turn, each)) != Slots()
    ]
    return (equipment.add or frozenset()) <= had and not any(find_phrases(fold(each), lasting) for each in told)


def _begins_until(turn: Turn) -> bool:
    """Say whether a message begins with an end of something: "until Eid only, then the old time"."""
    words = turn.language.goal_words
    return (
        re.match(rf"(?:{phrase_pattern(words.alone)} )?{phrase_pattern(words.until)}{ENDS}", fold(turn.written))
        is not None
    )


def _again_once(turn: Turn) -> bool:
    """Say that only a day was changed, behind such a change: "just today" where a reminder was set for once."""
    change = last_change.last(turn.session, turn.user, turn.now)
    slots = unpack_slots(change.slots or "") if change is not None and turn.now - change.at <= shown.KEPT else None
    once = slots is not None and (slots.day is not None or slots.week is not None)
    if change is None or not once or not set(change.intents) <= LASTING or len(turn.written.split()) > FEW_WORDS:
        return False
    misses.understood(turn)
    if slots is not None and slots.day is not None:
        turn.note_shown(ShownItem(session=slots.day))
    undo = [Button("undo", UndoChange(change.id))] if change.id is not None else []
    turn.say("requests/that_once", [undo], week=slots is not None and slots.week is not None)
    return True


def _open(turn: Turn, found: SearchResult) -> bool:
    """Do for once what stands open, or leave it as it is; who wants it for good all the same has the button."""
    asked, offered = turn.asked, [intent for intent, _ in shown.offered(turn.user, turn.now)]
    if asked is not None and begins_with_no(turn.written, turn.language.reply_words):
        return False
    action = parse(asked.yes) if asked is not None else None
    lasts = isinstance(action, ConfirmRequest) and action.intent in LASTING
    if not lasts and not DIALS.intersection(offered):
        return False
    wanted = unpack_slots(action.slots) if isinstance(action, ConfirmRequest) else None
    once = _once(turn, action.intent, wanted) if isinstance(action, ConfirmRequest) and wanted else None
    if once is not None:
        requesting.carry_out(turn, Requests((once,)), found)
        return True
    misses.understood(turn)
    agrees = asked is not None and lasts and _begins_with_yes(turn)
    rows: list[Row] = [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))]]
    if isinstance(action, ConfirmRequest) and agrees:
        rows.insert(0, [Button("yes_change", action), Button("keep_it_so", Dismiss())])
    turn.say("requests/only_lasting", rows, again=agrees)
    if isinstance(action, ConfirmRequest) and wanted is not None and not agrees:
        turn.note_offered((action.intent, wanted))  # a yes asks for it once more
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


def _once(turn: Turn, intent: Intent, slots: Slots) -> Request | None:
    """Return the same for one day or one week alone, where that can be: other days, minutes, a reminder."""
    match intent:
        case Intent.DAYS if slots.days and slots.week is None and (week := one_day.week_meant(turn)):
            return Request(intent, replace(slots, week=week))
        case Intent.MINUTES if slots.minutes is not None and (day := one_day.named_day(turn) or session_meant(turn)):
            return Request(intent, replace(slots, day=day))
        case Intent.REMIND if (
            slots.at is not None and not _is_of_week(turn) and (once := one_day.reminded_once(turn, slots.at))
        ):
            return Request(intent, once)
    return None


def _is_of_week(turn: Turn) -> bool:
    """Say whether a week is named: a reminder comes once or on every day."""
    return bool(answering.heard(turn, turn.written).weeks)


def _changed(turn: Turn, found: SearchResult) -> bool:
    """Put back what was changed just now and do it for once, where that can be; else say that it stays."""
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or turn.now - change.at > shown.KEPT or not set(change.intents) <= LASTING:
        return False
    misses.understood(turn)
    slots = unpack_slots(change.slots or "")
    ends = find_phrases(fold(turn.written), turn.language.reply_words.for_now)
    once = _once(turn, Intent(change.intents[0]), slots) if len(change.intents) == 1 and slots and ends else None
    if once is not None:
        requesting.correct(turn, once, found)
        return True
    undo = [Button("undo", UndoChange(change.id))] if change.id is not None else []
    turn.say("requests/stays_so", [undo])
    return True
