"""/calf and /raises: the girth of each calf, and the heel-raise test, noted by day; a later entry corrects."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from coach.buttons.measurements import AskGoal, GirthIn, Measure, PickLegs, PlayBeat, ShowChart, TakeBack
from coach.buttons.requests import pack_slots, unpack_slots
from coach.number_goals import GoalKind
from coach.parsing.girth import bounded
from coach.parsing.measurements import (
    MONTH_DAYS,
    MOST_RAISES,
    MeasuredValue,
    MeasurementKind,
    Side,
    parse_girths,
    parse_raises,
    show_measured,
    swelled,
)
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold, plain
from coach.profile import PromptKind, Units
from coach.requests import Slots
from coach.user_errors import GirthUnitMissing, StaleButton
from content.rendering.keyboards import Button
from db.models import User
from db.queries.figures import measurements
from handlers.framework import said_messages
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import Prompt
from handlers.training.measurements import heel_raises, milestones
from handlers.training.today import today_of

Figures: TypeAlias = Mapping[Side | None, float]
"""By leg; of no leg where it is not known yet."""

AWAITS: Final = {MeasurementKind.GIRTH: PromptKind.GIRTH, MeasurementKind.RAISES: PromptKind.RAISES}
LEG_WORDS: Final = 4  # at most, of an answer that is a leg: "the left one"
MOST_PACKED: Final = 40  # characters of what was typed that a button holds
LEGS: Final[dict[str, tuple[Side, ...]]] = {
    "left": (Side.LEFT,),
    "right": (Side.RIGHT,),
    "both": (Side.LEFT, Side.RIGHT),
}


@dataclass(frozen=True)
class BareFigures:
    """Girths that may be centimetres or inches, as a button holds them."""

    typed: str


class GirthPrompt(Prompt[Figures | BareFigures]):
    """The girth of each calf; one alone is asked for its leg."""

    kind = PromptKind.GIRTH
    in_settings = False

    def read(self, turn: Turn, text: str) -> Figures | BareFigures:
        """Take girths, in the person's units where they name none; or the leg of the one that was told."""
        if (of_leg := _of_leg(turn, text)) is not None:
            return of_leg
        try:
            return parse_girths(text, turn.user.weighs_in, turn.language.vocabulary)
        except GirthUnitMissing:
            said = re.sub(r"(?<=\d),(?=\d)", ".", plain(text) or "")
            return BareFigures(re.sub(r"[^\w./]+", "_", said, flags=re.ASCII)[:MOST_PACKED])

    def take(self, turn: Turn, value: Figures | BareFigures) -> None:
        """Note them, or ask for their unit."""
        if isinstance(value, BareFigures):
            units = [
                Button("unit_cm", GirthIn(Units.KILOGRAMS, value.typed)),
                Button("unit_in", GirthIn(Units.POUNDS, value.typed)),
            ]
            turn.ask(self.kind, GirthUnitMissing.template, [units])
        else:
            _take(turn, MeasurementKind.GIRTH, value)

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_open(application, GirthIn, self._in_units, completes=True)

    def _in_units(self, turn: Turn, action: GirthIn) -> None:
        typed = action.typed.replace("_", " ")
        self.take(turn, parse_girths(typed, action.units, turn.language.vocabulary))


class RaisesPrompt(Prompt[Figures]):
    """The heel-raise test of each leg; one figure alone is asked for its leg."""

    kind = PromptKind.RAISES
    in_settings = False

    def read(self, turn: Turn, text: str) -> Figures:
        """Take repetitions; or the leg of those that were told."""
        if (of_leg := _of_leg(turn, text)) is not None:
            return of_leg
        return {side: float(count) for side, count in parse_raises(text, turn.language.vocabulary).items()}

    def take(self, turn: Turn, value: Figures) -> None:
        """Note them."""
        _take(turn, MeasurementKind.RAISES, value)


def calf(turn: Turn, words: str) -> None:
    """Take the girths behind the command, or say how to measure."""
    if words:
        GirthPrompt().answer(turn, words)
    else:
        measure(turn, Measure(MeasurementKind.GIRTH))


def raises(turn: Turn, words: str) -> None:
    """Take the repetitions behind the command, or say how the test goes."""
    if words:
        RaisesPrompt().answer(turn, words)
    else:
        measure(turn, Measure(MeasurementKind.RAISES))


def measure(turn: Turn, action: Measure) -> None:
    """Say how to measure, and wait for the figures."""
    if action.kind not in AWAITS:
        raise StaleButton
    if action.kind is MeasurementKind.RAISES and heel_raises.is_held(turn):
        heel_raises.say_held(turn)
        return
    kept = action.kind in measurements.kinds(turn.session, turn.user)
    chart = [Button("show_chart", ShowChart(action.kind))] if kept else []
    rows = [[*chart, Button("set_goal", AskGoal(GoalKind(action.kind)))]]
    if action.kind is MeasurementKind.RAISES:
        rows.insert(0, [Button("guide_beat", PlayBeat())])
    inches = turn.user.weighs_in not in {None, Units.KILOGRAMS}
    turn.ask(AWAITS[action.kind], f"measure/{action.kind}", rows, inches=inches)


def pick_legs(turn: Turn, action: PickLegs) -> None:
    """The figure is of that leg, or of both."""
    value = action.tenths / 10
    if action.kind not in AWAITS or action.legs not in LEGS or turn.user.prompt != AWAITS[action.kind]:
        raise StaleButton
    if action.kind is MeasurementKind.GIRTH:
        bounded(value)
    elif not 0 <= value <= MOST_RAISES:
        raise StaleButton
    _save(turn, action.kind, dict.fromkeys(LEGS[action.legs], value))


def take_back(turn: Turn, action: TakeBack) -> None:
    """Erase what was noted for that day."""
    if action.kind not in AWAITS or not measurements.delete_day(turn.session, turn.user, action.kind, action.day):
        raise StaleButton
    turn.reply("measure/taken_back", [[Button(f"measure_{action.kind}", Measure(action.kind))]])


def shown(user: User, kind: MeasurementKind, value: float) -> str:
    """Return a figure as the person reads it."""
    return show_measured(kind, value, user.weighs_in)


def _take(turn: Turn, kind: MeasurementKind, found: Figures) -> None:
    if None not in found:
        _save(turn, kind, {side: value for side, value in found.items() if side is not None})
        return
    tenths = round(found[None] * 10)
    legs = [Button(f"legs_{legs}", PickLegs(kind, tenths, legs)) for legs in LEGS]
    figure = shown(turn.user, kind, found[None])
    turn.ask(AWAITS[kind], "measure/which_leg", [legs], shown=figure, raises=kind is MeasurementKind.RAISES)
    turn.user.awaiting_kind = pack_slots(Slots(number=found[None]))


def _of_leg(turn: Turn, text: str) -> Figures | None:
    """Return the figure of which the leg was asked, by the legs that a text names: "both"; None where it is no leg."""
    known = unpack_slots(turn.user.awaiting_kind or "") or Slots()
    legs, said = turn.language.vocabulary.legs, fold(text)
    if known.number is None or any(map(str.isdigit, said)) or len(said.split()) > LEG_WORDS:
        return None
    sides = {side for side, words in ((Side.LEFT, legs.left), (Side.RIGHT, legs.right)) if find_phrases(said, words)}
    named = set(Side) if find_phrases(said, legs.both) else sides
    return dict.fromkeys(named, known.number) or None


def note(turn: Turn, kind: MeasurementKind, values: dict[Side, float]) -> dict[str, object]:
    """Note figures for today; return the values by which the message says so, beside what was noted before."""
    user, today, messages = turn.user, today_of(turn), turn.language.messages
    earlier = measurements.series(turn.session, user, kind)
    corrected = any(point.day == today for side in values for point in earlier.get(side, ()))
    before = {side: last for side in Side if (last := _before(earlier.get(side, ()), today)) is not None}
    measurements.log(turn.session, user, kind, values, today, turn.now)
    since = max((before[side].day for side in values if side in before), default=None)
    comparable = {side: point.value for side, point in before.items()}
    return {
        "figures": [
            (side.value, shown(user, kind, values[side]), _shown_before(user, kind, before.get(side)))
            for side in Side
            if side in values
        ],
        "raises": kind is MeasurementKind.RAISES,
        "corrected": corrected,
        "swelled": swelled(comparable, values) if kind is MeasurementKind.GIRTH else None,
        "since": messages.dated(since, messages.label("on_date")) if since else None,
        "soon": since is not None and (today - since).days < MONTH_DAYS,
    }


def _save(turn: Turn, kind: MeasurementKind, values: dict[Side, float]) -> None:
    noted = note(turn, kind, values)
    setup.leave(turn)
    taken = TakeBack(kind, today_of(turn))
    rows = [[Button("show_chart", ShowChart(kind)), Button("take_back", taken)], *setup.way_on(turn)]
    said = turn.reply("measure/logged", rows, **noted)
    if milestones.is_record(turn, kind, values):
        milestones.celebrate(said)
    if kind is MeasurementKind.RAISES:
        heel_raises.follow(turn)


def _before(points: tuple[MeasuredValue, ...] | list[MeasuredValue], today: date) -> MeasuredValue | None:
    return next((point for point in reversed(points) if point.day < today), None)


def _shown_before(user: User, kind: MeasurementKind, point: MeasuredValue | None) -> str | None:
    return shown(user, kind, point.value) if point else None


def register(application: CoachApplication) -> None:
    """Hook up the commands and their buttons."""
    on_command(application, "calf", calf)
    on_command(application, "raises", raises)
    on_button(application, Measure, measure)
    on_button(application, PickLegs, lambda turn, action: said_messages.complete(turn, lambda: pick_legs(turn, action)))
    on_button(application, TakeBack, take_back)
