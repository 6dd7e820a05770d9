"""Requests that are understood and cannot be carried out yet: said so, with what comes nearest."""

from coach.buttons.measurements import Measure
from coach.buttons.plan import ShowWeek
from coach.buttons.session import ShowToday
from coach.parsing.measurements import MeasurementKind
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button
from handlers.framework.turn import Turn
from handlers.requests.outcome import Outcome, Step, Work


def not_yet(intent: Intent) -> Work:
    """Return what answers a request of this intent until it can be carried out."""

    def answer(turn: Turn, _slots: Slots) -> Outcome:
        nearest = {
            Intent.TARGET: [Button("measure_raises", Measure(MeasurementKind.RAISES))],
        }.get(intent, [Button("today", ShowToday())])
        turn.reply("requests/not_yet", [[*nearest, Button("my_week", ShowWeek(0))]], intent=intent.value)
        return Step.ASKED

    return answer
