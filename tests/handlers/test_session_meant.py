"""Sessions that are meant where none is named, and changes that are to be as they were."""

from datetime import date, time

import pytest
from sqlmodel import Session, select

from coach.profile import SessionStatus
from coach.requests import Intent
from db.models import TrainingSession
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)


async def of_day(coach: BotHarness, day: date) -> TrainingSession:
    """The stored session of a day."""

    def read(session: Session) -> TrainingSession:
        return session.exec(select(TrainingSession).where(TrainingSession.day == day)).one()

    return await coach.running.db.run(read)


@pytest.mark.parametrize(
    "said", ["wait that's the dentist. leave it where it was", "hmm no, keep it as it was", "just keep it where it was"]
)
async def test_a_move_is_taken_back_by_words_for_how_it_was(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    today = coach.clock.now.date()
    before = await rows_of(coach, 1)
    assert (await ann.says("can I do it tomorrow instead")).shows("requests/moved")
    assert (await ann.says(said)).template == "requests/undone"
    assert {key: row for key, row in (await rows_of(coach, 1)).items() if row.get("day") == today} == {
        key: row for key, row in before.items() if row.get("day") == today
    }


async def test_today_stays_today_where_only_the_hour_changes(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    said = await requests(ann, asked(Intent.MOVE, to_day=coach.clock.now.date()))
    assert said.template == "requests/stands_already"
    assert await rows_of(coach, 1) == before
    assert ann.offers("later")


@pytest.mark.parametrize(
    ("said", "at"), [("pm obviously lol", time(19)), ("no, in the evening", time(19)), ("pm!", time(19))]
)
async def test_the_other_half_of_the_day_corrects_a_reminder(coach: BotHarness, said: str, at: time) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.REMIND, at=time(7, 30)))
    assert (await ann.says(said)).shows("requests/reminders", at=f"{at.hour}:30")


async def test_an_hour_that_does_not_suit_is_not_set(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("remind me at 9, 5am is too early")).shows("requests/reminders", at="09:00")


@pytest.mark.parametrize(
    ("said", "effort"),
    [
        ("did it. yours was a 7, training was a 9", 7),
        ("done. for me it was a 4, for her it was an 8", 4),
        ("all done. the club said 9, for me a 6", 6),
    ],
)
async def test_ones_own_effort_is_logged(coach: BotHarness, said: str, effort: int) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).shows("requests/done", effort=effort)


async def test_a_part_of_a_session_is_logged_in_minutes(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("done, did 20 of it, a 6")).shows("requests/done", minutes=20, effort=6)


async def test_the_first_minutes_are_not_the_length(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    said = await ann.says("did it, felt like a 6. legs like lead for the first ten minutes though")
    assert said.shows("requests/done", minutes=None, effort=6)


async def test_minutes_are_corrected_in_a_clause(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE, minutes=40, effort=6))
    assert (await ann.says("sorry it was 45 mins, watch was paused")).shows("requests/done", minutes=45, effort=6)
    row = await of_day(coach, coach.clock.now.date())
    assert (row.status, row.minutes_done, row.effort) == (SessionStatus.DONE, 45, 6)


async def test_a_day_is_added_to_those_there_are(coach: BotHarness) -> None:
    ann = await set_up(coach, days="mon wed fri")
    assert (await ann.says("can we add sunday from now on?")).shows("requests/lasting", wanted=["1", "3", "5", "7"])


@pytest.mark.parametrize("said", ["actually leave it, training with the lads at 8", "leave it then. 4 is fine"])
async def test_words_behind_leave_it_change_nothing(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "smalltalk/left"
    assert await rows_of(coach, 1) == before
