"""Requests for a pause and its end."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import PauseUntil, Resume
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.pause_end import MAX_PAUSE_DAYS
from coach.planning.inputs import PauseReason
from coach.profile import SkipReason
from coach.requests import Intent, Slots
from coach.user_errors import PauseOver, PauseTooLong
from content.rendering.keyboards import Button, Row
from content.understanding.requests.request import Request
from content.understanding.requests.slots.days import away_from
from content.understanding.requests.slots.readers import read_slots
from content.understanding.smalltalk.sentences import grieves
from handlers.account import pause as pausing
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests.goals import answering
from handlers.requests.outcome import Changed, Outcome, Step, dated, do, sure
from handlers.requests.training.session_meant import is_open
from handlers.training.today import today_of

STRETCHES: Final = (3, 7)  # days of a pause
_STORED: Final = {"holiday": PauseReason.TRAVEL}  # as the contract of requests says it


def pause(turn: Turn, slots: Slots) -> Outcome:
    """Pause until a day; without an end only once that is confirmed."""
    if screening.is_blocked(turn):
        screening.say_blocked(turn)
        return Step.ASKED
    today = today_of(turn)
    begins = away_from(answering.heard(turn, turn.written)) if turn.written else None
    to_do = is_open(turn, today) if begins is not None else False
    if begins is not None and begins > today + timedelta(days=0 if to_do else 1) and slots.until is not None:
        return _say_later(turn, begins, slots)
    if slots.until is None:
        return _ask_until(turn, slots.reason, today)
    if slots.until <= today:
        raise PauseOver(day=slots.until)
    if (slots.until - today).days > MAX_PAUSE_DAYS:
        raise PauseTooLong(most=MAX_PAUSE_DAYS)
    return _paused(turn, slots)


def rest_ordered(turn: Turn) -> Request | None:
    """Return the pause for which somebody may not train: "I can walk 10 minutes, but no workouts for 3 weeks"."""
    heard = answering.heard(turn, turn.written)
    ordered = find_phrases(heard.said, turn.language.week_words.no_training)
    rest = answering.heard(turn, heard.said[ordered[0].start :]) if ordered and "?" not in turn.written else None
    slots = read_slots(Intent.PAUSE, rest) if rest is not None else Slots()
    return Request(Intent.PAUSE, slots) if slots.until is not None and slots.until > heard.today else None


def tells_of_absence(turn: Turn) -> bool:
    """Say whether somebody is away from one day to another, and moves nothing: "travelling thursday to saturday"."""
    heard = answering.heard(turn, turn.written)
    holiday = heard.words.requests.pause.get("holiday", frozenset())
    away = find_phrases(heard.said, holiday | turn.language.week_words.is_away)
    moves = find_phrases(heard.said, heard.goals.moving | turn.language.week_words.puts | turn.language.reply_words.it)
    moves = moves or find_phrases(heard.said, heard.words.requests.training)
    to = phrase_pattern(heard.words.days.through)
    ranges = [re.fullmatch(rf" ?{to} (?:the )?|-", heard.said[a.end : b.start]) for a, b in pairwise(heard.days)]
    return bool(away) and not moves and any(ranges)


def skip_meant(turn: Turn, pause: Slots) -> Request | None:
    """Return the skip of the one day on which there is no training, which is no pause: "no run on sunday this week"."""
    heard, today = answering.heard(turn, turn.written), today_of(turn)
    days = heard.named_dates
    day = days.pop() if len(days) == 1 else None
    slots = read_slots(Intent.SKIP, heard)
    tired = day == today and pause.until is None and slots.reason == SkipReason.TIRED
    spared = find_phrases(heard.said, heard.words.requests.training) and pause.until is not None
    rest = bool(spared) and day is not None and day > today and pause.until not in {day, day + timedelta(days=1), None}
    if day is None or not (tired or rest) or not is_open(turn, day) or _breaks(turn, heard.said, ends=rest):
        return None
    return Request(Intent.SKIP, replace(slots, day=day))


def _breaks(turn: Turn, said: str, *, ends: bool) -> bool:
    """Say whether a message names a pause, an end of one or an absence."""
    words = turn.language
    until = words.goal_words.until if ends else frozenset[str]()
    return bool(find_phrases(said, words.week_words.breaks | words.week_words.is_away | until))


def _say_later(turn: Turn, begins: date, slots: Slots) -> Outcome:
    """Say that a pause begins at once, and offer one until that day: the days before it are still to be trained on."""
    now = do("pause_now", Intent.PAUSE, slots)
    values = {"begins": dated(turn, begins), "until": dated(turn, slots.until or begins)}
    turn.reply("requests/pause_later", [[now, Button("my_week", ShowWeek(0))]], **values)
    return Step.ASKED


def pause_confirmed(turn: Turn, slots: Slots) -> Outcome:
    """Pause without an end."""
    if screening.is_blocked(turn):
        screening.say_blocked(turn)
        return Step.ASKED
    return _paused(turn, slots)


def resume(turn: Turn, _slots: Slots) -> Outcome:
    """End the pause; after a red flag only once somebody who can judge it has said that training is fine."""
    if screening.is_blocked(turn):
        pausing.resume(turn)
        return Step.ASKED
    if not turn.user.paused(turn.now):
        turn.reply("requests/not_paused", [[Button("my_week", ShowWeek(0))]])
        return Step.SHOWN
    hurt = pausing.was_injured(turn)
    values = pausing.end(turn)
    return Changed("pause/resumed", values, rows=[[Button("my_week", ShowWeek(0))], pausing.back_rows(hurt=hurt)])


def _paused(turn: Turn, slots: Slots) -> Outcome:
    values = pausing.stop(turn, _reason(slots.reason), slots.until) | {"grieves": grieves(turn.written, turn.language)}
    return Changed("pause/paused", values, Button("change", PauseUntil()), [[Button("resume", Resume())]])


def _reason(said: str | None) -> str:
    reason = _STORED.get(said or "", said)
    return reason if reason in pausing.REASONS else pausing.ASKED


def _ask_until(turn: Turn, reason: str | None, today: date) -> Outcome:
    rows: list[Row] = [
        [sure("pause_open", Intent.PAUSE, Slots(reason=reason))],
        [
            do(f"pause_{days}", Intent.PAUSE, Slots(until=today + timedelta(days=days), reason=reason))
            for days in STRETCHES
        ]
        + [Button("pause_until", PauseUntil())],
    ]
    turn.reply("requests/pause_open", rows, reason=_reason(reason), grieves=grieves(turn.written, turn.language))
    return Step.ASKED
