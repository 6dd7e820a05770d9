"""/pause and /resume: no reminders for a while."""

from datetime import timedelta
from typing import Final

from coach.actions import Pause, Resume
from coach.mistakes import OldButton
from coach.zones import to_local
from content.keyboards import Button
from db import daily
from handlers.application import Coach
from handlers.registering import on_button, on_command
from handlers.turn import Turn

DAYS: Final = (3, 7, 14, 0)


def pause(turn: Turn, _words: str) -> None:
    """Ask for how long."""
    choices = [Button(f"pause_{days}", Pause(days)) for days in DAYS]
    turn.say("pause/how_long", [choices[:2], choices[2:]])


def pause_for(turn: Turn, action: Pause) -> None:
    """Send nothing for that long."""
    if action.days not in DAYS:
        raise OldButton
    until = turn.now + timedelta(days=action.days) if action.days else None
    daily.pause(turn.session, turn.user, "asked", until, turn.now)
    turn.reply(
        "pause/paused",
        [[Button("resume", Resume())]],
        until=to_local(until, turn.user.zone or "UTC") if until else None,
    )


def resume(turn: Turn, _asked: str | Resume = "") -> None:
    """Send reminders again."""
    daily.resume(turn.session, turn.user, turn.now)
    reminder = daily.of(turn.session, turn.user)
    due = reminder.next_due_at if reminder else None
    turn.reply("pause/resumed", first=to_local(due, turn.user.zone or "UTC") if due else None)


def register(application: Coach) -> None:
    """Hook up the commands and their buttons."""
    on_command(application, "pause", pause)
    on_command(application, "resume", resume)
    on_button(application, Pause, pause_for)
    on_button(application, Resume, resume)
