"""Requests that the coach offered or left open, completed in words; days and figures of which no more is understood."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from coach.profile import SessionStatus
from coach.requests import Intent
from content.understanding.meanings import Between, NoAnswer, Requests
from content.understanding.requests.request import Request
from db.models import TrainingSession
from tests.support.bot_harness import BotHarness, Person, Said
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, understood_as

DAY = timedelta(days=1)


async def offered(person: Person, *between: Request) -> Said:
    """Let the person write a message that may be any of these requests."""
    return await understood_as(person, Between(between))


async def pains_of(coach: BotHarness) -> list[int]:
    """Each pain that was noted."""

    def read(session: Session) -> list[int]:
        return [row.pain for row in session.exec(select(TrainingSession)) if row.pain is not None]

    return await coach.running.db.run(read)


async def regular(coach: BotHarness) -> Person:
    """A person who trains on Monday, Wednesday and Friday, on a Monday."""
    return await set_up(coach, experience="regular", days="mon wed fri")


@pytest.mark.parametrize("said", ["Saturday morning would actually be fine, his dad's home", "sat", "saturday then"])
async def test_a_day_answers_whether_to_move_or_to_skip(coach: BotHarness, said: str) -> None:
    ann = await regular(coach)
    friday = coach.clock.now.date() + 4 * DAY
    both = asked(Intent.MOVE, from_day=friday), asked(Intent.SKIP, day=friday)
    assert (await offered(ann, *both)).template == "requests/between"
    moved = await ann.says(said)
    assert moved.template == "requests/moved"
    assert (moved.values["moving"], moved.values["to"]) == (
        {"day": friday, "days_off": 4},
        {"day": friday + DAY, "days_off": 5},
    )


async def test_the_name_of_one_of_them_is_enough(coach: BotHarness) -> None:
    ann = await regular(coach)
    friday = coach.clock.now.date() + 4 * DAY
    await offered(ann, asked(Intent.MOVE, from_day=friday), asked(Intent.SKIP, day=friday))
    skipped = await requests(ann, asked(Intent.SKIP))
    assert skipped.shows("requests/rest_instead", day=friday)


async def test_which_session_moves_there_is_said_by_its_day(coach: BotHarness) -> None:
    ann = await regular(coach)
    saturday = coach.clock.now.date() + 5 * DAY
    assert (await requests(ann, asked(Intent.MOVE, to_day=saturday))).template == "requests/move_which"
    moved = await ann.says("friday's")
    assert moved.template == "requests/moved"
    assert moved.values["moving"] == {"day": saturday - DAY, "days_off": 4}


async def test_where_it_moves_is_said_instead_of_pressed(coach: BotHarness) -> None:
    ann = await regular(coach)
    friday = coach.clock.now.date() + 4 * DAY
    assert (await requests(ann, asked(Intent.MOVE, from_day=friday))).template == "plan/move"
    assert (await ann.says("saturday")).template == "requests/moved"


async def test_what_was_offered_long_ago_is_forgotten(coach: BotHarness) -> None:
    ann = await regular(coach)
    friday = coach.clock.now.date() + 4 * DAY
    await offered(ann, asked(Intent.MOVE, from_day=friday), asked(Intent.SKIP, day=friday))
    coach.clock.forward(minutes=31)
    said = await understood_as(ann, NoAnswer(), "saturday")
    assert said.shows("requests/about_day", days_off=5, rest=True)


async def test_a_day_that_does_not_suit_is_offered_to_move_or_skip(coach: BotHarness) -> None:
    ann = await regular(coach)
    said = await understood_as(ann, NoAnswer(), "friday is not what it used to be")
    assert said.shows("requests/about_day", days_off=4, rest=False)
    assert ann.offers("request_move")
    assert ann.offers("request_skip")
    assert (await ann.says("sat")).template == "requests/moved"


async def test_a_day_of_rest_is_said_to_be_one(coach: BotHarness) -> None:
    ann = await regular(coach)
    said = await understood_as(ann, NoAnswer(), "thursday is not what it used to be")
    assert said.shows("requests/about_day", days_off=3, rest=True)
    assert not ann.offers("request_move")


@pytest.mark.parametrize(("said", "effort"), [("6", 6), ("9 oot ae 10", 9), ("maybe a 7", 7)])
async def test_a_figure_behind_done_is_the_effort_that_was_asked_for(coach: BotHarness, said: str, effort: int) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    assert (await ann.says(said)).shows("requests/done", effort=effort)


async def test_what_names_no_body_is_the_effort_that_was_asked_for(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    pain = Requests((asked(Intent.PAIN, level=4),))
    assert (await understood_as(ann, pain, "about a four")).shows("requests/done", effort=4)
    assert await pains_of(coach) == []


async def test_what_names_it_is_a_pain_all_the_same(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    await understood_as(ann, Requests((asked(Intent.PAIN, level=4),)), "my calf is about a four")
    assert await pains_of(coach) == [4]


async def test_a_figure_that_names_no_body_is_asked_about_and_is_no_pain(coach: BotHarness) -> None:
    ann = await regular(coach)
    pain = Requests((asked(Intent.PAIN, level=6),))
    assert (await understood_as(ann, pain, "about a six i reckon")).template == "requests/lone_figure"
    assert await pains_of(coach) == []


async def test_a_figure_alone_is_asked_about(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("6")).shows("requests/lone_figure", number=6, session=True)
    await ann.presses("effort_of", number=6)

    def read(session: Session) -> list[int | None]:
        done = select(TrainingSession).where(TrainingSession.status == SessionStatus.DONE)
        return [row.effort for row in session.exec(done)]

    assert await coach.running.db.run(read) == [6]


async def test_a_nought_alone_is_not_asked_about(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("0")).template != "requests/lone_figure"


async def test_a_figure_answers_how_much_hurts_before_the_start(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.presses("start")
    assert (await ann.says("0")).shows("requests/pain", level=0)
    assert await pains_of(coach) == [0]


async def test_a_yes_to_a_move_that_is_made_moves_nothing_more(coach: BotHarness) -> None:
    ann = await regular(coach)
    today = coach.clock.now.date()
    await requests(ann, asked(Intent.MOVE, from_day=today + 4 * DAY, to_day=today + 5 * DAY))
    said = await requests(ann, asked(Intent.MOVE, to_day=today + 5 * DAY))
    assert said.shows("requests/moved_already", days_off=5)


async def test_a_pause_that_begins_later_does_not_begin_now(coach: BotHarness) -> None:
    ann = await regular(coach)
    until = coach.clock.now.date() + 19 * DAY
    away = Requests((asked(Intent.PAUSE, until=until),))
    said = await understood_as(ann, away, "off to tenerife from the 14th for a week")
    assert said.shows("requests/pause_later", begins={"day": until - 7 * DAY, "days_off": 12})
    assert (await ann.says("/today")).template != "today/paused"
    await ann.says("/plan")
    await understood_as(ann, away, "off to tenerife from the 14th for a week")
    assert (await ann.presses("pause_now")).template == "pause/paused"


@pytest.mark.parametrize("said", ["the second one", "show me the second one please"])
async def test_a_session_of_the_week_is_named_by_its_place(coach: BotHarness, said: str) -> None:
    ann = await regular(coach)
    while coach.clock.now.strftime("%a") != "Tue":
        await coach.jump()
    await requests(ann, asked(Intent.SHOW_WEEK, week="next"))
    assert (await ann.says(said)).shows("plan/day")
    assert ann.sees.values["day"].strftime("%a") == "Wed"


async def test_an_effort_does_not_choose_between_sessions(coach: BotHarness) -> None:
    ann = await regular(coach)
    while coach.clock.now.strftime("%a") != "Thu":
        await coach.jump()
    await requests(ann, asked(Intent.DONE, minutes=20))
    assert (await understood_as(ann, NoAnswer(), "6, maybe 7")).shows("requests/nothing_there", effort=7)


async def test_a_no_to_an_offer_takes_no_older_change_back(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE, effort=6))
    coach.clock.forward(minutes=20)
    await requests(ann, asked(Intent.HARDER))
    undo = Requests((asked(Intent.UNDO),))
    assert (await understood_as(ann, undo, "nah put it back, match tonight")).template == "smalltalk/left"


async def test_a_day_of_rest_is_offered_for_the_session_that_was_shown(coach: BotHarness) -> None:
    ann = await regular(coach)
    while coach.clock.now.strftime("%a") != "Wed":
        await coach.jump()
    await ann.says("/today")
    tomorrow = coach.clock.now.date() + DAY
    skip = Requests((asked(Intent.SKIP, day=tomorrow),))
    assert (await understood_as(ann, skip, "no way. bed. tomorrow")).template == "requests/rest_already"
    assert (await ann.says("yes")).template == "requests/moved"


async def test_a_yes_behind_another_question_asks_the_lasting_change_again(coach: BotHarness) -> None:
    ann = await regular(coach)
    await requests(ann, asked(Intent.DAYS, days=frozenset({2, 4, 7})))
    await understood_as(ann, NoAnswer(), "will my old notes be gone then")
    assert (await ann.says("ok then, yes do it")).template == "requests/lasting"
    assert (await ann.says("yes")).template == "profile/saved"


@pytest.mark.parametrize("text", ["one leg or two better", "is two better than one", "two legs or one at a time"])
async def test_a_numeral_in_a_comparison_is_no_figure_to_ten(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    await ann.says("/today")
    assert (await understood_as(ann, NoAnswer(), text)).template != "requests/lone_figure"
