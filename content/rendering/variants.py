"""Other ways to do a part of a workout: what stands instead for who has a step, dumbbells, a treadmill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from coach.planning.equipment import first_possible
from coach.planning.inputs import Equipment
from content.schema.yaml_fields import Fields

KEY = "with"


@dataclass(frozen=True, slots=True)
class Variant:
    """For who has all of `equipment`: what is said instead, by the name of the field."""

    equipment: frozenset[Equipment]
    instead: Mapping[str, str]


def read_variants(fields: Fields, names: Sequence[str]) -> tuple[Variant, ...]:
    """Read the variants of one part, which may replace the fields of these names; the first that fits is taken."""
    found: list[Variant] = []
    for each in fields.maps(KEY):
        words = each.texts("equipment", required=True, least=1)
        for word in words:
            if word not in set(Equipment):
                each.fault("equipment", f"unknown equipment '{word}'; some of {', '.join(sorted(Equipment))}")
        equipment = frozenset(Equipment(word) for word in words if word in set(Equipment))
        instead = {name: text for name in names if (text := each.text(name, required=False))}
        if not instead:
            each.fault("equipment", f"changes nothing: give it {' or '.join(names)}")
        if first_possible([earlier.equipment for earlier in found], equipment) is not None:
            each.fault("equipment", "is never taken: who has this has what an earlier one needs")
        each.close()
        found.append(Variant(equipment, MappingProxyType(instead)))
    return tuple(found)


def chosen(variants: Sequence[Variant], has: frozenset[Equipment]) -> Mapping[str, Any]:
    """Return what is said instead for who has this equipment; nothing where the part stays as it is."""
    place = first_possible([variant.equipment for variant in variants], has)
    return {} if place is None else variants[place].instead
