"""Questions of a few words behind an answer: they stay with it, and get its line or its upshot."""

import pytest

from tests.support.bot_harness import BotHarness


@pytest.mark.parametrize(
    ("page", "asked", "told"),
    [
        ("running-builds-calves", "so is that a no or", "hard effort and calf raises matter more"),
        ("squats-and-calves", "so yes or no?", "Hardly at all"),
        ("bulky-legs", "tl;dr pls", "calf raises only will if you want them to"),
        ("thick-ankles", "basically no then?", "Not with exercise"),
    ],
)
async def test_who_asks_for_the_upshot_gets_the_first_sentence(
    coach: BotHarness, page: str, asked: str, told: str
) -> None:
    ann = coach.person()
    await ann.says(f"/start faq-{page}")
    answer = await ann.says(asked)
    assert answer.shows("ask/no_more", told)
    assert answer.startswith("In short:")


@pytest.mark.parametrize(
    ("page", "asked", "told"),
    [
        ("calf-raise-range", "and slowly?", "2–3 seconds"),
        ("calf-raise-range", "how long do you hold it for", "hold for 1–2 seconds"),
        ("cool-down-stretching", "for how many seconds?", "about 30 seconds"),
        ("running-form-and-calves", "how long for the first few", "a few minutes of an easy run"),
        ("achilles-exercises", "what weight though", "hold a weight"),
        ("sore-calves", "when does it go away", "goes away by itself"),
        ("time-off", "and two?", "wo"),
    ],
)
async def test_who_asks_for_a_figure_gets_the_line_that_tells_it(
    coach: BotHarness, page: str, asked: str, told: str
) -> None:
    ann = coach.person()
    await ann.says(f"/start faq-{page}")
    assert (await ann.says(asked)).shows("ask/no_more", told)


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("training-after-50", "and the recovery, is that longer?"),
        ("plant-protein", "and is it as good?"),
        ("easy-pace", "why that slow"),
        ("foam-rolling", "so what is it good for then"),
    ],
)
async def test_a_short_question_behind_an_answer_is_about_it(coach: BotHarness, page: str, asked: str) -> None:
    ann = coach.person()
    await ann.says(f"/start faq-{page}")
    assert (await ann.says(asked)).template == "ask/no_more"


@pytest.mark.parametrize(
    ("page", "asked", "entry"),
    [
        ("calf-sets-and-reps", "and how often?", "How often should I train calves?"),
        ("calf-cramps", "mine come at night though", "night"),
        ("massage", "and rolling?", "foam"),
    ],
)
async def test_what_another_answer_is_about_gets_that_one(coach: BotHarness, page: str, asked: str, entry: str) -> None:
    ann = coach.person()
    await ann.says(f"/start faq-{page}")
    assert (await ann.says(asked)).shows("faq/entry", entry)


@pytest.mark.parametrize(
    ("asked", "urgent"),
    [
        ("is it fat or water that comes off first", False),
        ("does more sweat mean more fat burning or is that a lie", True),  # sweat may be a sign of something
        ("can one go to the sauna straight after", False),
        ("what do you think of a fringe on a round face", True),  # so may a face
        ("do waist trainers work", False),
    ],
)
async def test_what_is_not_known_gets_an_honest_word_and_no_suggestions(
    coach: BotHarness, asked: str, urgent: bool
) -> None:
    ann = coach.person()
    assert (await ann.says(asked)).shows("ask/none", urgent=urgent)


async def test_what_may_ail_somebody_gets_the_way_to_help_beside_it(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("why does my eye twitch")).shows("ask/none", urgent=True)


@pytest.mark.parametrize(
    ("page", "told", "line"),
    [
        ("thick-ankles", "both of them yeah, and they go down by morning", "both are puffy"),
        ("knee-pain", "only on the way down stairs and just the left", "stairs"),
        ("achilles-pain", "no pop or anything, just stiff when i get up", "stiffer"),
    ],
)
async def test_who_tells_more_of_what_ails_them_gets_the_line_about_it(
    coach: BotHarness, page: str, told: str, line: str
) -> None:
    ann = coach.person()
    await ann.says(f"/start faq-{page}")
    assert (await ann.says(told)).shows("ask/told_more", line)
