"""The day: a reminder arrives, Done, Later, Skip; and /today between them."""

from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up


async def test_an_interval_day_then_a_recovery_day(coach: BotHarness) -> None:
    ann = await set_up(coach)
    due = await coach.jump()
    assert due.isoformat() == "2026-03-03T06:00:00+00:00"
    assert "ntervals" in ann.sees
    assert {"Done", "Later", "Skip"} <= set(ann.buttons)
    assert "Logged: walk–jog intervals, 3 rounds" in await ann.presses("Done")
    await coach.jump()
    assert "ecover" in ann.sees
    assert "Rested: that counts" in await ann.presses("I rested")


async def test_later_comes_again_and_leaves_tomorrow_alone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    first = await coach.jump()
    assert "When shall I remind you again?" in await ann.presses("Later")
    assert "at 07:15" in await ann.presses("15 min")
    again = await coach.jump()
    assert (again - first).total_seconds() == 15 * 60
    assert "Here it is again" in ann.sees
    assert "Skipped" in await ann.presses("Skip")
    assert (await coach.jump() - first).days == 1


async def test_a_snooze_that_would_come_tomorrow_or_late_is_not_promised(coach: BotHarness) -> None:
    ann = await set_up(coach)
    due = await coach.jump()
    await ann.presses("Later")
    coach.clock.forward(hours=12)  # 19:00 in Berlin
    await ann.presses("Tonight 18:30")
    assert "too late for that today" in ann.user.toasts[-1]
    assert ann.buttons == ["15 min", "1 hour", "Back"]
    coach.clock.forward(hours=2)
    await ann.presses("1 hour")
    assert ann.buttons == ["15 min", "Back"]
    coach.clock.forward(hours=2.5)
    await ann.presses("15 min")
    assert ann.buttons == ["Back"]
    assert (await coach.jump() - due).days == 1


async def test_done_before_the_snooze_means_no_snooze(coach: BotHarness) -> None:
    ann = await set_up(coach)
    first = await coach.jump()
    await ann.presses("Later")
    await ann.presses("1 hour")
    await ann.presses("← Back" if "← Back" in ann.buttons else "Back")
    await ann.presses("Done")
    assert (await coach.jump() - first).days == 1


async def test_done_twice_says_so_and_undo_takes_it_back(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await coach.jump()
    reminder = ann.user.last
    await ann.presses("Done")
    ann.user.press_data("done:2026-03-03", reminder)
    await coach.settle()
    assert ann.user.toasts[-1] == "That is noted already."
    assert "Today: Walk–jog intervals" in await ann.presses("Undo")


async def test_today_before_the_first_day_offers_to_begin(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "Your week starts on Tuesday" in await ann.says("/today")
    assert "Today: Walk–jog intervals" in await ann.presses("Start today")
    assert "3 rounds of" in ann.sees
    await coach.jump()
    assert "ecover" in ann.sees, "the day after an interval day"


async def test_today_asks_a_stranger_the_quick_check_first(coach: BotHarness) -> None:
    ann = coach.person()
    assert "quick check before I plan" in await ann.says("/today")
    assert "that's clear" in await ann.presses("None apply")
    assert "Today: Walk–jog intervals" in await ann.presses("Today")


async def test_a_done_day_sends_no_reminder(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/today")
    await ann.presses("Start today")
    coach.clock.forward(days=1)  # Tuesday 10:00 in Berlin, the reminder of 07:00 is due
    shown = len(ann.user.messages)
    await ann.says("/today")
    await ann.presses("I rested")
    await coach.tick()
    assert len(ann.user.messages) == shown + 2, "the question and the session, no reminder"


async def test_a_reminder_without_a_zone_asks_for_it_and_keeps_the_time(coach: BotHarness) -> None:
    ann = coach.person()
    assert "Which city" in await ann.says("/remind 7:30")
    assert "Next: Tuesday, 07:30" in await ann.says("Lisbon")
    assert "Reminders are off" in await ann.says("/remind off")
    assert "Next reminder: Monday at 18:15" in await ann.says("/remind 6.15pm")
