"""Requests about lasting answers: goals, days, minutes, equipment and the clock are confirmed first; units are not."""

from collections.abc import Collection
from datetime import time
from typing import Final

from coach.buttons.account import Change, Dismiss
from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import MoveZone, ShowReminders
from coach.buttons.requests import ConfirmRequest
from coach.planning.inputs import DEFAULT_MINUTES, EVERY_WEEKDAY, Equipment
from coach.profile import Goal, PromptKind, Units
from coach.reminders.kinds import ReminderKind
from coach.reminders.local_time import city_of, local_day, show_daytime, to_local
from coach.requests import Intent, Slots
from coach.user_errors import MinutesNotUnderstood
from content.rendering.keyboards import Button, Row
from content.understanding.requests.slots.readers import read_slots
from content.understanding.requests.slots.weekdays import adds_days, leaves_days_out
from handlers.account import remind as reminding
from handlers.framework.turn import Turn
from handlers.prompts.durations import LEAST_MINUTES, MOST_MINUTES, MinutesPrompt
from handlers.prompts.goals import GoalsPrompt
from handlers.prompts.profile import DaysPrompt, EquipmentPrompt
from handlers.prompts.prompt import AnyPrompt, StoredPrompt, V
from handlers.prompts.zone import ZonePrompt
from handlers.requests.goals import answering
from handlers.requests.outcome import Changed, Outcome, Step, dated, sure
from handlers.requests.single_reminders import remind_once
from handlers.requests.training import one_week, short_days
from handlers.training.today import today_of
from services import plans, reminders

_EVERY_DAY: Final = range(1, 8)


def units(turn: Turn, slots: Slots) -> Outcome:
    """Weigh in other units from now on."""
    if slots.units not in set(Units):
        turn.open_prompt(PromptKind.UNITS)
        return Step.ASKED
    if turn.user.units == slots.units:
        other = Units.KILOGRAMS if turn.user.units != Units.KILOGRAMS else Units.POUNDS
        rows: list[Row] = [[Button("change", Change(PromptKind.UNITS))]]
        turn.reply("requests/units", rows, units=slots.units, same=True, other=other.value)
        turn.note_offered((Intent.UNITS, Slots(units=other.value)))
        return Step.SHOWN
    turn.user.units = Units(slots.units)
    return Changed(
        "requests/units",
        {"units": slots.units, "same": False, "other": None},
        Button("change", Change(PromptKind.UNITS)),
    )


def goals(turn: Turn, slots: Slots) -> Outcome:
    """Ask whether the goals are to be these."""
    wanted = _goals(turn, slots)
    if not wanted or not (slots.add or slots.remove):
        turn.open_prompt(PromptKind.GOALS)
        return Step.ASKED
    return _ask(
        turn, Intent.GOALS, Slots(add=slots.add, remove=slots.remove), GoalsPrompt(), wanted, turn.user.goal_set
    )


def goals_confirmed(turn: Turn, slots: Slots) -> Outcome:
    """Keep these goals, and plan the week anew."""
    wanted = _goals(turn, slots)
    if not wanted:
        turn.open_prompt(PromptKind.GOALS)
        return Step.ASKED
    GoalsPrompt().store(turn, wanted)
    plans.renew(turn.session, turn.user, today_of(turn))
    return Changed("goals/saved", GoalsPrompt().stored(turn), Button("change", Change(PromptKind.GOALS)), _WEEK)


def days(turn: Turn, slots: Slots) -> Outcome:
    """Ask whether those are to be the days for training; those of one week alone are taken at once."""
    if not slots.days or not slots.days <= EVERY_WEEKDAY:
        turn.open_prompt(PromptKind.DAYS)
        return Step.ASKED
    if slots.week is not None:
        return one_week.on_days(turn, slots.days, slots.week)
    now = set(map(int, turn.user.free_days))
    heard = answering.heard(turn, turn.written)
    said = bool(turn.written) and read_slots(Intent.DAYS, heard).days == slots.days  # and not what stood open before
    wanted = slots.days | now if said and adds_days(heard) else slots.days
    if said and now & slots.days and leaves_days_out(heard, slots.days):
        wanted = slots.days & now
    return _ask(turn, Intent.DAYS, Slots(days=frozenset(wanted)), DaysPrompt(), wanted, now)


def days_confirmed(turn: Turn, slots: Slots) -> Outcome:
    """Keep these days, and plan the week anew."""
    if not slots.days or not slots.days <= EVERY_WEEKDAY:
        turn.open_prompt(PromptKind.DAYS)
        return Step.ASKED
    return _planned_anew(turn, DaysPrompt(), slots.days)


def minutes(turn: Turn, slots: Slots) -> Outcome:
    """Ask whether a session may take so long; that of one day alone is shortened at once.

    Raises MinutesNotUnderstood where none can.
    """
    if slots.minutes is None:
        turn.open_prompt(PromptKind.MINUTES)
        return Step.ASKED
    if slots.day is not None:
        return short_days.shorten(turn, slots.day, slots.minutes)
    if not LEAST_MINUTES <= slots.minutes <= MOST_MINUTES:
        raise MinutesNotUnderstood
    return _ask(
        turn,
        Intent.MINUTES,
        Slots(minutes=slots.minutes),
        MinutesPrompt(),
        slots.minutes,
        turn.user.minutes or DEFAULT_MINUTES,
    )


def minutes_confirmed(turn: Turn, slots: Slots) -> Outcome:
    """Keep these minutes, and plan the week anew. Raises MinutesNotUnderstood where no session takes so long."""
    if slots.minutes is None or not LEAST_MINUTES <= slots.minutes <= MOST_MINUTES:
        raise MinutesNotUnderstood
    return _planned_anew(turn, MinutesPrompt(), slots.minutes)


def equipment(turn: Turn, slots: Slots) -> Outcome:
    """Ask whether that is what there is to train with."""
    if not (slots.add or slots.remove):
        turn.open_prompt(PromptKind.EQUIPMENT)
        return Step.ASKED
    had = None if turn.user.equipment is None else set(turn.user.equipment)
    return _ask(
        turn,
        Intent.EQUIPMENT,
        Slots(add=slots.add, remove=slots.remove),
        EquipmentPrompt(),
        _equipment(turn, slots),
        had,
    )


def equipment_confirmed(turn: Turn, slots: Slots) -> Outcome:
    """Keep this equipment, and plan the week anew."""
    return _planned_anew(turn, EquipmentPrompt(), _equipment(turn, slots))


def zone(turn: Turn, slots: Slots) -> Outcome:
    """Ask whether the reminders follow the clock of that place. Raises CityNotFound."""
    if slots.place is None:
        turn.open_prompt(PromptKind.ZONE)
        return Step.ASKED
    found = ZonePrompt().read(turn, slots.place.replace("_", " "))
    if not isinstance(found, str) or turn.user.zone is None or reminders.of(turn.session, turn.user) is not None:
        if found == turn.user.zone:
            turn.reply(
                "requests/zone", [[Button("reminders", ShowReminders())]], **_clock(turn, turn.user.zone), same=True
            )
            return Step.SHOWN
        ZonePrompt().take(turn, found)
        return Step.ASKED
    rows = [[Button("yes_change", MoveZone(found), style="primary"), Button("keep_it_so", Dismiss())]]
    turn.reply("requests/zone", rows, **_clock(turn, found), same=found == turn.user.zone)
    turn.let_words_answer(MoveZone(found), Dismiss())
    return Step.ASKED


def remind(turn: Turn, slots: Slots) -> Outcome:
    """Remind at that time every day, or once on a day; turn reminders on or off; say when they come."""
    if slots.at is not None and slots.day is not None:
        return remind_once(turn, slots.day, slots.at)
    if slots.at is not None:
        return _remind_at(turn, slots.at)
    if slots.switch is None:
        reminding.show(turn)
        turn.note_offered((Intent.REMIND, Slots()))  # "make it 11"
        return Step.SHOWN
    on = slots.switch == "on"
    kinds = reminders.every(turn.session, turn.user)
    if on and (turn.user.zone is None or ReminderKind.SESSION not in kinds):
        turn.open_prompt(PromptKind.ZONE if turn.user.zone is None else PromptKind.TIME)
        return Step.ASKED
    for kind in kinds:
        reminders.switch(turn.session, turn.user, kind, on=on, now=turn.now)
    return Changed("requests/reminders", _due(turn) | {"on": on, "at": None}, Button("change", ShowReminders()))


def _remind_at(turn: Turn, at: time) -> Outcome:
    reminders.set_times(turn.session, turn.user, ReminderKind.SESSION, dict.fromkeys(_EVERY_DAY, at), turn.now)
    values = _due(turn, ReminderKind.SESSION) | {"on": True, "at": show_daytime(at)}
    if turn.user.zone is None:
        turn.open_prompt(PromptKind.ZONE)  # the time is kept, and comes true with the clock
    return Changed("requests/reminders", values, Button("change", ShowReminders()))


def _due(turn: Turn, kind: ReminderKind | None = None) -> dict[str, object]:
    """Return when the next reminder of a kind comes, the next of any without one."""
    user, every = turn.user, reminders.every(turn.session, turn.user)
    due = every[kind].next_due_at if kind is not None else reminders.next_due(turn.session, user)
    return {
        "due": due,
        "first": to_local(due, user.zone or "UTC") if due else None,
        "paused": user.paused(turn.now),
        "zone": user.zone,
    }


def _clock(turn: Turn, zone: str) -> dict[str, object]:
    return {"city": city_of(zone), "clock": to_local(turn.now, zone)}


def _goals(turn: Turn, slots: Slots) -> list[Goal]:
    wanted = (turn.user.goal_set | (slots.add or frozenset())) - (slots.remove or frozenset())
    return [goal for goal in Goal if goal in wanted]


def _equipment(turn: Turn, slots: Slots) -> list[Equipment]:
    has = (frozenset(turn.user.equipment or ()) | (slots.add or frozenset())) - (slots.remove or frozenset())
    return [thing for thing in Equipment if thing in has]


_WEEK: Final = [[Button("my_week", ShowWeek(0))]]


def _ask(
    turn: Turn, intent: Intent, slots: Slots, prompt: AnyPrompt, wanted: Collection[object] | int, now: object
) -> Outcome:
    """Show what was understood and what stands now, and ask with one button; say so where it stands already."""
    same = wanted == now if isinstance(wanted, int) else now is not None and set(wanted) == now
    rows = [[sure("yes_change", intent, slots), Button("keep_it_so", Dismiss())]]
    shown = wanted if isinstance(wanted, int) else sorted(map(_shown, wanted))
    stands = turn.language.messages.fragment(f"setup/{prompt.kind}", part="summary", **prompt.stored(turn))
    turn.reply(
        "requests/lasting",
        _WEEK if same else rows,
        kind=prompt.kind,
        wanted=shown,
        same=same,
        stands=stands.strip(),
        ends=dated(turn, end) if (end := answering.end_named(turn)) is not None else None,
    )
    if not same:
        turn.let_words_answer(ConfirmRequest.of(intent, slots), Dismiss())
    return Step.SHOWN if same else Step.ASKED


def _shown(value: object) -> str:
    return str(value)


def _planned_anew(turn: Turn, prompt: StoredPrompt[V], value: V) -> Outcome:
    """Keep a lasting answer, plan the week anew, and say what was noted."""
    prompt.store(turn, value)
    plans.renew(turn.session, turn.user, local_day(turn.now, turn.user.zone or "UTC"))
    noted = turn.language.messages.fragment(f"setup/{prompt.kind}", part="saved", **prompt.stored(turn))
    return Changed("profile/saved", {"noted": noted.strip()}, Button("change", Change(prompt.kind)), _WEEK)
