"""Courtesies around words that ask nothing, and an age that is no weight."""

from datetime import datetime

import pytest

from coach.requests import Intent
from content.library import Content
from content.understanding.meanings import Answer, Requests, SmallTalk, Understood
from content.understanding.requests.slots.heard import Moment
from content.understanding.smalltalk.phrases import SmallTalkKind
from content.understanding.understand import understand

NOW = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - a Thursday on the person's own clock


def meant(content: Content, text: str) -> Understood:
    language = content.language(None)
    return understand(text, language.finder.find(text), language, moment=Moment(NOW))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thank you, you have been most patient.", "thanks"),
        ("Thanks love, honestly you're better than my last gym", "thanks"),
        ("many thanks coach, you are very kind machine", "thanks"),
        ("cheers for putting up with me", "thanks"),
        ("you're tolerable. good night", "farewell"),
        ("hello coach, the weather is lovely here", "greeting"),
    ],
)
def test_where_nothing_is_asked_it_is_what_the_message_is(content: Content, text: str, kind: str) -> None:
    assert meant(content, text) == SmallTalk(SmallTalkKind(kind))


@pytest.mark.parametrize(
    "text",
    ["thanks, and how often?", "hi, my calf hurts", "thanks, I'll skip tomorrow", "hi, zinc",
     "thanks but that's not what I asked", "thanks, that didn't help", "bye, do you like cats", "thanks, done",
     "good night, remind me at 7", "hello, my calf is swollen, hot and red", "hi, hair removal for legs"],
)  # fmt: skip
def test_where_more_is_meant_it_is_not(content: Content, text: str) -> None:
    assert not isinstance(meant(content, text), SmallTalk)


def test_an_answer_goes_before_thanks(content: Content) -> None:
    assert not isinstance(meant(content, "thanks, is it safe to run every day"), SmallTalk)


@pytest.mark.parametrize(
    "text",
    [
        "I am 68. My grandson set this up for me and told you I was younger",
        "There is one other matter. I am 68. My grandson set this up for me and I believe he told you I was younger.",
        "I am 68, turning 69 in may",
        "68 years old",
        "I am 68 years now",
        "I'm 68 of age",
        "68 years on the scale",
        "I'm 45 and retired",
    ],
)
def test_an_age_is_no_weight_and_nothing_to_make_harder(content: Content, text: str) -> None:
    understood = meant(content, text)
    asked = [each.intent for each in understood.all] if isinstance(understood, Requests) else []
    assert not {Intent.WEIGHT, Intent.HARDER}.intersection(asked)


@pytest.mark.parametrize(
    "text",
    [
        "I am 72 kg", "I'm 80 now", "72.4", "weight 82, getting old", "82 kg, older and wiser",
        "lightest in 10 years, 82 this morning", "82 this morning, first time in years", "82, not bad for my age",
        "young doctor put me on the machine, 82 it said",
    ],
)  # fmt: skip
def test_a_weight_is_one_still(content: Content, text: str) -> None:
    understood = meant(content, text)
    assert isinstance(understood, Requests)
    assert [each.intent for each in understood.all] == [Intent.WEIGHT]


@pytest.mark.parametrize(
    ("story", "question"),
    [
        ("Back in '94 I could do fifty raises on either leg", "how many raises on either leg should I do"),
        ("At school we did hill sprints in boots, the last one had the bags", "what do hill sprints do for calves"),
    ],
)
def test_a_story_is_not_answered_outright(content: Content, story: str, question: str) -> None:
    assert not isinstance(meant(content, story), Answer)
    assert isinstance(meant(content, question), Answer)
