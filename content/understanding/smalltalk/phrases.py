"""Small talk, which asks nothing of a coach: `understanding/smalltalk/<kind>.txt` lists it, a phrase a line.

A message is small talk only as a whole: every word of it belongs to a listed phrase, or to `besides.txt`, the names and
titles that may stand beside one. "Hi, why do calves cramp?" is a question. Emoji alone ask nothing, whichever they are.
"""

import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from coach.parsing.normalise import without_accents
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import named, read_lines

MAX_CHARACTERS: Final = 100  # of a message that is looked at: more is no small talk
BESIDES: Final = "besides"
_MARKS: Final = frozenset({"Mn", "Me", "Cf", "Sk"})  # accents, tones of skin, and what joins or varies an emoji
_REPEATED: Final = re.compile(r"([^\W\d_])\1+")
_EMOTICON_BEGINS: Final = ":;=<^"
_EMOJI_FROM: Final = "\U0001f000"
_WORD: Final = re.compile(r"[^\W_]+")

Phrase = tuple[str, ...]  # words, and emoji one by one


class SmallTalkKind(StrEnum):
    """A kind of small talk; of several in one message the last of these is answered.

    What is beyond our subjects is asked of a coach all the same: the weather, a joke, an essay.
    """

    REACTION = "reaction"
    LIFE = "life"
    TIRED = "tired"
    WORRIED = "worried"
    WELL = "well"
    TREATED = "treated"
    JOINING = "joining"
    JOY = "joy"
    JOKE = "joke"
    BEYOND = "beyond"
    ANSWER = "answer"
    GREETING = "greeting"
    OKAY = "okay"
    FAREWELL = "farewell"
    THANKS = "thanks"
    HOW = "how"
    WHO = "who"
    TRUST = "trust"
    CAN = "can"


TOLD_ONLY: Final = frozenset({
    SmallTalkKind.WORRIED, SmallTalkKind.WELL, SmallTalkKind.TREATED, SmallTalkKind.JOINING, SmallTalkKind.JOKE,
})  # fmt: skip
"""Kinds that are told in a sentence, by its words, and have no phrases of their own."""


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The listed phrases; those that are only besides have no kind."""

    phrases: Mapping[Phrase, SmallTalkKind | None] = field(default_factory=lambda: MappingProxyType({}))
    _words: frozenset[str] = field(init=False, repr=False, compare=False)  # of all phrases

    def __post_init__(self) -> None:
        """Note the words: most texts have another, and are no small talk."""
        object.__setattr__(self, "_words", frozenset(word for phrase in self.phrases for word in phrase))

    def kind_of(self, text: str) -> SmallTalkKind | None:
        """The kind of a message that is small talk from its first word to its last, None for any other."""
        said = words_of(text) if len(text) <= MAX_CHARACTERS else ()
        if (emoticon := _emoticon(text)) in self.phrases:
            return self.phrases[emoticon]
        order = list(SmallTalkKind)
        # From which word on all is listed: how many phrases that takes, as less than nothing, and the last kind in it.
        # Few go before many: "good morning" is one greeting, no "good" and "morning".
        found: dict[int, tuple[int, int]] = {len(said): (0, -1)}
        for start in range(len(said) - 1, -1, -1) if self._words.issuperset(said) else ():
            ways = []
            for end, (phrases, rank) in found.items():
                if said[start:end] in self.phrases:
                    kind = self.phrases[said[start:end]]
                    ways.append((phrases - 1, max(rank, order.index(kind) if kind else -1)))
            if ways:
                found[start] = max(ways)
        _, last = found.get(0, (0, -1))
        if last < 0 and said and all(_symbol(word) for word in said):
            return SmallTalkKind.REACTION
        return order[last] if last >= 0 else None

    def begins(self, text: str, kind: SmallTalkKind) -> bool:
        """Say whether a message begins with a phrase of that kind."""
        said = words_of(text[:MAX_CHARACTERS])
        return any(self.phrases.get(said[:count]) is kind for count in range(1, len(said) + 1))


@lru_cache(256)  # a message is looked at for small talk, for wishes and for exercises
def words_of(text: str) -> Phrase:
    """Small words and emoji, without accents, punctuation and letters that are drawn out: "Hiii!!" is "hi"."""
    plain = without_accents(text).replace("'", "")
    if plain.isascii():
        parts = _WORD.findall(plain)
    else:  # emoji come with marks that are no accents
        plain = "".join(char for char in plain if unicodedata.category(char) not in _MARKS)
        apart = "".join(f" {char} " if _symbol(char) else char for char in plain)
        parts = [part for piece in apart.split() for part in ([piece] if _symbol(piece) else _WORD.findall(piece))]
    return tuple(map(sys.intern, _REPEATED.sub(r"\1", " ".join(parts)).split()))


def read_small_talk(folder: Path, root: Path, faults: list[Problem], spare: SmallTalk | None = None) -> SmallTalk:
    """Read the phrases of a language beside those of `spare`; what stands twice, or says nothing, is a fault."""
    own: dict[Phrase, SmallTalkKind | None] = {}
    places: dict[Phrase, str] = {}
    for path in named(folder, ".txt"):
        file = shown(path, root)
        if path.stem != BESIDES and path.stem not in set(SmallTalkKind):
            kinds = ", ".join([*SmallTalkKind, BESIDES])
            faults.append(Problem(file, 1, f"unknown kind of small talk '{path.stem}'; one of {kinds}"))
            continue
        for number, line in read_lines(path, root, faults):
            phrase = _emoticon(line) if line[0] in _EMOTICON_BEGINS else words_of(line)
            if not phrase or len(line) > MAX_CHARACTERS:
                faults.append(Problem(file, number, "is no phrase: it needs a word or an emoji, and is short"))
            elif phrase in own:
                faults.append(Problem(file, number, f"says the same as {places[phrase]}"))
            else:
                own[phrase] = None if path.stem == BESIDES else SmallTalkKind(path.stem)
                places[phrase] = f"{path.name}:{number}"
    return SmallTalk(MappingProxyType({**(spare.phrases if spare else {}), **own}))


def _emoticon(text: str) -> Phrase:
    """Return a face drawn with punctuation as the phrase that it is listed as."""
    return (text.strip().casefold(),)


def _symbol(piece: str) -> bool:
    kind = unicodedata.category(piece[0])
    return kind == "So" or (kind == "Cn" and piece[0] >= _EMOJI_FROM)  # emoji that are newer than this Python
