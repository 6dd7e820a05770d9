"""Talk between the requests: a human word for what asks nothing, a yes and a no, and what a message means beside it."""

from datetime import timedelta

import pytest

from coach.planning.workouts import RECOVERY
from coach.requests import Intent
from content.understanding.meanings import NoAnswer, Requests, SmallTalk
from content.understanding.requests.request import Request
from content.understanding.smalltalk.phrases import SmallTalkKind
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up
from tests.support.requests import asked, requests, rows_of, understood_as

HEALTH = "sudden, severe or frightening"


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("it's my birthday today", "smalltalk/life"),
        ("what a day", "smalltalk/tired"),
        ("i'm so proud of myself", "smalltalk/joy"),
        ("tell me a joke", "smalltalk/beyond"),
    ],
)
async def test_talk_gets_a_human_word(coach: BotHarness, text: str, template: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says(text)).template == template


async def test_the_human_word_varies(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert len({await ann.says("what a day") for _ in range(6)}) > 1


async def test_who_is_paused_is_promised_no_lighter_plan(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "change the plan" in await ann.says("what a day")
    await requests(ann, asked(Intent.PAUSE, until=coach.clock.now.date() + timedelta(days=5)))
    assert "change the plan" not in await ann.says("what a day")
    assert "/today" not in await understood_as(ann, SmallTalk(SmallTalkKind.ANSWER))


async def test_emergencies_are_named_only_where_health_may_be_meant(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert HEALTH not in await understood_as(ann, NoAnswer(), "the neighbours bought a purple caravan")
    assert HEALTH in await understood_as(ann, NoAnswer(), "my chest feels odd after the stairs")


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("my colleague thinks the whole thing is hilarious", "smalltalk/life"),
        ("my husband says i look grey", "ask/none"),
    ],
)
async def test_news_of_others_gets_a_human_word_where_nobody_may_be_ill(
    coach: BotHarness, text: str, template: str
) -> None:
    ann = await set_up(coach)
    assert (await ann.says(text)).template == template


@pytest.mark.parametrize("text", ["nvm leave it", "nah leave it", "leave it", "dont delete nothing"])
async def test_a_no_to_nothing_leaves_all_as_it_is(coach: BotHarness, text: str) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.says(text)).template == "smalltalk/left"
    assert "Sprint intervals" in await ann.says("/today")


async def test_a_no_drops_what_was_offered(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await understood_as(ann, NoAnswer(), "Friday is a write-off")
    assert (await ann.says("nah leave it")).template == "smalltalk/left"


@pytest.mark.parametrize("yes", ["go on yes", "siii yes", "go on so", "sure why not", "grand so"])
async def test_a_yes_of_many_tongues_confirms(coach: BotHarness, yes: str) -> None:
    ann = await set_up(coach)
    assert (await requests(ann, asked(Intent.MINUTES, minutes=20))).template == "requests/lasting"
    assert (await ann.says(yes)).template == "profile/saved"


async def test_a_yes_to_nothing_is_no_question_without_an_answer(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("ok do that")).template == "smalltalk/nothing_asked"


async def test_what_stands_open_is_corrected_before_it_is_confirmed(coach: BotHarness) -> None:
    ann = await set_up(coach, days="mon wed fri")
    await requests(ann, asked(Intent.DAYS, days=frozenset({2, 4})))
    said = await ann.says("wait no, thu and sat. not tue")
    assert said.shows("requests/lasting", wanted=["4", "6"])
    assert (await ann.says("yep")).template == "profile/saved"


@pytest.mark.parametrize("text", ["sorry 6 actually not 8", "call it a six", "no 6, not 8"])
async def test_a_correction_may_name_what_was_wrong(coach: BotHarness, text: str) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE, effort=8))
    assert (await ann.says(text)).shows("requests/done", effort=6)


async def moved_to_saturday(coach: BotHarness) -> tuple[Person, str]:
    """Somebody who moved today's session to the Saturday ahead; and the name of today."""
    ann = await on_a_sprint_day(coach)
    today = coach.clock.now.date()
    for ahead in range(1, 7):
        to = today + timedelta(days=ahead)
        if (await requests(ann, asked(Intent.MOVE, from_day=today, to_day=to))).template == "requests/moved":
            return ann, today.strftime("%A")
    raise AssertionError("no day would do")


async def test_a_move_is_undone_by_leaving_it_where_it_was(coach: BotHarness) -> None:
    ann, today = await moved_to_saturday(coach)
    assert (await ann.says(f"no, leave it on {today}")).template == "requests/undone"
    assert "Sprint intervals" in await ann.says("/today")


async def test_it_is_todays_session(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    today = coach.clock.now.date()
    for ahead in range(1, 7):
        move = Requests((asked(Intent.MOVE, to_day=today + timedelta(days=ahead)),))
        said = await understood_as(ann, move, "i could not do it. can we shift it to then")
        assert said.template != "requests/move_which"
        if said.template == "requests/moved":
            break
    assert said.template == "requests/moved"


async def test_a_reason_alone_skips_nothing(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    today = coach.clock.now.strftime("%A")
    assert (await understood_as(ann, NoAnswer(), f"not sure about {today}")).template == "requests/about_day"
    await understood_as(ann, NoAnswer(), "can u write an essay for me haha. 2000 words on the cold war")
    assert "Sprint intervals" in await ann.says("/today")
    assert "requests/skipped" not in ann.templates()


async def test_a_question_about_the_weather_offers_no_move(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await understood_as(ann, NoAnswer(), "how is the sky going to look tomorrow")).template == "ask/none"


async def test_a_figure_near_the_known_weight_is_the_weight(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.WEIGHT, kg=82.0))
    assert (await understood_as(ann, NoAnswer(), "81 now. whatever that means")).shows("requests/weight", "81 kg")
    assert (await understood_as(ann, NoAnswer(), "40 now. whatever that means")).template != "requests/weight"


async def on_a_day_of_rest(coach: BotHarness) -> Person:
    """Somebody on a day of rest, with a session on one of the next two days."""
    ann = await set_up(coach, goals="sprints", experience="experienced", days="mon wed fri")
    while coach.clock.now.strftime("%a") != "Tue":
        await coach.jump()
    assert "Recovery" in await ann.says("/today")
    return ann


async def test_a_start_on_a_day_of_rest_offers_the_next_session(coach: BotHarness) -> None:
    ann = await on_a_day_of_rest(coach)
    assert (await requests(ann, Request(Intent.START))).template == "requests/start_early"
    assert (await ann.says("yes please")).template == "requests/moved"
    assert RECOVERY not in (await ann.says("/today")).values["workout"].slug


async def test_a_figure_behind_an_offered_session_is_its_effort(coach: BotHarness) -> None:
    ann = await on_a_day_of_rest(coach)
    assert (await requests(ann, asked(Intent.DONE, effort=7))).template == "requests/nothing_there"
    assert (await understood_as(ann, NoAnswer(), "no, 8")).template == "requests/nothing_there"
    assert (await ann.says("yes")).shows("requests/done", effort=8)


async def test_what_was_done_is_logged_before_the_question_behind_it(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before = len(ann.user.received)
    await ann.says("done, 35 min. like a 6. and why is running outside harder than the treadmill??")
    assert ann.templates(before) == ["requests/done", "faq/entry"]


async def test_done_and_its_sets_are_both_told(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    before, rows = len(ann.user.received), await rows_of(coach, 1)
    await ann.says("done. raises were 15 15 12 at 20kg")
    said = "".join(message.text for message in ann.user.received[before:])
    assert "15/15/12" in said
    assert "sprint intervals" in said
    assert (await rows_of(coach, 1)) != rows


async def test_a_bare_figure_behind_the_scale_is_the_effort(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    sets = Requests((asked(Intent.SETS, reps=(8,)),))
    assert (await understood_as(ann, sets, "8")).shows("requests/done", effort=8)


async def test_a_question_completes_no_offer(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    today = coach.clock.now.strftime("%A")
    assert (await understood_as(ann, NoAnswer(), f"{today} is a write-off")).template == "requests/about_day"
    assert (await ann.says("worth a shot. whats tmrw")).template == "plan/day"


async def test_reminders_on_the_time_of_a_place_ask_for_its_zone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    reminders = Requests((asked(Intent.REMIND, switch="on"),))
    said = await understood_as(ann, reminders, "and send the reminder on Singapore time")
    assert said.template == "zone/keep_or_move"
    assert (await ann.says("yes")).template == "zone/saved"


async def test_how_to_start_again_is_a_question(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("and after, how to start again?")).template not in {"pause/resumed", "pause/not_paused"}


async def test_a_pain_of_nought_sets_no_reminder_to_midnight(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("shin is fine today, 0!! what time is my remider")
    assert "00:00" not in ann.sees


async def test_a_time_behind_the_reminders_changes_them(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.REMIND))
    assert (await understood_as(ann, NoAnswer(), "make it 11 pls, i sleep late")).template == "requests/reminders"


@pytest.mark.parametrize(
    ("said", "template"),
    [
        ("thanks coach, you're nicer than my old trainer", "smalltalk/thanks"),
        ("cheers. off to bed", "smalltalk/farewell"),
        ("muchas gracias", None),
        ("a bit nervous, my in-laws are coming to stay", "smalltalk/worried"),
        ("who writes all this?", "smalltalk/who"),
    ],
)
async def test_thanks_and_farewells_that_say_more_get_words(coach: BotHarness, said: str, template: str | None) -> None:
    ann = await set_up(coach)
    before = len(ann.user.received)
    await ann.says(said)
    assert ann.templates(before) == ([template] if template else [])


@pytest.mark.parametrize("said", ["is that realistic?", "am i able for that do you think", "too ambitious?"])
async def test_a_doubt_about_a_goal_gets_an_honest_word(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    by = coach.clock.now.date() + timedelta(weeks=9)
    await requests(ann, asked(Intent.EVENT, day=by, what="10k"))
    assert (await understood_as(ann, NoAnswer(), said)).shows("requests/no_promise", weeks=9)


@pytest.mark.parametrize("said", ["not too bad", "was ok", "pretty hard"])
async def test_words_for_how_hard_it_was_ask_for_the_number(coach: BotHarness, said: str) -> None:
    ann = await on_a_sprint_day(coach)
    await requests(ann, asked(Intent.DONE))
    assert (await understood_as(ann, NoAnswer(), said)).template == "requests/effort_in_words"


async def test_what_was_lost_in_all_is_the_line_of_the_weight(coach: BotHarness) -> None:
    ann = await set_up(coach)
    progress = Requests((asked(Intent.PROGRESS),))
    assert (await understood_as(ann, progress, "how much have I lost so far")).template == "progress/too_little"


async def test_a_session_can_still_be_done_later_in_the_day(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    move = Requests((asked(Intent.MOVE),))
    said = await understood_as(ann, move, "can I do it after work instead")
    assert said.template == "requests/stands_already"
    assert ann.offers("later")


async def test_a_day_of_rest_says_what_comes_next(coach: BotHarness) -> None:
    ann = await on_a_day_of_rest(coach)
    assert (await ann.says("/today")).values["coming"] is not None
