"""The guide in the chat as a person sees it: steps on their second, steered, stopped, logged; across restarts."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session, select

from coach.guide.steps import interval_steps
from content.library import Content
from db.engine import Database
from db.models import LiveGuide, TrainingSession, User
from db.queries import person_data
from scheduler.live_guides import BATCH, guides_at_once
from services.live_guides import begin
from tests.support.bot_harness import BotHarness, Clock, Person, running_bot
from tests.support.onboarding import begins_way_back, on_a_sprint_day, set_up

LEAD = 10
CALLS = {"sendMessage", "editMessageText", "deleteMessage"}
GUIDES = {"guide/live", "guide/ended", "guide/halted"}
WALK_JOG = [300, *[60, 90] * 5, 300]
"""Seconds of the steps of a first walk–jog session."""


async def on_a_walk_jog_day(coach: BotHarness, person: Person | None = None) -> Person:
    ann = await set_up(coach, person=person)
    await coach.jump()
    await ann.says("/today")
    return ann


async def amid_walk_jogs(coach: BotHarness, seconds: float = 0) -> Person:
    """A person whose guide through walk–jogs has run for so many seconds since its lead."""
    ann = await on_a_walk_jog_day(coach)
    await ann.presses("guide_live")
    await on(coach, LEAD + seconds)
    return ann


async def amid_sprints(coach: BotHarness) -> Person:
    """A person whose guide through sprints runs: nothing hurt before."""
    ann = await on_a_sprint_day(coach)
    await ann.presses("start")
    await ann.presses("pain_0")
    await ann.presses("guide_live")
    await on(coach, LEAD + 20)
    return ann


async def look(coach: BotHarness) -> None:
    await coach.running.guides.look()
    await coach.settle()


async def row(coach: BotHarness) -> LiveGuide:
    return await coach.running.db.run(lambda session: session.exec(select(LiveGuide)).one())


def guides(ann: Person) -> list[str]:
    """Return the templates of the guide's messages that stand in the chat."""
    return [template for template in ann.templates() if template in GUIDES]


async def next_look(coach: BotHarness) -> None:
    """Move the clock to the next moment at which something is shown, and show it."""
    due = (await row(coach)).next_at
    assert due is not None
    coach.clock.now = max(coach.clock.now, due)
    await look(coach)


async def on(coach: BotHarness, seconds: float) -> None:
    """Let so many seconds pass, and look once: what would have been shown meanwhile is not."""
    coach.clock.forward(seconds=seconds)
    await look(coach)


async def test_every_step_is_shown_on_its_second_in_one_message(coach: BotHarness) -> None:
    ann = await on_a_walk_jog_day(coach)
    await ann.says("/timer 3x20/10, no warm-up, 15 s cool-down")
    began = coach.clock.now
    assert (await ann.presses("guide_live")).shows("guide/live", "hard in 10 s", "if any pain reaches 5")
    shown: list[tuple[datetime, str]] = []
    seen = len(coach.telegram.calls)
    while (await row(coach)).over_at is None:
        await next_look(coach)
        fresh = [call.method for call in list(coach.telegram.calls)[seen:] if call.method in CALLS]
        shown += [(coach.clock.now, method) for method in fresh]
        seen = len(coach.telegram.calls)
        assert len(guides(ann)) <= 2
    starts = [began + timedelta(seconds=LEAD + start) for start in (0, 20, 30, 50, 60, 80, 95)]
    assert [at for at, method in shown if method == "sendMessage"] == starts
    assert "editMessageText" in [method for _, method in shown]
    moments = [at for at, _ in shown]
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in pairwise(moments))
    await next_look(coach)
    assert len(guides(ann)) == 1
    assert ann.sees.shows("guide/ended", "All done", own=True)
    assert (await row(coach)).next_at is None


async def test_it_shows_the_round_what_is_left_and_what_follows(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach)
    assert ann.sees.shows("guide/live", "Warm up", "5:00", "Next: jog, 1 min")
    await on(coach, 1)
    await on(coach, 249)
    assert ann.sees.shows("guide/live", "0:50")
    await on(coach, 50 + 60 + 90)
    assert ann.sees.shows("guide/live", "Jog, 2 of 5", "1:00", "Next: walk, 90 s")


async def test_the_end_asks_for_the_effort_and_logs_by_it(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, sum(WALK_JOG) + 5)
    assert ann.sees.shows("guide/ended", "All done", logs=True)
    assert (await done(coach)).status == "planned"
    await ann.presses("5")
    assert ann.sees.shows("today/rated", "5 rounds, effort 5")
    logged = await done(coach)
    assert (logged.status, logged.effort, logged.rounds_done) == ("done", 5, 5)
    assert logged.minutes_done == round(sum(WALK_JOG) / 60)


async def done(coach: BotHarness) -> TrainingSession:
    def read(session: Session) -> TrainingSession:
        guide = session.exec(select(LiveGuide)).one()
        return session.exec(select(TrainingSession).where(TrainingSession.day == guide.day)).one()

    return await coach.running.db.run(read)


async def test_a_stop_logs_the_rounds_that_were_done_and_undo_takes_it_back(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, 300 + 60 + 90 + 60 + 20)
    assert (await ann.presses("live_stop")).shows("guide/ended", "2 of 5 rounds", logs=True)
    await ann.presses("7")
    assert ann.sees.shows("today/rated", "2 of 5 rounds, effort 7")
    assert (await done(coach)).rounds_done == 2
    await ann.presses("undo")
    assert ((await done(coach)).status, (await done(coach)).rounds_done) == ("planned", None)


async def test_done_in_words_after_a_stop_logs_the_same(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, 300 + 60 + 20)
    await ann.says("stop")
    assert (await ann.says("done, it was a 4")).shows("requests/done", "1 of 5 rounds")
    assert (await done(coach)).rounds_done == 1


async def test_a_stop_in_the_warm_up_logs_nothing(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, 100)
    assert (await ann.presses("live_stop")).shows("guide/ended", logs=False)
    assert ann.offers("show_session")
    assert "7" not in ann.buttons


async def test_pause_next_and_go_on_by_words_and_buttons_mean_the_guide(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, 99)
    coach.clock.forward(seconds=1)
    assert (await ann.says("pause")).shows("guide/live", "3:20", paused=True)
    coach.clock.forward(minutes=20)
    await look(coach)
    coach.clock.forward(seconds=1)
    assert (await ann.presses("live_go-on")).shows("guide/live", "3:20", paused=False)
    await on(coach, 5)
    assert (await ann.says("next please")).shows("guide/live", "Jog, 1 of 5", "1:00")
    await on(coach, 10)
    coach.clock.forward(seconds=1)
    assert (await ann.presses("live_next")).shows("guide/live", "Walk", "1:30")
    await on(coach, 90)
    assert ann.sees.shows("guide/live", "Jog, 2 of 5")
    await on(coach, 5)
    assert (await ann.says("Stop!")).shows("guide/ended", "0 of 5 rounds")
    assert (await ann.says("pause")).template != "guide/live"


async def test_without_a_guide_the_words_mean_what_they_always_did(coach: BotHarness) -> None:
    ann = await on_a_walk_jog_day(coach)
    assert (await ann.says("pause")).template == "requests/pause_open"


async def test_quick_presses_are_edits_a_second_apart(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach)
    await on(coach, 1)
    coach.clock.forward(seconds=1)
    before = len(coach.telegram.calls)
    assert (await ann.presses("live_pause")).shows("guide/live", "4:58", paused=True)
    coach.clock.forward(seconds=0.4)
    assert (await ann.presses("live_go-on")).shows("guide/live", paused=True)
    await look(coach)
    edits = [call for call in list(coach.telegram.calls)[before:] if call.method in CALLS]
    assert len(edits) == 1
    await on(coach, 0.6)
    assert ann.sees.shows("guide/live", "4:58", paused=False)


async def test_a_pause_of_an_hour_ends_it(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, 400)
    await ann.presses("live_pause")
    await on(coach, 3600)
    assert ann.sees.shows("guide/ended", "1 of 5 rounds")


async def test_a_red_flag_in_the_middle_stops_it(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, 310)
    await ann.says("I have chest pain")
    assert ann.sees.template == "ask/safety"
    await on(coach, 1)
    assert guides(ann) == ["guide/halted"]
    before = len(coach.telegram.calls)
    await on(coach, 600)
    assert list(coach.telegram.calls)[before:] == []


async def test_pain_that_is_told_in_the_middle_of_sprints_stops_it(coach: BotHarness) -> None:
    ann = await amid_sprints(coach)
    await ann.says("my calf hurts 4 out of 10")
    assert "guide/halted" in guides(ann), "at once, before any look"
    before = len(coach.telegram.calls)
    await on(coach, 20)
    assert {call.method for call in list(coach.telegram.calls)[before:]} <= {"deleteMessage"}, "of the step before"


@pytest.mark.parametrize("pain", ["pain_3", "pain_5"])
async def test_no_guide_to_sprints_where_something_hurts_however_old_the_button(coach: BotHarness, pain: str) -> None:
    ann = await on_a_sprint_day(coach)
    page = next(message for message in reversed(ann.user.received) if message.buttons)
    await ann.presses("start")
    await ann.presses(pain)
    data = next(button["callback_data"] for button in page.buttons if button["text"] == coach.labels["guide_live"])
    ann.user.press_data(data, page)
    await coach.settle()
    assert guides(ann) == []
    # 5 makes another session of it, through which the guide goes; 3 keeps the sprints, and holds them.
    assert ann.sees.template == {"pain_3": "guide/held", "pain_5": "today/session"}[pain]


async def test_it_asks_what_hurts_before_sprints(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.presses("guide_live")).template == "today/pain"


async def test_more_guides_than_the_bot_can_carry_are_offered_the_audio(coach: BotHarness) -> None:
    ann = await on_a_walk_jog_day(coach)
    coach.running.services.guides_at_once = 0
    assert (await ann.presses("guide_live")).template == "guide/busy"
    assert (await ann.presses("guide_me")).template == "guide/caption"


def test_guides_take_half_of_the_rate_at_most() -> None:
    assert [guides_at_once(rate) for rate in (1, 30, 1000)] == [1, 15, 500]


async def test_a_button_of_a_guide_that_is_over_is_old(coach: BotHarness) -> None:
    ann = await on_a_walk_jog_day(coach)
    await ann.presses("guide_live")
    stop = next(button["callback_data"] for button in ann.user.last.buttons if button["text"] == "Stop")
    page = ann.user.last
    await ann.presses("live_stop")
    ann.user.press_data(stop, page)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button"


async def test_the_export_and_the_policy_know_of_it_and_delete_erases_it(coach: BotHarness) -> None:
    ann = await on_a_walk_jog_day(coach)
    await ann.presses("guide_live")
    assert "how far you got with a guide in the chat" in await ann.says("/privacy")
    handed_out = await coach.running.db.run(lambda session: person_data.gather(session, 1))
    assert [each["title"] for each in handed_out["live_guide"]] == ["Walk–jog intervals"]
    await ann.says("/delete")
    await ann.presses("erase")
    left = await coach.running.db.run(lambda session: session.exec(select(LiveGuide)).all())
    assert list(left) == []
    before = len(coach.telegram.calls)
    await on(coach, 600)
    assert list(coach.telegram.calls)[before:] == []


async def test_a_restart_goes_on_at_the_right_step_and_replays_nothing(database: Database, content: Content) -> None:
    clock = Clock()
    async with running_bot(database, content, clock) as coach:
        ann = await on_a_walk_jog_day(coach)
        await ann.presses("guide_live")
        await on(coach, LEAD + 310)
        clock = coach.clock
    clock.forward(seconds=140 + 5)  # in the second round's jog
    async with running_bot(database, content, clock) as coach:
        sent: list[dict[str, Any]] = []
        await look(coach)
        sent = [call.params for call in coach.telegram.calls if call.method == "sendMessage"]
        assert len(sent) == 1
        assert "Jog, 2 of 5" in sent[0]["text"]
        assert "0:55" in sent[0]["text"]


async def test_a_cue_that_cannot_go_in_time_is_dropped(coach: BotHarness) -> None:
    ann = await on_a_walk_jog_day(coach)
    await ann.presses("guide_live")
    sender = coach.running.sender
    coach.clock.forward(seconds=LEAD)
    send, held = coach.running.guides._send, list[Any]()
    coach.running.guides._send = held.extend
    await coach.running.guides.look()
    coach.clock.forward(seconds=30)
    coach.running.guides._send = send
    before = len(coach.telegram.calls)
    sender.enqueue(held)
    await coach.settle()
    assert list(coach.telegram.calls)[before:] == []
    await look(coach)
    assert len(guides(ann)) == 1
    assert ann.sees.shows("guide/live", "Warm up", "4:30")


async def test_a_way_back_that_begins_in_the_middle_of_sprints_stops_them(coach: BotHarness) -> None:
    ann = await amid_sprints(coach)
    await begins_way_back(ann)
    assert "guide/halted" in guides(ann), "at once, before any look"
    await on(coach, 1)
    assert guides(ann) == ["guide/halted"]


async def test_a_guide_whose_session_became_another_is_stopped(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, 20)
    day = (await row(coach)).day

    def swap(session: Session) -> None:
        stored = session.exec(select(TrainingSession).where(TrainingSession.day == day)).one()
        stored.workout = "easy-walk"
        session.add(stored)

    await coach.running.db.run(swap)
    await on(coach, 10)
    await on(coach, 1)
    assert guides(ann) == ["guide/halted"]


async def test_gentle_sessions_stop_at_a_pain_of_three(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")
    await coach.jump()
    await begins_way_back(ann)
    for _ in range(8):
        if "Half-hour walk" in await ann.says("/today"):
            break
        coach.clock.forward(days=1)
    assert (await ann.presses("guide_live")).shows("guide/live", "if any pain reaches 3 out of 10")
    await on(coach, LEAD + 20)
    await ann.says("my calf hurts 3 out of 10")
    assert "guide/halted" in guides(ann)


async def test_a_message_that_was_dropped_is_made_up_for_by_edits_as_seldom_as_ever(coach: BotHarness) -> None:
    ann = await on_a_walk_jog_day(coach)
    await ann.presses("guide_live")
    await on(coach, LEAD - 5)
    send, coach.running.guides._send = coach.running.guides._send, lambda _rows: None
    await on(coach, 5)  # the first step is due, and its message never goes
    coach.running.guides._send = send
    before = len(coach.telegram.calls)
    for _ in range(60):
        await on(coach, 1)
    calls = [call.method for call in list(coach.telegram.calls)[before:] if call.method in CALLS]
    assert 4 <= len(calls) <= 8
    assert set(calls) == {"editMessageText"}
    assert ann.sees.shows("guide/live", "Warm up", "4:00")


async def test_next_three_times_leaves_one_message(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach)
    await on(coach, 2)
    for _ in range(3):
        await ann.says("next")
        coach.clock.forward(seconds=0.2)
    for _ in range(6):
        await on(coach, 1)
    assert len(guides(ann)) == 1
    assert ann.sees.shows("guide/live", "Jog, 2 of 5")
    for _ in range(3):
        await ann.says("next")
        coach.clock.forward(seconds=1)
    for _ in range(6):
        await on(coach, 1)
    assert len(guides(ann)) == 1


async def test_another_guide_does_not_take_away_what_was_done_before(coach: BotHarness) -> None:
    ann = await amid_walk_jogs(coach, 300 + 60 + 90 + 60 + 20)
    await ann.presses("live_stop")
    coach.clock.forward(minutes=1)
    await ann.says("/timer 3x20/10, no warm-up, no cool-down")
    await ann.presses("guide_live")
    await on(coach, LEAD + 100)
    assert guides(ann).count("guide/ended") == 2, "the result of the session is still there"
    assert (await ann.says("done, it was a 4")).shows("guide/extra", "3 rounds", "effort 4"), "of what has just ended"
    assert (await ann.says("done, it was a 6")).shows("requests/done", "2 of 5 rounds")


async def test_more_guides_than_one_transaction_takes_are_all_shown(coach: BotHarness) -> None:
    people = range(2, BATCH + 5)
    for number in people:
        await coach.person(number, "Bob").says("/start")

    def run(session: Session) -> None:
        today = coach.clock.now.date()
        for user in session.exec(select(User)):
            user.screening, user.screened_on, user.plan_start = "clear", today, today
            begin(session, user, "Track", interval_steps(2, 20, 20, 0, 0), coach.clock.now, None)

    await coach.running.db.run(run)
    before = len(coach.telegram.calls)
    await on(coach, LEAD)
    sent = [call.params for call in list(coach.telegram.calls)[before:] if call.method == "sendMessage"]
    assert {each["chat_id"] for each in sent} == set(people)
    assert all("Hard, 1 of 2" in each["text"] for each in sent)


async def test_a_guide_that_cannot_be_read_ends_and_holds_up_nobody_else(coach: BotHarness) -> None:
    ann = await on_a_walk_jog_day(coach)
    bob = await set_up(coach, person=coach.person(2, "Bob"))
    await ann.presses("guide_live")
    await bob.says("/timer 3x20/10, no warm-up, no cool-down")
    await bob.presses("guide_live")

    def break_it(session: Session) -> None:
        broken = session.exec(select(LiveGuide).where(LiveGuide.user_id == 1)).one()
        broken.steps = [["somersault", 30]]
        session.add(broken)

    await coach.running.db.run(break_it)
    await on(coach, LEAD)
    assert guides(ann) == ["guide/halted"]
    assert bob.sees.shows("guide/live", "Hard, 1 of 3")
    await on(coach, 20)
    assert bob.sees.shows("guide/live", "Easy")
    await ann.says("/today")
    assert (await ann.presses("guide_live")).template == "guide/live", "another one can begin"
