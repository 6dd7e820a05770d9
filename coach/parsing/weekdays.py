"""Days of the week as people list them: "Mon Wed Sat", "weekdays and Sun", "Mon-Fri", "every day except Sunday"."""

import re
from dataclasses import dataclass, field
from typing import Final

from coach.parsing.normalise import fold
from coach.parsing.vocabulary import DayWords
from coach.user_errors import DaysNotUnderstood

EVERY_DAY: Final = frozenset(range(1, 8))

_TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[-–—]|[,;.\n]")
_DASHES: Final = frozenset("-–—")
_STOPS: Final = frozenset(",;.\n")


def between(first: int, last: int) -> frozenset[int]:
    """Return the ISO weekdays from `first` to `last`, both included, over the weekend where `last` comes before."""
    return frozenset((first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1))


def parse_days(text: str, words: DayWords) -> frozenset[int]:
    """Return the days that `text` lists; words that say nothing of days are passed over.

    "Not on Sunday" alone is every other day. Raises DaysNotUnderstood where none is named, none is left, or it could be
    read in two ways.
    """
    listed = _List(words)
    for token in _TOKEN.findall(fold(text)):
        listed.take(token)
    return listed.read()


@dataclass
class _List:
    """The days named so far, token by token."""

    words: DayWords
    named: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    leaves_out: bool = False  # what is named now is left out
    every: bool = False  # "every": all days, unless it belongs to the next word, as in "every Monday"
    begun: int | None = None  # the day before this token, where a range can begin
    through: int | None = None  # a range begins here and waits for its end
    ranged: bool = False  # the token before was a range's end: another range from there is unclear

    def take(self, token: str) -> None:
        """Go on by one word or mark. Raises DaysNotUnderstood."""
        words, first = self.words, self.through
        if token in _DASHES or token in words.through:
            if self.ranged:
                raise DaysNotUnderstood  # "Mon - Wed - Fri"
            self.begun, self.through = None, self.begun
            return
        self.begun, self.through, self.ranged = None, None, False
        if (day := words.one.get(token)) is not None:
            self._name(frozenset({day}) if first is None else between(first, day))
            self.begun, self.ranged = day, first is not None
        elif token in words.several:
            self._name(words.several[token])
        elif token in words.every:
            self.every = True
        elif token in words.but:
            self._settle_every()
            if self.left_out:
                raise DaysNotUnderstood  # "not Monday but Tuesday"
            self.leaves_out = True
        elif token in _STOPS and not self.left_out:
            self.leaves_out = False  # "no wishes, any day"

    def read(self) -> frozenset[int]:
        """Return what was listed. Raises DaysNotUnderstood."""
        self._settle_every()
        if self.left_out and not self.named:
            self.named = set(EVERY_DAY)
        if not self.named or not self.left_out <= self.named or self.named == self.left_out:
            raise DaysNotUnderstood
        return frozenset(self.named - self.left_out)

    def _name(self, days: frozenset[int]) -> None:
        self.every = False
        (self.left_out if self.leaves_out else self.named).update(days)

    def _settle_every(self) -> None:
        if self.every:
            self._name(EVERY_DAY)
