"""A session that was just skipped and is moved after all: the skip is taken back with it, and Undo restores both."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.requests import Intent
from db.models import TrainingSession
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of

DAY = timedelta(days=1)


async def week_of(coach: BotHarness) -> dict[date, tuple[str, str]]:
    """The workout and the status of each stored day."""

    def read(session: Session) -> dict[date, tuple[str, str]]:
        return {row.day: (row.workout, row.status) for row in session.exec(select(TrainingSession))}

    return await coach.running.db.run(read)


async def has_skipped(coach: BotHarness, *, next_rests: bool = True, reason: str | None = "weather") -> Person:
    """A person who has just skipped today's session, before a day of rest or of another session."""
    ann = await set_up(coach, experience="regular")
    for _ in range(21):
        await ann.says("/today")
        stored, now = await week_of(coach), coach.clock.now.date()
        there, then = stored.get(now), stored.get(now + DAY)
        if there and then and now.weekday() < 5 and there[0] != RECOVERY and (then[0] == RECOVERY) is next_rests:
            assert (await requests(ann, asked(Intent.SKIP, reason=reason))).template == "requests/skipped"
            return ann
        coach.clock.forward(days=1)
    raise AssertionError("no such day in three weeks")


@pytest.mark.parametrize("said", ["On reflection, might I do it tomorrow instead?", "acshully i could do it tomorrow"])
async def test_what_was_skipped_is_done_tomorrow_instead(coach: BotHarness, said: str) -> None:
    ann = await has_skipped(coach)
    now, before = coach.clock.now.date(), await rows_of(coach, 1)
    workout, _ = (await week_of(coach))[now]
    assert (await ann.says(said)).shows("requests/moved", "from today to tomorrow", "skipped", skipped=True)
    stored = await week_of(coach)
    assert stored[now] == (RECOVERY, SessionStatus.PLANNED)
    assert stored[now + DAY] == (workout, SessionStatus.PLANNED)
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    ("said", "template"),
    [
        ("sunday then", "requests/moved"),
        ("ok sunday", "requests/moved"),
        ("tmrw then", "requests/moved"),
        ("tomorrow then", "requests/moved"),
    ],
)
async def test_few_words_right_after_the_skip_are_enough(coach: BotHarness, said: str, template: str) -> None:
    ann = await has_skipped(coach)
    assert (await ann.says(said)).template == template


@pytest.mark.parametrize("said", ["busy friday", "what's on tomorrow?", "see you tomorrow", "tomorrow is my birthday"])
async def test_a_day_that_is_named_for_something_else_moves_nothing(coach: BotHarness, said: str) -> None:
    ann = await has_skipped(coach)
    before = await week_of(coach)
    await ann.says(said)
    assert await week_of(coach) == before


async def test_half_an_hour_later_few_words_are_what_they_were(coach: BotHarness) -> None:
    ann = await has_skipped(coach)
    before = await rows_of(coach, 1)
    coach.clock.forward(minutes=31)
    assert (await ann.says("ok sunday")).template == "requests/about_day"
    assert await rows_of(coach, 1) == before


async def test_what_stands_on_the_day_is_named_where_it_goes(coach: BotHarness) -> None:
    ann = await has_skipped(coach, next_rests=False)
    now = coach.clock.now.date()
    said = await requests(ann, asked(Intent.MOVE, from_day=now, to_day=now + DAY))
    assert said.shows("requests/moved", other=True, other_to=True)
    stored = await week_of(coach)
    assert stored[now] == (RECOVERY, SessionStatus.PLANNED)
    assert said.values["other"].slug == stored[said.values["other_to"]["day"]][0]


async def test_a_day_that_was_not_said_is_asked_for_and_changes_nothing_yet(coach: BotHarness) -> None:
    ann = await has_skipped(coach)
    before = await rows_of(coach, 1)
    said = await requests(ann, asked(Intent.MOVE))
    assert said.shows("requests/move_skipped", places=True)
    assert await rows_of(coach, 1) == before
    assert (await ann.presses(ann.buttons[0])).shows("requests/moved", skipped=True)
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_the_day_before_is_moved_too_where_it_was_just_skipped(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")
    await ann.says("/today")
    coach.clock.forward(days=2)  # to Wednesday: sprints stood on Tuesday
    await ann.says("/today")
    now = coach.clock.now.date()
    assert (await week_of(coach))[now - DAY] == ("sprint-intervals", SessionStatus.PLANNED)
    await requests(ann, asked(Intent.SKIP, day=now - DAY, reason="time"))
    before = await rows_of(coach, 1)
    said = await requests(ann, asked(Intent.MOVE, to_day=now + DAY))
    assert said.shows("requests/moved", "from yesterday to tomorrow", skipped=True)
    assert said.values["workout"].slug == "sprint-intervals"
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before


async def test_a_day_that_is_kept_for_an_event_is_named_as_that(coach: BotHarness) -> None:
    ann = await has_skipped(coach)
    now = coach.clock.now.date()
    await requests(ann, asked(Intent.EVENT, day=now + 3 * DAY, what="10 km"))
    said = await requests(ann, asked(Intent.MOVE, from_day=now, to_day=now + 3 * DAY))
    assert said.shows("requests/move_skipped", "it's kept free for your event", why="event")
    assert "Hard sessions" not in said


async def test_it_can_be_done_today_after_all(coach: BotHarness) -> None:
    ann = await has_skipped(coach)
    now, before = coach.clock.now.date(), await rows_of(coach, 1)
    assert (await requests(ann, asked(Intent.MOVE, to_day=now))).template == "requests/unmarked"
    assert (await week_of(coach))[now][1] == SessionStatus.PLANNED
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_pain_stays_said_where_that_is_why_it_was_skipped(coach: BotHarness) -> None:
    ann = await has_skipped(coach, reason="hurts")
    now, before = coach.clock.now.date(), await rows_of(coach, 1)
    said = await requests(ann, asked(Intent.MOVE, to_day=now + DAY))
    assert said.shows("requests/move_skipped", "while something hurts", hurts=True)
    assert await rows_of(coach, 1) == before


async def test_what_is_done_stays_done(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")
    for _ in range(8):
        await ann.says("/today")
        stored, now = await week_of(coach), coach.clock.now.date()
        if now in stored and stored[now][0] != RECOVERY:
            break
        coach.clock.forward(days=1)
    await requests(ann, asked(Intent.DONE, effort=5))
    before = await rows_of(coach, 1)
    said = await requests(ann, asked(Intent.MOVE, from_day=now, to_day=now + DAY))
    assert said.template == "requests/skip_done"
    assert await rows_of(coach, 1) == before
