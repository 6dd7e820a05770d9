"""Figures and words right behind a log: how hard it was, how long it took, before anything else that they may mean."""

from dataclasses import replace
from typing import Final

from coach.buttons.requests import DoRequest
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.profile import SessionKind
from coach.requests import Activity, Intent, ShownKind, Slots
from content.library import SearchResult
from content.rendering.keyboards import Button, Row
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.requests.corrections import Sureness, correction_of
from content.understanding.requests.log_figures import Told, asks_besides, read_told
from content.understanding.requests.reader import Request
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.activities import activity
from content.understanding.requests.slots.heard import Heard
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests import requesting
from handlers.requests.goals import answering
from handlers.requests.logged.latest import AMENDED, Log, latest
from handlers.requests.training import corrected_sets
from handlers.training.marking import effort_rows
from handlers.training.today import kept_session, today_of
from services import shown

WORDS: Final = 24  # at most, of a message that tells figures
RATING_WORDS: Final = 12  # at most, of one that tells in words how hard it was
TAKEN_FOR: Final = frozenset({
    Intent.DONE, Intent.GIRTH, Intent.RAISES, Intent.MINUTES, Intent.PAIN, Intent.REMIND, Intent.SETS, Intent.WEIGHT,
    Intent.EASIER, Intent.HARDER, Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.TIMER, Intent.TARGET, Intent.PAUSE,
    Intent.UNDO, Intent.EVENT,
})  # fmt: skip
"""Intents that figures of a log look like."""

SHOWN_BESIDE: Final = frozenset({ShownKind.ENTRY, ShownKind.EXERCISE, ShownKind.QUESTION, ShownKind.RED_FLAG})
"""Pages behind which a bare figure may be about what they say."""


def take(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Add what a message tells to the session that was logged just now; return whether it tells anything of it."""
    if turn.user.prompt is not None or not _may_tell(turn, understood):
        return False
    log, heard = latest(turn), answering.heard(turn, turn.written)
    if log is None:
        return _tell_offered(turn, heard, understood, found)
    if _is_of_sets(turn, log, understood):
        return False
    told = _figures(turn, log, heard, understood)
    asks = bool(find_phrases(heard.said, turn.language.log_words.scale)) and log.is_open
    if told:
        _tell(turn, log, told, understood, found, answers=not asks and asks_besides(heard, turn.language.log_words))
    if asks and log.row is not None:
        misses.understood(turn)
        turn.say("requests/effort_scale", [] if told.effort else effort_rows(log.row.day), told=bool(told.effort))
    return bool(told) or (asks and log.row is not None) or _ask_rated(turn, log, understood)


def _is_of_sets(turn: Turn, log: Log, understood: Understood) -> bool:
    """Say whether a message corrects sets that were told just now, or lets what was beside the plan count."""
    counts = log.row is None and bool(find_phrases(fold(turn.written), turn.language.goal_words.counting))
    return counts or (not log.told_in_words and log.row is None and corrected_sets.meant(turn, understood) is not None)


def _tell_offered(turn: Turn, heard: Heard, understood: Understood, found: SearchResult) -> bool:
    """Log what was offered as done with the figures that are told of it, or a session of one's own beside several."""
    offered = [slots for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.DONE]
    row = kept_session(turn, today_of(turn)) if offered and turn.user.plan_start else None
    if row is None:
        return False
    first, corrects = offered[0], correction_of(turn.written, turn.language.correction_words) is not None
    known = Log(turn.now, Slots(day=today_of(turn)), row.asks, None, first.minutes, told_in_words=False, row=row)
    told = _figures(turn, known, heard, understood)
    if not told:
        return False
    if len(offered) == 1 and not (corrects and row.asks is SessionKind.RECOVERY):
        meant = first
    else:  # on a day of rest it is asked again which one it was
        own = None if row.asks is SessionKind.RECOVERY else Activity.OWN
        meant = Slots(minutes=first.minutes, effort=first.effort, what=own)
    effort, minutes = told.effort or meant.effort, told.minutes or meant.minutes
    request = Request(Intent.DONE, replace(meant, effort=effort, minutes=minutes))
    requesting.carry_out(turn, Requests((request,)), found)
    return True


def _may_tell(turn: Turn, understood: Understood) -> bool:
    """Say whether what is understood of a message may be figures of a log all the same."""
    offered = {intent for intent, _ in shown.offered(turn.user, turn.now)}
    if len(turn.written.split()) > WORDS or turn.asked is not None or not offered <= {Intent.DONE}:
        return False
    match understood:
        case Requests(all=(Request(intent=Intent.PAIN),), care=None):
            return not find_phrases(fold(turn.written), turn.language.person_words.health)
        case Requests(all=(only,), care=None):
            scale = find_phrases(fold(turn.written), turn.language.log_words.scale)
            return (only.intent in TAKEN_FOR and only.slots.exercise is None) or (bool(scale) and not only.changes)
        case Between() | Suggest() | NoAnswer() | StillLearning() | SmallTalk() | Answer() | ExerciseRequest():
            return True
    return False


def _figures(turn: Turn, log: Log, heard: Heard, understood: Understood) -> Told:
    """Return the figures that belong to the log; none where the words are about something else."""
    words = turn.language.log_words
    corrects = correction_of(turn.written, turn.language.correction_words) is not None
    bare = log.minutes is not None or (log.kind is not SessionKind.STRENGTH and corrects)
    told = read_told(heard, words, bare_minutes=bare)
    elsewhere = bool(find_phrases(heard.said, words.elsewhere))
    if elsewhere and told.surely:
        told, elsewhere = Told(told.effort, surely=True), False
    legs = heard.words.legs
    sided = find_phrases(heard.said, legs.left | legs.right)
    ahead = any((one.value.offset or 0) > 0 for one in heard.days)
    sets = bool(find_written_weights(heard.said, heard.words)) or _are_sets(log, heard)
    if elsewhere or sided or ahead or sets or _is_another(turn, log, heard, understood):
        return Told()
    if turn.user.shown_kind in SHOWN_BESIDE and log.row is not None and not told.surely and not corrects:
        return Told()
    if log.row is None or not log.row.rounds or log.kind is SessionKind.STRENGTH:
        told = replace(told, rounds=None)
    return _as_amended(turn, log, told)


def _are_sets(log: Log, heard: Heard) -> bool:
    """Say whether the figures are repetitions: nothing but several of them behind a session of strength."""
    several = len(noted_sets.sets(heard).reps or ()) > 1
    return several and log.kind is SessionKind.STRENGTH and noted_sets.is_nothing_else(heard)


def _as_amended(turn: Turn, log: Log, told: Told) -> Told:
    """Return the figures without those that are known already, but where the words may tell them anew."""
    correction = correction_of(turn.written, turn.language.correction_words)
    surely = correction is not None and correction.sureness is Sureness.SURE
    recent = turn.now - log.at <= AMENDED
    if told.effort is not None and not log.is_open:
        anew = correction is not None or told.surely or _is_lone(turn)
        told = told if surely or (recent and anew) else replace(told, effort=None)
    if log.minutes is not None and not (recent or surely):
        told = replace(told, minutes=None)
    return told


def _is_lone(turn: Turn) -> bool:
    return len(turn.written.split()) <= 2


def _is_another(turn: Turn, log: Log, heard: Heard, understood: Understood) -> bool:
    """Say whether another session is told of: one of another kind or day, or one that was done besides."""
    match understood:
        case Requests(all=(Request(intent=Intent.DONE, slots=slots),)):
            named = slots.day if heard.days else None
            besides = find_phrases(heard.said, turn.language.goal_words.adding)
            return activity(heard) is not None or bool(besides) or (named is not None and named != log.slots.day)
    return False


def _tell(turn: Turn, log: Log, told: Told, understood: Understood, found: SearchResult, *, answers: bool) -> None:
    """Log the session again with what was told of it, and answer what is asked besides."""
    effort, minutes = told.effort or log.effort, told.minutes or log.minutes
    request = Request(Intent.DONE, replace(log.slots, effort=effort, minutes=minutes, rounds=told.rounds))
    entry = found.entry if answers and isinstance(understood, Answer) else None
    changed = (told.effort and log.effort) or (told.minutes and log.minutes) or log.row is None
    if log.told_in_words and changed:
        requesting.correct(turn, request, found)
    else:
        requesting.carry_out(turn, Requests((request,), answer=entry), found)


def _ask_rated(turn: Turn, log: Log, understood: Understood) -> bool:
    """Offer the efforts that words may mean, where only they say how hard it was: "a little hard"."""
    words, said = turn.language.log_words, fold(turn.written)
    levels = (words.harder, words.lightest, words.hardest, words.light, words.middling)
    figures = (6, 2, 8, 3, 5)
    besides = words.elsewhere | turn.language.reply_words.unrated
    if not log.is_open or log.row is None or len(said.split()) > RATING_WORDS or find_phrases(said, besides):
        return False
    if isinstance(understood, Requests) and understood.all[0].intent not in {Intent.EASIER, Intent.HARDER, Intent.DONE}:
        return False
    level = next((figure for listed, figure in zip(levels, figures, strict=True) if find_phrases(said, listed)), None)
    if level is None or turn.written.strip().endswith("?"):
        return False
    near: list[Row] = [[
        Button("number", DoRequest.of(Intent.DONE, Slots(effort=each, day=log.row.day)), {"number": each})
        for each in range(level - 1, min(level + 2, 10) + 1)
    ]]  # fmt: skip
    misses.understood(turn)
    turn.say("requests/effort_in_words", near, level=level)
    turn.note_offered((Intent.DONE, Slots(effort=level, day=log.row.day)))
    return True
