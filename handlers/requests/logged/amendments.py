"""Figures and words right behind a log: how hard it was, how long it took, before anything else that they may mean."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from coach.buttons.guide import RateExtra
from coach.buttons.plan import RateEffort, ShowWeek
from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.efforts import MOST
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.mention import ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.profile import SessionKind
from coach.requests import Activity, Intent, ShownKind, Slots
from content.library import SearchResult
from content.rendering.keyboards import Button, Row
from content.understanding.meanings import Answer, ExerciseRequest, Requests, SmallTalk, Understood, Unrequested
from content.understanding.requests.corrections import Sureness, correction_of
from content.understanding.requests.log_figures import Told, asks_besides, read_told
from content.understanding.requests.request import Request
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.activities import activity
from content.understanding.requests.slots.heard import Heard
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests import requesting
from handlers.requests.goals import answering
from handlers.requests.logged.latest import AMENDED, Log, latest
from handlers.requests.outcome import dated
from handlers.requests.training import corrected_sets
from handlers.training.today import dosed, kept_session, today_of
from services import shown

WORDS: Final = 24  # at most, of a message that tells figures
RATING_WORDS: Final = 12  # at most, of one that tells in words how hard it was
TAKEN_FOR: Final = frozenset({
    Intent.DONE, Intent.GIRTH, Intent.RAISES, Intent.MINUTES, Intent.PAIN, Intent.REMIND, Intent.SETS, Intent.WEIGHT,
    Intent.EASIER, Intent.HARDER, Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.TIMER, Intent.TARGET, Intent.PAUSE,
    Intent.UNDO, Intent.EVENT,
})  # fmt: skip
"""Intents that figures of a log look like."""

RATING: Final = frozenset({Intent.EASIER, Intent.HARDER, Intent.DONE, Intent.SHOW_DAY})
"""Intents that words for how hard a session was look like."""

COUNTS_WORDS: Final = 14  # at most, of a question whether it counts
SIDES: Final = 2  # figures at most, that are told of two legs
FEW_WORDS: Final = 6  # at most, of a message that tells an effort anew without words that correct
LONG: Final = 120  # minutes, which any session may take
TIMES_AS_LONG: Final = 3  # as was planned, at most
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
    if (sets := _sets_of(log, heard, understood)) is not None:
        requesting.carry_out(turn, Requests((sets,)), found)
        return True
    told = _figures(turn, log, heard, understood)
    rates = log.row is not None or log.extra is not None
    asks = bool(find_phrases(heard.said, turn.language.log_words.scale)) and log.is_open and rates
    if told:
        _tell(turn, log, told, understood, found, answers=not asks and asks_besides(heard, turn.language.log_words))
    if asks:
        misses.understood(turn)
        rows: list[Row] = [_efforts(log, range(1, 6)), _efforts(log, range(6, MOST + 1))]
        turn.say("requests/effort_scale", [] if told.effort else rows, told=bool(told.effort))
    return bool(told) or asks or (rates and (_ask_rated(turn, log, understood) or _says_counts(turn, log)))


def _says_counts(turn: Turn, log: Log) -> bool:
    """Say what a session was logged as, where somebody asks whether it counts; return whether they do."""
    said, words = fold(turn.written), turn.language.log_words
    begins = re.match(rf"(?:so|and|but|ok|okay|wait|hey)?[ ,]*{phrase_pattern(words.asks | words.counts)}{ENDS}", said)
    asks = "?" in said or begins is not None
    if not asks or not find_phrases(said, words.counts) or len(said.split()) > COUNTS_WORDS:
        return False
    misses.understood(turn)
    workout = dosed(turn, log.row) if log.row is not None else None
    day = log.row.day if log.row is not None else today_of(turn)
    rows: list[Row] = [[Button("my_week", ShowWeek(0))]]
    turn.say("requests/log_counts", rows, workout=workout, **dated(turn, day))
    return True


def _sets_of(log: Log, heard: Heard, understood: Understood) -> Request | None:
    """Return the sets that three figures or more are behind strength work: "calf things were 20, 20, 16"."""
    match understood:
        case Requests(all=(Request(intent=Intent.GIRTH | Intent.RAISES | Intent.WEIGHT),)):
            slots = noted_sets.sets(heard)
            several = log.kind is SessionKind.STRENGTH and len(slots.reps or ()) > SIDES
            return Request(Intent.SETS, slots) if several else None
    return None


def _efforts(log: Log, levels: Iterable[int]) -> list[Button]:
    """Return a button for each effort that rates the session of a log."""
    return [
        Button("number", RateExtra(log.extra, level) if log.extra is not None else RateEffort(
            log.row.day if log.row is not None else log.at.date(), level), {"number": level})
        for level in levels
    ]  # fmt: skip


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
            return (only.intent in TAKEN_FOR or not only.changes) and (only.slots.exercise is None or bool(scale))
    return isinstance(understood, Unrequested)


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
    if told.minutes is not None and (_is_too_long(log, told.minutes) or _is_of_others(turn, heard)):
        told = replace(told, minutes=None)
    few = len(turn.written.split()) <= FEW_WORDS and not isinstance(understood, Answer | SmallTalk | ExerciseRequest)
    return _as_amended(turn, log, told, few=few)


def _is_too_long(log: Log, minutes: int) -> bool:
    """Say whether no session of the plan takes so long: "I slept 5 hours"."""
    return log.row is not None and minutes > max(LONG, (log.row.minutes or 0) * TIMES_AS_LONG)


def _is_of_others(turn: Turn, heard: Heard) -> bool:
    """Say whether somebody else is told of, and nothing of oneself: "my neighbour ran 10 k in 50 minutes"."""
    owned = phrase_pattern(heard.words.numbers.article | turn.language.person_words.before)
    of_others = re.compile(rf"(?:{owned} )?{phrase_pattern(heard.words.wishes.others)} [^\W\d_]+")
    clauses = map(str.strip, CLAUSE_END.split(heard.said))
    return any(map(of_others.match, clauses)) and not find_phrases(heard.said, heard.goals.mine)


def _are_sets(log: Log, heard: Heard) -> bool:
    """Say whether the figures are repetitions: nothing but several of them behind a session of strength."""
    several = len(noted_sets.sets(heard).reps or ()) > 1
    return several and log.kind is SessionKind.STRENGTH and noted_sets.is_nothing_else(heard)


def _as_amended(turn: Turn, log: Log, told: Told, *, few: bool) -> Told:
    """Return the figures without those that are known already, but where the words may tell them anew."""
    correction = correction_of(turn.written, turn.language.correction_words)
    surely = correction is not None and correction.sureness is Sureness.SURE
    recent = turn.now - log.at <= AMENDED
    if told.effort is not None and not log.is_open:
        anew = few or correction is not None or told.surely or _is_lone(turn)
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
    if not log.is_open or len(said.split()) > RATING_WORDS or find_phrases(said, besides):
        return False
    if isinstance(understood, Requests) and understood.all[0].intent not in RATING:
        return False
    level = next((figure for listed, figure in zip(levels, figures, strict=True) if find_phrases(said, listed)), None)
    if level is None or turn.written.strip().endswith("?"):
        return False
    near: list[Row] = [_efforts(log, range(level - 1, min(level + 2, MOST) + 1))]
    misses.understood(turn)
    turn.say("requests/effort_in_words", near, level=level)
    turn.note_offered((Intent.DONE, Slots(effort=level, day=log.row.day if log.row is not None else None)))
    return True
