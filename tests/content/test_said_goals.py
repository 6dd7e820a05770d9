"""Goals and events as people say them: the figure, its kind and its day; and no weight of a body in them."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.requests import Intent, Slots
from content.library import Content
from content.understanding.meanings import Requests
from content.understanding.requests.slots import goals
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from content.understanding.understand import understand

NOW = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - a Thursday on the person's own clock


def said(content: Content, intent: Intent, text: str) -> dict[str, object]:
    """The slots that are read from a text."""
    return dict(read_slots(intent, hear(content, text)).said())


def hear(content: Content, text: str) -> Heard:
    language = content.language(None)
    return Heard(text, Moment(NOW), language.vocabulary, language.exercise_names, language.goal_words)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("I want 25 raises by March", {"what": "raises", "number": 25, "by": "2027-03-01"}),
        ("25 by the end of june", {"number": 25, "by": "2027-06-30"}),
        ("did 18 today, want 25 by march", {"number": 25, "by": "2027-03-01"}),
        ("22 raises by april 20", {"what": "raises", "number": 22, "by": "2027-04-20"}),
        ("28 raises in 6 weeks", {"what": "raises", "number": 28, "by": "2027-01-07"}),
        ("i want 30 raises in march", {"what": "raises", "number": 30, "by": "2027-03-01"}),
        ("+1 cm", {"what": "girth", "number": 1}),
        ("+5 cm on my calves by Friday", {"what": "girth", "number": 5, "by": "2026-11-27"}),
        ("one more centimetre by april", {"what": "girth", "number": 1, "by": "2027-04-01"}),
        ("a centimetre more, so 39, before july", {"what": "girth", "number": 39, "by": "2027-07-01"}),
        ("add half an inch by august", {"what": "girth", "number": 1.3, "by": "2027-08-01"}),
        ("calves at 15 inches by july", {"what": "girth", "number": 38.1, "by": "2027-07-01"}),
        ("new target 39.5cm", {"what": "girth", "number": 39.5}),
        ("calf 37,5 in April", {"what": "girth", "number": 37.5, "by": "2027-04-01"}),
        ("calf target 42", {"what": "girth", "number": 42}),
        ("25 calf raises", {"what": "raises", "number": 25}),
        ("20 sessions in 8 weeks", {"what": "sessions", "number": 20, "by": "2027-01-21"}),
        ("20 sessions by the 20th", {"what": "sessions", "number": 20, "by": "2026-12-20"}),
        ("three sessions a week is my target", {"what": "sessions", "number": 3}),
        ("150 sessions next year", {"what": "sessions", "number": 150}),
        ("push my target to april", {"by": "2027-04-01"}),
        ("forget the target", {"switch": "off"}),
        ("drop the 40 cm target", {"what": "girth", "number": 40, "switch": "off"}),
        ("two cm more by the end of may", {"what": "girth", "number": 2, "by": "2027-05-31"}),
        ("25 raises or bust", {"what": "raises", "number": 25}),
        ("25 raises by 1 march 2026", {"what": "raises", "number": 25, "by": "2026-03-01"}),
        ("25 raises in march 2026", {"what": "raises", "number": 25, "by": "2026-03-01"}),
        ("25 raises by the end of may 2027", {"what": "raises", "number": 25, "by": "2027-05-31"}),
        ("25 raises by yesterday", {"what": "raises", "number": 25, "by": "2026-11-25"}),
        ("did 18 yesterday, want 25", {"number": 25}),
        ("25 raises in 3 years", {"what": "raises", "number": 25, "by": "2029-11-25"}),
        ("20 sessions within a year", {"what": "sessions", "number": 20, "by": "2027-11-26"}),
        ("will i reach 40 cm by summer", {}),
        ("am i close to my 25 raises", {}),
    ],
)
def test_goals(content: Content, text: str, slots: dict[str, object]) -> None:
    assert said(content, Intent.TARGET, text) == slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("I have a 10k on the 3rd of may", {"day": "2027-05-03", "what": "10k"}),
        ("10 km on 3 May", {"day": "2027-05-03", "what": "10 km"}),
        ("half marathon 20 september", {"day": "2027-09-20", "what": "half marathon"}),
        ("race tomorrow", {"day": "2026-11-27", "what": "race"}),
        ("football trials next wednesday", {"day": "2026-12-02"}),
        ("got a half marathon in march", {"what": "half marathon"}),
        ("when is my race", {"what": "race"}),
        ("my 10k was cancelled", {"what": "10k", "switch": "off"}),
        ("the race has moved to the 10th", {"day": "2026-12-10", "what": "race"}),
    ],
)
def test_events(content: Content, text: str, slots: dict[str, object]) -> None:
    assert said(content, Intent.EVENT, text) == slots


@settings(deadline=None)
@given(kilograms=st.integers(1, 300), raises=st.integers(1, 60), shape=st.sampled_from(["{r} at {k} kg", "{k} kg"]))
def test_kilograms_are_no_goal(content: Content, kilograms: int, raises: int, shape: str) -> None:
    slots = said(content, Intent.TARGET, shape.format(r=raises, k=kilograms) + " by march")
    assert slots.get("number") in ({raises} if "{r}" in shape else {None})
    assert "what" not in slots
    assert "kg" not in slots


@settings(deadline=None)
@given(number=st.integers(1, 100), month=st.integers(1, 12), day=st.integers(1, 28))
def test_any_figure_and_any_day(content: Content, number: int, month: int, day: int) -> None:
    named = date(2027, month, day)
    slots = said(content, Intent.TARGET, f"I want {number} raises by {day} {named:%B} 2027")
    assert slots == {"what": "raises", "number": number, "by": named.isoformat()}
    slots = said(content, Intent.EVENT, f"10k on {named:%-d} {named:%B} 2027")
    assert slots == {"day": named.isoformat(), "what": "10k"}


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_read(content: Content, text: str) -> None:
    for intent in (Intent.TARGET, Intent.EVENT):
        slots: Any = said(content, intent, text)
        assert set(slots) <= {"what", "number", "by", "day", "switch"}


def understood(content: Content, text: str) -> list[tuple[Intent, Slots]]:
    language = content.language(None)
    found = understand(text, language.finder.find(text), language, moment=Moment(NOW))
    return [(each.intent, each.slots) for each in found.all] if isinstance(found, Requests) else []


@pytest.mark.parametrize("text", ["12 at 10 kg", "12 at 10 kilos", "15/14/12", "3x12 with 10kg", "12 reps at 20 lb"])
def test_sets_are_neither_a_weight_nor_a_goal(content: Content, text: str) -> None:
    assert {intent for intent, _ in understood(content, text)} <= {Intent.SETS}


@pytest.mark.parametrize(
    "text",
    [
        "i turn 30 in march",
        "my best is 28 raises",
        "i did 20 sessions last year",
        "will i reach 40 cm by march",
        "my calves measured 39 cm in march",
    ],
)
def test_a_statement_or_a_question_sets_no_goal(content: Content, text: str) -> None:
    found = [slots for intent, slots in understood(content, text) if intent is Intent.TARGET]
    assert all((slots.number, slots.by) == (None, None) for slots in found)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("30", True),
        ("actually 30 by june", True),
        ("I'd like to get to 25 by march please", True),
        ("+1 cm by June", True),
        ("in 3 years", True),
        ("in 3 decades", False),
        ("lunch for 6 on friday", False),
        ("my sister comes on friday", False),
        ("I ran 12 km on friday", False),
    ],
)
def test_a_figure_and_a_day_are_bare(content: Content, text: str, bare: bool) -> None:
    assert goals.is_bare(hear(content, text)) is bare


def test_every_example_of_a_goal_that_sets_one_does(content: Content) -> None:
    """Words that tell of something else take no goal away."""
    examples = content.language(None).examples.requests[Intent.TARGET]
    assert [text for text in examples if goals.tells_only(hear(content, text))] == []


def test_goals_and_events_are_understood_in_whole_sentences(content: Content) -> None:
    assert understood(content, "I want 25 raises by march") == [
        (Intent.TARGET, Slots(what="raises", number=25, by=date(2027, 3, 1)))
    ]
    assert understood(content, "I have a 10k on the 3rd of may") == [
        (Intent.EVENT, Slots(day=date(2027, 5, 3), what="10k"))
    ]
