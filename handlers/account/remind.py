"""/remind: every kind of reminder, on or off at its own times; and the hours in which nothing comes."""

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Final

from coach.buttons.account import Change
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
from coach.parsing.time_of_day import parse_daytime, parse_quiet, parse_schedule
from coach.planning.inputs import Experience
from coach.profile import PromptKind
from coach.reminders.kinds import SPECS, ReminderKind
from coach.reminders.local_time import local_day, show_daytime, to_local
from coach.user_errors import StaleButton, TimeNotUnderstood
from content.rendering.keyboards import Button, Row
from db.models import Reminder
from db.queries import sessions
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import screening, setup
from handlers.prompts.prompt import Prompt, StoredPrompt
from services import plans, reminders

QUIETS: Final = ("2200-0600", "2100-0700", "2300-0800", "0000-0000")


class ReminderPrompt(Prompt[dict[int, time]]):
    """The times of the kind of reminder that the person looks at, by ISO weekday; none turns it off."""

    kind = PromptKind.REMINDER
    in_settings = False

    def read(self, turn: Turn, text: str) -> dict[int, time]:
        """Take one time, or several by weekday."""
        return read_times(turn, self._asked(turn), text)

    def take(self, turn: Turn, value: dict[int, time]) -> None:
        """Keep them, and ask for the clock where it is not known."""
        take_times(turn, self._asked(turn), value)

    @staticmethod
    def _asked(turn: Turn) -> ReminderKind:
        return ReminderKind(turn.user.awaiting_kind or ReminderKind.SESSION)


class QuietHoursPrompt(StoredPrompt[tuple[time, time] | None]):
    """The hours in which nothing comes by itself, from and to; None for none."""

    kind = PromptKind.QUIET
    in_settings = False

    def read(self, turn: Turn, text: str) -> tuple[time, time] | None:
        """Take the quiet hours in words."""
        return parse_quiet(text, turn.language.vocabulary)

    def store(self, turn: Turn, value: tuple[time, time] | None) -> None:
        """Keep them."""
        begins, ends = value or (time(), time())
        turn.user.quiet_from, turn.user.quiet_to = show_daytime(begins), show_daytime(ends)

    def saved(self, turn: Turn, value: tuple[time, time] | None) -> None:
        """Show every reminder."""
        show(turn)


def remind(turn: Turn, words: str) -> None:
    """Show every kind of reminder, or do what is written behind the command: "7:30", "evening off", "quiet 22-7"."""
    setup.leave(turn)
    if words:
        asked_for(turn, words)()
    else:
        show(turn)


def asked_for(turn: Turn, words: str) -> Callable[[], None]:
    """Return what the words behind the command ask for; nothing changes yet. Raises UserError where it is nothing."""
    known, (first, _, rest) = turn.language.vocabulary.schedule, words.partition(" ")
    switches, named = known.turn_off | known.turn_on, _named(turn, first)
    if words.casefold() in switches:
        return partial(_switch_all, turn, on=words.casefold() in known.turn_on)
    if first.casefold() in known.quiet:
        return partial(QuietHoursPrompt().take, turn, parse_quiet(rest, turn.language.vocabulary))
    if named is not None and rest.casefold() in switches:
        return partial(switch, turn, SwitchReminder(named, int(rest.casefold() in known.turn_on)))
    kind, text = (named, rest) if named is not None else (ReminderKind.SESSION, words)
    return partial(take_times, turn, kind, read_times(turn, kind, text))


def turn_off(turn: Turn, _words: str = "") -> None:
    """Turn every reminder off."""
    setup.leave(turn)
    _switch_all(turn, on=False)


def show(turn: Turn, _asked: ShowReminders | None = None) -> None:
    """Show every kind of reminder, when it comes, and what comes next; without a clock none can come."""
    if turn.user.zone is None:
        turn.reply("remind/no_zone", [[Button("change_zone", Change(PromptKind.ZONE))]])
    else:
        show_kinds(turn)


def show_kinds(turn: Turn) -> None:
    """Show every kind of reminder to somebody whose clock is known, or who has none yet."""
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
        hard=user.experience != Experience.NEW or sessions.has_hard(turn.session, user),
        refusal=refusal,
        first=due and to_local(due, zone),
        days_off=(local_day(due, zone) - local_day(turn.now, zone)).days if due else 0,
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
        turn.open_prompt(PromptKind.ZONE)
        return
    reminder = reminders.switch(turn.session, turn.user, action.kind, on=bool(action.on), now=turn.now)
    if reminder is None and action.on:
        turn.open_prompt(PromptKind.TIME)
    else:
        show_kinds(turn)


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
    words = turn.language.vocabulary
    QuietHoursPrompt().take(turn, (parse_daytime(begins, words), parse_daytime(ends, words)))


def fine(turn: Turn, _action: FineWeek) -> None:
    """Leave next week as it is planned."""
    turn.edit_buttons([[Button("next_week", ShowWeek(1))]])
    turn.answer_callback("plan/fine")


def read_times(turn: Turn, kind: ReminderKind, text: str) -> dict[int, time]:
    """Return the times that `text` names for this kind, by ISO weekday. Raises TimeNotUnderstood."""
    reminder, one_day = reminders.of(turn.session, turn.user, kind), SPECS[kind].one_day
    kept = dict(reminders.schedule(reminder).times) if reminder and reminder.on and not one_day else None
    try:
        return parse_schedule(text, turn.language.vocabulary, kept)
    except TimeNotUnderstood as mistake:
        if turn.user.awaiting is None and kind is ReminderKind.SESSION:
            mistake.asked = PromptKind.TIME  # what is typed after "type it like 7:30" is a time
        raise


def take_times(turn: Turn, kind: ReminderKind, times: dict[int, time]) -> None:
    """Remind at these times; none turns this kind off."""
    if not times:
        reminders.switch(turn.session, turn.user, kind, on=False, now=turn.now)
    else:
        if SPECS[kind].one_day and len(set(times.values())) == 1 and len(times) == 7:
            times = dict.fromkeys(_weekdays(turn, kind), times[1])  # a time alone: the day stays
        reminders.set_times(turn.session, turn.user, kind, times, turn.now)
    if turn.user.zone is None and times:
        turn.open_prompt(PromptKind.ZONE)  # the times are kept, and come true with the clock
    elif kind is not ReminderKind.SESSION or not turn.advance_setup(PromptKind.TIME):
        setup.leave(turn)
        show_kinds(turn)


def _weekdays(turn: Turn, kind: ReminderKind) -> list[int]:
    reminder = reminders.of(turn.session, turn.user, kind) or reminders.default_reminder(turn.user, kind)
    return sorted(reminders.schedule(reminder).times)


def _switch_all(turn: Turn, *, on: bool) -> None:
    """Turn every kind on or off; who never had a reminder is asked for its time."""
    if turn.user.zone is None and on:
        turn.open_prompt(PromptKind.ZONE)
        return
    for kind in reminders.every(turn.session, turn.user):
        reminders.switch(turn.session, turn.user, kind, on=on, now=turn.now)
    if on and reminders.of(turn.session, turn.user) is None:
        turn.open_prompt(PromptKind.TIME)
    else:
        show_kinds(turn)


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
    kinds = turn.language.vocabulary.schedule.kinds
    return next((kind for kind, words in kinds.items() if word.casefold() in words), None)


def _shown_hours(hours: str) -> dict[str, object]:
    return {"begins": f"{hours[:2]}:{hours[2:4]}", "ends": f"{hours[5:7]}:{hours[7:]}"}


def _zone_button() -> Button:
    return Button("change_zone", Change(PromptKind.ZONE))


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "remind", remind)
    on_button(application, ShowReminders, show)
    on_button(application, ShowReminder, show_kind)
    on_button(application, SwitchReminder, switch)
    on_button(application, ChangeReminder, change)
    on_button(application, ChangeQuiet, change_quiet)
    on_button(application, PickQuiet, pick_quiet)
    on_button(application, FineWeek, fine)
