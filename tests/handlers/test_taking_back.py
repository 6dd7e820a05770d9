"""Declining, keeping and putting back: a no drops what was offered, or takes the last change back, and no more."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from coach.profile import PromptKind
from coach.requests import Intent
from content.understanding.meanings import NoAnswer, Requests, SmallTalk
from content.understanding.smalltalk.phrases import SmallTalkKind
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of, understood_as

DAY = timedelta(days=1)


async def regular(coach: BotHarness) -> Person:
    """A person who trains on Monday, Wednesday and Friday, on the Monday of the set-up."""
    return await set_up(coach, experience="regular", days="mon wed fri")


async def person_of(coach: BotHarness) -> Mapping[str, object]:
    """The row of the person."""
    return (await rows_of(coach, 1))["user_account", 1]


async def statuses(coach: BotHarness) -> set[object]:
    """The statuses of the person's sessions."""
    return {row["status"] for (table, _), row in (await rows_of(coach, 1)).items() if table == "training_session"}


@pytest.mark.parametrize(
    "said",
    [
        "turns out I can do it after all",
        "meeting got cancelled so i can train today after all",
        "scratch that, im doing it after all",
        "never mind, the call moved, i'll do today's",
        "the kids are asleep, found half an hour. gonna do it",
    ],
)
async def test_a_skipped_session_is_done_after_all(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asked(Intent.SKIP, reason="time"))).template == "requests/skipped"
    assert (await ann.says(said)).shows("requests/undone", intents=("skip",))
    assert "skipped" not in await statuses(coach)


@pytest.mark.parametrize("said", ["i can't do it after all", "no I won't manage it after all", "I'll do it on friday"])
async def test_what_cannot_be_done_stays_skipped(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asked(Intent.SKIP, reason="time"))).template == "requests/skipped"
    assert (await understood_as(ann, NoAnswer(), said)).template != "requests/undone"


@pytest.mark.parametrize(
    "said", ["no. leave them. I misread", "oh no, leave it, my mistake", "Hmm. No, keep it. I was thinking too fast"]
)
async def test_a_no_with_its_reason_takes_the_last_change_back(coach: BotHarness, said: str) -> None:
    ann = await regular(coach)
    wednesday = coach.clock.now.date() + 2 * DAY
    moved = await requests(ann, asked(Intent.MOVE, from_day=wednesday, to_day=wednesday + DAY))
    assert moved.template == "requests/moved"
    assert (await ann.says(said)).shows("requests/undone", intents=("move",))


@pytest.mark.parametrize("said", ["No, on second thought leave it as it was", "no. leave them. I misread"])
async def test_what_was_logged_is_not_what_is_left(coach: BotHarness, said: str) -> None:
    ann = await regular(coach)
    await requests(ann, asked(Intent.DONE, effort=6))
    logged = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "smalltalk/left"
    assert await rows_of(coach, 1) == logged


@pytest.mark.parametrize(
    "said",
    [
        "Wait, my wife says no. Keep three",
        "Hmm. No, keep it. I was thinking too fast",
        "She says one more is also possible. no no no. forget",
        "that's too much with the kids. leave it",
    ],
)
@pytest.mark.parametrize("beside", [None, PromptKind.EQUIPMENT])
async def test_what_was_asked_is_dropped(coach: BotHarness, said: str, beside: PromptKind | None) -> None:
    ann = await regular(coach)
    if beside is not None:
        await ann.says("/settings")
        await ann.presses("change_equipment")
    assert (await requests(ann, asked(Intent.GOALS, add=frozenset({"sprints"})))).template == "requests/lasting"
    talk = SmallTalk(SmallTalkKind.LIFE) if beside is None else NoAnswer()
    assert (await understood_as(ann, talk, said)).template == "settings/unchanged"
    assert (await person_of(coach))["goals"] == ["calves"]


async def test_a_yes_that_keeps_something_is_no_refusal(coach: BotHarness) -> None:
    ann = await regular(coach)
    await requests(ann, asked(Intent.GOALS, add=frozenset({"sprints"})))
    assert (await understood_as(ann, NoAnswer(), "yes, keep the others")).template != "settings/unchanged"


async def test_a_session_stays_on_the_day_that_was_named_first(coach: BotHarness) -> None:
    ann = await regular(coach)
    monday = coach.clock.now.date()
    moved = await requests(ann, asked(Intent.MOVE, from_day=monday + 2 * DAY, to_day=monday + 5 * DAY))
    assert moved.template == "requests/moved"
    moved = await understood_as(ann, Requests((asked(Intent.SKIP, day=monday + 3 * DAY),)), "ok leave thursday")
    assert moved.template == "requests/moved"
    assert moved.values["to"] == {"day": monday + 3 * DAY, "days_off": 3}


async def test_a_doubt_that_ends_in_leave_it_changes_nothing(coach: BotHarness) -> None:
    ann = await regular(coach)
    await requests(ann, asked(Intent.DONE, effort=6))
    logged = await rows_of(coach, 1)
    assert (await ann.says("4.5 or 4.8, I'm not sure. Leave it")).template == "smalltalk/left"
    assert await rows_of(coach, 1) == logged


async def test_a_new_time_says_when_the_training_is_reminded_of(coach: BotHarness) -> None:
    ann = await regular(coach)
    await requests(ann, asked(Intent.SKIP, reason="time"))
    said = await ann.says("reminders at 18:00 please")
    assert said.template == "requests/reminders"
    assert "at 18:00" in said.split("Next:")[1]
