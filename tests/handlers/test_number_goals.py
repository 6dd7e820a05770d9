"""Goals beside measures, as somebody sets them: in words and by buttons, judged kindly, drawn, spoken of, undone."""

from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import Session, select

from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.requests import Intent
from db.models import NumberGoal, TrainingSession
from db.queries import person_data
from tests.handlers.test_progress import picture
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of


async def goals(coach: BotHarness) -> dict[str, tuple[float, date]]:
    def read(session: Session) -> dict[str, tuple[float, date]]:
        return {row.kind: (row.number, row.by) for row in session.exec(select(NumberGoal))}

    return await coach.running.db.run(read)


async def measured(coach: BotHarness, units: str = "kg") -> Person:
    """Somebody who has measured once: 15 and 18 raises, 38 cm and 38.4."""
    ann = coach.person()
    await ann.says("/weight 72.5 kg" if units == "kg" else "/weight 160 lb")
    await ann.says("/raises 15 18")
    await ann.presses("not_said")
    await ann.says("/calf 38 cm 38.4 cm")
    return ann


# In words


async def test_raises_by_a_day_are_set_said_and_undone(coach: BotHarness) -> None:
    ann = await measured(coach)
    said = await ann.says("I want 25 raises by June")
    assert said.shows("requests/target_set", "25 heel raises on each leg by 1 June", "at 15 now", "1 more a week")
    assert await goals(coach) == {"raises": (25, date(2026, 6, 1))}
    assert (await ann.presses("undo")).shows("requests/undone", "the goal")
    assert await goals(coach) == {}


async def test_undo_in_words_brings_back_the_goal_before(coach: BotHarness) -> None:
    ann = await measured(coach)
    await requests(ann, asked(Intent.TARGET, what="raises", number=25, by=date(2026, 6, 1)))
    before = await rows_of(coach, 1)
    assert "24 heel raises" in await requests(ann, asked(Intent.TARGET, what="raises", number=24))
    assert await goals(coach) == {"raises": (24, date(2026, 6, 1))}, "its day stays"
    await requests(ann, asked(Intent.TARGET, by=date(2026, 7, 1)))
    assert await goals(coach) == {"raises": (24, date(2026, 7, 1))}, "its figure stays"
    await requests(ann, asked(Intent.UNDO))
    await requests(ann, asked(Intent.TARGET, what="raises", number=25))
    assert await rows_of(coach, 1) == before


async def test_a_bad_goal_is_answered_with_what_would_be_likelier(coach: BotHarness) -> None:
    ann = await measured(coach)
    said = await ann.says("+5 cm on my calves by Friday")
    assert said.shows("requests/target_unlikely", "43 cm by 6 March", "grow by millimetres")
    assert await goals(coach) == {}
    assert ann.buttons == ["38.8 cm by 27 Apr", "Keep mine anyway"]
    assert "38.8 cm around each calf by 27 April" in await ann.presses("38.8 cm by 27 Apr")
    assert await goals(coach) == {"girth": (38.8, date(2026, 4, 27))}


async def test_a_bad_goal_is_the_persons_own_to_keep(coach: BotHarness) -> None:
    ann = await measured(coach)
    await requests(ann, asked(Intent.TARGET, what="raises", number=40, by=date(2026, 3, 6)))
    assert (await ann.presses("keep_goal")).shows("requests/target_set", "keep it just as you set it", kept=True)
    assert await goals(coach) == {"raises": (40, date(2026, 3, 6))}


async def test_one_more_centimetre_needs_a_first_one(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("one more centimetre on my calves by june")).template == "requests/target_measure_first"
    assert (await ann.presses("measure_girth")).template == "measure/girth"
    await ann.says("38 cm 38.4 cm")
    assert "39 cm around each calf by 1 June" in await ann.says("one more centimetre on my calves by june")


async def test_sessions_are_counted_from_the_day_on_which_they_are_wished_for(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    assert "about 3 a week" in await ann.says("20 sessions in 8 weeks")
    assert "Goal" not in (await ann.says("/progress")).partition(".")[0]
    assert picture(ann) == (1080, 420 + 192), "a row of one week, and the bar"
    before = await done(coach)
    for _ in range(3):
        coach.clock.forward(days=1)
        await ann.says("done")
    counted = await done(coach) - before
    assert counted > 0
    assert (await requests(ann, asked(Intent.TARGET))).shows("requests/targets", f"{counted} done so far")


async def done(coach: BotHarness) -> int:
    """The number of sessions but for recovery that are done."""

    def read(session: Session) -> int:
        rows = session.exec(select(TrainingSession).where(TrainingSession.status == SessionStatus.DONE))
        return sum(row.workout != RECOVERY for row in rows)

    return await coach.running.db.run(read)


async def test_the_session_of_the_day_on_which_it_is_set_counts_at_once(coach: BotHarness) -> None:
    ann = await set_up(coach)
    while not await done(coach):
        await ann.says("done")
        coach.clock.forward(days=0 if await done(coach) else 1)
    said = await requests(ann, asked(Intent.TARGET, what="sessions", number=20, by=date(2026, 4, 27)))
    assert said.shows("requests/target_set", "1 done so far")


async def test_a_handful_of_sessions_without_a_day_are_meant_a_week(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("three sessions a week is my target")).shows("requests/target_each_week", "3 a week")
    await ann.presses("24 sessions by 27 Apr")
    assert await goals(coach) == {"sessions": (24, date(2026, 4, 27))}
    await requests(ann, asked(Intent.TARGET, what="sessions", number=4, by=date(2026, 4, 27)))
    await ann.presses("goal_in_all", count=4)
    assert await goals(coach) == {"sessions": (4, date(2026, 4, 27))}
    said = await requests(ann, asked(Intent.TARGET, what="sessions", by=date(2026, 5, 25)))
    assert said.template == "requests/target_set", "that they are in all was said"
    assert await goals(coach) == {"sessions": (4, date(2026, 5, 25))}


async def test_so_many_in_all_with_no_day_are_asked_for_it_and_nothing_else(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.TARGET, what="sessions", number=4))
    assert (await ann.presses("goal_in_all", count=4)).shows("requests/target_by", "4 sessions?")
    assert (await ann.says("1 June")).shows("requests/target_set", "4 sessions by 1 June")
    assert await goals(coach) == {"sessions": (4, date(2026, 6, 1))}


async def test_a_day_that_cannot_be_goes_before_a_week_or_in_all(coach: BotHarness) -> None:
    ann = await set_up(coach)
    said = await requests(ann, asked(Intent.TARGET, what="sessions", number=4, by=date(2028, 1, 1)))
    assert said.shows("requests/target_by", "over a year away")
    assert (await ann.presses("27 Apr")).template == "requests/target_each_week"


async def test_more_sessions_than_the_plan_has_are_talked_over(coach: BotHarness) -> None:
    ann = await set_up(coach, days="mon wed fri")
    said = await requests(ann, asked(Intent.TARGET, what="sessions", number=50, by=date(2026, 4, 27)))
    assert said.shows("requests/target_unlikely", "Your plan has 3 a week")
    assert "24 sessions by 27 Apr" in ann.buttons


async def test_inches_stay_inches(coach: BotHarness) -> None:
    ann = await measured(coach, "lb")
    said = await requests(ann, asked(Intent.TARGET, what="girth", number=39.1, by=date(2026, 6, 1)))
    assert said.shows("requests/target_set", "15.4 in around each calf", "at 15 in now")
    assert (await goals(coach))["girth"][0] == pytest.approx(39.1)


@pytest.mark.parametrize(("number", "what"), [(300, "raises"), (0, "raises"), (90, "girth"), (900, "sessions")])
async def test_what_can_be_no_goal(coach: BotHarness, number: int, what: str) -> None:
    ann = await measured(coach)
    said = await requests(ann, asked(Intent.TARGET, what=what, number=number, by=date(2026, 6, 1)))
    assert said.template == "mistakes/goal_out_of_range"
    assert await goals(coach) == {}


async def test_a_figure_that_is_there_is_taken_for_so_many_more(coach: BotHarness) -> None:
    ann = await measured(coach)
    said = await requests(ann, asked(Intent.TARGET, what="raises", number=5, by=date(2026, 6, 1)))
    assert said.shows("requests/target_there", "15 heel raises")
    await ann.presses("20 by 1 Jun")
    assert await goals(coach) == {"raises": (20, date(2026, 6, 1))}


# What is left open


async def test_a_figure_alone_is_asked_what_of_and_by_when(coach: BotHarness) -> None:
    ann = await measured(coach)
    assert (await requests(ann, asked(Intent.TARGET, number=20))).shows("requests/target_which", "20 of what?")
    assert (await ann.presses("goal_raises")).shows("requests/target_by", "20 heel raises?")
    assert (await ann.says("purple")).template == "mistakes/goal_not_understood"
    assert "20 heel raises on each leg by 1 June" in await ann.says("1 June")
    assert ann.offers("undo")


@pytest.mark.parametrize(("day", "words"), [(date(2026, 3, 1), "has passed"), (date(2028, 1, 1), "over a year")])
async def test_a_day_that_cannot_be_is_asked_again(coach: BotHarness, day: date, words: str) -> None:
    ann = await measured(coach)
    said = await requests(ann, asked(Intent.TARGET, what="raises", number=20, by=day))
    assert said.shows("requests/target_by", words)
    await ann.presses("27 Apr")
    assert await goals(coach) == {"raises": (20, date(2026, 4, 27))}


@pytest.mark.parametrize(
    ("answer", "number", "by"),
    [
        ("in 3 years", 20, None),
        ("by 1 march 2026", 20, None),
        ("30", 30, None),
        ("30 by june", 30, date(2026, 6, 1)),
        ("before the wedding on june 14", 20, date(2026, 6, 14)),
    ],
)
async def test_the_day_is_asked_for_and_the_figure_stays_unless_it_stands_alone(
    coach: BotHarness, answer: str, number: int, by: date | None
) -> None:
    ann = coach.person()
    await requests(ann, asked(Intent.TARGET, what="raises", number=20))
    said = await ann.says(answer)
    if by is None:
        assert said.shows("requests/target_by", f"{number} heel raises")
        await ann.says("1 June")
    assert await goals(coach) == {"raises": (number, by or date(2026, 6, 1))}


async def test_a_year_that_is_said_and_past_is_said_to_have_passed(coach: BotHarness) -> None:
    ann = await measured(coach)
    coach.clock.forward(days=200)
    said = await ann.says("I want 25 raises by 1 march 2026")
    assert said.shows("requests/target_by", "That day has passed", "25 heel raises")
    assert await goals(coach) == {}


async def test_while_it_is_asked_another_request_is_still_one(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.TARGET, what="raises"))
    assert (await ann.says("what's my plan for this week")).template == "plan/week"
    assert await goals(coach) == {}


# By buttons


@pytest.mark.parametrize(("command", "kind"), [("/raises", "raises"), ("/calf", "girth"), ("/progress", "sessions")])
async def test_a_goal_by_buttons_alone(coach: BotHarness, command: str, kind: str) -> None:
    ann = await measured(coach)
    await ann.says(command)
    said = await ann.presses("set_goal")
    assert said.shows("requests/target_how_much", wanted=kind)
    await ann.presses(ann.buttons[0])
    assert set(await goals(coach)) == {kind}
    assert ann.sees.template == "requests/target_set"


async def test_typed_behind_the_button(coach: BotHarness) -> None:
    ann = await measured(coach)
    await ann.says("/calf")
    await ann.presses("set_goal")
    assert "39 cm around each calf by 1 June" in await ann.says("+1 cm by June")
    assert (await ann.presses("undo")).shows("requests/undone", "the goal")
    assert await goals(coach) == {}


async def test_goals_are_shown_and_dropped(coach: BotHarness) -> None:
    ann = await measured(coach)
    for what, number in (("raises", 20), ("girth", 39)):
        await requests(ann, asked(Intent.TARGET, what=what, number=number, by=date(2026, 6, 1)))
    said = await requests(ann, asked(Intent.TARGET))
    assert said.shows("requests/targets", "20 heel raises on each leg by 1 June", "39 cm around each calf by 1 June")
    await ann.presses("drop_goal_girth")
    assert set(await goals(coach)) == {"raises"}
    assert (await requests(ann, asked(Intent.TARGET, switch="off"))).template == "requests/target_dropped"
    assert await goals(coach) == {}
    assert (await requests(ann, asked(Intent.TARGET, switch="off"))).template == "requests/target_none"


# Where it is seen


async def test_the_chart_shows_it_with_what_it_needs(coach: BotHarness) -> None:
    ann = await measured(coach)
    await requests(ann, asked(Intent.TARGET, what="raises", number=25, by=date(2026, 8, 1)))
    assert "Your goal: 25 heel raises" in await ann.presses("show_chart")
    coach.clock.forward(days=30)
    await ann.says("/raises 17 20")
    assert "1 more every 2 weeks from here" in await ann.presses("show_chart")
    assert picture(ann) == (1080, 860 + 124)
    await requests(ann, asked(Intent.TARGET, what="raises", switch="off"))
    await ann.says("/progress")
    await ann.presses("chart_raises")
    assert picture(ann) == (1080, 860)


async def test_the_monthly_message_speaks_of_it_until_once_after_its_day(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/raises 15 18")
    await ann.presses("not_said")
    await requests(ann, asked(Intent.TARGET, what="raises", number=17, by=date(2026, 3, 30)))
    told: list[str] = []
    while len(told) < 3:
        await coach.jump()
        if ann.sees.template == "reminders/measuring":
            told.append(ann.sees)
    assert "Your goal: 17 heel raises on each leg by 30 March. You're at 15" in told[0]
    assert "Your goal was 17 heel raises by 30 March, and you're at 15." in told[1]
    assert "goal" not in told[2]


FIRST_SATURDAYS = [date(2026, 4, 4), date(2026, 5, 2), date(2026, 6, 6)]
MEASURED_AT = 8  # UTC, ten in the morning in Berlin


@pytest.mark.parametrize("by", [date(2026, 4, 5), date(2026, 5, 1)])
async def test_each_goal_is_spoken_of_once_after_its_day_however_long_the_month(coach: BotHarness, by: date) -> None:
    ann = await set_up(coach)
    await ann.says("/raises 15 18")
    await ann.presses("not_said")
    await requests(ann, asked(Intent.TARGET, what="raises", number=17, by=by))
    over = []
    for day in FIRST_SATURDAYS:
        coach.clock.now = datetime.combine(day, time(4), UTC)
        await coach.tick()
        while (await coach.jump()).hour < MEASURED_AT and coach.clock.now.date() == day:
            pass
        assert ann.sees.template == "reminders/measuring"
        if "Your goal was" in ann.sees:
            over.append(day)
    assert over == [date(2026, 5, 2)]


async def test_goals_can_be_set_while_training_is_stopped(coach: BotHarness) -> None:
    ann = await measured(coach)
    await ann.says("my calf is swollen and hot since the flight")
    said = await requests(ann, asked(Intent.TARGET, what="raises", number=25, by=date(2026, 6, 1)))
    assert said.template == "requests/target_set"
    assert set(await goals(coach)) == {"raises"}


async def test_the_export_holds_it_and_deleting_erases_it(coach: BotHarness) -> None:
    ann = await measured(coach)
    await requests(ann, asked(Intent.TARGET, what="raises", number=25, by=date(2026, 6, 1)))
    kept = await coach.running.db.run(lambda session: person_data.gather(session, 1))
    assert [(row["kind"], row["number"]) for row in kept["number_goal"]] == [("raises", 25)]
    assert {"event_day", "event_what"} <= kept["user_account"][0].keys()
    await ann.says("/delete")
    await ann.presses("erase")
    assert await goals(coach) == {}


@pytest.mark.parametrize(
    "text",
    [
        "12 at 10 kg", "done, 20 minutes", "felt like a 7", "can I do 20?", "lunch for 6 on friday", "my best is 28",
        "see you in 2 weeks, 3 kids", "I ran 12 km on friday",
    ],
)  # fmt: skip
async def test_what_is_said_of_something_else_is_no_figure_to_reach(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    await ann.says("/raises")
    await ann.presses("set_goal")
    await ann.says(text)
    assert await goals(coach) == {}
    assert not (await rows_of(coach, 1))["user_account", 1]["weight_kg"]


async def test_the_question_what_a_figure_is_of_survives_an_aside(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("want 36")).shows("requests/target_which", "36 of what?")
    assert (await ann.says("what should i eat before a run?")).template == "faq/entry"
    assert (await ann.says("calf size")).shows("requests/target_by", "36 cm")
    assert (await ann.says("by december")).shows("requests/target_set", "36 cm around each calf by 1 December")


async def test_the_day_can_be_said_before_what_the_figure_is_of(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("want 36")
    assert (await ann.says("december")).shows("requests/target_which", "36 of what, by 1 December?")
    assert (await ann.says("the calves")).shows("requests/target_set", "36 cm around each calf by 1 December")
