"""/pause for days, until a date or while sick; /resume; and who blocks the bot."""

from unittest.mock import patch

import pytest

from coach.requests import Intent
from content.understanding.meanings import Requests
from db.queries import users
from handlers.questions import private_messages
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up
from tests.support.requests import asked, rows_of


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("10", "Thursday, 12 March"),
        ("until 12 March", "Thursday, 12 March"),
        ("2 weeks", "Monday, 16 March"),
        ("until friday", "Friday, 6 March"),
        ("travelling until 1.4.", "Wednesday, 1 April"),
        ("until 1 Jan 2027", "Friday, 1 January 2027"),
    ],
)
async def test_a_pause_in_words(coach: BotHarness, words: str, until: str) -> None:
    ann = await set_up(coach)
    assert f"Paused until {until}." in await ann.says(f"/pause {words}")
    due = await coach.jump()
    assert until.startswith(f"{due:%A}, {due.day} "), "reminded again on that day"


async def test_a_pause_by_buttons(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("/pause")).template == "pause/how_long"
    assert "Paused until Thursday, 5 March" in await ann.presses("pause_3")
    assert (await ann.presses("resume")).shows("pause/resumed", "Tuesday at 07:00", due=True)
    await ann.says("/pause")
    await ann.presses("pause_until")
    assert (await ann.says("someday")).template == "mistakes/pause_not_understood"
    assert (await ann.says("1 May 2028")).shows("mistakes/pause_too_long", "366")
    assert "Paused until Sunday, 8 March" in await ann.says("sunday")


async def test_a_day_that_is_past_is_no_pause_of_a_year(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("/pause until 2 March")).shows("mistakes/pause_over", "2 March 2026")
    assert "Next reminder" in await ann.says("/remind")
    await ann.says("/pause")
    await ann.presses("pause_until")
    assert (await ann.says("1 March")).shows("mistakes/pause_over", "1 March 2026")
    assert "Paused until Monday, 1 March 2027." in await ann.says("1 March 2027")


async def test_while_sick_until_resumed(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/pause")
    assert "until you're well again" in await ann.presses("pause_sick")
    assert "Reminders are paused" in await ann.says("/remind")
    with pytest.raises(AssertionError, match="nothing is due"):
        await coach.jump()
    coach.clock.forward(days=5)
    assert (await ann.says("/resume")).shows("pause/resumed", was_sick=True)
    heard = len(ann.user.received)
    assert (await coach.jump()).isoformat() == "2026-03-07T11:30:00+00:00"
    assert len(ann.user.received) == heard, "nobody asks where somebody was who was ill"
    assert (await coach.jump()).isoformat() == "2026-03-08T06:00:00+00:00"


CHEST = "I have chest pain when I run"


async def test_a_red_flag_tells_a_newcomer_that_nothing_is_planned(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says(CHEST)).shows("ask/safety", "until you resume", pauses=True, reminded=False)
    assert ann.offers("resume_cleared")
    ready = (await set_up(coach, person=ann)).sees
    assert ready.shows("setup/ready_but_paused", until=False)
    assert "/remind" not in ready
    assert (await ann.presses("resume_cleared")).template == "pause/cleared"
    assert (await ann.presses("cleared_yes")).shows("pause/went_on", check=True)
    await ann.presses("quick_check")
    await ann.presses("check_none")
    assert "min" in await ann.says("/plan")
    assert "Next reminder: Tuesday at 07:00" in await ann.says("/remind")


@pytest.mark.parametrize("flag", [CHEST, "I'm pregnant", "my calf is swollen and hot since the flight"])
async def test_no_careless_tap_ends_what_a_red_flag_stopped(coach: BotHarness, flag: str) -> None:
    ann = await set_up(coach)
    warning = await ann.says(flag)
    asked = await ann.says("/resume")
    assert asked.template == "pause/cleared"
    assert (await ann.presses("cleared_no")).template == "pause/not_yet"
    assert (await ann.says("/pause 3")).template == "pause/not_yet", "a pause that ends by itself is no way out"
    with pytest.raises(AssertionError, match="nothing is due"):
        await coach.jump()
    await ann.says("/resume")
    await ann.presses("cleared_yes")
    assert (await ann.presses("quick_check")).shows("setup/check", part="question", again=True)
    assert (await ann.presses("check_some")).template == "check/no_plan"
    assert warning in [message.text for message in ann.user.received]


async def test_words_that_were_no_red_flag_stop_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach)
    due = (await ann.says("/remind")).values["due"]
    await ann.says(CHEST)
    assert (await ann.presses("not_meant")).template == "ask/not_meant"
    assert (await ann.says("/remind")).values["due"] == due
    assert (await ann.says("/today")).template != "pause/not_yet"


async def test_a_misunderstanding_lifts_no_hold_that_was_there_before(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says(CHEST)
    assert ann.offers("not_meant")
    await ann.says("my calf is swollen and hot since the flight")
    assert not ann.offers("not_meant")
    assert ann.offers("resume_cleared")


async def test_what_makes_a_red_flag_more_urgent_is_said_first(coach: BotHarness) -> None:
    ann = await set_up(coach)
    said = await ann.says("my calf is swollen and hot since the flight, and now I'm coughing blood")
    assert said.shows("ask/safety", "call your emergency number now (112, or the local number")
    assert "paused your reminders" in said


async def test_of_two_red_flags_the_graver_is_answered(coach: BotHarness) -> None:
    ann = await set_up(coach)
    said = await ann.says("my calf is swollen and hot since the flight and I can't breathe")
    assert "call your emergency number now" in said.lower()
    assert "paused your reminders" in said


async def test_a_word_of_care_stops_the_plan_where_help_is_needed_today(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "paused your reminders" not in await ann.says("I have high blood pressure, is this plan safe for me")
    assert "paused your reminders" in await ann.says(
        "I have high blood pressure, 185 over 115, is this plan safe for me"
    )


async def test_what_a_red_flag_stopped_is_not_offered(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("are ankle weights a good idea for running?")
    await ann.says(CHEST)
    assert (await ann.says("/today")).template == "pause/not_yet"
    await ann.user.press(coach.labels["offer_calf_raises"])
    await coach.settle()
    assert ann.sees.template == "pause/not_yet"


@pytest.mark.parametrize(
    "said",
    [
        "Right, so they kept me in overnight, did all the tests, the heart is fine they said, muscle strain "
        "and stress, and the doctor says I may train again, gently. So we're on!",
        "they did all the tests, the doctor says I may train again",
        "doc gave me the all clear",
        "the doctor says I'm fine",
    ],
)
async def test_words_that_may_mean_to_go_on_are_asked_about_and_lift_nothing(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    await ann.says(CHEST)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "pause/cleared"
    assert await rows_of(coach, 1) == before
    assert (await ann.presses("cleared_yes")).template == "pause/went_on"


@pytest.mark.parametrize(
    ("said", "template"),
    [
        ("my chest feels tight again", "ask/safety"),
        ("I weigh 80 kg", "requests/weight"),
        ("why are calves hard to grow", "faq/entry"),
    ],
)
async def test_other_words_while_training_is_held_are_what_they_were(
    coach: BotHarness, said: str, template: str
) -> None:
    ann = await set_up(coach)
    await ann.says(CHEST)
    assert (await ann.says(said)).template == template


async def test_several_requests_while_training_is_held_are_carried_out(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says(CHEST)
    said = "they did all the tests, the doctor says I may train again"
    two = Requests((asked(Intent.WEIGHT, kg=80.0), asked(Intent.UNITS, units="kg")))
    with patch.object(private_messages, "understand", lambda *_words, **_light: two):
        assert (await ann.says(said)).template == "requests/units"
    assert (await rows_of(coach, 1))["user_account", 1]["weight_kg"] == 80.0


async def test_despair_is_no_matter_of_training(coach: BotHarness) -> None:
    ann = await set_up(coach)
    said = await ann.says("I want to kill myself")
    assert "talk to a person now" in said
    assert "training" not in said
    assert ann.offers("resume_tender")
    assert (await ann.presses("resume_tender")).template == "pause/resumed"


async def test_a_set_up_within_a_pause_says_until_when(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/pause 10")
    ready = (await set_up(coach, person=ann)).sees
    assert ready.shows("setup/ready_but_paused", "Thursday, 12 March")
    assert "Resume now" in ann.buttons


async def test_a_red_flag_after_a_pause_that_is_over_says_that_it_pauses(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/pause 3")
    coach.clock.forward(days=5)
    assert (await ann.says(CHEST)).shows("ask/safety", reminded=True, tender=False)
    assert "Resume when I'm cleared" in ann.buttons
    assert "until you resume" in await ann.says(CHEST), "once more, and still true"


async def test_a_pause_that_is_over_is_none(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/pause 3")
    coach.clock.forward(days=5)
    assert "Reminders are off" in await ann.says("/remind off")


async def test_who_blocks_hears_nothing_and_who_returns_is_reminded_again(coach: BotHarness) -> None:
    ann = await set_up(coach)
    calls = len(coach.telegram.calls)
    await ann.user.block()
    await coach.settle()
    coach.clock.forward(days=3)
    await coach.tick()
    assert not [call for call in list(coach.telegram.calls)[calls:] if call.method == "sendMessage"]
    await ann.user.unblock()
    await coach.settle()
    assert (await coach.jump()).isoformat() == "2026-03-06T06:00:00+00:00"
    assert len(ann.buttons) > 1


async def test_who_is_not_known_stays_unknown_when_blocking(coach: BotHarness) -> None:
    bob = coach.person(2, "Bob")
    await bob.user.block()
    await coach.settle()
    assert await coach.running.db.run(lambda session: users.find(session, 2)) is None


async def test_a_fever_pauses_until_the_person_is_well_and_needs_no_doctor(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("woke up shivery, banging head, temp 38.6")).shows("ask/safety", pauses=True)
    assert not ann.offers("resume_cleared")
    assert (await ann.presses("resume_well")).template == "pause/resumed"


async def test_a_death_is_no_trip_to_enjoy(coach: BotHarness) -> None:
    ann = await set_up(coach)
    said = await ann.says("My aunt died, I'm away for the funeral, Thursday to Sunday, no training")
    assert said.values["grieves"] is True
    assert "Enjoy" not in said
