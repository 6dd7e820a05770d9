"""The way back after a strain or a break, as people go it: begun by buttons, asked after sessions, left at any time."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from coach.planning.way_back.ladder import ORDER, BackStep
from coach.reminders.local_time import local_day
from db.models import PinnedWorkout, TrainingSession, User
from db.queries import person_data
from tests.support.bot_harness import BotHarness, Person, Said
from tests.support.onboarding import set_up


async def on_the_ladder(
    coach: BotHarness, reason: str = "strain", experience: str = "regular", equipment: Sequence[str] = ()
) -> Person:
    """Return a person who has begun the way back today."""
    ann = await set_up(coach, experience=experience, equipment=equipment)
    coach.clock.forward(days=1)
    await ann.says("/return")
    await ann.presses(f"back_after_{reason}")
    assert (await ann.presses("begin_way_back")).shows("way_back/begun")
    return ann


async def trained(coach: BotHarness, ann: Person, name: str) -> Said:
    """Sleep until a session of that name stands in the day, and do it; return what is asked afterwards."""
    for _ in range(8):
        said = await ann.says("/today")
        if name in said:
            break
        coach.clock.forward(days=1)
    assert name in said, said
    if ann.offers("start"):
        await ann.presses("start")
        await ann.presses("pain_0")
    return await ann.presses("done")


GOOD = {
    BackStep.WALK: ["half-hour-walk"], BackStep.HOPS: ["raises-and-hops"] * 2, BackStep.JOG: ["walk-jog-intervals"] * 8,
    BackStep.RUN: ["steady-run"] * 3, BackStep.HILLS: ["hill-sprints"] * 2,
}  # fmt: skip
"""Sessions that open the step after each."""


async def stood_on(coach: BotHarness, step: BackStep, good: int = 0, experience: str = "regular") -> Person:
    """Return a person whom good sessions of every other day have led to a step, and `good` ones of that step on it."""
    ann = await on_the_ladder(coach, experience=experience, equipment=["hill"])

    def live(session: Session) -> None:
        user = session.exec(select(User)).one()
        went = [each for before in ORDER[: ORDER.index(step)] for each in GOOD[before]] + GOOD[step][:good]
        today = local_day(coach.clock(), "Europe/Berlin")
        first = today - timedelta(days=2 * len(went))
        user.plan_start, user.way_back_since, user.planned_on = first, first, None
        for place, workout in enumerate(went):
            day = first + timedelta(days=2 * place)
            row = TrainingSession(user_id=1, day=day, kind="easy", workout=workout, status="done", met="good", pain=0)
            session.add(row)

    await coach.running.db.run(live)
    return ann


async def put(coach: BotHarness, ahead: int, workout: str) -> None:
    """Put a workout on a day to come, as the person may have done before."""

    def write(session: Session) -> None:
        day = local_day(coach.clock(), "Europe/Berlin") + timedelta(days=ahead)
        session.add(PinnedWorkout(user_id=1, day=day, workout=workout))
        session.exec(select(User)).one().planned_on = None

    await coach.running.db.run(write)


async def test_the_ladder_is_shown_with_its_criteria_and_begins_by_a_button(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")

    shown = await ann.says("/return")
    assert shown.shows(
        "way_back/shown", "half an hour in one go", "30 raises or more", "physiotherapist", "Green et al."
    )
    warned = await ann.presses("back_after_strain")
    assert warned.shows("way_back/before", "a pop", "swollen")
    begun = await ann.presses("begin_way_back")
    assert begun.shows("way_back/begun", "I won't give you a date")

    week = await ann.presses("my_week")
    assert "Half-hour walk" in week
    assert "Sprint" not in week
    assert "Calves" not in week
    assert "coming back step by step" in week


async def test_a_good_walk_opens_the_hops_by_a_button(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)

    asked = await trained(coach, ann, "Half-hour walk")
    assert asked.shows("today/done", "half an hour in one go, without pain?", asks="walk")
    said = await ann.presses("step_good")
    assert said.shows("way_back/answered", "opens the next step: raises and small hops")
    assert "Raises and small hops" in await ann.says("/plan")
    assert "step 2 of 6" in await ann.says("/return")


@pytest.mark.parametrize(("words", "answer"), [
    ("yes", "good"), ("no pain at all", "good"), ("it didn't hurt", "good"), ("2", "good"), ("1 out of 10", "good"),
    ("not yet", "not-yet"), ("no", "not-yet"), ("not all of it", "not-yet"),
    ("it hurt a bit", "some-pain"), ("4", "some-pain"), ("6/10", "pain"),
])  # fmt: skip
async def test_the_question_is_answered_in_words(coach: BotHarness, words: str, answer: str) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")

    assert (await ann.says(words)).shows("way_back/answered", answer=answer)


async def test_what_is_no_answer_is_asked_again_and_a_red_flag_goes_first(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")

    assert (await ann.says("purple")).shows("mistakes/back_answer_not_understood")
    assert ann.offers("step_good")
    assert "my calf is hot and swollen" not in await ann.says("yes but my calf is hot and swollen and throbs")
    assert ann.sees.template == "ask/safety"


async def test_pain_takes_a_step_back_and_only_walks_are_planned(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")
    await ann.presses("step_good")
    await trained(coach, ann, "Raises and small hops")

    said = await ann.presses("step_some_pain")
    assert said.shows("way_back/answered", "one step back: walking", "physiotherapist")
    week = await ann.says("/plan")
    assert "Raises and small hops ✓" in week.replace(", 19 min", "")
    coach.clock.forward(days=1)
    assert "Half-hour walk" in await ann.says("/plan")
    assert "step 1 of 6" in await ann.says("/return")


async def test_undo_takes_the_answer_back(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")
    await ann.presses("step_pain")

    await ann.presses("undo")
    assert "step 1 of 6" in await ann.says("/return")
    await trained(coach, ann, "Half-hour walk")
    assert "next step" in await ann.presses("step_good")


async def test_an_answer_counts_once(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")
    asked = ann.user.received[-1]
    await ann.presses("step_good")

    data = next(button["callback_data"] for row in asked["reply_markup"]["inline_keyboard"] for button in row)
    ann.user.press_data(data, asked)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button"


async def test_done_in_words_asks_too(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    while "Half-hour walk" not in await ann.says("/today"):
        coach.clock.forward(days=1)

    assert "half an hour in one go" in await ann.says("done")
    assert (await ann.says("yes")).shows("way_back/answered", answer="good")


async def test_it_can_be_left_at_any_time(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)

    await ann.says("/return")
    assert (await ann.presses("leave_way_back")).shows("way_back/left")
    assert "Calves" in await ann.says("/plan")
    assert not ann.offers("way_back")


@pytest.mark.parametrize("reason", ["strain", "break"])
async def test_it_is_offered_after_a_pause_for_an_injury_and_not_after_another(coach: BotHarness, reason: str) -> None:
    ann = await set_up(coach, experience="regular")
    await ann.says("/pause injured" if reason == "strain" else "/pause 3")
    await ann.says("/resume")

    assert ann.offers("way_back") == (reason == "strain")


async def test_it_is_offered_after_two_weeks_without_a_session(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")
    coach.clock.forward(days=1)
    await trained(coach, ann, "Calves")
    coach.clock.forward(days=21)

    assert "two weeks or more off" in await ann.says("/plan")
    await ann.presses("way_back")
    await ann.presses("back_after_break")
    await ann.presses("begin_way_back")
    assert "Half-hour walk" in await ann.says("/plan")


async def test_it_is_offered_where_a_session_is_skipped_because_it_hurts(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")
    coach.clock.forward(days=1)
    await ann.says("/today")
    await ann.presses("skip")
    await ann.presses("because_hurts")

    assert ann.offers("way_back")


async def test_an_answer_on_strains_offers_it(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")

    await ann.says("How do I get back to running after a calf strain?")
    await ann.presses("way_back")
    assert ann.sees.shows("way_back/shown")


async def test_nobody_whom_a_red_flag_stopped_is_let_on(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")
    await ann.says("I felt a pop in my calf and can't push off")

    assert (await ann.says("/return")).shows("pause/not_yet")


async def test_not_all_of_it_leaves_the_step_and_the_pain_unsaid(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")

    assert (await ann.presses("step_not_yet")).shows("way_back/answered", answer="not-yet", moved=False)
    user = await coach.running.db.run(lambda session: session.exec(select(TrainingSession)).all())
    assert [(row.met, row.pain) for row in user if row.met] == [("not-yet", None)]


async def test_pain_before_a_session_is_a_step_back_too(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")
    await ann.presses("step_good")
    while "Raises and small hops" not in await ann.says("/today"):
        coach.clock.forward(days=1)

    await ann.presses("start")
    assert (await ann.presses("pain_3")).template == "today/pain_reduce"
    assert "easy walk" in ann.sees, "no hops on a calf that hurts"
    assert "step 1 of 6" in await ann.says("/return")


async def test_a_reminder_on_the_way_back_begins_with_how_much_hurts(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")
    await ann.presses("step_good")
    while not ann.sees.shows("reminders/strength"):
        await coach.jump()

    assert "aises and small hops" in ann.sees
    assert ann.offers("start")
    assert not ann.offers("done")


async def test_a_session_beyond_the_step_cannot_be_put_on_a_day(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await ann.says("/plan")
    await ann.presses(next(label for label in ann.buttons if label.startswith("Wed")))
    await ann.presses("swap")

    assert "Easy walk, ride or swim" in ann.buttons or "Half-hour walk" in ann.buttons
    assert not {"Sprint intervals", "Calves A", "Walk–jog intervals", "Raises and small hops"} & set(ann.buttons)


async def test_what_is_kept_of_the_way_back_is_handed_out_and_erased(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach, "break")
    await trained(coach, ann, "Half-hour walk")
    await ann.presses("step_good")

    kept = await coach.running.db.run(lambda session: person_data.gather(session, 1))
    assert kept["user_account"][0]["way_back_reason"] == "break"
    assert kept["user_account"][0]["way_back_since"] is not None
    assert [row["met"] for row in kept["training_session"] if row["met"]] == ["good"]
    assert "coming back after a strain" in await ann.says("/privacy")


async def test_a_session_that_was_guided_asks_too(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    while "Half-hour walk" not in await ann.says("/today"):
        coach.clock.forward(days=1)
    await ann.presses("guide_live")
    coach.clock.forward(minutes=31)
    await coach.running.guides.look()
    await coach.settle()

    assert (await ann.presses("3")).shows("today/rated", "effort 3", "half an hour in one go", asks="walk")
    assert (await ann.says("yes")).shows("way_back/answered", answer="good")


async def test_undo_of_the_last_answer_goes_on_with_the_way_back(coach: BotHarness) -> None:
    ann = await stood_on(coach, BackStep.JOG, 1, experience="new")
    await trained(coach, ann, "Walk–jog intervals")
    assert (await ann.presses("step_good")).shows("way_back/answered", "That was the last step")
    assert "each step at your own pace" in await ann.says("/return")

    await ann.says("/today")
    await ann.presses("undo")
    assert "step 3 of 3" in await ann.says("/return")
    await trained(coach, ann, "Walk–jog intervals")
    await ann.presses("step_good")
    assert "your last answer" in await ann.says("undo")
    assert "step 3 of 3" in await ann.says("/return")


async def test_the_checklist_is_confirmed_as_a_whole_and_pain_stops_at_three(coach: BotHarness) -> None:
    ann = await stood_on(coach, BackStep.HILLS)
    asked = await trained(coach, ann, "Hill sprints")

    assert asked.shows("today/done", "whole checklist", asks="hills")
    assert ann.offers("step_good_checklist")
    assert not ann.offers("step_good")
    assert "any pain reaches 3 out of 10" in await ann.says("/today")
    assert (await ann.says("purple")).shows("mistakes/back_answer_not_understood")
    assert (await ann.presses("step_good_checklist")).shows("way_back/answered", answer="good")


async def test_a_day_of_ones_own_choice_begins_with_how_much_hurts_and_so_does_its_guide(coach: BotHarness) -> None:
    ann = await stood_on(coach, BackStep.HOPS)
    await put(coach, 1, "raises-and-hops")
    while not ann.sees.shows("reminders/strength"):
        await coach.jump()

    assert "You put it here" in await ann.says("/today")
    reminder = next(
        message for message in reversed(ann.user.received) if "raises and small hops" in message.text.lower()
    )
    assert ann.offers("start")
    assert not ann.offers("done")
    ann.user.press_data(f"small:{coach.clock().date()}", reminder)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button", "no raises beyond the step"
    await ann.presses("guide_me")
    assert ann.sees.template == "today/pain"


async def test_what_the_step_does_not_allow_is_not_blamed_on_hard_days(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await put(coach, 2, "sprint-intervals")

    week = await ann.says("/plan")
    assert "your step doesn't allow it yet" in week
    assert "hard days" not in week


async def test_an_event_meanwhile_is_no_reason_to_race(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)

    def set_event(session: Session) -> None:
        session.exec(select(User)).one().event_day = local_day(coach.clock(), "Europe/Berlin") + timedelta(days=2)

    await coach.running.db.run(set_event)
    await ann.says("/plan")
    shown = await ann.presses("show_blocks")
    assert shown.shows("plan/blocks", back=True)
    assert "easier" not in shown
    for event in ("event-eve", "event"):
        while not ann.sees.shows("reminders/recovery", event=event):
            await coach.jump()
        assert "sit this one out" in ann.sees


async def test_undo_in_words_closes_the_question(coach: BotHarness) -> None:
    ann = await on_the_ladder(coach)
    await trained(coach, ann, "Half-hour walk")

    assert (await ann.says("undo")).shows("requests/unmarked")
    assert (await ann.says("no pain at all")).template != "today/not_noted"
    assert "step 1 of 6" in await ann.says("/return")
