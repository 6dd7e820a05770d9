"""What only shows when all files are seen together: names of what does not exist, phrasings that stand twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from content.faults import Fault, shown
from content.finder.ngrams import words
from content.pages import Entry, Exercise, SafetyMessage, Source, Workout
from content.reading import named, read_lines


class Pages(Protocol):
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
    def workouts(self) -> Mapping[str, Workout]: ...
    @property
    def safety(self) -> Mapping[str, SafetyMessage]: ...


def dangling(language: Pages, folder: Path, root: Path) -> Iterator[Fault]:
    """Everything that names something else must name something that exists."""

    def unknown(path: Path, key: str, names: Collection[str], known: Collection[str], what: str) -> Iterator[Fault]:
        for name in names:
            if name and name not in known and path.exists():  # what is borrowed is reported in its own language
                yield Fault(shown(path, root), _line_of(path, key), f"unknown {what} '{name}'")

    for slug, entry in language.entries.items():
        path = folder / "faq" / f"{slug}.md"
        yield from unknown(path, "related", entry.related, language.entries.keys() - {slug}, "entry")
        yield from unknown(path, "sources", entry.sources, language.sources, "source")
        yield from unknown(path, "exercises", entry.exercises, language.exercises, "exercise")
        yield from unknown(path, "category", [entry.category], language.categories, "category")
    for slug, exercise in language.exercises.items():
        yield from unknown(folder / "exercises" / f"{slug}.md", "sources", exercise.sources, language.sources, "source")
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
        yield from unknown(path, "exercises", used, language.exercises, "exercise")
        for item in workout.exercises:
            done = language.exercises.get(item.exercise)
            if done is not None and "none" not in done.equipment and path.exists():
                text = f"'{item.exercise}' takes equipment that not everybody has: it belongs under 'with'"
                yield Fault(shown(path, root), _line_of(path, "exercises"), text)
    for path in named(folder / "faq", ".txt"):
        if path.stem not in language.entries and not path.with_suffix(".md").exists():
            yield Fault(shown(path, root), 1, f"phrasings without an entry: {path.stem}.md is missing")


def repeated_phrasings(folder: Path, root: Path) -> Iterator[Fault]:
    """The same words cannot ask for two different answers."""
    seen: dict[str, tuple[str, int]] = {}
    reported_before: list[Fault] = []  # files that cannot be read were reported when the entries were read
    for path in named(folder / "faq", ".txt"):
        for number, line in read_lines(path, root, reported_before):
            file, other = seen.setdefault(" ".join(words(line)), (path.name, number))
            if file != path.name:
                yield Fault(shown(path, root), number, f"asks the same as {file}:{other}")


def _line_of(path: Path, key: str) -> int:
    """The line a key stands on at the left margin; 1 where it does not."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return next((number for number, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 1)
