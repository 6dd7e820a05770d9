"""Statements of people about themselves: shown, confirmed where it is lasting, stored with Undo where it is small."""

from datetime import date, time, timedelta

import pytest

from coach.requests import Intent
from db.queries import users
from tests.support.bot_harness import BotHarness
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of

SMALL = [
    (asked("units", units="lb"), "requests/units"),
    (asked("weight", kg=73.0), "requests/weight"),
    (asked("remind", at=time(6, 45)), "requests/reminders"),
    (asked("remind", switch="off"), "requests/reminders"),
    (asked("pause", until=date(2026, 3, 9), reason="holiday"), "pause/paused"),
    (asked("girth", left_cm=37.5, right_cm=38.0), "measure/logged"),
]
LASTING = [
    (asked("goals", add=frozenset({"sprints"})), "goals/saved"),
    (asked("days", days=frozenset({1, 3, 5})), "profile/saved"),
    (asked("minutes", minutes=20), "profile/saved"),
    (asked("equipment", add=frozenset({"dumbbells"})), "profile/saved"),
]


@pytest.mark.parametrize(("request_", "template"), SMALL)
async def test_what_is_small_is_done_at_once_and_undone(coach: BotHarness, request_, template: str) -> None:  # type: ignore[no-untyped-def]
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    assert (await requests(ann, request_)).template == template
    assert await rows_of(coach, 1) != before
    assert {"Undo", "Change"} <= set(ann.buttons)
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(("request_", "template"), LASTING)
async def test_what_is_lasting_asks_first_with_one_button(coach: BotHarness, request_, template: str) -> None:  # type: ignore[no-untyped-def]
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    assert (await requests(ann, request_)).shows("requests/lasting", same=False)
    assert await rows_of(coach, 1) == before
    assert ann.buttons == [coach.labels["yes_change"], coach.labels["keep_it_so"]]
    assert (await ann.presses("yes_change")).template == template
    assert (await ann.presses("undo")).template == "requests/undone"
    assert await rows_of(coach, 1) == before
    assert (await requests(ann, request_)).template == "requests/lasting"
    await ann.presses("yes_change")
    assert (await requests(ann, request_)).shows("requests/lasting", "already how it is", same=True)


@pytest.mark.parametrize(
    ("intent", "template"),
    [
        ("goals", "setup/goals"),
        ("days", "setup/days"),
        ("minutes", "setup/minutes"),
        ("equipment", "setup/equipment"),
        ("units", "setup/units"),
        ("weight", "setup/units"),
        ("zone", "setup/zone"),
        ("girth", "measure/girth"),
        ("raises", "measure/raises"),
        ("pause", "requests/pause_open"),
        ("remind", "remind/shown"),
    ],
)
async def test_what_was_not_said_is_asked_for(coach: BotHarness, intent: str, template: str) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    assert (await requests(ann, asked(intent))).template == template
    assert await rows_of(coach, 1) == before


async def test_a_pause_without_an_end_asks_first(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await requests(ann, asked("pause", reason="sick"))).shows("requests/pause_open", "well")
    assert (await ann.presses("pause_open")).shows("pause/paused", reason="sick", until=False)
    assert (await requests(ann, asked("resume"))).shows("pause/resumed", was_sick=True)
    assert (await requests(ann, asked("resume"))).template == "requests/not_paused"


async def test_reminders_that_came_meanwhile_do_not_come_again_after_undo(coach: BotHarness) -> None:
    ann = await set_up(coach, time="07:00")
    await requests(ann, asked("remind", at=time(18, 0)))
    coach.clock.forward(hours=21)  # past the next 07:00, which would have come without the change
    assert (await ann.presses("undo")).template == "requests/undone"
    received = len(ann.user.received)
    await coach.tick()
    assert len(ann.user.received) == received


@pytest.mark.parametrize("kg", [12.0, 900.0])
async def test_a_weight_that_is_none_changes_nothing(coach: BotHarness, kg: float) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    assert (await requests(ann, asked("weight", kg=kg))).template == "mistakes/weight_out_of_range"
    assert await rows_of(coach, 1) == before


async def test_an_erased_weight_is_not_kept_for_undo(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked("weight", kg=73.0))
    await requests(ann, asked("weight", kg=74.0))
    await ann.says("/weight")
    await ann.presses("forget_weight")
    assert (await requests(ann, asked("undo"))).template == "requests/nothing_to_undo"


async def test_a_city_is_asked_about_before_reminders_move(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await requests(ann, asked("zone", place="Tokyo"))).template == "zone/keep_or_move"
    assert (await requests(ann, asked("zone", place="Berlin"))).shows("requests/zone", "already", same=True)
    assert (await requests(ann, asked("zone", place="Nowhereville"))).template == "mistakes/city_not_found"


@pytest.mark.parametrize(
    ("request_", "template"),
    [
        (asked("show_day"), "today/session"),
        (asked("show_day", day=date(2026, 3, 6)), "plan/day"),
        (asked("show_day", day=date(2026, 5, 6)), "requests/too_far"),
        (asked("show_week"), "plan/week"),
        (asked("show_week", week="next"), "plan/week"),
        (asked("show_why"), "requests/why"),
        (asked("start"), "guide/caption"),
        (asked("protein"), "protein/without_weight"),
        (asked("progress"), "progress/weeks"),
        (asked("progress", what="calves"), "progress/too_little"),
        (asked("exercise", exercise="bent-knee-calf-raise"), "exercises/page"),
        (asked("exercise"), "exercises/list"),
        (asked("my_data"), "requests/my_data"),
        (asked("my_data", what="delete"), "privacy/delete"),
        (asked("settings"), "settings/shown"),
        (asked("help"), "help/commands"),
        (asked("subjects"), "faq/categories"),
        (asked("swap"), "requests/swap_which"),
        (asked("target"), "requests/target_which"),
        (asked("event"), "requests/event_when"),
        (asked("timer"), "guide/own"),
        (asked("easier"), "requests/dial"),
        (asked("harder"), "requests/dial"),
    ],
)
async def test_what_only_shows_shows(coach: BotHarness, request_, template: str) -> None:  # type: ignore[no-untyped-def]
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    await ann.says("/today")
    before = await rows_of(coach, 1)
    assert (await requests(ann, request_)).template == template
    assert await rows_of(coach, 1) == before


async def test_the_next_session_is_no_rest(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    said = await requests(ann, asked("show_next"))
    assert said.template in {"today/session", "plan/day"}
    assert "Recover" not in said.partition("\n")[0]


async def test_what_was_shown_is_kept_for_half_an_hour(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/start faq-protein-amount")
    assert (await requests(ann, asked("sources"))).shows("requests/sources", "protein")
    assert (await requests(ann, asked("more"))).shows("requests/more", "protein")
    assert (await requests(ann, asked("feedback"))).shows("requests/feedback", entry=True)
    coach.clock.forward(minutes=31)
    assert (await requests(ann, asked("sources"))).template == "faq/categories"


async def test_something_new_takes_the_place_of_what_was_shown(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/start faq-protein-amount")
    await requests(ann, asked("show_day", day=coach.clock.now.date() + timedelta(days=2)))
    assert (await requests(ann, asked("sources"))).template == "requests/sources_of_session"
    await requests(ann, asked("settings"))
    assert (await requests(ann, asked("sources"))).template == "faq/categories"

    shown = await coach.running.db.run(lambda session: users.find(session, 1))
    assert shown is not None
    assert shown.shown_kind is None


async def test_words_for_people_are_passed_on_once_typed_for_them(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked("feedback"))
    assert (await ann.presses("tell_human")).template == "requests/human"
    assert (await ann.says("the answer on cramps was odd")).template == "ask/passed_on"
    boss = coach.person(99, "Boss")
    assert "odd" not in await boss.says("/unanswered"), "curators alone"


@pytest.mark.parametrize("intent", [intent for intent in Intent if intent is not Intent.UNDO])
async def test_a_newcomer_gets_an_answer_to_everything(coach: BotHarness, intent: Intent) -> None:
    ann = coach.person()
    said = await requests(ann, asked(intent))
    assert said.template
