"""Follow-ups: what people say of a page that the chat showed last, and the entry that this asks for.

`understanding/follow_ups/*.tsv` has examples, a line each: the pages before (by commas; an exercise is
`exercise/<slug>`, a workout `workout/<slug>`, any page `*`), the entries that answer (or `none`), and the message.
`topics.yaml` has the noun that "it" means after a page, `choices.yaml` how people name a button of an answer,
`asking.yaml` how they ask on about one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from coach.planning.workouts import WORKOUTS
from coach.requests import ShownItem
from content.schema.pages import Entry
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import Fields, named, read_lines, read_yaml
from content.understanding.follow_ups.asking import AskingWords, read_asking
from content.understanding.smalltalk.phrases import Phrase, words_of

FOLDER: Final = "follow_ups"
TOPICS: Final = "topics.yaml"
CHOICES: Final = "choices.yaml"
ANY_PAGE: Final = "*"
NO_ENTRY: Final = "none"
EXERCISE: Final = "exercise/"
WORKOUT: Final = "workout/"
_SECTIONS: Final = {"entries": "", "exercises": EXERCISE, "workouts": WORKOUT}
_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An example: a message after a page, and the entries that answer it; none of them where nothing does."""

    after: str
    entries: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """The noun that "it" means after a page, and the entries that are about it, the page's own first."""

    noun: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUpTexts:
    """The examples of a language, its topics by page, its words for the first button ..., and those that ask on."""

    examples: tuple[FollowUp, ...] = ()
    topics: Mapping[str, Topic] = field(default_factory=lambda: MappingProxyType({}))
    choices: Mapping[Phrase, int] = field(default_factory=lambda: MappingProxyType({}))
    asking: AskingWords = field(default_factory=AskingWords)

    def place_of(self, text: str) -> int | None:
        """The place of the button that a message names and does nothing else: 0 of "the first one"."""
        return self.choices.get(words_of(text)) if self.choices else None

    def known(self, entries: Collection[Entry]) -> FollowUpTexts:
        """The same without what is not among these entries; an entry that has no topic is its own question."""
        slugs = {entry.slug for entry in entries}
        topics = {
            page: Topic(topic.noun, about)
            for page, topic in self.topics.items()
            if (about := tuple(slug for slug in topic.about if slug in slugs))
        }
        topics = {**{entry.slug: Topic(entry.question, (entry.slug,)) for entry in entries}, **topics}
        examples = tuple(
            each
            for each in self.examples
            if (each.after in topics or each.after == ANY_PAGE) and slugs.issuperset(each.entries)
        )
        return FollowUpTexts(examples, MappingProxyType(dict(sorted(topics.items()))), self.choices, self.asking)


def page_of(item: ShownItem) -> str | None:
    """The page that was shown last, by the name that examples and topics give it."""
    if item.entry is not None:
        return item.entry
    if item.exercise is not None:
        return EXERCISE + item.exercise
    if item.workout is None:
        return None
    spec = WORKOUTS.get(item.workout)
    return WORKOUT + (spec.page or spec.slug if spec else item.workout)


def read_follow_ups(folder: Path, root: Path, faults: list[Problem], pages: Collection[str]) -> FollowUpTexts:
    """Read the follow-ups of a language from its folder; what names a page that is not among `pages` is a fault."""
    topics = dict(_topics(folder / TOPICS, root, faults))
    named_there = [name for page, topic in topics.items() for name in (page, *topic.about)]
    faults.extend(_unknown(named_there, pages, shown(folder / TOPICS, root), 1))
    examples = [each for path in named(folder, ".tsv") for each in _examples(path, root, faults, pages)]
    choices = MappingProxyType(_choices(folder / CHOICES, root, faults))
    return FollowUpTexts(tuple(examples), MappingProxyType(topics), choices, read_asking(folder, root, faults))


def _examples(path: Path, root: Path, faults: list[Problem], pages: Collection[str]) -> Iterator[FollowUp]:
    for number, line in read_lines(path, root, faults):
        columns = line.split("\t")
        if len(columns) != _COLUMNS or not words_of(columns[-1]):
            text = "should be the pages before, the entries that answer, and the message, with tabs between"
            faults.append(Problem(shown(path, root), number, text))
            continue
        before, answers = columns[0].split(","), columns[1].split(",")
        faults.extend(_unknown((*before, *answers), {*pages, ANY_PAGE, NO_ENTRY}, shown(path, root), number))
        entries = tuple(name for name in answers if name != NO_ENTRY)
        yield from (FollowUp(page, entries, columns[2]) for page in before)


def _unknown(names: Iterable[str], pages: Collection[str], file: str, line: int) -> Iterator[Problem]:
    yield from (Problem(file, line, f"unknown page '{name}'") for name in names if name not in pages)


def _topics(path: Path, root: Path, faults: list[Problem]) -> Iterator[tuple[str, Topic]]:
    fields = read_yaml(path, root, faults) if path.exists() else None
    for section, prefix in _SECTIONS.items() if fields is not None else ():
        for slug, value in _mapping(fields, section).items():
            if isinstance(value, str):
                yield prefix + slug, Topic(value, (slug,))
            elif isinstance(value, dict) and isinstance(value.get("topic"), str):
                yield prefix + slug, Topic(value["topic"], tuple(map(str, value.get("about") or ())))
            else:
                faults.append(Problem(shown(path, root), 1, f"'{slug}' needs a topic"))


def _choices(path: Path, root: Path, faults: list[Problem]) -> dict[Phrase, int]:
    fields = read_yaml(path, root, faults) if path.exists() else None
    places = _mapping(fields, "places") if fields is not None else {}
    return {
        words_of(phrase): int(place) - 1
        for place, phrases in places.items()
        if str(place).isdecimal()
        for phrase in str(phrases).split(",")
        if words_of(phrase)
    }


def _mapping(fields: Fields | None, key: str) -> dict[str, object]:
    value = fields.values.get(key) if fields is not None else None
    return {str(name): each for name, each in value.items()} if isinstance(value, dict) else {}
