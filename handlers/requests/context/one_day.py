"""Requests for one day or one week alone: a reminder once, less time, something lighter, other days."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final, Literal

from coach.buttons.plan import ShowDay, SwapFor
from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.planning.workouts import RECOVERY, WORKOUTS, Family
from coach.requests import Intent, Slots
from coach.user_errors import StaleButton
from content.library import SearchResult
from content.rendering.keyboards import Button, Row, Titled
from content.understanding.meanings import Answer, Between, NoAnswer, Requests, Suggest, Understood
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from content.understanding.requests.slots.weekdays import lists_days
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.questions import misses
from handlers.requests import requesting, single_reminders
from handlers.requests.goals import answering
from handlers.requests.outcome import dated, do
from handlers.requests.training import skipped_moves
from handlers.requests.training.session_meant import session_meant
from handlers.training import next_session, plan
from handlers.training.today import today_of

AHEAD: Final = timedelta(days=13)
REMIND_FROM: Final = 0.1  # of a message that names a time for once: what else it may want has none
LIKELY_FROM: Final = 0.3  # of a message or a part of it that is not sure by itself, and names its day
LIGHTER: Final = frozenset({Family.EASY, Family.REST})
"""Families of workouts that a person may have instead for a day."""


def take(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do or offer what a message wants for one day or one week alone; return whether it wants such a thing."""
    match understood:
        case Requests(all=(Request(intent=Intent.EASIER),), care=None):
            day = named_day(turn) or _next_day(turn) or _of_it(turn)
            return _shorter(turn, day, found) or lighter(turn, day)
        case Requests(all=(Request(intent=Intent.MINUTES, slots=Slots(minutes=None)),), care=None) if _of_it(turn):
            return lighter(turn, _of_it(turn))
        case (
            Requests(all=(Request(intent=Intent.DONE, slots=Slots(effort=None)) as only,), care=None)
            | Requests(all=(Request(intent=Intent.SHOW_DAY | Intent.MOVE) as only,), care=None)
        ):
            # "sunday's on saturday instead, this week only" moves one session
            both = only.slots.from_day is not None and only.slots.to_day is not None
            moves = both and not lists_days(answering.heard(turn, turn.written))
            other_days = only.intent is not Intent.DONE and not moves and _on_days_of_week(turn, found)
            return other_days or (_limits_one_day(turn, only.intent) and _shorter_or_shown(turn, only, found))
        case Requests(all=every) if (meant := _all_for_once(turn, every, found)) != every:
            requesting.carry_out(turn, replace(understood, all=meant), found)
            return True
        case Between() | Suggest() | NoAnswer() | Answer() if not (found.in_context and isinstance(understood, Answer)):
            return _unsure(turn, understood, found)
    # "tonight at 8 please, just this once"
    skips = isinstance(understood, Requests) and [each.intent for each in understood.all] == [Intent.SKIP]
    return skips and _unsure_reminder(turn, found)


def _shorter_or_shown(turn: Turn, only: Request, found: SearchResult) -> bool:
    """Shorten the session of a day; where none is to be done any more, show the day, for nothing was done by that."""
    shorter = _shorter(turn, named_day(turn), found)
    if not shorter and only.intent is Intent.DONE:
        requesting.carry_out(turn, Requests((Request(Intent.SHOW_DAY, Slots(day=named_day(turn))),)), found)
    return shorter or only.intent is Intent.DONE


def _all_for_once(turn: Turn, every: tuple[Request, ...], found: SearchResult) -> tuple[Request, ...]:
    """Return requests with the days for which alone they are meant, and with the minutes of that day beside a reminder.

    "Make today 20 minutes and remind me at 7pm, just today".
    """
    meant = tuple(_for_once(turn, each) for each in every)
    if [each.intent for each in meant] != [Intent.REMIND] or _odds(Intent.MINUTES, found) < LIKELY_FROM:
        return meant
    day, heard = meant[0].slots.day, answering.heard(turn, turn.written)
    minutes = read_slots(Intent.MINUTES, heard).minutes if heard.durations else None
    beside = Request(Intent.MINUTES, Slots(day=day, minutes=minutes))
    return (beside, *meant) if minutes is not None and _open_workout(turn, day) is not None else meant


def _for_once(turn: Turn, request: Request) -> Request:
    """Return a request with the day or the week for which alone it is meant; as it is where it lasts."""
    slots, on_again = request.slots, find_phrases(fold(turn.written), turn.language.week_words.on_again)
    match request:
        case Request(intent=Intent.REMIND) if slots.at is not None and slots.day is None and not on_again:
            return Request(Intent.REMIND, reminded_once(turn, slots.at) or single_reminders.of_today(turn, slots))
        case Request(intent=Intent.MINUTES) if slots.minutes is not None and slots.day is None:
            return Request(Intent.MINUTES, replace(slots, day=_day_of_minutes(turn)))
        case Request(intent=Intent.DAYS) if slots.days and slots.week is None:
            return Request(Intent.DAYS, replace(slots, week=week_meant(turn)))
    return request


def week_meant(turn: Turn) -> Literal["this", "next"] | None:
    """Return the one week for which something is wished, None where it is to last."""
    if find_phrases(fold(turn.written), turn.language.reply_words.for_good):
        return None
    return read_slots(Intent.SHOW_WEEK, answering.heard(turn, turn.written)).week


def _unsure(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Offer what a message that is not sure by itself likely wants for the day that it names, or for "it"."""
    if _on_days_of_week(turn, found) or _unsure_reminder(turn, found):
        return True
    minutes = _odds(Intent.MINUTES, found) >= LIKELY_FROM and bool(answering.heard(turn, turn.written).durations)
    day = named_day(turn) or (_day_of_minutes(turn) if minutes else None)  # "20 min, just this once"
    if day is None and not isinstance(understood, Answer):
        return lighter(turn, _of_it(turn))
    if day is None or "?" in turn.written:
        return False
    easier, shorter = _odds(Intent.EASIER, found), _odds(Intent.MINUTES, found)
    return (shorter >= LIKELY_FROM and _shorter(turn, day, found)) or (easier >= LIKELY_FROM and lighter(turn, day))


def _on_days_of_week(turn: Turn, found: SearchResult) -> bool:
    """Train on the days that are named of one week: "only tuesday works next week", "this week make it thu and sat"."""
    heard, words = answering.heard(turn, turn.written), turn.language.goal_words
    moving = words.moving - heard.words.days.instead
    lists = lists_days(heard) and (_odds(Intent.DAYS, found) >= LIKELY_FROM or not find_phrases(heard.said, moving))
    week = week_meant(turn) if "?" not in turn.written and (_says_only(turn) or lists) else None
    days = read_slots(Intent.DAYS, heard).days if week is not None else None
    if week is None or not days:
        return False
    requesting.carry_out(turn, Requests((Request(Intent.DAYS, Slots(week=week, days=days)),)), found)
    return True


def _unsure_reminder(turn: Turn, found: SearchResult) -> bool:
    """Remind at the time that a message wants for once: "tonight at 8 please, just this once"."""
    at = read_slots(Intent.REMIND, answering.heard(turn, turn.written)).at
    once = find_phrases(fold(turn.written), turn.language.reply_words.for_now) or _says_again(turn)
    slots = reminded_once(turn, at) if at is not None and once and "?" not in turn.written else None
    if slots is None or _odds(Intent.REMIND, found) < REMIND_FROM:
        return False
    requesting.carry_out(turn, Requests((Request(Intent.REMIND, slots),)), found)
    return True


def names_today(turn: Turn) -> bool:
    """Say whether today is the only day that a message names."""
    return _only_named_day(turn) == today_of(turn)


def reminded_once(turn: Turn, at: time) -> Slots | None:
    """Return the day and the time at which alone a reminder is to come, None where it is to come every day.

    A bare hour that is over today is the one of the afternoon: "ping me again at 5".
    """
    if _only_named_day(turn) in {None, today_of(turn)}:
        at = single_reminders.still_to_come(turn, today_of(turn), at)
    day = _day_of_reminder(turn, at)
    return Slots(day=day, at=at) if day is not None else None


def at_another_time(turn: Turn, before: Slots, said: Slots) -> Slots:
    """Return a reminder at another time, for once where it was so; a bare hour stays in the half of the day."""
    at = said.at
    if before.day is not None and before.at is not None and at is not None and single_reminders.is_bare(turn, at):
        at = single_reminders.in_half_of(at, before.at)
    return Slots(at=at, day=before.day)


def _day_of_reminder(turn: Turn, at: time) -> date | None:
    """Return the day on which alone a reminder is to come at that time, None where it is to come every day.

    A message says that it is for once, or names one day to come; the day by which something ends is none.
    """
    said, words, today = fold(turn.written), turn.language.reply_words, today_of(turn)
    if find_phrases(said, words.for_good):
        return None
    day = _only_named_day(turn) or _day_beside(turn, at)
    once = bool(find_phrases(said, words.for_now)) or _says_again(turn)
    if day is not None:
        named = today <= day <= today + AHEAD and answering.end_named(turn) is None
        return day if named and (once or day > today or single_reminders.why_not(turn, day, at) is None) else None
    if not once:
        return None
    return today if single_reminders.why_not(turn, today, at) != "over" else today + timedelta(days=1)


def _day_beside(turn: Turn, at: time) -> date | None:
    """Return the day that stands in one clause with a time, where several are: "skip tue, ping me at 9 on thu"."""
    for clause in CLAUSE_END.split(turn.written):
        heard = answering.heard(turn, clause)
        if len(heard.days) == 1 and read_slots(Intent.REMIND, heard).at == at:
            return heard.days[0].value.resolve(heard.today)
    return None


def _says_again(turn: Turn) -> bool:
    """Say whether a reminder is wished for once more: "ping me again at 5"."""
    return bool(find_phrases(fold(turn.written), turn.language.reply_words.once_more))


def _day_of_minutes(turn: Turn) -> date | None:
    """Return the day whose session alone is to take so long: the only one that is named, or where it is for once."""
    day, said, words = named_day(turn), fold(turn.written), turn.language
    if day is not None or find_phrases(said, words.reply_words.for_good):
        return day
    if not find_phrases(said, words.reply_words.for_now | words.reply_words.after_all):
        return None
    skipped = skipped_moves.skipped_just_now(turn)  # it is done after all, in fewer minutes
    return skipped.day if skipped is not None and skipped.day == today_of(turn) else session_meant(turn)


def _says_only(turn: Turn) -> bool:
    """Say whether a message names no more than what it has: "just 15 min this wednesday"."""
    return bool(find_phrases(fold(turn.written), turn.language.goal_words.alone))


def _limits_one_day(turn: Turn, intent: Intent) -> bool:
    """Say whether minutes that there are on a day are named, and nothing that was done: "25 min only. today"."""
    if intent is Intent.DONE:
        told = find_phrases(fold(turn.written), turn.language.goal_words.told)
        return names_today(turn) and _says_only(turn) and not told
    return intent is not Intent.MOVE or _says_only(turn)


def named_day(turn: Turn) -> date | None:
    """Return the only day that is named, of the next two weeks; today where a message says that it is for now."""
    if find_phrases(fold(turn.written), turn.language.reply_words.for_good):
        return None
    day, today = _only_named_day(turn), today_of(turn)
    return day if day is not None and today <= day <= today + AHEAD else None


def _only_named_day(turn: Turn) -> date | None:
    """Return the day that is named where it is the only one, and no weekday of every week: "on thursdays"."""
    heard = answering.heard(turn, turn.written)
    words = heard.words.days
    every_week = {f"{name}{words.plural}" for name in words.names}
    if any(heard.said[one.start : one.end].split()[-1] in every_week for one in heard.days):
        return None
    days = heard.named_dates
    return days.pop() if len(days) == 1 else None


def _next_day(turn: Turn) -> date | None:
    """Return the day of the next session where a message names that: "make the next one lighter"."""
    named = find_phrases(fold(turn.written), turn.language.reply_words.next_one) and turn.user.plan_start is not None
    return next_session.next_training(turn, today_of(turn)) if named else None


def _of_it(turn: Turn) -> date | None:
    """Return the day of the session that is to be less, which is named by nothing but "it": "make it smaller"."""
    return session_meant(turn) if find_phrases(fold(turn.written), turn.language.reply_words.dial_down) else None


def _odds(intent: Intent, found: SearchResult) -> float:
    parts = [found.intents.whole, *found.intents.parts] if found.intents is not None else []
    return max((dict(part.intents).get(intent, 0) for part in parts), default=0)


def _shorter(turn: Turn, day: date | None, found: SearchResult) -> bool:
    """Shorten a day's session where there is less time on that day; return whether there is."""
    minutes = read_slots(Intent.MINUTES, answering.heard(turn, turn.written)).minutes
    if day is None or minutes is None or _open_workout(turn, day) is None:
        return False
    requesting.carry_out(turn, Requests((Request(Intent.MINUTES, Slots(day=day, minutes=minutes)),)), found)
    return True


def lighter(turn: Turn, day: date | None) -> bool:
    """Offer what is lighter than a day's session, for that day alone; return whether that can be offered."""
    workout = _open_workout(turn, day)
    if day is None or workout is None:
        return False
    names, today = turn.language.workouts, today_of(turn)
    easy = [slug for slug in names if slug in WORKOUTS and WORKOUTS[slug].family in LIGHTER and slug != workout]
    choices = [Titled(names[slug].name, SwapFor(day, slug)) for slug in easy if plan.fits(turn, day, slug, today)]
    rows: list[Row] = [choices[first : first + 2] for first in range(0, len(choices), 2)]
    whole = [do("whole_plan_lighter", Intent.EASIER, Slots())]
    _offer(turn, "requests/lighter_day", day, workout, [*rows, whole], choices=len(choices))
    return True


def _open_workout(turn: Turn, day: date | None) -> str | None:
    """Return the workout of a day that is still to come or to do; None where there is none, or rest."""
    if day is None or turn.user.plan_start is None or screening.is_blocked(turn) or turn.user.paused(turn.now):
        return None
    try:
        _, planned = plan.find_planned(turn, day, today_of(turn))
    except StaleButton:
        return None
    return planned.workout if planned.open and planned.workout != RECOVERY else None


def _offer(turn: Turn, template: str, day: date, workout: str, rows: list[Row], **values: object) -> None:
    misses.understood(turn)
    move, skip = (Intent.MOVE, Slots(from_day=day)), (Intent.SKIP, Slots(day=day))
    ways = [[do("request_move", *move), do("request_skip", *skip)], [Button("show_session", ShowDay(day))]]
    turn.say(template, [*rows, *ways], workout=turn.language.workouts[workout], **values, **dated(turn, day))
    turn.note_offered(move, skip)
