"""Answers to the question of a step on the way back: a pain of ten, a yes, a no, or that it hurt."""

import re
from collections.abc import Callable
from typing import Final

from coach.parsing.mentions.efforts import find_effort
from coach.parsing.normalise import fold
from coach.parsing.vocabulary import Vocabulary
from coach.parsing.words import Words
from coach.planning.rules import PAIN_REDUCE, PAIN_STOP
from coach.planning.way_back.ladder import BackAnswer
from coach.profile import SkipReason

MOST_WORDS: Final = 14  # more of them are a story
_FIGURE: Final = re.compile(r"\d+")
_PAUSE: Final = re.compile(r"[^\w\s'-]+|\s-+\s|\n")  # what parts two clauses
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def read_back_answer(text: str, words: Vocabulary) -> BackAnswer | None:
    """Return what a text answers, None where it is no answer.

    A pain that a no stands right before is a good session, one without any no is pain, and one with a no elsewhere in
    its clause is unclear: "no it hurts". So are other troubles, but for "no problems". Any other no is "not yet".
    """
    folded = fold(text)
    said = _WORD.findall(folded)
    if len(said) > MOST_WORDS or "?" in text:
        return None
    figures = _FIGURE.findall(folded)
    if len(figures) == 1 or figures[1:] == ["10"]:
        found = find_effort(folded, words)
        if found is not None:
            return of_pain(found.value)
    return _said([clause for part in _PAUSE.split(folded) if (clause := _WORD.findall(part))], words)


def _said(clauses: list[list[str]], words: Vocabulary) -> BackAnswer | None:
    """Return what words alone answer; where it is unclear whether something hurt, nothing."""
    no = words.wishes.negate | words.answers.nothing
    pains = [clause for clause in clauses if any(_hurts(word, words) for word in clause)]
    told = [clause for clause in pains if not _denies(clause, no, lambda word: _hurts(word, words))]
    if told:
        return BackAnswer.SOME_PAIN if any(no.isdisjoint(clause) for clause in told) else None
    troubles = [clause for clause in clauses if clause not in pains and not words.efforts.troubles.isdisjoint(clause)]
    if any(not _denies(clause, no, words.efforts.troubles.__contains__) for clause in troubles):
        return None
    said = [word for clause in clauses if clause not in pains and clause not in troubles for word in clause]
    if not no.isdisjoint(said) or not words.answers.deny.isdisjoint(said):
        return BackAnswer.NOT_YET
    if pains or troubles:
        return BackAnswer.GOOD
    if not said or said[0] not in words.answers.agree:
        return None
    return BackAnswer.NOT_YET if said[1:2] and said[1] in words.efforts.out_of else BackAnswer.GOOD


def _denies(clause: list[str], no: Words, is_trouble: Callable[[str], bool]) -> bool:
    """Say whether a no stands right before each trouble of a clause, and no other in it, which may turn that around."""
    denied = [place for place, word in enumerate(clause) if word in no]
    return [place + 1 for place in denied] == [place for place, word in enumerate(clause) if is_trouble(word)]


def of_pain(pain: int) -> BackAnswer:
    """Return the answer that a pain of ten is."""
    if pain >= PAIN_STOP:
        return BackAnswer.PAIN
    return BackAnswer.SOME_PAIN if pain >= PAIN_REDUCE else BackAnswer.GOOD


def _hurts(word: str, words: Vocabulary) -> bool:
    """Say whether a word is one of pain: whole, or by its beginning where that ends in a star."""
    listed = words.requests.skip.get(SkipReason.HURTS, frozenset())
    return word in listed or word.startswith(tuple(each[:-1] for each in listed if each.endswith("*")))
