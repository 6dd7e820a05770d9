"""Corrections of what was changed just now: it is undone, and asked for anew with what the correction says."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from coach.profile import SessionStatus
from coach.requests import Intent
from content.understanding.meanings import NoAnswer, Requests
from db.models import NumberGoal, TrainingSession
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of, understood_as


async def efforts_of(coach: BotHarness) -> list[int | None]:
    """The effort of each session that is done."""

    def read(session: Session) -> list[int | None]:
        done = select(TrainingSession).where(TrainingSession.status == SessionStatus.DONE)
        return [row.effort for row in session.exec(done)]

    return await coach.running.db.run(read)


async def has_logged(coach: BotHarness, effort: int = 8) -> Person:
    """A person who has just said that today's session is done, and how hard it was."""
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asked(Intent.DONE, effort=effort))).template == "requests/done"
    return ann


@pytest.mark.parametrize(
    "said",
    [
        "no, 6",
        "nah 6",
        "*6",
        "6, i meant",
        "sorry my mistake, not 8, it was 6",
        "I meant 6 out of 10",
        "make that a 6, the last one was shorter than the 8 before it",
        "typo, 6",
    ],
)
async def test_another_effort_takes_the_place_of_the_first(coach: BotHarness, said: str) -> None:
    ann = await has_logged(coach)
    assert (await ann.says(said)).shows("requests/done", effort=6)
    assert await efforts_of(coach) == [6]


async def test_undo_goes_back_behind_the_correction(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = await rows_of(coach, 1)
    await requests(ann, asked(Intent.DONE, effort=8))
    await ann.says("no, 6")
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before


async def test_an_effort_that_a_button_gave_is_corrected(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    await ann.user.press("8")
    await coach.settle()
    await ann.says("no 7")
    assert await efforts_of(coach) == [7]


@pytest.mark.parametrize("said", ["no pain at all", "no, is 6 too hard?", "sorry, I can't do friday", "not today"])
async def test_other_words_that_begin_alike_correct_nothing(coach: BotHarness, said: str) -> None:
    ann = await has_logged(coach)
    await ann.says(said)
    assert await efforts_of(coach) == [8]


async def test_half_an_hour_later_nothing_is_corrected(coach: BotHarness) -> None:
    ann = await has_logged(coach)
    coach.clock.forward(minutes=31)
    assert (await ann.says("no, 6")).template != "requests/done"
    assert await efforts_of(coach) == [8]


async def test_a_session_moves_to_the_day_that_was_meant(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    today = coach.clock.now.date()
    friday, saturday, sunday = (today + timedelta(days=days) for days in (4, 5, 6))
    before = await rows_of(coach, 1)
    await requests(ann, asked(Intent.MOVE, from_day=friday, to_day=saturday))
    said = await ann.says("oh no wait, Saturday is my mum's birthday. Sunday!! sorry 🙈")
    assert said.template == "requests/moved"
    assert (said.values["moving"], said.values["to"]) == (
        {"day": friday, "days_off": 4},
        {"day": sunday, "days_off": 6},
    )
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_a_goal_gets_another_number_and_keeps_its_day(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("my goal is 30 heel raises by the end of may")
    await ann.says("make that 28, I was a bit keen after the two of last week")

    def read(session: Session) -> list[tuple[str, float, str]]:
        return [(row.kind, row.number, f"{row.by:%d.%m.}") for row in session.exec(select(NumberGoal))]

    assert await coach.running.db.run(read) == [("raises", 28, "31.05.")]


@pytest.mark.parametrize("said", ["swap those, L is the bigger one", "wrong way round sorry", "other way round"])
async def test_the_figures_of_the_legs_change_places(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    await ann.says("girth L 37.2 R 37.5")
    assert (await ann.says(said)).shows("measure/logged", "37.5 cm, right calf 37.2 cm")


@pytest.mark.parametrize("said", ["hang on no, friday", "oh no, friday", "no sorry, friday", "wait no friday"])
async def test_a_day_behind_a_no_corrects_a_move_and_takes_out_nothing(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    wednesday = coach.clock.now.date() + timedelta(days=2)
    moved = asked(Intent.MOVE, from_day=wednesday, to_day=wednesday + timedelta(days=1))
    assert (await requests(ann, moved)).template == "requests/moved"
    again = await ann.says(said)
    assert again.template == "requests/moved"
    assert again.values["to"]["day"] == wednesday + timedelta(days=2)


@pytest.mark.parametrize("said", ["saturday", "ok, saturday then"])
async def test_a_day_behind_one_that_was_taken_out_gets_its_session(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    friday = coach.clock.now.date() + timedelta(days=4)
    before = await rows_of(coach, 1)
    assert (await requests(ann, asked(Intent.SKIP, day=friday))).template == "requests/rest_instead"
    moved = await ann.says(said)
    assert moved.template == "requests/moved"
    assert moved.values["moving"] == {"day": friday, "days_off": 4}
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


async def test_a_red_flag_beside_a_correction_goes_first(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("girth L 37.2 R 37.5")
    before = await rows_of(coach, 1)
    assert (await ann.says("swap those, and I have crushing chest pain down my left arm")).template == "ask/safety"
    assert {key: row for key, row in (await rows_of(coach, 1)).items() if key[0] == "measurement"} == {
        key: row for key, row in before.items() if key[0] == "measurement"
    }


async def test_a_pain_is_corrected(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.PAIN, level=4))
    assert (await ann.says("sorry i meant 3")).shows("requests/pain", level=3)


@pytest.mark.parametrize("said", ["sorry, 7", "no, 7"])
async def test_an_effort_that_was_told_in_words_is_corrected_by_few(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("did today's already, felt like a 6")).shows("requests/done", effort=6)
    assert (await ann.says(said)).shows("requests/done", effort=7)


@pytest.mark.parametrize(
    "said", ["ah it was 40 minutes, not 50. read the watch upside down", "oh no, it took me 40 minutes rather than 50"]
)
async def test_a_figure_that_is_denied_is_corrected(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE, minutes=50, effort=6))
    assert (await ann.says(said)).shows("requests/done", minutes=40, effort=6)


@pytest.mark.parametrize("said", ["no leave it at three", "ok keep it at four then"])
async def test_what_is_left_where_it_stands_is_no_effort(coach: BotHarness, said: str) -> None:
    ann = await has_logged(coach)
    assert (await ann.says(said)).template in {"smalltalk/left", "smalltalk/life"}
    assert await efforts_of(coach) == [8]


@pytest.mark.parametrize(
    "said", ["no sorry friday, thursday I'm minding the kids", "no, friday. the pool is shut on thursday"]
)
async def test_another_day_may_come_before_its_reason(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    wednesday = coach.clock.now.date() + timedelta(days=2)
    await requests(ann, asked(Intent.MOVE, from_day=wednesday, to_day=wednesday + timedelta(days=1)))
    await ann.says(said)
    assert ann.sees.template in {"requests/moved", "requests/move_not"}


async def test_a_no_drops_what_is_only_asked_and_undoes_nothing(coach: BotHarness) -> None:
    ann = await has_logged(coach)
    await requests(ann, asked(Intent.DAYS, days=frozenset({2, 4, 7})))
    undo = Requests((asked(Intent.UNDO),))
    assert (await understood_as(ann, undo, "no wait. keep it how it is now")).template != "requests/undone"
    assert await efforts_of(coach) == [8]


@pytest.mark.parametrize(
    ("said", "effort"),
    [
        ("six? maybe seven. let's say six", 6),
        ("I'd say a five, no a six, hm, call it five", 5),
        ("7? 8? let's go with 8", 8),
        ("four. no, five", 5),
    ],
)
async def test_of_several_efforts_the_one_that_is_settled_on_counts(coach: BotHarness, said: str, effort: int) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    assert (await ann.says(said)).shows("requests/done", effort=effort)
    assert await efforts_of(coach) == [effort]


@pytest.mark.parametrize(
    "said",
    [
        "hmm but then thursday AND friday, two in a row, that's silly isn't it? put it back please",
        "actually no, that clashes with choir. move it back",
        "the plumber cancelled so please change it back",
    ],
)
async def test_a_move_is_put_back_behind_why(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, goals="calves", experience="experienced", days="mon wed fri")
    before = await rows_of(coach, 1)
    assert (await ann.says("move wednesday's session to thursday")).template == "requests/moved"
    assert (await ann.says(said)).template == "requests/undone"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("said", ["don't put it back", "can you put it back?"])
async def test_what_only_names_it_puts_nothing_back(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, goals="calves", experience="experienced", days="mon wed fri")
    await ann.says("move wednesday's session to thursday")
    moved = await rows_of(coach, 1)
    await understood_as(ann, NoAnswer(), said)
    assert await rows_of(coach, 1) == moved


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("No, that is a lie, one more day", "Wednesday, 4 March"),
        ("no wait, two more days", "Thursday, 5 March"),
        ("not yet, back to friday", "Friday, 6 March"),
    ],
)
async def test_the_end_of_a_pause_is_put_off(coach: BotHarness, said: str, until: str) -> None:
    ann = await set_up(coach)
    await ann.says("/pause until friday")
    coach.clock.forward(days=1)
    assert (await ann.says("I am well again already")).template == "pause/resumed"
    assert (await ann.says(said)).shows("pause/paused", until)


@pytest.mark.parametrize(("said", "until"), [("back to thursday then", "5 March"), ("another week please", "13 March")])
async def test_a_pause_is_made_shorter_or_longer(coach: BotHarness, said: str, until: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says("pause me until friday")).shows("pause/paused", "6 March")
    assert (await ann.says(said)).shows("pause/paused", until)
