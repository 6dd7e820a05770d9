"""The session that a request means which names no day: the one that is spoken of, today's, or else the next one."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.requests import unpack_slots
from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.parsing.words import NO_WORDS, Words
from coach.planning.workouts import CALVES_A, CALVES_B, HILLS, LEGS, LONG_RUN, RECOVERY, SPRINTS
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, Slots
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from content.understanding.requests.request import Request
from handlers.framework.turn import Turn
from handlers.requests.goals import answering
from handlers.requests.outcome import Outcome, Step, dated, do
from handlers.training import next_session, plan
from handlers.training.today import kept_session, today_of
from services import last_change, shown

RECENT: Final = timedelta(days=6)
NEAR: Final = timedelta(days=6)
WEEK: Final = timedelta(days=7)


def session_meant(turn: Turn) -> date | None:
    """Return the day of the session that is spoken of, else of today's, else of the next one; None where none is open.

    A session that was shown goes before one that was offered, and that before the one that was moved last.
    """
    today = today_of(turn)
    if turn.user.plan_start is None:
        return None
    for day in (turn.shown_day, _offered(turn), _moved_to(turn), today):
        if day is not None and is_open(turn, day):
            return day
    return next_day(turn)


def next_day(turn: Turn) -> date | None:
    """Return the day of the next session of this week and the next, None where there is none."""
    today = today_of(turn)
    day = next_session.next_training(turn, today)
    return day if day is not None and day - today <= NEAR else None


def is_open(turn: Turn, day: date) -> bool:
    """Say whether a session stands on a day that is still to be done, or was missed within the last days."""
    today = today_of(turn)
    if day <= today:
        row = kept_session(turn, day) if day >= today - RECENT else None
        return row is not None and row.status == SessionStatus.PLANNED and row.asks is not SessionKind.RECOVERY
    try:
        _, planned = plan.find_planned(turn, day, today)
    except StaleButton:
        return False
    return planned.open and planned.workout != RECOVERY


def of_week_before(turn: Turn, slots: Slots) -> Slots:
    """Return a skip of the missed session whose weekday was named, and not of that day of next week."""
    past = slots.day - WEEK if slots.day is not None and slots.day > today_of(turn) else None
    if past is None or slots.day is None or not is_open(turn, past):
        return slots
    said = answering.heard(turn, turn.written).said
    ours = turn.language.week_words
    missed = find_phrases(said, (ours.missing - ours.drops) | turn.language.goal_words.undone)
    return replace(slots, day=past) if missed or not is_open(turn, slots.day) else slots


def _named_session(turn: Turn, verbs: Words | None = None) -> date | None:
    """Return the day of the next session that is called by its kind, behind one of these verbs: "skip the sprints"."""
    words, today, said = turn.language.week_words, today_of(turn), fold(turn.written)
    if turn.user.plan_start is None or turn.user.paused(turn.now):
        return None
    little = rf"(?: {phrase_pattern(words.beside_verb)}{ENDS})*"
    verb = rf"{BEGINS}{phrase_pattern(verbs)}{little} " if verbs is not None else BEGINS
    for day, slug in next_session.ahead(turn, today):
        kinds = {
            SPRINTS: words.sprints, HILLS: words.hills | words.sprints, LONG_RUN: words.longest, LEGS: words.leg_days,
            CALVES_A: words.calf_days, CALVES_B: words.calf_days,
        }.get(slug, NO_WORDS) | {fold(turn.language.workouts[slug].name)}  # fmt: skip
        if day - today < WEEK and re.search(rf"{verb}{phrase_pattern(kinds)}{ENDS}", said) and is_open(turn, day):
            return day
    return None


def of_kind_named(turn: Turn) -> date | None:
    """Return the day of the next session that a message calls by its kind: "why hills"."""
    return _named_session(turn)


def of_kind(turn: Turn, only: Request) -> Request | None:
    """Return a move or a skip with the session that is called by its kind: "put the sprints on saturday"."""
    slots, ours = only.slots, turn.language.week_words
    if only.intent is Intent.SKIP:
        day = _named_session(turn, ours.drops) if slots.day is None else None
        return Request(Intent.SKIP, replace(slots, day=day)) if day is not None else None
    if slots.from_day is not None or slots.to_day is None:
        return None
    day = _named_session(turn, ours.puts | ours.may_be)
    return Request(Intent.MOVE, replace(slots, from_day=day)) if day not in {None, slots.to_day} else None


def offer_next(turn: Turn, coming: Mapping[str, object], day: date) -> Outcome:
    """Say that a day is one of rest, and offer to skip or to move the next session, which may be meant."""
    next_ = coming["day"]
    assert isinstance(next_, date)
    skip, move = (Intent.SKIP, Slots(day=next_)), (Intent.MOVE, Slots(from_day=next_))
    rows: list[Row] = [[do("request_skip", *skip), do("request_move", *move)], [Button("my_week", ShowWeek(0))]]
    turn.reply("requests/nothing_to_skip", rows, coming=coming, **dated(turn, day))
    turn.note_offered(skip, move)
    return Step.ASKED


def _offered(turn: Turn) -> date | None:
    """Return the day of what was offered just now, where all of it is about one."""
    days = {slots.from_day or slots.day for _, slots in shown.offered(turn.user, turn.now)}
    return days.pop() if len(days) == 1 else None


def _moved_to(turn: Turn) -> date | None:
    """Return the day to which a session was moved just now."""
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or change.intents != [Intent.MOVE] or turn.now - change.at > shown.KEPT:
        return None
    slots = unpack_slots(change.slots or "")
    return slots.to_day if slots is not None else None
