"""Messages that say two things: each that is sure is done, and a question beside it is answered."""

import pytest
from sqlmodel import Session, select

from coach.profile import SessionStatus
from db.models import TrainingSession, User
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import rows_of


async def logged(coach: BotHarness) -> list[TrainingSession]:
    """The sessions that are done."""

    def read(session: Session) -> list[TrainingSession]:
        return list(session.exec(select(TrainingSession).where(TrainingSession.status == SessionStatus.DONE)))

    return await coach.running.db.run(read)


async def trained(coach: BotHarness) -> list[object]:
    """Rows of the person's training, without what was shown."""
    return [row for (table, _), row in (await rows_of(coach, 1)).items() if table != "user_account"]


async def today_of(coach: BotHarness) -> tuple[str, int | None, int | None]:
    """Status, effort and pain of the session of which something was said."""

    def read(session: Session) -> tuple[str, int | None, int | None]:
        said = select(TrainingSession).where(TrainingSession.status != SessionStatus.PLANNED)
        row = session.exec(said).one()
        return row.status, row.effort, row.pain

    return await coach.running.db.run(read)


@pytest.mark.parametrize(
    ("said", "effort", "pain"),
    [
        ("did the session, effort 6. achilles still 2", 6, 2),
        ("done, 30 min. left calf feels tight 3/10", None, 3),
        ("finished, it was a 7. my knee is a bit sore, 2 out of 10", 7, 2),
    ],
)
async def test_a_pain_is_noted_beside_a_session(coach: BotHarness, said: str, effort: int | None, pain: int) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).template == "requests/several"
    assert await today_of(coach) == (SessionStatus.DONE, effort, pain)


async def test_a_pain_is_noted_beside_a_weight(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("my weight is 80 kg")
    said = await ann.says("i weigh 81 now and my knee is a bit sore, 2 out of 10")
    assert said.template == "requests/several"

    def read(session: Session) -> tuple[float | None, list[int | None]]:
        user = session.exec(select(User)).one()
        return user.weight_kg, [row.pain for row in session.exec(select(TrainingSession)) if row.pain is not None]

    assert await coach.running.db.run(read) == (81, [2])


async def test_legs_that_felt_like_a_seven_do_not_hurt(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("did it, legs felt like 7/10")
    assert await today_of(coach) == (SessionStatus.DONE, 7, None)


@pytest.mark.parametrize(
    "said", ["done. what's tomorrow?", "finished! what's on friday", "did it, a 6. show me next week"]
)
async def test_what_was_done_is_logged_beside_what_is_asked_to_see(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says(said)
    assert (await today_of(coach))[0] == SessionStatus.DONE
    assert ann.sees


async def test_a_skip_is_done_beside_a_week_that_is_shown(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("skip today and show me next week")
    assert (await today_of(coach))[0] == SessionStatus.SKIPPED
    assert ann.sees.template == "plan/week"


async def test_a_skip_is_done_before_a_question_is_answered(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    said = await ann.says("skip today, and why do my calves cramp at night?")
    assert (await today_of(coach))[0] == SessionStatus.SKIPPED
    assert said.template == "faq/entry"


async def test_a_session_is_logged_before_days_that_are_asked_about(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    said = await ann.says(
        "did today's as well, 30 min, a 5. my shifts changed so sundays are out from now on, make it tue thu fri"
    )
    assert (await today_of(coach))[:2] == (SessionStatus.DONE, 5)
    assert said.shows("requests/lasting", wanted=["2", "4", "5"])


async def test_a_remark_behind_a_reminder_is_no_pause(coach: BotHarness) -> None:
    ann = await set_up(coach)
    said = await ann.says("can u remind me at 4pm instead of 6, i sleep till 3 this week")
    assert said.shows("requests/reminders", at="16:00")


async def test_a_yes_is_taken_beside_what_is_asked_to_see(coach: BotHarness) -> None:
    ann = await set_up(coach, equipment=("step",))
    await ann.says("sessions of 20 minutes from now on please")
    assert ann.sees.template == "requests/lasting"
    await ann.says("Yes. And show me next week.")

    def read(session: Session) -> int | None:
        return session.exec(select(User)).one().minutes

    assert await coach.running.db.run(read) == 20
    assert ann.sees.template == "plan/week"


@pytest.mark.parametrize("said", ["6.2k tempo, 31 min, RPE 7", "ran 4k, so hot even inside. felt like 7"])
async def test_what_was_run_and_how_hard_is_no_question(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).template == "requests/done"
    assert (await today_of(coach))[:2] == (SessionStatus.DONE, 7)


async def test_what_is_only_wanted_is_kept_where_another_goal_goes(coach: BotHarness) -> None:
    ann = await set_up(coach, goals="calves legs endurance")
    said = await ann.says("I don't want big calves any more, only strong legs")
    assert said.shows("requests/lasting", wanted=["distance", "legs"])


@pytest.mark.parametrize(
    "said",
    [
        "done. 6. 40 min. calves cramped a bit on the way home, why",
    ],
)
async def test_what_was_done_is_not_lost_before_a_question(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = len(ann.user.received)
    await ann.says(said)
    assert ann.templates(before)[:2] == ["requests/done", "faq/entry"]
    assert [(row.minutes_done, row.effort) for row in await logged(coach)] == [(40, 6)]


async def test_figures_of_what_was_done_are_enough(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("35 min nice and easy. 4. no pain at all")).shows("requests/done", minutes=35, effort=4)


@pytest.mark.parametrize(
    "said", ["Tina says squats will ruin my knees. I've got a dodgy one", "my brother reckons lunges are bad"]
)
async def test_what_somebody_says_of_an_exercise_changes_nothing(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = await trained(coach)
    await ann.says(said)
    assert await trained(coach) == before


async def test_until_when_somebody_is_away_moves_nothing(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await trained(coach)
    await ann.says("in the lorry till friday. can i do that one in a lay-by")
    assert await trained(coach) == before
