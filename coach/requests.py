"""Requests: what people ask the coach to show or to change, and the slots that they fill."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from enum import Enum, StrEnum
from typing import Final, Literal


class Intent(StrEnum):
    """Kind of a request; `content/<language>/understanding/requests/<intent>.txt` has examples of each."""

    SHOW_DAY = "show_day"
    SHOW_NEXT = "show_next"
    SHOW_WEEK = "show_week"
    SHOW_WHY = "show_why"
    START = "start"
    DONE = "done"
    SKIP = "skip"
    MOVE = "move"
    UNDO = "undo"
    PAIN = "pain"
    EASIER = "easier"
    HARDER = "harder"
    WEIGHT = "weight"
    UNITS = "units"
    PROTEIN = "protein"
    GOALS = "goals"
    DAYS = "days"
    MINUTES = "minutes"
    EQUIPMENT = "equipment"
    REMIND = "remind"
    ZONE = "zone"
    PAUSE = "pause"
    RESUME = "resume"
    PROGRESS = "progress"
    GIRTH = "girth"
    RAISES = "raises"
    EXERCISE = "exercise"
    MY_DATA = "my_data"
    SETTINGS = "settings"
    HELP = "help"
    SUBJECTS = "subjects"
    SETS = "sets"
    SWAP = "swap"
    TARGET = "target"
    EVENT = "event"
    TIMER = "timer"
    FEEDBACK = "feedback"
    SOURCES = "sources"
    MORE = "more"


SHOWING: Final = frozenset({
    Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.SHOW_WEEK, Intent.SHOW_WHY, Intent.START, Intent.PROTEIN, Intent.PROGRESS,
    Intent.EXERCISE, Intent.SETTINGS, Intent.HELP, Intent.SUBJECTS, Intent.SOURCES, Intent.MORE, Intent.FEEDBACK,
    Intent.MY_DATA,
})  # fmt: skip
"""Intents that change nothing."""


class Fact(StrEnum):
    """A single fact of somebody's own training that a message asks for, such as how long today's session is.

    `content/<language>/understanding/requests/facts/<fact>.txt` has examples of each.
    """

    MINUTES = "minutes"  # that a session takes
    HOUR = "hour"  # of the day at which it is to be done
    PARTS = "parts"  # of a session, in their order
    WARM_UP = "warm_up"
    EFFORT = "effort"  # that a session is meant to have
    PLACE = "place"  # where it is done: uphill, indoors
    NEEDS = "needs"  # equipment for it
    STANDS = "stands"  # whether a session still stands on its day, was moved, done or counted
    LEFT = "left"  # sessions of the week
    MISSED = "missed"  # sessions
    LAST = "last"  # time that something was done, and with what weight
    VOLUME = "volume"  # of a week, beside the one before


INTENT_OF: Final[Mapping[Fact, Intent]] = {
    Fact.MINUTES: Intent.SHOW_DAY, Fact.HOUR: Intent.SHOW_DAY, Fact.PARTS: Intent.SHOW_DAY,
    Fact.WARM_UP: Intent.SHOW_DAY, Fact.EFFORT: Intent.SHOW_DAY, Fact.PLACE: Intent.SHOW_DAY,
    Fact.NEEDS: Intent.SHOW_DAY, Fact.STANDS: Intent.SHOW_DAY, Fact.LEFT: Intent.SHOW_WEEK,
    Fact.MISSED: Intent.PROGRESS, Fact.LAST: Intent.PROGRESS, Fact.VOLUME: Intent.SHOW_WEEK,
}  # fmt: skip
"""The request that a message for a fact is."""


class Activity(StrEnum):
    """A kind of training that somebody did; `what` of a session that was done beside the plan."""

    OWN = "own"  # nothing is known of it
    DISTANCE = "distance"  # a run or a walk of so many kilometres or miles
    RUN = "run"
    INTERVALS = "intervals"
    STRENGTH = "strength"
    SPORT = "sport"


BACK: Final = "back"
"""The `what` of a swap that ends."""


@dataclass(frozen=True)
class Slots:
    """Slots of a request, beside its intent; None where one was not said.

    Dates are the person's own. Minutes are whole; `work_s` and `rest_s` are seconds; `kg` and girths have one decimal
    and are kilograms and centimetres, whatever was said. `days` are ISO weekdays.
    """

    day: date | None = None
    week: Literal["this", "next"] | None = None
    effort: int | None = None  # 1-10
    minutes: int | None = None
    reason: str | None = None  # a SkipReason of a skip, a PauseReason of a pause
    from_day: date | None = None
    to_day: date | None = None
    level: int | None = None  # of pain, 0-10
    kg: float | None = None  # of the body, or of sets: 0 where they were done without weight
    units: str | None = None  # a Units
    add: frozenset[str] | None = None  # Goals or Equipment
    remove: frozenset[str] | None = None
    days: frozenset[int] | None = None
    at: time | None = None
    switch: Literal["on", "off"] | None = None
    place: str | None = None
    until: date | None = None  # the first day of training again
    what: str | None = None
    left_cm: float | None = None
    right_cm: float | None = None
    left: int | None = None
    right: int | None = None
    exercise: str | None = None
    reps: tuple[int, ...] | None = None
    number: float | None = None  # repetitions, sessions, or centimetres; whole ones are ints
    by: date | None = None
    rounds: int | None = None
    work_s: int | None = None
    rest_s: int | None = None

    def said(self) -> Mapping[str, object]:
        """Return the slots that were filled, by the names and in the forms of JSON."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {_NAMES.get(name, name): _plain(value) for name, value in values.items() if value is not None}


_NAMES = {"from_day": "from", "to_day": "to"}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


class ShownKind(StrEnum):
    """A kind of thing that the chat showed last; it is stored."""

    ENTRY = "entry"
    SESSION = "session"
    EXERCISE = "exercise"
    QUESTION = "question"  # with buttons for yes and no, which an answer in words presses
    OFFER = "offer"  # requests between which the person chooses, or of which something is asked
    RED_FLAG = "red_flag"  # what is said behind it may be about it: "no, not me", "whom do I call?"


@dataclass(frozen=True)
class ShownItem:
    """Last thing that the chat showed: at most one of its fields is set, but for a session's workout."""

    entry: str | None = None
    session: date | None = None
    workout: str | None = None
    exercise: str | None = None
