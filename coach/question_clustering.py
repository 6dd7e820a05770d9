"""Questions that ask the same in other words, put together: for whoever writes the answers."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from coach.parsing.normalise import without_accents

ALIKE: Final = 0.5
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Asked:
    """A question without an answer: its row, its words, when it was asked, how many wait to be told."""

    id: int
    text: str
    at: datetime
    waiting: int = 0


@dataclass(frozen=True)
class Group:
    """Questions that ask the same; never empty."""

    asked: tuple[Asked, ...]

    @property
    def text(self) -> str:
        """The wording that was used most; of several, the first that was asked."""
        counts = Counter(one.text for one in self.asked)
        return max(sorted(self.asked, key=lambda one: one.at), key=lambda one: counts[one.text]).text

    @property
    def wordings(self) -> tuple[str, ...]:
        """All wordings, those used most first."""
        return tuple(text for text, _ in Counter(one.text for one in self.asked).most_common())

    @property
    def first(self) -> datetime:
        """The moment of the first question."""
        return min(one.at for one in self.asked)

    @property
    def waiting(self) -> int:
        """The number of people who wait to be told of an answer."""
        return sum(one.waiting for one in self.asked)


def words(text: str) -> list[str]:
    """Return the words in small letters, without accents and apostrophes."""
    return _WORD.findall(without_accents(text).replace("'", ""))


def telling(text: str, common: Collection[str]) -> list[str]:
    """Return the words that matter, which are not `common`; all where none does."""
    found = words(text)
    return [word for word in found if word not in common] or found


def cluster(questions: Sequence[Asked], common: Collection[str]) -> list[Group]:
    """Put questions together that are alike, the largest group first; of equals, the one asked last.

    A question joins the group whose first wording it is most like, by the pieces of its words: at least half of what
    the two hold is shared; `common` words say nothing about what is asked. The order of the groups' making is that of
    asking, so that a group keeps its questions.
    """
    members: list[list[Asked]] = []
    sizes: list[int] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)  # piece → groups whose first wording holds it
    known: dict[str, int] = {}
    for one in sorted(questions, key=lambda one: (one.at, one.id)):
        key = " ".join(words(one.text))
        place = known.get(key)
        if place is None:
            pieces = _pieces(one.text, common)
            place = _nearest(pieces, holders, sizes)
            if place is None:
                place = len(members)
                members.append([])
                sizes.append(len(pieces))
                for piece in pieces:
                    holders[piece].append(place)
            known[key] = place
        members[place].append(one)
    groups = [Group(tuple(each)) for each in members]
    return sorted(groups, key=lambda group: (-len(group.asked), -max(one.at for one in group.asked).timestamp()))


def _nearest(pieces: frozenset[str], holders: defaultdict[str, list[int]], sizes: list[int]) -> int | None:
    """Return the group most like these pieces by Dice's coefficient, None where none is alike."""
    shared = Counter(place for piece in pieces if piece in holders for place in holders[piece])
    likeness = {place: 2 * count / (len(pieces) + sizes[place]) for place, count in shared.items()}
    best = max(likeness, key=lambda place: (likeness[place], -place), default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def _pieces(text: str, common: Collection[str]) -> frozenset[str]:
    """Three letters in a row of the words that matter, with a space on both sides; of all where none matters."""
    return frozenset(f" {word} "[at : at + 3] for word in telling(text, common) for at in range(len(word)))
