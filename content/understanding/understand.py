"""The one door for messages: the order in which meanings are tried, red flags first, always.

The search result comes in from outside: it takes some milliseconds of computing, and is made where that blocks nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

from coach.requests import Intent, Slots
from coach.user_errors import UserError
from content.library import Language, SearchResult
from content.understanding.intents import Command
from content.understanding.smalltalk import SmallTalkKind

MIN_QUESTION_WORDS: Final = 3  # an answer that was not understood and is at least this long may be a question
WORDS: Final = "words"


class Expecting(Protocol):
    """The question that the coach asked and waits for."""

    @property
    def kind(self) -> str:
        """The kind of the question."""

    @property
    def commands(self) -> frozenset[Command]:
        """The commands that are about the question: to skip it, to ask why, to say that its ticks are all."""

    def read(self, text: str) -> object:
        """Return the answer that a text gives; nothing changes. Raises UserError where it gives none."""

    def takes_careful(self, text: str) -> bool:
        """Say whether a text that calls for a word of care is an answer all the same: "yes, I have asthma"."""


@dataclass(frozen=True)
class Safety:
    """A red flag: nothing else of the message counts."""

    flag: str


@dataclass(frozen=True)
class PlainCommand:
    """A command in plain words; `about` is the kind of the open question that it is about, where it is about one."""

    intent: Command
    slots: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None


@dataclass(frozen=True)
class Request:
    """One request about the person's own training: what is asked for, and the slots that were said."""

    intent: Intent
    slots: Slots = field(default_factory=Slots)


@dataclass(frozen=True)
class Requests:
    """A message's requests, in the order in which they are carried out; `care` is a flag that is shown below."""

    all: tuple[Request, ...]
    care: Safety | None = None


@dataclass(frozen=True)
class Between:
    """A message that may be any of these requests."""

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


Talk: TypeAlias = Safety | SmallTalk | ExerciseRequest | Answer | Suggest | NoAnswer
"""Meanings that need no private chat: in groups and behind /ask too."""

Understood: TypeAlias = Talk | PlainCommand | Requests | Between | PromptCommand | PromptAnswer | NotAnAnswer

Accepts: TypeAlias = Callable[[Command, str], bool]
"""Says whether a command takes the words that follow it: what it does not take may be a question."""


def understand(
    text: str,
    found: SearchResult,
    language: Language,
    *,
    expecting: Expecting | None = None,
    accepts: Accepts = lambda _command, _words: False,
) -> Understood:
    """Return what a message in a private chat means, in the light of the question that stands open."""
    if (flag := _red_flag(found)) is not None:
        if expecting is not None and not language.safety[flag].pauses and expecting.takes_careful(text):
            return PromptAnswer(expecting.kind, expecting.read(text))
        return Safety(flag)
    if expecting is None:
        return _request(text, language, accepts) or understand_talk(text, found, language)
    return _in_light_of(expecting, text, found, language, accepts)


def _in_light_of(
    expecting: Expecting, text: str, found: SearchResult, language: Language, accepts: Accepts
) -> Understood:
    """Return what a message without a red flag means to an open question."""
    if _plainly_asked(text, found, language):
        return understand_talk(text, found, language)
    command = language.messages.wishes.read(text)
    if command is not None and command[0] in expecting.commands:
        return PlainCommand(command[0], about=expecting.kind)
    try:
        return PromptAnswer(expecting.kind, expecting.read(text))
    except UserError as mistake:
        if (request := _request(text, language, accepts)) is not None:
            return request
        if found.outcome == "answer" and _is_long(text):
            return understand_talk(text, found, language)
        return NotAnAnswer(expecting.kind, mistake)


def understand_talk(text: str, found: SearchResult, language: Language) -> Talk:
    """Return what a message means where nothing is asked and nothing can be asked for: red flags first, here too."""
    if (flag := _red_flag(found)) is not None:
        return Safety(flag)
    if (kind := language.messages.small_talk.kind_of(text)) is not None:
        return SmallTalk(kind)
    if (slug := language.exercise_of(text)) is not None:
        return ExerciseRequest(slug)
    if found.outcome == "answer" and found.entry is not None:
        return Answer(found.entry)
    return Suggest(tuple(found.suggested)) if found.outcome == "suggest" else NoAnswer()


def _red_flag(found: SearchResult) -> str | None:
    return found.safety if found.outcome == "safety" else None


def _request(text: str, language: Language, accepts: Accepts) -> PlainCommand | None:
    read = language.messages.wishes.read(text)
    if read is None or not accepts(*read):
        return None
    command, words = read
    return PlainCommand(command, {WORDS: words} if words else {})


def _plainly_asked(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message is a question of its own, whatever stands open."""
    shown = language.exercise_of(text) is not None and _is_long(text)
    return shown or (text.endswith("?") and found.outcome == "answer")


def _is_long(text: str) -> bool:
    return len(text.split()) >= MIN_QUESTION_WORDS
