"""/calf and /raises: the girth of each calf, and the heel-raise test, noted by day; a later entry corrects."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from coach.buttons.measurements import GirthIn, Measure, PickLegs, ShowChart, TakeBack
from coach.parsing.girth import bounded, show_girth
from coach.parsing.measurements import (
    MONTH_DAYS,
    MOST_RAISES,
    MeasuredValue,
    MeasurementKind,
    Side,
    parse_girths,
    parse_raises,
    swelled,
)
from coach.parsing.normalise import plain
from coach.profile import PromptKind, Units
from coach.user_errors import GirthUnitMissing, StaleButton
from content.rendering.keyboards import Button
from db.models import User
from db.queries import measurements
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.training.today import today_of

AWAITS: Final = {MeasurementKind.GIRTH: PromptKind.GIRTH, MeasurementKind.RAISES: PromptKind.RAISES}
MOST_PACKED: Final = 40  # characters of what was typed that a button holds
LEGS: Final[dict[str, tuple[Side, ...]]] = {
    "left": (Side.LEFT,),
    "right": (Side.RIGHT,),
    "both": (Side.LEFT, Side.RIGHT),
}


def calf(turn: Turn, words: str) -> None:
    """Take the girths behind the command, or say how to measure."""
    if words:
        answer_girth(turn, words)
    else:
        measure(turn, Measure(MeasurementKind.GIRTH))


def raises(turn: Turn, words: str) -> None:
    """Take the repetitions behind the command, or say how the test goes."""
    if words:
        answer_raises(turn, words)
    else:
        measure(turn, Measure(MeasurementKind.RAISES))


def measure(turn: Turn, action: Measure) -> None:
    """Say how to measure, and wait for the figures."""
    if action.kind not in AWAITS:
        raise StaleButton
    kept = action.kind in measurements.kinds(turn.session, turn.user)
    rows = [[Button("show_chart", ShowChart(action.kind))]] if kept else []
    inches = turn.user.weighs_in not in {None, Units.KILOGRAMS}
    turn.ask(AWAITS[action.kind], f"measure/{action.kind}", rows, inches=inches)


def answer_girth(turn: Turn, text: str) -> None:
    """Take girths; one alone is asked for its leg, and what may be centimetres or inches for its unit."""
    try:
        found = parse_girths(text, turn.user.weighs_in, turn.language.vocabulary)
    except GirthUnitMissing:
        said = re.sub(r"(?<=\d),(?=\d)", ".", plain(text) or "")
        typed = re.sub(r"[^\w./]+", "_", said, flags=re.ASCII)[:MOST_PACKED]
        units = [
            Button("unit_cm", GirthIn(Units.KILOGRAMS, typed)),
            Button("unit_in", GirthIn(Units.POUNDS, typed)),
        ]
        turn.ask(PromptKind.GIRTH, GirthUnitMissing.template, [units])
        return
    _take(turn, MeasurementKind.GIRTH, found)


def girth_in(turn: Turn, action: GirthIn) -> None:
    """Take the girths that were typed, in these units."""
    if turn.user.prompt is not PromptKind.GIRTH:
        raise StaleButton
    typed = action.typed.replace("_", " ")
    _take(turn, MeasurementKind.GIRTH, parse_girths(typed, action.units, turn.language.vocabulary))


def answer_raises(turn: Turn, text: str) -> None:
    """Take repetitions; one figure alone is asked for its leg."""
    counts = parse_raises(text, turn.language.vocabulary)
    found: dict[Side | None, float] = {side: float(count) for side, count in counts.items()}
    _take(turn, MeasurementKind.RAISES, found)


def pick_legs(turn: Turn, action: PickLegs) -> None:
    """The figure is of that leg, or of both."""
    value = action.tenths / 10
    if action.kind not in AWAITS or action.legs not in LEGS or turn.user.prompt is not AWAITS[action.kind]:
        raise StaleButton
    if action.kind is MeasurementKind.GIRTH:
        bounded(value)
    elif not 0 <= value <= MOST_RAISES:
        raise StaleButton
    _save(turn, action.kind, dict.fromkeys(LEGS[action.legs], value))


def take_back(turn: Turn, action: TakeBack) -> None:
    """Erase what was noted for that day."""
    if action.kind not in AWAITS or not measurements.take_back(turn.session, turn.user, action.kind, action.day):
        raise StaleButton
    turn.reply("measure/taken_back", [[Button(f"measure_{action.kind}", Measure(action.kind))]])


def shown(user: User, kind: MeasurementKind, value: float) -> str:
    """Return a figure as the person reads it."""
    return show_girth(value, user.weighs_in or Units.KILOGRAMS) if kind is MeasurementKind.GIRTH else f"{value:g}"


def _take(turn: Turn, kind: MeasurementKind, found: Mapping[Side | None, float]) -> None:
    if None not in found:
        _save(turn, kind, {side: value for side, value in found.items() if side is not None})
        return
    tenths = round(found[None] * 10)
    legs = [Button(f"legs_{legs}", PickLegs(kind, tenths, legs)) for legs in LEGS]
    turn.ask(AWAITS[kind], "measure/which_leg", [legs], shown=shown(turn.user, kind, found[None]))


def _save(turn: Turn, kind: MeasurementKind, values: dict[Side, float]) -> None:
    user, today, messages = turn.user, today_of(turn), turn.language.messages
    earlier = measurements.points(turn.session, user, kind)
    corrected = any(point.day == today for side in values for point in earlier.get(side, ()))
    before = {side: last for side in Side if (last := _before(earlier.get(side, ()), today)) is not None}
    measurements.log(turn.session, user, kind, values, today, turn.now)
    setup.leave(turn)
    since = max((before[side].day for side in values if side in before), default=None)
    comparable = {side: point.value for side, point in before.items()}
    turn.reply(
        "measure/logged",
        [[Button("show_chart", ShowChart(kind)), Button("take_back", TakeBack(kind, today))], *setup.way_on(turn)],
        figures=[
            (side.value, shown(user, kind, values[side]), _shown_before(user, kind, before.get(side)))
            for side in Side
            if side in values
        ],
        corrected=corrected,
        swelled=swelled(comparable, values) if kind is MeasurementKind.GIRTH else None,
        since=messages.dated(since, messages.label("on_date")) if since else None,
        soon=since is not None and (today - since).days < MONTH_DAYS,
    )


def _before(points: tuple[MeasuredValue, ...] | list[MeasuredValue], today: date) -> MeasuredValue | None:
    return next((point for point in reversed(points) if point.day < today), None)


def _shown_before(user: User, kind: MeasurementKind, point: MeasuredValue | None) -> str | None:
    return shown(user, kind, point.value) if point else None


def register(application: CoachApplication) -> None:
    """Hook up the commands and their buttons."""
    on_command(application, "calf", calf)
    on_command(application, "raises", raises)
    on_button(application, Measure, measure)
    on_button(application, PickLegs, pick_legs)
    on_button(application, GirthIn, girth_in)
    on_button(application, TakeBack, take_back)
