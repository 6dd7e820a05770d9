"""A message as it is looked at for slots: what it names, each found once, when a slot asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from coach.parsing.mentions import dates, durations
from coach.parsing.mentions.clock_times import find_times
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, spoken
from coach.parsing.mentions.spoken_days import SpokenDay
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.parsing.word_lists.request_words import GoalWords, PersonWords
from coach.profile import Units
from coach.requests import ShownItem
from content.understanding.places import Places


@dataclass(frozen=True)
class Moment:
    """The person's own time and units, their day, what their chat showed last; cities are looked up in `places`."""

    now: datetime
    units: Units | None = None
    after: ShownItem | None = None
    places: Places | None = None
    strength: bool = False  # a strength session stands on this day


@dataclass(frozen=True)
class Heard:
    """A message, or a part of one, and the moment in which it is read."""

    text: str
    moment: Moment
    words: Vocabulary
    exercises: Mapping[str, tuple[str, ...]]  # the names of each
    goals: GoalWords = field(default_factory=GoalWords)
    people: PersonWords = field(default_factory=PersonWords)

    @property
    def today(self) -> date:
        """The person's own date."""
        return self.moment.now.date()

    @cached_property
    def said(self) -> str:
        """The spoken form."""
        return spoken(self.text, self.words)

    @cached_property
    def days(self) -> list[Mention[SpokenDay]]:
        """The days that are named."""
        return dates.find_days(self.said, self.words)

    @property
    def named_dates(self) -> set[date | None]:
        """The dates of those days; None stands for one that there is not, as 31 April."""
        return {one.value.resolve(self.today) for one in self.days}

    @cached_property
    def weeks(self) -> list[Mention[dates.SpokenWeek]]:
        """The weeks and weekends."""
        return dates.find_weeks(self.said, self.words)

    @cached_property
    def lengths(self) -> list[Mention[int]]:
        """The lengths in days."""
        return dates.find_lengths(self.said, self.words)

    @cached_property
    def months(self) -> list[Mention[date]]:
        """The months without a day."""
        return dates.find_months(self.said, self.words, self.today)

    @cached_property
    def durations(self) -> list[Mention[int]]:
        """The durations in seconds."""
        return durations.find_durations(self.said, self.words)

    @cached_property
    def no_figures(self) -> list[Mention[object]]:
        """Mentions with figures that are neither efforts nor counts."""
        said, words = self.said, self.words
        article = re.compile(rf"{BEGINS}{any_of(words.numbers.article)} $")
        clock = [one for one in find_times(said, words) if not said[one.start : one.end].isdecimal()]
        clock = [one for one in clock if not article.search(said[: one.start])]  # "it's a 3 this morning"
        return [*self.days, *self.lengths, *self.durations, *durations.find_ways(said, words),
                *durations.find_run_times(said, words), *find_written_weights(said, words), *clock,
                *self._numbered()]  # fmt: skip

    def _numbered(self) -> list[Mention[None]]:
        """Return figures that number, date or count something: "type 1", "ran at 7", "two calls", not "put it at 7"."""
        scored = any_of(self.words.efforts.out_of | self.words.efforts.names)
        meant = any_of(self.goals.scored)
        led = rf"(?<!\w)(?:{meant} )?{any_of(self.goals.numbered)} (?P<figure>\d{{1,2}})(?!\w| ?{scored})"
        found = [one for one in re.finditer(led, self.said) if not re.match(meant, one[0])]
        several = (
            rf"(?<![\w.,/-])(?P<figure>\d{{1,2}}) (?P<what>[^\W\d_]{{3,}}{re.escape(self.words.days.plural)}){ENDS}"
        )
        counted = re.finditer(several, self.said) if self.words.days.plural else ()
        found += [one for one in counted if one["what"] not in self.goals.uncounted | self.goals.fillers]
        return [Mention(*one.span("figure"), None) for one in found]
