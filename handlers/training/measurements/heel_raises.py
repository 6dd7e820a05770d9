"""The heel-raise test: its beat to hear, and its result as a picture: left and right, their error, what is typical."""

from typing import Any, Final

from coach.buttons.measurements import AskDecade, PickDecade, PickSex, PlayBeat, ShowChart, TakeBack
from coach.buttons.session import ShowToday
from coach.heel_raises import ERROR, SOURCE, Decade, Sex, is_noise, is_offered, typical
from coach.parsing.measurements import MeasurementKind, Side
from coach.planning.inputs import PauseReason
from coach.user_errors import StaleButton
from content.guide.wish import beat_of_test
from content.rendering.keyboards import Button, Row
from db.queries import due_reminders
from db.queries.figures import measurements
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training.today import today_of

DECADES: Final = {
    Decade.TWENTIES: "decade_20", Decade.THIRTIES: "decade_30", Decade.FORTIES: "decade_40",
    Decade.FIFTIES: "decade_50", Decade.SIXTIES: "decade_60", Decade.SEVENTIES: "decade_70",
    Decade.EIGHTIES: "decade_80",
}  # fmt: skip
SEXES: Final = {Sex.FEMALE: "sex_female", Sex.MALE: "sex_male"}
"""Labels of the buttons."""

HURT: Final = frozenset({PauseReason.SICK, PauseReason.INJURED})


def is_held(turn: Turn) -> bool:
    """Say whether the test waits: training is stopped, a pause for illness or injury runs, or something hurt lately."""
    if screening.is_blocked(turn) or (turn.user.paused(turn.now) and turn.user.pause_reason in HURT):
        return True
    pains = due_reminders.pains(turn.session, [turn.user.id]).get(turn.user.id, [])
    return not is_offered(pains, today_of(turn))


def say_held(turn: Turn) -> None:
    """Say that the test waits; figures of a test that was done can be typed all the same."""
    turn.reply("measure/raises_held", [[Button("today", ShowToday())]])


def beat(turn: Turn, _action: PlayBeat) -> None:
    """Send the beat of the test, where nothing speaks against doing it; its figures are waited for as before."""
    if is_held(turn):
        say_held(turn)
        return
    found = beat_of_test(turn.language, turn.user.guide_voice)
    turn.send_audio(found, "measure/beat", minutes=round(found.seconds / 60))


def follow(turn: Turn) -> None:
    """Go on from figures that were noted: ask for age and sex, each once, then draw the result."""
    if turn.user.decade is None:
        turn.say("measure/raises_age", _decades())
    elif turn.user.decade != Decade.UNSAID and turn.user.sex is None:
        turn.say("measure/raises_sex", _sexes())
    else:
        show(turn)


def ask_decade(turn: Turn, _action: AskDecade) -> None:
    """Ask for the age again."""
    turn.say("measure/raises_age", _decades())


def pick_decade(turn: Turn, action: PickDecade) -> None:
    """Keep the age, or that it is not said, and go on to the sex or the result."""
    turn.user.decade = action.decade
    if action.decade is Decade.UNSAID:
        turn.reply("measure/raises_unsaid")
        show(turn)
    else:
        turn.reply("measure/raises_sex", _sexes())


def pick_sex(turn: Turn, action: PickSex) -> None:
    """Keep the sex, or that it is not said, and draw the result."""
    turn.user.sex = action.sex
    known = typical(turn.user.decade, turn.user.sex) is not None
    turn.reply("measure/raises_known" if known else "measure/raises_unsaid")
    show(turn)


def show(turn: Turn) -> None:
    """Draw the newest test. Raises StaleButton where nothing is noted."""
    found = measurements.series(turn.session, turn.user, MeasurementKind.RAISES)
    newest = max((points[-1].day for points in found.values()), default=None)
    if newest is None:
        raise StaleButton
    counts = {side: int(points[-1].value) for side in Side if (points := found.get(side)) and points[-1].day == newest}
    usual = typical(turn.user.decade, turn.user.sex)
    apart = abs(counts[Side.LEFT] - counts[Side.RIGHT]) if len(counts) == len(Side) else None
    rows: list[Row] = [
        [Button("change_typical", AskDecade()), Button("chart_raises", ShowChart(MeasurementKind.RAISES))]
    ]
    if newest == today_of(turn):
        rows.append([Button("take_back", TakeBack(MeasurementKind.RAISES, newest))])
    turn.send_photo(
        {"draw": "raises"} | _drawn(turn, counts, usual, apart),
        "measure/raises_result",
        rows,
        counts=[(side.value, count) for side, count in counts.items()],
        apart=apart,
        noise=apart is not None and is_noise(apart),
        usual=usual,
        error=ERROR,
        decade=turn.user.decade,
        sex=turn.user.sex,
        source=turn.language.sources[SOURCE].citation if usual is not None else None,
    )


def _drawn(turn: Turn, counts: dict[Side, int], usual: int | None, apart: int | None) -> dict[str, Any]:
    label = turn.language.messages.label
    return {
        "title": label("chart_raises_title"),
        "unit": label("unit_reps"),
        "sides": [[label(f"side_{side}"), count] for side, count in counts.items()],
        "error": ERROR,
        "error_label": label("raises_error", error=ERROR),
        "typical": None if usual is None else [label("raises_typical", count=usual), usual],
        "apart": None if apart is None else label("raises_apart", count=apart),
    }


def _decades() -> list[Row]:
    said = [Button(label, PickDecade(decade)) for decade, label in DECADES.items()]
    return [said[:4], said[4:], [Button("not_said", PickDecade(Decade.UNSAID))]]


def _sexes() -> list[Row]:
    said = [Button(label, PickSex(sex)) for sex, label in SEXES.items()]
    return [said, [Button("not_said", PickSex(Sex.UNSAID))]]


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, PlayBeat, beat)
    on_button(application, AskDecade, ask_decade)
    on_button(application, PickDecade, pick_decade)
    on_button(application, PickSex, pick_sex)
