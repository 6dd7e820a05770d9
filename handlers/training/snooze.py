"""Later: the reminder of a session once more, in some minutes or tonight."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from coach.buttons.session import Later, ShowSession, ShowSmall, Snooze, SnoozeFallback, SnoozeTonight
from coach.if_then import Coping
from coach.profile import SessionStatus
from coach.reminders.local_time import next_due, show_daytime, to_local
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from db import outbox
from db.models import TrainingSession
from db.outbox import Outgoing
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.training.today import dosed, find_session, is_careful, marks, show_session, today_of

SNOOZES: Final = (15, 60)  # minutes
TONIGHT: Final = time(18, 30)
LAST_SNOOZE: Final = time(21, 30)
USEFUL: Final = timedelta(hours=3)
_UNNAMED: Final = dict.fromkeys(("workout", "rounds", "obstacle", "coping"))  # what it is then is a press away


def later(turn: Turn, action: Later) -> None:
    """Ask when."""
    session = find_session(turn, action.day)
    if action.day < today_of(turn):
        show_session(turn, session)
        return
    if session.status != SessionStatus.PLANNED:
        raise StaleButton
    turn.reply("today/when", _snooze_rows(turn, action.day))


def snooze(turn: Turn, action: Snooze) -> None:
    """Remind again in some minutes; tomorrow's reminder stays where it is."""
    if action.minutes not in SNOOZES:
        raise StaleButton
    _remind_again(turn, action.day, turn.now + timedelta(minutes=action.minutes))


def snooze_tonight(turn: Turn, action: SnoozeTonight) -> None:
    """Remind again this evening."""
    _remind_again(turn, action.day, next_due(TONIGHT, turn.user.zone or "UTC", turn.now))


def snooze_fallback(turn: Turn, action: SnoozeFallback) -> None:
    """Remind again at the person's second moment."""
    at = _fallback(turn)
    if at is None:
        raise StaleButton
    _remind_again(turn, action.day, next_due(at, turn.user.zone or "UTC", turn.now), latest=at)


def _fallback(turn: Turn) -> time | None:
    """Return the day's second moment, None where the person named none."""
    return time.fromisoformat(turn.user.fallback) if turn.user.fallback else None


def _snooze_rows(turn: Turn, day: date) -> list[Row]:
    clock, fallback = to_local(turn.now, turn.user.zone or "UTC"), _fallback(turn)
    if fallback is not None and clock.time() < fallback:
        second: list[Row] = [[Button("second_moment", SnoozeFallback(day), {"time": show_daytime(fallback)})]]
    else:
        second = []
    soon = [
        Button(f"snooze_{minutes}", Snooze(day, minutes))
        for minutes in SNOOZES
        if _still_today(clock + timedelta(minutes=minutes), clock)
    ]
    tonight = [Button("tonight", SnoozeTonight(day), {"time": f"{TONIGHT:%H:%M}"})] if clock.time() < TONIGHT else []
    return [*second, [*soon, *tonight], [Button("back", ShowSession(day))]]


def _still_today(moment: datetime, now: datetime, latest: time = LAST_SNOOZE) -> bool:
    return moment.date() == now.date() and moment.time() <= latest


def _remind_again(turn: Turn, day: date, at: datetime, latest: time = LAST_SNOOZE) -> None:
    session = find_session(turn, day)
    if session.status != SessionStatus.PLANNED or day != today_of(turn):
        raise StaleButton
    zone = turn.user.zone or "UTC"
    if not _still_today(to_local(at, zone), to_local(turn.now, zone), latest):
        turn.edit_buttons(_snooze_rows(turn, day))
        turn.answer_callback("today/too_late", alert=True)
        return
    _put_again(turn, session, at)
    turn.reply("today/snoozed", [[Button("back", ShowSession(day))]], at=to_local(at, zone))


def remind_once(turn: Turn, day: date, at: datetime) -> None:
    """Remind of the session of a day at that moment, instead of one that was wished for before."""
    key = outbox.dedup_key(turn.user.id, outbox.ONCE, day)
    outbox.cancel(turn.session, key)
    once = turn.say("today/again", [[Button("show_session", ShowSession(day))]], **_UNNAMED)
    _delay(once, key, at)


def _put_again(turn: Turn, session: TrainingSession, at: datetime) -> None:
    day = session.day
    outbox.cancel(turn.session, snooze_key(turn, day))
    said = _said(turn, session)
    again = turn.say(
        "today/again",
        [*marks(turn, session), *_small(turn, said, day), [Button("show_session", ShowSession(day))]],
        workout=dosed(turn, session),
        rounds=session.rounds,
        **said,
    )
    _delay(again, snooze_key(turn, day), at)


def _delay(again: Outgoing, key: str, at: datetime) -> None:
    again.bulk, again.owner, again.once_key = True, None, key
    again.not_before, again.due_at, again.useful_until = at, at, at + USEFUL


def _said(turn: Turn, session: TrainingSession) -> dict[str, str | None]:
    """Return what the person does when something gets in the way; nothing where it hurts, or on the way back."""
    user, careful = turn.user, is_careful(turn, session)
    return {"obstacle": None if careful else user.obstacle, "coping": None if careful else user.coping}


def _small(turn: Turn, said: Mapping[str, str | None], day: date) -> list[Row]:
    """Return the way to the small session for who planned that eight minutes count."""
    counts = said["coping"] == turn.language.messages.label(f"coping_{Coping.SHORT}")
    return [[Button("small_session", ShowSmall(day))]] if counts else []


def snooze_key(turn: Turn, day: date) -> str:
    """Return the key under which the reminder of a snoozed session waits in the outbox."""
    return outbox.dedup_key(turn.user.id, outbox.SNOOZE, day)


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, Later, later)
    on_button(application, Snooze, snooze)
    on_button(application, SnoozeTonight, snooze_tonight)
    on_button(application, SnoozeFallback, snooze_fallback)
