"""Signs that a message denies, and what is left of it: "no swelling, heat or numbness" tells of none."""

from pathlib import Path
from typing import Final

import pytest

from content.library import Content, FaqSearch
from content.understanding.red_flags.detector import Detector
from content.understanding.red_flags.patterns import read_patterns

SAFETY: Final = Path(__file__).parents[2] / "content/en/safety"


@pytest.fixture(scope="module")
def finder(content: Content) -> FaqSearch:
    return content.language("en").finder


@pytest.mark.parametrize(
    "text",
    [
        "It is not swollen and I can walk normal",
        "maybe a 4? it's both of them, just stiff, no swelling or heat or anything like that",
        "calf feels tight, but there's no bruising, swelling or redness",
        "my shin isn't warm or swollen, just a dull ache",
        "a bit achy without any numbness or tingling",
        "there's no sign of swelling in the ankle and it takes my weight",
        "knee is grumpy, not hot, not puffy, bends all the way",
        "neither swollen nor bruised, I think I got off lightly",
    ],
)
def test_who_denies_every_sign_is_not_warned(finder: FaqSearch, text: str) -> None:
    assert finder.find(text).safety is None


@pytest.mark.parametrize(
    "text",
    [
        "it isn't hot but my calf is swollen since the flight",
        "no fever, but my calf is red, swollen and hot",
        "not only is my calf swollen, it's hot and red too",
        "no pain at all, just numb between my legs and I can't pee",
        "no bruise, but I heard a pop in my calf and can't push off",
        "I can't feel my foot and there's no pulse in it",
    ],
)
def test_what_is_told_beside_a_denial_counts(finder: FaqSearch, text: str) -> None:
    assert finder.find(text).safety is not None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("no swelling or heat, it hurts", ", it hurts"),
        ("stiff, no swelling, heat or redness", "stiff, ,"),
        ("It isn’t swollen.", "It ."),
        ("swollen and hot", "swollen and hot"),
        ("not just swollen", "not just swollen"),
    ],
)
def test_what_is_left_stands_where_it_stood(content: Content, text: str, left: str) -> None:
    words = content.language("en").vocabulary.safety
    found = Detector(read_patterns(SAFETY, SAFETY, [], words)).without_denied(text)
    assert len(found) == len(text)
    assert " ".join(found.split()) == left


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("woke up shivery, banging head, temp 38.6", "illness"),
        ("shaking with cold in bed, thermometer says 39, headache", "illness"),
        ("overheated on my run in the sun, dizzy, confused, temperature of 40", "heat"),
        ("he staggers and talks nonsense after the race, it's 34 degrees out", "heat"),
    ],
)
def test_a_fever_is_told_from_heat(finder: FaqSearch, text: str, kind: str) -> None:
    assert finder.find(text).safety == kind


@pytest.mark.parametrize(
    "text",
    [
        "I also take a statin. Does that matter for the muscles?",
        "I'm on atorvastatin by the way, should I know anything about that for calf training?",
        "I'm still breastfeeding my youngest, are the fast bits ok or should I hold off till she's weaned?",
        "am I fine to do hill sprints while I nurse my toddler",
    ],
)
def test_a_question_about_a_medicine_or_about_milk_stops_nothing(finder: FaqSearch, text: str) -> None:
    found = finder.find(text)
    assert found.safety is None or (found.safety, found.urgency) == ("conditions", "care")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I take a statin and my thighs ache all day, does that matter?", "statin"),
        ("I'm pregnant again and still breastfeeding, may I sprint?", "pregnancy"),
        ("breastfeeding, eight weeks after the birth, and I leak when I run", "postnatal"),
    ],
)
def test_trouble_beside_them_is_heard(finder: FaqSearch, text: str, kind: str) -> None:
    assert finder.find(text).safety == kind


@pytest.mark.parametrize(
    "text",
    [
        "felt a pop too",
        "there was a pop when it grabbed",
        "something popped",
        "heard it snap back there",
        "it went pop on rep four",
    ],
)
def test_a_pop_of_ones_own_is_to_be_seen_today(finder: FaqSearch, text: str) -> None:
    found = finder.find(text)
    assert (found.safety, found.urgency) == ("rupture", "today")


@pytest.mark.parametrize(
    "text",
    [
        "my knee clicks, there was a pop but no pain, as always",
        "my ears popped on the hill",
        "popped out for 5k",
        "something popped up on my phone",
    ],
)
def test_any_other_pop_is_none(finder: FaqSearch, text: str) -> None:
    assert finder.find(text).safety is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("can i delete stuff later if i change my mind? not now just asking", None),
        ("is it possible to erase the data later, just asking", None),
        ("i want to end it all, delete my data later", "despair"),
    ],
)
def test_to_erase_what_is_stored_is_no_despair(finder: FaqSearch, text: str, kind: str | None) -> None:
    assert finder.find(text).safety == kind
