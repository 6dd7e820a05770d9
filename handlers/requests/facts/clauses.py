"""The clause of a message that asks something of one's own training, and whether it says anything else."""

import re
from typing import Final

from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.mention import without
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.parsing.words import NO_WORDS, Words
from handlers.framework.turn import Turn
from handlers.requests.context.likely import begins_to_ask
from handlers.requests.goals import answering

_WORD: Final = re.compile(r"[\w'’-]+")


def asking(turn: Turn, phrases: Words, beside: Words = NO_WORDS) -> str | None:
    """Return the last clause of a message that has one of these phrases, None where none has.

    One that has a phrase of `beside`, too, goes before: "can I do it earlier? like lunch time".
    """
    clauses = [each for each in CLAUSE_END.split(fold(turn.written)) if find_phrases(each, phrases)]
    clauses = [each for each in clauses if find_phrases(each, beside)] or clauses
    return clauses[-1].strip() if clauses else None


def is_question(turn: Turn) -> bool:
    """Say whether a message asks, with or without the sign of it."""
    return "?" in turn.written or begins_to_ask(turn)


def says_no_more(turn: Turn, clause: str, *taken: Words, little: Words = NO_WORDS) -> bool:
    """Say whether a clause has no words beside these phrases, days and little words."""
    heard, words = answering.heard(turn, clause), turn.language.reply_words
    rest = without(heard.said, find_phrases(heard.said, frozenset[str]().union(*taken)), " ")
    left = answering.heard(turn, rest)
    rest = without(left.said, [*left.days, *left.weeks], " ")
    polite = words.yes | words.agree | words.politeness
    small = turn.language.week_words.own_little | little
    known = small | {word for phrase in small | polite for word in phrase.split()}
    return {each.strip("'’-") for each in _WORD.findall(rest)} <= known
