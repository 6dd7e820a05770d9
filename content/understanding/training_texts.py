"""The texts of a language that finding learns from, and the rows that entries and red flags are learned from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from content.schema.pages import Entry
from content.understanding.follow_ups.texts import FollowUpTexts
from content.understanding.ranking.fitting import Lesson, TrainingSet
from content.understanding.ranking.ranker import Labels
from content.understanding.red_flags.detector import words_of_all
from content.understanding.red_flags.windows import alarm, telling, windows

LESSONS: Final = "1"  # raise it when other texts are chosen
ASKED_EACH: Final = 3  # one of so many questions is learned as ordinary talk
MOST_TOLD: Final = 1800  # parts of what people tell that are learned so
PARTS_EACH: Final = 1  # parts of a harmless text that are: those that sound most alarming


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """The texts a finder learns from."""

    entries: tuple[Entry, ...]
    outside: tuple[str, ...] = ()
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # red flags by kind
    harmless: tuple[str, ...] = ()  # sound like a red flag, and are none
    urgencies: Mapping[str, str] = field(default_factory=dict)  # of each kind of red flag
    told: tuple[str, ...] = ()  # examples of requests: people tell of their pains and illnesses without alarm
    careful: frozenset[str] = frozenset()  # entries that a word of care goes before: their questions are no plain talk
    labelled: tuple[tuple[str, bool], ...] = ()  # messages and whether each is a red flag: nothing else learns them
    follow_ups: FollowUpTexts = field(default_factory=FollowUpTexts)

    @property
    def kinds(self) -> list[str]:
        """The kinds of red flags that have examples."""
        return sorted(kind for kind, texts in self.flags.items() if texts)

    def training_set(self) -> TrainingSet:
        """Texts that entries are learned from sorted by label, the label of each, and what labels there are."""
        found: list[tuple[int, str]] = []
        for place, entry in enumerate(self.entries):
            found += [(place, text) for text in dict.fromkeys((entry.question, *entry.phrasings))]
        found += [(len(self.entries), text) for text in self.outside]
        return _training_set(found, Labels(entries=len(self.entries), flags=0))

    def flag_lesson(self) -> Lesson:
        """The lesson of red flags: which texts are chosen for it takes longer than to find what was learned."""
        asked = [text for entry in self.entries for text in (entry.slug, entry.question, *entry.phrasings)]
        flags = [f"{kind} {text}" for kind in self.kinds for text in self.flags[kind]]
        parts = (LESSONS, *asked, "", *sorted(self.careful), "", *self.outside, "", *self.told, "", *self.harmless)
        return Lesson((*parts, "", *flags), Labels(entries=0, flags=len(self.kinds)), self.flag_training_set)

    def flag_training_set(self) -> TrainingSet:
        """Texts that red flags are learned from: of a long example its telling window.

        Of questions and of what people tell, those whose words are nearest to those of red flags: the others tell
        nothing, and a ranker with all of them takes more memory and time.
        """
        plain = [entry for entry in self.entries if entry.slug not in self.careful]
        asked = [text for entry in plain for text in dict.fromkeys((entry.question, *entry.phrasings))]
        asked.sort(key=alarm(self.flags, asked), reverse=True)
        found = [(0, text) for text in (*asked[: len(asked) // ASKED_EACH], *self.outside)]
        told = list(dict.fromkeys(part for text in self.told for part in windows(text)))
        told.sort(key=alarm(self.flags, told), reverse=True)
        found += [(0, text) for text in told[:MOST_TOLD]]
        alarming = alarm(self.flags, self.harmless)
        for text in self.harmless:
            found += [(0, part) for part in sorted(windows(text), key=alarming, reverse=True)[:PARTS_EACH]]
        window = telling(self.flags)
        for place, kind in enumerate(self.kinds, start=1):
            found += [(place, window(kind, text)) for text in self.flags[kind]]
        return _training_set(found, Labels(entries=0, flags=len(self.kinds)))

    def familiar(self) -> frozenset[str]:
        """Words of ordinary talk, which are no misspelling of a word of a red flag."""
        return words_of_all([*self.outside, *self.harmless, *self._answered()])

    def spoken(self) -> frozenset[str]:
        """Words of the language: of the answers, of how they are asked for, of requests and of ordinary talk."""
        return words_of_all([*self.harmless, *self.told, *self._answered()])

    def _answered(self) -> list[str]:
        return [text for entry in self.entries for text in (entry.question, entry.text, *entry.phrasings)]


def _training_set(found: list[tuple[int, str]], labels: Labels) -> TrainingSet:
    unique = sorted(dict.fromkeys(found), key=lambda row: row[0])
    return TrainingSet([text for _, text in unique], [label for label, _ in unique], labels)
