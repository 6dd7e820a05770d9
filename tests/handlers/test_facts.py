"""Questions about one's own session, week and history, as a person asks them: the fact comes first, nothing changes."""

from datetime import timedelta

import pytest

from coach.profile import SessionStatus
from coach.requests import INTENT_OF, Fact, Slots
from content.understanding.requests.request import Request
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import requests, rows_of


def asks(fact: Fact, **slots: object) -> Request:
    """Return the request for a fact."""
    return Request(INTENT_OF[fact], Slots(**slots), fact)  # type: ignore[arg-type]


async def on_a_strength_day(coach: BotHarness) -> Person:
    """Set up somebody who has a step and dumbbells, and wait for the day of Calves A."""
    ann = await set_up(coach, goals="calves", experience="regular", days="mon wed fri", equipment=("step", "dumbbells"))
    for _ in range(14):
        await coach.jump()
        await ann.says("/today")
        if ann.sees.startswith("Today: Calves A"):
            return ann
    raise AssertionError("no Calves A within two weeks")


@pytest.mark.parametrize(
    ("words", "template"),
    [
        ("hang on, how many minutes am I looking at here", "facts/minutes"),
        ("how long does today's one last", "facts/minutes"),
        ("at what hour should I do it then", "facts/hour"),
        ("what's in this one exactly", "facts/parts"),
        ("do I have to warm up before this one?", "facts/warm_up"),
        ("how hard am I meant to go", "facts/effort"),
        ("could I do this one indoors", "facts/place"),
        ("do I need any kit for it", "facts/needs"),
        ("is today's session still on?", "facts/stands"),
        ("how many sessions have I got left for this week", "facts/left"),
        ("which sessions did I miss", "facts/missed"),
        ("when was the last time I ran", "facts/last"),
        ("will next week be harder than this week", "facts/volume"),
    ],
)
async def test_a_question_about_ones_own_training_gets_its_fact(coach: BotHarness, words: str, template: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(words)).template == template
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    "words",
    [
        "how long should a strength session for calves last?",
        "should you warm up before running?",
        "is it better to train in the morning or in the evening?",
        "how hard should an easy run be?",
        "do I need weights to build calves?",
    ],
)
async def test_a_question_of_everybody_stays_one(coach: BotHarness, words: str) -> None:
    ann = await set_up(coach)
    assert not (await ann.says(words)).template.startswith("facts/")


async def test_behind_an_answer_it_is_the_answer_that_is_asked_about(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("why are calves so hard to grow?")).template == "faq/entry"
    assert not (await ann.says("how long though")).template.startswith("facts/")
    assert (await ann.says("my calves feel like rocks on every run. why?")).template == "faq/entry"
    assert not (await ann.says("and how long does that go on")).template.startswith("facts/")
    assert (await ann.says("and how long is today's session?")).template == "facts/minutes"


async def test_minutes_come_first(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    said = await requests(ann, asks(Fact.MINUTES))
    assert said.startswith("Today's session, sprint intervals, takes 21 minutes.")
    assert ann.offers("today")
    assert ann.offers("my_week")


async def test_on_a_rest_day_the_next_session_is_meant(coach: BotHarness) -> None:
    ann = await on_a_strength_day(coach)
    coach.clock.forward(days=1)
    await ann.says("/today")
    said = await requests(ann, asks(Fact.MINUTES))
    assert said.shows("facts/minutes")
    assert not said.startswith("Today's")


async def test_of_a_rest_day_that_is_named_the_next_session_is_told(coach: BotHarness) -> None:
    ann = await on_a_strength_day(coach)
    tomorrow = coach.clock.now.date() + timedelta(days=1)
    assert (await requests(ann, asks(Fact.EFFORT, day=tomorrow))).shows("facts/rest", coming=True)


async def test_a_session_has_no_set_hour_and_the_reminder_is_named(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asks(Fact.HOUR))).shows("facts/hour", "07:00")
    assert ann.offers("change_time")


async def test_parts_of_intervals_stand_in_their_order(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    said = await requests(ann, asks(Fact.PARTS))
    assert "1. Warm-up: 10 min\n2. 3 rounds of 30 s sprint and 90 s walk\n3. Cool-down: 5 min" in said


async def test_exercises_stand_in_their_order_with_their_pages(coach: BotHarness) -> None:
    ann = await on_a_strength_day(coach)
    said = await requests(ann, asks(Fact.PARTS))
    assert said.index("1. Warm-up") < said.index("Bodyweight squat: ") < said.index("Cool-down")
    assert "Bodyweight squat" in ann.buttons


async def test_the_effort_is_the_one_that_is_planned(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asks(Fact.EFFORT))).shows("facts/effort", "Sprint: hard (effort 7 out of 10")


async def test_sprints_without_a_treadmill_are_for_outside_and_can_be_swapped(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asks(Fact.PLACE))).shows("facts/place", where="run", treadmill=False)
    assert ann.offers("swap")


async def test_raises_can_be_done_anywhere_with_what_there_is(coach: BotHarness) -> None:
    ann = await on_a_strength_day(coach)
    assert (await requests(ann, asks(Fact.PLACE))).shows("facts/place", where="anywhere")
    assert not ann.offers("swap")
    assert (await requests(ann, asks(Fact.NEEDS))).shows("facts/needs", "dumbbells")


async def test_what_became_of_a_session_is_told(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asks(Fact.STANDS))).shows("facts/stands", "still to do", status=SessionStatus.PLANNED)
    await ann.says("done, it was a 7")
    assert (await requests(ann, asks(Fact.STANDS))).shows("facts/stands", "7 out of 10", status=SessionStatus.DONE)


async def test_a_session_that_was_done_is_no_longer_left(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    first = await requests(ann, asks(Fact.LEFT))
    await ann.says("done, it was a 7")
    then = await requests(ann, asks(Fact.LEFT))
    assert len(then.values["sessions"]) == len(first.values["sessions"]) - 1


async def test_what_was_missed_and_skipped_is_named(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asks(Fact.MISSED))).template == "facts/missed"
    await ann.says("skip today, no time")
    assert (await requests(ann, asks(Fact.MISSED))).shows("facts/missed", "Today: sprint intervals, skipped")


async def test_the_last_session_of_a_kind_is_named_with_its_sets(coach: BotHarness) -> None:
    ann = await on_a_strength_day(coach)
    assert "is marked as done yet" in await requests(ann, asks(Fact.LAST))
    await ann.says("done, it was a 6")
    await ann.says("squats 12, 12 at 10 kg")
    coach.clock.forward(days=1)
    said = await ann.says("what did I lift on squats the last time?")
    assert said.shows("facts/last", "yesterday: Calves A, effort 6", "Bodyweight squat: 12/12 at 10 kg")


async def test_next_week_stands_beside_this_one(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    said = await requests(ann, asks(Fact.VOLUME, week="next"))
    assert said.shows("facts/volume", "Next week: ", "This week: ")
    alone = await requests(ann, asks(Fact.VOLUME, week="this"))
    assert alone.shows("facts/volume", "This week: ")
    assert "Next week" not in alone


async def test_the_next_hard_session_is_no_easy_one(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("done, it was a 7")
    said = await ann.says("when's my next hard session?")
    assert said.template in {"plan/day", "facts/none_like_it"}
    if said.template == "plan/day":
        assert any(name in said for name in ("Sprint intervals", "Hill sprints", "Long run", "Leg strength"))


async def test_nothing_is_told_of_sessions_in_a_pause(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("/pause")
    await ann.presses("pause_7")
    assert not (await ann.says("how long does today's one last")).template.startswith("facts/")


@pytest.mark.parametrize(
    "words",
    [
        "The air is very bad here, AQI 190. Should I go outside?",
        "smoke from the fires again, is it ok to run today?",
        "the smog is thick this morning, can I do it inside?",
    ],
)
async def test_bad_air_is_left_to_local_advice_and_the_place_is_told(coach: BotHarness, words: str) -> None:
    ann = await on_a_strength_day(coach)
    assert (await ann.says(words)).shows("facts/place", where="anywhere", bad_air=True)


async def test_a_session_may_be_done_inside_for_once(coach: BotHarness) -> None:
    ann = await on_a_strength_day(coach)
    before = await rows_of(coach, 1)
    said = await ann.says("Then can I do something inside the flat instead, only today?")
    assert said.shows("facts/place", where="anywhere", bad_air=False)
    assert await rows_of(coach, 1) == before
