"""Moves and skips that a verb and a day say plainly, and what is taken back or limited in plain words."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from coach.requests import Intent
from content.understanding.meanings import Requests
from db.models import TrainingSession
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of, understood_as

DAY = timedelta(days=1)


async def in_training(coach: BotHarness) -> Person:
    """A person on a Monday with a session; the next ones are on Wednesday and Saturday."""
    ann = await set_up(coach, experience="regular", days="mon wed sat")
    for _ in range(21):
        await ann.says("/today")
        today = coach.clock.now.date()
        if today.isoweekday() == 1 and (await planned(coach, today)) not in {None, RECOVERY}:
            return ann
        coach.clock.forward(days=1)
    raise AssertionError("no such day in three weeks")


async def row_of(coach: BotHarness, day: date) -> TrainingSession | None:
    """The stored session of a day."""

    def read(session: Session) -> TrainingSession | None:
        return session.exec(select(TrainingSession).where(TrainingSession.day == day)).one_or_none()

    return await coach.running.db.run(read)


async def planned(coach: BotHarness, day: date) -> str | None:
    """The stored workout of a day."""
    row = await row_of(coach, day)
    return row.workout if row is not None else None


async def workouts(coach: BotHarness) -> dict[date, tuple[str, str]]:
    """The workout and the status of each stored day."""

    def read(session: Session) -> dict[date, tuple[str, str]]:
        return {row.day: (row.workout, row.status) for row in session.exec(select(TrainingSession))}

    return await coach.running.db.run(read)


@pytest.mark.parametrize(
    "said",
    [
        "ok bin the wednesday one",
        "scrap wednesday's session",
        "too much. drop wednesday this week only",
        "can you take wednesday's out please",
        "lose the wednesday one, i'm at a wedding",
        "nah. axe wednesday, I've a late shift",
    ],
)
async def test_a_session_to_come_is_let_go(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    assert (await ann.says(said)).shows("requests/rest_instead", day=coach.clock.now.date() + 2 * DAY)
    assert (await ann.presses("undo")).template == "requests/undone"


@pytest.mark.parametrize("said", ["should I skip wednesday?", "we skip friday night drinks"])
async def test_nothing_is_let_go_that_is_not_wished(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    before = await workouts(coach)
    await ann.says(said)
    assert await workouts(coach) == before


@pytest.mark.parametrize(
    "said", ["not done monday's, and honestly can't face it. drop it", "missed monday's, forgot about it"]
)
async def test_a_missed_session_is_let_go_and_not_that_day_of_next_week(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    monday = coach.clock.now.date()
    coach.clock.forward(days=1)
    assert (await ann.says(said)).shows("requests/skipped", day=monday)


async def test_a_day_of_rest_to_come_has_nothing_to_skip(coach: BotHarness) -> None:
    ann = await in_training(coach)
    assert (await ann.says("drop tuesday's session")).template == "requests/nothing_to_skip"


@pytest.mark.parametrize(
    "said", ["chuck it on today", "ok stick it in today then", "put it on today please", "pop that one on today"]
)
async def test_a_session_that_was_let_go_is_put_on_today(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    monday = coach.clock.now.date()
    coach.clock.forward(days=1)
    await requests(ann, asked(Intent.SKIP, day=monday))
    assert (await ann.says(said)).shows("requests/moved", skipped=True)
    row = await row_of(coach, coach.clock.now.date())
    assert row is not None
    assert row.workout != RECOVERY


@pytest.mark.parametrize(
    "said", ["so wrecked. move to tomorrow", "no legs today, push it to tomorrow", "bump it to tomorrow"]
)
async def test_todays_session_goes_to_another_day(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    today = coach.clock.now.date()
    shown = await ann.says(said)
    assert shown.template == "requests/moved"
    assert [shown.values[each]["day"] for each in ("moving", "to")] == [today, today + DAY]


async def test_the_day_behind_on_is_where_it_moves(coach: BotHarness) -> None:
    ann = await in_training(coach)
    today = coach.clock.now.date()
    await ann.says("today big order in the workshop, I finish late. Move on thursday")
    shown = await ann.says("sorry, friday I mean")
    assert shown.template == "requests/moved"
    assert [shown.values[each]["day"] for each in ("moving", "to")] == [today, today + 4 * DAY]


@pytest.mark.parametrize(
    "said",
    [
        "I feel better today, can I make up yesterday's now?",
        "could I still catch up on yesterday's",
        "I'd like to do yesterday's session today",
        "let me make up for the one I missed",
    ],
)
async def test_a_missed_session_is_made_up(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    monday = coach.clock.now.date()
    coach.clock.forward(days=1)
    shown = await ann.says(said)
    assert shown.template == "requests/moved"
    assert [shown.values[each]["day"] for each in ("moving", "to")] == [monday, monday + DAY]


@pytest.mark.parametrize(
    "said",
    [
        "Presentation went super!! Now I could do it today after all",
        "they cancelled, so I'm free today",
        "turns out I can do it after all",
    ],
)
@pytest.mark.parametrize("days", [0, 1])
async def test_a_session_moved_away_on_a_day_before_comes_back(coach: BotHarness, said: str, days: int) -> None:
    ann = await in_training(coach)
    monday = coach.clock.now.date()
    coach.clock.forward(days=days)
    await requests(ann, asked(Intent.MOVE, from_day=monday + 2 * DAY, to_day=monday + 3 * DAY))
    coach.clock.forward(days=2 - days)
    shown = await ann.says(said)
    assert shown.template == "requests/moved"
    assert [shown.values[each]["day"] for each in ("moving", "to")] == [monday + 3 * DAY, monday + 2 * DAY]


@pytest.mark.parametrize("said", ["ok so tomorrow normal", "wednesday as usual then", "so friday as planned"])
async def test_a_day_as_usual_is_shown_and_nothing_moves(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "plan/day"
    assert await rows_of(coach, 1) == before


async def test_a_pause_that_is_not_wanted_ends_and_the_session_moves(coach: BotHarness) -> None:
    ann = await in_training(coach)
    await requests(ann, asked(Intent.PAUSE, until=coach.clock.now.date() + 6 * DAY))
    assert (await coach.stored()).paused(coach.clock.now)
    assert (await ann.says("No pause. I do it Tuesday there, she has stairs")).template == "requests/moved"
    assert not (await coach.stored()).paused(coach.clock.now)


@pytest.mark.parametrize("said", ["I didn't ask for a pause", "don't pause me!", "no need for a pause"])
async def test_a_pause_that_is_not_wanted_is_taken_back(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    await requests(ann, asked(Intent.PAUSE, until=coach.clock.now.date() + 6 * DAY))
    assert (await ann.says(said)).template == "requests/undone"
    assert not (await coach.stored()).paused(coach.clock.now)


@pytest.mark.parametrize(
    "said", ["can I do only 15 minutes of it?", "no no I will do. only shorter please, 15 minutes"]
)
async def test_fewer_minutes_behind_a_skip_are_of_today_alone(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    usual = (await coach.stored()).minutes
    await requests(ann, asked(Intent.SKIP))
    assert (await ann.says(said)).shows("requests/short_day", minutes=15, again=True)
    assert (await coach.stored()).minutes == usual
    row = await row_of(coach, coach.clock.now.date())
    assert row is not None
    assert row.status == SessionStatus.PLANNED


@pytest.mark.parametrize(
    "said", ["I walk also 1 hour every day with the dog", "I play football for 90 minutes every sunday"]
)
async def test_what_is_done_besides_is_no_length_of_sessions(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    assert (await ann.says(said)).template not in {"requests/lasting", "requests/shortened"}


@pytest.mark.parametrize("said", ["just for the two weeks mate", "only for ten days", "just for these 3 weeks"])
async def test_a_lasting_change_is_not_made_for_a_while(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    await requests(ann, asked(Intent.EQUIPMENT, add=frozenset({"barbell"})))
    assert (await ann.says(said)).template == "requests/only_lasting"
    assert (await ann.says("yeah go on")).template == "requests/lasting"


@pytest.mark.parametrize("said", ["No, Tuesday instead of Wednesday, my wife has choir", "not wednesday, tuesday"])
async def test_one_of_the_days_that_are_asked_about_is_another(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri sun")
    await requests(ann, asked(Intent.DAYS, days=frozenset({1, 3, 6})))
    assert (await ann.says(said)).shows("requests/lasting", wanted=["1", "2", "6"])
    assert (await ann.says("Yes, that")).template == "profile/saved"
    assert set(map(int, (await coach.stored()).free_days)) == {1, 2, 6}


@pytest.mark.parametrize(
    "said", ["turn it back on, quarter past 8", "ok start them again at 8.15", "bring them back, 8:15"]
)
async def test_reminders_come_again(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    await requests(ann, asked(Intent.REMIND, switch="off"))
    coach.clock.forward(days=1)
    assert (await ann.says(said)).shows("requests/reminders", at="08:15", on=True)


@pytest.mark.parametrize(
    "said", ["Doc says I can walk 10 mins a day but no workouts for 3 weeks", "physio says I can't train for 3 weeks"]
)
async def test_rest_that_was_ordered_is_a_pause(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    assert (await ann.says(said)).template == "pause/paused"
    assert (await coach.stored()).paused(coach.clock.now + 20 * DAY)


async def test_a_little_harder_behind_the_choice_asks_about_the_next_step(coach: BotHarness) -> None:
    ann = await in_training(coach)
    assert (await requests(ann, asked(Intent.HARDER))).template == "requests/dial"
    assert (await requests(ann, asked(Intent.HARDER))).shows("requests/lasting", kind="minutes")


async def test_one_session_moves_this_week_only(coach: BotHarness) -> None:
    ann = await in_training(coach)
    assert (await ann.says("can wednesday's be on thursday instead, this week only")).template == "requests/moved"


@pytest.mark.parametrize(
    "said", ["can i do it on the hotel treadmill", "there's a treadmill at the motel. can I do it on that?"]
)
async def test_a_treadmill_for_once_is_no_new_equipment(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).shows("facts/place", treadmill=True)


@pytest.mark.parametrize(
    "said",
    ["no chance tonight, wednesday works", "can't today. tomorrow would be fine", "no way today, thursday's ok for it"],
)
async def test_todays_session_goes_to_the_day_that_would_do(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    today = coach.clock.now.date()
    shown = await ann.says(said)
    assert shown.template == "requests/moved"
    assert shown.values["moving"]["day"] == today
    assert await planned(coach, today) == RECOVERY, "nothing comes to a day that is refused"


@pytest.mark.parametrize("said", ["no fridays any more", "keep my fridays free please", "I can't do fridays"])
async def test_a_day_that_is_left_out_leaves_the_others_as_they_are(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    assert (await ann.says(said)).shows("requests/lasting", wanted=["1", "3"])


@pytest.mark.parametrize(
    ("said", "days"),
    [("plus sunday", ["1", "3", "5", "7"]), ("without friday", ["1", "3"]), ("no, tue thu", ["2", "4"])],
)
async def test_the_days_that_stand_open_are_amended(coach: BotHarness, said: str, days: list[str]) -> None:
    ann = await set_up(coach, experience="regular", days="tue sat")
    await requests(ann, asked(Intent.DAYS, days=frozenset({1, 3, 5})))
    assert (await ann.says(said)).shows("requests/lasting", wanted=days)


async def test_a_bare_hour_behind_todays_session_is_for_today(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("half 6")).template == "requests/remind_once"


@pytest.mark.parametrize("said", ["I'd rather skip it, you never know with my patients", "bin it"])
async def test_the_session_that_is_spoken_of_is_let_go(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).template == "requests/skipped"


async def test_an_answer_that_was_shown_is_no_session(coach: BotHarness) -> None:
    ann = await in_training(coach)
    await ann.says("Do squats build calves?")
    before = await workouts(coach)
    await ann.says("bin it")
    assert await workouts(coach) == before


async def test_an_absence_moves_nothing(coach: BotHarness) -> None:
    ann = await in_training(coach)
    said = await requests(ann, asked(Intent.SHOW_DAY))
    assert said.template != "requests/moved"
    assert (await ann.says("I'm travelling thursday to saturday")).template != "requests/moved"


async def test_equipment_behind_only_is_there(coach: BotHarness) -> None:
    ann = await set_up(coach, equipment=("dumbbells", "barbell"))
    said = await ann.says("No barbell up there, only dumbbells and a treadmill")
    assert said.shows("requests/lasting", wanted=["dumbbells", "treadmill"])


async def test_the_age_of_a_grandson_is_no_effort(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("I did it. With grandson. He is 6")).shows("requests/done", effort=None)


@pytest.mark.parametrize("said", ["put the sprints on tomorrow", "can sprints be on the day after", "shift my sprints"])
async def test_a_session_is_called_by_its_kind(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    today = coach.clock.now.date()
    coach.clock.forward(days=-1)
    await ann.says("what can I do on a recovery day?")  # nothing of a session was said since
    shown = await understood_as(ann, Requests((asked(Intent.MOVE, to_day=today + DAY),)), said)
    assert shown.template == "requests/moved"
    assert shown.values["moving"]["day"] == today


async def test_a_day_without_training_is_no_pause(coach: BotHarness) -> None:
    ann = await in_training(coach)
    pause = asked(Intent.PAUSE, until=coach.clock.now.date() + 7 * DAY)
    shown = await understood_as(ann, Requests((pause,)), "I don't want to train on wednesday this week")
    assert shown.template == "requests/rest_instead"
    assert not (await coach.stored()).paused(coach.clock.now)


async def test_a_pause_stays_one(coach: BotHarness) -> None:
    ann = await in_training(coach)
    pause = asked(Intent.PAUSE, until=coach.clock.now.date() + 7 * DAY)
    await understood_as(ann, Requests((pause,)), "no training this week, I'm on holiday since wednesday")
    assert (await coach.stored()).paused(coach.clock.now)


@pytest.mark.parametrize(
    "said", ["drop yesterday's, I was ill", "I can't do yesterday's, drop it", "can you scrap yesterday's"]
)
async def test_a_missed_session_that_is_let_go_is_not_made_up(coach: BotHarness, said: str) -> None:
    ann = await in_training(coach)
    monday = coach.clock.now.date()
    coach.clock.forward(days=1)
    skip = asked(Intent.SKIP, day=monday)
    assert (await understood_as(ann, Requests((skip,)), said)).shows("requests/skipped", day=monday)


async def test_what_was_missed_is_asked_and_not_made_up(coach: BotHarness) -> None:
    ann = await in_training(coach)
    coach.clock.forward(days=1)
    before = await workouts(coach)
    await ann.says("i want to know what i missed")
    assert await workouts(coach) == before


async def test_part_of_a_session_skipped_hours_ago_changes_no_setting(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.SKIP))
    coach.clock.forward(hours=2)
    minutes = Requests((asked(Intent.MINUTES, minutes=15),))
    assert (await understood_as(ann, minutes, "can I do only 15 minutes of it?")).shows(
        "requests/short_day", again=True
    )
