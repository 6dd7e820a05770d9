"""A figure to ten, and nothing that says of what: an effort or a pain, as is asked."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final

from coach.buttons.questions import ShowCategories
from coach.parsing.clauses import CLAUSE_END
from coach.parsing.measurements import MOST_RAISES
from coach.parsing.mentions.efforts import MOST, find_effort, find_scores
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.mention import ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button
from content.understanding.meanings import (
    Answer,
    Between,
    NoAnswer,
    NotAnAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.red_flags.told import Safety
from content.understanding.requests.corrections import correction_of
from content.understanding.requests.log_figures import asks
from content.understanding.requests.request import Request
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import misses
from handlers.requests.context.likely import begins_to_ask
from handlers.requests.goals import answering
from handlers.requests.outcome import do
from handlers.requests.training.unplanned import MOST_MINUTES
from handlers.training.guide import extra_sessions
from handlers.training.marking import effort_rows
from handlers.training.today import kept_session, today_of
from services import last_change, shown

ASKED_WITHIN: Final = timedelta(hours=2)
CORRECTED_WITHIN: Final = timedelta(minutes=30)
WORDS: Final = 4  # beside the figure, at most: "about a six i reckon"
FIGURE_WORDS: Final = 2  # at most, of a clause that is a figure
UNRATED_WORDS: Final = 5  # at most, of a clause that says that there is none
SIDES: Final = 2
HURTING_WORDS: Final = 7  # at most, beside a figure behind an answer about what hurts
RAISES_WORDS: Final = 6  # at most, beside two figures that are heel raises
TYPICAL_RAISES: Final = "how-many-calf-raises"
"""The entry that says how many heel raises are typical."""

ACHES: Final = "aches"  # the subject of those answers
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = re.compile(r"(?<![\w.,/:-])\d{2,3}(?![\w/:%]|[.,]\d)")
_COUNT: Final = re.compile(r"(?<![\w.,/:-])\d{1,3}(?![\w/:%]|[.,]\d)")
_BARE: Final = re.compile(r"(?<![\w.,/:-])(?:10|\d)(?![\w/:%]|[.,]\d)")


def of_the_session(turn: Turn, understood: Understood) -> Request | None:
    """Return the effort that a figure is where a session was just said to be done, and how hard it was was asked."""
    if asks(fold(turn.written), turn.language.log_words):  # "is 6 too hard?"
        return None
    row = _unrated(turn)
    if row is not None and (said := _answer(turn, understood)) is not None:
        return Request(Intent.DONE, Slots(effort=said, day=row.day))
    # "8" where how hard it was was just asked
    level = _level(turn, understood, alike=(Intent.SETS, Intent.DONE, Intent.PAIN)) or _answer(turn, understood)
    if level and extra_sessions.is_unrated(turn):
        return Request(Intent.DONE, Slots(effort=level))
    offered = [slots for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.DONE]
    if level and offered:  # "no, 8" behind "did you mean one of these?", "6" behind "log it as done?"
        alone = offered[0] if len(offered) == 1 and offered[0].effort is None else Slots(minutes=offered[0].minutes)
        return Request(Intent.DONE, replace(alone, effort=level))
    row = row or _rated(turn)
    return Request(Intent.DONE, Slots(effort=level, day=row.day)) if level and row is not None else None


def of_what_hurts(turn: Turn, understood: Understood) -> Request | None:
    """Return the pain that a figure is behind an answer about what hurts: "like 3 out of 10 when I walk"."""
    entry = turn.language.entries.get(turn.shown_entry or "")
    about = entry is not None and entry.category == ACHES and turn.user.plan_start is not None
    return _pain(turn, understood) if about else None


def of_asked_pain(turn: Turn, understood: Understood) -> Request | None:
    """Return the pain that a figure is where how much hurts was just asked: "about a 3, walking is fine"."""
    return _pain(turn, understood) if (Intent.PAIN, Slots()) in shown.offered(turn.user, turn.now) else None


def _pain(turn: Turn, understood: Understood) -> Request | None:
    """Return the pain that a message tells with a figure, behind what is about one."""
    if "?" in turn.written or compares(turn, turn.written) or begins_to_ask(turn):
        return None
    if level := _level(turn, understood, alike=(Intent.PAIN, Intent.DONE)):
        return Request(Intent.PAIN, Slots(level=level))
    match understood:
        case Between() | Suggest() | NoAnswer() | StillLearning() | SmallTalk() | Answer():
            pass
        case Requests(all=(only,), care=None) if only.intent is Intent.SETS or only == Request(Intent.PAIN):
            pass
        case Requests(all=(Request(intent=Intent.DONE, slots=said),), care=None) if said == Slots(effort=said.effort):
            pass  # "maybe 4"
        case _:
            return None
    heard = answering.heard(turn, turn.written)
    scored = find_scores(heard.said, heard.words)
    sides = [scored[-1].value] if scored else [int(each) for each in _BARE.findall(heard.said)]
    few = len(_WORD.findall(heard.said)) <= HURTING_WORDS and len(sides) in {1, SIDES}
    return Request(Intent.PAIN, Slots(level=max(sides))) if few and max(sides) - min(sides) <= 1 else None


def of_both_legs(turn: Turn, understood: Understood) -> Request | None:
    """Return the heel raises that two figures are behind what is typical of them: "i did 27 and 27"."""
    match understood:
        case Answer() | NoAnswer() | Suggest() | Between() | Requests(all=(Request(intent=Intent.SETS),), care=None):
            heard = answering.heard(turn, turn.written)
        case _:
            return None
    figures = [int(each) for each in _COUNT.findall(heard.said)]
    few = len(figures) == SIDES and len(_WORD.findall(heard.said)) <= RAISES_WORDS
    asks = "?" in turn.written or begins_to_ask(turn)
    if turn.shown_entry != TYPICAL_RAISES or asks or not few or heard.durations or heard.days:
        return None
    return Request(Intent.RAISES, Slots(left=figures[0], right=figures[1])) if max(figures) <= MOST_RAISES else None


def minutes_of_the_session(turn: Turn, understood: Understood) -> Request | None:
    """Return the minutes that a figure is behind a session that was just said to be done: "put down 20"."""
    row = _done_lately(turn)
    match understood:
        case Between() | Suggest() | NoAnswer() | StillLearning():
            pass
        case Requests(all=(only,), care=None) if only.intent is Intent.SETS and only.slots.exercise is None:
            pass
        case Requests(all=(Request(intent=Intent.MINUTES),), care=None) if len(turn.written.split()) <= FIGURE_WORDS:
            pass  # "20 min"
        case _:
            return None
    if row is None or row.asks in {SessionKind.STRENGTH, SessionKind.RECOVERY} or row.minutes_done is not None:
        return None
    heard = answering.heard(turn, turn.written)
    figures, words = _LONG.findall(heard.said), _WORD.findall(heard.said)
    if len(figures) != 1 or len(words) > WORDS or not MOST < int(figures[0]) <= MOST_MINUTES or "?" in turn.written:
        return None
    return Request(Intent.DONE, Slots(minutes=int(figures[0]), effort=row.effort, day=row.day))


def leave_unrated(turn: Turn, understood: Understood) -> bool:
    """Leave a session without its effort where a message says that there is none to tell; return whether it does."""
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety():
            return False
    clause = CLAUSE_END.split(turn.written)[0]
    words = turn.language.reply_words
    said = find_phrases(fold(clause), words.unrated)
    if len(turn.written.split()) <= UNRATED_WORDS and not _tells_else(understood):
        said = said or find_phrases(fold(turn.written), words.in_words)
    row = _unrated(turn)
    if row is None or not said or len(clause.split()) > UNRATED_WORDS or _answer(turn, understood) is not None:
        return False
    misses.understood(turn)
    turn.say("requests/unrated", effort_rows(row.day))
    return True


def _rated(turn: Turn) -> TrainingSession | None:
    """Return today's session where how hard it was was told just now, and a figure alone tells it anew: "8 then"."""
    change, row = last_change.last(turn.session, turn.user, turn.now), _done_lately(turn)
    told = change is not None and change.intents == [Intent.DONE] and turn.now - change.at <= CORRECTED_WITHIN
    lone = len(turn.written.split()) <= FIGURE_WORDS and any(map(str.isdigit, turn.written))
    return row if told and lone and turn.shown_entry is None else None


def _tells_else(understood: Understood) -> bool:
    """Say whether few words ask for something else than what they may say of how hard a session was."""
    return isinstance(understood, Requests) and any(
        each.intent not in {Intent.EASIER, Intent.HARDER, Intent.DONE} for each in understood.all
    )


def _unrated(turn: Turn) -> TrainingSession | None:
    """Return today's session where it was just said to be done, and how hard it was was asked."""
    row = _done_lately(turn)
    return row if row is not None and row.effort is None else None


def _done_lately(turn: Turn) -> TrainingSession | None:
    row = kept_session(turn, today_of(turn)) if turn.user.plan_start else None
    if row is None or row.changed_at is None or turn.now - row.changed_at > ASKED_WITHIN:
        return None
    return row if row.status == SessionStatus.DONE else None


def _answer(turn: Turn, understood: Understood) -> int | None:
    """Return the effort that a message begins with, whatever follows: "idk like an 8? legs are toast".

    Behind it may stand another that takes its place: "four. no, five".
    """
    match understood:
        case Requests(all=(only,)) if only.intent not in {Intent.SETS, Intent.DONE} and not _names_no_body(turn, only):
            return None
        case Requests() | Between() | Suggest() | NoAnswer() | StillLearning() | Answer():
            clauses = [clause.strip() for clause in CLAUSE_END.split(turn.written) if clause.strip()]
        case _:
            return None
    levels, negate = list[int](), turn.language.correction_words.weak
    for clause in clauses:
        plain = fold(clause)
        corrects = correction_of(clause, turn.language.correction_words)
        passing = plain in negate | turn.language.correction_words.fillers or (
            corrects is not None and not corrects.rest
        )
        if passing or (not levels and plain in turn.language.reply_words.unrated):
            continue
        if (levels and not _stands_alone(turn, clause)) or (level := figure(turn, clause)) is None:
            break
        levels.append(level)
    return levels[-1] if levels else None


def _stands_alone(turn: Turn, clause: str) -> bool:
    """Say whether a clause is a figure, or one behind words that take back or settle it: "no wait 5", "let's say 6"."""
    words = turn.language.vocabulary
    settling = phrase_pattern(words.wishes.slip_apart | words.efforts.giving | words.efforts.like)
    settles = re.match(rf"(?:{settling}{ENDS} ?)+", fold(clause)) is not None
    corrects = settles or correction_of(clause, turn.language.correction_words) is not None
    return (corrects or len(fold(clause).split()) <= FIGURE_WORDS) and figure(turn, clause) is not None


def figure(turn: Turn, clause: str) -> int | None:
    """Return the figure to ten of a clause that says little else, the higher of two neighbours: "7 or 8"."""
    heard = answering.heard(turn, clause)
    if compares(turn, clause) or find_written_weights(heard.said, heard.words):
        return None
    found = find_effort(heard.said, heard.words, heard.no_figures)
    if len(without(heard.said, [found] if found else [], " ").split()) > WORDS + 1:
        return None
    if found is not None:
        return found.value
    sides = [int(each) for each in _BARE.findall(heard.said)]
    return max(sides) if len(sides) == SIDES and abs(sides[0] - sides[1]) == 1 else None


def compares(turn: Turn, text: str) -> bool:
    """Say whether a numeral word stands in a comparison, "is two better than one": it is no figure of a scale."""
    written = any(map(str.isdigit, text))
    return not written and bool(find_phrases(fold(text), turn.language.reply_words.compares))


def ask(turn: Turn, understood: Understood) -> bool:
    """Ask what a figure is of, where a message is little else; return whether it is."""
    level = _level(turn, understood, alike=(Intent.PAIN, Intent.DONE))
    if not level or turn.user.plan_start is None or screening.is_blocked(turn):  # of 0 there is nothing to ask
        return False
    misses.understood(turn)
    row = kept_session(turn, today_of(turn))
    is_session = row is not None and row.asks is not SessionKind.RECOVERY and row.status != SessionStatus.SKIPPED
    pain = (Intent.PAIN, Slots(level=level))
    ways = [do("pain_of", *pain, number=level)]
    if is_session:
        ways.insert(0, do("effort_of", Intent.DONE, Slots(effort=level, day=today_of(turn)), number=level))
    turn.say("requests/lone_figure", [ways, [Button("subjects", ShowCategories())]], number=level, session=is_session)
    turn.note_offered(pain)
    return True


def _level(turn: Turn, understood: Understood, alike: Collection[Intent] = ()) -> int | None:
    """Return the figure, None where there is none, much else is said, or something else is understood.

    A bare figure is one all the same where it was understood as one of `alike`, and what was understood as a pain where
    nothing of the body is named: "about a four".
    """
    bare = turn.written.strip(" .!").isdecimal()
    match understood:
        case Between() | Suggest() | NoAnswer() | StillLearning():
            heard = answering.heard(turn, turn.written)
        case Answer() if len(turn.written.split()) <= FIGURE_WORDS and any(map(str.isdigit, turn.written)):
            heard = answering.heard(turn, turn.written)  # "then 6" is no question about what was shown
        case Requests(all=(only,), care=None) if only.intent in alike and (bare or _names_no_body(turn, only)):
            heard = answering.heard(turn, turn.written)
        case _:
            return None
    found = find_effort(heard.said, heard.words, heard.no_figures)
    if found is None or "?" in turn.written or compares(turn, turn.written):
        return None
    besides = "".join(each if each.isalnum() else " " for each in without(heard.said, [found], " "))
    return found.value if len(besides.split()) <= WORDS else None


def _names_no_body(turn: Turn, request: Request) -> bool:
    return request.intent is Intent.PAIN and not find_phrases(fold(turn.written), turn.language.person_words.health)
