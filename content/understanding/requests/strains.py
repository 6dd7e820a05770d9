"""Strains that are told lightly: "hamstring grabbed me on the bend, just a little tug"."""

from __future__ import annotations

from typing import Final

from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.requests import Intent
from content.library import Language
from content.understanding.meanings import Answer, NoAnswer, Requests, Suggest, Talk
from content.understanding.requests.doubts.others import is_of_others_alone
from content.understanding.requests.request import Request
from content.understanding.smalltalk.sentences import CLAUSE_END, wishes

ACHES: Final = "aches"  # the category of the answers that say what to do about what hurts


def pain_of_strain(text: str, talk: Talk, language: Language) -> Requests | None:
    """Return the pain that a message tells which names a muscle and what went wrong with it, and asks nothing.

    An answer about what hurts says more than a question how much it does; one how to build that muscle does not.
    """
    if not isinstance(talk, Answer | Suggest | NoAnswer) or wishes(text, language):
        return None
    if isinstance(talk, Answer) and language.entries[talk.entry].category == ACHES:
        return None
    people = language.person_words
    clauses = [fold(clause) for clause in CLAUSE_END.split(text)]
    told = any(find_phrases(each, people.strained) and find_phrases(each, people.strainable) for each in clauses)
    others = is_of_others_alone(
        text, language.vocabulary, people, troubles=lambda part: bool(find_phrases(part, people.strained))
    )
    return Requests((Request(Intent.PAIN),)) if told and not others else None
