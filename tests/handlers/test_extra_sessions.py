"""Own intervals that were done: asked how hard, logged beside the plan, counted as its session only on request."""

from __future__ import annotations

from sqlmodel import col, select

from coach.number_goals import GoalKind
from db.models import ExtraSession, TrainingSession
from db.queries import person_data
from db.queries.figures import number_goals
from tests.handlers.test_live_guide import LEAD, look, on
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up

INTERVALS = "/timer Track: 4x20/10, no warm-up, no cool-down"
SECONDS = 4 * 20 + 3 * 10


async def ready(coach: BotHarness) -> Person:
    """Return somebody whose plan has walk–jogs today."""
    ann = await set_up(coach)
    await coach.jump()
    await ann.says("/today")
    return ann


async def extras(coach: BotHarness) -> list[ExtraSession]:
    return await coach.running.db.run(lambda session: list(session.exec(select(ExtraSession)).all()))


async def today_is(coach: BotHarness) -> TrainingSession:
    today = coach.clock.now.date()
    return await coach.running.db.run(
        lambda session: session.exec(select(TrainingSession).where(col(TrainingSession.day) == today)).one()
    )


async def stopped_after(coach: BotHarness, ann: Person, seconds: int) -> None:
    await ann.says(INTERVALS)
    await ann.presses("guide_live")
    await on(coach, LEAD + seconds)
    await ann.presses("live_stop")


async def test_the_end_asks_for_the_effort_and_logs_beside_the_plan(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says(INTERVALS)
    await ann.presses("guide_live")
    await on(coach, LEAD + SECONDS + 1)
    assert ann.sees.shows("guide/ended", "All done: track", "on top of your plan", logs=True)
    assert await extras(coach) == []
    assert (await ann.presses("7")).shows("guide/extra", "Track, 4 rounds, 2 min, effort 7", "stays as it is")
    (logged,) = await extras(coach)
    assert (logged.kind, logged.rounds, logged.rounds_done, logged.effort) == ("interval", 4, 4, 7)
    assert logged.day == coach.clock.now.date()
    assert (await today_is(coach)).status == "planned"


async def test_a_stop_logs_the_rounds_that_were_done_once_whatever_is_pressed(coach: BotHarness) -> None:
    ann = await ready(coach)
    await stopped_after(coach, ann, 20 + 10 + 20 + 5)
    assert ann.sees.shows("guide/ended", "2 of 4 rounds", logs=True)
    page = ann.user.last
    await ann.presses("8")
    assert ann.sees.shows("guide/extra", "2 of 4 rounds, 1 min, effort 8")
    again = next(button["callback_data"] for button in page.buttons if button["text"] == "6")
    ann.user.press_data(again, page)
    await coach.settle()
    assert [(each.rounds_done, each.effort) for each in await extras(coach)] == [(2, 6)]


async def test_a_stop_before_the_first_round_is_done_logs_nothing(coach: BotHarness) -> None:
    ann = await ready(coach)
    await stopped_after(coach, ann, 15)
    assert ann.sees.shows("guide/ended", "I haven't logged anything", logs=False)
    assert "7" not in ann.buttons
    await ann.says("done, it was a 6")
    assert (await extras(coach), (await today_is(coach)).status) == ([], "done")


async def test_done_in_words_means_them_and_the_next_one_the_plan(coach: BotHarness) -> None:
    ann = await ready(coach)
    await stopped_after(coach, ann, SECONDS - 5)
    assert (await ann.says("done, it was a 6")).shows("guide/extra", "3 of 4 rounds", "effort 6")
    assert (await today_is(coach)).status == "planned"
    assert (await ann.says("done, it was a 5")).template == "requests/done"
    assert (await today_is(coach)).status == "done"
    assert len(await extras(coach)) == 1


async def test_they_count_as_the_planned_session_only_where_that_is_pressed(coach: BotHarness) -> None:
    ann = await ready(coach)
    await stopped_after(coach, ann, SECONDS - 5)
    await ann.presses("7")
    assert (await ann.presses("extra_counts")).shows("guide/extra", "don't have to do that one", "effort 7")
    session = await today_is(coach)
    assert (session.status, session.effort, session.minutes_done) == ("done", 7, 2)
    assert not ann.offers("extra_counts")
    assert "On top of your plan" not in await ann.says("/progress")
    await ann.says("undo")
    assert (await today_is(coach)).status == "planned"
    assert "On top of your plan, you did 1 session of your own, 3 rounds" in await ann.says("/progress")


async def test_undo_by_button_and_by_words_takes_them_out(coach: BotHarness) -> None:
    ann = await ready(coach)
    await stopped_after(coach, ann, SECONDS - 5)
    await ann.presses("7")
    assert (await ann.presses("undo")).shows("guide/extra_dropped", "Track")
    assert await extras(coach) == []
    await stopped_after(coach, ann, SECONDS - 5)
    await ann.presses("7")
    coach.clock.forward(minutes=1)
    assert (await ann.says("undo")).shows("guide/extra_dropped", "Track")
    assert await extras(coach) == []


async def test_done_under_the_track_logs_all_rounds_until_fewer_are_said(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says(INTERVALS)
    track = ann.user.last
    assert (await ann.presses("done")).shows("guide/extra", "Track, 4 rounds, 2 min", "How hard was it?")
    assert (await ann.presses("6")).shows("guide/extra", "4 rounds, 2 min, effort 6")
    assert (await ann.presses("extra_fewer")).template == "guide/extra_rounds"
    assert (await ann.presses("3")).shows("guide/extra", "3 of 4 rounds, effort 6")
    data = next(button["callback_data"] for button in track.buttons if button["text"] == coach.labels["done"])
    ann.user.press_data(data, track)
    await coach.settle()
    assert ann.toast.template == "today/already"
    assert [(each.rounds_done, each.minutes_done, each.effort) for each in await extras(coach)] == [(3, None, 6)]
    assert (await today_is(coach)).status == "planned"
    coach.clock.forward(hours=1)
    ann.user.press_data(data, track)
    await coach.settle()
    assert len(await extras(coach)) == 2, "another time is another one"


async def test_done_under_the_track_stops_the_guide_in_the_chat_and_logs_what_it_counted(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says(INTERVALS)
    track = ann.user.last
    data = next(button["callback_data"] for button in track.buttons if button["text"] == coach.labels["done"])
    await ann.presses("guide_live")
    await on(coach, LEAD + 20 + 10 + 5)
    ann.user.press_data(data, track)
    await coach.settle()
    assert ann.sees.shows("guide/ended", "1 of 4 rounds", logs=True)
    ann.user.press_data(data, track)
    await coach.settle()
    assert ann.sees.shows("guide/extra", "1 of 4 rounds")
    assert [each.rounds_done for each in await extras(coach)] == [1]


async def test_done_in_words_after_the_track_asks_which_was_meant(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says(INTERVALS)
    coach.clock.forward(seconds=SECONDS)
    assert (await ann.says("done")).template == "guide/extra_which"
    assert {"Track", "Walk–jog intervals"} <= set(ann.buttons)
    assert (await today_is(coach)).status == "planned"
    assert (await ann.presses("Track")).shows("guide/extra", "4 rounds")
    assert (await today_is(coach)).status == "planned"


async def test_done_after_the_session_was_shown_means_that(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says(INTERVALS)
    coach.clock.forward(seconds=SECONDS)
    await ann.says("/today")
    assert (await ann.says("done")).template == "requests/done"
    assert (await extras(coach), (await today_is(coach)).status) == ([], "done")


async def test_done_long_after_the_track_means_the_plan(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says(INTERVALS)
    coach.clock.forward(minutes=40)
    assert (await ann.says("done")).template == "requests/done"
    assert (await extras(coach), (await today_is(coach)).status) == ([], "done")


async def test_pain_or_a_red_flag_stops_them_and_what_was_done_can_still_be_logged(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says(INTERVALS)
    track = ann.user.last
    await ann.presses("guide_live")
    await on(coach, LEAD + 20 + 10 + 5)
    await ann.says("my calf hurts 3 out of 10")
    assert any(coach.rendered.said(message.text).template == "guide/halted" for message in ann.user.received)
    await on(coach, 60)
    data = next(button["callback_data"] for button in track.buttons if button["text"] == coach.labels["done"])
    ann.user.press_data(data, track)
    await coach.settle()
    assert ann.sees.shows("guide/extra", "1 of 4 rounds, 1 min")
    assert (await today_is(coach)).status == "planned"
    bob = await set_up(coach, person=coach.person(2, "Bob"))
    await bob.says(INTERVALS)
    await bob.presses("guide_live")
    coach.clock.forward(seconds=LEAD + 25)
    await look(coach)
    await bob.says("I have chest pain")
    assert any(coach.rendered.said(message.text).template == "guide/halted" for message in bob.user.received)
    assert [each.user_id for each in await extras(coach)] == [1]


async def test_a_hard_session_on_the_next_day_is_spoken_of(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("move my sprints to tomorrow")
    await stopped_after(coach, ann, SECONDS - 5)
    assert (await ann.presses("7")).shows("guide/extra", "a hard one too: sprint intervals. Two hard days in a row")


async def test_they_are_in_progress_goals_export_and_gone_with_delete(coach: BotHarness) -> None:
    ann = await ready(coach)
    await ann.says("my goal is 20 sessions in 8 weeks")
    await stopped_after(coach, ann, SECONDS - 5)
    await ann.presses("7")
    assert "1 session of your own, 3 rounds in all" in await ann.says("/progress")
    goal = await coach.running.db.run(lambda session: number_goals.standings(session, [1])[1][GoalKind.SESSIONS])
    assert goal.now == 1
    handed_out = await coach.running.db.run(lambda session: person_data.gather(session, 1))
    assert [(each["title"], each["rounds_done"]) for each in handed_out["extra_session"]] == [("Track", 3)]
    assert "Your own intervals and how they went" in await ann.says("/privacy")
    await ann.says("/delete")
    await ann.presses("erase")
    assert await extras(coach) == []


async def test_buttons_of_somebody_else_or_out_of_range_are_old(coach: BotHarness) -> None:
    ann = await ready(coach)
    await stopped_after(coach, ann, SECONDS - 5)
    await ann.presses("7")
    (logged,) = await extras(coach)
    bob = coach.person(2, "Bob")
    await bob.says("/start")
    for data in (f"extra-rate:{logged.id}:3", f"extra-drop:{logged.id}", f"own-done:{logged.guide}:3"):
        bob.user.press_data(data, bob.user.last)
        await coach.settle()
        assert bob.toast.template == "mistakes/old_button"
    for data in (f"extra-rate:{logged.id}:11", f"extra-rounds:{logged.id}:0", f"own-done:{logged.guide}:0"):
        ann.user.press_data(data, ann.user.last)
        await coach.settle()
        assert ann.toast.template == "mistakes/old_button"
    assert [(each.rounds_done, each.effort) for each in await extras(coach)] == [(3, 7)]
