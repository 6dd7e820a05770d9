"""Talk behind a red flag that somebody has looked at: sympathy, no exercise, plain answers, until it is cleared."""

from datetime import timedelta

import pytest

from coach.requests import Intent
from content.understanding.meanings import SmallTalk, Suggest
from content.understanding.smalltalk.phrases import SmallTalkKind
from db.models import User
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, understood_as

RUPTURE = "felt a bang in the back of my ankle in the sprint, can't push off"
CLOT = "long flight, now my left calf is swollen, warm and sore"


async def is_held(coach: BotHarness) -> bool:
    found = await coach.running.db.run(lambda session: session.get(User, 1))
    assert found is not None
    return found.pause_reason == "safety"


async def warned(coach: BotHarness, text: str = RUPTURE) -> Person:
    """Set somebody up who writes this, and has training held for it."""
    ann = await set_up(coach)
    assert (await ann.says(text)).shows("ask/safety", pauses=True)
    return ann


@pytest.mark.parametrize(
    "said",
    [
        "doctor says it's partly torn, five weeks in a boot. so sad",
        "scan shows a grade 2 tear",
        "They put me in a cast and gave me crutches",
        "back from hospital, it was a clot. they've got me on blood thinners",
        "saw the physio, she thinks it's a strain, rest for a fortnight",
        "its a clot. im on injections",
        "doc says I can walk a little but no workouts for a month",
        "the doctor examined me, it's low blood pressure",
    ],
)
async def test_what_was_found_gets_sympathy_and_no_second_warning(coach: BotHarness, said: str) -> None:
    ann = await warned(coach)
    coach.clock.forward(days=1)
    assert (await ann.says(said)).shows("ask/seen", "112", returns=False)
    assert await is_held(coach)


@pytest.mark.parametrize(
    "said",
    [
        "doc says it's a clot, but now I have chest pain",
        "they put me on blood thinners, and now there's a hard bruise on my thigh that is growing",
        "doctor said it is a clot and today i can't breathe properly",
    ],
)
async def test_what_is_new_is_warned_of_all_the_same(coach: BotHarness, said: str) -> None:
    ann = await warned(coach, CLOT)
    coach.clock.forward(days=1)
    assert (await ann.says(said)).template == "ask/safety"


@pytest.mark.parametrize(
    "said", ["going to see the doctor tomorrow, it might be a tear", "the appointment for the scan is on monday"]
)
async def test_what_is_yet_to_be_looked_at_is_not_taken_for_it(coach: BotHarness, said: str) -> None:
    ann = await warned(coach)
    assert (await ann.says(said)).template != "ask/seen"


@pytest.mark.parametrize(
    "question",
    [
        "when can I start again?",
        "what date does it start back up",
        "how long am i paused for",
        "how soon can i run again",
    ],
)
async def test_no_date_is_named(coach: BotHarness, question: str) -> None:
    ann = await warned(coach)
    coach.clock.forward(days=2)
    assert (await ann.says(question)).template == "ask/no_date"
    assert await is_held(coach)


async def test_what_was_found_and_when_it_goes_on_are_one_answer(coach: BotHarness) -> None:
    ann = await warned(coach, CLOT)
    coach.clock.forward(days=1)
    assert (await ann.says("the ultrasound found a clot. how soon can I train again?")).shows("ask/seen", returns=True)


async def test_it_is_known_that_it_was_looked_at(coach: BotHarness) -> None:
    ann = await warned(coach)
    assert (await ann.says("my brother laughs about it")).shows("ask/care_first", seen=False)
    await ann.says("they put me in a cast")
    assert (await ann.says("my brother laughs about it")).shows("ask/care_first", seen=True)
    assert (await ann.says("how do i stretch it")).shows("ask/see_first", seen=True)
    assert (await ann.says("it feels better now")).shows("ask/still_held", seen=True)


@pytest.mark.parametrize("question", ["maybe I rub it?", "shall I put ice on it", "should i massage it a little"])
async def test_nobody_is_told_how_to_treat_it(coach: BotHarness, question: str) -> None:
    ann = await warned(coach, CLOT)
    assert (await ann.says(question)).template in {"ask/see_first", "ask/not_mine_to_say"}


@pytest.mark.parametrize(
    "said", ["nah only a roll I guess. can i still train tomorrow", "prob just rolled it. train tmrw?"]
)
async def test_who_makes_light_of_it_is_not_taken_for_pregnant(coach: BotHarness, said: str) -> None:
    ann = await warned(coach)
    assert (await ann.says(said)).template in {"ask/not_mine_to_say", "ask/still_held", "ask/see_first"}
    assert await is_held(coach)


async def test_a_question_of_something_else_is_answered(coach: BotHarness) -> None:
    ann = await warned(coach)
    assert (await understood_as(ann, Suggest(("time-off",)), "will I lose it all now")).template == "ask/suggest"
    assert (await understood_as(ann, Suggest(("time-off",)), "my legs again")).template == "ask/care_first"


@pytest.mark.parametrize(
    "kind", [SmallTalkKind.ANSWER, SmallTalkKind.OKAY, SmallTalkKind.THANKS, SmallTalkKind.LIFE, SmallTalkKind.FAREWELL]
)
async def test_small_talk_is_warm_while_training_is_held(coach: BotHarness, kind: SmallTalkKind) -> None:
    ann = await warned(coach)
    coach.clock.forward(days=1)
    said = await understood_as(ann, SmallTalk(kind))
    assert said.shows(f"smalltalk/{kind if kind is not SmallTalkKind.ANSWER else 'nothing_asked'}", blocked=True)
    assert "waiting for an answer" not in said


async def test_who_says_that_it_is_gone_goes_on(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("I have a fever of 39, can I do the sprints")
    coach.clock.forward(days=2)
    assert (await ann.says("I'm feeling much better now, it's gone")).template == "pause/resumed"


@pytest.mark.parametrize("said", ["all good again", "All good again!"])
async def test_who_was_ill_and_is_well_is_offered_to_go_on(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says("I have a fever of 39, can I do the sprints")).shows("ask/safety", pauses=True)
    coach.clock.forward(days=2)
    assert (await ann.says(said)).template == "ask/well_again"
    assert (await ann.says("yes")).template == "pause/resumed"


async def test_who_is_away_and_feels_fine_is_not(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.PAUSE, until=coach.clock.now.date() + timedelta(days=5)))
    assert (await ann.says("all good again")).template != "ask/well_again"
