"""The meanings of a message: requests, an answer to what was asked, a question, small talk."""

from dataclasses import dataclass
from typing import TypeAlias

from coach.user_errors import UserError
from content.understanding.intents import Command
from content.understanding.red_flags.told import Safety
from content.understanding.requests.request import Request
from content.understanding.smalltalk.phrases import SmallTalkKind


@dataclass(frozen=True)
class Requests:
    """Requests of a message, in the order in which they are carried out.

    `care` is a red flag of that urgency beside them: it is shown below what is done. `answer` is the entry that answers
    the question behind them.
    """

    all: tuple[Request, ...]
    care: Safety | None = None
    answer: str | None = None


@dataclass(frozen=True)
class Between:
    """Requests between which it is unsure: each is offered."""

    requests: tuple[Request, ...]


@dataclass(frozen=True)
class PromptCommand:
    """A command about the open question: to skip it, to ask why, to say that its ticks are all."""

    command: Command
    about: str


@dataclass(frozen=True)
class PromptAnswer:
    """The answer to the open question, as that reads it."""

    kind: str
    value: object


@dataclass(frozen=True)
class NotAnAnswer:
    """Nothing that fits the open question, or anything else; `mistake` says what would."""

    kind: str
    mistake: UserError


@dataclass(frozen=True)
class SmallTalk:
    """A hello, thanks and the like, and nothing else."""

    kind: SmallTalkKind


@dataclass(frozen=True)
class ExerciseRequest:
    """The wish to see how an exercise is done."""

    slug: str


@dataclass(frozen=True)
class Answer:
    """A question that an entry answers."""

    entry: str


@dataclass(frozen=True)
class Suggest:
    """A question that one of these entries may answer, the best first."""

    entries: tuple[str, ...]


@dataclass(frozen=True)
class NoAnswer:
    """A question that no entry answers."""


@dataclass(frozen=True)
class StillLearning:
    """A message that cannot be understood yet: the models are still being fitted."""


Talk: TypeAlias = Safety | SmallTalk | ExerciseRequest | Answer | Suggest | NoAnswer | StillLearning
"""Meanings that need no private chat: in groups and behind /ask too."""

Unrequested: TypeAlias = Between | Suggest | NoAnswer | StillLearning | SmallTalk | Answer | ExerciseRequest
"""Meanings by which nothing is carried out: what was shown or done before may tell more."""

Understood: TypeAlias = Talk | Requests | Between | PromptCommand | PromptAnswer | NotAnAnswer
