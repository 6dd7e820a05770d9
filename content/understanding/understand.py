"""The one door for messages: the order in which meanings are tried, red flags first, always.

The search result comes from outside: it is made where its milliseconds block nobody.
"""

from typing import Final, Protocol

from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.requests import SHOWING, Intent, Slots
from coach.user_errors import AnswerOutOfRange, UserError
from content.library import Language, SearchResult
from content.understanding.intents import Command
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    NotAnAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Talk,
    Understood,
)
from content.understanding.ranking.spans import is_long
from content.understanding.red_flags.told import red_flag_of, stops_training
from content.understanding.requests.beside_prompt import (
    MEASURED,
    are_explicit,
    are_measured,
    are_unrelated,
    is_about,
    name_place,
)
from content.understanding.requests.doubts.others import speaks_of_oneself
from content.understanding.requests.reader import read_requests
from content.understanding.requests.request import Request
from content.understanding.requests.slots.heard import Moment
from content.understanding.requests.strains import pain_of_strain
from content.understanding.smalltalk.about_coach import about_coach
from content.understanding.smalltalk.asks_nothing import instead_of_request
from content.understanding.smalltalk.courtesies import says_goodbye, says_painless, small_talk_of
from content.understanding.smalltalk.phrases import SmallTalkKind
from content.understanding.smalltalk.remarks import only_tells, told_of_people
from content.understanding.smalltalk.sentences import CLAUSE_END, begins_to_ask, wishes

MIN_QUESTION_WORDS: Final = 3  # an answer that was not understood and is at least this long may be a question
SENTENCE_WORDS: Final = 6  # at least, of a message that is no try at an answer
MIN_ASKED_WORDS: Final = 2  # outside the set-up: a word alone may be a try at the answer
CARE: Final = "care"  # the urgency beside which a request is carried out
BESIDE_QUESTIONS: Final = frozenset({
    SmallTalkKind.GREETING, SmallTalkKind.FAREWELL, SmallTalkKind.THANKS, SmallTalkKind.HOW, SmallTalkKind.WHO,
})  # fmt: skip
"""Small talk that leaves a question open: "okay" and "maybe" may be meant as the answer."""
TOLD_BESIDE_QUESTIONS: Final = frozenset({
    SmallTalkKind.REACTION, SmallTalkKind.LIFE, SmallTalkKind.TIRED, SmallTalkKind.WORRIED, SmallTalkKind.JOY,
    SmallTalkKind.JOKE, SmallTalkKind.BEYOND,
})  # fmt: skip
"""Small talk that does so outside the set-up."""

ASKED_IN_SETUP: Final = 0.4  # how well an entry must fit what may be a try at the answer: "i run twice a week mostly"
OWN_DATA: Final = frozenset({Intent.MY_DATA})
"""Requests that name what the coach knows: "may I have a paper with all that I told you"."""

# How well an entry must fit a question of few words to be suggested: of 96 that drops 2 right ones and 39 others.
SUGGESTED_FROM: Final = 0.2
OTHER_FROM: Final = 0.4  # how well another answer must fit what is told behind one about what ails somebody
TOLD_FROM: Final = 0.4  # how near a line of that one must be, where another fits less well
SHOWN_FROM: Final = 0.7  # how likely a message must ask to see something where any words are an answer


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

    @property
    def in_own_words(self) -> bool:
        """True where any words are an answer, but those that surely ask for something else."""

    def takes_careful(self, text: str) -> bool:
        """Say whether a text that calls for a word of care is an answer all the same: "yes, I have asthma"."""


def understand(
    text: str, found: SearchResult, language: Language, *, moment: Moment, expecting: Expecting | None = None
) -> Understood:
    """Return what a message in a private chat means, in the light of the question that stands open."""
    if (flag := red_flag_of(text, found, language)) is not None:
        if expecting is not None and not stops_training(flag, language) and expecting.takes_careful(text):
            return PromptAnswer(expecting.kind, expecting.read(text))
        beside = flag.urgency == CARE and expecting is None and not stops_training(flag, language)
        if beside and (sure := read_requests(text, found, language, moment).requests):
            return Requests(sure, care=flag)
        return flag
    if expecting is None:
        return _unasked(text, found, language, moment)
    return _in_light_of(expecting, text, found, language, moment)


def _unasked(text: str, found: SearchResult, language: Language, moment: Moment) -> Understood:
    """Return what a message without a red flag means where no question stands open."""
    if found.passage is not None and found.passage.verdict:
        return Answer(found.passage.entry)
    requested = _requested(text, found, language, moment)
    asks_for = isinstance(requested, Requests) and any(each.intent in OWN_DATA for each in requested.all)
    if not asks_for and (kind := about_coach(text, found, language, moment.after)) is not None:
        return SmallTalk(kind)
    meant: Understood | None = _courtesy(text, requested, found, language) or requested
    if meant is None or isinstance(meant, Between):
        talk = understand_talk(text, found, language)
        meant = pain_of_strain(text, talk, language) or meant or talk
    return _of_page(meant, text, found, language)


def _of_page(understood: Understood, text: str, found: SearchResult, language: Language) -> Understood:
    """Return the answer that was shown where nothing else answers what asks on about it: "and is that so bad?".

    So too where more is told of what ails somebody: "both of them, and gone by morning".
    """
    unsure = isinstance(understood, Between) and not any(each.slots.said() for each in understood.requests)
    uncertain = unsure or isinstance(understood, Suggest | NoAnswer)
    line = found.passage
    doubtful = isinstance(understood, Answer) and found.candidates[0].score < OTHER_FROM
    doubtful = doubtful and line is not None and line.nearness >= TOLD_FROM
    if line is not None and line.aside and (uncertain or doubtful) and not wishes(text, language):
        return Answer(line.entry)
    asks = "?" in text or any(begins_to_ask(part, language) for part in CLAUSE_END.split(text))
    return Answer(found.page) if found.page is not None and uncertain and asks and not unsure else understood


def _courtesy(
    text: str, requested: Requests | Between | None, found: SearchResult, language: Language
) -> SmallTalk | None:
    """Return the small talk that a message is, whatever it seems to ask for: a goodbye, or that nothing hurts."""
    asked = requested.all if isinstance(requested, Requests) else ()
    if requested is not None and says_goodbye(text, asked, language):
        return SmallTalk(SmallTalkKind.FAREWELL)
    if requested is not None and all(each.slots == Slots() for each in asked):
        remark = instead_of_request(text, found, language, between=not asked)
        if remark is not None:
            return SmallTalk(SmallTalkKind.FAREWELL if says_goodbye(text, (), language) else remark)
    if isinstance(requested, Between) and told_of_people(text, language) is SmallTalkKind.TREATED:
        return SmallTalk(SmallTalkKind.TREATED)
    if asked and all(each.intent is Intent.SKIP for each in asked) and _tells_of_the_ill(text, language):
        return SmallTalk(SmallTalkKind.WORRIED)
    well = all(each.intent is Intent.PAIN for each in asked) and says_painless(text, language)
    return SmallTalk(SmallTalkKind.WELL) if well else None


def _tells_of_the_ill(text: str, language: Language) -> bool:
    """Say whether a message tells of somebody else's illness alone, and nothing of training: it lets none go."""
    said, words, people = fold(text), language.vocabulary, language.person_words
    if find_phrases(said, words.requests.training | words.wishes.negate) or speaks_of_oneself(said, words, people):
        return False
    return told_of_people(text, language) is SmallTalkKind.WORRIED


def _in_light_of(
    expecting: Expecting, text: str, found: SearchResult, language: Language, moment: Moment
) -> Understood:
    """Return what a message without a red flag means to an open question."""
    if _plainly_asked(text, found, language):
        return understand_talk(text, found, language)
    command = language.messages.wishes.read(text)
    if command is not None and command in expecting.commands:
        return PromptCommand(command, expecting.kind)
    if expecting.in_own_words and (wanted := _show_or_undo(text, found, language, moment)) is not None:
        return wanted
    try:
        return PromptAnswer(expecting.kind, expecting.read(text))
    except AnswerOutOfRange as mistake:
        return NotAnAnswer(expecting.kind, mistake)
    except UserError as mistake:
        return _request_or_question(expecting, text, found, language, moment) or NotAnAnswer(expecting.kind, mistake)


def _show_or_undo(text: str, found: SearchResult, language: Language, moment: Moment) -> Requests | None:
    """Return the requests of a message that only asks to see something, or that is an example of Undo word for word.

    Used while the open question takes any words as its answer. Other requests do not count there: reasons not to train
    sound like the obstacles that are asked for.
    """
    if found.intents is not None and found.intents.exact is Intent.UNDO:
        return Requests((Request(Intent.UNDO),))
    requested = _requested(text, found, language, moment)
    best = found.intents.whole.best if found.intents is not None else None
    sure = best is not None and best[1] >= SHOWN_FROM
    if sure and isinstance(requested, Requests) and all(each.intent in SHOWING for each in requested.all):
        return requested
    return None


def _request_or_question(
    expecting: Expecting, text: str, found: SearchResult, language: Language, moment: Moment
) -> Understood | None:
    """Return the request or question that a message holds instead of an answer to the open question, else None.

    A question of the set-up goes on waiting for its answer; any other stays open while the message is dealt with.
    """
    requested, kind = _requested(text, found, language, moment), expecting.kind
    if isinstance(requested, Requests) and are_explicit(text, requested.all, found, language):
        told = not expecting.in_setup and (are_measured(requested.all) or name_place(requested.all))
        # What the question cannot read is not read more loosely, but for figures and places told in a sentence.
        return None if is_about(kind, requested.all) and not told else requested
    if expecting.in_setup:
        asks = text.endswith("?") or (bool(found.candidates) and found.candidates[0].score >= ASKED_IN_SETUP)
        asked = asks and _is_long(text) and found.outcome == "answer"
        return understand_talk(text, found, language) if asked else None
    sentence = len(text.split()) >= SENTENCE_WORDS
    if isinstance(requested, Requests) and are_unrelated(kind, text, requested.all, said=not sentence):
        return requested
    talk = requested if isinstance(requested, Requests) else understand_talk(text, found, language)
    worded = any(character.isalpha() for character in text)  # an emoji may be a try at the answer
    aside = worded and isinstance(talk, SmallTalk) and talk.kind in TOLD_BESIDE_QUESTIONS
    if aside or _goes_beside(talk, text) or (sentence and "?" in text):
        return talk
    measures = kind in MEASURED and not any(character.isdigit() for character in text)
    asks = _is_long(text) and (measures or text.endswith("?"))
    return talk if asks and not isinstance(talk, NoAnswer) else None


def _goes_beside(talk: Requests | Talk, text: str) -> bool:
    """Say whether what is understood is nothing that may be meant as the answer to an open question."""
    match talk:
        case SmallTalk(kind=kind):
            return kind in BESIDE_QUESTIONS
        case ExerciseRequest():
            return True
        case Answer():
            return text.endswith("?") or len(text.split()) >= MIN_ASKED_WORDS
    return False


def _requested(text: str, found: SearchResult, language: Language, moment: Moment) -> Requests | Between | None:
    """Return what is asked for; small talk, which is compared word for word, goes before."""
    if (kind := language.messages.small_talk.kind_of(text)) is not None:
        return Requests((Request(Intent.HELP),)) if kind is SmallTalkKind.CAN else None
    reading = read_requests(text, found, language, moment)
    if reading.requests:
        return Requests(reading.requests)
    if reading.beside:
        return Requests(reading.beside, answer=found.entry)
    return Between(reading.between) if reading.between else None


def understand_talk(text: str, found: SearchResult, language: Language) -> Talk:
    """Return what a message means where nothing is asked and nothing can be asked for: red flags first, here too."""
    if (flag := red_flag_of(text, found, language)) is not None:
        return flag
    told = found.outcome == "answer" and bool(found.suggested) and only_tells(text, found, language)
    kind = small_talk_of(text, found, language, told=told)
    if kind is not None:
        return SmallTalk(kind)
    if (slug := language.exercise_of(text)) is not None:
        return ExerciseRequest(slug)
    if found.outcome == "answer" and found.entry is not None:
        return Suggest(tuple(found.suggested)) if told else Answer(found.entry)
    if found.outcome == "learning":
        return StillLearning()
    return (
        Suggest(tuple(found.suggested))
        if found.outcome == "suggest" and _is_near(text, found, language)
        else NoAnswer()
    )


def _is_near(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether what fits best is near enough to suggest: a plain question beyond what is known gets an honest no."""
    return found.candidates[0].score >= SUGGESTED_FROM or is_long(text) or not wishes(text, language)


def _plainly_asked(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message is a question of its own, whatever stands open."""
    shown = language.exercise_of(text) is not None and _is_long(text)
    asked = text.endswith("?") and len(text.split()) > 1  # "kidneys?" may mean the answer itself
    return shown or (asked and found.outcome == "answer")


def _is_long(text: str) -> bool:
    return len(text.split()) >= MIN_QUESTION_WORDS
