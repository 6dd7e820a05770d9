"""Messages while a question outside the set-up is open: what is no answer is understood, and the question waits."""

import pytest

from coach.requests import Intent
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests


async def asked_for_units(coach: BotHarness) -> Person:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    assert (await ann.says("72.4")).shows("setup/units") or (await coach.stored()).prompt == "units"
    return ann


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("protein?", "protein/"),
        ("week", "plan/week"),
        ("when is my next session", "today/"),
        ("good night", "smalltalk/farewell"),
        ("how are you", "smalltalk/how"),
        ("how often should I train calves", "faq/entry"),
        ("is protein powder ok?", "faq/entry"),
        ("show me calf raises", "exercises/"),
    ],
)
async def test_what_is_no_answer_is_understood_and_the_question_waits(
    coach: BotHarness, text: str, template: str
) -> None:
    ann = await asked_for_units(coach)
    said = await ann.says(text)
    assert said.template.startswith(template), said.template
    assert (await coach.stored()).prompt == "units"
    await ann.says("72.4 kg")
    assert (await coach.stored()).weight_kg == 72.4


@pytest.mark.parametrize("text", ["Thanks", "Thanks love, honestly you're better than my last gym"])
async def test_thanks_are_answered_by_a_reaction_and_the_question_waits(coach: BotHarness, text: str) -> None:
    ann = await asked_for_units(coach)
    count = len(ann.user.received)
    await ann.says(text)
    assert len(ann.user.received) == count
    assert len(coach.telegram.called("setMessageReaction")) == 1
    assert (await coach.stored()).prompt == "units"


async def test_a_change_of_something_else_is_made_and_the_question_waits(coach: BotHarness) -> None:
    ann = await asked_for_units(coach)
    said = await ann.says("swap fri sat")
    assert said.template.startswith("requests/")
    assert (await coach.stored()).prompt == "units"
    await ann.says("72.4 kg")
    assert (await coach.stored()).weight_kg == 72.4


@pytest.mark.parametrize("text", ["purple", "maybe", "yes", "ok", "how do I dye my hair", "??"])
async def test_a_try_at_the_answer_stays_with_the_question(coach: BotHarness, text: str) -> None:
    ann = await asked_for_units(coach)
    assert (await ann.says(text)).shows("setup/units", part="mistake")
    assert (await coach.stored()).prompt == "units"


@pytest.mark.parametrize(("text", "units"), [("kilos?", "kg"), ("lbs i think", "lb"), ("metric i guess", "kg")])
async def test_an_answer_that_is_given_with_doubt_is_taken(coach: BotHarness, text: str, units: str) -> None:
    ann = await asked_for_units(coach)
    assert (await ann.says(text)).template == "setup/weight"
    assert (await coach.stored()).units == units


@pytest.mark.parametrize(
    ("button", "template", "text"),
    [
        ("change_days", "mistakes/days_not_understood", "week"),
        ("change_days", "mistakes/days_not_understood", "someday"),
        ("change_minutes", "mistakes/minutes_not_understood", "long"),
        ("change_minutes", "mistakes/minutes_not_understood", "12,13,14"),
        ("change_experience", "setup/experience", "somewhat"),
        ("change_goals", "setup/goals", "purple"),
        ("change_check", "setup/check", "all good"),
    ],
)
async def test_few_words_that_may_be_meant_as_the_answer_stay(
    coach: BotHarness, button: str, template: str, text: str
) -> None:
    ann = await set_up(coach)
    await ann.says("/settings")
    await ann.presses(button)
    assert (await ann.says(text)).template == template
    assert (await coach.stored()).prompt == button.removeprefix("change_")


@pytest.mark.parametrize("text", ["week", "when", "Thanks", "protein?"])
async def test_the_set_up_waits_for_its_answer(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert (await ann.says(text)).shows("setup/goals", part="mistake")


async def test_a_yes_answers_what_was_asked_last_and_not_the_health_check(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    while (await coach.stored()).prompt != "check":
        await ann.presses("skip_step")
    days = asked(Intent.DAYS, days=frozenset({1, 3, 7}))
    assert (await requests(ann, days)).template == "requests/lasting"
    await ann.says("yes")
    person = await coach.stored()
    assert (person.screening, set(person.free_days)) == (None, set("137"))


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("haha, my dog is watching me do this", "smalltalk/joke"),
        ("my wife laughs at my new trainers", "smalltalk/life"),
        ("harsh but fair", "smalltalk/reaction"),
        ("a bit homesick today", "smalltalk/worried"),
        ("my girlfriend wants in, can she use my plan?", "smalltalk/joining"),
    ],
)
async def test_an_aside_is_answered_and_the_question_waits(coach: BotHarness, text: str, template: str) -> None:
    ann = await asked_for_units(coach)
    assert (await ann.says(text)).template == template
    assert (await coach.stored()).prompt == "units"


@pytest.mark.parametrize(
    "text", ["nah leave it", "not yet. on friday", "never mind", "no, keep it as it is", "maybe later"]
)
async def test_a_no_closes_a_question_outside_the_set_up(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    await ann.says("/settings")
    await ann.presses("change_zone")
    assert (await ann.says(text)).template == "smalltalk/left"
    assert (await coach.stored()).prompt is None


async def test_what_was_asked_waits_behind_a_remark(coach: BotHarness) -> None:
    ann = await set_up(coach)
    days = asked(Intent.DAYS, days=frozenset({1, 3, 7}))
    assert (await requests(ann, days)).template == "requests/lasting"
    assert (await ann.says("haha, my husband will love that")).template.startswith("smalltalk/")
    assert (await ann.says("yes do it")).template == "profile/saved"
    assert set((await coach.stored()).free_days) == set("137")
