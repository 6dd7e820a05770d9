"""/protein: a number for those it fits, food for those without a weight, and no number where it would be wrong."""

import pytest

from db.queries import users
from tests.support.bot_harness import BotHarness, Person


async def asked(coach: BotHarness, weight: str | None = "150 lb") -> Person:
    ann = coach.person()
    if weight:
        await ann.says(f"/weight {weight}")
        if "is that right" in ann.sees:
            await ann.presses("weight_yes")
    await ann.says("/protein")
    return ann


async def change(coach: BotHarness, **columns: object) -> None:
    def write(session: object) -> None:
        user = users.find(session, 1)  # type: ignore[arg-type]
        assert user is not None
        for name, value in columns.items():
            setattr(user, name, value)

    await coach.running.db.run(write)


async def test_a_hundred_and_fifty_pounds(coach: BotHarness) -> None:
    ann = await asked(coach)
    assert ann.sees.template == "protein/check"
    seen = await ann.presses("protein_none")
    assert "110–150 g of protein a day is a good range at 150 lb (68 kg)" in seen
    assert "Aim for 110 g first" in seen
    assert "110–165 g" in await ann.presses("eat_less")
    assert "110–150 g" in await ann.presses("eat_enough")
    assert "110–150 g" in await ann.says("/protein"), "what was answered is not asked again"


async def test_the_quick_check_answers_for_it(coach: BotHarness) -> None:
    ann = await asked(coach, "72.5 kg")
    await change(coach, screening="clear", screened_on=coach.clock().date())
    assert "115–160 g of protein a day is a good range at 72.5 kg." in await ann.says("/protein")


@pytest.mark.parametrize(
    "columns",
    [
        {"screening": "something-applies"},
        {"protein_check": "applies"},
        {"protein_check": "none", "screening": "something-applies"},
    ],
)
async def test_no_number_where_it_would_be_wrong(coach: BotHarness, columns: dict[str, str]) -> None:
    ann = await asked(coach)
    await change(coach, **columns)
    seen = await ann.says("/protein")
    assert "rather not give you a number" in seen
    assert not any(sign.isdigit() for sign in seen.replace("under 18", ""))
    assert len(ann.buttons) == 1, "a way to say that it has changed"


async def test_one_applies_and_then_no_longer(coach: BotHarness) -> None:
    ann = await asked(coach)
    assert "dietitian who knows you" in await ann.presses("protein_some")
    await ann.presses("something_changed")
    assert "110–150 g" in await ann.presses("protein_none")


async def test_without_a_weight_it_is_food(coach: BotHarness) -> None:
    ann = await asked(coach, None)
    assert (await ann.presses("protein_none")).template == "protein/without_weight"
    assert (await ann.presses("give_weight")).shows("setup/units", part="question")


async def test_a_high_weight_gets_a_dietitian_and_no_cap(coach: BotHarness) -> None:
    ann = await asked(coach, "140 kg")
    seen = await ann.presses("protein_none")
    assert "dietitian" in seen
    assert "224" not in seen
    assert "eggs" in await ann.presses("as_food")
    assert "dietitian" in await ann.presses("back")


async def test_forged_answers_change_nothing(coach: BotHarness) -> None:
    ann = await asked(coach)
    for data in ("protein-check:7", "eat-less:9", "protein-check:", "protein-check:x"):
        ann.user.press_data(data, ann.user.last)
        await coach.settle()
        assert ann.toast.template == "mistakes/old_button"
    assert (await coach.stored()).protein_check is None
    ann.user.press_data("portions", ann.user.last)
    await coach.settle()
    assert "eggs" in ann.sees


async def test_a_question_beside_the_range_is_answered_too(coach: BotHarness) -> None:
    ann = await asked(coach)
    before = len(ann.user.received)
    await ann.says("I'm vegetarian. How do I get enough protein, and how much is it for me?")
    shown = [coach.rendered.said(message.text).template for message in ann.user.received[before:]]
    assert shown == ["protein/check", "faq/entry"]
