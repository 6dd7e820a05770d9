"""The quick check counts for a year: whoever it runs out for is told before, and wherever they look afterwards."""

from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up

YEAR = 365


async def test_nothing_is_said_of_it_for_most_of_the_year(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=YEAR - 15)
    for command in ("/plan", "/today", "/settings", "/remind"):
        assert "ealth check runs out" not in await ann.says(command)
    await ann.says("/plan")
    assert not ann.offers("quick_check")


async def test_the_last_two_weeks_say_so_and_an_answer_is_good_for_a_year_more(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=YEAR - 14)
    for command in ("/settings", "/today", "/plan"):
        assert "Your health check runs out in 14 days." in await ann.says(command)
        assert ann.offers("quick_check")
    coach.clock.forward(days=14)
    assert "Your health check runs out today." in await ann.says("/plan")
    assert (await ann.presses("quick_check")).shows("setup/check", part="question", again=True)
    await ann.presses("check_none")
    assert "ealth check" not in await ann.says("/plan")
    coach.clock.forward(days=YEAR - 15)
    assert "Your week" in await ann.says("/plan")


async def test_who_only_presses_buttons_under_reminders_is_told_too(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=YEAR - 5)
    while "Done" not in ann.buttons:
        await coach.jump()
    assert (await ann.presses("Done")).shows("today/done", check_left=5)
    assert ann.offers("quick_check")


async def test_after_a_year_every_look_says_what_is_missing(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=YEAR + 1)
    assert (await ann.says("/remind")).shows("remind/shown", due=True, refusal="ask-again")
    assert "over a year ago" in await ann.says("/settings")
    assert (await ann.says("/today")).shows("setup/check", part="question", again=True)
    await ann.says("/remind")
    await ann.presses("quick_check")
    await ann.presses("check_none")
    assert "Next reminder" in await ann.says("/remind")
    assert "Your week" in await ann.says("/plan")


async def test_reminders_without_a_plan_do_not_promise_a_session(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/remind 07:30")
    await ann.says("Berlin")
    await ann.says("/remind 07:30")
    assert (await ann.says("/remind")).shows("remind/shown", due=True, refusal="ask-first")
    await ann.presses("quick_check")
    await ann.presses("check_some")
    assert (await ann.says("/remind")).shows("remind/shown", "no plan", due=True)


async def test_a_reminder_says_twice_why_there_are_none(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=YEAR + 1)
    heard = []
    for _ in range(35):
        before = len(ann.user.received)
        coach.clock.forward(days=1)
        await coach.tick()
        texts = [message.text for message in ann.user.received[before:]]
        heard += [text for text in texts if "health check is over a year old" in text]
    assert len(heard) == 2
    await ann.presses("quick_check")
    await ann.presses("check_none")
    assert "Your week" in await ann.says("/plan")
