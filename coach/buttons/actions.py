"""Every button the coach shows, typed. Those of the week are in `plan_actions`, how they are packed is in `packing`."""

from dataclasses import dataclass
from datetime import date

from coach.buttons import admin, measurements, plan, reminders  # noqa: F401 - its buttons can be parsed
from coach.buttons.callback_data import CallbackData
from coach.profile import Goal, Units

# Setting up and settings


@dataclass(frozen=True)
class BeginSetup(CallbackData):
    """Start, or take up again, the questions of the first two minutes."""

    code = "setup"


@dataclass(frozen=True)
class JustAsk(CallbackData):
    """Leave the questions for later and ask something."""

    code = "just-ask"


@dataclass(frozen=True)
class SkipStep(CallbackData):
    """Leave one question of the set-up unanswered."""

    code = "skip-step"
    step: str  # the kind of a prompt


@dataclass(frozen=True)
class PickUnits(CallbackData):
    """Weigh in these units."""

    code = "units"
    units: Units


@dataclass(frozen=True)
class ConfirmWeight(CallbackData):
    """Yes, that unusual weight is meant; in tenths of a kilogram."""

    code = "weight-yes"
    tenths: int


@dataclass(frozen=True)
class ToggleGoal(CallbackData):
    """Add a goal, or take it away."""

    code = "goal"
    goal: Goal


@dataclass(frozen=True)
class GoalsChosen(CallbackData):
    """That is all I am after."""

    code = "goals-done"


@dataclass(frozen=True)
class PickZone(CallbackData):
    """Live by the clock of this IANA zone."""

    code = "zone"
    zone: str


@dataclass(frozen=True)
class PickTime(CallbackData):
    """Remind me at this local time, written 0700."""

    code = "time"
    hhmm: str


@dataclass(frozen=True)
class Change(CallbackData):
    """Change one answer of the set-up."""

    code = "change"
    step: str  # the kind of a prompt


@dataclass(frozen=True)
class ForgetWeight(CallbackData):
    """Erase the stored weight."""

    code = "weight-forget"


@dataclass(frozen=True)
class ShowSettings(CallbackData):
    """Show what is stored, with a button to change each."""

    code = "settings"


@dataclass(frozen=True)
class ShowLanguages(CallbackData):
    """Show the languages there are."""

    code = "languages"


@dataclass(frozen=True)
class PickLanguage(CallbackData):
    """Speak this language from now on."""

    code = "language"
    language: str


@dataclass(frozen=True)
class Dismiss(CallbackData):
    """Leave everything as it is."""

    code = "dismiss"


@dataclass(frozen=True)
class EraseEverything(CallbackData):
    """Delete all that is stored about me."""

    code = "erase"


# Questions and answers


@dataclass(frozen=True)
class ShowCategories(CallbackData):
    """Show the list of subjects."""

    code = "faq"


@dataclass(frozen=True)
class ShowCategory(CallbackData):
    """Show one page of a subject's questions; pages count from 0."""

    code = "cat"
    category: str
    page: int


@dataclass(frozen=True)
class ShowEntry(CallbackData):
    """Show an answer."""

    code = "ask"
    entry: str


@dataclass(frozen=True)
class Helpful(CallbackData):
    """That answer helped; `question` as in NotIt."""

    code = "helped"
    entry: str
    question: int


@dataclass(frozen=True)
class NotIt(CallbackData):
    """That is not what I asked; `question` is the row of the question asked, 0 where the entry was browsed."""

    code = "not-it"
    entry: str
    question: int


@dataclass(frozen=True)
class SendToCurators(CallbackData):
    """None of these: keep my question for the people who write the answers."""

    code = "curators"
    question: int


@dataclass(frozen=True)
class TellMe(CallbackData):
    """Tell me once when there is an answer to this question."""

    code = "tell-me"
    question: int


@dataclass(frozen=True)
class NoNews(CallbackData):
    """Pass it on, but do not tell me."""

    code = "no-news"
    question: int


@dataclass(frozen=True)
class PickEntry(CallbackData):
    """Show this answer to my question, out of several that were suggested."""

    code = "pick"
    entry: str
    question: int


@dataclass(frozen=True)
class TakeOffer(CallbackData):
    """Do what the answer offers: see my day, pause, …"""

    code = "offer"
    entry: str


@dataclass(frozen=True)
class ShowMoves(CallbackData):
    """List the exercises that the answer names."""

    code = "moves"
    entry: str


# The curators


@dataclass(frozen=True)
class ShowOpen(CallbackData):
    """Show one group of questions without an answer; pages count from 0."""

    code = "open"
    page: int


@dataclass(frozen=True)
class ShowAsked(CallbackData):
    """Show the group that this question belongs to."""

    code = "asked"
    question: int


@dataclass(frozen=True)
class WriteEntry(CallbackData):
    """Show what a new entry for this group would begin with."""

    code = "write"
    question: int


@dataclass(frozen=True)
class ChooseAnswer(CallbackData):
    """Show entries that may answer this group already."""

    code = "choose"
    question: int


@dataclass(frozen=True)
class AnsweredBy(CallbackData):
    """This entry answers the group; who waits is told."""

    code = "by"
    entry: str
    question: int


@dataclass(frozen=True)
class DropAsked(CallbackData):
    """This group needs no answer."""

    code = "drop"
    question: int


# Exercises


@dataclass(frozen=True)
class ShowExercises(CallbackData):
    """Show the list of exercises."""

    code = "exercises"


@dataclass(frozen=True)
class ShowExercise(CallbackData):
    """Show one exercise."""

    code = "exercise"
    exercise: str


# The day


@dataclass(frozen=True)
class ShowToday(CallbackData):
    """Show the session of the person's today."""

    code = "today"


@dataclass(frozen=True)
class ShowSession(CallbackData):
    """Show the session of a date."""

    code = "session"
    day: date


@dataclass(frozen=True)
class StartToday(CallbackData):
    """Begin the plan today instead of on the day of the first reminder."""

    code = "start-today"


@dataclass(frozen=True)
class MarkDone(CallbackData):
    """That day's session is done."""

    code = "done"
    day: date


@dataclass(frozen=True)
class MarkSkipped(CallbackData):
    """That day's session will not happen."""

    code = "skip"
    day: date


@dataclass(frozen=True)
class MarkPlanned(CallbackData):
    """Take back Done or Skip."""

    code = "undo"
    day: date


@dataclass(frozen=True)
class Later(CallbackData):
    """Ask when to be reminded again of that day's session."""

    code = "later"
    day: date


@dataclass(frozen=True)
class Snooze(CallbackData):
    """Remind me of that day's session again in so many minutes."""

    code = "snooze"
    day: date
    minutes: int


@dataclass(frozen=True)
class SnoozeTonight(CallbackData):
    """Remind me of that day's session this evening."""

    code = "tonight"
    day: date
