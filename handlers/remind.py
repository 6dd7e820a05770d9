"""/remind: when the daily reminder comes, or that it does not."""

from typing import Final

from coach.actions import Change, PickTime, SwitchReminders
from coach.daytime import parse_daytime
from coach.mistakes import OldButton, TimeNotUnderstood
from coach.profile import Awaiting
from coach.zones import to_local
from content.keyboards import Button
from db import daily
from handlers import setup
from handlers.application import Coach
from handlers.registering import on_button, on_command
from handlers.turn import Turn

OFF: Final = frozenset({"off", "stop", "no", "never"})
ON: Final = frozenset({"on", "yes"})


def remind(turn: Turn, words: str) -> None:
    """Show when the reminder comes, or do what is written behind the command."""
    if words.casefold() in OFF | ON:
        switch(turn, SwitchReminders(int(words.casefold() in ON)))
    elif words:
        answer(turn, words)
    else:
        _show(turn)


def answer(turn: Turn, text: str) -> None:
    """Take a time of day."""
    at = parse_daytime(text)
    if turn.user.zone is None:
        setup.open_question(turn, Awaiting.ZONE)
        return
    daily.set_time(turn.session, turn.user, at, turn.now)
    if not setup.answered(turn, Awaiting.TIME):
        _show(turn)


def pick_time(turn: Turn, action: PickTime) -> None:
    """Take a time from its button."""
    if turn.user.asked is not Awaiting.TIME:
        raise OldButton
    try:
        answer(turn, action.hhmm)
    except TimeNotUnderstood:
        raise OldButton from None


def switch(turn: Turn, action: SwitchReminders) -> None:
    """Turn the reminder on or off."""
    if turn.user.zone is None:
        setup.open_question(turn, Awaiting.ZONE)
        return
    reminder = daily.switch(turn.session, turn.user, on=bool(action.on), now=turn.now)
    if reminder is None and action.on:
        setup.open_question(turn, Awaiting.TIME)
    else:
        _show(turn)


def _show(turn: Turn) -> None:
    reminder = daily.of(turn.session, turn.user)
    due = reminder.next_due_at if reminder else None
    change = [Button("change_time", Change(Awaiting.TIME)), Button("change_zone", Change(Awaiting.ZONE))]
    on = Button("reminders_off", SwitchReminders(0)) if due else Button("reminders_on", SwitchReminders(1))
    if turn.user.zone is None:
        turn.reply("remind/no_zone", [[Button("change_zone", Change(Awaiting.ZONE))]])
    else:
        shown = {"local_time": reminder.local_time if reminder else None, "zone": turn.user.zone}
        turn.reply("remind/shown", [change, [on]], due=due, first=due and to_local(due, turn.user.zone), **shown)


def register(application: Coach) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "remind", remind)
    on_button(application, PickTime, pick_time)
    on_button(application, SwitchReminders, switch)
