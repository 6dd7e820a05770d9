"""A guide that runs in the chat, as a message: its template, its buttons and its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from coach.buttons.guide import LogGuided, LogOwn, SteerGuide
from coach.buttons.session import ShowSession, ShowToday
from coach.guide.live import Run, Steer
from coach.guide.steps import Move, Step
from content.library import Language
from content.rendering.keyboards import Button, Row

_WISHES: Final[Mapping[Steer, str]] = {
    Steer.PAUSE: "live_pause",
    Steer.GO_ON: "live_go-on",
    Steer.NEXT: "live_next",
    Steer.STOP: "live_stop",
}
_MOVES: Final[Mapping[Move, str]] = {
    Move.WARM_UP: "live_move_warm-up",
    Move.SPRINT: "live_move_sprint",
    Move.UPHILL: "live_move_uphill",
    Move.JOG: "live_move_jog",
    Move.RUN: "live_move_run",
    Move.WALK: "live_move_walk",
    Move.GENTLE: "live_move_gentle",
    Move.HARD: "live_move_hard",
    Move.EASY: "live_move_easy",
    Move.SET: "live_move_set",
    Move.REST: "live_move_rest",
    Move.TEST: "live_move_test",
    Move.COOL_DOWN: "live_move_cool-down",
}
"""Labels of buttons, and of what is done in a step."""


@dataclass(frozen=True)
class LiveMessage:
    """A message to render."""

    template: str
    rows: list[Row]
    values: dict[str, Any]


def running(language: Language, guide: int, title: str, run: Run, now: datetime, stops_at: int) -> LiveMessage:
    """Return the message of a guide that runs: the step, which of how many, what is left of it and what follows.

    `stops_at` is the pain of 10 at which it is to end.
    """
    step, following = run.step, run.following
    steer = [Steer.GO_ON if run.paused_at is not None else Steer.PAUSE, Steer.NEXT, Steer.STOP]
    return LiveMessage(
        "guide/live",
        [[Button(_WISHES[wish], SteerGuide(wish, guide)) for wish in steer]],
        {
            "title": title,
            "step": step,
            "name": _name(language, step),
            "following": following,
            "following_name": _name(language, following),
            "left": run.left(now),
            "paused": run.paused_at is not None,
            "stops_at": stops_at,
        },
    )


def ended(guide: int, guide_title: str, day: date | None, run: Run, now: datetime, *, logs: bool) -> LiveMessage:
    """Return the message of a guide that is over; with `logs` it asks how hard it was, and logs it by that.

    `day` is that of its session, None for intervals of the person's own.
    """
    rows: list[Row] = []
    if logs:
        efforts = [
            Button("number", LogOwn(guide, effort) if day is None else LogGuided(day, effort), {"number": effort})
            for effort in range(1, 11)
        ]
        rows = [efforts[:5], efforts[5:]]
    rows.append([Button("show_session", ShowSession(day))] if day is not None else [Button("today", ShowToday())])
    values = {
        "title": guide_title,
        "own": day is None,
        "logs": logs,
        "rounds": run.rounds,
        "rounds_done": run.rounds_done,
        "minutes": round(run.active_s(now) / 60),
        "whole": run.is_over and not run.skipped_s,
    }
    return LiveMessage("guide/ended", rows, values)


def _name(language: Language, step: Step | None) -> str:
    """Return what is done in a step."""
    if step is None:
        return ""
    exercise = language.exercises.get(step.exercise) if step.exercise else None
    return exercise.name if exercise is not None else language.messages.label(_MOVES[step.move])
