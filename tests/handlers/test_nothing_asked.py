"""Messages that hold the words of a request and ask for nothing: what others do, what is not decided, other things."""

import pytest

from tests.support.bot_harness import BotHarness
from tests.support.onboarding import on_a_sprint_day
from tests.support.requests import rows_of


async def kept(coach: BotHarness) -> list[object]:
    """Rows of the person, without what was shown."""
    rows = (await rows_of(coach, 1)).items()
    return [row for (table, _), row in rows if table in {"training_session", "measurement", "pause", "reminder"}]


@pytest.mark.parametrize(
    "said",
    [
        "i'd have trained today if it wasn't for the rest day lol",
        "leave thursday as it is, i was only thinking out loud",
        "i nearly skipped my run today but didn't",
        "no no, it was my roommate who did 24 left and 26 right, i was counting",
        "our handball team has a break until february",
        "my boss paused the whole project until may",
        "sat or sun? who knows",
        "the guy on tiktok does 8 times 20 on 40 off, mad lad",
        "he's injured again, our goalkeeper, out till april",
        "no more reminders about my age thanks, the cake had 60 candles",
        "the reminder on my washing machine beeps at 6:30 every day and i have no idea why",
        "pain in the backside, my neighbour, a good 9 out of 10",
    ],
)
async def test_nothing_is_changed_where_nothing_is_asked(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = await kept(coach)
    await ann.says(said)
    assert await kept(coach) == before


@pytest.mark.parametrize(
    ("said", "template"),
    [
        ("my gran could do this and she's 84. make it harder", "requests/dial"),
        ("my colleague calls it kid stuff but honestly these sessions are too much for me", "requests/dial"),
        ("the twins came, 2.9 kilos each. so sessions of 20 minutes at most from now on", "requests/lasting"),
        ("i deleted instagram last night. what do you know about me then", "requests/my_data"),
    ],
)
async def test_a_plain_request_at_the_end_is_carried_out(coach: BotHarness, said: str, template: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).template == template
