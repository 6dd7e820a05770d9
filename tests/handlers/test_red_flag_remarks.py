"""Remarks of people about a red flag: that it is not theirs, that they only ask, that it has passed, whom to call."""

import pytest

from db.models import User
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import rows_of

SPRAIN = "twisted the ankle, it's swollen and black and blue"
CHEST = "I have chest pain when I run"
DENIALS = [
    "no no not me, I'm fine! she's ringing the doctor now",
    "ok nothing like that here, legs are fine",
    "that was about my friend",
    "i was only asking",
    "it's not me",
    "you misunderstood, I just wanted to know",
    "No, I meant my wife. I'm perfectly well.",
    "false alarm, none of that applies",
]


async def stored(coach: BotHarness) -> User:
    found = await coach.running.db.run(lambda session: session.get(User, 1))
    assert found is not None
    return found


async def is_held(coach: BotHarness) -> bool:
    return (await stored(coach)).pause_reason == "safety"


async def warned(coach: BotHarness, text: str) -> Person:
    """Set somebody up who writes this, and has training held for it."""
    ann = await set_up(coach)
    assert (await ann.says(text)).shows("ask/safety", pauses=True)
    assert await is_held(coach)
    return ann


@pytest.mark.parametrize("denial", DENIALS)
async def test_a_misreading_is_lifted_in_words(coach: BotHarness, denial: str) -> None:
    ann = await warned(coach, SPRAIN)
    assert (await ann.says(denial)).template == "ask/not_meant"
    assert not await is_held(coach)
    assert (await ann.says("/today")).template != "pause/not_yet"


async def test_it_is_lifted_behind_another_message_too(coach: BotHarness) -> None:
    ann = await warned(coach, SPRAIN)
    await ann.says("what's my week?")
    assert (await ann.says("that was about my friend, by the way")).template == "ask/not_meant"
    assert not await is_held(coach)


async def test_an_hour_later_words_lift_nothing(coach: BotHarness) -> None:
    ann = await warned(coach, SPRAIN)
    coach.clock.forward(hours=1)
    assert (await ann.says("i was only asking")).template != "ask/not_meant"
    assert await is_held(coach)


@pytest.mark.parametrize("denial", DENIALS[1:6])
async def test_an_emergency_of_ones_own_is_not_taken_back_by_words(coach: BotHarness, denial: str) -> None:
    ann = await warned(coach, CHEST)
    said = await ann.says(denial)
    assert said.shows("ask/still_held", "112", eased=False, offered=True)
    assert await is_held(coach)
    assert (await ann.presses("not_meant")).template == "ask/not_meant"
    assert not await is_held(coach)


async def test_a_second_red_flag_is_not_taken_back_at_all(coach: BotHarness) -> None:
    ann = await warned(coach, CHEST)
    await ann.says(SPRAIN)
    assert (await ann.says("it's not me")).shows("ask/still_held", eased=False, offered=False)
    assert not ann.offers("not_meant")
    assert await is_held(coach)


@pytest.mark.parametrize(
    "text",
    [
        "whit wid it feel like if it went snap",
        "How can you tell that a calf is torn?",
        "what does an Achilles rupture feel like",
        "how would I even know if my Achilles snapped",
        "had a runner in tonight, 34, calf like a balloon, clot. got me thinking, how would i even know if it was me",
        "what would the signs of a clot be, so I know for next time?",
    ],
)
async def test_who_only_asks_keeps_the_plan(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    await ann.says(text)
    assert not await is_held(coach)
    assert "Your week" in await ann.says("/plan")


@pytest.mark.parametrize(
    "text",
    [
        "my calf is swollen and hot since the flight, how can you tell if it's a clot?",
        "how do I know if I've torn my Achilles? heard a pop an hour ago and can't push off",
        "I felt a pop in my calf. what does a rupture feel like?",
    ],
)
async def test_who_asks_about_what_has_happened_is_held(coach: BotHarness, text: str) -> None:
    await warned(coach, text)


async def test_who_asks_is_held_by_a_yes(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("what would it feel like if my achilles snapped")).shows(
        "ask/safety", "just asking", asks=True
    )
    assert (await ann.says("yes")).shows("ask/safety", pauses=True)
    assert await is_held(coach)


@pytest.mark.parametrize("said", ["no", "no no, not me", "just curious", "it's about a friend of mine"])
async def test_who_asks_is_left_alone_by_a_no(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    await ann.says("My late father had a thrombosis in his leg, you see.")
    assert (await ann.says(said)).template == "ask/not_yours"
    assert not await is_held(coach)


@pytest.mark.parametrize(
    "said",
    [
        "Very well, I shall ring the doctor.",
        "ok, calling an ambulance",
        "I'm off to A&E",
        "wife is driving me to hospital now",
    ],
)
async def test_who_sees_to_it_is_answered_in_earnest(coach: BotHarness, said: str) -> None:
    ann = await warned(coach, CHEST)
    assert (await ann.says(said)).shows("ask/will_call", "112", held=True)
    assert await is_held(coach)


@pytest.mark.parametrize(
    "said",
    [
        "It has quite gone now, so I thought I might finish the rest this afternoon.",
        "it's gone, feels fine now",
        "it went away when I stopped, I'll carry on",
        "cmon dont shut me down i got a meet",
        "it passed, I'll be fine, just let me finish",
        "it's probably just the round, I'll do tonight's and see",
    ],
)
async def test_what_has_passed_is_still_to_be_seen(coach: BotHarness, said: str) -> None:
    ann = await warned(coach, CHEST)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).shows("ask/still_held", "112", eased=True)
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Who do I call here in Berlin?", "112"),
        ("what number do I ring?", "112"),
        ("I'm in London, who do I call", "999"),
        ("which number is the ambulance in New York", "911"),
        ("whom should I phone here", "112"),
    ],
)
async def test_whom_to_call(coach: BotHarness, said: str, number: str) -> None:
    ann = await warned(coach, CHEST)
    assert (await ann.says(said)).shows("ask/emergency_number", number, number=number)


async def test_a_second_warning_under_a_hold_is_told_from_oneself(coach: BotHarness) -> None:
    ann = await warned(coach, CHEST)
    await ann.says("had a patient in tonight, calf like a balloon, hot and red, a clot")
    assert (await ann.says("ok nothing like that here, legs are fine")).shows("ask/not_yours", held=True)
    assert await is_held(coach)


async def test_where_no_number_is_certain_none_is_named(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says(CHEST)
    assert (await ann.says("who do I call?")).shows("ask/emergency_number", "112, 911, 999", number=None)


async def test_the_own_number_stands_first(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "emergency number now (112, or the local number if you're abroad)" in await ann.says(CHEST)
    assert "112, 911, 999 or your local number" in await coach.person(2, "Bo").says(CHEST)


CLEARED = [
    "The cardiologist has done an ECG and a treadmill test and says my heart is sound and I may exercise. "
    "How do I take it up again?",
    "got the all clear from the hospital",
    "my GP signed me off as fit, can we start",
    "A&E discharged me, nothing wrong, they said",
    "physio cleared me to run",
    "the consultant is happy for me to train",
    "The nurse says it's fine to run",
    "scan was clear, no clot",
    "CLEARED. lets get it",
]


@pytest.mark.parametrize("said", CLEARED)
async def test_who_was_seen_is_asked_whether_they_may_train(coach: BotHarness, said: str) -> None:
    ann = await warned(coach, CHEST)
    coach.clock.forward(days=4)
    assert (await ann.says(said)).template == "pause/cleared"
    assert await is_held(coach), "it is asked, not taken"
    assert (await ann.presses("cleared_yes")).template == "pause/went_on"
    assert not await is_held(coach)


@pytest.mark.parametrize(
    "said",
    [
        "the doctor hasn't cleared me yet",
        "the hospital discharged me but the chest pain happened again",
        "cardiologist appointment is tomorrow",
    ],
)
async def test_who_was_not_cleared_is_not_asked(coach: BotHarness, said: str) -> None:
    ann = await warned(coach, CHEST)
    assert (await ann.says(said)).template != "pause/cleared"
    assert await is_held(coach)


@pytest.mark.parametrize(
    "said", ["it's only a pulled muscle. how do I stretch it", "how can you tell it's no cramp", "show me calf raises"]
)
async def test_right_behind_a_red_flag_the_body_waits_to_be_seen(coach: BotHarness, said: str) -> None:
    ann = await warned(coach, SPRAIN)
    assert (await ann.says(said)).template == "ask/see_first"
    assert await is_held(coach)


async def test_other_questions_are_answered_behind_a_red_flag(coach: BotHarness) -> None:
    ann = await warned(coach, SPRAIN)
    assert (await ann.says("how much protein do I need?")).template != "ask/see_first"


@pytest.mark.parametrize(
    "text",
    ["It was only short. May I do the remaining half in the evening?", "can I still do the calf raises though",
     "is it ok to cycle to work with it", "what about a gentle walk"],
)  # fmt: skip
async def test_whether_to_train_is_left_to_who_sees_them(coach: BotHarness, text: str) -> None:
    ann = await warned(coach, CHEST)
    assert (await ann.says(text)).template == "ask/not_mine_to_say"
    assert await is_held(coach)


async def test_leave_is_left_to_them_days_later_too(coach: BotHarness) -> None:
    ann = await warned(coach, CHEST)
    coach.clock.forward(days=2)
    assert (await ann.says("Can I at least walk to the market?")).template == "ask/not_mine_to_say"


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Very well. My daughter is driving me to the polyclinic.", "ask/will_call"),
        ("my wife is furious with me", "ask/care_first"),
        ("my aunt keeps phoning about it", "ask/care_first"),
    ],
)
async def test_what_is_told_right_behind_it_gets_care(coach: BotHarness, text: str, template: str) -> None:
    ann = await warned(coach, CHEST)
    assert (await ann.says(text)).template == template
    assert await is_held(coach)


async def test_other_questions_are_answered_meanwhile(coach: BotHarness) -> None:
    ann = await warned(coach, CHEST)
    assert (await ann.says("which shoes are best for running?")).template == "faq/entry"
