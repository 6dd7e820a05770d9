"""What differs between the content before and after a reload."""

from collections.abc import Mapping

from content.library import Content, Language


def changes(before: Content, after: Content) -> int:
    """Count the pages, sources and labels that are new, gone or different, in every language."""
    codes = before.languages.keys() | after.languages.keys()
    return sum(_changes(before.languages.get(code), after.languages.get(code)) for code in codes)


def _changes(before: Language | None, after: Language | None) -> int:
    pairs = zip(_held(before), _held(after), strict=True)
    return sum(old.get(key) != new.get(key) for old, new in pairs for key in old.keys() | new.keys())


def _held(language: Language | None) -> tuple[Mapping[str, object], ...]:
    if language is None:
        return ({},) * 7
    return (
        language.entries,
        language.exercises,
        language.workouts,
        language.safety,
        language.sources,
        language.categories,
        language.messages.labels,
    )
