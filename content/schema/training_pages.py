"""Exercises and workouts as curators write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coach.planning.workouts import WORKOUTS, Rounds
from content.rendering.variants import Variant, read_variants
from content.schema.page_fields import ANSWER_ROOM, rendered_text, slug_of
from content.schema.problems import Problem
from content.schema.yaml_fields import Fields, read_page, read_yaml

EQUIPMENT = frozenset({"none", "step", "dumbbells", "barbell", "treadmill", "hill", "rope", "roller"})
GROUPS: Final = ("warm-up", "calf-raises", "legs", "jumps")
"""The groups of exercises, in the order of the list that shows them."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise and its page; `group` is one of `GROUPS`, `sections` is HTML by heading, `html` the whole page."""

    slug: str
    name: str
    equipment: tuple[str, ...]
    group: str
    works: str
    easier: str | None
    harder: str | None
    sources: tuple[str, ...]
    sections: Mapping[str, str]
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a workout: `seconds` is the whole phase, once a round where `each_round`."""

    name: str
    seconds: int
    effort: str
    text: str
    each_round: bool
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Sets:
    """An exercise within a workout."""

    exercise: str
    sets: int
    reps: str
    note: str | None
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Workout:
    """A session of the week: the words of its page, with the kind and the durations of its record.

    `minutes` with the default rounds; at `talking_pace` it is meant to be easy enough to talk.
    """

    slug: str
    name: str
    kind: str
    minutes: int
    why: str
    rounds: Rounds | None
    phases: tuple[Phase, ...]
    exercises: tuple[Sets, ...]
    sources: tuple[str, ...]
    talking_pace: bool


def exercise(path: Path, root: Path, faults: list[Problem]) -> Exercise | None:
    """Read one exercise."""
    page = read_page(path, root, faults)
    if page is None:
        return None
    fields, body, line = page
    equipment = fields.texts("equipment", required=True, least=1)
    for item in equipment:
        if item not in EQUIPMENT:
            fields.fault("equipment", f"unknown equipment '{item}'; some of {', '.join(sorted(EQUIPMENT))}")
    group = fields.text("group")
    if group and group not in GROUPS:
        fields.fault("group", f"unknown group '{group}'; one of {', '.join(GROUPS)}")
    rendered = rendered_text(fields, body, line, ANSWER_ROOM, instructions=True)
    if body.strip() and not rendered.sections:  # their words are each language's own
        faults.append(Problem(fields.file, line, "'## Steps' is missing"))
    result = Exercise(
        slug=slug_of(path, root, faults),
        name=fields.text("name"),
        equipment=equipment,
        group=group,
        works=fields.text("works"),
        easier=fields.text("easier", required=False) or None,
        harder=fields.text("harder", required=False) or None,
        sources=fields.texts("sources"),
        sections=rendered.sections,
        html=rendered.html,
        text=rendered.text,
    )
    fields.close()
    return result


def workout(path: Path, root: Path, faults: list[Problem]) -> Workout | None:
    """Read one workout: the page holds its words, its record how long each phase takes."""
    fields = read_yaml(path, root, faults)
    if fields is None:
        return None
    spec = WORKOUTS.get(path.stem)
    if spec is None:
        faults.append(Problem(fields.file, 1, "is a workout that no plan knows"))
        return None
    phases = fields.maps("phases", required=True)
    if phases and len(phases) != len(spec.middle) + 2:
        fields.fault("phases", f"'phases' should be {len(spec.middle) + 2}: warm-up, what is between, cool-down")
    seconds = [spec.warm_up, *spec.middle, spec.cool_down]
    result = Workout(
        slug=spec.slug,
        name=fields.text("name"),
        kind=spec.kind,
        minutes=spec.minutes(),
        why=fields.text("why"),
        rounds=spec.rounds,
        phases=tuple(
            _phase(phase, length, each_round=spec.rounds is not None and 0 < place <= len(spec.middle))
            for place, (phase, length) in enumerate(zip(phases, seconds, strict=False))
        ),
        exercises=tuple(_sets(item) for item in fields.maps("exercises")),
        sources=fields.texts("sources"),
        talking_pace=spec.talking_pace,
    )
    fields.close()
    return result


def _phase(fields: Fields, seconds: int, *, each_round: bool) -> Phase:
    result = Phase(
        name=fields.text("name"),
        seconds=seconds,
        effort=fields.text("effort"),
        text=fields.text("text"),
        each_round=each_round,
        variants=read_variants(fields, ("name", "text")),
    )
    fields.close()
    return result


def _sets(fields: Fields) -> Sets:
    result = Sets(
        exercise=fields.text("exercise"),
        sets=fields.number("sets", least=1) or 0,
        reps=fields.text("reps"),
        note=fields.text("note", required=False) or None,
        variants=read_variants(fields, ("exercise", "note")),
    )
    fields.close()
    return result
