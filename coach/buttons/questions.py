"""The buttons of questions, their answers, and exercises."""

from dataclasses import dataclass

from coach.buttons.callback_data import CallbackData


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


@dataclass(frozen=True)
class ShowExercises(CallbackData):
    """Show the list of exercises."""

    code = "exercises"


@dataclass(frozen=True)
class ShowExercise(CallbackData):
    """Show one exercise."""

    code = "exercise"
    exercise: str


@dataclass(frozen=True)
class NotMeant(CallbackData):
    """The person meant no such red flag: training goes on as it was."""

    code = "notmeant"
    flag: str


@dataclass(frozen=True)
class HoldPlan(CallbackData):
    """The red flag of a message that was forwarded is, or is not, the person's own; `mine` is 0 or 1."""

    code = "hold"
    flag: str
    mine: int
