"""Other ways to do a part of a workout: for who has a step, dumbbells, a treadmill, or is further on with calves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from coach.planning.equipment import first_possible
from coach.planning.inputs import Equipment
from coach.planning.rules import LAST_CALF_STAGE
from content.schema.yaml_fields import Fields

KEY = "with"


@dataclass(frozen=True, slots=True)
class Variant:
    """For who has all of `equipment` and has reached `stage`: what is said instead, by the name of the field."""

    equipment: frozenset[Equipment]
    stage: int  # of the calf work; 0 for everybody
    instead: Mapping[str, str]


def read_variants(fields: Fields, names: Sequence[str]) -> tuple[Variant, ...]:
    """Read the variants of one part, which may replace the fields of these names; the first that fits is taken."""
    found: list[Variant] = []
    for each in fields.maps(KEY):
        stage = each.number("stage", required=False, least=1, most=LAST_CALF_STAGE) or 0
        words = each.texts("equipment", required=not stage, least=0 if stage else 1)
        for word in words:
            if word not in set(Equipment):
                each.fault("equipment", f"unknown equipment '{word}'; some of {', '.join(sorted(Equipment))}")
        equipment = frozenset(Equipment(word) for word in words if word in set(Equipment))
        instead = {name: text for name in names if (text := each.text(name, required=False))}
        if not instead:
            each.fault("equipment", f"changes nothing: give it {' or '.join(names)}")
        if _first(found, equipment, stage) is not None:
            each.fault("equipment", "is never taken: who has this has what an earlier one needs")
        each.close()
        found.append(Variant(equipment, stage, MappingProxyType(instead)))
    return tuple(found)


def chosen(variants: Sequence[Variant], has: frozenset[Equipment], stage: int) -> Mapping[str, Any]:
    """Return what is said instead for who has this equipment and stage; nothing where the part stays as it is."""
    first = _first(variants, has, stage)
    return {} if first is None else first.instead


def used(variants: Sequence[Variant], has: frozenset[Equipment], stage: int) -> frozenset[Equipment]:
    """Return the equipment that the part is done with by who has this and is at that stage."""
    first = _first(variants, has, stage)
    return frozenset() if first is None else first.equipment


def _first(variants: Sequence[Variant], has: frozenset[Equipment], stage: int) -> Variant | None:
    reached = [each for each in variants if each.stage <= stage]
    place = first_possible([each.equipment for each in reached], has)
    return None if place is None else reached[place]
