"""Calves, heel raises and weight as somebody notes them, and the pictures of it all."""

import pytest
from sqlmodel import Session, select

from db.models import Measurement
from tests.support.bot_harness import BotHarness, Person


async def rows(coach: BotHarness) -> list[tuple[str, str, str, float]]:
    def read(session: Session) -> list[tuple[str, str, str, float]]:
        found = session.exec(select(Measurement).order_by(Measurement.day, Measurement.side))  # type: ignore[arg-type]
        return [(row.kind, row.side, row.day.isoformat(), round(row.value, 1)) for row in found]

    return await coach.running.db.run(read)


async def in_kilograms(coach: BotHarness) -> Person:
    ann = coach.person()
    await ann.says("/weight 72.5 kg")
    return ann


def picture(ann: Person) -> tuple[int, int]:
    """The size of the newest message's picture, as Telegram got it."""
    photo = ann.user.last["photo"][-1]
    return photo["width"], photo["height"]


# Calves


async def test_calves_are_noted_corrected_and_taken_back(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    assert "Logged: left calf 38.5 cm, right calf 38.2 cm." in await ann.says("/calf 38,5 38,2")
    assert (await ann.says("/calf 38.4 38.2")).shows("measure/logged", corrected=True)
    day = "2026-03-02"
    assert await rows(coach) == [("girth", "left", day, 38.4), ("girth", "right", day, 38.2)]
    assert (await ann.presses("take_back")).template == "measure/taken_back"
    assert await rows(coach) == []


async def test_one_figure_is_asked_for_its_leg(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    assert (await ann.says("/calf 38.5")).shows("measure/which_leg", "38.5 cm")
    assert "Logged: right calf 38.5 cm." in await ann.presses("legs_right")
    await ann.says("/calf")
    assert (await ann.says("38.1")).template == "measure/which_leg"
    assert "Logged: left calf 38.1 cm, right calf 38.1 cm." in await ann.presses("legs_both")


async def test_inches_are_understood_and_shown(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/weight 158 lb")
    assert (await ann.says("/calf")).shows("measure/girth", inches=True)
    assert "Logged: left calf 15.2 in, right calf 15 in." in await ann.says("15.2 15")
    assert "left calf 15 in" in await ann.says("/calf left 38.1 cm")


async def test_without_a_unit_it_is_asked_for(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/calf 24,5 and 24")).template == "mistakes/girth_unit_missing"
    assert "Logged: left calf 24.5 cm, right calf 24 cm" in await ann.presses("unit_cm")
    assert "Logged: left calf 38.5 cm" in await ann.says("/calf 38,5 and 38")
    await ann.says("/calf 25")
    assert (await ann.presses("unit_cm")).template == "measure/which_leg"
    assert "Logged: left calf 25 cm" in await ann.presses("legs_left")


@pytest.mark.parametrize("junk", ["purple", "0", "-5", "1e999", "NaN", "7" * 4000, "🦵🦵", "<b>38</b>", "38 39 40"])
async def test_what_is_no_girth(coach: BotHarness, junk: str) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/calf")
    seen = await ann.says(junk)
    assert seen.template == "mistakes/girth_not_understood" or seen.shows(
        "mistakes/girth_out_of_range", "20 cm", "70 cm"
    )
    assert await rows(coach) == []
    assert (await ann.says("38 38")).template == "measure/logged", "the question still stands"


async def test_a_sticker_and_a_question_are_no_girth(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/calf")
    await ann.user.sticker()
    await coach.settle()
    assert ann.sees.template == "mistakes/not_text"
    assert "centimet" in await ann.says("how do I measure my calves?") or "widest point" in ann.sees
    assert (await ann.says("38 38")).template == "measure/logged"


async def test_one_calf_that_swells_is_no_growth(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/calf 38 38")
    coach.clock.forward(days=30)
    seen = await ann.says("/calf 38.1 41")
    assert seen.shows("measure/logged", "right", swelled=True)
    assert seen.shows("measure/logged", swelled=True)


async def test_growth_is_told_plainly(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/calf 38 38.2")
    coach.clock.forward(days=7)
    assert (await ann.says("/calf 38.1 38.2")).shows(
        "measure/logged", "2 Mar: left 38 cm, right 38.2 cm. Measuring once a month", swelled=False, since=True
    )


# Heel raises


def said_before(coach: BotHarness, ann: Person) -> str:
    """The message before the newest."""
    return coach.rendered.said(ann.user.received[-2].text)


async def test_heel_raises(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/raises")).template == "measure/raises"
    assert (await ann.says("lots")).template == "mistakes/raises_not_understood"
    assert (await ann.says("500 20")).shows("mistakes/raises_out_of_range", "100")
    assert (await ann.says("22 20")).template == "measure/raises_age"
    assert "Logged: 22 heel raises on the left, 20 on the right." in said_before(coach, ann)
    await ann.presses("not_said")
    assert (await ann.says("/raises 22")).shows("measure/which_leg", "22 heel raises")
    await ann.presses("legs_left")
    assert any("Logged: 22 heel raises on the left." in message.text for message in ann.user.received)


async def test_forged_buttons_note_nothing(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/calf 38.5")
    asked = ann.user.last
    for data in ("legs:girth:9999:left", "legs:girth:385:third", "legs:weight:385:left", "legs:raises:200:left",
                 "take-back:weight:2026-03-02", "take-back:girth:2026-03-01", "measure:weight", "chart:x"):  # fmt: skip
        ann.user.press_data(data, asked)
        await coach.settle()
        assert ann.user.toasts[-1], data
    assert await rows(coach) == []


# Weight


async def test_weights_are_only_kept_for_who_wants_it(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    assert await rows(coach) == []
    assert (await ann.presses("weight_log_on")).template == "weight/log_on"
    assert (await ann.says("/weight 72")).shows("weight/logged", "72 kg")
    assert await rows(coach) == [("weight", "", "2026-03-02", 72.0)]
    await ann.says("/weight 78")
    assert (await ann.presses("take_back")).shows("weight/taken_back", "72 kg", weight=True)
    assert (await coach.stored()).weight_kg == 72.0
    await ann.says("/weight 71.8")
    await ann.says("/weight")
    assert (await ann.presses("weight_log_off")).shows("weight/log_off", kept=True)
    assert (await ann.presses("weight_log_erase")).template == "weight/log_erased"
    assert await rows(coach) == []
    assert (await coach.stored()).weight_kg == 71.8


async def test_erasing_the_weight_erases_its_log(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.presses("weight_log_on")
    await ann.says("/weight 72")
    await ann.says("/weight")
    assert (await ann.presses("forget_weight")).template == "weight/forgotten"
    assert await rows(coach) == []
    assert not (await coach.stored()).weight_log


# Pictures


async def test_lines_need_two_days_and_say_what_they_mean(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/calf 38 38.4")
    assert "One measurement so far: left 38 cm, right 38.4 cm (2 Mar)" in await ann.presses("show_chart")
    coach.clock.forward(days=30)
    await ann.says("/calf 38.4 38.3")
    await ann.presses("show_chart")
    assert "Left calf 38.4 cm (+0.4), right calf 38.3 cm (−0.1) since 2 Mar." in ann.sees
    assert picture(ann) == (1080, 860)
    assert ann.buttons == ["Weeks", "Heel raises", "Measure calves", "Set a goal"]


async def test_a_picture_becomes_the_next_one(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    for _ in range(2):
        await ann.says("/calf 38 38")
        await ann.says("/raises 20 22")
        coach.clock.forward(days=31)
    await ann.says("/raises 24 25")
    await ann.presses("show_chart")
    shown = len(ann.user.messages)
    assert "Heel raises: left 20 → 24, right 22 → 25 since 2 Mar." in ann.sees
    await ann.presses("chart_girth")
    assert "Left calf 38 cm (+0.0)" in ann.sees
    assert len(ann.user.messages) == shown, "the same message"
    await ann.presses("measure_girth")
    assert ann.sees.template == "measure/girth"
    assert len(ann.user.messages) == shown + 1, "words come in a message of their own"


async def test_weight_is_drawn_only_where_its_log_is_on(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/progress")
    assert "Weight" not in ann.buttons
    await ann.says("/weight")
    await ann.presses("weight_log_on")
    await ann.says("/weight 72")
    coach.clock.forward(days=5)
    await ann.says("/weight 72.4")
    await ann.presses("show_chart")
    assert "72 kg on 2 Mar, 72.4 kg on 7 Mar." in ann.sees
    for word in ("well done", "great", "lost", "gained", "goal", "target", "BMI"):
        assert word not in ann.sees.lower()


async def test_nothing_to_show_yet(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/progress")).template == "progress/nothing"
    assert (await ann.presses("chart_girth")).shows("progress/too_little", figures=False)


async def test_the_weeks(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/check")
    await ann.presses("check_none")
    for _ in range(10):
        await ann.says("/today")
        label = next((label for label in ("Done", "I rested") if label in ann.buttons), None)
        if label:
            await ann.presses(label)
        coach.clock.forward(days=1)
    await ann.says("/progress")
    assert ann.sees.shows("progress/weeks", "10 days", streak=10)
    assert ann.sees.template == "progress/weeks"
    assert picture(ann)[0] == 1080
    sent = [call for call in coach.telegram.calls if call.method == "sendPhoto" and "10 days" in call.params["caption"]]
    assert len(sent) == 1


# What is said while figures are waited for


async def test_figures_told_in_a_sentence_answer_the_open_question(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/raises")
    await ann.says("did 31 left and 28 right, with a straight knee")
    assert any("31 heel raises on the left, 28 on the right" in message.text for message in ann.user.received)


async def test_a_question_of_figures_lets_other_talk_pass(coach: BotHarness) -> None:
    ann = await in_kilograms(coach)
    await ann.says("/raises")
    assert (await ann.says("why are calves so hard to grow, do you think")).template == "faq/entry"
    assert (await ann.says("good morning coach")).template == "smalltalk/greeting"
    assert (await ann.says("how about a beer then")).template != "measure/logged"
    await ann.says("22 20")
    assert any("22 heel raises" in message.text for message in ann.user.received), "the question waits on"
