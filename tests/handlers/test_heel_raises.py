"""The heel-raise test as a person does it: how it goes, age and sex asked once, the picture, and when it waits."""

from sqlmodel import Session

from coach.requests import Intent
from db.models import User
from db.queries import users
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of


async def said_of(coach: BotHarness) -> tuple[str | None, str | None]:
    def read(session: Session) -> tuple[str | None, str | None]:
        user = users.find(session, 1)
        assert isinstance(user, User)
        return user.decade, user.sex

    return await coach.running.db.run(read)


def picture(ann: Person) -> tuple[int, int]:
    """The size of the newest message's picture, as Telegram got it."""
    photo = ann.user.last["photo"][-1]
    return photo["width"], photo["height"]


async def test_it_is_said_how_the_test_goes(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/raises")).shows("measure/raises", "60 beats", "wall", "knee straight")


async def test_the_beat_is_played_and_the_figures_are_waited_for_all_the_same(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/raises")
    how = ann.user.last
    assert (await ann.presses("guide_beat")).shows("measure/beat", "6 minutes", "up on one beat", "anything hurts")
    (call,) = (call.params for call in coach.telegram.calls if call.method == "sendAudio")
    assert (call["title"], call["duration"] > 6 * 60) == ("The heel-raise test", True)
    assert (await ann.says("22 27")).template == "measure/raises_age"
    assert coach.labels["guide_beat"] in {button["text"] for button in how.buttons}


async def test_no_beat_after_a_red_flag_however_old_the_button(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/raises")
    how = ann.user.last
    await ann.says("I have chest pain when I run")
    data = next(button["callback_data"] for button in how.buttons if button["text"] == coach.labels["guide_beat"])
    ann.user.press_data(data, how)
    await coach.settle()
    assert "measure/raises_held" in ann.templates()
    assert [call for call in coach.telegram.calls if call.method == "sendAudio"] == []


async def test_age_and_sex_are_asked_at_the_test_and_never_again(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/raises")
    assert (await ann.says("22 27")).template == "measure/raises_age"
    assert (await ann.presses("decade_40")).template == "measure/raises_sex"
    result = await ann.presses("sex_female")
    assert result.shows(
        "measure/raises_result", "22 heel raises on the left, 27", "Around 24", "women in their 40s", noise=True
    )
    assert "rough match" in result
    assert picture(ann)[0] == 1080
    assert await said_of(coach) == ("40", "female")
    assert (await ann.says("/raises 23 26")).shows("measure/raises_result", "23 heel raises on the left, 26")


async def test_both_can_be_left_out_and_then_nothing_is_typical(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/raises 22 20")
    assert (await ann.presses("not_said")).shows("measure/raises_result", "22 heel raises on the left, 20", usual=None)
    assert "typical" not in ann.sees
    assert await said_of(coach) == ("unsaid", None)
    assert (await ann.says("/raises 22 21")).template == "measure/raises_result", "it is not asked again"
    await ann.presses("change_typical")
    await ann.presses("decade_60")
    assert (await ann.presses("not_said")).shows("measure/raises_result", usual=None)
    assert await said_of(coach) == ("60", "unsaid")


async def test_one_leg_has_no_difference(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/raises left 22")
    result = await ann.presses("not_said")
    assert result.shows("measure/raises_result", "22 heel raises on the left.", apart=None)
    assert "between" not in result


async def test_a_difference_beyond_the_error_asks_for_a_second_test_and_no_more(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/raises 30 20")
    result = await ann.presses("not_said")
    assert result.shows("measure/raises_result", "test again", noise=False)
    assert "percentile" not in result
    assert "%" not in result


async def test_told_in_words_the_result_follows_and_is_undone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    await requests(ann, asked(Intent.RAISES, left=22, right=25))
    assert ann.sees.template == "measure/raises_age"
    await ann.presses("undo")
    assert coach.rendered.said(ann.user.received[-2].text).shows("requests/undone", "the heel raises")
    assert await rows_of(coach, 1) == before


async def test_the_test_waits_while_something_hurts(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    await ann.says("/today")
    await requests(ann, asked(Intent.PAIN, level=4))
    assert (await ann.says("/raises")).template == "measure/raises_held"
    assert (await requests(ann, asked(Intent.RAISES))).template == "measure/raises_held"
    coach.clock.forward(days=9)
    assert (await ann.says("/raises")).template == "measure/raises"


async def test_the_test_waits_in_a_pause_for_illness_or_injury(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.PAUSE, reason="injured"))
    await ann.presses("pause_open")
    assert (await ann.says("/raises")).template == "measure/raises_held"
    assert (await ann.says("/raises 20 20")).template == "measure/raises_age", "one that was done is noted all the same"


async def test_the_measuring_day_leaves_the_test_out_while_something_hurts(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    await ann.says("/today")
    await requests(ann, asked(Intent.PAIN, level=4))
    while not ann.offers("measure_girth"):
        await coach.jump()
    assert ann.sees.shows("reminders/measuring", raises=False)
    assert not ann.offers("measure_raises")
