"""Questions about one's own training: whether to do a session, what is on several days, when a pause ends."""

import pytest

from tests.support.bot_harness import BotHarness
from tests.support.onboarding import in_the_second_week
from tests.support.requests import rows_of


@pytest.mark.parametrize(
    "words",
    [
        "should I skip today?",
        "so do i skip?",
        "do i still have to train",
        "I slept badly. Should I still do it?",
        "can i train on wednesday or not",
        "i can do saturday or no?",
        "is it ok to train today",
        "practice was 5 hours today, my legs are dead. do i still have to",
    ],
)
async def test_whether_to_train_is_answered_and_nothing_is_skipped(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == "facts/may_train"
    assert ann.offers("request_skip")
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(("pain", "begins"), [("1", "With a pain of 1"), ("2", "With a pain of 2")])
async def test_whether_to_train_follows_the_pain_that_was_told(coach: BotHarness, pain: str, begins: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says(f"my calf hurts, {pain} out of 10")
    assert (await ann.says("should i still train on wednesday?")).startswith(begins)


async def test_what_becomes_of_a_rest_day_is_told_where_training_is_asked_about(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says("should i train tomorrow or not?")).template == "facts/stands"


@pytest.mark.parametrize(
    "words",
    [
        "skip today",
        "can i train calves every day?",
        "should I run with a cold?",
        "is it ok to run in the rain?",
        "I have a bit of a cold. Should I train?",
    ],
)
async def test_wishes_and_questions_of_everybody_are_not_taken_for_it(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says(words)).template != "facts/may_train"


@pytest.mark.parametrize(
    "words",
    [
        "what about wednesday and thursday, both on?",
        "anything on wed and thu?",
        "are wednesday and thursday both free?",
    ],
)
async def test_several_days_are_told_at_once(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    said = await ann.says(words)
    assert said.template == "facts/on_days"
    assert "• Wednesday: " in said
    assert "• Thursday: rest" in said


@pytest.mark.parametrize("words", ["why two days in a row?", "why no rest day in between"])
async def test_neighbouring_days_are_explained(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("move wednesday's session to tuesday")
    said = await ann.says(words)
    assert said.template in {"facts/in_a_row", "requests/why"}
    if "no rest" not in words:
        assert said.template == "facts/in_a_row"


@pytest.mark.parametrize(
    "words", ["ok so tomorrow as normal?", "wednesday as planned then", "ok o. so tomorrow is what"]
)
async def test_a_day_that_is_as_planned_is_shown(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says(words)).template == "plan/day"


@pytest.mark.parametrize("words", ["which days do i have now", "what days am I on?"])
async def test_the_days_of_the_week_are_shown(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says(words)).template == "plan/week"


@pytest.mark.parametrize("words", ["when do i start again?", "what date does it start back up", "when am i back on"])
async def test_the_end_of_a_pause_is_told_and_the_pause_stays(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("pause for 2 weeks")
    assert (await ann.says(words)).template == "facts/back_on"
    assert (await ann.says("what's today?")).template == "today/paused"


@pytest.mark.parametrize("words", ["how many weeks is that", "how far off is it?"])
async def test_the_weeks_until_an_event_are_told(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("I have a race in six weeks")
    await ann.says(words)
    assert ann.sees.template == "plan/blocks"


@pytest.mark.parametrize("words", ["says who?", "what is that based on?"])
async def test_a_session_names_its_sources(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("why that one today?")
    said = await ann.says(words)
    assert said.template == "requests/sources_of_session"
    assert "1. " in said


@pytest.mark.parametrize(
    ("words", "template"),
    [
        ("in numbers please", "facts/parts"),
        ("how many times for each?", "facts/parts"),
        ("isn't that a bit short?", "facts/enough"),
        ("is that enough", "facts/enough"),
        ("is it meant to be that hard?", "facts/effort"),
    ],
)
async def test_the_session_that_was_shown_is_asked_about(coach: BotHarness, words: str, template: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("what's today?")
    assert (await ann.says(words)).template == template


@pytest.mark.parametrize("words", ["is it in my plan?", "do i have those in my sessions"])
async def test_whether_an_exercise_is_planned_is_told(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("show pogo hops")
    said = await ann.says(words)
    assert said.template == "facts/exercise_days"
    assert said.startswith("No")


async def test_how_an_exercise_is_done_is_shown_again(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("show bent-knee calf raise")
    assert (await ann.says("am I doing it wrong?")).template == "exercises/page"


async def test_an_age_behind_heel_raises_is_no_weight(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("19 left and 21 right heel raises")
    assert (await ann.says("is that good at 71?")).template == "faq/entry"


@pytest.mark.parametrize("words", ["u reckon thats doable", "is that enough time"])
async def test_a_goal_that_was_set_is_doubted(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("I have a race in six weeks")
    assert (await ann.says(words)).template == "requests/no_promise"


@pytest.mark.parametrize(
    "words",
    [
        "what do i do on wednesday, and can i do it on the treadmill?",
        "there's a treadmill in this hotel. can i just run on that",
        "i'm between two rides. can i do it at the taxi rank?",
    ],
)
async def test_where_a_session_can_be_done_is_told_and_nothing_is_changed(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == "facts/place"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    "words", ["can I do it tonight instead?", "is this evening ok", "could i do today's after work?"]
)
async def test_any_hour_of_today_is_fine(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says(words)).template == "requests/stands_already"


@pytest.mark.parametrize(
    "words", ["what do I have tonight?", "what should I eat after, then, at night?", "can I make up saturday's now?"]
)
async def test_other_questions_with_an_hour_are_no_wish_for_it(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says(words)).template != "requests/stands_already"


async def test_the_weeks_until_a_goal_are_told(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("I want 30 single-leg raises in ten weeks")
    assert (await ann.says("how many weeks is that?")).template == "requests/no_promise"


async def test_how_exercises_are_done_is_listed_where_none_was_shown(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says("am I doing it wrong?")).template == "exercises/list"


@pytest.mark.parametrize("words", ["do I have to catch it up?", "is my plan ruined?", "does that count against me?"])
async def test_who_missed_something_hears_that_nothing_is_made_up(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("skip today")
    said = await ann.says(words)
    assert said.template == "facts/missed"
    assert "You don't need to catch up" in said


async def test_what_is_kept_is_shown_to_who_asks_for_a_part_of_it(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says("what's my weight in your books?")).template in {
        "requests/my_data",
        "progress/weight",
        "progress/too_little",
    }


@pytest.mark.parametrize("words", ["how often do i train a week", "how many days do i train?"])
async def test_how_often_somebody_trains_is_told_by_their_week(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says(words)).template == "plan/week"
