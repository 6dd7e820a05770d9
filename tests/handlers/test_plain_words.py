"""Plain words instead of commands and buttons: what they lead to, and what they never do by themselves."""

import pytest

from db.queries import users
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("what's my plan today", "Today"),
        ("my plan", "Your week"),
        ("stop reminders", "No more reminders"),
        ("pause", "How long"),
        ("pause until friday", "Paused until Friday"),
        ("delete my data", "can't undo it"),
        ("change my reminder to 6:15", "Next: Wednesday at 06:15"),
        ("export my data", "you"),
        ("settings please", "Berlin"),
    ],
)
async def test_they_lead_where_the_command_does(coach: BotHarness, words: str, said: str) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    assert said in await ann.says(words)
    assert ann.sees.template != "ask/none"


async def test_a_question_that_begins_like_one_is_a_question(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "cramp" in await ann.says("remind me why calves cramp")


async def to_the_check(coach: BotHarness) -> Person:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    for skipped in ("skip", "next", "Skip this question, please", "pass"):
        await ann.says(skipped)
    assert ann.sees.shows("setup/check", part="question")
    return ann


async def test_a_question_is_skipped_and_explained_in_words(coach: BotHarness) -> None:
    ann = await to_the_check(coach)
    assert (await ann.says("skip")).shows("setup/age", part="question")
    assert (await ann.says("skip")).shows("setup/units", part="question")
    assert "how much protein" in await ann.says("why do you ask?")
    assert "Skip" in ann.buttons


async def test_done_ends_a_list_of_ticks(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert "at least one goal" in await ann.says("done")
    await ann.presses("goal_calves_off")
    assert (await ann.says("that's it")).shows("setup/experience", part="question")


@pytest.mark.parametrize(
    "words",
    ["yes i have asthma", "i have asthma", "Asthma", "I've had knee surgery", "yes", "Something applies",
     "i have lupus", "none but high blood pressure", "i'm on blood thinners"],
)  # fmt: skip
async def test_what_applies_is_heard_at_the_quick_check(coach: BotHarness, words: str) -> None:
    ann = await to_the_check(coach)
    assert "I won't plan training" in await ann.says(words)


async def test_a_word_of_care_in_the_set_up_shows_the_way_on(coach: BotHarness) -> None:
    ann = await to_the_check(coach)
    assert "ask their own doctor" in await ann.says("should my dad with asthma run")
    assert (await ann.presses("go_on_setup")).shows("setup/check", part="question")


@pytest.mark.parametrize(
    "words",
    [
        "none apply",
        "None of these apply to me.",
        "nope",
        "no, nothing",
        "i have none",
        "nope none of that",
    ],
)
async def test_what_does_not_apply_is_heard_too(coach: BotHarness, words: str) -> None:
    ann = await to_the_check(coach)
    assert (await ann.says(words)).shows("setup/age", part="question")


@pytest.mark.parametrize(
    "words",
    [
        "i'm fine",
        "maybe",
        "no, i have that",
        "no asthma",
        "what counts?",
        "not all apply",
        "i have no idea",
        "kidneys?",
    ],
)
async def test_what_may_mean_either_is_asked_again_with_its_buttons(coach: BotHarness, words: str) -> None:
    ann = await to_the_check(coach)
    assert "plain answer" in await ann.says(words)
    assert ann.buttons == ["None apply", "Something applies", "Skip"]
    shown = [message for message in ann.user.messages if message.get("reply_markup", {}).get("inline_keyboard")]
    assert len(shown) == 1, "the old ones are gone"
    assert (await ann.presses("check_none")).shows("setup/age", part="question")
    user = await coach.running.db.run(lambda session: users.find(session, 1))
    assert user is not None
    assert user.screening == "clear"


async def test_ticks_work_under_a_mistake(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert (await ann.says("purple")).shows("setup/goals", part="mistake")
    await ann.presses("goal_distance_off")
    assert "✓ Longer runs" in ann.buttons
    assert (await ann.presses("Done →")).shows("setup/experience", part="question")


@pytest.mark.parametrize(
    ("words", "day"), [("move fri sat", "Friday"), ("swap saturday", "Saturday"), ("Wednesday", "Wednesday")]
)
async def test_words_behind_plan_open_the_day_that_they_name(coach: BotHarness, words: str, day: str) -> None:
    ann = await set_up(coach)
    assert day in await ann.says(f"/plan {words}")
    assert "← Week" in ann.buttons
    assert "Your week" in await ann.says("/plan something else")


async def test_there_is_a_way_back(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/pause")
    await ann.presses("pause_until")
    await ann.presses("back")
    assert (await ann.says("how do I dye my hair at home")).template == "ask/none", "nothing is awaited"
    await ann.says("/settings")
    assert (await ann.presses("change_minutes")).shows("setup/minutes", part="question")
    await ann.presses("back")
    assert "Your week" in await ann.presses("my_week")
    await ann.says("/pause 3")
    await ann.presses("resume")
    assert "Your week" in await ann.presses("my_week")
    await ann.says("/exercises")
    await ann.presses("Glute bridge")
    await ann.presses("exercises")
    assert "Glute bridge" in ann.buttons


async def test_an_exercise_is_shown_in_the_middle_of_a_question(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert (await ann.says("how do i do a calf raise")).startswith("Standing calf raise")


@pytest.mark.parametrize(
    ("words", "understood"), [("7-8 weeks", True), ("7–8", True), ("2 or 7", False), ("7-9", False)]
)
async def test_the_buttons_of_weeks_can_be_typed(coach: BotHarness, words: str, understood: bool) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert (await ann.says("calves")).shows("setup/experience", part="question")
    assert (await ann.says(words)).shows("setup/days", part="question") is understood


@pytest.mark.parametrize(
    ("words", "experience"),
    [
        ("oh most weeks, i'd say five out of the six", "regular"),
        ("every week bar one really", "regular"),
        ("most weeks", "regular"),
        ("all six", "experienced"),
        ("every week", "experienced"),
        ("hardly ever", "new"),
        ("maybe two", "new"),
    ],
)
async def test_weeks_can_be_told_in_a_sentence(coach: BotHarness, words: str, experience: str) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says("calves")
    assert (await ann.says(words)).shows("setup/days", part="question")
    assert (await coach.stored()).experience == experience


@pytest.mark.parametrize("words", ["stones please", "in stone", "stone thanks"])
async def test_units_can_be_asked_for_politely(coach: BotHarness, words: str) -> None:
    ann = await to_the_units(coach)
    assert (await ann.says(words)).shows("setup/weight", part="question")
    assert (await coach.stored()).units == "st"


async def test_units_that_are_not_wanted_are_not_taken(coach: BotHarness) -> None:
    ann = await to_the_units(coach)
    assert (await ann.says("not kilos")).shows("setup/units", part="mistake")


async def to_the_units(coach: BotHarness) -> Person:
    """Answer up to the question of units."""
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    for said in ("calves", "5", "mon wed fri", "step", "none", "41"):
        await ann.says(said)
    return ann
