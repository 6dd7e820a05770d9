"""Long messages: a story is answered by the part that asks, and carried out by the window that asks last."""

from datetime import datetime, time
from typing import Final
from unittest.mock import patch

import pytest

from coach.profile import Units
from coach.requests import Intent, ShownItem
from content.library import Content, Language
from content.understanding import search
from content.understanding.places import Places
from content.understanding.ranking.long_questions import asking_part, with_asking_part
from content.understanding.requests.ranked import RankedIntents, RankedPart, surely_asked
from content.understanding.requests.reader import read_requests
from content.understanding.requests.request import Reading
from content.understanding.requests.slots.heard import Moment

STORY: Final = (
    "We drove up to my sister's at the weekend with the dog and two suitcases, the motorway was shut, and her boiler "
    "had packed in by the time that we had parked the car."
)


@pytest.fixture
def english(content: Content) -> Language:
    return content.language("en")


def read(english: Language, text: str) -> Reading:
    moment = Moment(datetime(2026, 11, 26, 18, 10), Units.KILOGRAMS, None, Places())  # noqa: DTZ001 - local time
    return read_requests(text, english.finder.find(text), english, moment)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Are ankle weights a good idea when I run?", "ankle-weights"),
        ("How long do I rest between sets of calf raises?", "rest-between-sets"),
        ("Do compression socks help at all?", "compression"),
    ],
)
def test_a_story_is_answered_by_its_question(english: Language, question: str, entry: str) -> None:
    found = english.finder.find(f"{STORY} {question}")
    assert (found.outcome, found.entry) == ("answer", entry)


def test_the_part_that_asks_ends_in_a_question_mark(english: Language) -> None:
    english.finder.warm()
    fitted, *_ = english.finder._fitted or pytest.fail("warm")
    question = "Do compression socks help at all?"
    assert (
        asking_part(f"{STORY} {question} My calves are fine and so is the weather up here, thanks.", fitted) == question
    )
    assert asking_part("socks? or not", fitted) == "socks? or not"


@pytest.mark.parametrize(
    ("question", "parts"), [("and would they do anything for me", 0), (f"{STORY} Do socks help?", 1)]
)
def test_the_part_that_asks_is_looked_for_once_and_in_long_messages(
    english: Language, question: str, parts: int
) -> None:
    english.finder.warm()
    with (
        patch(f"{search.__name__}.asking_part", wraps=asking_part) as looked_for,
        patch(f"{search.__name__}.with_asking_part", wraps=with_asking_part) as read_anew,
    ):
        english.finder.find(question)
        assert (looked_for.call_count, read_anew.call_count) == (parts, parts)
        looked_for.reset_mock()
        english.finder.find(question, ShownItem(entry="compression"))
        assert looked_for.call_count == 1


def test_a_story_behind_a_page_is_read_by_its_question(english: Language) -> None:
    page = ShownItem(entry="compression")
    found = english.finder.find(f"{STORY} So would I wear them during the run or after it?", page)
    assert found.suggested[0] == "compression"


def test_the_last_window_that_asks_is_what_a_story_is_about(english: Language) -> None:
    [request] = read(english, f"{STORY} So please remind me at a quarter past six in the morning from now on.").requests
    assert (request.intent, request.slots.at) == (Intent.REMIND, time(6, 15))


def test_a_part_that_the_whole_does_not_bear_out_is_not_carried_out(english: Language) -> None:
    text = "the neighbour wanted his barbell back and I could hardly say no, so no barbell any more"
    assert [each.intent for each in read(english, text).requests] == [Intent.EQUIPMENT]


@pytest.mark.parametrize(
    ("whole", "windows", "surely"),
    [
        ("done", [], 0.9),
        ("done", ["done", "done"], 0.9),
        ("done", ["done", "weight"], 0),  # "workout done, … I was out for fifteen seconds, … splits 78 79 84"
        ("pain", [], 0),
        ("pain", ["pain"], 0),
    ],
)
def test_a_long_message_surely_asks_where_all_of_it_asks_for_the_same(
    whole: str, windows: list[str], surely: float
) -> None:
    parts = [RankedPart(0, 9, ((Intent(intent), 0.9),)) for intent in (whole, *windows)]
    assert surely_asked(RankedIntents(parts[0], windows=tuple(parts[1:]))) == surely


@pytest.mark.parametrize(
    "text",
    [
        "I lean forward and look at my shoes the whole way up, is there a better technique?",
        "The lads at work take the white powder every morning, does it do anything for legs?",
        "My heels come off the floor when I squat, like in high shoes, is that stiffness?",
    ],
)
def test_what_is_a_little_like_many_red_flags_is_none(english: Language, text: str) -> None:
    assert english.finder.find(text).safety is None
