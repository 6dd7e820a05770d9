"""Questions about one's own plan in many voices: each shows what is asked for, and changes nothing."""

import pytest

from coach.requests import Intent
from content.understanding.meanings import Between, NoAnswer, Suggest
from content.understanding.requests.request import Request
from tests.handlers.test_plain_changes import in_training
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import in_the_second_week
from tests.support.requests import rows_of, understood_as


@pytest.mark.parametrize(
    ("said", "template"),
    [
        ("which one is it", "today/session"),
        ("what i have to do later", "today/session"),
        ("so I've a placement all week, which days am I down for", "plan/week"),
        ("what stands there for the weekend", "facts/on_days"),
        ("what is total now from starting", "progress/weeks"),
        ("slept maybe ninety minutes. today's session, smart or dumb?", "facts/may_train"),
        ("so saturday's session, yes or no", "facts/may_train"),
        ("late shift tonight, so can I do it earlier? like lunch time", "requests/stands_already"),
    ],
)
async def test_a_question_about_the_plan_is_answered_from_it(coach: BotHarness, said: str, template: str) -> None:
    ann = await in_training(coach)
    before = await rows_of(coach, 1)
    assert (await understood_as(ann, NoAnswer(), said)).template == template
    assert await rows_of(coach, 1) == before


async def test_between_pages_of_sessions_the_one_that_comes_is_shown(coach: BotHarness) -> None:
    ann = await in_training(coach)
    unsure = Between((Request(Intent.SHOW_NEXT), Request(Intent.SHOW_DAY)))
    assert (await understood_as(ann, unsure, "and that is")).template == "today/session"


async def test_why_a_kind_of_session_is_told_of_that_kind(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    why = await understood_as(ann, Between((Request(Intent.SHOW_WHY),)), "hm")
    assert why.template == "requests/between"
    assert (await ann.says("why sprints for somebody who wants calves?")).template == "requests/why"


async def test_a_far_date_of_a_race_is_offered_as_an_event(coach: BotHarness) -> None:
    ann = await in_training(coach)
    day = coach.clock.now.date().replace(day=12)
    month = (day.month + 1) % 12 + 1
    said = f"Two Oceans is on 12/{month:02}, 56 km. Does the plan know?"
    assert (await understood_as(ann, Suggest(()), said)).template == "requests/event_offered"
