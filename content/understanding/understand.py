"""The one door for messages: the order in which meanings are tried, red flags first, always.

The search result comes in from outside: it takes some milliseconds of computing, and is made where that blocks nobody.
"""

from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from coach.requests import Intent
from coach.user_errors import AnswerOutOfRange, UserError
from content.library import Language, SearchResult
from content.understanding.intents import Command
from content.understanding.requests.features import signs
from content.understanding.requests.reader import Request, read_requests
from content.understanding.requests.slots.heard import Moment
from content.understanding.smalltalk import SmallTalkKind

MIN_QUESTION_WORDS: Final = 3  # an answer that was not understood and is at least this long may be a question
MIN_REQUEST_WORDS: Final = 2  # beside days, times and figures, which alone are an answer
CARE: Final = "care"  # the urgency beside which a request is carried out
TENDER: Final = frozenset({"despair", "eating"})
"""Red flags that are no matter of training: they go alone, and the button says no more than that the door is open."""

SAME_SUBJECT: Final = {"days": Intent.MOVE}
"""Intents that an answer to the question of that kind is taken for, beside the intent of the question's own name."""

MEASURED: Final = frozenset({Intent.RAISES, Intent.GIRTH, Intent.WEIGHT})
"""Intents whose figures may be told in a sentence while their own question is open: words without any are no answer."""

STOPPING: Final = frozenset({"now", "today"})  # urgencies at which training stops, whatever the kind of red flag


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

    @property
    def in_setup(self) -> bool:
        """True while it is a question of the set-up, which waits for its answer."""

    def takes_careful(self, text: str) -> bool:
        """Say whether a text that calls for a word of care is an answer all the same: "yes, I have asthma"."""


@dataclass(frozen=True)
class Safety:
    """A red flag and its urgency in this message: nothing else of the message counts."""

    flag: str
    urgency: str | None = None  # now, today, soon or care


@dataclass(frozen=True)
class Requests:
    """Requests of a message, in the order in which they are carried out.

    `care` is a red flag of that urgency beside them: it is shown below what is done.
    """

    all: tuple[Request, ...]
    care: Safety | None = None


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


Talk: TypeAlias = Safety | SmallTalk | ExerciseRequest | Answer | Suggest | NoAnswer
"""Meanings that need no private chat: in groups and behind /ask too."""

Understood: TypeAlias = Talk | Requests | Between | PromptCommand | PromptAnswer | NotAnAnswer


def understand(
    text: str, found: SearchResult, language: Language, *, moment: Moment, expecting: Expecting | None = None
) -> Understood:
    """Return what a message in a private chat means, in the light of the question that stands open."""
    if (flag := _red_flag(found)) is not None:
        if expecting is not None and not stops_training(flag, language) and expecting.takes_careful(text):
            return PromptAnswer(expecting.kind, expecting.read(text))
        beside = flag.urgency == CARE and expecting is None and not stops_training(flag, language)
        if beside and (sure := read_requests(text, found, language, moment).requests):
            return Requests(sure, care=flag)
        return flag
    if expecting is None:
        return _requested(text, found, language, moment) or understand_talk(text, found, language)
    return _in_light_of(expecting, text, found, language, moment)


def _in_light_of(
    expecting: Expecting, text: str, found: SearchResult, language: Language, moment: Moment
) -> Understood:
    """Return what a message without a red flag means to an open question."""
    if _plainly_asked(text, found, language):
        return understand_talk(text, found, language)
    command = language.messages.wishes.read(text)
    if command is not None and command in expecting.commands:
        return PromptCommand(command, expecting.kind)
    try:
        return PromptAnswer(expecting.kind, expecting.read(text))
    except AnswerOutOfRange as mistake:
        return NotAnAnswer(expecting.kind, mistake)
    except UserError as mistake:
        return _instead_of_an_answer(expecting, text, found, language, moment) or NotAnAnswer(expecting.kind, mistake)


def _instead_of_an_answer(
    expecting: Expecting, text: str, found: SearchResult, language: Language, moment: Moment
) -> Understood | None:
    """Return the request, or the question, that a message is which does not answer the open question."""
    requested = _requested(text, found, language, moment)
    if isinstance(requested, Requests) and _stands_alone(text, requested, found, language):
        subjects = {expecting.kind, SAME_SUBJECT.get(expecting.kind)}
        about_it = any(request.intent in subjects for request in requested.all)
        told = not expecting.in_setup and all(request.intent in MEASURED for request in requested.all)
        # What the question cannot read is not read more loosely, but for figures that are told in a sentence.
        return None if about_it and not told else requested
    if not _is_long(text):
        return None
    if found.outcome == "answer":
        return understand_talk(text, found, language)
    if expecting.in_setup or expecting.kind not in MEASURED or any(character.isdigit() for character in text):
        return None
    talk = requested if isinstance(requested, Requests) else understand_talk(text, found, language)
    return None if isinstance(talk, NoAnswer) else talk


def _stands_alone(text: str, requested: Requests, found: SearchResult, language: Language) -> bool:
    """Say whether a request is one while a question is open: by a slot within words, or as an example word for word.

    So are repetitions with their load, which answer no question.
    """
    if found.intents is not None and found.intents.exact is not None:
        return True
    if any(each.intent is Intent.SETS and each.slots.reps and each.slots.kg for each in requested.all):
        return True
    words = [word for word in signs(text, language.vocabulary).text.split() if word.isalpha() and not word.isupper()]
    return len(words) >= MIN_REQUEST_WORDS and any(each.slots.said() for each in requested.all)


def _requested(text: str, found: SearchResult, language: Language, moment: Moment) -> Requests | Between | None:
    """Return what is asked for; small talk, which is compared word for word, goes before."""
    if (kind := language.messages.small_talk.kind_of(text)) is not None:
        return Requests((Request(Intent.HELP),)) if kind is SmallTalkKind.CAN else None
    reading = read_requests(text, found, language, moment)
    if reading.requests:
        return Requests(reading.requests)
    return Between(reading.between) if reading.between else None


def understand_talk(text: str, found: SearchResult, language: Language) -> Talk:
    """Return what a message means where nothing is asked and nothing can be asked for: red flags first, here too."""
    if (flag := _red_flag(found)) is not None:
        return flag
    if (kind := language.messages.small_talk.kind_of(text)) is not None:
        return SmallTalk(kind)
    if (slug := language.exercise_of(text)) is not None:
        return ExerciseRequest(slug)
    if found.outcome == "answer" and found.entry is not None:
        return Answer(found.entry)
    return Suggest(tuple(found.suggested)) if found.outcome == "suggest" else NoAnswer()


def stops_training(flag: Safety, language: Language) -> bool:
    """Say whether nobody may train on until somebody has looked at it: by its kind, or by its urgency."""
    return language.safety[flag.flag].pauses or flag.urgency in STOPPING


def _red_flag(found: SearchResult) -> Safety | None:
    if found.outcome != "safety" or found.safety is None:
        return None
    return Safety(found.safety, found.urgency)


def _plainly_asked(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message is a question of its own, whatever stands open."""
    shown = language.exercise_of(text) is not None and _is_long(text)
    return shown or (text.endswith("?") and found.outcome == "answer")


def _is_long(text: str) -> bool:
    return len(text.split()) >= MIN_QUESTION_WORDS
