"""Requests for one day or one week alone: they are done, and nothing that lasts is changed by them."""

from datetime import date, time, timedelta

import pytest

from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import RECOVERY
from coach.requests import Intent
from db.models import User
from db.queries import sessions
from services import plans
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of


async def regular(coach: BotHarness) -> Person:
    """A person who trains on Monday, Wednesday and Friday, on the Monday morning after the set-up."""
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    await coach.jump()
    return ann


def _ahead(coach: BotHarness, first: int, last: int) -> list[date]:
    return [coach.clock.now.date() + timedelta(days=ahead) for ahead in range(first, last)]


async def _to_do(coach: BotHarness, ahead: int = 0) -> list[PlannedDay]:
    """The sessions that are still to be done in this week, or in one ahead."""
    today = coach.clock.now.date()
    day = today + timedelta(days=7 * ahead)
    week = await coach.running.db.run(lambda session: plans.week_of(session, session.get_one(User, 1), day, today))
    assert isinstance(week, PlannedWeek)
    return [each for each in week.days if each.open and each.workout != RECOVERY]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("remind me at 18:30 just for today", "18:30"),
        ("ping me at 6.30pm, only today please", "18:30"),
        ("tonight at 8 please, just this once", "20:00"),
        ("ping me again at 5", "17:00"),
    ],
)
async def test_a_reminder_comes_once(coach: BotHarness, said: str, at: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).shows("requests/remind_once", at=at)
    assert await rows_of(coach, 1) == before
    shown = len(ann.user.received)
    coach.clock.now = coach.clock.now.replace(hour=int(at[:2]) - 1, minute=int(at[3:]) + 1)  # in Berlin
    await coach.tick()
    assert ann.templates(shown) == ["today/again"]
    coach.clock.forward(days=1)
    await coach.tick()
    assert ann.templates(shown).count("today/again") == 1


async def test_a_reminder_for_once_is_undone(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    await ann.says("remind me at 18:30 just for today")
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before
    shown = len(ann.user.received)
    coach.clock.forward(hours=12)
    await coach.tick()
    assert "today/again" not in ann.templates(shown)


async def test_a_reminder_for_once_comes_at_another_time_where_that_is_corrected(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("ping me again at 5")
    assert (await ann.says("no, 6")).shows("requests/remind_once", at="18:00")
    assert (await ann.says("only today")).template == "requests/that_once"


async def test_a_reminder_of_another_day_comes_instead_of_the_daily_one(coach: BotHarness) -> None:
    ann = await regular(coach)
    said = await ann.says("remind me at 18:30, only tomorrow")
    assert said.shows("requests/remind_once", at="18:30", instead="07:00", days_off=1)
    shown = len(ann.user.received)
    coach.clock.forward(days=1)
    await coach.tick()
    assert not {"reminders/interval", "reminders/strength", "today/again"} & set(ann.templates(shown))
    coach.clock.forward(hours=12)
    await coach.tick()
    assert ann.templates(shown) == ["today/again"]
    await ann.presses("show_session")
    assert "today/session" in ann.templates(shown)
    coach.clock.forward(hours=14)
    await coach.tick()
    assert ann.templates(shown)[-1].startswith("reminders/"), "the day after it is as ever"


async def test_undoing_the_reminder_of_another_day_brings_the_daily_one_back(coach: BotHarness) -> None:
    ann = await regular(coach)
    await ann.says("/plan")
    before = await rows_of(coach, 1)
    await ann.says("remind me at 18:30, only tomorrow")
    assert (await ann.says("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before
    shown = len(ann.user.received)
    await coach.jump()
    assert ann.templates(shown)[0].startswith("reminders/")


@pytest.mark.parametrize("why", ["done", "rest", "over"])
async def test_a_reminder_that_nothing_is_left_for_is_asked_about(coach: BotHarness, why: str) -> None:
    ann = await regular(coach)
    today = coach.clock.now.date()
    rests, at = today.isoweekday() not in {1, 3, 5}, time(18, 30)
    day = today if rests == (why == "rest") else today + timedelta(days=1)
    if why == "done":
        coach.clock.forward(days=(day - today).days)
        await requests(ann, asked(Intent.DONE))
    if why == "over":
        day, at = today, time(6)
    assert (await requests(ann, asked(Intent.REMIND, day=day, at=at))).shows("requests/remind_daily", why=why)


async def test_a_reminder_that_was_set_is_put_back_and_comes_once(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    await ann.says("remind me at 18:30 from now on")
    assert (await ann.says("just for today I mean")).shows("requests/remind_once", at="18:30")
    assert await rows_of(coach, 1) == before


async def test_two_things_in_one_message_are_both_done(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    shown = len(ann.user.received)
    await ann.says("what's my session and can you remind me at 3:30pm today instead of 4?")
    assert {"requests/remind_once", "today/session"} <= set(ann.templates(shown))


async def test_two_changes_of_one_day_are_undone_together(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("make today 20 minutes and remind me at 7pm, just today")).template == "requests/several"
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before
    shown = len(ann.user.received)
    coach.clock.forward(hours=14)
    await coach.tick()
    assert "today/again" not in ann.templates(shown)


async def test_a_reminder_that_cannot_come_once_is_asked_about(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    before = await rows_of(coach, 1)
    assert (await ann.says("remind me at 18:30 just this once")).template == "requests/remind_daily"
    assert await rows_of(coach, 1) == before
    assert (await ann.says("yes")).shows("requests/reminders", at="18:30")


async def test_a_time_for_every_day_stays_one(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    said = "mornings are no good till the 20th, remind me at 8 at night"
    assert (await ann.says(said)).shows("requests/reminders", at="20:00")


@pytest.mark.parametrize("said", ["only 20 min today", "only got 20 minutes today", "20 min, just this once"])
async def test_a_session_is_shortened_on_one_day(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).shows("requests/shortened", takes=19, rounds=2, days_off=0)
    user = await coach.stored()
    assert user.minutes is None or user.minutes >= 30, "the usual minutes stay"
    assert (await ann.says("/today")).values["rounds"] == 2
    assert (await ann.says("only this once, not forever")).template == "requests/that_once"
    assert (await ann.says("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before


async def test_the_reminder_of_a_shortened_day_says_the_shorter_session(coach: BotHarness) -> None:
    ann = await regular(coach)
    day = next(each for each in _ahead(coach, 1, 8) if each.isoweekday() in {1, 3, 5})
    await requests(ann, asked(Intent.MINUTES, day=day, minutes=20))
    while coach.clock.now.date() < day:
        shown = len(ann.user.received)
        await coach.jump()
    reminded = next(each.text for each in ann.user.received[shown:] if "min" in each.text)
    row = await coach.running.db.run(lambda session: sessions.of_day(session, session.get_one(User, 1), day))
    assert row is not None
    assert row.minutes is not None
    assert row.minutes <= 20
    assert str(row.rounds or row.minutes) in reminded


async def test_a_session_that_does_not_get_so_short_is_offered_otherwise(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("just 10 minutes for it today")).shows("requests/short_day", minutes=10, least=19)
    assert await rows_of(coach, 1) == before
    assert (await ann.presses("minutes_that_day", minutes=19)).shows("requests/shortened", takes=19)


async def test_a_session_that_fits_anyway_stays(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("only 90 min today")).template == "requests/short_fits"
    assert await rows_of(coach, 1) == before


async def test_a_shortened_session_gets_its_minutes_back(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    usual = (await ann.says("/today")).values["rounds"]
    await ann.says("only 20 min today")
    assert (await ann.says("I've got 45 min today after all")).template == "requests/shortened"
    assert (await ann.says("/today")).values["rounds"] == usual


async def test_what_hurts_has_decided_how_long_a_session_is(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.PAIN, level=3))
    before = await rows_of(coach, 1)
    today = coach.clock.now.date()
    assert (await requests(ann, asked(Intent.MINUTES, day=today, minutes=12))).template != "requests/shortened"
    assert await rows_of(coach, 1) == before


async def test_what_was_done_is_logged(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("only did 25 min today")).template == "requests/done"


@pytest.mark.parametrize("said", ["only this week: tue and fri", "this week make it tue and fri"])
async def test_one_week_goes_on_other_days(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed sat")
    await coach.jump()
    before, usual = await rows_of(coach, 1), (await coach.stored()).free_days
    assert (await ann.says(said)).shows("requests/one_week", next=False)
    days = {each.day.isoweekday() for each in await _to_do(coach)}
    assert days
    assert days <= {2, 5}
    assert (await coach.stored()).free_days == usual
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before


async def test_only_this_week_behind_the_question_is_for_that_week(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed sat")
    await coach.jump()
    usual = (await coach.stored()).free_days
    assert (await ann.says("tuesday and friday from now on")).template == "requests/lasting"
    assert (await ann.says("only this week")).template == "requests/one_week"
    assert (await coach.stored()).free_days == usual
    assert (await ann.says("yes, only this week")).template == "requests/that_once"


async def test_next_week_goes_on_the_only_day_that_there_is(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed sat")
    await coach.jump()
    before = await _to_do(coach)
    said = await ann.says("next week I'm at my mother's, only tuesday works")
    assert said.shows("requests/one_week", next=True, dropped=True)
    assert [each.day for each in await _to_do(coach)] == [each.day for each in before], "this week stays"
    assert {each.day.isoweekday() for each in await _to_do(coach, ahead=1)} == {2}


async def test_days_that_are_over_are_offered_for_next_week(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed sat")
    for _ in range(7):
        await coach.jump()
        if coach.clock.now.date().isoweekday() == 6:
            break
    first = coach.clock.now.date().isoweekday()
    assert first == 6
    assert (await requests(ann, asked(Intent.DAYS, days=frozenset({1, 2}), week="this"))).shows(
        "requests/one_week_over"
    )
    assert (await ann.presses("days_next_week")).shows("requests/one_week", next=True)


async def test_something_lighter_is_offered_for_one_day(coach: BotHarness) -> None:
    ann = await regular(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says("make Wednesday easier please")).template == "requests/lighter_day"
    assert await rows_of(coach, 1) == before
    easier = next(label for label in ann.buttons if "Recovery" in label)
    assert (await ann.presses(easier)).template == "plan/week"


async def test_the_whole_plan_is_made_easier_where_no_day_is_meant(coach: BotHarness) -> None:
    ann = await regular(coach)
    assert (await ann.says("this plan is too hard for me")).template == "requests/dial"


async def test_yes_for_a_while_asks_once_more_and_changes_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach, equipment=("step",))
    await requests(ann, asked(Intent.EQUIPMENT, remove=frozenset({"step"})))
    before = await rows_of(coach, 1)
    assert (await ann.says("yes but only while I'm away")).template == "requests/only_lasting"
    assert await rows_of(coach, 1) == before
    assert (await ann.presses("yes_change")).template == "profile/saved"


async def test_it_is_for_one_day_while_a_question_of_the_set_up_stands_open(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("/settings")
    await ann.presses("Weight")
    before = await rows_of(coach, 1)
    said = await ann.says("only got 20 minutes tonight, can you cut it down just for today")
    assert said.shows("requests/shortened", takes=19)
    assert await rows_of(coach, 1) != before


async def test_a_session_that_was_skipped_is_wished_for_in_fewer_minutes(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("skip today")
    await ann.says("hi, so what have you got for me today?")
    before = await rows_of(coach, 1)
    said = await ann.says("only got 20 minutes tonight, can you cut it down just for today")
    assert said.shows("requests/shortened", takes=19, again=True)
    await ann.says("undo")
    assert await rows_of(coach, 1) == before
