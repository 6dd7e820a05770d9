"""Figures and words right behind a log belong to it: how hard it was, how long it took, what was told wrong."""

import pytest
from sqlmodel import Session, select

from coach.profile import SessionStatus
from coach.requests import Intent
from content.understanding.meanings import NoAnswer, Requests
from db.models import ExtraSession, TrainingSession
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, understood_as


async def done_sessions(coach: BotHarness) -> list[TrainingSession]:
    """The sessions of the plan that are done."""

    def read(session: Session) -> list[TrainingSession]:
        done = select(TrainingSession).where(TrainingSession.status == SessionStatus.DONE)
        return list(session.exec(done))

    return await coach.running.db.run(read)


async def told(coach: BotHarness) -> tuple[int | None, int | None, int | None]:
    """The effort, the minutes and the rounds of the session that is done."""
    (row,) = await done_sessions(coach)
    return row.effort, row.minutes_done, row.rounds_done


async def has_logged(coach: BotHarness, **slots: object) -> Person:
    """A person who has just said that today's session is done."""
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asked(Intent.DONE, **slots))).template == "requests/done"
    return ann


async def on_a_day_of(coach: BotHarness, workout: str, goals: str) -> Person:
    """Set up somebody, and wait for a day of this workout."""
    ann = await set_up(coach, goals=goals, experience="experienced")
    for _ in range(20):
        await coach.jump()
        await ann.says("/today")
        if workout in ann.sees:
            return ann
    raise AssertionError(workout)


@pytest.mark.parametrize(
    ("said", "effort"),
    [
        ("six, no, six and a half. write 7", 7),
        ("i'd say a five. could be a six near the end", 5),
        ("9 cos of the heat, usually a 7", 9),
        ("legs were jelly. 8?", 8),
        ("exhaustion? six", 6),
        ("then 4 please", 4),
        ("six or seven, something like that", 7),
        ("first two were 9, overall 7", 7),
        ("heart going like mad but ok 7", 7),
        ("25 mates saw me. call it 8", 8),
    ],
)
async def test_how_hard_it_was_is_told_in_a_sentence(coach: BotHarness, said: str, effort: int) -> None:
    ann = await has_logged(coach)
    await ann.says(said)
    assert await told(coach) == (effort, None, None)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("roughly 28 mins, could be less", 28),
        ("some forty min including warming up", 40),
        ("from ten past six till quarter to seven", 35),
        ("how long? 18.10 until 18.40 or so", 30),
        ("an hour near enough", 60),
    ],
)
async def test_how_long_it_took_is_told_behind_it(coach: BotHarness, said: str, minutes: int) -> None:
    ann = await has_logged(coach, effort=7)
    await ann.says(said)
    assert await told(coach) == (7, minutes, None)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("sorry no, 35 it was. checked my phone", 35),
        ("i typed it wrong, thirty-five not forty", 35),
        ("oh wait, please write 35", 35),
        ("hang on, it was 35", 35),
    ],
)
async def test_the_minutes_are_told_anew(coach: BotHarness, said: str, minutes: int) -> None:
    ann = await has_logged(coach, effort=7, minutes=40)
    await ann.says(said)
    assert await told(coach) == (7, minutes, None)


async def test_rounds_that_are_corrected_are_no_effort(coach: BotHarness) -> None:
    ann = await has_logged(coach, effort=8, minutes=45)
    assert (await ann.says("scratch that, it was 4 by 2")).shows("requests/done", "4 rounds")
    assert await told(coach) == (8, 45, 4)


async def test_both_figures_belong_to_a_session_of_ones_own(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asked(Intent.DONE, what="sport"))).template == "guide/extra"
    assert (await ann.says("42 mins, eff 6")).shows("guide/extra", "42 min", "effort 6")
    assert await done_sessions(coach) == []


async def test_figures_behind_sets_beside_the_plan_are_of_strength(coach: BotHarness) -> None:
    ann = await on_a_day_of(coach, "Easy run", "distance")
    await ann.says("bent knee raises 14 12 12 at 10 kg")
    await ann.says("about a 6, twenty minutes i guess")

    def read(session: Session) -> list[tuple[str, int | None, int | None]]:
        return [(each.kind, each.effort, each.minutes_done) for each in session.exec(select(ExtraSession))]

    assert await coach.running.db.run(read) == [("strength", 6, 20)]


@pytest.mark.parametrize("said", ["i can't rate that. how do you count it?", "what scale is this", "out of what?"])
async def test_how_it_is_counted_is_explained(coach: BotHarness, said: str) -> None:
    ann = await has_logged(coach)
    assert (await understood_as(ann, NoAnswer(), said)).template == "requests/effort_scale"


async def test_an_effort_beside_the_question_how_it_is_counted_is_kept(coach: BotHarness) -> None:
    ann = await has_logged(coach)
    assert (await ann.says("5? no clue how to rate it, what is a 5")).shows("requests/effort_scale", told=True)
    assert await told(coach) == (5, None, None)


async def test_words_for_how_hard_it_was_offer_figures(coach: BotHarness) -> None:
    ann = await has_logged(coach)
    assert (await ann.says("hmm, a bit hard i would say")).shows("requests/effort_in_words", level=6)
    await ann.says("yes")
    assert await told(coach) == (6, None, None)


@pytest.mark.parametrize(
    "said",
    [
        "remind me at 7",
        "i only have 20 minutes a session from now on",
        "left calf 38",
        "i'm 74 kg",
        "is 6 too hard?",
        "i saw three dogs",
        "how long is tomorrow's?",
        "i slept 5 hours",
        "my neighbour ran for 50 minutes",
    ],
)
async def test_other_figures_are_none_of_the_log(coach: BotHarness, said: str) -> None:
    ann = await has_logged(coach)
    await ann.says(said)
    assert await told(coach) == (None, None, None)


async def test_a_pain_behind_a_log_is_no_effort(coach: BotHarness) -> None:
    ann = await has_logged(coach)
    await understood_as(ann, Requests((asked(Intent.PAIN, level=4),)), "my shin hurts, 4")
    assert await told(coach) == (None, None, None)


async def test_sets_behind_a_log_are_no_effort(coach: BotHarness) -> None:
    ann = await on_a_day_of(coach, "Calves A", "calves")
    await requests(ann, asked(Intent.DONE))
    await ann.says("12 12 10 at 20 kg")
    assert await told(coach) == (None, None, None)


@pytest.mark.parametrize(
    "said",
    [
        "that is behind me, and a cyclist cheered",
        "crushed it just before the rain",
        "i make it, 20 minute slowly",
        "got it out of the way at lunch",
        "am finish the exercise now, at the bus station",
    ],
)
async def test_a_report_in_any_words_is_logged(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await understood_as(ann, NoAnswer(), said)).template == "requests/done"


async def test_who_is_back_is_asked_whether_it_is_done(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await understood_as(ann, NoAnswer(), "right, back. the park was full of geese")).template == (
        "requests/between"
    )
    await ann.says("yes, half an hour")
    assert len(await done_sessions(coach)) == 1


@pytest.mark.parametrize(
    "said",
    ["finished work at last", "i'll have finished by six", "i did not get it done", "done for the day at the office"],
)
async def test_what_sounds_like_a_report_is_not_logged(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await understood_as(ann, NoAnswer(), said)
    assert await done_sessions(coach) == []


@pytest.mark.parametrize(
    ("said", "rounds"),
    [
        ("did everything but the last one", 2),
        ("managed about two thirds, then my phone rang", 2),
        ("i did half of it, then the bus came", 2),
    ],
)
async def test_a_part_of_a_session_is_logged_as_one(coach: BotHarness, said: str, rounds: int) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await understood_as(ann, NoAnswer(), said)).shows("requests/done", f"{rounds} of 3 rounds")


async def test_a_session_that_is_let_go_is_not_logged_by_its_reason(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("can't be doing today's, been stood up nine hours and my feet are killing me")
    assert await done_sessions(coach) == []


async def test_minutes_and_effort_of_one_sentence_are_both_kept(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("Today's went well. Forty minutes, let's say five")
    assert await told(coach) == (5, 40, None)


async def test_half_an_hour_is_no_half_of_a_session(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("Completed. Half hour again, and a three this time")
    assert await told(coach) == (3, 30, None)


@pytest.mark.parametrize("said", ["just wiped out", "no not hurt, simply knackered"])
async def test_why_a_session_was_let_go_is_kept(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.SKIP))
    assert (await ann.says(said)).shows("requests/skipped", reason="tired")
    assert await done_sessions(coach) == []


async def test_words_offer_figures_for_a_session_beside_the_plan(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE, what="sport"))
    assert (await understood_as(ann, NoAnswer(), "a little hard")).template == "requests/effort_in_words"
    assert (await ann.says("seven")).shows("guide/extra", "effort 7")


async def test_figures_behind_strength_of_ones_own_are_sets_and_no_girth(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE, what="strength"))
    girth = Requests((asked(Intent.GIRTH, left_cm=40.6, right_cm=40.6),))
    noted = await understood_as(ann, girth, "calf ones were 20, 20, 16 without weight")
    assert noted.template.startswith("requests/sets")


@pytest.mark.parametrize(
    "said", ["does it replace the planned one or is it extra?", "so that counts right?", "is it logged"]
)
async def test_whether_it_counts_is_told(coach: BotHarness, said: str) -> None:
    ann = await has_logged(coach, effort=6)
    assert (await understood_as(ann, NoAnswer(), said)).shows("requests/log_counts", "sprint intervals")
    assert await told(coach) == (6, None, None)


async def test_rounds_of_a_report_are_kept(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("intervals were lovely. 6 by 2 min. 48 minutes all in, effort 8")
    assert await told(coach) == (8, 48, 6)


async def test_short_ways_so_many_times_are_no_strength(coach: BotHarness) -> None:
    ann = await on_a_day_of(coach, "Calves A", "calves")
    await ann.says("Finished. 10 x 80 metres on the grass, effort 6")
    assert await done_sessions(coach) == []


async def test_another_wish_behind_a_skip_is_no_reason(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.SKIP))
    assert (await ann.says("do it sat morning then")).template != "requests/skipped"


@pytest.mark.parametrize("told", ["about a 3, walking is fine", "3", "maybe 3 or so, it's nothing"])
async def test_a_figure_behind_the_question_how_much_hurts_is_a_pain(coach: BotHarness, told: str) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("done, it was a 6")
    assert (await requests(ann, asked(Intent.PAIN))).template == "requests/how_much_pain"
    assert (await ann.says(told)).shows("requests/pain_after", level=3)
    (row,) = await done_sessions(coach)
    assert (row.effort, row.pain) == (6, 3)
