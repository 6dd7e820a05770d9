"""The first two minutes: hello, the questions in their order, and everything that can be typed instead."""

import pytest

from tests.support.bot_harness import BotHarness, Person
from tests.support.images import png
from tests.support.onboarding import set_up


async def test_the_whole_way_by_buttons(coach: BotHarness) -> None:
    ann = coach.person()
    assert "Hello Ann" in await ann.says("/start")
    assert "/privacy" in ann.sees
    assert (await ann.presses("set_me_up")).shows("setup/goals", part="question")
    await ann.presses("goal_calves_off")
    await ann.presses("goal_sprints_off")
    assert "✓ Bigger calves" in ann.buttons
    assert (await ann.presses("goals_done")).shows("setup/experience", part="question")
    assert (await ann.presses("experience_regular")).shows("setup/days", part="question")
    await ann.presses("day_7_on")
    assert "Sun" in ann.buttons
    assert (await ann.presses("days_done")).shows("setup/equipment", part="question")
    await ann.presses("equipment_step_off")
    assert (await ann.presses("equipment_done")).shows("setup/check", part="question")
    assert (await ann.presses("check_none")).shows("setup/age", part="question")
    assert (await ann.presses("age_fifty-plus")).shows("setup/units", part="question")
    assert (await ann.presses("units_kg")).shows("setup/weight", part="question")
    assert (await ann.says("72,5")).shows("setup/zone", part="question")
    assert (await ann.says("Berlin")).shows("setup/time", part="question")
    ready = await ann.presses("at_time", time="07:00")
    assert ready.template == "setup/ready"
    assert ready.shows("setup/ready", "tomorrow", "07:00", first=True)
    user = await coach.stored()
    assert (user.weight_kg, user.zone, user.goals) == (72.5, "Europe/Berlin", ["calves", "sprints"])
    assert (user.experience, user.free_days, user.equipment) == ("regular", "123456", ["step"])
    assert (user.screening, user.screened_on) == ("clear", coach.clock().date())
    assert user.age_group == "fifty-plus"
    assert user.set_up_at == coach.clock()


@pytest.mark.parametrize("said", ["i run twice a week mostly", "i jog three times weekly"])
async def test_a_try_at_the_answer_is_no_question(coach: BotHarness, said: str) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says("calves")
    assert (await ann.says(said)).shows("setup/experience", part="mistake")
    assert (await ann.says("how much protein do i need each day")).template == "faq/entry"


async def test_everything_can_be_skipped(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    for asked in ("experience", "days", "equipment", "check", "age", "units", "zone"):
        assert (await ann.presses("skip_step")).shows(f"setup/{asked}", part="question")
    assert (await ann.presses("skip_step")).template == "setup/ready_but_check"
    assert (await coach.stored()).weight_kg is None
    assert (await ann.presses("quick_check")).shows("setup/check", part="question", again=False)
    assert (await ann.presses("check_none")).template == "check/clear"
    assert (await ann.presses("my_week")).shows("plan/week", ahead=False)


async def to_the_weight(coach: BotHarness) -> Person:
    """Answer up to the question of units."""
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says("calves")
    await ann.presses("experience_new")
    for _ in range(2):
        await ann.presses("skip_step")
    await ann.presses("check_none")
    await ann.presses("skip_step")
    return ann


async def test_answers_can_be_typed_and_old_keyboards_go_away(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says("calves and stronger legs please")
    assert "✓" not in "".join(label for message in ann.user.messages for label in _labels(message))
    assert (await ann.says("5")).shows("setup/days", part="question")
    assert (await ann.says("weekdays and Sun")).shows("setup/equipment", part="question")
    assert (await ann.says("dumbbells, and stairs at home")).shows("setup/check", part="question")
    assert (await ann.says("none")).shows("setup/age", part="question")
    assert (await ann.says("43")).shows("setup/units", part="question")
    assert (await ann.says("11 st 4")).shows("setup/zone", part="question")
    user = await coach.stored()
    assert (user.units, user.goals) == ("st", ["calves", "legs"])
    assert (user.experience, user.free_days, user.equipment) == ("regular", "123457", ["step", "dumbbells"])
    assert user.weight_kg == pytest.approx(71.67, abs=0.01)
    assert (await ann.says("10:00")).template == "setup/which_clock"
    assert any("Berlin" in label for label in ann.buttons)


async def test_cancel_keeps_what_was_said_and_start_takes_it_up(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says("sprints")
    assert (await ann.says("/cancel")).template == "cancel/setup"
    assert "9 questions to go" in await ann.says("/start")
    assert (await ann.presses("go_on")).shows("setup/experience", part="question")
    assert (await coach.stored()).goals == ["sprints"]


def _labels(message: dict[str, object]) -> list[str]:
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return [button["text"] for row in rows for button in row]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("purple", "couldn't read that weight"),
        ("0", "has to be between"),
        ("-5", "weight"),
        ("1e999", "couldn't read that weight"),
        ("NaN", "couldn't read that weight"),
        ("7" * 4096, "weight"),
        ("🦵🦵", "couldn't read that weight"),
        ("<b>72</b>", "couldn't read that weight"),
        ("<script>alert(1)</script>", "couldn't read that weight"),
    ],
)
async def test_a_weight_that_is_none(coach: BotHarness, typed: str, answer: str) -> None:
    ann = await to_the_weight(coach)
    await ann.presses("units_kg")
    assert answer in await ann.says(typed)
    assert (await ann.says("72")).shows("setup/zone", part="question"), "the question still stands"


async def test_stickers_are_no_answers(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.user.sticker()
    await coach.settle()
    assert ann.sees.template == "mistakes/not_text"
    assert (await ann.says("calves")).shows("setup/experience", part="question")


async def test_words_under_a_picture_are_read(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.user.photo(png(4, 4), "is this a clot, it's hot and swollen")
    await coach.settle()
    assert "only read text" not in ann.sees
    assert "today" in ann.sees
    assert "Resume when I'm cleared" in ann.buttons
    await ann.user.photo(png(4, 4))
    await coach.settle()
    assert ann.sees.template == "mistakes/not_text"


@pytest.mark.parametrize("typed", ["165 pounds", "165#", "165 lbs"])
async def test_the_unit_that_was_written_is_the_unit_from_then_on(coach: BotHarness, typed: str) -> None:
    ann = coach.person()
    await ann.says(f"/weight {typed}")
    assert ann.sees.shows("weight/saved", "165 lb")
    assert (await ann.says("/weight 164")).shows("weight/saved", "164 lb")


@pytest.mark.parametrize(("unit", "kilograms"), [("kg", 80.5), ("lb", 36.51)])
async def test_a_bare_weight_is_kept_while_its_unit_is_asked(coach: BotHarness, unit: str, kilograms: float) -> None:
    ann = await to_the_weight(coach)
    assert (await ann.says("80,5")).template == "mistakes/weight_unit_missing"
    if await ann.presses(unit) and "is that right" in ann.sees:
        await ann.presses("weight_yes")
    assert ann.sees.shows("setup/zone", part="question")
    assert (await coach.stored()).weight_kg == pytest.approx(kilograms, abs=0.05)


async def test_a_bare_weight_behind_the_command(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/weight 158")).template == "mistakes/weight_unit_missing"
    assert (await ann.presses("units_lb")).shows("weight/saved", "158 lb")
    bob = coach.person(2, "Bob")
    assert (await bob.says("/weight " + "7" * 100)).template == "mistakes/weight_unit_missing"
    assert bob.buttons == []


async def test_an_unusual_weight_is_asked_again(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/weight 44 kg")).template == "weight/sure"
    assert (await coach.stored()).weight_kg is None
    assert (await ann.presses("weight_yes")).shows("weight/saved", "44 kg")


async def test_a_button_pressed_twice_and_a_forged_one_change_nothing(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    prompt = ann.user.last
    await ann.says("calves")
    ann.user.press_data("goal:legs", prompt)
    await coach.settle()
    assert (await coach.stored()).goals == ["calves"]
    assert ann.toast.template == "mistakes/old_button"
    for forged in ("goal:x", "zone:Mars/Base", "", "done:9999-99-99", "💥", "weight-yes:-1", "cat:calves:99999"):
        ann.user.press_data(forged or "?", prompt)
        await coach.settle()
        assert ann.toast.template == "mistakes/old_button", forged


async def test_a_question_in_the_middle_is_answered_and_the_set_up_waits(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    assert "ankle" in await ann.says("should I run with ankle weights?")
    assert (await ann.says("calves")).shows("setup/experience", part="question")


@pytest.mark.parametrize(
    ("command", "said"),
    [("/weight 72 kg", "Saved: 72 kg"), ("/remind", "where are you"), ("/remind off", "no reminders set"),
     ("/pause 3", "Paused until"), ("/calf left 38 cm", "38 cm")],
)  # fmt: skip
async def test_a_command_leaves_the_open_question_open(coach: BotHarness, command: str, said: str) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    question = ann.user.last
    assert said in await ann.says(command)
    assert not ann.offers("go_on_setup")
    await ann.user.press("Bigger calves", question)
    await coach.settle()
    assert (await coach.stored()).goals == ["calves"]
    assert (await ann.says("calves")).shows("setup/experience", part="question")


@pytest.mark.parametrize(
    ("command", "answer", "said"),
    [("/goals", "sprints", "sprints"), ("/check", "none", "all clear"), ("/remind 7:30", "Berlin", "Got it"),
     ("/weight", "72 kg", "Saved: 72 kg"), ("/weight 44 kg", "44.5 kg", "is that right"),
     ("/calf", "left 38 cm", "38 cm")],
)  # fmt: skip
async def test_who_answers_another_question_first_is_shown_the_way_on(
    coach: BotHarness, command: str, answer: str, said: str
) -> None:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says("calves")
    await ann.says(command)
    assert said in await ann.says(answer)
    if "is that right" in ann.sees:
        await ann.presses("weight_yes")
    assert (await ann.presses("go_on_setup")).shows("setup/experience", part="question")
    assert (await ann.says("5")).shows("setup/days", part="question")


async def test_an_old_set_me_up_does_not_begin_anew(coach: BotHarness) -> None:
    ann = coach.person()
    await ann.says("/start")
    welcome = ann.user.last
    await set_up(coach, person=ann)
    before = await coach.stored()
    coach.clock.forward(days=9)
    ann.user.press_data("setup", welcome)
    await coach.settle()
    assert ann.toast.template == "setup/already"
    after = await coach.stored()
    assert (after.setup_step, after.awaiting, after.plan_start) == (None, None, before.plan_start)
