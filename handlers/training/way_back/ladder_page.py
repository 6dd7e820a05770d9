"""/return: the way back after a strain or a break, its beginning, where somebody stands on it, and leaving it."""

from typing import Final

from coach.buttons.measurements import Measure
from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import PauseBecause
from coach.buttons.session import ShowToday
from coach.buttons.way_back import BeginWayBack, LeaveWayBack, ReadWayBack, ShowWayBack
from coach.parsing.measurements import MeasurementKind
from coach.planning.inputs import PauseReason
from coach.planning.way_back.ladder import ORDER, BackReason, BackStep, Standing
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import screening, setup
from handlers.training.guide.halt import halt
from handlers.training.today import today_of
from services import plans, way_back

SOURCES: Final = ("green-2022", "bayer-2017", "green-pizzari-2017")


def show(turn: Turn, _asked: str | ShowWayBack = "") -> None:
    """Show the ladder with its criteria: where the person stands on it, or how it begins."""
    setup.leave(turn)
    if not _may(turn):
        return
    standing = plans.standing(turn.session, turn.user, today_of(turn))
    rows: list[Row] = [[Button(f"back_after_{reason}", ReadWayBack(reason)) for reason in BackReason]]
    if standing is not None:
        tests = [Button("measure_raises", Measure(MeasurementKind.RAISES))] if standing.step is BackStep.HILLS else []
        rows = [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))], tests, [_leave()]]
    turn.reply("way_back/shown", rows, **_values(turn, standing))


def read_first(turn: Turn, action: ReadWayBack) -> None:
    """Say what must be looked at first, and offer to begin."""
    if not _may(turn):
        return
    rests = [Button("rest_first", PauseBecause(PauseReason.INJURED))] if action.reason is BackReason.STRAIN else []
    rows = [[Button("begin_way_back", BeginWayBack(action.reason), style="primary")], rests, [_back()]]
    turn.reply("way_back/before", rows, reason=action.reason.value)


def begin(turn: Turn, action: BeginWayBack) -> None:
    """Stand on the first step; who stands on it already stays."""
    if not _may(turn):
        return
    if turn.user.way_back_since is None:
        way_back.begin(turn.session, turn.user, action.reason, turn.now)
        halt(turn)  # what it counted into is no longer the plan
    turn.reply(
        "way_back/begun", [[Button("today", ShowToday()), Button("my_week", ShowWeek(0))], [_back()]],
        reason=action.reason.value,
    )  # fmt: skip


def leave(turn: Turn, _action: LeaveWayBack) -> None:
    """Go on with the ordinary plan."""
    if turn.user.way_back_since is None:
        raise StaleButton
    way_back.leave(turn.session, turn.user)
    plans.renew(turn.session, turn.user, today_of(turn))
    turn.reply("way_back/left", [[Button("my_week", ShowWeek(0)), _back()]])


def _back() -> Button:
    return Button("way_back", ShowWayBack())


def _leave() -> Button:
    return Button("leave_way_back", LeaveWayBack())


def _may(turn: Turn) -> bool:
    """Say whether there may be a plan; where not, say why."""
    if screening.is_blocked(turn):
        screening.say_blocked(turn)
        return False
    refusal = plans.refused(turn.user, today_of(turn))
    if refusal is not None:
        screening.instead_of_a_plan(turn, refusal)
    return refusal is None


def _values(turn: Turn, standing: Standing | None) -> dict[str, object]:
    last = ORDER.index(BackStep.JOG) if standing is not None and not standing.runs else len(ORDER) - 1
    now = ORDER.index(standing.step) if standing is not None else -1
    return {
        "steps": [step.value for step in ORDER[: last + 1]],
        "now": now,
        "passed": standing.passed if standing is not None else 0,
        "passes": standing.passes if standing is not None else 0,
        "hilly": standing.hilly if standing is not None else True,
        "sources": [turn.language.sources[key].citation for key in SOURCES if key in turn.language.sources],
    }


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "return", show)
    on_button(application, ShowWayBack, show)
    on_button(application, ReadWayBack, read_first)
    on_button(application, BeginWayBack, begin)
    on_button(application, LeaveWayBack, leave)
