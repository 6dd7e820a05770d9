"""Strains told lightly are a pain to ask about, not a muscle to build."""

from datetime import datetime

import pytest

from coach.requests import Intent
from content.library import Content
from content.understanding.meanings import Requests
from content.understanding.requests.request import Request
from content.understanding.requests.slots.heard import Moment
from content.understanding.understand import understand

THURSDAY = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - the person's own clock


def is_pain(content: Content, text: str) -> bool:
    english = content.language("en")
    meant = understand(text, english.finder.find(text), english, moment=Moment(THURSDAY))
    return meant == Requests((Request(Intent.PAIN),))


@pytest.mark.parametrize(
    "text",
    [
        "hammy pinged a bit on the last one, nothing major",
        "glute pulled a touch coming off the bend, I could jog home",
        "felt the hamstring tug on the fast one, only a touch",
        "the inner thigh twinges since the hill, walking is fine",
    ],
)
def test_a_strain_that_is_told_is_a_pain(content: Content, text: str) -> None:
    assert is_pain(content, text)


@pytest.mark.parametrize(
    "text",
    [
        "does running build hamstrings?",
        "what do I do about a pulled hamstring",
        "hamstring curls",
        "my brother's hamstring pinged at football",
        "which exercises for the hamstrings",
    ],
)
def test_a_question_or_somebody_elses_is_none(content: Content, text: str) -> None:
    assert not is_pain(content, text)
