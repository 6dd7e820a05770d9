"""The exercise that a message asks to be shown: `understanding/exercises.yaml` lists ways to ask, and names."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from content.schema.problems import Problem
from content.schema.training_pages import Exercise
from content.schema.yaml_fields import Fields, read_yaml
from content.understanding.smalltalk.phrases import Phrase, words_of

ASKED: Final = "exercises.yaml"
WAYS: Final = "ways"
PLACE: Final = "{exercise}"

ExerciseNames = Mapping[Phrase, str]


def read_exercise_names(
    folder: Path,
    exercises: Mapping[str, Exercise],
    root: Path,
    faults: list[Problem],
    spare: ExerciseNames | None = None,
) -> ExerciseNames:
    """Return the exercise that each way of asking means, beside those of `spare`; without the file, `spare` alone."""
    path = folder / ASKED
    fields = read_yaml(path, root, faults) if path.exists() else None
    found: dict[Phrase, str] = {}
    if fields is not None:
        ways = _ways(fields)
        for slug in fields.values:
            if slug == WAYS:
                continue
            names = fields.texts(slug, required=True)
            if slug not in exercises:
                fields.fault(slug, f"unknown exercise '{slug}'")
                continue
            called = (*names, exercises[slug].name)
            for phrase in {words_of(way.replace(PLACE, name)) for way in ways for name in called}:
                if found.setdefault(phrase, slug) != slug:
                    fields.fault(slug, f"'{' '.join(phrase)}' already means '{found[phrase]}'")
    return MappingProxyType({**(spare or {}), **found})


def _ways(fields: Fields) -> tuple[str, ...]:
    ways = fields.texts(WAYS, required=True, least=1)
    for way in ways:
        if way.count(PLACE) != 1:
            fields.fault(WAYS, f"'{way}' should name {PLACE} once")
    return ways


def read_names(folder: Path, exercises: Mapping[str, Exercise], root: Path) -> Mapping[str, tuple[str, ...]]:
    """Return what each exercise is called: the name on its page and those listed; faults are reported elsewhere."""
    path = folder / ASKED
    fields = read_yaml(path, root, []) if path.exists() else None
    listed = {slug: fields.texts(slug) for slug in fields.values if slug in exercises} if fields is not None else {}
    return MappingProxyType({slug: (page.name, *listed.get(slug, ())) for slug, page in exercises.items()})
