"""A typed yes or no to a question with buttons; `understanding/replies.yaml` lists the words.

A message is a yes only as a whole: every word belongs to a listed phrase. It is a no from its first words on already,
which changes nothing: "no no, only today".
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from coach.parsing.word_lists.reply_words import ReplyWords
from coach.parsing.words import Words
from content.understanding.smalltalk.phrases import MAX_CHARACTERS, Phrase, words_of

_LISTS: Final = 64  # of phrases; a language has four


class Reply(StrEnum):
    """A reply to a question with buttons."""

    YES = "yes"
    AGREE = "agree"  # what could also be said in passing
    NO = "no"


def reply_of(text: str, words: ReplyWords) -> Reply | None:
    """Return the reply that a whole message is, None for any other."""
    said = _without_politeness(words_of(text), words.politeness) if len(text) <= MAX_CHARACTERS else ()
    kinds = list[Reply]()
    while said:
        if (agreed := _with_command(kinds, said, words)) is not None:
            return agreed
        found = _first(said, words)
        if found is None:
            return None
        kind, length = found
        kinds.append(kind)
        said = _without_politeness(said[length:], words.politeness)
    if Reply.NO in kinds:  # "fair enough, leave it" agrees to nothing
        first = kinds.index(Reply.NO)
        return Reply.NO if set(kinds[first:]) == {Reply.NO} and Reply.YES not in kinds else None
    return Reply.YES if Reply.YES in kinds else next(iter(kinds), None)


def _with_command(kinds: Sequence[Reply], said: Phrase, words: ReplyWords) -> Reply | None:
    """Return the yes that a wish is which names nothing: "yeah lock that in", "stick it in for us"."""
    verbs, objects, ends = (
        {tuple(words_of(each)) for each in listed} for listed in (words.does, words.does_it, words.does_in)
    )
    for listed in (verbs, objects):
        length = max((len(each) for each in listed if said[: len(each)] == each), default=0)
        if not length:
            return None
        said = said[length:]
    if said and said not in ends:
        return None
    return None if Reply.NO in kinds else Reply.YES if Reply.YES in kinds else Reply.AGREE


def begins_with_no(text: str, words: ReplyWords) -> bool:
    """Say whether a message begins with a no, whatever follows."""
    found = _first(_without_politeness(words_of(text), words.politeness), words)
    return found is not None and found[0] is Reply.NO


def _first(said: Phrase, words: ReplyWords) -> tuple[Reply, int] | None:
    """Return the reply with which a message begins, by its longest phrase, and how many words that has."""
    kinds = ((Reply.YES, words.yes), (Reply.AGREE, words.agree), (Reply.NO, words.no))
    fitting = [(length, kind) for kind, listed in kinds if (length := _length(said, listed))]
    length, kind = max(fitting, default=(0, None))
    return None if kind is None else (kind, length)


def _length(said: Phrase, listed: Words) -> int:
    """Return how many words the longest phrase has with which a message begins."""
    phrases = _phrases(listed).get(said[0], ()) if said else ()
    return next((len(phrase) for phrase in phrases if said[: len(phrase)] == phrase), 0)


@lru_cache(_LISTS)
def _phrases(listed: Words, end: int = 0) -> dict[str, tuple[Phrase, ...]]:
    """Return phrases, the longest first, by their first word, or with -1 by their last."""
    found: dict[str, tuple[Phrase, ...]] = {}
    for phrase in sorted(filter(None, map(words_of, listed)), key=len, reverse=True):
        found[phrase[end]] = (*found.get(phrase[end], ()), phrase)
    return found


def _without_politeness(said: Phrase, politeness: Words) -> Phrase:
    while length := _length(said, politeness):
        said = said[length:]
    while length := _ending(said, politeness):
        said = said[:-length]
    return said


def _ending(said: Phrase, listed: Words) -> int:
    """Return how many words the longest phrase has with which a message ends."""
    phrases = _phrases(listed, -1).get(said[-1], ()) if said else ()
    return next((len(phrase) for phrase in phrases if said[-len(phrase) :] == phrase), 0)
