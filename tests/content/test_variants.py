"""Variants of a workout for who has a step, dumbbells or a treadmill: read with every fault, chosen by equipment."""

from itertools import combinations, product
from pathlib import Path

import pytest

from coach.planning.equipment import first_possible
from coach.planning.inputs import Equipment
from coach.planning.rules import LAST_CALF_STAGE
from content.library import Content, ContentProblems, load
from content.rendering.session_details import equipped
from content.schema.problems import Problem
from content.schema.training_pages import Workout, workout
from tests.content.test_library import FILES

HEAD = """name: Easy
why: To move.
phases: [{name: Begin, effort: easy, text: Walk.},
         {name: Walk, effort: easy, text: Walk.},
         {name: End, effort: easy, text: Walk.}]
exercises:
  - exercise: hop
    sets: 2
    reps: "10"
    note: On the floor.
    with:
"""
STAGES = range(LAST_CALF_STAGE + 1)
STEP, DUMBBELLS = Equipment.STEP, Equipment.DUMBBELLS


def read(tmp_path: Path, variants: str) -> tuple[Workout, list[str]]:
    """A workout whose exercise, on line 7, has these variants, from line 12; and what is wrong with it."""
    path = tmp_path / "easy-walk.yaml"
    path.write_text(HEAD + variants, encoding="utf-8")
    faults: list[Problem] = []
    found = workout(path, tmp_path, faults)
    assert found is not None
    return found, [str(fault) for fault in faults]


def test_the_first_variant_that_a_person_can_do_is_taken(tmp_path: Path) -> None:
    found, faults = read(
        tmp_path,
        "      - {equipment: [step, dumbbells], exercise: step-hop, note: Both.}\n"
        "      - {equipment: [step], exercise: step-hop}\n"
        "      - {equipment: [dumbbells], note: Held.}\n",
    )
    assert faults == []

    def done(*has: Equipment) -> tuple[str, str | None, int]:
        sets = equipped(found, frozenset(has)).exercises[0]
        return sets.exercise, sets.note, sets.sets

    assert done() == ("hop", "On the floor.", 2)
    assert done(Equipment.HILL) == ("hop", "On the floor.", 2)
    assert done(STEP) == ("step-hop", "On the floor.", 2)
    assert done(DUMBBELLS) == ("hop", "Held.", 2)
    assert done(DUMBBELLS, STEP, Equipment.HILL) == ("step-hop", "Both.", 2)


def test_who_has_nothing_is_given_what_needs_nothing() -> None:
    assert first_possible([], frozenset()) is None
    assert first_possible([frozenset({STEP})], frozenset()) is None
    assert first_possible([frozenset({STEP}), frozenset()], frozenset()) == 1


@pytest.mark.parametrize(
    ("variants", "fault"),
    [
        ("      - {equipment: [piano], note: Play.}\n", "easy-walk.yaml:12 unknown equipment 'piano'"),
        ("      - {note: Play.}\n", "easy-walk.yaml:12 'equipment' is missing"),
        ("      - {equipment: [], note: Play.}\n", "easy-walk.yaml:12 'equipment' needs at least 1"),
        ("      - {equipment: [step]}\n", "easy-walk.yaml:12 changes nothing: give it exercise or note"),
        ("      - {equipment: [step], sets: 3}\n", "easy-walk.yaml:12 unknown field 'sets'"),
        (
            "      - {equipment: [step], note: A.}\n      - {equipment: [dumbbells, step], note: B.}\n",
            "easy-walk.yaml:13 is never taken",
        ),
    ],
)
def test_each_mistake_is_reported_with_its_line(tmp_path: Path, variants: str, fault: str) -> None:
    assert any(fault in found for found in read(tmp_path, variants)[1])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("sets: 2", "sets: 2, with: [{equipment: [step], exercise: fly}]", "easy-walk.yaml:7 unknown exercise 'fly'"),
        ("exercise: hop", "exercise: hop-off", "easy-walk.yaml:7 'hop-off' takes equipment that not everybody has"),
    ],
)
def test_exercises_are_there_and_the_first_is_for_everybody(tmp_path: Path, old: str, new: str, fault: str) -> None:
    files = FILES | {"exercises/hop-off.md": FILES["exercises/hop.md"].replace("[none]", "[step]")}
    files["workouts/easy-walk.yaml"] = files["workouts/easy-walk.yaml"].replace(old, new)
    for name, text in files.items():
        path = tmp_path / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentProblems) as raised:
        load(tmp_path)
    assert any(fault in str(found) for found in raised.value.faults)


# Our own content


def test_what_is_asked_of_a_person_can_be_done_with_what_they_have(content: Content) -> None:
    english = content.language("en")
    for count in range(len(Equipment) + 1):
        for has in map(frozenset, combinations(Equipment, count)):
            for each in english.workouts.values():
                for stage, sets in ((at, sets) for at in STAGES for sets in equipped(each, has, at).exercises):
                    needs = set(english.exercises[sets.exercise].equipment)
                    assert needs & {"none", *has}, (each.slug, sets.exercise, has, stage)


def test_all_equipment_matters(content: Content) -> None:
    workouts = content.language("en").workouts.values()
    for thing in set(Equipment) - {Equipment.HILL}:  # who has a hill is given hill sprints
        assert any(
            equipped(each, frozenset({thing}), stage) != equipped(each, frozenset(), stage)
            for each, stage in product(workouts, STAGES)
        ), thing


@pytest.mark.parametrize("has", [frozenset[Equipment](), frozenset(Equipment)])
def test_calf_raises_get_harder_stage_by_stage_with_straight_and_bent_knees(
    content: Content, has: frozenset[Equipment]
) -> None:
    english = content.language("en")
    raises = [
        [
            (sets.exercise, sets.note)
            for slug in ("calf-strength-a", "calf-strength-b")
            for sets in equipped(english.workouts[slug], has, stage).exercises
            if sets.exercise.endswith("calf-raise")
        ]
        for stage in STAGES
    ]
    assert all(raises[stage] != raises[stage + 1] for stage in range(3))
    assert [{exercise for exercise, _ in each} for each in raises[:1]] == [
        {"standing-calf-raise", "bent-knee-calf-raise"}
    ]
    assert all({"single-leg-calf-raise", "bent-knee-calf-raise"} == {name for name, _ in each} for each in raises[2:])
    hops = [
        any("hops" in phase.text for phase in equipped(english.workouts["calf-strength-a"], has, stage).phases)
        for stage in STAGES
    ]
    assert hops == [False, False, False, False, True]
