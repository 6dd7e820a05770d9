"""Checks across files: references to what does not exist, phrasings that ask for two answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, Protocol

from content.schema.page_fields import SLUG
from content.schema.pages import Entry, SafetyMessage
from content.schema.problems import Problem, shown
from content.schema.sources import Source
from content.schema.training_pages import Exercise, Workout
from content.schema.yaml_fields import named, read_lines
from content.understanding.ranking.ngrams import words
from content.understanding.smalltalk.phrases import SmallTalk

HARMLESS: Final = "harmless.txt"
OUTSIDE: Final = "outside.txt"
READ: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("sources.yaml", OUTSIDE),
    "exercises": ("*.md", "*.yaml"),
    "faq": ("*.md", "*.txt", "categories.yaml"),
    "guide": ("sentences.yaml", "sounds.yaml", "manifest.json", "*.zip"),
    "safety": (
        "*.md",
        "*.txt",
        "*.patterns.yaml",
        "labelled.tsv",
        "words.yaml",
        "urgency.yaml",
        "instead.yaml",
        "remarks.yaml",
    ),
    "understanding": (
        "corrections.yaml",
        "log.yaml",
        "exercises.yaml",
        "goals.yaml",
        "intervals.yaml",
        "people.yaml",
        "replies.yaml",
        "week.yaml",
        "days.yaml",
        "vocabulary.yaml",
    ),
    "understanding/commands": ("*.txt",),
    "understanding/requests": ("*.txt", "classifier.tsv", "labelled.tsv"),
    "understanding/requests/facts": ("*.txt",),
    "understanding/follow_ups": ("*.tsv", "asking.yaml", "choices.yaml", "topics.yaml"),
    "understanding/smalltalk": ("*.txt",),
    "understanding/smalltalk/sentences": ("*.txt",),
    "workouts": ("*.yaml",),
}
"""The files that are read in each folder of a language; messages have folders within."""
_MESSAGES: Final = ("*.j2", "labels.yaml")


class CheckedFiles(Protocol):
    """The part of a language that names things."""

    @property
    def entries(self) -> Mapping[str, Entry]: ...
    @property
    def categories(self) -> Mapping[str, str]: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def exercises(self) -> Mapping[str, Exercise]: ...
    @property
    def drawings(self) -> Mapping[str, object]: ...
    @property
    def workouts(self) -> Mapping[str, Workout]: ...
    @property
    def safety(self) -> Mapping[str, SafetyMessage]: ...


def unknown_references(
    language: CheckedFiles, folders: Collection[Path], root: Path, unread: Collection[str]
) -> Iterator[Problem]:
    """Everything that names something else must name something that exists, in the first of `folders` or the others.

    What could not be read was reported as such: to name it, or something of a kind in `unread`, is no fault.
    """
    folder, *_ = folders
    exercises = language.exercises.keys() | _pages(folders, "exercises")
    entries = language.entries.keys() | _pages(folders, "faq")

    def unknown(path: Path, key: str, names: Collection[str], known: Collection[str], what: str) -> Iterator[Problem]:
        for name in names:
            if name and name not in known and what not in unread and path.exists():  # else it is another language's
                yield Problem(shown(path, root), _line_of(path, key), f"unknown {what} '{name}'")

    for slug, entry in language.entries.items():
        path = folder / "faq" / f"{slug}.md"
        yield from unknown(path, "related", entry.related, entries - {slug}, "entry")
        yield from unknown(path, "sources", entry.sources, language.sources, "source")
        yield from unknown(path, "exercises", entry.exercises, exercises, "exercise")
        yield from unknown(path, "category", [entry.category], language.categories, "category")
    for slug, exercise in language.exercises.items():
        path = folder / "exercises" / f"{slug}.md"
        yield from unknown(path, "sources", exercise.sources, language.sources, "source")
        for key, other in (("easier", exercise.easier), ("harder", exercise.harder)):
            if other and SLUG.fullmatch(other):  # else it is told in words
                yield from unknown(path, key, [other], exercises - {slug}, "exercise")
    for slug, workout in language.workouts.items():
        path = folder / "workouts" / f"{slug}.yaml"
        used = [item.exercise for item in workout.exercises]
        used += [
            each.instead["exercise"]
            for item in workout.exercises
            for each in item.variants
            if "exercise" in each.instead
        ]
        yield from unknown(path, "sources", workout.sources, language.sources, "source")
        yield from unknown(path, "exercises", used, exercises, "exercise")
        for item in workout.exercises:
            done = language.exercises.get(item.exercise)
            if done is not None and "none" not in done.equipment and path.exists():
                text = f"'{item.exercise}' takes equipment that not everybody has: it belongs under 'with'"
                yield Problem(shown(path, root), _line_of(path, "exercises"), text)
    for kind, message in language.safety.items():
        path = folder / "safety" / f"{kind}.md"
        for key, answers in (("before", message.before), ("beside", message.beside)):
            yield from unknown(path, key, answers, entries, "entry")
    yield from _without_a_page(language, folders, root, entries)


def _without_a_page(
    language: CheckedFiles, folders: Collection[Path], root: Path, entries: Collection[str]
) -> Iterator[Problem]:
    """Drawings, phrasings and examples of red flags stand beside the page that they belong to."""
    folder, *_ = folders
    exercises = language.exercises.keys() | _pages(folders, "exercises")
    for slug in language.drawings:
        path = folder / "exercises" / f"{slug}.yaml"
        if slug not in exercises and path.exists():
            yield Problem(shown(path, root), 1, f"a drawing without an exercise: {slug}.md is missing")
    for kind, known in (("faq", entries), ("safety", language.safety.keys() | _pages(folders, "safety"))):
        what = "phrasings without an entry" if kind == "faq" else "examples without a message"
        for path in named(folder / kind, ".txt"):
            if path.stem not in known and (kind, path.name) != ("safety", HARMLESS):
                yield Problem(shown(path, root), 1, f"{what}: {path.stem}.md is missing")


def duplicate_phrasings(language: CheckedFiles, small_talk: SmallTalk, folder: Path, root: Path) -> Iterator[Problem]:
    """The same words cannot ask for two different things, and need not be listed twice."""
    seen: dict[str, tuple[Path, int]] = {}
    reported_before: list[Problem] = []  # files that cannot be read were reported when the entries were read
    harmless = folder / "safety" / HARMLESS
    red_flags = [path for path in named(folder / "safety", ".txt") if path != harmless]
    for slug, entry in language.entries.items():
        path = folder / "faq" / f"{slug}.md"
        if path.exists():
            number = _line_of(path, "question")
            before, other = seen.setdefault(" ".join(words(entry.question)), (path, number))
            if before != path:
                yield Problem(shown(path, root), number, f"asks the same as {shown(before, root)}:{other}")
    for path in [*red_flags, folder / OUTSIDE, *named(folder / "faq", ".txt")]:
        for number, line in read_lines(path, root, reported_before):
            asked = " ".join(words(line))
            before, other = seen.setdefault(asked, (path, number)) if asked else (path, number)
            if before == path and other != number:
                yield Problem(shown(path, root), number, f"repeats line {other}")
            elif before not in {path, path.with_suffix(".md")}:
                yield Problem(shown(path, root), number, f"asks the same as {shown(before, root)}:{other}")
            if path.name != OUTSIDE and small_talk.kind_of(line) is not None:
                text = "is small talk, and answered as such: understanding/smalltalk/ lists it"
                yield Problem(shown(path, root), number, text)
    # What is harmless may be asked for as well: the one says that it is no red flag, the other what answers it.
    listed: dict[str, int] = {}
    for number, line in read_lines(harmless, root, reported_before):
        if (first := listed.setdefault(" ".join(words(line)), number)) != number:
            yield Problem(shown(harmless, root), number, f"repeats line {first}")


def unread_files(folder: Path, root: Path) -> Iterator[Problem]:
    """Files that nobody reads, because they are misnamed or misplaced, and lists that hold nothing."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_dir() or any(part.startswith((".", "_", "#")) or part.endswith("~") for part in inside.parts):
            continue  # notes and what editors leave behind
        where = inside.parent.as_posix().removeprefix(".")
        known = _MESSAGES if inside.parts[0] == "messages" else READ.get(where, ())
        if not any(fnmatchcase(path.name, pattern) for pattern in known):
            what = (
                f"only {', '.join(known)} {'are' if len(known) > 1 else 'is'}" if known else "no file of this folder is"
            )
            yield Problem(shown(path, root), 1, f"is not read: {what}")
        elif path.suffix == ".txt":
            unreadable: list[Problem] = []
            if not read_lines(path, root, unreadable) and not unreadable:
                yield Problem(shown(path, root), 1, "is empty: it lists nothing")


def _pages(folders: Collection[Path], kind: str) -> set[str]:
    """The names of pages, also of those that could not be read."""
    return {path.stem for folder in folders for path in named(folder / kind, ".md")}


def _line_of(path: Path, key: str) -> int:
    """The line a key stands on at the left margin; 1 where it does not."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return next((number for number, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 1)
