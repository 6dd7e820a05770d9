"""/remind: every kind of reminder, on or off at its own times; and the hours in which nothing comes."""

from datetime import time
from typing import Final

from coach.buttons.actions import Change, PickTime
from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import (
    ChangeQuiet,
    ChangeReminder,
    FineWeek,
    PickQuiet,
    ShowReminder,
    ShowReminders,
    SwitchReminder,
)
from coach.parsing.time_of_day import parse_daytime, parse_quiet, parse_schedule, show_daytime
from coach.planning.inputs import Experience
from coach.profile import PromptKind
from coach.reminders.kinds import SPECS, ReminderKind
from coach.reminders.local_time import local_day, to_local
from coach.user_errors import StaleButton, TimeNotUnderstood
from content.rendering.keyboards import Button, Row
from db.models import Reminder
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import screening, setup
from services import plans, reminders

OFF: Final = frozenset({"off", "stop", "no", "never"})
ON: Final = frozenset({"on", "yes"})
QUIETS: Final = ("2200-0600", "2100-0700", "2300-0800", "0000-0000")


def remind(turn: Turn, words: str) -> None:
    """Show every kind of reminder, or do what is written behind the command: "7:30", "evening off", "quiet 22-7"."""
    setup.leave(turn)
    first, _, rest = words.partition(" ")
    named = _named(turn, first)
    if not words:
        show(turn)
    elif words.casefold() in OFF | ON:
        _switch_all(turn, on=words.casefold() in ON)
    elif _known(turn, first, "remind_quiet_words"):
        answer_quiet(turn, rest)
    elif named is not None and rest.casefold() in OFF | ON:
        switch(turn, SwitchReminder(named, int(rest.casefold() in ON)))
    elif named is not None:
        _take(turn, named, rest)
    else:
        _take(turn, ReminderKind.SESSION, words)


def answer(turn: Turn, text: str) -> None:
    """Take the times of the session's reminder: one, or several by weekday."""
    _take(turn, ReminderKind.SESSION, text)


def answer_kind(turn: Turn, text: str) -> None:
    """Take the times of the kind of reminder that was asked about."""
    _take(turn, ReminderKind(turn.user.awaiting_kind or ReminderKind.SESSION), text)


def pick_time(turn: Turn, action: PickTime) -> None:
    """Take a time from its button."""
    if turn.user.prompt is not PromptKind.TIME:
        raise StaleButton
    try:
        answer(turn, show_daytime(parse_daytime(action.hhmm)))
    except TimeNotUnderstood:
        raise StaleButton from None


def show(turn: Turn, _asked: ShowReminders | None = None) -> None:
    """Show every kind of reminder, when it comes, and what comes next; without a clock none can come."""
    if turn.user.zone is None:
        turn.reply("remind/no_zone", [[Button("change_zone", Change(PromptKind.ZONE))]])
    else:
        _show(turn)


def _show(turn: Turn) -> None:
    user, zone = turn.user, turn.user.zone or "UTC"
    stored = reminders.every(turn.session, user)
    due = reminders.next_due(turn.session, user)
    refusal = plans.refused(user, local_day(turn.now, zone))
    if ReminderKind.SESSION not in stored:
        rows: list[Row] = [
            [Button("change_time", Change(PromptKind.TIME)), Button("change_zone", Change(PromptKind.ZONE))]
        ]
    else:
        kinds = [Button(f"kind_{kind}", ShowReminder(kind)) for kind in ReminderKind if kind in stored]
        pairs = [kinds[at : at + 2] for at in range(0, len(kinds), 2)]
        rows = [*pairs, [Button("quiet_hours", ChangeQuiet()), _zone_button()]]
    if refusal in screening.ASK:
        rows.insert(0, [Button("quick_check", Change(PromptKind.CHECK), style="primary")])
    quiet = reminders.quiet(user)
    turn.reply(
        "remind/shown",
        [*rows, *setup.way_on(turn)],
        due=due,
        hard=user.experience != Experience.NEW or plans.has_hard(turn.session, user),
        refusal=refusal,
        first=due and to_local(due, zone),
        reminders=[_described(turn, kind, stored[kind]) for kind in ReminderKind if kind in stored],
        muted=[kind for kind, each in stored.items() if _muted(turn, each)],
        paused=user.paused(turn.now) and due is None,
        quiet=None if quiet.begins == quiet.ends else (show_daytime(quiet.begins), show_daytime(quiet.ends)),
    )


def show_kind(turn: Turn, action: ShowReminder) -> None:
    """Show one kind of reminder."""
    turn.close_prompt()
    reminder = reminders.of(turn.session, turn.user, action.kind)
    if reminder is None:
        raise StaleButton
    label = "reminders_off" if reminder.on else "reminders_on"
    asked = Change(PromptKind.TIME) if action.kind is ReminderKind.SESSION else ChangeReminder(action.kind)
    rows = [
        [Button(label, SwitchReminder(action.kind, int(not reminder.on))), Button("change_time", asked)],
        [Button("back", ShowReminders())],
    ]
    about = turn.language.messages.label(f"kind_{action.kind}_about")
    turn.reply("remind/kind", rows, about=about, **_described(turn, action.kind, reminder))


def switch(turn: Turn, action: SwitchReminder) -> None:
    """Turn one kind of reminder on or off."""
    if action.on not in (0, 1):
        raise StaleButton
    if turn.user.zone is None and action.on:
        setup.open_question(turn, PromptKind.ZONE)
        return
    reminder = reminders.switch(turn.session, turn.user, action.kind, on=bool(action.on), now=turn.now)
    if reminder is None and action.on:
        setup.open_question(turn, PromptKind.TIME)
    else:
        _show(turn)


def change(turn: Turn, action: ChangeReminder) -> None:
    """Ask when this kind should come."""
    reminder = reminders.of(turn.session, turn.user, action.kind)
    if reminder is None:
        raise StaleButton
    turn.ask(
        PromptKind.REMINDER,
        "remind/when",
        [[Button("back", ShowReminder(action.kind))]],
        example=turn.language.messages.label(f"kind_{action.kind}_example"),
        **_described(turn, action.kind, reminder),
    )
    turn.user.awaiting_kind = action.kind


def change_quiet(turn: Turn, _asked: ChangeQuiet) -> None:
    """Ask for the quiet hours."""
    picks = [Button("quiet_at", PickQuiet(hours), _shown_hours(hours)) for hours in QUIETS[:-1]]
    never = Button("quiet_never", PickQuiet(QUIETS[-1]))
    turn.ask(PromptKind.QUIET, "remind/quiet", [picks, [never, Button("back", ShowReminders())]])


def pick_quiet(turn: Turn, action: PickQuiet) -> None:
    """Take the quiet hours from their button."""
    if action.hours not in QUIETS:
        raise StaleButton
    begins, _, ends = action.hours.partition("-")
    _set_quiet(turn, parse_daytime(begins), parse_daytime(ends))


def answer_quiet(turn: Turn, text: str) -> None:
    """Take the quiet hours in words."""
    hours = parse_quiet(text)
    if hours is None:
        _set_quiet(turn, time(), time())
    else:
        _set_quiet(turn, *hours)


def fine(turn: Turn, _action: FineWeek) -> None:
    """Leave next week as it is planned."""
    turn.edit_buttons([[Button("next_week", ShowWeek(1))]])
    turn.answer_callback("plan/fine")


def _set_quiet(turn: Turn, begins: time, ends: time) -> None:
    turn.user.quiet_from, turn.user.quiet_to = show_daytime(begins), show_daytime(ends)
    setup.leave(turn)
    show(turn)


def _take(turn: Turn, kind: ReminderKind, text: str) -> None:
    """Remind at the times that `text` names; what names none turns this kind off."""
    reminder, one_day = reminders.of(turn.session, turn.user, kind), SPECS[kind].one_day
    kept = dict(reminders.schedule(reminder).times) if reminder and reminder.on and not one_day else None
    try:
        times = parse_schedule(text, kept)
    except TimeNotUnderstood as mistake:
        if turn.user.awaiting is None and kind is ReminderKind.SESSION:
            mistake.asked = PromptKind.TIME  # what is typed after "type it like 7:30" is a time
        raise
    if not times:
        reminders.switch(turn.session, turn.user, kind, on=False, now=turn.now)
    else:
        if one_day and len(set(times.values())) == 1 and len(times) == 7:
            times = dict.fromkeys(_weekdays(turn, kind), times[1])  # a time alone: the day stays
        reminders.set_times(turn.session, turn.user, kind, times, turn.now)
    if turn.user.zone is None and times:
        setup.open_question(turn, PromptKind.ZONE)  # the time is kept, and comes true with the clock
        return
    if kind is not ReminderKind.SESSION or not setup.answered(turn, PromptKind.TIME):
        setup.leave(turn)
        _show(turn)


def _weekdays(turn: Turn, kind: ReminderKind) -> list[int]:
    reminder = reminders.of(turn.session, turn.user, kind) or reminders.default_reminder(turn.user, kind)
    return sorted(reminders.schedule(reminder).times)


def _switch_all(turn: Turn, *, on: bool) -> None:
    """Turn every kind on or off; who never had a reminder is asked for its time."""
    if turn.user.zone is None and on:
        setup.open_question(turn, PromptKind.ZONE)
        return
    for kind in reminders.every(turn.session, turn.user):
        reminders.switch(turn.session, turn.user, kind, on=on, now=turn.now)
    if on and reminders.of(turn.session, turn.user) is None:
        setup.open_question(turn, PromptKind.TIME)
    else:
        _show(turn)


def _described(turn: Turn, kind: ReminderKind, reminder: Reminder) -> dict[str, object]:
    """Return the values by which messages show a reminder; `groups` are the weekdays of each time, and the time."""
    return {
        "kind": kind,
        "title": turn.language.messages.label(f"kind_{kind}_title"),
        "on": reminder.on,
        "monthly": SPECS[kind].monthly,
        "groups": reminders.schedule(reminder).shown,
    }


def _muted(turn: Turn, reminder: Reminder) -> bool:
    """Return true where quiet hours swallow this reminder: nobody named its time, and all of it lies in them."""
    quiet = reminders.quiet(turn.user)
    return not reminder.chosen and all(quiet.holds(at) for at, _ in reminders.schedule(reminder).groups)


def _named(turn: Turn, word: str) -> ReminderKind | None:
    """Return the kind of reminder that a word names."""
    return next((kind for kind in ReminderKind if _known(turn, word, f"kind_{kind}_words")), None)


def _known(turn: Turn, word: str, label: str) -> bool:
    return word.casefold() in turn.language.messages.label(label).split()


def _shown_hours(hours: str) -> dict[str, object]:
    return {"begins": f"{hours[:2]}:{hours[2:4]}", "ends": f"{hours[5:7]}:{hours[7:]}"}


def _zone_button() -> Button:
    return Button("change_zone", Change(PromptKind.ZONE))


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "remind", remind)
    on_button(application, PickTime, pick_time)
    on_button(application, ShowReminders, show)
    on_button(application, ShowReminder, show_kind)
    on_button(application, SwitchReminder, switch)
    on_button(application, ChangeReminder, change)
    on_button(application, ChangeQuiet, change_quiet)
    on_button(application, PickQuiet, pick_quiet)
    on_button(application, FineWeek, fine)
