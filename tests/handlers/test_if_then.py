"""The if–then plan: asked once behind the set-up, in own words, said back in the reminders and nowhere else."""

import io
import json
import zipfile
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.if_then import LONGEST, own_words
from coach.user_errors import WordsTooLong
from db.queries import users
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up

# What differs between the databases is tested elsewhere, in fewer steps.
on_one_database = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)


async def planned(coach: BotHarness) -> Person:
    """A person whose plan is: after work; when it's late, eight minutes; at 20:00 otherwise."""
    ann = await set_up(coach)
    await ann.presses("if_then")
    await ann.presses("anchor_work")
    await ann.presses("obstacle_late")
    await ann.presses("coping_short")
    await ann.presses("at_time", time="20:00")
    return ann


async def next_session(coach: BotHarness, ann: Person) -> str:
    """Jump to the next daily reminder of a day that asks for a session."""
    for _ in range(9):
        await coach.jump()
        if ann.sees.template in {f"reminders/{kind}" for kind in ("interval", "strength", "easy")}:
            return ann.sees
    raise AssertionError("no session in nine reminders")


@on_one_database
@pytest.mark.parametrize("asked", ["if_then", "obstacle"])
async def test_undo_is_no_answer(coach: BotHarness, asked: str) -> None:
    ann = await set_up(coach)
    await ann.says("i weigh 73 kg")
    await ann.says("/settings") if asked == "obstacle" else None
    await ann.presses("if_then" if asked == "if_then" else "change_obstacle")
    assert (await ann.says("undo that")).shows("requests/undone", "the weight")
    user = await coach.stored()
    assert (user.weight_kg, user.anchor, user.obstacle) == (None, None, None)


@on_one_database
async def test_it_is_asked_once_and_said_back(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert ann.sees.shows("setup/ready", asks=True)
    assert (await ann.presses("if_then")).shows("setup/anchor", part="question")
    assert (await ann.presses("anchor_work")).shows("setup/obstacle", part="question")
    assert (await ann.presses("obstacle_late")).shows("setup/coping", "If it's late", part="question")
    assert (await ann.presses("coping_short")).shows("setup/fallback", part="question")
    said = await ann.presses("at_time", time="20:00")
    assert said.shows("setup/if_then", "After work: my session. If it's late: I'll do eight minutes.", "20:00")
    user = await coach.stored()
    assert (user.anchor, user.obstacle, user.coping) == ("After work", "it's late", "I'll do eight minutes")
    assert (user.fallback, user.if_then_on) == ("20:00", coach.clock().date())

    reminded = await next_session(coach, ann)
    assert "Your plan: After work: " in reminded
    assert "If it's late: I'll do eight minutes." in reminded


@on_one_database
async def test_every_part_can_be_skipped_and_then_nothing_is_said(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.presses("if_then")
    assert (await ann.presses("skip_step")).shows("setup/obstacle", part="question")
    assert (await ann.says("skip")).shows("setup/fallback", part="question")
    assert (await ann.presses("skip_step")).shows("setup/if_then", "haven't saved a plan")
    assert (await coach.stored()).if_then_on is not None
    assert "Your plan" not in await next_session(coach, ann)


@on_one_database
async def test_who_ignores_it_is_never_asked_again(coach: BotHarness) -> None:
    ann = await set_up(coach)
    for _ in range(7):
        await coach.jump()
        assert "Plan when I'll train" not in "".join(message.text for message in ann.user.received)


@on_one_database
async def test_own_words_are_kept_as_they_are_and_escaped(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.presses("if_then")
    await ann.says("after  the <b>school</b> run & tea.")
    await ann.says("if the kids are up")
    assert ann.sees.shows("setup/coping", "If the kids are up, what will you do?", part="question")
    await ann.says("one set on the stairs")
    await ann.presses("skip_step")
    assert "After the <b>school</b> run & tea: my session. If the kids are up: one set on the stairs." in ann.sees
    assert "After the <b>school</b> run & tea: " in await next_session(coach, ann)


@on_one_database
async def test_what_is_too_long_is_asked_again_and_what_is_a_question_is_answered(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.presses("if_then")
    assert (await ann.says("x" * (LONGEST + 1))).template == "mistakes/words_too_long"
    assert (await ann.says("are ankle weights a good idea?")).template != "setup/obstacle"
    assert (await ann.says("thanks")).template != "setup/obstacle"
    assert (await coach.stored()).anchor is None
    await ann.says("/settings")
    await ann.presses("change_anchor")
    assert (await ann.says("y" * LONGEST)).shows("setup/obstacle", part="question")


@on_one_database
async def test_what_asks_to_see_something_is_no_answer(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.presses("if_then")
    assert (await ann.says("show my week")).template == "plan/week"
    assert (await coach.stored()).anchor is None


@pytest.mark.parametrize("part", ["anchor", "obstacle", "coping"])
@on_one_database
async def test_red_flags_in_them_come_first(coach: BotHarness, part: str) -> None:
    ann = await set_up(coach)
    await ann.presses("if_then")
    if part != "anchor":
        await ann.presses("anchor_work")
    if part == "coping":
        await ann.presses("obstacle_tired")
    said = await ann.says("I get chest pain when I run")
    assert "paused your reminders" in said
    user = await coach.stored()
    assert getattr(user, part) is None
    assert user.pause_reason == "safety"


@on_one_database
async def test_settings_show_change_and_erase_each_part(coach: BotHarness) -> None:
    ann = await planned(coach)
    shown = await ann.says("/settings")
    assert "Best time to train: After work" in shown
    assert "What gets in the way: it's late → I'll do eight minutes" in shown
    assert "Second-choice time: 20:00" in shown
    await ann.presses("change_anchor")
    assert (await ann.says("after the school run")).shows("setup/if_then", "After the school run")
    await ann.says("/settings")
    await ann.presses("change_obstacle")
    await ann.presses("leave_out")
    user = await coach.stored()
    assert (user.anchor, user.obstacle, user.coping, user.fallback) == ("after the school run", None, None, "20:00")
    await ann.says("/settings")
    await ann.presses("change_fallback")
    assert (await ann.says("late")).template == "mistakes/time_not_understood"
    assert (await ann.says("9pm")).shows("setup/if_then", "21:00")


@on_one_database
async def test_later_leads_to_the_second_moment(coach: BotHarness) -> None:
    ann = await planned(coach)
    await next_session(coach, ann)
    await ann.presses("later")
    assert (await ann.presses("second_moment", time="20:00")).shows("today/snoozed", "20:00")
    coach.clock.forward(hours=13)
    await coach.tick()
    assert ann.sees.shows("today/again", "If it's late: I'll do eight minutes.")
    assert ann.offers("small_session"), "and so they do"
    await ann.presses("later")
    assert not any("Second choice" in label for label in ann.buttons), "it has come"


@on_one_database
async def test_a_late_second_moment_is_the_persons_own(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/settings")
    await ann.presses("change_fallback")
    await ann.says("23:15")
    await next_session(coach, ann)
    await ann.presses("later")
    assert (await ann.presses("second_moment", time="23:15")).shows("today/snoozed", "23:15")


@on_one_database
async def test_who_skips_for_lack_of_time_may_plan_for_it_and_who_hurts_may_not(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_session(coach, ann)
    await ann.presses("skip")
    await ann.presses("because_time")
    assert (await ann.presses("plan_for_that")).shows("setup/obstacle", part="question")
    await ann.says("work runs over")
    await ann.presses("coping_first-set")
    assert (await coach.stored()).obstacle == "work runs over"
    bob = await set_up(coach, person=coach.person(2, "Bob"))
    await bob.says("/today")
    await bob.presses("start_today")
    await bob.presses("skip")
    await bob.presses("because_hurts")
    assert not bob.offers("plan_for_that")


@on_one_database
async def test_where_it_hurts_the_plan_is_not_said_back(coach: BotHarness) -> None:
    ann = await planned(coach)
    await coach.jump()
    await ann.says("/today")
    await ann.presses("something_hurts")
    await ann.presses("pain_5")
    coach.clock.forward(hours=3)
    for _ in range(3):
        await coach.jump()
        assert "I'll do eight minutes" not in ann.sees


@on_one_database
async def test_nobody_else_sees_it(coach: BotHarness) -> None:
    ann = await planned(coach)
    group = coach.telegram.group(-100_200_300, "Calf club")
    for line in ("/ask what is my plan", "@local_bot what's on today", "@local_bot when does it fit after work"):
        await ann.user.send(line, -100_200_300)
        await coach.settle()
    heard = [message.text for message in group.messages.values() if message.from_bot]
    assert heard
    assert not any("fter work" in text or "minutes count" in text for text in heard)
    await ann.says("/calendar")
    files = [state.data for state in coach.telegram.core.state.files.values()]
    assert files
    assert not any(b"fter work" in data or b"minutes count" in data for data in files)


@on_one_database
async def test_the_export_has_it_and_erasing_leaves_none(coach: BotHarness) -> None:
    ann = await planned(coach)
    assert "when you like to train and what gets in the way" in await ann.says("/privacy")
    await ann.says("/export")
    data = coach.telegram.core.state.files[ann.user.last["document"]["file_id"]].data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        person = json.loads(archive.read("export.json"))["user_account"][0]
    assert (person["anchor"], person["obstacle"]) == ("After work", "it's late")
    assert (person["coping"], person["fallback"]) == ("I'll do eight minutes", "20:00")
    await ann.says("/delete")
    await ann.presses("erase")
    assert await coach.running.db.run(lambda session: users.find(session, 1)) is None


@on_one_database
async def test_an_edited_answer_is_the_new_one(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.presses("if_then")
    await ann.says("after lunhc")
    await ann.edits("after lunch")
    assert (await coach.stored()).anchor == "after lunch"


@on_one_database
@pytest.mark.timeout(400)  # on a busy machine
async def test_twelve_weeks_with_a_plan(coach: BotHarness) -> None:
    """Every reminder of a session says it back, no rest day does, and never more than two messages come on a date."""
    ann = await planned(coach)
    end, said, per_day = coach.clock().toordinal() + 84, 0, Counter[date]()
    while coach.clock().toordinal() < end:
        before = len(ann.user.received)
        await coach.jump()
        per_day[coach.clock().date()] += len(ann.user.received) - before
        template = ann.sees.template
        if template in {"reminders/interval", "reminders/strength", "reminders/easy"}:
            assert "Your plan: After work: " in ann.sees
            said += 1
            await ann.presses("done") if ann.offers("done") else await _starts(ann)
        elif template.startswith("reminders/"):
            assert "Your plan" not in ann.sees
    assert said > 40
    assert max(per_day.values()) <= 2


async def _starts(ann: Person) -> None:
    await ann.presses("start")
    await ann.presses("pain_0")
    await ann.presses("done")


@given(st.text(max_size=300))
def test_own_words_are_one_line_of_a_hundred_characters(text: str) -> None:
    try:
        words = own_words(text)
    except WordsTooLong:
        assert len(text) > LONGEST
        return
    assert len(words) <= LONGEST
    assert words == " ".join(words.split()), "one line"
    assert own_words(words) == words
    assert not set(words) & set("\u202e\u2066\u0000\u200b")
