"""Sets and swaps as people say them: read with their slots, and never as the weight of a body."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.profile import Units
from coach.requests import Intent, ShownItem, Slots
from content.library import Content
from content.understanding.as_json import as_json
from content.understanding.meanings import Requests, Understood
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from content.understanding.understand import understand
from tests.support.vocabularies import ENGLISH

THURSDAY = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - the person's own clock
SESSION = ShownItem(session=date(2026, 11, 26), workout="calf-strength-a")


def heard(text: str) -> Heard:
    names = {"bodyweight-squat": ("Bodyweight squat", "squats"), "forward-lunge": ("Forward lunge", "lunges")}
    return Heard(text, Moment(THURSDAY, Units.KILOGRAMS), ENGLISH, names)


def understood(content: Content, text: str, *, strength: bool = False, after: ShownItem | None = None) -> Understood:
    language = content.language("en")
    moment = Moment(THURSDAY, Units.KILOGRAMS, after, strength=strength)
    return understand(text, language.finder.find(text), language, moment=moment)


def only(found: Understood) -> tuple[Intent, Slots]:
    assert isinstance(found, Requests), found
    (request,) = found.all
    return request.intent, request.slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("15/14/12", Slots(reps=(15, 14, 12))),
        ("16, 13, 11", Slots(reps=(16, 13, 11))),
        ("12 at 10 kg", Slots(reps=(12,), kg=10.0)),
        ("11 @ 22 lb", Slots(reps=(11,), kg=10.0)),
        ("3x12 with 10kg", Slots(reps=(12, 12, 12), kg=10.0)),
        ("20 each side bodyweight", Slots(reps=(20,), kg=0.0)),
        ("squats 12, 12, 10 with 8 kilos", Slots(reps=(12, 12, 10), kg=8.0, exercise="bodyweight-squat")),
    ],
)
def test_sets_are_read_on_a_day_of_strength(content: Content, text: str, slots: Slots) -> None:
    assert only(understood(content, text, strength=True)) == (Intent.SETS, slots)
    assert only(understood(content, text, after=SESSION)) == (Intent.SETS, slots)


def test_the_sets_of_a_whole_session_in_one_message(content: Content) -> None:
    found = understood(content, "squats 12/12 with 8 kg, lunges 8/8, glute bridge 15, 15", strength=True)
    assert isinstance(found, Requests)
    assert [each.slots for each in found.all] == [
        Slots(reps=(12, 12), kg=8.0, exercise="bodyweight-squat"),
        Slots(reps=(8, 8), exercise="forward-lunge"),
        Slots(reps=(15, 15), exercise="glute-bridge"),
    ]


def test_two_figures_of_heel_raises_are_a_test(content: Content) -> None:
    assert as_json(understood(content, "heel raises 22 left 20 right", strength=True)).get("intent") == "raises"


@pytest.mark.parametrize("text", ["15/14/12", "3x12", "16, 13, 11"])
def test_bare_figures_are_nothing_on_any_other_day(content: Content, text: str) -> None:
    assert as_json(understood(content, text)).get("intent") != "sets"


@pytest.mark.parametrize(
    "text",
    ["12 at 10 kg", "12 at 60 kg", "10 reps at 70 kg", "8 with 75 kilos", "70 kg x 8", "3x12 with 60kg", "5x5 80kg"],
)
@pytest.mark.parametrize("strength", [True, False])
def test_a_load_is_no_weight_of_a_body(content: Content, text: str, *, strength: bool) -> None:
    found = as_json(understood(content, text, strength=strength))
    assert found.get("intent") == "sets"


@pytest.mark.parametrize("text", ["73 kg", "i'm 73 now", "73.5 kilos today", "from 75 to 73 kg", "weighed in at 73 kg"])
@pytest.mark.parametrize("strength", [True, False])
def test_the_weight_of_a_body_is_no_load(content: Content, text: str, *, strength: bool) -> None:
    assert as_json(understood(content, text, strength=strength)).get("intent") == "weight"


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("swap seated raises for something else", Slots(exercise="seated-calf-raise")),
        ("no more jump squats", Slots(exercise="jump-squat")),
        ("put lunges back", Slots(exercise="forward-lunge", what="back")),
        ("something instead of lunges", Slots(exercise="forward-lunge")),
        ("not this one", Slots()),
    ],
)
def test_swaps_are_read(content: Content, text: str, slots: Slots) -> None:
    assert only(understood(content, text, after=SESSION)) == (Intent.SWAP, slots)


def test_the_contract_gets_its_own_slots_alone(content: Content) -> None:
    found = as_json(understood(content, "20 each side bodyweight", after=SESSION))
    assert found["slots"] == {"reps": [20]}
    assert as_json(understood(content, "put lunges back"))["slots"] == {"exercise": "forward-lunge"}


@pytest.mark.parametrize(
    "text",
    [
        "is 3x10 at 12kg enough for my calves?",
        "are lunges better than squats",
        "what's a good number of sets",
        "9:30 or 10",
    ],
)
def test_questions_are_no_sets(content: Content, text: str) -> None:
    assert as_json(understood(content, text, strength=True)).get("intent") not in {"sets", "swap"}


@given(st.lists(st.integers(1, 100), min_size=3, max_size=6), st.sampled_from([", ", "/", " ", ",", "-"]))
def test_any_three_figures_are_nothing_but_sets(reps: list[int], between: str) -> None:
    said = heard(between.join(map(str, reps)))
    assert noted_sets.is_nothing_else(said)
    assert read_slots(Intent.SETS, said).reps == tuple(reps)


@given(st.integers(1, 99), st.integers(1, 300), st.sampled_from(["{} at {} kg", "{} @ {}kg", "{} reps with {} kilos"]))
def test_any_repetitions_with_a_load_are_seen(reps: int, load: int, form: str) -> None:
    said = heard(form.format(reps, load))
    assert noted_sets.with_load(said)
    assert (read_slots(Intent.SETS, said).reps, read_slots(Intent.SETS, said).kg) == ((reps,), float(load))


@pytest.mark.parametrize(
    "text", ["73 kg", "74, 73.5 and 73 kg this week", "on monday 74 and today 73 kg", "at 7 I was 73 kg"]
)
def test_weights_one_after_another_have_no_repetitions(text: str) -> None:
    assert not noted_sets.with_load(heard(text))
