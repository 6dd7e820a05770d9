"""Remarks that ask for nothing by their form get a human word, in any voice; what may ask for something does not."""

from datetime import datetime

import pytest

from content.library import Content
from content.understanding.meanings import SmallTalk, Understood
from content.understanding.requests.slots.heard import Moment
from content.understanding.smalltalk.asks_nothing import introduced_name
from content.understanding.smalltalk.phrases import SmallTalkKind
from content.understanding.understand import understand

THURSDAY = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - local


def meant(content: Content, text: str) -> Understood:
    english = content.language("en")
    return understand(text, english.finder.find(text), english, moment=Moment(THURSDAY))


def kind(content: Content, text: str) -> SmallTalkKind | None:
    understood = meant(content, text)
    return understood.kind if isinstance(understood, SmallTalk) else None


@pytest.mark.parametrize(
    "text",
    [
        "the cake sank in the middle",
        "the deadline beat us.",
        "rain again. typical",
        "hot dog",
        "got soaked on the bus",
        "well darn. alright",
        "ok ok, point taken",
        "ugh fine, ill behave",
        "that was brutal",
    ],
)
def test_a_remark_gets_a_human_word(content: Content, text: str) -> None:
    assert kind(content, text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "still a bit hungover in my body hahaha",
        "the barman says my legs look good 😎",
        "ㅋㅋㅋ my boss fell asleep in the meeting",
        "the parrot swears at me now, jajaja",
    ],
)
def test_who_laughs_is_laughed_with(content: Content, text: str) -> None:
    assert kind(content, text) is SmallTalkKind.JOKE


@pytest.mark.parametrize(
    "text",
    [
        "Good evening. My name is Okonkwo. Please be patient with me",
        "hello dear, i am on the tram so i am whispering this",
        "hey coach this is Wim I'm dictating this to my car so pardon the nonsense",
        "hello, Maja here, cook by trade",
    ],
)
def test_who_introduces_themselves_is_greeted(content: Content, text: str) -> None:
    assert kind(content, text) is SmallTalkKind.GREETING


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Good evening, my name is Okonkwo", "Okonkwo"),
        ("hello this is Dr Szabo, be gentle", "Szabo"),
        ("hi, I am Happy today", None),
        ("hi, i am tired", None),
        ("hi coach", None),
    ],
)
def test_they_are_called_by_the_name_that_they_give(content: Content, text: str, name: str | None) -> None:
    assert introduced_name(text, content.language("en")) == name


@pytest.mark.parametrize(
    "text",
    [
        "best veal recipe",
        "cheap flights to lisbon in may",
        "fjdksla fjdkslaf",
        "toenail gone black after a half",
        "gonna give it a miss",
        "protein before bed",
        "don't write to me in the mornings",
        "magnesium",
        "zxcv poiu",
        "garmin or coros for a beginner",
        "my chest feels odd after the stairs",
        "wie wird das wetter in hamburg",
        "sprints in the rain",
    ],
)
def test_what_may_be_a_question_or_a_request_is_none(content: Content, text: str) -> None:
    assert kind(content, text) is None
