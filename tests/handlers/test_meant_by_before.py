"""Messages that the turn before explains: corrections, guesses, what is wanted for a while, and one's own sessions."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from coach.profile import SessionStatus
from coach.requests import Intent
from content.understanding.meanings import Requests
from db.models import TrainingSession
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of, understood_as

DAY = timedelta(days=1)


async def sessions(coach: BotHarness) -> list[TrainingSession]:
    """The sessions of which something was said."""

    def read(session: Session) -> list[TrainingSession]:
        said = select(TrainingSession).where(TrainingSession.status != SessionStatus.PLANNED)
        return list(session.exec(said))

    return await coach.running.db.run(read)


async def days_of(coach: BotHarness) -> list[object]:
    """The rows of the person's sessions."""
    return [row for (table, _), row in (await rows_of(coach, 1)).items() if table == "training_session"]


async def is_asked_how_hard(coach: BotHarness) -> Person:
    """A person who has just said that today's session is done, and is asked how hard it was."""
    ann = await on_a_sprint_day(coach)
    assert (await requests(ann, asked(Intent.DONE))).template == "requests/done"
    return ann


@pytest.mark.parametrize(
    ("said", "effort"),
    [
        ("5?", 5),
        ("dunno, like a 7? legs are gone", 7),
        ("four. no, five", 5),
        ("6. no wait 7, I did the stairs and WOW", 7),
        ("4 maybe 5", 5),
        ("7 or 8", 8),
        ("hmm 6 or so. the dog came along", 6),
    ],
)
async def test_a_guess_answers_how_hard_it_was(coach: BotHarness, said: str, effort: int) -> None:
    ann = await is_asked_how_hard(coach)
    assert (await ann.says(said)).shows("requests/done", effort=effort)
    assert [row.effort for row in await sessions(coach)] == [effort]


@pytest.mark.parametrize("said", ["no idea really", "skip the rating", "hard to say, it was ok"])
async def test_a_session_stays_without_a_number(coach: BotHarness, said: str) -> None:
    ann = await is_asked_how_hard(coach)
    assert (await ann.says(said)).template == "requests/unrated"
    assert [(row.status, row.effort) for row in await sessions(coach)] == [(SessionStatus.DONE, None)]


async def test_an_effort_is_corrected_with_a_remark_behind(coach: BotHarness) -> None:
    ann = await is_asked_how_hard(coach)
    await ann.says("5")
    assert (await ann.says("ah sorry no, 6. my wife is laughing at me")).shows("requests/done", effort=6)


async def test_minutes_are_corrected_by_a_bare_figure(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE, minutes=51, effort=5))
    assert (await ann.says("correction, 54")).shows("requests/done", minutes=54, effort=5)


async def test_minutes_that_are_asked_about_are_corrected_before_a_yes(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.MINUTES, minutes=20))
    assert (await ann.says("hmm no wait 25")).shows("requests/lasting", wanted=25)


async def test_a_time_alone_corrects_the_reminder(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.REMIND, at=(coach.clock.now + timedelta(hours=1)).time().replace(second=0)))
    assert (await ann.says("9 at night")).shows("requests/reminders", at="21:00")


@pytest.mark.parametrize("said", ["dont ping me at 8, make it 9", "can you remind me at 9 instead"])
async def test_a_bare_hour_stays_in_the_half_of_the_day_of_the_reminder(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    await ann.says("remind me at 20:00")
    assert (await ann.says(said)).shows("requests/reminders", at="21:00")


async def test_a_bare_hour_in_place_of_a_written_time(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("remind me at 9 instead of 5:45 please")).shows("requests/reminders", at="09:00")


async def test_an_hour_of_the_day_is_no_length(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("remind me this afternoon, 16h")).shows("requests/reminders", at="16:00")


@pytest.mark.parametrize(
    "said", ["no leave it, I can handle that", "ok leave the days how they are", "keep everything as it is please"]
)
async def test_words_that_leave_all_as_it_is_change_nothing(coach: BotHarness, said: str) -> None:
    ann = await is_asked_how_hard(coach)
    await ann.says("7")
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "smalltalk/left"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("said", ["just for this week", "only for the trip, don't delete my step", "not always"])
async def test_what_is_lasting_is_left_where_it_is_wanted_for_a_while(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, equipment=("step",))
    await requests(ann, asked(Intent.EQUIPMENT, remove=frozenset({"step"})))
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "requests/only_lasting"
    assert await rows_of(coach, 1) == before
    assert (await ann.says("yes")).template != "profile/saved"


async def test_what_was_changed_for_good_is_said_to_stay(coach: BotHarness) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    await ann.says("remind me at 16:00")
    assert (await ann.says("only this week though. next week I'm back on days")).template == "requests/stays_so"
    await ann.presses("undo")
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("said", ["i didn't do today's yet, is it too late", "is there still time for it?"])
async def test_whether_it_is_too_late_shows_the_session(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).template in {"today/session", "today/bars"}
    assert await sessions(coach) == []


@pytest.mark.parametrize("said", ["how many minutes", "ok and how long will it take", "how many rounds?"])
async def test_the_length_of_the_session_shown_is_told(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(said)).template in {"facts/minutes", "facts/parts"}


async def test_figures_behind_a_session_are_no_question_about_it(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says("3 maybe 4")).template != "faq/entry"


async def test_nothing_done_on_a_past_day_is_a_skip(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    day = coach.clock.now.date()
    await coach.jump()
    await ann.says(f"did nothing on {day:%A}, was stuck in traffic for 5 hours")
    assert [(row.day, row.status) for row in await sessions(coach)] == [(day, SessionStatus.SKIPPED)]


async def test_a_question_about_a_day_skips_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    said = await ann.says("it's 38 degrees here, how do I survive Friday's run")
    assert said.template == "faq/entry"
    assert await sessions(coach) == []


async def test_the_next_run_is_no_day_of_strength(coach: BotHarness) -> None:
    ann = await set_up(coach, goals="calves sprints", experience="experienced", days="mon wed fri")
    said = await ann.says("when do I run next?")
    coming = said.values.get("sessions") or [{"workout": said.values["workout"]}]
    assert {each["workout"].slug for each in coming}.isdisjoint({"calf-strength-a", "calf-strength-b"})


async def test_the_streak_is_told_on_the_page_of_progress(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("do i lose my streak now or what")).template == "progress/weeks"


async def test_a_change_of_yesterday_is_taken_back_by_words_once_that_is_confirmed(coach: BotHarness) -> None:
    ann = await is_asked_how_hard(coach)
    coach.clock.forward(days=1)
    before = await sessions(coach)
    assert (await requests(ann, asked(Intent.UNDO))).template == "requests/undo_older"
    assert [row.status for row in await sessions(coach)] == [row.status for row in before]
    assert (await ann.says("yes")).template == "requests/undone"
    assert await sessions(coach) == []


async def test_a_change_before_an_answer_is_taken_back_once_that_is_confirmed(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    await ann.says("I'm doing a 10k on 19 april")
    assert (await ann.says("what do i do about a side stitch?")).template == "faq/entry"
    await ann.says("That is not what I meant, I mean when it is already there, in the middle of the run")
    assert (await coach.stored()).event_day == date(2026, 4, 19)


async def test_an_answer_is_what_does_not_fit_where_nothing_can_be_undone(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    assert (await ann.says("what do i do about a side stitch?")).template == "faq/entry"
    coach.clock.forward(days=2)
    assert (await ann.says("that's not what I meant")).template != "requests/feedback"  # too long ago
    assert (await ann.says("what do i do about a side stitch?")).template == "faq/entry"
    assert (await ann.says("that's not what I meant")).template == "requests/feedback"


async def test_a_day_of_the_month_that_is_corrected_stays_in_its_month(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    await ann.says("I'm doing a half marathon on 12 april")
    await ann.says("sorry the 19th")
    assert (await coach.stored()).event_day == date(2026, 4, 19)


async def test_a_day_behind_another_that_was_shown_moves_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    await ann.says("what's on friday?")
    before = await rows_of(coach, 1)
    assert (await ann.says("ok, saturday")).template != "requests/moved"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("said", ["cheers pal, see ya tomorrow", "lovely bye now, talk soon", "thanks, see you friday"])
async def test_a_goodbye_changes_nothing(coach: BotHarness, said: str) -> None:
    ann = await is_asked_how_hard(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "smalltalk/farewell"
    assert await rows_of(coach, 1) == before


async def test_a_day_without_exercise_is_no_question(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    friday = coach.clock.now.date() + 4 * DAY
    said = await ann.says("it's my nephew's wedding on Friday so no exercise for me that day")
    assert said.template in {"requests/about_day", "requests/rest_instead"}
    moved = await ann.says("Saturday then")
    assert (moved.template, moved.values["to"]["day"]) == ("requests/moved", friday + DAY)


@pytest.mark.parametrize(
    "said", ["feeling a bit lonely today", "so bored", "I'm so proud of myself", "had such a rough day"]
)
async def test_a_feeling_gets_a_kind_word(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says(said)).template in {
        "smalltalk/tired",
        "smalltalk/worried",
        "smalltalk/joy",
        "smalltalk/life",
    }


@pytest.mark.parametrize(
    "said",
    [
        "Ok. And tomorrow, how long will it take?",
        "wait that's sunday and monday back to back. is that bad",
        "match on sunday. should i do saturday's one?",
        "nah forget it keep tuesday",
    ],
)
async def test_a_day_that_is_asked_about_or_kept_changes_nothing(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    before = await days_of(coach)
    await ann.says(said)
    assert await days_of(coach) == before


@pytest.mark.parametrize("said", ["I mean what's my workout today", "today I mean, what is it"])
async def test_a_day_that_was_offered_is_not_skipped_by_its_name(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    offered = (await ann.says("coach how far. wetin dey for today")).template
    assert offered in {"requests/about_day", "requests/between"}
    await ann.says(said)
    assert await sessions(coach) == []


@pytest.mark.parametrize("said", ["can it be saturday from now on", "put wednesday to saturday then, for always"])
async def test_a_day_that_moves_for_good_is_asked_as_a_day_for_training(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    today = coach.clock.now.date()
    move = asked(Intent.MOVE, from_day=today, to_day=today + 3 * DAY)
    assert (await understood_as(ann, Requests((move,)), said)).template == "requests/lasting"


@pytest.mark.parametrize(
    ("said", "level"),
    [("like 3 outa 10 when i walk", 3), ("3, maybe 4 at a push", 4), ("maybe 4", 4), ("3/10 on the stairs", 3)],
)
async def test_a_figure_behind_an_answer_about_aches_is_a_pain(coach: BotHarness, said: str, level: int) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("/start faq-sore-calves")
    assert (await ann.says(said)).shows("requests/pain", level=level)
    assert "Undo" in ann.buttons


@pytest.mark.parametrize("said", ["what about two", "does it hurt 3 days", "and 4 km?"])
async def test_a_question_behind_an_answer_about_aches_is_no_pain(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await ann.says("/start faq-sore-calves")
    assert (await ann.says(said)).template not in {"requests/pain", "requests/lone_figure"}


@pytest.mark.parametrize("said", ["Put down 20", "20 min", "write 20 there"])
async def test_a_long_figure_behind_a_run_that_is_done_is_its_minutes(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE, effort=4))
    assert (await ann.says(said)).shows("requests/done", "20 min", "effort 4")


async def test_an_effort_is_corrected_while_it_is_asked_of_which_session_it_is(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    while "I rested" not in ann.buttons:
        coach.clock.forward(days=1)
        await ann.says("/today")
    assert (await requests(ann, asked(Intent.DONE, effort=7))).template == "requests/nothing_there"
    said = await ann.says("actually make that an 8, the last few were brutal")
    assert said.shows("requests/nothing_there", "effort of 8")
