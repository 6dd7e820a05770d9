"""A hello gets a hello, and nobody is told that there is no good answer to it."""

from typing import Any

import pytest
from sqlmodel import select

from db.models import Question
from tests.support.bot_harness import BotHarness, Person

GROUP = -100_200_300


async def kept(coach: BotHarness) -> list[Question]:
    return await coach.running.db.run(lambda session: list(session.exec(select(Question)).all()))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hi", "Hello Ann."),
        ("Good morning, coach 🙂", "Hello Ann."),
        ("bye", "See you, Ann."),
        ("ok", "All right."),
        ("👍🏽", "All right."),
        ("yes", "not waiting for an answer"),
        ("who are you?", "a program, not a person"),
        ("are you a bot?", "a program, not a person"),
        ("hello, how are you", "programs don't get sore legs"),
        ("/ask hello", "Hello Ann."),
    ],
)
async def test_small_talk_is_answered_and_not_kept(coach: BotHarness, text: str, said: str) -> None:
    ann = coach.person()
    assert said in await ann.says(text)
    assert len(ann.user.received) == 1
    assert await kept(coach) == []


@pytest.mark.parametrize(
    "text",
    [
        "lol",
        "💪",
        "Ouch. Fair",
        "harsh but true",
        "touché",
        "well, that escalated quickly",
        "A joke. Well, half a joke",
    ],
)
async def test_a_reaction_gets_a_line_and_is_not_kept(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert (await ann.says(text)).shows("smalltalk/reaction", "Ann")
    assert await kept(coach) == []


@pytest.mark.parametrize(
    "text",
    [
        "My wife laughs at my new trainers",
        "We had forty people for lunch yesterday",
        "the cat is asleep in the fruit bowl",
        "I just got told off by a seven year old",
        "power cut here, writing by candle",
    ],
)
async def test_a_remark_is_taken_as_talk(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert (await ann.says(text)).template == "smalltalk/life"
    assert await kept(coach) == []


@pytest.mark.parametrize(
    "text",
    [
        "father died on Tuesday",
        "we buried my aunt this morning",
        "my girl left me on sunday",
        "It's been a horrible month",
    ],
)
async def test_a_grief_gets_a_word_of_sorrow(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert (await ann.says(text)).template == "smalltalk/worried"


@pytest.mark.parametrize(
    "text",
    [
        "No pains, thank you",
        "nah it's gone, no pain now",
        "nothing hurts today",
        "all good, no pain",
        "pain free this morning",
        "calf is not sore",
    ],
)
async def test_that_nothing_hurts_is_good_to_hear(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert (await ann.says(text)).template == "smalltalk/well"
    assert await kept(coach) == []


@pytest.mark.parametrize("text", ["no pain but my knee is swollen", "no pain when walking, only when I jump"])
async def test_what_hurts_all_the_same_is_not_good_to_hear(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert (await ann.says(text)).template != "smalltalk/well"


@pytest.mark.parametrize(
    "text",
    ["It is torn. Operation tomorrow. I thank you that you were so strict", "My knee surgery is on Thursday",
     "the scan showed a tear, I see the surgeon next week"],
)  # fmt: skip
async def test_an_injury_that_is_treated_gets_good_wishes(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert (await ann.says(text)).template == "smalltalk/treated"


@pytest.mark.parametrize(
    "text",
    ["The little one has fever since the night. I am still healthy", "my son is sick and I was up all night",
     "my dad was taken to hospital last night",
     "my mum's surgery is on Thursday"],
)  # fmt: skip
async def test_an_illness_of_somebody_else_gets_a_word_of_care(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert (await ann.says(text)).template == "smalltalk/worried"


@pytest.mark.parametrize(
    "text",
    ["My husband asks if he can use my plan", "she wants also a plan, how does she do?",
     "can my sister have a plan as well", "could you make a plan for my boyfriend?"],
)  # fmt: skip
async def test_who_wants_a_plan_too_is_asked_to_write_themselves(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert (await ann.says(text)).template == "smalltalk/joining"
    assert ann.offers("send_to_them")


@pytest.mark.parametrize("text", ["Who will win, Hearts or Kotoko?", "just a pint then", "whats the capital of peru"])
async def test_what_is_of_no_body_is_no_emergency(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert "emergency number" not in await ann.says(text)


async def test_a_lament_of_the_body_gets_sorrow_and_the_way_to_help(coach: BotHarness) -> None:
    ann = coach.person()
    said = await ann.says("my shoulder is giving me hell")
    assert said.shows("ask/none", sorry=True, urgent=True)
    assert (await ann.says("my knee kept me up all night")).shows("ask/suggest", sorry=True)


@pytest.mark.parametrize(
    "text",
    ["magnesium", "beach holiday in june", "I'd rather run in the morning", "tell me about magnesium",
     "I wonder if beer after a run is bad", "you never told me what to eat", "not sure my form is right"],
)  # fmt: skip
async def test_what_asks_or_wishes_is_no_remark(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    assert not (await ann.says(text)).template.startswith("smalltalk/")


@pytest.mark.parametrize("text", ["thx!", "thank you so much", "ok bayarlalaa", "misaotra", "dhanyabad coach"])
async def test_thanks_are_answered_by_a_reaction_and_not_kept(coach: BotHarness, text: str) -> None:
    ann = coach.person()
    await ann.user.send(text)
    await coach.settle()
    reactions = [call.params["reaction"] for call in coach.telegram.called("setMessageReaction")]
    assert reactions == [[{"type": "emoji", "emoji": "👍"}]]
    assert ann.user.received == []
    assert await kept(coach) == []


async def test_what_it_can_do_is_a_request_for_help(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("what can you do")).template == "help/commands"
    assert len(ann.user.received) == 1
    assert await kept(coach) == []


async def test_a_hello_leads_on(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("hello")
    assert ann.buttons == ["Set me up", "Questions"]
    assert (await ann.presses("questions")).template == "faq/categories"
    await ann.says("hello")
    assert "What would you like to work on" in await ann.presses("set_me_up")


async def test_who_is_set_up_is_led_to_the_day(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    while "Skip" in ann.buttons:
        await ann.presses("Skip")
    await ann.says("hello")
    assert ann.buttons == ["Today's session", "Questions"]
    assert "/today" in await ann.says("ok")


async def test_a_hello_before_a_question_is_a_question(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("hi, why are calves so hard to grow?")).startswith("Why are calves")
    assert len(await kept(coach)) == 1


async def test_a_red_flag_goes_first(coach: BotHarness) -> None:
    ann = coach.person()
    assert "stop" in (await ann.says("hi coach, my calf is swollen and hot since the flight")).lower()


async def test_in_the_set_up_what_is_waited_for_goes_first(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert (await ann.says("hi")).shows("setup/goals", part="mistake")


async def test_a_question_outside_the_set_up_waits_behind_a_greeting(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/weight")
    assert "Hello" in await ann.says("hi")
    assert "72" in await ann.says("72 kg")


async def test_gibberish_has_no_good_answer(coach: BotHarness) -> None:
    ann = coach.person()
    for text in ("asdfghjkl", "zxcv poiu"):
        assert (await ann.says(text)).template == "ask/none"


async def test_in_a_group_only_who_speaks_to_the_coach_is_answered(coach: BotHarness) -> None:
    ann, chat = coach.person(), coach.telegram.group(GROUP, "Calf club")

    async def hears(person: Person, text: str, **more: Any) -> list[Any]:
        before = set(chat.messages)
        await person.user.send(text, GROUP, **more)
        await coach.settle()
        return [message for number, message in chat.messages.items() if number not in before and message.from_bot]

    assert await hears(ann, "good morning") == []
    [hello] = await hears(ann, "hi @local_bot!")
    assert hello.text.startswith("Hello.")
    assert hello.labels == ["Ask me in private"]
    assert await hears(ann, "thanks", reply_to=hello) == []
    [can] = await hears(ann, "@local_bot what can you do?")
    assert "/help" not in can.text
    [who] = await hears(ann, "@local_bot who are you?")
    assert "/privacy" not in who.text
    assert await kept(coach) == []


async def test_who_laughs_gets_no_word_of_sorrow(coach: BotHarness) -> None:
    ann = coach.person()
    said = await ann.says("my wife is laughing at me doing heel raises at the bus stop haha")
    assert not said.values.get("sorry")
