"""Statements about a day's session: done, skipped, moved, what hurts; carried out, shown, and undone."""

from datetime import date, timedelta

import pytest

from coach.requests import Intent
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of

DAY = timedelta(days=1)


def today(coach: BotHarness) -> date:
    """The date in Berlin on the clock of the tests, which never stands near midnight."""
    return coach.clock.now.date()


async def trains_today(coach: BotHarness) -> Person:
    """A person on the morning of a session that is no rest."""
    ann = await set_up(coach)
    for _ in range(8):
        await ann.says("/today")
        if "Done" in ann.buttons or "Start" in ann.buttons:
            return ann
        coach.clock.forward(days=1)
    raise AssertionError("no session in a week")


async def test_a_session_is_logged_with_its_effort_and_minutes(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    said = await requests(ann, asked(Intent.DONE, effort=7, minutes=26))
    assert said.shows("requests/done", "today's", "26 min", "effort 7")
    assert ann.buttons == ["Undo", "Change"]
    assert "effort 7" in await ann.says("/today")


async def test_without_an_effort_it_is_asked_for(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    assert (await requests(ann, asked(Intent.DONE))).shows("requests/done", "How hard", effort=False)
    assert (await ann.presses("number", number=6)).template == "today/rated"


async def test_undo_opens_it_again_once(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    before = await rows_of(coach, 1)
    await requests(ann, asked(Intent.DONE, effort=9))
    message = ann.user.last
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before
    undo = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    ann.user.press_data(undo, message)
    await coach.settle()
    assert "nothing to undo" in ann.user.toasts[-1]
    assert await rows_of(coach, 1) == before


async def test_undo_in_words_takes_back_the_last_change_alone(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await requests(ann, asked(Intent.UNITS, units="lb"))
    between = await rows_of(coach, 1)
    await requests(ann, asked(Intent.SKIP, reason="weather"))
    assert (await requests(ann, asked(Intent.UNDO))).shows("requests/undone", "the skip")
    assert await rows_of(coach, 1) == between
    assert (await requests(ann, asked(Intent.UNDO))).template == "requests/nothing_to_undo"


async def test_undo_in_words_takes_back_a_button_too(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await ann.presses("skip")
    assert (await requests(ann, asked(Intent.UNDO))).template == "requests/unmarked"
    assert "skipped" not in await ann.says("/today")


async def test_undo_leaves_what_was_said_since(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await requests(ann, asked(Intent.WEIGHT, kg=73.0))
    undo = ann.user.last
    await ann.says("/weight 80 kg")
    await ann.user.press("Undo", undo)
    await coach.settle()
    assert "80 kg" in await ann.says("/weight")


async def test_a_change_of_yesterday_is_undone_no_more(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await requests(ann, asked(Intent.UNITS, units="lb"))
    coach.clock.forward(hours=25)
    assert (await requests(ann, asked(Intent.UNDO))).template == "requests/nothing_to_undo"


async def test_yesterdays_session_is_logged_and_named(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    day = today(coach)
    coach.clock.forward(days=1)
    said = await requests(ann, asked(Intent.DONE, day=day, effort=5))
    assert said.shows("requests/done", "yesterday's", "effort 5")


async def test_on_a_rest_day_the_open_sessions_are_offered(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    for _ in range(7):
        coach.clock.forward(days=1)
        await ann.says("/today")
        if "I rested" in ann.buttons:
            break
    said = await requests(ann, asked(Intent.DONE, effort=6))
    assert said.shows("requests/nothing_there", "rest day", intent="done", others=True)
    assert (await ann.presses(ann.buttons[0])).shows("requests/done", "effort 6")


async def test_a_day_to_come_is_not_logged(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    before = await rows_of(coach, 1)
    said = await requests(ann, asked(Intent.DONE, day=today(coach) + DAY))
    assert said.shows("requests/nothing_there", "is still to come")
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("reason", ["time", "tired", "hurts", "sick", "weather", "other"])
async def test_a_session_is_skipped_with_its_reason(coach: BotHarness, reason: str) -> None:
    ann = await trains_today(coach)
    before = await rows_of(coach, 1)
    assert (await requests(ann, asked(Intent.SKIP, reason=reason))).shows("requests/skipped", reason=reason)
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_without_a_reason_it_is_asked_for_and_not_needed(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    assert (await requests(ann, asked(Intent.SKIP))).shows("requests/skipped", reason=False)
    assert (await ann.presses("because_weather")).template == "today/skipped_weather"


async def test_what_is_done_is_not_skipped_by_words(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await requests(ann, asked(Intent.DONE, effort=5))
    before = await rows_of(coach, 1)
    assert (await requests(ann, asked(Intent.SKIP))).template == "requests/skip_done"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(("level", "gate"), [(1, "go"), (3, "reduce"), (7, "swap")])
async def test_pain_before_a_session_goes_through_its_gate(coach: BotHarness, level: int, gate: str) -> None:
    ann = await trains_today(coach)
    before = await rows_of(coach, 1)
    assert (await requests(ann, asked(Intent.PAIN, level=level))).shows("requests/pain", f"pain {level}", gate=gate)
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_pain_without_a_number_is_asked_for(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    assert (await requests(ann, asked(Intent.PAIN))).template == "today/pain"


async def test_pain_after_a_session_makes_the_week_lighter(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await requests(ann, asked(Intent.DONE, effort=5), asked(Intent.PAIN, level=6))
    assert ann.sees.shows("requests/several", "Logged", "pain 6")
    assert (await ann.says("/plan")).shows("plan/week", note="pain-stopped")


async def moved(coach: BotHarness, ann: Person) -> tuple[date, date]:
    """A session of this week, and a day that it can change places with, by the buttons of the week."""
    for ahead in range(1, 7):
        day = today(coach) + ahead * DAY
        said = await requests(ann, asked(Intent.MOVE, from_day=day))
        if said.template == "plan/move" and said.values["places"]:
            markup = ann.user.last["reply_markup"]["inline_keyboard"]
            return day, date.fromisoformat(markup[0][0]["callback_data"].rpartition(":")[2])
    raise AssertionError("nothing can move")


async def test_a_session_moves_and_comes_back(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", goals="calves and sprints")
    day, to = await moved(coach, ann)
    before = await rows_of(coach, 1)
    assert (await requests(ann, asked(Intent.MOVE, from_day=day, to_day=to))).template == "requests/moved"
    assert await rows_of(coach, 1) != before
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_which_session_moves_is_asked(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")
    said = await requests(ann, asked(Intent.MOVE, to_day=today(coach) + 3 * DAY))
    assert said.template == "requests/move_which"
    assert len(ann.buttons) > 1


async def test_no_session_moves_into_another_week(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular")
    day, _ = await moved(coach, ann)
    before = await rows_of(coach, 1)
    said = await requests(ann, asked(Intent.MOVE, from_day=day, to_day=day + 7 * DAY))
    assert said.shows("requests/move_not", "within a week")
    assert await rows_of(coach, 1) == before


async def test_what_comes_first_is_done_and_the_rest_left_open_by_a_question(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    received = len(ann.user.received)
    said = await requests(
        ann,
        asked(Intent.DONE, effort=8),
        asked(Intent.DAYS, days=frozenset({1, 3, 5})),
        asked(Intent.UNITS, units="lb"),
    )
    assert said.shows("requests/left_open", left=1)
    texts = [message.text for message in ann.user.received[received:]]
    assert "Logged" in texts[0]
    assert "Mon, Wed and Fri" in texts[1]


async def test_a_mistake_in_the_second_leaves_the_first_done(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    said = await requests(ann, asked(Intent.DONE, effort=6), asked(Intent.WEIGHT, kg=12.0))
    assert said.template == "mistakes/weight_out_of_range"
    assert "effort 6" in await ann.says("/today")


async def test_a_word_of_care_stands_below(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    received = len(ann.user.received)
    said = await requests(ann, asked(Intent.SKIP, reason="sick"), care="conditions")
    assert said.template == "ask/safety"
    assert "Skipped" in ann.user.received[received].text


async def test_nobody_trains_by_words_after_a_red_flag(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await ann.says("my calf is hot and swollen since the flight")
    before = await rows_of(coach, 1)
    for intent in (Intent.SKIP, Intent.MOVE, Intent.PAUSE, Intent.EASIER):
        assert (await requests(ann, asked(intent))).template == "pause/not_yet"
    assert (await requests(ann, asked(Intent.DONE))).template == "requests/done_held"
    assert await rows_of(coach, 1) == before


async def test_without_a_check_there_is_nothing_to_log(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await requests(ann, asked(Intent.DONE, effort=5))).template == "setup/check"


async def test_a_move_says_what_else_it_changes(coach: BotHarness) -> None:
    ann = await set_up(
        coach, goals="calves sprints", experience="experienced", days="mon wed fri", equipment=("step", "dumbbells")
    )
    coach.clock.forward(days=7)
    said = await requests(ann, asked(Intent.MOVE, from_day=today(coach) + 2 * DAY, to_day=today(coach) + 3 * DAY))
    assert said.template == "requests/moved"
    besides = said.values["besides"]
    assert besides, "other days change, too"
    for each in besides:
        shown = await ann.says(f"what is on {each['day']:%A}")
        assert shown.values["workout"].name == each["workout"].name
        assert each["workout"].name.lower() in said.lower()


async def test_a_paused_day_is_called_paused_and_no_rest_day(coach: BotHarness) -> None:
    ann = await trains_today(coach)
    await ann.says("pause everything for two weeks, I'm on holiday")
    said = await requests(ann, asked(Intent.DONE))
    assert said.shows("requests/nothing_there", "paused", paused=True)
    assert "rest day" not in said
    await ann.presses("resume")
    assert not (await ann.says("/today")).shows("today/paused")
