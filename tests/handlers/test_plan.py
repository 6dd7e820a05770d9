"""The week and what it is made from: settings, the quick check, moving, swapping, notes; and junk at every prompt."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from content.library import Content
from db.models import PinnedWorkout, TrainingSession
from db.queries import users
from tests.handlers.test_twelve_weeks import planned
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up

TUESDAY = date(2026, 3, 3)


async def rows(coach: BotHarness) -> dict[date, TrainingSession]:
    found = await coach.running.db.run(lambda session: session.exec(select(TrainingSession)).all())
    return {row.day: row for row in found}


async def started(coach: BotHarness, **answers: str) -> Person:
    """A person on the first morning of their plan."""
    ann = await set_up(coach, **answers)  # type: ignore[arg-type]
    coach.clock.forward(days=1)
    return ann


async def test_a_move_changes_two_days_and_stays(coach: BotHarness) -> None:
    ann = await started(coach, experience="regular")
    before = planned(await ann.says("/plan"))
    day = next(iter(before))
    assert before[day][0] in await ann.presses(day)
    assert (await ann.presses("move")).template == "plan/move"
    label = next(label for label in ann.buttons if ", now " in label)
    after = planned(await ann.presses(label))
    assert after[label[:3]] == before[day]
    assert planned(await ann.says("/plan")) == after
    pins = await coach.running.db.run(lambda session: session.exec(select(PinnedWorkout)).all())
    assert len(pins) == 2


async def test_a_session_is_swapped_for_another_that_fits(coach: BotHarness) -> None:
    ann = await started(coach)
    await ann.says("/plan")
    await ann.presses("weekday_4")
    await ann.presses("swap")
    assert "Sprint intervals" not in ann.buttons, "not for a new runner"
    assert planned(await ann.presses("Easy walk, ride or swim"))["Thu"][0] == "Easy walk, ride or swim"
    assert "You put it here" in await ann.presses("weekday_4")
    assert (await ann.presses("back_to_week")).shows("plan/week", ahead=False)


async def test_a_forged_move_or_swap_is_refused(coach: BotHarness) -> None:
    ann = await started(coach)
    await ann.says("/plan")
    for forged in (
        "swap-for:2026-03-05:sprint-intervals", "swap-for:2026-03-05:nothing", "swap-for:2027-03-05:easy-walk",
        "move-to:2026-03-05:2026-03-09", "move:2026-02-05", "day:2026-03-02", "day:9999-12-31", "day:0001-01-01",
        "week:2", "week:-1", "effort:2026-03-03:5", "pain:2026-03-03:9", "note:2026-03-03", "skip-why:2026-03-03:sick",
        "weekday:9", "minutes:30", "check:1", "age:under-18", "experience:new",
    ):  # fmt: skip
        ann.user.press_data(forged, ann.user.last)
        await coach.settle()
        assert ann.toast.template == "mistakes/old_button", forged
    assert (await rows(coach))[TUESDAY].workout == "walk-jog-intervals"


async def test_the_next_week_is_shown_and_not_stored(coach: BotHarness) -> None:
    ann = await started(coach)
    await ann.says("/plan")
    assert "Next week · week 2" in await ann.presses("next_week")
    assert "Mon" in ann.buttons
    assert max(await rows(coach)) < date(2026, 3, 9)
    assert "Your week · week 1" in await ann.presses("this_week")


async def test_effort_and_a_note_are_kept_with_the_day(coach: BotHarness) -> None:
    ann = await started(coach)
    await ann.says("/today")
    assert "whole sentences" in await ann.presses("done")
    assert "effort 4" in await ann.presses("number", number="4")
    assert "Right on target" in ann.sees
    assert (await ann.presses("add_note")).template == "today/ask_note"
    assert (await ann.says("x" * 301)).shows("mistakes/note_too_long", "300")
    assert (await ann.says("left calf <tight> in round 2")).template == "today/noted"
    assert "left calf <tight> in round 2" in await ann.says("/today")
    row = (await rows(coach))[TUESDAY]
    assert (row.effort, row.note, row.status) == (4, "left calf <tight> in round 2", "done")
    await ann.presses("undo")
    assert (await rows(coach))[TUESDAY].effort is None


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("No time", "fewer days"),
        ("Tired", "good reason"),
        ("Something hurts", "this week lighter"),
        ("because_sick", "get well"),
    ],
)
async def test_a_skip_with_its_reason(coach: BotHarness, reason: str, said: str) -> None:
    ann = await started(coach)
    await ann.says("/today")
    assert (await ann.presses("skip")).template == "today/skipped"
    assert said in await ann.presses(reason)
    if reason == "Something hurts":
        assert (await ann.says("/plan")).shows("plan/week", note="pain-reduced")


async def test_who_the_check_concerns_gets_no_plan_and_kind_words(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/plan")
    assert ann.sees.shows("setup/check", part="question", again=False)
    assert (await ann.presses("check_some")).template == "check/no_plan"
    for command in ("/plan", "/today"):
        assert (await ann.says(command)).template == "check/no_plan"
    assert await rows(coach) == {}
    await ann.presses("change_answer")
    assert (await ann.says("none")).template == "check/clear"
    assert (await ann.presses("my_week")).shows("plan/week", ahead=False)


async def test_a_check_that_changes_takes_the_plan_back(coach: BotHarness) -> None:
    ann = await started(coach)
    await ann.says("/check")
    assert ann.sees.shows("setup/check", part="question", again=True)
    await ann.presses("check_some")
    assert [row for row in (await rows(coach)).values() if row.day >= TUESDAY] == []


async def test_the_check_is_asked_again_after_a_year(coach: BotHarness) -> None:
    ann = await started(coach)
    coach.clock.forward(days=366)
    assert (await ann.says("/plan")).shows("setup/check", part="question", again=True)
    await ann.presses("check_none")
    assert (await ann.presses("my_week")).shows("plan/week", ahead=False)


async def test_the_check_in_the_set_up_ends_it_kindly(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    for _ in range(4):
        await ann.presses("skip_step")
    assert (await ann.presses("check_some")).template == "check/no_plan"
    user = await coach.running.db.run(lambda session: users.find(session, 1))
    assert user is not None
    assert (user.plan_start, user.setup_step) == (None, None)


async def test_calf_raises_come_into_the_week_from_an_answer(coach: BotHarness, content: Content) -> None:
    ann = await started(coach, goals="sprints")
    entry = next(slug for slug, entry in content.language("en").entries.items() if entry.action == "add-calf-raises")
    await ann.says(f"/start faq-{entry}")
    assert (await ann.presses("offer_calf_raises")).shows("plan/calves", days=True)
    user = await coach.running.db.run(lambda session: users.find(session, 1))
    assert user is not None
    assert "calves" in user.goals


@pytest.mark.parametrize(
    ("button", "answer", "said"),
    [
        ("Days", "Mon and Thu", "you train on Mon, Thu"),
        ("Minutes", "45", "up to 45 minutes"),
        ("Minutes", "1h", "up to 60 minutes"),
        ("Longest run", "1 h 10", "70 minutes"),
        ("Equipment", "step and a hill", "a step and a hill"),
        ("Recent running", "6", "all of the last six weeks"),
        ("Age", "61", "50 or older"),
    ],
)
async def test_settings_change_the_week(coach: BotHarness, button: str, answer: str, said: str) -> None:
    ann = await started(coach)
    await ann.says("/settings")
    await ann.presses(button)
    assert said in await ann.says(answer)
    week = planned(await ann.presses("my_week"))
    if button == "Days":
        assert set(week) <= {"Tue", "Mon", "Thu"}, "Tuesday is where the plan began"


@pytest.mark.parametrize(
    ("button", "answer", "said"),
    [
        ("Days", "Monday to Friday", "you train on Mon, Tue, Wed, Thu, Fri."),
        ("Days", "every day except Sunday", "you train on Mon, Tue, Wed, Thu, Fri, Sat."),
        ("Days", "not Monday but Tuesday", "Tap the days"),
        ("Equipment", "no dumbbells", "a step."),
        ("Equipment", "a hill but no dumbbells", "a hill."),
        ("Equipment", "no dumbbells but a step", "Tap what you have"),
        ("Equipment", "no step, no dumbbells", "no equipment."),
    ],
)
async def test_what_is_ruled_out_is_not_taken_for_chosen(
    coach: BotHarness, button: str, answer: str, said: str
) -> None:
    ann = await set_up(coach, equipment=("step", "dumbbells"))
    await ann.says("/settings")
    await ann.presses(button)
    assert said in await ann.says(answer)


JUNK = [
    "purple",
    "0x",
    "-5",
    "1e999",
    "NaN",
    "7" * 4000,
    "🦵🦵",
    "<b>72</b>",
    "<script>alert(1)</script>",
    "'; --",
]


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("Days", "Tap the days"),
        ("Minutes", "how many minutes"),
        ("Longest run", "how many minutes"),
        ("Equipment", "Tap what you have"),
        ("Health check", "plain answer"),
        ("Recent running", "number of weeks"),
        ("Age", "type your age"),
    ],
)
async def test_junk_at_every_prompt_is_answered_kindly(coach: BotHarness, button: str, answer: str) -> None:
    ann = await set_up(coach)
    await ann.says("/settings")
    await ann.presses(button)
    for junk in JUNK:
        assert answer in await ann.says(junk), junk
    assert (await ann.says("/cancel")).template == "cancel/question"


async def test_a_question_in_the_middle_is_answered_and_not_taken_for_an_answer(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.presses("skip_step")
    await ann.presses("skip_step")
    assert "ankle" in await ann.says("should I run with ankle weights every day?")
    assert (await ann.says("weekends")).shows("setup/equipment", part="question")


async def test_what_is_planned_follows_the_pause(coach: BotHarness) -> None:
    ann = await started(coach)
    await ann.says("/pause")
    await ann.presses("pause_7")
    assert (await ann.says("/plan")).shows("plan/week", note="paused")
    assert planned_days(ann) == []
    await ann.says("/resume")
    await ann.says("/plan")
    assert planned_days(ann)


async def before_it_begins(coach: BotHarness, **answers: str) -> Person:
    """A person who was set up on a Sunday evening: the plan begins on Monday."""
    coach.clock.now = datetime(2026, 3, 8, 18, tzinfo=UTC)
    return await set_up(coach, **answers)  # type: ignore[arg-type]


async def test_before_the_plan_begins_this_week_is_its_first(coach: BotHarness) -> None:
    ann = await before_it_begins(coach, experience="regular")
    before = planned(await ann.says("/plan"))
    day = next(iter(before))
    await ann.presses(day)
    assert "Your week · week 1" in await ann.presses("back_to_week")
    await ann.presses(day)
    await ann.presses("move")
    label = next(label for label in ann.buttons if ", now " in label)
    assert "Your week · week 1" in await ann.presses(label)
    assert planned(ann.sees)[label[:3]] == before[day]


async def test_before_the_plan_begins_next_week_is_its_second_to_its_last_day(coach: BotHarness) -> None:
    ann = await before_it_begins(coach)
    await ann.says("/plan")
    await ann.presses("next_week")
    assert "Sunday, 22 March" in await ann.presses("weekday_7")
    assert "Next week · week 2" in await ann.presses("back_to_week")
    ann.user.press_data("day:2026-03-23", ann.user.last)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button"


@pytest.mark.parametrize(("days", "named"), [("any", "Wednesday, Saturday and Tuesday"), ("Tuesday", "Tuesday")])
async def test_before_the_plan_begins_calf_raises_come_into_the_week_too(
    coach: BotHarness, content: Content, days: str, named: str
) -> None:
    ann = await before_it_begins(coach, days=days)
    entry = next(slug for slug, entry in content.language("en").entries.items() if entry.action == "add-calf-raises")
    await ann.says(f"/start faq-{entry}")
    assert f"Calf raises are in your week: {named}." in await ann.presses("offer_calf_raises")


def planned_days(ann: Person) -> list[str]:
    return [line for line in ann.sees.splitlines() if " min" in line]


async def test_a_missed_session_is_shown_once_and_a_skipped_one_stays_skipped(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=2)  # Wednesday: Tuesday's walk–jog is missed
    week = await ann.says("/plan")
    assert "Tue  Walk–jog intervals, 23 min · moved to Thu" in week
    assert "· missed" not in week
    coach.clock.forward(days=2)
    week = await ann.says("/plan")
    assert "Thu  Walk–jog intervals, 23 min · missed" in week, "it moved once, and is let go of"
    assert week.count("· missed") == 1
    assert (await ann.says("/progress")).shows("progress/weeks", "to go", coming=True)
    before = await ann.says("/plan")
    await ann.says("/today")
    await ann.presses("skip")
    coach.clock.forward(days=1)
    after = await ann.says("/plan")
    assert planned(after) == planned(before), "nothing moved"
    assert after.count("· skipped") == 1
