"""Differences between the content before and after a reload, and between a language and English."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Final

from content.library import Content, Language

EXAMPLES: Final = 5  # named of what a folder lacks: all of it, once little is left to translate


def missing_translations(language: Language) -> Iterator[str]:
    """Say what a language takes from English, one line a folder, and one for the keys of a file."""
    folders: dict[str, list[str]] = {}
    for name in language.borrowed:
        file, _, key = name.partition(" ")
        folder, _, inside = file.partition("/")
        folders.setdefault(file if key else folder, []).append(key or inside)
    for folder, names in folders.items():
        some = ", ".join(names[:EXAMPLES]) + (", …" if len(names) > EXAMPLES else "")
        yield f"{len(names)} of {folder} ({some})" if some else folder


def changes(before: Content, after: Content) -> int:
    """Count the pages, sources, labels and groups of words that are new, gone or different, in every language."""
    codes = before.languages.keys() | after.languages.keys()
    return sum(_changes(before.languages.get(code), after.languages.get(code)) for code in codes)


def _changes(before: Language | None, after: Language | None) -> int:
    pairs = zip(_held(before), _held(after), strict=True)
    return sum(old.get(key) != new.get(key) for old, new in pairs for key in old.keys() | new.keys())


def _held(language: Language | None) -> tuple[Mapping[str, object], ...]:
    if language is None:
        return ({},) * 9
    return (
        language.entries,
        language.exercises,
        language.drawings,
        language.workouts,
        language.safety,
        language.sources,
        language.categories,
        language.messages.labels,
        # Some groups are compared by identity, to be cached; here their words count.
        {name: vars(group) if is_dataclass(group) else group for name, group in vars(language.vocabulary).items()},
    )
