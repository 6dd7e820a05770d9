"""The whole content, loaded at once: frozen objects, every fault reported, references checked.

A language is a folder under the content folder. English is the one that must be there; what another language lacks is
taken from it and listed by `Language.borrowed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from content import pages
from content.crossing import dangling, repeated_phrasings
from content.faults import ContentFaults, Fault
from content.finder.redflags import Detector, read_patterns
from content.finding import Candidate, Finder, Finding, Known
from content.messages import Messages, load_messages
from content.pages import Confidence, Entry, Exercise, Phase, Rounds, SafetyMessage, Sets, Source, Workout
from content.reading import named, read_lines

__all__ = [
    "Candidate", "Confidence", "Content", "ContentFaults", "Entry", "Exercise", "Fault", "Finder", "Finding",
    "Language", "Phase", "Rounds", "SafetyMessage", "Sets", "Source", "Workout", "load", "stale",
]  # fmt: skip

ENGLISH = "en"
REVIEW_AFTER = timedelta(days=365)
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
    finder: Finder
    borrowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Every language there is."""

    languages: Mapping[str, Language]

    def language(self, code: str | None) -> Language:
        """The language of a Telegram language code such as `pt-br`; English where there is none."""
        wanted = (code or ENGLISH).lower()
        return self.languages.get(wanted) or self.languages.get(wanted.split("-")[0]) or self.languages[ENGLISH]


def load(root: Path, *, cache: Path | None = None, strict: bool = True) -> Content:
    """Read every language under `root`; raise ContentFaults with every fault there is.

    `cache` is a folder for what is fitted from the content (it may be deleted at any time). `strict=False` lets
    references to what is not written yet pass.
    """
    faults: list[Fault] = []
    folders = sorted(path for path in root.iterdir() if (path / "faq").is_dir()) if root.is_dir() else []
    if not any(folder.name == ENGLISH for folder in folders):
        raise ContentFaults((Fault(ENGLISH, 1, "the English content is missing"),))
    folders.sort(key=lambda folder: folder.name != ENGLISH)
    languages: dict[str, Language] = {}
    for folder in folders:
        language = _language(folder, root, faults, languages.get(ENGLISH), cache, strict=strict)
        languages[language.code] = language
    if faults:
        raise ContentFaults(tuple(faults))
    return Content(MappingProxyType(languages))


def stale(content: Content, today: date) -> tuple[Fault, ...]:
    """Entries that nobody has reviewed for a year, or whose review lies in the future."""
    found = []
    for language in content.languages.values():
        for entry in language.entries.values():
            file = f"{language.code}/faq/{entry.slug}.md"
            if entry.reviewed > today:
                found.append(Fault(file, 1, f"reviewed on {entry.reviewed}, which is still to come"))
            elif today - entry.reviewed > REVIEW_AFTER:
                found.append(Fault(file, 1, f"not reviewed since {entry.reviewed}"))
    return tuple(found)


def _language(
    folder: Path, root: Path, faults: list[Fault], english: Language | None, cache: Path | None, *, strict: bool
) -> Language:
    """Read one language, filling what is missing from English."""
    borrowed: list[str] = []

    def read(kind: str, suffix: str, parse: Callable[[Path, Path, list[Fault]], _Page | None],
             spare: Mapping[str, _Page]) -> Mapping[str, _Page]:  # fmt: skip
        own = {path.stem: parse(path, root, faults) for path in named(folder / kind, suffix)}
        borrowed.extend(f"{kind}/{name}{suffix}" for name in spare if name not in own)
        merged = {**spare, **{name: page for name, page in own.items() if page is not None}}
        return MappingProxyType(dict(sorted(merged.items())))

    entries = read("faq", ".md", pages.entry, english.entries if english else {})
    exercises = read("exercises", ".md", pages.exercise, english.exercises if english else {})
    workouts = read("workouts", ".yaml", pages.workout, english.workouts if english else {})
    safety = read("safety", ".md", pages.safety, english.safety if english else {})
    spare_labels = dict(english.categories) if english else {}
    spare_sources = dict(english.sources) if english else {}
    categories = _optional(folder / "faq" / "categories.yaml", root, faults, pages.categories, spare_labels)
    sources = _optional(folder / "sources.yaml", root, faults, pages.sources, spare_sources)
    messages, message_faults = load_messages(folder / "messages", english.messages if english else None)
    faults.extend(message_faults)
    known = Known(
        entries=tuple(entries.values()),
        outside=tuple(line for _, line in read_lines(folder / "outside.txt", root, faults)),
        flags={kind: pages.phrasings(folder / "safety" / f"{kind}.txt", root, faults) for kind in safety},
        harmless=pages.phrasings(folder / "safety" / "harmless.txt", root, faults),
    )
    detector = Detector(read_patterns(folder / "safety", root, faults), known.familiar())
    language = Language(
        code=folder.name,
        entries=entries,
        categories=MappingProxyType(categories),
        sources=MappingProxyType(sources),
        exercises=exercises,
        workouts=workouts,
        safety=safety,
        messages=messages,
        finder=Finder(known, detector, cache),
        borrowed=tuple(borrowed),
    )
    faults.extend(repeated_phrasings(folder, root))
    if strict:
        faults.extend(dangling(language, folder, root))
    return language


def _optional(
    path: Path,
    root: Path,
    faults: list[Fault],
    parse: Callable[[Path, Path, list[Fault]], dict[str, _Page]],
    spare: dict[str, _Page],
) -> dict[str, _Page]:
    """A file that a second language may leave out."""
    return {**spare, **parse(path, root, faults)} if path.exists() or not spare else spare
