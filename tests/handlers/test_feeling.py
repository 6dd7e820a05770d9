"""Pain, reasons to skip, and a line about a session: said, and taken back."""

import pytest

from tests.handlers.test_remind import until_a_hard_day
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up


async def before_a_hard_session(coach: BotHarness) -> Person:
    """A runner on the morning of a hard session, asked what hurts."""
    ann = await set_up(coach, experience="experienced", goals="sprints")
    await until_a_hard_day(coach, ann)
    assert (await ann.presses("start")).template == "today/pain"
    return ann


async def test_that_nothing_hurts_answers_the_question_before_a_session(coach: BotHarness) -> None:
    ann = await before_a_hard_session(coach)
    assert (await ann.says("no pain, grand")).shows("requests/pain", level=0)


async def test_undo_of_a_rest_keeps_the_pain_that_led_to_it(coach: BotHarness) -> None:
    ann = await before_a_hard_session(coach)
    assert (await ann.presses("pain_5")).template == "today/pain_swap"
    assert (await ann.presses("rested")).shows("today/done", kind="recovery")
    assert "Recover" in await ann.presses("undo")
    assert "I rested" in ann.buttons
    assert "Start" not in ann.buttons
    assert (await ann.says("/plan")).shows("plan/week", note="pain-stopped")


async def test_a_pain_that_was_not_meant_is_taken_back(coach: BotHarness) -> None:
    ann = await before_a_hard_session(coach)
    await ann.presses("pain_5")
    assert "ntervals" in await ann.presses("undo")
    assert "Start" in ann.buttons, "what hurts is asked again"
    assert "easy movement only" not in await ann.says("/plan")


async def test_an_old_button_takes_no_pain_back(coach: BotHarness) -> None:
    ann = await before_a_hard_session(coach)
    day = f"{coach.clock().date()}"
    ann.user.press_data(f"pain-undo:{day}", ann.user.last)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button"
    await ann.presses("pain_5")
    await ann.presses("rested")
    ann.user.press_data(f"pain-undo:{day}", ann.user.last)
    await coach.settle()
    assert (await ann.says("/plan")).shows("plan/week", note="pain-stopped")


async def test_yesterdays_start_still_says_what_became_of_it(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="experienced", goals="sprints")
    await until_a_hard_day(coach, ann)
    coach.clock.forward(days=1)
    await ann.presses("start")
    assert "mistakes/old_button" not in [coach.rendered.said(toast).template for toast in ann.user.toasts]
    assert "Later" not in ann.buttons
    assert "How hard was it" in await ann.presses("done")


async def test_undo_of_a_skip_takes_back_that_something_hurt(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await coach.jump()
    await ann.presses("skip")
    await ann.presses("because_hurts")
    assert (await ann.says("/plan")).shows("plan/week", note="pain-reduced")
    await ann.presses("undo")
    assert "Something hurts" not in await ann.says("/plan")


async def asked_for_a_note(coach: BotHarness) -> Person:
    """Somebody who did their session and is asked for a line about it."""
    ann = await set_up(coach)
    await coach.jump()
    await ann.presses("done")
    await ann.presses("add_note")
    return ann


async def test_undo_leaves_no_note_to_wait_for(coach: BotHarness) -> None:
    ann = await asked_for_a_note(coach)
    session = ann.user.last
    ann.user.press_data(f"undo:{coach.clock().date()}", session)
    await coach.settle()
    assert "ankle" in await ann.says("should I run with ankle weights?")
    assert (await ann.says("felt fine")).template not in {"today/session", "today/not_noted"}


async def test_a_note_that_comes_too_late_is_refused_once(coach: BotHarness) -> None:
    for away in (0, 20):
        ann = await asked_for_a_note(coach)
        if away:
            coach.clock.forward(days=away)
        else:
            ann.user.press_data(f"skip:{coach.clock().date()}", ann.user.last)
            await coach.settle()
        assert (await ann.says("felt fine")).template == "today/not_noted"
        assert (await ann.says("felt fine")).template not in {"today/session", "today/not_noted"}
        await ann.says("/delete")
        await ann.presses("erase")


async def until_button(coach: BotHarness, ann: Person, label: str) -> None:
    """Live on until a message offers this."""
    while label not in ann.buttons:
        await coach.jump()


async def test_a_little_pain_makes_also_the_least_session_smaller(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await coach.jump()
    assert "Walk–jog intervals" in await ann.says("/today")
    assert "5 rounds of" in ann.sees
    await ann.presses("something_hurts")
    assert (await ann.presses("pain_3")).shows("today/pain_reduce", "walk–jog intervals, 3 rounds.")
    assert "18 minutes in total" in await ann.presses("show_session")


async def test_after_much_pain_it_is_asked_before_walk_jogs_too_until_it_has_gone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await coach.jump()
    await ann.says("/today")
    await ann.presses("something_hurts")
    await ann.presses("pain_5")
    coach.clock.forward(days=13)
    await until_button(coach, ann, "Start")
    assert "jog" in ann.sees or "alves" in ann.sees, "no hard session asks a beginner"
    await ann.presses("start")
    await ann.presses("pain_0")
    await ann.presses("done")
    for _ in range(10):
        await coach.jump()
        assert "Start" not in ann.buttons


async def test_the_look_back_on_a_week_of_pain_asks_for_no_smaller_one(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await coach.jump()
    await ann.says("/today")
    await ann.presses("something_hurts")
    await ann.presses("pain_5")
    await until_button(coach, ann, coach.labels["show_picture"])
    assert ann.sees.shows("reminders/review", hurt=True, done=False)
    assert not ann.offers("easier_please")


@pytest.mark.parametrize(
    ("effort", "branch"),
    [
        ("4", {"over": False, "too_hard": False, "easy": False}),
        ("6", {"over": True, "held": False}),
        ("8", {"held": True}),
    ],
)
async def test_an_easy_session_is_on_target_where_it_felt_easy(
    coach: BotHarness, effort: str, branch: dict[str, bool]
) -> None:
    ann = await set_up(coach)
    await coach.jump()
    await ann.presses("done")
    assert (await ann.presses(effort)).shows("today/rated", **branch)
