"""Reports that today's session is done, in words by which nothing else is understood: "it is behind me"."""

import re
from dataclasses import replace
from typing import Final

from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.mention import BEGINS, ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.profile import SessionKind, SessionStatus, SkipReason
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import (
    Answer,
    Between,
    NoAnswer,
    PromptAnswer,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.red_flags.told import Safety
from content.understanding.requests.log_figures import read_told
from content.understanding.requests.request import Request
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.readers import read_slots
from db.models import TrainingSession
from db.queries import sessions
from handlers.framework.turn import Turn
from handlers.requests import requesting
from handlers.requests.goals import answering
from handlers.requests.training import unplanned
from handlers.training.today import kept_session, today_of
from services import shown

LIKE_REASONS: Final = frozenset({Intent.SKIP, Intent.DONE, Intent.EASIER, Intent.MY_DATA})
"""Intents that why a session was let go looks like: "just wiped out"."""

WORDS: Final = 30  # at most, of a message that reports
LEADING: Final = 3  # words at most, before the words that report, within their clause
REASON_WORDS: Final = 8  # at most, of a message that says why a session was let go
MOST_ROUNDS: Final = 40
RETURN_WORDS: Final = 4  # at most, of a clause that says no more than that somebody is back


def take(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Log today's session where a message reports it, or ask whether it may; return whether it does."""
    if turn.user.prompt is not None:
        return False
    meant = _reason(turn, understood) or _reported(turn, understood)
    if meant is not None:
        requesting.carry_out(turn, Requests((meant,)), found)
        return True
    return _asks_whether(turn, understood)


def _reported(turn: Turn, understood: Understood) -> Request | None:
    """Return the log of today's session that a message reports, whole or in part."""
    if not _may_report(turn, understood):
        return None
    heard = answering.heard(turn, turn.written)
    told = isinstance(understood, Requests) or _reports(heard, turn, understood) or _tells_part(heard, turn)
    row = _open(turn) if told else None
    if row is None:
        return None
    done = Request(Intent.DONE, _slots(turn, heard, row))
    if isinstance(understood, Requests):
        said, rounds = understood.all[0].slots, done.slots.rounds
        if rounds is None or unplanned.is_another(turn, said, row):
            return None
        return Request(Intent.DONE, replace(said, day=row.day, rounds=rounds))
    return done


def _asks_whether(turn: Turn, understood: Understood) -> bool:
    """Ask whether today's session is done, where somebody is back or it ended early; return whether that is asked."""
    if isinstance(understood, Requests) or not _may_report(turn, understood):
        return False
    heard = answering.heard(turn, turn.written)
    row = _open(turn) if _returns(heard, turn) or _was_cut_short(heard, turn) else None
    if row is None:
        return False
    requesting.offer(turn, Between((Request(Intent.DONE, _slots(turn, heard, row)),)), turn.written)
    return True


def _reason(turn: Turn, understood: Understood) -> Request | None:
    """Return the skip with its reason where a session was let go just now without one: "no, just knackered"."""
    today = today_of(turn)
    row = sessions.of_days(turn.session, turn.user, [today]).get(today) if turn.user.plan_start else None
    if row is None or row.status != SessionStatus.SKIPPED or row.skip_reason is not None or row.changed_at is None:
        return None
    few = len(turn.written.split()) <= REASON_WORDS and "?" not in turn.written
    if turn.now - row.changed_at > shown.KEPT or not few or isinstance(understood, Safety | PromptAnswer):
        return None
    asked = isinstance(understood, Requests) and not {each.intent for each in understood.all} <= LIKE_REASONS
    heard = answering.heard(turn, turn.written)
    if asked or heard.days:
        return None
    worn = SkipReason.TIRED.value if find_phrases(heard.said, turn.language.log_words.worn) else None
    reason = worn or read_slots(Intent.SKIP, heard).reason
    return Request(Intent.SKIP, Slots(day=row.day, reason=reason)) if reason is not None else None


def _open(turn: Turn) -> TrainingSession | None:
    """Return today's session where it is still to be done."""
    row = kept_session(turn, today_of(turn)) if turn.user.plan_start else None
    is_open = row is not None and row.status == SessionStatus.PLANNED and row.asks is not SessionKind.RECOVERY
    return row if is_open else None


def _may_report(turn: Turn, understood: Understood) -> bool:
    """Say whether what is understood of a message may be a report of today's session all the same."""
    if "?" in turn.written or len(turn.written.split()) > WORDS:
        return False
    if turn.asked is not None or not {intent for intent, _ in shown.offered(turn.user, turn.now)} <= {Intent.DONE}:
        return False
    match understood:
        case Between(requests=(only,)):
            return only.intent is Intent.DONE
        case Requests(all=(Request(intent=Intent.DONE, slots=slots),), care=None):
            return slots.day in {None, today_of(turn)}
        case Answer() | Suggest() | NoAnswer() | StillLearning() | SmallTalk() | Between():
            return True
    return False


def _reports(heard: Heard, turn: Turn, understood: Understood) -> bool:
    """Say whether a clause begins with words that say that it is done, and none says that it is not."""
    words = turn.language.log_words
    report = re.compile(rf"(?:[^\W_]+(?:'[^\W_]+)? ){{0,{LEADING}}}?{phrase_pattern(words.reports)}{ENDS}")
    clauses = [each.strip() for each in CLAUSE_END.split(heard.said) if each.strip()]
    ended = re.compile(rf"(?:[^\W_]+(?:'[^\W_]+)? ){{1,{LEADING}}}{phrase_pattern(words.ended)}")
    trained = heard.words.requests.training | heard.goals.runs | heard.goals.intervals | heard.goals.strength
    own = trained | turn.language.reply_words.it
    said = [each for each in clauses[:2] if report.match(each) or (ended.fullmatch(each) and find_phrases(each, own))]
    if isinstance(understood, Between) and read_told(heard, words) and not find_phrases(heard.said, words.undone):
        return len(understood.requests) == 1  # "righto, hills done. 45 minutes"
    if not said or find_phrases(said[0], words.undone):
        return False
    if isinstance(understood, Answer):  # "done with knee pain" may be about what an entry says
        return re.match(rf"{phrase_pattern(words.reports)}{ENDS}", said[0]) is not None
    return True


def _returns(heard: Heard, turn: Turn) -> bool:
    """Say whether a clause says no more than that somebody is back: "so, back. I have seen two herons"."""
    words = turn.language.log_words
    clauses = [each.strip() for each in CLAUSE_END.split(heard.said) if each.strip()][:2]
    back = re.compile(rf"(?:.* )?{BEGINS}{phrase_pattern(words.returns)}")
    return any(
        back.fullmatch(each) and len(each.split()) <= RETURN_WORDS and not find_phrases(each, words.undone)
        for each in clauses
    )


def _tells_part(heard: Heard, turn: Turn) -> bool:
    """Say whether a part of a session is told as done: "I did but only half"."""
    words = turn.language.log_words
    first = CLAUSE_END.split(heard.said)[0]
    parts = words.halves | words.thirds | words.quarters | words.but_one | words.a_bit
    did = re.match(rf"(?:[^\W_]+ ){{0,{LEADING}}}?{phrase_pattern(words.did)}{ENDS}", first)
    return did is not None and bool(find_phrases(first, parts)) and not find_phrases(first, words.undone - words.did)


def _was_cut_short(heard: Heard, turn: Turn) -> bool:
    """Say whether a message tells that a session ended early, and how long it lasted or what was done of it."""
    words = turn.language.log_words
    told = bool(heard.durations) or bool(find_phrases(heard.said, words.did))
    return told and bool(find_phrases(heard.said, words.cut_short)) and not heard.days


def _slots(turn: Turn, heard: Heard, row: TrainingSession) -> Slots:
    """Return what is told of it."""
    told = read_told(heard, turn.language.log_words)
    minutes = told.minutes or read_slots(Intent.DONE, heard).minutes
    rounds = (told.rounds or _rounds_done(heard, turn, row.rounds)) if row.rounds else None
    rounds = rounds if rounds is not None and rounds <= MOST_ROUNDS else None
    return Slots(day=row.day, effort=told.effort, minutes=minutes, rounds=rounds)


def _rounds_done(heard: Heard, turn: Turn, rounds: int) -> int | None:
    """Return how many rounds of a session were done, where a part of them is told."""
    words, said = turn.language.log_words, without(heard.said, heard.durations)
    shares = (
        (words.but_one, rounds - 1),
        (words.thirds, round(rounds * 2 / 3)),
        (words.quarters, round(rounds * 3 / 4)),
        (words.halves, round(rounds / 2)),
    )
    return next((max(1, share) for listed, share in shares if find_phrases(said, listed)), None)
