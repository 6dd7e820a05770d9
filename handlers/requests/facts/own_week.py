"""Questions about one's own week that its words make certain: when a kind of session comes, why it is so little."""

import re
from datetime import date, timedelta
from typing import Final

from coach.buttons.account import Change
from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import Resume
from coach.parsing.mentions.mention import without
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.inputs import DEFAULT_MINUTES
from coach.planning.week import PlannedWeek
from coach.planning.workouts import RECOVERY, WORKOUTS, Family, WorkoutSpec
from coach.profile import PromptKind, SessionKind, SessionStatus
from coach.reminders.local_time import local_day
from coach.requests import SHOWING, Intent, ShownItem, Slots
from content.rendering.keyboards import Button, Row
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    Requests,
    StillLearning,
    Suggest,
    Understood,
)
from db.queries import sessions
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import misses
from handlers.requests.context.likely import begins_to_ask
from handlers.requests.facts import of_past, of_week, subject
from handlers.requests.goals import answering
from handlers.requests.outcome import Step, dated
from handlers.training import next_session
from handlers.training.plan import find_planned
from handlers.training.today import today_of
from services import plans

_CLAUSE: Final = re.compile(r"[.,;!?\n]+")
WORDS: Final = 14  # at most, of a question about days that clash


def answer(turn: Turn, understood: Understood) -> bool:
    """Answer a question about one's own week that its words make certain; return whether a message is one."""
    match understood:
        case Requests(all=(only,), care=None) if only.intent in SHOWING or only.intent in {Intent.MOVE, Intent.DAYS}:
            shows = only.intent in SHOWING and only.fact is None
        case Between() | Suggest() | NoAnswer() | StillLearning() | Answer() | ExerciseRequest():
            shows = True
        case _:
            return False
    if turn.user.plan_start is None or turn.user.prompt is not None or screening.is_blocked(turn):
        return False
    if turn.user.paused(turn.now):
        answered = shows and _say_paused(turn)
    else:
        answered = _say_clash(turn) or (shows and _tell_shown(turn))
    if answered:
        misses.understood(turn)
    return answered


def _tell_shown(turn: Turn) -> bool:
    ours, said = turn.language.week_words, fold(turn.written)
    if find_phrases(said, ours.missing) and _says_no_more(turn, ours.missing, ours.how_often):
        return find_phrases(said, ours.how_often) != [] and of_past.missed(turn, Slots()) is Step.SHOWN
    if find_phrases(said, ours.what_left) and _says_no_more(turn, ours.what_left):
        return of_week.left(turn, Slots()) is Step.SHOWN
    return _say_when(turn) or _say_done(turn) or _say_why(turn)


def _say_when(turn: Turn) -> bool:
    """Say on which days of this week or the next a kind of session comes: "when do I actually sprint this week"."""
    words, ours = turn.language.reply_words, turn.language.week_words
    said, today = fold(turn.written), today_of(turn)
    asks, longest = find_phrases(said, ours.asks_when), find_phrases(said, ours.longest)
    kinds = ours.hills | ours.sprints | words.runs | words.strengths | ours.longest
    if not asks or not find_phrases(said, kinds) or not _says_no_more(turn, ours.asks_when, kinds):
        return False
    found = [(day, slug) for day, slug in next_session.ahead(turn, today) if _is_wanted(turn, WORKOUTS[slug])]
    sunday = today + timedelta(days=6 - today.weekday())
    found = [pair for pair in found if pair[0] <= sunday] or found[:1]
    if longest and found:
        found = [max(found, key=lambda pair: _minutes(turn, pair[0]))]
    if not found:
        coming = next_session.after(turn, today - timedelta(days=1), today)
        turn.say("facts/none_like_it", [[subject.week_button()]], coming=coming)
        return True
    told = [
        {**dated(turn, day), "workout": turn.language.workouts[slug], "minutes": _minutes(turn, day)}
        for day, slug in found
    ]
    turn.say("facts/when", [[subject.show_button(turn, found[0][0]), subject.week_button()]], sessions=told)
    turn.note_shown(ShownItem(session=found[0][0], workout=found[0][1]))
    return True


def _is_wanted(turn: Turn, spec: WorkoutSpec) -> bool:
    """Say whether a workout is of the kind that is asked for, the surest word first."""
    words, ours, said = turn.language.reply_words, turn.language.week_words, fold(turn.written)
    if find_phrases(said, ours.hills):
        return spec.family is Family.QUALITY and spec.slug.startswith("hill")
    if find_phrases(said, ours.sprints):
        return spec.family is Family.QUALITY
    if find_phrases(said, words.runs):
        return spec.runs
    return spec.kind is SessionKind.STRENGTH if find_phrases(said, words.strengths) else spec.slug != RECOVERY


def _minutes(turn: Turn, day: date) -> int:
    return find_planned(turn, day, today_of(turn))[1].minutes


def _says_no_more(turn: Turn, *taken: frozenset[str]) -> bool:
    """Say whether a question has no words beside these but little ones: nothing makes it one of everybody."""
    heard, words = answering.heard(turn, turn.written), turn.language.reply_words
    phrases = frozenset[str]().union(*taken)
    rest = without(heard.said, [*heard.days, *heard.weeks], " ")
    rest = without(rest, find_phrases(rest, phrases), " ")
    politeness = {word for phrase in words.yes | words.agree | words.politeness for word in phrase.split()}
    return {each.strip("'") for each in re.findall(r"[\w']+", rest)} <= turn.language.week_words.own_little | politeness


def _say_done(turn: Turn) -> bool:
    """Say how many minutes of this week are done, session by session: "how many minutes have I done this week"."""
    ours, said, today = turn.language.week_words, fold(turn.written), today_of(turn)
    asks = find_phrases(said, ours.how_long_done)
    so_far = find_phrases(said, ours.done_so_far)
    week = any(one.value.week == 0 for one in answering.heard(turn, turn.written).weeks)
    if not asks or not so_far or not week:
        return False
    monday = today - timedelta(days=today.weekday())
    rows = sessions.of_days(turn.session, turn.user, [monday + timedelta(days=each) for each in range(7)])
    done = [row for _, row in sorted(rows.items()) if row.status == SessionStatus.DONE and row.workout != RECOVERY]
    told = [{**subject.values(turn, row), "minutes": row.minutes_done} for row in done]
    total = sum(row.minutes_done or 0 for row in done)
    turn.say("facts/done_so_far", [[subject.week_button()]], sessions=told, total=total)
    return True


def _say_why(turn: Turn) -> bool:
    """Say what the week is made of, where somebody asks why it is so little."""
    words, ours = turn.language.reply_words, turn.language.week_words
    clause = next((each for each in _CLAUSE.split(fold(turn.written)) if find_phrases(each, ours.why)), "")
    little = bool(find_phrases(clause, ours.so_little))
    if not little or turn.shown_entry is not None or turn.shown_day is not None:
        return False
    rest = without(clause, find_phrases(clause, ours.why | ours.so_little | words.runs), " ")
    if not set(re.findall(r"[\w']+", rest)) <= ours.own_little:
        return False
    today = today_of(turn)
    week = plans.current_week(turn.session, turn.user, today)
    if not isinstance(week, PlannedWeek):
        return False
    training = [each for each in week.days if each.workout != RECOVERY]
    buttons: list[Row] = [
        [Button("more_days", Change(PromptKind.DAYS)), Button("change_minutes", Change(PromptKind.MINUTES))],
        [subject.week_button()],
    ]
    turn.say(
        "facts/why_so_little",
        buttons,
        sessions=len(training),
        days=len(turn.user.free_days),
        minutes=turn.user.minutes or DEFAULT_MINUTES,
        new=turn.user.experience == "new",
    )
    return True


def _say_clash(turn: Turn) -> bool:
    """Say what stands on the days that are named, where somebody asks whether anything clashes with them."""
    heard, ours, today = answering.heard(turn, turn.written), turn.language.week_words, today_of(turn)
    named = {found for one in heard.days if (found := one.value.resolve(today)) is not None and found >= today}
    planned = {day: plan for day in sorted(named) if (plan := _planned(turn, day)) is not None}
    if not _asks(turn) or not planned or not find_phrases(heard.said, ours.clashes) or len(heard.said.split()) > WORDS:
        return False
    told = [
        {**dated(turn, day), "workout": turn.language.workouts[slug], "rest": slug == RECOVERY}
        for day, slug in planned.items()
    ]
    turn.say("facts/clash", [[subject.week_button()]], days=told, clashes=any(not each["rest"] for each in told))
    return True


def _planned(turn: Turn, day: date) -> str | None:
    today = today_of(turn)
    row = plans.of_day(turn.session, turn.user, day, today)
    return row.workout if row is not None else None


def _say_paused(turn: Turn) -> bool:
    """Say that nothing is lost, where somebody asks during a pause what becomes of their sessions."""
    words, ours, said = turn.language.reply_words, turn.language.week_words, fold(turn.written)
    own = find_phrases(said, ours.own) and find_phrases(said, words.strengths | words.runs | ours.sessions)
    if not own or not _asks(turn) or not find_phrases(said, ours.what_becomes):
        return False
    until = turn.user.paused_until
    day = local_day(until, turn.user.zone or "UTC") if until is not None else None
    turn.say("facts/paused", [[Button("resume", Resume()), Button("my_week", ShowWeek(0))]], until=day)
    return True


def _asks(turn: Turn) -> bool:
    return "?" in turn.written or begins_to_ask(turn)
