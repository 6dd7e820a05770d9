"""Questions about one's own week, and changes of one session that the words or the open context make certain."""

import pytest

from coach.planning.workouts import RECOVERY
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import in_the_second_week
from tests.support.requests import rows_of


@pytest.mark.parametrize(
    "words", ["when is my longest run?", "when do i actually sprint this week", "which day is the sprint session?"]
)
async def test_the_day_of_a_kind_of_session_is_told(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == "facts/when"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    "words",
    ["when do i start running after a calf strain?", "when is the best time to sprint?", "when do calves grow?"],
)
async def test_a_question_of_everybody_is_no_day(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says(words)).template != "facts/when"


@pytest.mark.parametrize(
    "words", ["how many minutes have i done this week", "can i see how many minutes total this week?"]
)
async def test_the_minutes_of_the_week_are_those_that_were_told(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("done, 35 minutes, effort 6")
    said = await ann.says(words)
    assert said.template == "facts/done_so_far"
    assert "35 minutes" in said


@pytest.mark.parametrize(
    ("words", "template"),
    [
        ("how many have I missed since I started", "facts/missed"),
        ("which ones did i skip so far?", "facts/missed"),
        ("What's left for me this week?", "facts/left"),
        ("what else do i have this week", "facts/left"),
    ],
)
async def test_what_was_missed_and_what_is_left_is_told(coach: BotHarness, words: str, template: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says(words)).template == template


@pytest.mark.parametrize("words", ["and why is it so little?", "why so few sessions?", "why only three days this week"])
async def test_a_small_week_is_explained(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("show my week")
    assert (await ann.says(words)).template == "facts/why_so_little"


async def test_why_something_else_is_little_stays_a_question(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says("why do my calves grow so little?")).template != "facts/why_so_little"


@pytest.mark.parametrize(
    ("words", "clashes"),
    [
        ("on a late shift on tuesday. anything clash?", False),
        ("night shift on wednesday, does that clash with anything?", True),
    ],
)
async def test_a_clash_is_told_and_nothing_moves(coach: BotHarness, words: str, clashes: bool) -> None:
    ann = await in_the_second_week(coach)
    before = await rows_of(coach, 1)
    said = await ann.says(words)
    assert said.template == "facts/clash"
    assert ("No clash" not in said) is clashes
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("words", ["so what happens to my sprints", "are my sessions gone?"])
async def test_during_a_pause_nothing_is_lost(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("pause until next monday")
    assert (await ann.says(words)).template == "facts/paused"


@pytest.mark.parametrize("words", ["saturday im free all day, which is better", "friday works too, what's better?"])
async def test_which_day_is_better_moves_nothing(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says("can we move today's to thursday")).template == "requests/moved"
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == "requests/which_day"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("words", ["ok leave thursday", "thursday is fine then", "I'd rather stay with thursday"])
async def test_behind_a_choice_the_day_that_stands_is_kept(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("can we move today's to thursday")
    await ann.says("friday i'm free all day, which is better")
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == "requests/stands_already"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("words", ["ok friday then", "friday please", "yes move it there"])
async def test_behind_a_choice_the_other_day_is_taken(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("can we move today's to thursday")
    await ann.says("friday i'm free all day, which is better")
    assert "from Thursday to Friday" in await ann.says(words)


@pytest.mark.parametrize("words", ["good. saturday what is it", "ok and wednesday whats that one"])
async def test_a_day_that_is_asked_about_is_shown(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == "plan/day"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    "words",
    [
        "it is 36 degrees at 5 pm. Morning is better. What time my reminder?",
        "it gets dark at 4 pm here, when do you remind me?",
    ],
)
async def test_a_question_when_the_reminder_comes_sets_none(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == "remind/shown"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("words", ["finished at 21:40! effort 6, my sister ran with me", "done at 10:15, effort 5"])
async def test_a_clock_time_is_no_length(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    said = await ann.says(words)
    assert said.shows("requests/done")
    assert " min" not in said.split("effort")[0]


async def test_a_stopwatch_time_is_one(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    assert "21 min" in await ann.says("done in 21:40, effort 6")


@pytest.mark.parametrize(
    "words",
    [
        "wednesday we have a wedding of 200 people. Can I train thursday in place?",
        "no way on wednesday. Thursday?",
        "wed no good. thurs?",
        "I have an exam wednesday, can I train on thursday in its place?",
    ],
)
async def test_a_taken_day_and_another_with_a_question_mark_move_the_session(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert "from Wednesday to Thursday" in await ann.says(words)


@pytest.mark.parametrize(
    "words",
    [
        "Wednesday is my birthday. Is thursday a hard day?",
        "Today is raining. What is on tomorrow?",
    ],
)
async def test_what_is_asked_of_another_day_moves_nothing(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    before = await rows_of(coach, 1)
    await ann.says(words)
    assert await rows_of(coach, 1) == before


async def test_another_day_corrects_a_move(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("Wednesday is a wedding, move it to thursday")
    assert "to Friday" in await ann.says("No, friday. Thursday I will be death")


@pytest.mark.parametrize("words", ["yes move it", "yes please move it", "ok move it"])
async def test_a_yes_behind_a_move_says_that_it_is_done(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("move today to tomorrow")
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == "requests/stands_already"
    assert await rows_of(coach, 1) == before


async def test_it_is_the_session_that_was_shown_whatever_is_told_of_tonight(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    await ann.says("what's on wednesday")
    said = await ann.says("could we push it to thursday, i'm on again tonight and i'll be dead")
    assert "from Wednesday to Thursday" in said


@pytest.mark.parametrize(
    "words",
    ["rough call yesterday. not in the mood. skip", "bad night yesterday, skip", "yesterday was hell. skip please"],
)
async def test_yesterday_tells_why_today_is_skipped(coach: BotHarness, words: str) -> None:
    ann = await in_the_second_week(coach)
    assert "today's" in await ann.says(words)


async def test_another_day_for_this_week_alone_leaves_today(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    today = coach.clock.now.date()
    assert "from today to Thursday" in await ann.says("tired. Can we do thursday only this week, not today")
    workouts = [
        row["workout"] for row in (await rows_of(coach, 1)).values() if row.get("day") == today and "workout" in row
    ]
    assert workouts[0] == RECOVERY


async def test_where_that_day_has_a_session_todays_is_let_go(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    assert (await ann.says("tired. Can we do wednesday only this week, not today")).shows("requests/skipped")


async def test_how_yesterday_was_is_no_illness(coach: BotHarness) -> None:
    ann = await in_the_second_week(coach)
    assert "fever" not in await ann.says("rough call yesterday. not in the mood. skip")
