"""Questions about days of one's own plan: what is on several, why two in a row, when a pause ends, how far a day is.

Each is answered where its words leave no doubt, and nothing is changed.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import Resume
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.week import Why
from coach.planning.workouts import RECOVERY, WORKOUTS
from coach.profile import SessionStatus
from coach.reminders.local_time import local_day
from coach.requests import SHOWING, Intent, ShownItem, Slots
from content.rendering.keyboards import Button
from content.understanding.meanings import Answer, Understood
from content.understanding.requests.slots.readers import read_slots
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests import showing
from handlers.requests.context import feasibility
from handlers.requests.facts import clauses, of_past, subject
from handlers.requests.goals import answering
from handlers.requests.outcome import Step
from handlers.requests.training import plan_changes
from handlers.requests.training.session_meant import is_open
from handlers.training import blocks
from handlers.training.today import today_of
from services import last_change, plans, shown

FAR: Final = timedelta(days=13)
SEVERAL: Final = range(2, 5)  # days that are asked for at once
DAY: Final = timedelta(days=1)
MOVED: Final = frozenset({Why.CHOSEN, Why.MOVED})
"""Reasons of a session that somebody put on its day, or that was put there because it was missed."""

ON_DAYS: Final = frozenset({*SHOWING, Intent.DAYS})
OF_DAY: Final = frozenset({Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.MOVE, Intent.DAYS, Intent.SHOW_WEEK})
BACK: Final = frozenset({*SHOWING, Intent.RESUME, Intent.REMIND, Intent.EVENT, Intent.PAUSE})


def tell_when_back(turn: Turn, intent: Intent | None) -> bool:
    """Say when a pause ends, where a paused person asks for it: "what date does it start back up"."""
    ours = turn.language.week_words
    held = screening.is_blocked(turn)
    clause = clauses.asking(turn, ours.asks_when_back) if held or turn.user.paused(turn.now) else None
    if (
        clause is None
        or intent not in {None, *BACK}
        or not clauses.says_no_more(turn, clause, ours.asks_when_back, little=ours.asks_when_back)
    ):
        return False
    if held:
        screening.say_blocked(turn)
        return True
    until = turn.user.paused_until
    day = local_day(until, turn.user.zone or "UTC") if until is not None else None
    turn.say("facts/back_on", [[Button("resume", Resume()), Button("my_week", ShowWeek(0))]], until=day)
    return True


def tell_how_far(turn: Turn, intent: Intent | None) -> bool:
    """Tell the weeks until the event or the goal that was set just now: "how many weeks is that"."""
    ours = turn.language.week_words
    clause = clauses.asking(turn, ours.how_far_off)
    if clause is None or intent not in {None, *SHOWING, Intent.EVENT, Intent.TARGET}:
        return False
    change = last_change.last(turn.session, turn.user, turn.now)
    recent = change is not None and turn.now - change.at <= shown.KEPT
    if change is None or not recent or not clauses.says_no_more(turn, clause, ours.how_far_off):
        return False
    if change.intents != [Intent.EVENT] or not blocks.is_ahead(turn):
        return feasibility.tell(turn)
    blocks.show(turn)
    return True


def tell_neighbours(turn: Turn, understood: Understood) -> bool:
    """Say why two sessions stand on neighbouring days: "why two days in a row"."""
    ours, today = turn.language.week_words, today_of(turn)
    clause = clauses.asking(turn, ours.in_a_row)
    back = find_phrases(fold(turn.written), turn.language.reply_words.put_back)
    asks = clause is not None and not back and (find_phrases(clause, ours.why) or clauses.is_question(turn))
    if clause is None or not asks or isinstance(understood, Answer) or not _is_usable(turn):
        return False
    if not clauses.says_no_more(turn, clause, ours.in_a_row, ours.why, ours.sessions):
        return False
    named = {found for one in answering.heard(turn, clause).days if (found := one.value.resolve(today)) is not None}
    of = named or ({turn.shown_day} if turn.shown_day is not None else set())
    pairs = list(_neighbours(turn))
    pairs = [pair for pair in pairs if of & {each.day for each in pair}] or pairs
    values = [{**subject.values(turn, each), "moved": each.why in MOVED} for pair in pairs[:1] for each in pair]
    apart = [pair for pair in pairs[:1] if all(WORKOUTS[each.workout].spaced for each in pair)]
    turn.say("facts/in_a_row", [[subject.week_button()]], sessions=values, apart=bool(apart))
    if pairs:
        turn.note_shown(ShownItem(session=pairs[0][1].day, workout=pairs[0][1].workout))
    return True


def tell_several(turn: Turn, intent: Intent | None) -> bool:
    """Say what is on several days: "what about Saturday and Sunday, both on?"."""
    ours, today, said = turn.language.week_words, today_of(turn), fold(turn.written)
    named = {found for one in answering.heard(turn, said).days if (found := one.value.resolve(today)) is not None}
    if find_phrases(said, ours.weekend):
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        named |= {saturday, saturday + DAY}
    days = [day for day in sorted(named) if today <= day <= today + FAR]
    asks = clauses.is_question(turn) and intent in {None, *ON_DAYS}
    if len(days) not in SEVERAL or not asks or not _is_usable(turn):
        return False
    if not clauses.says_no_more(turn, said, ours.weekend, ours.on_days, ours.sessions, little=ours.on_days):
        return False
    planned = {day: row for day in days if (row := plans.of_day(turn.session, turn.user, day, today)) is not None}
    told = [
        {**subject.values(turn, row), "rest": row.workout == RECOVERY, "status": row.status, "day": day}
        for day, row in planned.items()
    ]
    if len(told) < len(days):
        return False
    turn.say("facts/on_days", [[subject.week_button()]], days=told)
    turn.note_offered(*((Intent.SHOW_DAY, Slots(day=day)) for day in planned))
    return True


def show_days(turn: Turn, intent: Intent | None) -> bool:
    """Show the week where somebody asks for the days that they have: "which days do I have now"."""
    ours = turn.language.week_words
    clause = clauses.asking(turn, ours.asks_days)
    if clause is None or intent not in {None, *ON_DAYS} or not _is_usable(turn):
        return False
    start = find_phrases(clause, ours.asks_days)[-1].start  # what stands before says why
    if not clauses.says_no_more(turn, clause[start:], ours.asks_days, ours.sessions):
        return False
    week = read_slots(Intent.SHOW_WEEK, answering.heard(turn, clause)).week
    return showing.show_week(turn, Slots(week=week)) is Step.SHOWN


def show_planned(turn: Turn, intent: Intent | None) -> bool:
    """Show the day that is to be as it is planned, or of which is asked what it is: "ok so tomorrow as normal"."""
    ours, today = turn.language.week_words, today_of(turn)
    phrases = ours.as_planned | ours.is_what
    clause = clauses.asking(turn, phrases)
    more = clauses.asking(turn, turn.language.person_words.allowed)  # "and can I do it on the treadmill?"
    if clause is None or more is not None or intent not in {None, *OF_DAY} or not _is_usable(turn):
        return False
    days = answering.heard(turn, clause).named_dates
    day = days.pop() if len(days) == 1 else None
    if day is None or not today <= day <= today + FAR:
        return False
    if not clauses.says_no_more(turn, clause, phrases, ours.sessions):
        return False
    return showing.show_day(turn, Slots(day=day)) is Step.SHOWN


def tell_any_hour(turn: Turn, intent: Intent | None) -> bool:
    """Say that today's session can be done at any hour, where somebody asks for one: "can I do it tonight instead?"."""
    ours, today = turn.language.week_words, today_of(turn)
    clause = clauses.asking(turn, ours.later_today, beside=turn.language.person_words.allowed)
    allowed, it = turn.language.person_words.allowed, turn.language.reply_words.it
    if clause is None or intent not in {None, Intent.SHOW_DAY, Intent.MOVE, Intent.START} or not _is_usable(turn):
        return False
    days = answering.heard(turn, clause).named_dates
    wishes = find_phrases(clause, allowed | ours.suits) or clauses.says_no_more(turn, turn.written, ours.later_today)
    wishes = wishes or intent is Intent.MOVE
    days |= answering.heard(turn, turn.written).named_dates
    if not wishes or not clauses.is_question(turn) or not days <= {today} or not is_open(turn, today):
        return False
    if not clauses.says_no_more(turn, clause, ours.later_today, allowed, ours.sessions, it, little=ours.may_little):
        return False
    plan_changes.move(turn, Slots(from_day=today, to_day=today))
    return True


def tell_missed(turn: Turn, intent: Intent | None) -> bool:
    """Say what was missed, and that nothing need be made up, or what became of the streak: "do I have to catch up?"."""
    ours, streaks = turn.language.week_words, turn.language.reply_words.streaks
    clause = clauses.asking(turn, ours.catch_up | streaks)
    if clause is None or intent not in {None, *SHOWING, Intent.SKIP, Intent.UNDO} or not _is_usable(turn):
        return False
    taken = (ours.catch_up, streaks, ours.missing, ours.sessions, ours.what_becomes)
    alone = clauses.says_no_more(turn, clause, *taken, little=ours.doubt)
    if not alone or turn.shown_entry is not None or not clauses.is_question(turn):
        return False
    if find_phrases(clause, streaks):
        return showing.show_progress(turn, Slots()) is Step.SHOWN
    return of_past.missed(turn, Slots()) is Step.SHOWN


def _is_usable(turn: Turn) -> bool:
    return not turn.user.paused(turn.now) and not screening.is_blocked(turn)


def _neighbours(turn: Turn) -> Iterator[tuple[TrainingSession, TrainingSession]]:
    """Yield the sessions of this week and the next that stand on days running, those that are over left out."""
    today = today_of(turn)
    first = today - DAY
    days = [first + timedelta(days=each) for each in range(7 - today.weekday() + 1)]
    rows = {day: row for day in days if (row := plans.of_day(turn.session, turn.user, day, today)) is not None}
    trains = {
        day: row
        for day, row in rows.items()
        if row.workout != RECOVERY
        and row.status != SessionStatus.SKIPPED
        and (day >= today or row.status == SessionStatus.DONE)
    }
    return ((row, trains[day + DAY]) for day, row in sorted(trains.items()) if day + DAY in trains)
