"""The day: a reminder arrives, Done, Later, Skip; and /today between them."""

from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up


async def test_an_interval_day_then_a_recovery_day(coach: BotHarness) -> None:
    ann = await set_up(coach)
    due = await coach.jump()
    assert due.isoformat() == "2026-03-03T06:00:00+00:00"
    assert "ntervals" in ann.sees
    assert {"Done", "Later", "Skip"} <= set(ann.buttons)
    assert "Logged: walk–jog intervals, 5 rounds" in await ann.presses("done")
    await coach.jump()
    assert "ecover" in ann.sees
    assert (await ann.presses("rested")).shows("today/done", kind="recovery")


async def test_later_comes_again_and_leaves_tomorrow_alone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    first = await coach.jump()
    assert (await ann.presses("later")).template == "today/when"
    assert (await ann.presses("snooze_15")).shows("today/snoozed", "07:15")
    again = await coach.jump()
    assert (again - first).total_seconds() == 15 * 60
    assert ann.sees.template == "today/again"
    assert (await ann.presses("skip")).template == "today/skipped"
    assert (await coach.jump() - first).days == 1


async def test_a_snooze_that_would_come_tomorrow_or_late_is_not_promised(coach: BotHarness) -> None:
    ann = await set_up(coach)
    due = await coach.jump()
    await ann.presses("later")
    coach.clock.forward(hours=12)  # 19:00 in Berlin
    await ann.presses("tonight", time="18:30")
    assert "too late to send today's reminder again" in ann.user.toasts[-1]
    assert ann.buttons == ["15 min", "1 hour", "Back"]
    coach.clock.forward(hours=2)
    await ann.presses("snooze_60")
    assert ann.buttons == ["15 min", "Back"]
    coach.clock.forward(hours=2.5)
    await ann.presses("snooze_15")
    assert ann.buttons == ["Back"]
    assert (await coach.jump() - due).days == 1


async def test_done_before_the_snooze_means_no_snooze(coach: BotHarness) -> None:
    ann = await set_up(coach)
    first = await coach.jump()
    await ann.presses("later")
    await ann.presses("snooze_60")
    await ann.presses("back")
    await ann.presses("done")
    assert (await coach.jump() - first).days == 1


async def test_done_twice_says_so_and_undo_takes_it_back(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await coach.jump()
    reminder = ann.user.last
    await ann.presses("done")
    ann.user.press_data("done:2026-03-03", reminder)
    await coach.settle()
    assert ann.toast.template == "today/already"
    assert (await ann.presses("undo")).shows("today/session", "Walk–jog intervals", is_today=True)


async def test_today_before_the_first_day_offers_to_begin(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("/today")).shows("today/starts_later", "Tuesday")
    assert (await ann.presses("start_today")).shows("today/session", "Walk–jog intervals", is_today=True)
    assert "5 rounds of" in ann.sees
    await coach.jump()
    assert ann.sees.template == "reminders/recovery", "the day after an interval day"


async def test_today_asks_a_stranger_the_quick_check_first(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/today")).shows("setup/check", part="question", again=False)
    assert (await ann.presses("check_none")).template == "check/clear"
    assert (await ann.presses("today")).shows("today/session", "Walk–jog intervals", is_today=True)


async def test_a_done_day_sends_no_reminder(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/today")
    await ann.presses("start_today")
    coach.clock.forward(days=1)  # Tuesday 10:00 in Berlin, the reminder of 07:00 is due
    shown = len(ann.user.messages)
    await ann.says("/today")
    await ann.presses("rested")
    await coach.tick()
    assert len(ann.user.messages) == shown + 2, "the question and the session, no reminder"


async def test_a_reminder_without_a_zone_asks_for_it_and_keeps_the_time(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/remind 7:30")).shows("setup/zone", part="question")
    assert (await ann.says("Lisbon")).shows("zone/saved", "Tuesday, 07:30", due=True)
    assert "Reminders are off" in await ann.says("/remind off")
    assert "Next reminder: Monday at 18:15" in await ann.says("/remind 6.15pm")
