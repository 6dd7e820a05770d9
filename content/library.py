"""The whole content, loaded at once: frozen objects, every fault reported, references checked.

A language is a folder under the content folder, named like its code: `de`, `pt-br`. English is the one that must be
there; what another language lacks is taken from it, file by file and label by label, and listed by `Language.borrowed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from coach.parsing.own_intervals import IntervalWords
from coach.parsing.vocabulary import Vocabulary
from coach.parsing.word_lists.day_words import DayWords
from coach.parsing.word_lists.log_words import LogWords
from coach.parsing.word_lists.reply_words import CorrectionWords, ReplyWords
from coach.parsing.word_lists.request_words import GoalWords, PersonWords
from coach.parsing.word_lists.week_words import WeekWords
from content.checks.contract import Needed, missing, unfilled
from content.checks.cross_references import READ, duplicate_phrasings, unknown_references, unread_files
from content.guide.voices import GuideVoices, read_guide
from content.rendering.messages import Messages, load_messages
from content.schema import pages, training_pages
from content.schema.drawings import Drawing, drawing
from content.schema.pages import ENGLISH, Confidence, Entry, SafetyMessage
from content.schema.problems import ContentProblems, Problem
from content.schema.sources import Source, read_sources
from content.schema.training_pages import Exercise, Phase, Sets, Workout
from content.schema.yaml_fields import named, read_lines
from content.understanding.exercise_lookup import ExerciseNames, read_exercise_names, read_names
from content.understanding.follow_ups.texts import EXERCISE, FOLDER, WORKOUT, read_follow_ups
from content.understanding.red_flags.detector import Detector
from content.understanding.red_flags.patterns import INSTEAD, RAISES, REMARKS, WORDS, read_patterns
from content.understanding.red_flags.patterns import SUFFIX as PATTERNS
from content.understanding.requests.classifier.weights import FILE as CLASSIFIER
from content.understanding.requests.classifier.weights import RequestClassifier, read_classifier
from content.understanding.requests.examples import RequestExamples, read_examples
from content.understanding.requests.fitting import IntentTraining
from content.understanding.search import Candidate, FaqSearch, SearchResult
from content.understanding.smalltalk.phrases import words_of
from content.understanding.training_texts import TrainingTexts
from content.understanding.vocabulary import read_vocabulary
from content.understanding.word_lists import read_words

__all__ = [
    "ENGLISH", "Candidate", "Confidence", "Content", "ContentProblems", "Entry", "Exercise", "FaqSearch", "Language",
    "Phase", "Problem", "SafetyMessage", "SearchResult", "Sets", "Source", "Workout", "load", "own_entries",
]  # fmt: skip

MAX_CHARACTERS: Final = 100  # of a message that asks to be shown an exercise
_PARTS: Final = (*filter(None, READ), "messages", *READ[""])
_CODE: Final = re.compile("[a-z]{2,3}(-[a-z0-9]{2,8})?")
_Page = TypeVar("_Page")


@dataclass(frozen=True, slots=True)
class Language:
    """All that is said in one language; mappings are read-only and ordered by file name (categories as written)."""

    code: str
    entries: Mapping[str, Entry]
    categories: Mapping[str, str]
    sources: Mapping[str, Source]
    exercises: Mapping[str, Exercise]
    workouts: Mapping[str, Workout]
    safety: Mapping[str, SafetyMessage]
    messages: Messages
    finder: FaqSearch
    borrowed: tuple[str, ...] = ()
    showing: ExerciseNames = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    exercise_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of each exercise
    examples: RequestExamples = field(default_factory=RequestExamples)
    request_classifier: RequestClassifier = field(default_factory=RequestClassifier)
    guide: GuideVoices = field(default_factory=GuideVoices)
    interval_words: IntervalWords = field(default_factory=IntervalWords)
    goal_words: GoalWords = field(default_factory=GoalWords)
    reply_words: ReplyWords = field(default_factory=ReplyWords)
    week_words: WeekWords = field(default_factory=WeekWords)
    day_words: DayWords = field(default_factory=DayWords)
    correction_words: CorrectionWords = field(default_factory=CorrectionWords)
    log_words: LogWords = field(default_factory=LogWords)
    person_words: PersonWords = field(default_factory=PersonWords)
    familiar: frozenset[str] = frozenset()  # words of the language
    choices: Mapping[tuple[str, ...], int] = field(default_factory=dict)  # places of buttons: "the second one"

    def exercise_of(self, text: str) -> str | None:
        """The exercise that a message asks to be shown, and nothing else."""
        return self.showing.get(words_of(text[:MAX_CHARACTERS]))

    @property
    def name(self) -> str:
        """The language's own name for itself."""
        return self.messages.labels.get("language_name", self.code)


@dataclass(frozen=True, slots=True)
class Content:
    """Every language there is."""

    languages: Mapping[str, Language]

    def language(self, code: str | None) -> Language:
        """The language of a Telegram language code such as `pt-br`; English where there is none."""
        wanted = (code or ENGLISH).lower()
        return self.languages.get(wanted) or self.languages.get(wanted.split("-")[0]) or self.languages[ENGLISH]


def load(root: Path, *, cache: Path | None = None, strict: bool = True, needs: Needed | None = None) -> Content:
    """Read every language under `root`; raise ContentProblems with every fault there is.

    `cache` is a folder for what is fitted from the content (it may be deleted at any time). `strict=False` lets
    references to what is not written yet pass. With `needs` it is also a fault what the code would miss.
    """
    faults: list[Problem] = []
    held = sorted(root.iterdir()) if root.is_dir() else []
    folders = [path for path in held if any((path / part).exists() for part in _PARTS)]
    faults.extend(  # the code beside the languages is named otherwise
        Problem(path.name, 1, f"a language's folder holds some of {', '.join(_PARTS)}")
        for path in held
        if path not in folders and _CODE.fullmatch(path.name) and path.is_dir() and any(path.iterdir())
    )
    if not any(folder.name == ENGLISH for folder in folders):
        raise ContentProblems((Problem(ENGLISH, 1, "the English content is missing"),))
    folders.sort(key=lambda folder: folder.name != ENGLISH)
    languages: dict[str, Language] = {}
    unread: set[str] = set()
    for folder in folders:
        if not _CODE.fullmatch(folder.name):
            faults.append(Problem(folder.name, 1, "a language's folder is named like its code: de, pt-br"))
            continue
        language = _language(folder, root, faults, languages.get(ENGLISH), cache, unread, strict=strict)
        languages[language.code] = language
        if needs is not None:
            faults.extend(unfilled(needs, language.messages, root))
            if language.code == ENGLISH:
                faults.extend(missing(needs, language.messages, language.workouts, root))
    if faults:
        raise ContentProblems(tuple(faults))
    return Content(MappingProxyType(languages))


def own_entries(content: Content) -> Iterator[tuple[str, Entry]]:
    """The entries of every language and their files; what is borrowed is English's."""
    for language in content.languages.values():
        for entry in language.entries.values():
            if (name := f"faq/{entry.slug}.md") not in language.borrowed:
                yield f"{language.code}/{name}", entry


def _language(
    folder: Path,
    root: Path,
    faults: list[Problem],
    english: Language | None,
    cache: Path | None,
    unread: set[str],
    *,
    strict: bool,
) -> Language:
    """Read one language, filling what is missing from English; `unread` collects the kinds of what cannot be known."""
    borrowed: list[str] = []
    english_folder = root / ENGLISH

    def there(name: str) -> Path:
        """A file of this language, or English's."""
        path = folder / name
        if path.exists() or not (english_folder / name).exists():
            return path
        borrowed.append(name)
        return english_folder / name

    def read(kind: str, suffix: str, parse: Callable[[Path, Path, list[Problem]], _Page | None],
             spare: Mapping[str, _Page]) -> Mapping[str, _Page]:  # fmt: skip
        own = {path.stem: parse(path, root, faults) for path in named(folder / kind, suffix)}
        borrowed.extend(f"{kind}/{name}{suffix}" for name in spare if name not in own)
        merged = {**spare, **{name: page for name, page in own.items() if page is not None}}
        return MappingProxyType(dict(sorted(merged.items())))

    entries = read("faq", ".md", pages.entry, english.entries if english else {})
    if english:
        entries = _asked_as(entries, english.entries, folder, borrowed)
    exercises = read("exercises", ".md", training_pages.exercise, english.exercises if english else {})
    workouts = read("workouts", ".yaml", training_pages.workout, english.workouts if english else {})
    safety = read("safety", ".md", pages.safety, english.safety if english else {})

    def read_one(name: str, what: str, parse: Callable[[Path, Path, list[Problem]], dict[str, _Page] | None]
                 ) -> dict[str, _Page]:  # fmt: skip
        """A file that a second language may leave out."""
        found = parse(folder / name, root, faults) if english is None or (folder / name).exists() else {}
        if found is None:
            unread.add(what)
        return found or {}

    own_categories = read_one("faq/categories.yaml", "category", pages.categories)
    own_sources = read_one("sources.yaml", "source", read_sources)
    categories = {**(english.categories if english else {}), **own_categories}
    sources = {**(english.sources if english else {}), **own_sources}
    borrowed += [f"faq/categories.yaml {key}" for key in categories if key not in own_categories]
    messages, message_faults = load_messages(folder / "messages", english.messages if english else None)
    faults.extend(message_faults)
    borrowed += [f"messages/{name}" for name in messages.borrowed()]
    vocabulary, borrowed_words = read_vocabulary(
        folder / "understanding", root, faults, english_folder / "understanding" if english else None
    )
    borrowed += [f"understanding/{name}" for name in borrowed_words]
    words = vocabulary.safety
    spare_patterns = read_patterns(english_folder / "safety", root, [], english.vocabulary.safety) if english else None
    rules = (PATTERNS, WORDS, RAISES, INSTEAD, REMARKS)
    listed = [path for name in rules for path in named(english_folder / "safety", name)]
    borrowed += [f"safety/{path.name}" for path in listed if not (folder / "safety" / path.name).exists()]
    examples = read_examples(folder / "understanding", root, faults, english.examples if english else None)
    known = TrainingTexts(
        entries=tuple(entries.values()),
        outside=tuple(line for _, line in read_lines(there("outside.txt"), root, faults)),
        flags={kind: pages.phrasings(there(f"safety/{kind}.txt"), root, faults, pages.EXAMPLE_ROOM) for kind in safety},
        harmless=pages.phrasings(there("safety/harmless.txt"), root, faults, pages.EXAMPLE_ROOM),
        labelled=pages.labelled(there("safety/labelled.tsv"), safety, root, faults),
        urgencies={kind: message.urgency for kind, message in safety.items()},
        told=(
            *(text for texts in examples.requests.values() for text in texts),
            *examples.near_misses,
            *examples.asides,
        ),
        careful=frozenset(slug for message in safety.values() for slug in message.before),
        follow_ups=read_follow_ups(
            there(f"understanding/{FOLDER}"),
            root,
            faults,
            {*entries, *(EXERCISE + slug for slug in exercises), *(WORKOUT + slug for slug in workouts)},
        ),
    )
    detector = Detector(read_patterns(folder / "safety", root, faults, words, spare_patterns), known.familiar())
    showing = read_exercise_names(
        folder / "understanding", exercises, root, faults, english.showing if english else None
    )
    asked = tuple(text for entry in known.entries for text in (entry.question, *entry.phrasings))
    training = IntentTraining(examples, asked, known.outside, vocabulary) if examples.requests else None
    language = Language(
        code=folder.name,
        entries=entries,
        categories=MappingProxyType(categories),
        sources=MappingProxyType(sources),
        exercises=exercises,
        workouts=workouts,
        safety=safety,
        messages=messages,
        finder=FaqSearch(known, detector, cache, training),
        borrowed=tuple(borrowed),
        familiar=known.spoken(),
        choices=known.follow_ups.choices,
        showing=showing,
        vocabulary=vocabulary,
        drawings=_drawings(folder, root, faults, english.drawings if english else {}),
        exercise_names=read_names(there("understanding/exercises.yaml").parent, exercises, root),
        examples=examples,
        request_classifier=read_classifier(there(f"understanding/{CLASSIFIER}"), root, faults),
        guide=read_guide(there("guide/sentences.yaml").parent, root, faults),
        interval_words=read_words(IntervalWords, there("understanding/intervals.yaml"), root, faults),
        goal_words=read_words(GoalWords, there("understanding/goals.yaml"), root, faults),
        person_words=read_words(PersonWords, there("understanding/people.yaml"), root, faults),
        correction_words=read_words(CorrectionWords, there("understanding/corrections.yaml"), root, faults),
        log_words=read_words(LogWords, there("understanding/log.yaml"), root, faults),
        reply_words=read_words(ReplyWords, there("understanding/replies.yaml"), root, faults),
        week_words=read_words(WeekWords, there("understanding/week.yaml"), root, faults),
        day_words=read_words(DayWords, there("understanding/days.yaml"), root, faults),
    )
    faults.extend(unread_files(folder, root))
    faults.extend(duplicate_phrasings(language, messages.small_talk, folder, root))
    if strict:
        faults.extend(unknown_references(language, (folder, english_folder), root, unread))
    return language


def _drawings(folder: Path, root: Path, faults: list[Problem], english: Mapping[str, Drawing]) -> Mapping[str, Drawing]:
    own = {path.stem: drawing(path, root, faults) for path in named(folder / "exercises", ".yaml")}
    return MappingProxyType({**english, **{slug: drawn for slug, drawn in own.items() if drawn}})


def _asked_as(
    entries: Mapping[str, Entry], english: Mapping[str, Entry], folder: Path, borrowed: list[str]
) -> Mapping[str, Entry]:
    """Let entries that come without phrasings be asked for as in English."""
    found = dict(entries)
    for slug, entry in english.items():
        name = f"faq/{slug}.txt"
        if entry.phrasings and not (folder / name).exists():
            borrowed.append(name)
            found[slug] = replace(found[slug], phrasings=entry.phrasings)
    return MappingProxyType(found)
