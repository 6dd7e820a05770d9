"""While a red flag holds training: what trains waits, by its name; what does not train goes on."""

from datetime import date

import pytest
from sqlmodel import select

from coach.requests import Intent
from db.models import TrainingSession
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of

DVT = "my calf is hot and swollen since the flight"


async def held(coach: BotHarness, *, days: int = 0) -> Person:
    """Set somebody up who trains for some days, and is held then."""
    ann = await set_up(coach)
    for _ in range(days):
        await coach.jump()
        await ann.says("/today")
    assert (await ann.says(DVT)).shows("ask/safety", pauses=True)
    return ann


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Intent.MOVE, "I'd move that for you"),
        (Intent.SKIP, "don't need to skip"),
        (Intent.START, "gladly start"),
        (Intent.EASIER, "easier"),
        (Intent.PAUSE, "paused already"),
        (Intent.PAIN, "Thanks for telling me"),
    ],
)
async def test_what_waits_is_named(coach: BotHarness, intent: Intent, words: str) -> None:
    ann = await held(coach)
    assert (await requests(ann, asked(intent))).shows("pause/not_yet", words, "112", wanted=intent)
    assert ann.offers("cleared_yes")


async def test_what_does_not_train_goes_on(coach: BotHarness) -> None:
    ann = await held(coach)
    assert (await ann.says("I weigh 81.5 kg now")).template == "requests/weight"
    assert (await ann.says("left calf 37.5 cm, right 38")).template == "measure/logged"
    assert (
        await requests(ann, asked(Intent.TARGET, what="girth", number=39.0, by=date(2026, 9, 1)))
    ).template != "pause/not_yet"
    assert "paused" in await requests(ann, asked(Intent.SHOW_WEEK))
    assert (await requests(ann, asked(Intent.REMIND))).template != "pause/not_yet"


async def test_a_session_of_that_day_is_acknowledged_and_not_counted(coach: BotHarness) -> None:
    ann = await held(coach)
    before = await rows_of(coach, 1)
    said = await ann.says("I have completed the session. Twenty-five minutes, and I should call it five out of ten.")
    assert said.shows("requests/done_held", "can't count it", "112")
    assert await rows_of(coach, 1) == before


async def test_a_session_before_that_day_is_logged(coach: BotHarness) -> None:
    ann = await held(coach, days=3)
    now = coach.clock.now.date()
    earlier = await coach.running.db.run(
        lambda session: [row.day for row in session.exec(select(TrainingSession)).all() if row.day < now]
    )
    assert earlier, "some day before had a session"
    outcome = [await requests(ann, asked(Intent.DONE, day=day, effort=5)) for day in earlier]
    assert any(said.template == "requests/done" for said in outcome)
    assert (await ann.says("/today")).template == "pause/not_yet", "still held"


@pytest.mark.parametrize("said", ["May I at least train the other leg?", "can I do squats on the good side then"])
async def test_what_may_be_trained_meanwhile_is_not_mine_to_say(coach: BotHarness, said: str) -> None:
    ann = await held(coach)
    coach.clock.forward(hours=3)
    assert (await ann.says(said)).template == "ask/not_mine_to_say"
