"""Loads `understanding/vocabulary.yaml`: lists of words by section and key, made into a `Vocabulary`.

What a language lacks is English's, key by key; its numbers and its countries are a whole. Around red flags English
counts beside the language's own words, for its patterns do as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from coach.parsing.normalise import fold, without_accents
from coach.parsing.vocabulary import (
    AnswerWords,
    ChoiceWords,
    ClockWords,
    DayWords,
    LegWords,
    NumberWords,
    PauseWords,
    PlaceWords,
    SafetyWords,
    ScheduleWords,
    UnitWords,
    Vocabulary,
)
from coach.parsing.word_lists.request_words import DateWords, EffortWords, RequestWords, SpanWords, WishWords
from coach.parsing.words import Words
from coach.planning.inputs import Equipment, Experience
from coach.profile import Goal, Units
from coach.reminders.kinds import CALLED_BY_WORDS
from coach.reminders.local_time import zone_names
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import Fields, read_yaml
from content.understanding.vocabulary_keys import (
    ALONE,
    ARTICLE,
    BARE,
    COUNTRIES,
    COUNTS,
    DISTINCT,
    DOZEN,
    FEASTS,
    GROUPS,
    HOMOPHONES,
    LENGTHS,
    MOST,
    NAMES,
    NUMBERS,
    REASONS,
    SECTIONS,
    SINGLE,
    SYSTEMS,
    TEENS,
    ZONES,
)

FILE: Final = "vocabulary.yaml"
Lists = dict[str, tuple[str, ...]]


@dataclass
class _Reader:
    """Reads the lists of one file, and reports what is wrong with them."""

    fields: Fields
    complete: bool  # every key must be there
    lists: Lists = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def read(self) -> Lists:
        """Return the words by section and key."""
        for section, keys in SECTIONS.items():
            inner = self.fields.map(section, required=self.complete)
            if inner is not None:
                for key in keys:
                    self._take(inner, section, key, required=self.complete)
                if section == "places" and (countries := inner.map("countries", required=self.complete)) is not None:
                    self._countries(countries)
                if section == "places" and (zones := inner.map("zones", required=self.complete)) is not None:
                    self._zones(zones)
                inner.close()
        if (numbers := self.fields.map(NUMBERS, required=self.complete)) is not None:
            self._numbers(numbers)
        self.fields.close()
        for keys in (*DISTINCT, *(tuple(self._under(name)) for name in (NUMBERS, COUNTRIES))):
            self._distinguish(keys)
        return self.lists

    def _take(self, fields: Fields, section: str, key: str, *, required: bool) -> None:
        text = fields.text(key, required=required)
        if not text:
            return
        name = f"{section}.{key}"
        words = tuple(_folded(word, section) for word in text.split(","))
        if "" in words:
            fields.fault(key, f"'{key}' has nothing between two commas")
        for word in sorted({word for word in words if word and words.count(word) > 1}):
            fields.fault(key, f"'{key}' names '{word}' twice")
        if (count := COUNTS.get(name, len(words))) != len(words):
            fields.fault(key, f"'{key}' has {len(words)}; it needs {count}")
        for word in words if name in SINGLE else ():
            if " " in word:
                fields.fault(key, f"'{key}' holds single words, and '{word}' is several")
        self.lists[name], self.lines[name] = words, fields.line(key)

    def _numbers(self, fields: Fields) -> None:
        self._take(fields, NUMBERS, ARTICLE, required=self.complete)
        self._take(fields, NUMBERS, DOZEN, required=self.complete)
        for key in fields.values:
            if key.isascii() and key.isdecimal() and int(key) <= MOST:
                self._take(fields, NUMBERS, key, required=True)
        fields.close()

    def _countries(self, fields: Fields) -> None:
        for key in fields.values:
            if len(key) == len("XX") and key.isascii() and key.isupper():
                self._take(fields, COUNTRIES, key, required=True)
        fields.close()

    def _zones(self, fields: Fields) -> None:
        for key in fields.values:
            if key in zone_names():
                self._take(fields, ZONES, key, required=True)
        fields.close()

    def _under(self, section: str) -> Iterator[str]:
        return (name for name in self.lists if name.startswith(f"{section}.") and not name.endswith((ARTICLE, DOZEN)))

    def _distinguish(self, names: Sequence[str]) -> None:
        known: dict[str, str] = {}
        for name in names:
            for word in self.lists.get(name, ()):
                if known.setdefault(word, name) != name:
                    text = f"'{word}' already means '{known[word].rpartition('.')[2]}'"
                    self.fields.faults.append(Problem(self.fields.file, self.lines[name], text))


def read_vocabulary(
    folder: Path, root: Path, faults: list[Problem], english: Path | None = None
) -> tuple[Vocabulary, tuple[str, ...]]:
    """Return the words of the language in `folder`, and the names of what it takes from the folder of `english`."""
    own = _lists(folder / FILE, root, faults, complete=english is None)
    spare = _lists(english / FILE, english, []) if english is not None else {}
    lists = {**{name: words for name, words in spare.items() if not _whole(name, own)}, **own}
    borrowed = tuple(f"{FILE} {name}" for name in lists if name not in own)
    return _built(lists, {name: (*spare.get(name, ()), *words) for name, words in lists.items()}, spare), borrowed


def _lists(path: Path, root: Path, faults: list[Problem], *, complete: bool = False) -> Lists:
    fields = read_yaml(path, root, faults) if path.exists() else None
    return _Reader(fields, complete).read() if fields is not None else {}


def _whole(name: str, own: Lists) -> bool:
    """Say whether a language's own list of this kind stands for all of English's."""
    section, _, key = name.rpartition(".")
    counted = section in {NUMBERS, COUNTRIES} and key not in {ARTICLE, DOZEN}
    return counted and any(each.startswith(f"{section}.") for each in own)


def _folded(word: str, section: str) -> str:
    bare = section.partition(".")[0] in BARE
    return " ".join((without_accents(word).replace("'", "") if bare else fold(word)).split())


def _numbers_of(lists: Lists) -> dict[str, int]:
    keys = ((name, name.rpartition(".")[2]) for name in lists if name.startswith(f"{NUMBERS}."))
    return {word: int(key) for name, key in keys if key not in {ARTICLE, DOZEN} for word in lists[name]}


def _built(lists: Lists, with_english: Lists, spare: Lists) -> Vocabulary:
    def of(name: str) -> Words:
        return frozenset(lists.get(name, ()))

    def part(section: str, *keys: str) -> dict[str, Words]:
        return {key: of(f"{section}.{key}") for key in keys}

    one = {word: day for day, key in enumerate(NAMES, 1) for word in of(f"days.{key}")}
    names = lists.get("days.names", ())
    several = {"weekdays": frozenset({1, 2, 3, 4, 5}), "weekend": frozenset({6, 7})}
    lengths = {word: days for key, days in LENGTHS.items() for word in of(f"pause.{key}")}
    numbers = _numbers_of(lists)
    spoken = {**_numbers_of(spare), **numbers}
    values: dict[str, Any] = {
        group: MappingProxyType({key: of(f"requests.{group}_{key}") for key in keys}) for group, keys in GROUPS.items()
    } | part("requests", *ALONE)
    countries = {
        word: name.rpartition(".")[2] for name, words in lists.items() if name.startswith(COUNTRIES) for word in words
    }
    zones: dict[str, tuple[str, ...]] = {}
    for name, words in lists.items():
        for word in words if name.startswith(f"{ZONES}.") else ():
            zones[word] = (*zones.get(word, ()), name.removeprefix(f"{ZONES}."))
    return Vocabulary(
        days=DayWords(
            names=names,
            one=MappingProxyType({**{name: day for day, name in enumerate(names, 1)}, **one}),
            several=MappingProxyType({word: days for key, days in several.items() for word in of(f"days.{key}")}),
            plural=next(iter(lists.get("days.plural", ())), ""),
            **part("days", "every", "every_day", "mornings", "evenings", "through", "but"),
            **part("days", "others", "taken", "set_aside", "aside", "asides", "are"),
            **part("days", "instead", "new_thought", "tomorrow"),
        ),
        clock=ClockWords(**part("clock", *SECTIONS["clock"])),
        numbers=NumberWords(MappingProxyType(numbers), of(f"{NUMBERS}.{ARTICLE}"), of(f"{NUMBERS}.{DOZEN}")),
        schedule=ScheduleWords(
            kinds=MappingProxyType({kind: of(f"schedule.{kind}") for kind in CALLED_BY_WORDS}),
            **part("schedule", "turn_on", "turn_off", "never", "only", "around", "joining", "skip", "quiet"),
        ),
        pause=PauseWords(
            lengths=MappingProxyType(lengths),
            months=lists.get("pause.months", ()),
            reasons=MappingProxyType({reason: of(f"pause.{reason}") for reason in REASONS}),
            **part("pause", "ordinals", "until", "until_first", "skip"),
        ),
        units=UnitWords(
            weights=MappingProxyType({unit: of(f"units.{unit.name.lower()}") for unit in Units}),
            systems=MappingProxyType({unit: of(f"units.{key}") for unit, key in SYSTEMS.items()}),
            **part("units", "millimetres", "centimetres", "inches", "grams", "ounces", "weighing", "about", "now"),
        ),
        legs=LegWords(**part("legs", *SECTIONS["legs"])),
        choices=ChoiceWords(
            goals=MappingProxyType({goal: of(f"choices.{goal}") for goal in Goal}),
            experience=MappingProxyType({each: of(f"choices.{each}") for each in Experience}),
            equipment=MappingProxyType({thing: of(f"choices.{thing}") for thing in Equipment}),
            **part("choices", "nothing", "without"),
        ),
        answers=AnswerWords(**part("answers", *SECTIONS["answers"])),
        safety=SafetyWords(
            **{key: frozenset(with_english.get(f"safety.{key}", ())) for key in SECTIONS["safety"]},
            numbers=MappingProxyType({_bare(word): str(figure) for word, figure in spoken.items() if figure in TEENS}),
        ),
        places=PlaceWords(
            countries=MappingProxyType(countries),
            zones=MappingProxyType(zones),
            **part("places", *SECTIONS["places"]),
        ),
        dates=DateWords(
            **part("dates", *(key for key in SECTIONS["dates"] if key not in {"ordinals", *FEASTS})),
            ordinals=lists.get("dates.ordinals", ()),
            feasts=MappingProxyType({day: of(f"dates.{day}") for day in FEASTS}),
        ),
        spans=SpanWords(**part("spans", *SECTIONS["spans"])),
        efforts=EffortWords(
            **part("efforts", *(key for key in SECTIONS["efforts"] if key not in HOMOPHONES)),
            homophones=MappingProxyType({figure: of(f"efforts.{figure}") for figure in HOMOPHONES}),
        ),
        wishes=WishWords(**part("wishes", *SECTIONS["wishes"])),
        requests=RequestWords(**values),
        common=of("questions.common"),
    )


def _bare(word: str) -> str:
    return without_accents(word).replace("'", "")


def is_missing(folder: Path, root: Path) -> Problem | None:
    """Return the fault of a language that has no vocabulary, where it has none."""
    return None if (folder / FILE).exists() else Problem(shown(folder / FILE, root), 1, "is missing")
