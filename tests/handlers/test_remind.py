"""/remind: each kind of reminder on or off, at its own times; and what each says when its time comes."""

from itertools import pairwise

import pytest

from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up


async def test_times_that_differ_by_the_day(coach: BotHarness) -> None:
    ann = await set_up(coach)
    shown = await ann.says("/remind weekdays 6:45, weekends 9")
    assert "Next reminder: Tuesday at 06:45" in shown
    assert "Daily session: Mon–Fri 06:45; Sat, Sun 09:00" in shown
    assert "Daily reminder: Mon–Fri 06:45; Sat, Sun 09:00" in await ann.says("/settings")
    hours: dict[int, int] = {}
    while len(hours) < 6:
        due = await coach.jump()
        if {"Done", "I rested"} & set(ann.buttons):
            hours[due.isoweekday()] = due.hour * 60 + due.minute + 60  # Berlin in winter
    assert hours == {2: 405, 3: 405, 4: 405, 5: 405, 6: 540, 7: 540}


async def test_every_kind_can_be_seen_switched_and_moved_by_buttons(coach: BotHarness) -> None:
    ann = await set_up(coach)
    shown = await ann.says("/remind")
    assert "After a hard session: 19:30" in shown
    assert "Weekly review: Sun 18:00" in shown
    assert "Measuring day: first Sat of the month at 10:00" in shown
    assert "protein, sleep" in await ann.presses("kind_recovery")
    assert "After a hard session: off" in await ann.presses("reminders_off")
    await ann.presses("kind_recovery")
    assert "After a hard session: 19:30" in await ann.presses("reminders_on")
    await ann.presses("kind_review")
    assert "Sunday 18:00" in await ann.presses("change_time")
    assert (await ann.says("purple")).template == "mistakes/time_not_understood"
    assert "Weekly review: Sun 17:15" in await ann.says("17.15")
    assert "Weekly review: Mon 20:00" in await ann.says("/remind weekly monday 8pm")
    assert "Measuring day: off" in await ann.says("/remind measuring off")
    await ann.presses("kind_session")
    await ann.presses("change_time")
    assert "Next reminder: Tuesday at 12:00" in await ann.presses("at_time", time="12:00"), "the plan begins on Tuesday"


async def test_off_means_every_kind_and_on_brings_them_back(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "Reminders are off" in await ann.says("/remind off")
    assert "Daily session" not in ann.sees, "no list of what is off"
    with pytest.raises(AssertionError, match="nothing is due"):
        await coach.jump()
    assert "Next reminder: Tuesday at 07:00" in await ann.says("/remind on")


@pytest.mark.parametrize("off", ["/remind off", "/remind evening off", "/remind never"])
async def test_off_needs_no_city(coach: BotHarness, off: str) -> None:
    ann = coach.person()
    assert (await ann.says(off)).shows("remind/shown", due=False, paused=False, reminders=False)
    assert (await ann.says("how do I dye my hair at home")).template == "ask/none", "nothing is awaited"
    assert (await ann.says("/remind on")).shows("setup/zone", part="question")


async def test_a_day_that_is_named_leaves_the_others_alone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "Daily session: Mon, Tue, Wed, Thu, Sat, Sun 07:00" in await ann.says("/remind friday off")
    assert "Mon, Tue, Wed, Thu, Sat 07:00; Sun 09:00" in await ann.says("/remind sun 9am")
    assert "Daily session: Sun 09:00" in await ann.says("/remind only sun 9am")
    assert "Daily session: off" in await ann.says("/remind sunday off")
    assert "Weekly review: Mon 18:00" in await ann.says("/remind weekly monday 6pm"), "one day, moved"


async def test_the_time_is_kept_while_the_city_is_asked(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/remind 6:30 AM")).shows("setup/zone", part="question")
    assert (await ann.says("Berlin")).template == "zone/saved"
    assert "Next reminder: Tuesday at 06:30" in await ann.says("/remind")


async def test_in_the_set_up_it_is_not_asked_again(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says("/remind 6:30")
    await ann.says("/start")
    await ann.presses("go_on")
    await ann.says("calves")
    for _ in ("experience", "days", "equipment", "check", "age", "units"):
        await ann.says("skip")
    assert ann.sees.shows("setup/zone", part="question")
    assert (await ann.says("Berlin")).template == "setup/ready_but_check"


async def test_after_a_time_that_was_not_understood_a_time_is_awaited(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("/remind dawn")).template == "mistakes/time_not_understood"
    assert "07:00" in ann.buttons
    assert "Next reminder: Tuesday at 06:30" in await ann.says("half past six")


async def test_quiet_hours(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("/remind")).shows("remind/shown", "22:00", "06:00", reminders=True, quiet=True)
    await ann.presses("quiet_hours")
    assert (await ann.says("seven")).template == "mistakes/quiet_not_understood"
    assert (await ann.says("5pm to 8")).shows("remind/shown", "17:00", "08:00", reminders=True, quiet=True)
    assert "Sun 18:00 (I won't send it" in ann.sees
    await coach.jump()
    assert "Done" in ann.buttons, "the session's time was chosen"
    await ann.says("/remind")
    await ann.presses("quiet_hours")
    assert (await ann.presses("quiet_never")).shows("remind/shown", reminders=True, quiet=False)
    assert (await ann.says("/remind quiet 22-7")).shows("remind/shown", "22:00", "07:00", reminders=True, quiet=True)


async def test_a_forged_button_changes_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/remind")
    for data in ("remind:session:2", "quiet-at:2500-0600", "remind-at:nothing", "reminder:session:1", "zone-move:Mars"):
        ann.user.press_data(data, ann.user.last)
        await coach.settle()
        assert ann.toast.template == "mistakes/old_button"
    assert "Daily session: 07:00" in await ann.says("/remind")


async def until_a_hard_day(coach: BotHarness, ann: Person) -> None:
    """Live on until the morning of a hard session."""
    while "Start" not in ann.buttons:
        await coach.jump()


async def test_the_evening_after_a_hard_session_that_was_done(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="experienced", goals="sprints")
    await until_a_hard_day(coach, ann)
    morning = coach.clock.now
    await ann.presses("start")
    await ann.presses("pain_0")
    await ann.presses("done")
    evening = await coach.jump()
    assert (evening - morning).total_seconds() == 12.5 * 3600
    assert "protein with dinner" in ann.sees
    assert ann.sees.template == "reminders/evening"
    assert ann.sees.shows("reminders/evening", tomorrow=True)
    assert (await coach.jump() - morning).days == 1


async def test_undone_there_is_nothing_to_recover_from(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="experienced", goals="sprints")
    await until_a_hard_day(coach, ann)
    morning = coach.clock.now
    await ann.presses("start")
    await ann.presses("pain_0")
    await ann.presses("done")
    await ann.presses("undo")
    assert (await coach.jump() - morning).days == 1


async def test_the_week_is_looked_back_on(coach: BotHarness) -> None:
    ann = await set_up(coach)
    while not ann.offers("show_picture"):
        await coach.jump()
        if "Done" in ann.buttons:
            await ann.presses("done")
    assert coach.clock.now.isoweekday() == 7
    assert "You did all " in ann.sees
    await ann.presses("next_week_fine")
    assert ann.toast.template == "plan/fine"
    assert ann.buttons == [coach.labels["next_week"]]


async def test_on_a_sunday_the_first_word_is_the_first_session_s(coach: BotHarness) -> None:
    coach.clock.forward(days=6)
    ann = await set_up(coach)
    assert "tomorrow" in ann.sees.lower()
    monday = await coach.jump()
    assert (monday.isoweekday(), monday.hour) == (1, 6), "nothing is looked back on before the plan begins"
    assert "Show session" in ann.buttons


async def test_a_missed_day_is_mentioned_once(coach: BotHarness) -> None:
    ann = await set_up(coach)
    told = []
    for _ in range(30):
        await coach.jump()
        if ann.sees.values.get("known") == "missed":
            assert "ecovery" not in ann.sees, "a day of rest has nothing to do with it"
            told.append(coach.clock().date())
    assert all((later - earlier).days >= 7 for earlier, later in pairwise(told))


async def test_the_measuring_day(coach: BotHarness) -> None:
    ann = await set_up(coach)
    while "Measure calves" not in ann.buttons:
        await coach.jump()
    assert coach.clock.now.isoformat() == "2026-03-07T09:00:00+00:00", "the first Saturday of the month"
    assert "Test heel raises" in ann.buttons


async def test_evenings_that_cannot_come_yet_say_so(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "After a hard session: 19:30 (you have no hard sessions yet)" in await ann.says("/remind")
    bob = await set_up(coach, experience="experienced", person=coach.person(2, "Bob"))
    assert "once your plan" not in await bob.says("/remind")
