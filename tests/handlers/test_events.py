"""A date to train for, as somebody tells it: kept, drawn, the week before eased, moved and let go."""

from datetime import date

import pytest
from sqlmodel import Session, select

from coach.planning.week import Why
from coach.requests import Intent
from db.models import TrainingSession, User
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of

SUNDAY = date(2026, 5, 3)


async def dated(coach: BotHarness) -> tuple[date | None, str | None]:
    def read(session: Session) -> tuple[date | None, str | None]:
        user = session.get_one(User, 1)
        return user.event_day, user.event_what

    return await coach.running.db.run(read)


async def weeks(coach: BotHarness) -> dict[date, tuple[object, ...]]:
    """The stored sessions, but for when they were planned."""

    def read(session: Session) -> dict[date, tuple[object, ...]]:
        rows = session.exec(select(TrainingSession))
        return {row.day: (row.workout, row.minutes, row.rounds, row.calf_sets, row.step, row.why) for row in rows}

    return await coach.running.db.run(read)


def said_before(coach: BotHarness, ann: Person) -> str:
    """The message before the newest."""
    return coach.rendered.said(ann.user.received[-2].text)


async def test_a_date_in_words_is_kept_drawn_and_undone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    said = await ann.says("I have a 10k on the 3rd of may")
    assert said.shows("plan/blocks", "10k: 8 weeks to go", "week of 27 April is easier")
    assert "10k: Sunday, 3 May." in said_before(coach, ann)
    photo = ann.user.last["photo"][-1]
    assert (photo["width"], photo["height"]) == (1080, 200 + 2 * 196 + 110)
    assert await dated(coach) == (SUNDAY, "10k")
    await ann.presses("undo")
    assert "Undone: the event." in said_before(coach, ann)
    assert await rows_of(coach, 1) == before


async def test_the_week_before_is_easier_and_the_day_and_its_eve_are_free(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="experienced")
    await requests(ann, asked(Intent.EVENT, day=date(2026, 3, 8), what="10k"))
    page = await ann.says("/plan")
    assert page.shows("plan/week", "Sun  Recovery · 10k 🏁", "Your event is close")
    found = await weeks(coach)
    assert [found[date(2026, 3, day)][-1] for day in (7, 8)] == [Why.EVENT_EVE, Why.EVENT]
    assert "leg-strength" not in {workout for workout, *_ in found.values()}


async def test_without_a_date_everything_is_as_it_was(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="experienced")
    await ann.says("/plan")
    before, page = await weeks(coach), ann.sees
    await requests(ann, asked(Intent.EVENT, day=date(2026, 3, 7), what="10k"))
    assert await weeks(coach) != before
    await requests(ann, asked(Intent.EVENT, switch="off"))
    assert (await ann.presses("yes_drop_event")).shows("requests/event_dropped", "Removed: 10k")
    assert await weeks(coach) == before
    assert await ann.says("/plan") == page
    assert await dated(coach) == (None, None)


async def test_a_date_far_away_changes_nothing_yet(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/plan")
    before = await weeks(coach)
    await requests(ann, asked(Intent.EVENT, day=SUNDAY, what="10k"))
    await ann.says("/plan")
    assert await weeks(coach) == before


async def test_a_day_that_is_not_said_is_asked_for(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("half marathon in june")).shows("requests/event_when", "Half marathon: when is it?")
    assert (await ann.says("purple")).template == "mistakes/event_not_understood"
    await ann.says("14 june")
    assert await dated(coach) == (date(2026, 6, 14), "half marathon")
    await ann.presses("change_event")
    await ann.presses("5 Apr")
    assert await dated(coach) == (date(2026, 4, 5), "half marathon"), "the same thing on another day"
    assert "I've moved it." in said_before(coach, ann)


async def test_by_buttons_alone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/plan")
    assert (await ann.presses("set_event")).shows("requests/event_when", "What are you training for")
    await ann.presses("event_summer")
    await ann.presses("1 Jun")
    assert await dated(coach) == (date(2026, 6, 1), "Summer")
    await ann.says("/plan")
    assert (await ann.presses("show_blocks")).shows("plan/blocks", "Summer: 13 weeks to go", "week of 25 May")


@pytest.mark.parametrize(
    ("typed", "day", "what"),
    [
        ("10 km on 3 May", SUNDAY, "10 km"),
        ("ski trip, 20 march", date(2026, 3, 20), "ski trip"),
        ("my sister's wedding on the 20th", date(2026, 3, 20), "my sister's wedding"),
        ("3 May", SUNDAY, None),
        ("maybe 3 May", SUNDAY, None),
        ("3 may please", SUNDAY, None),
        ("I think it's on 3 May, thanks", SUNDAY, None),
        ("probably the 3rd of may", SUNDAY, None),
        ("sports day, 3 May", SUNDAY, "sports day"),
        ("let's say this weekend", date(2026, 3, 7), None),
    ],
)
async def test_typed_behind_the_button(coach: BotHarness, typed: str, day: date, what: str | None) -> None:
    ann = await set_up(coach)
    await ann.says("/plan")
    await ann.presses("set_event")
    await ann.says(typed)
    assert await dated(coach) == (day, what)


async def test_what_it_is_stays_as_it_was_named_unless_it_changes(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("half marathon in june")
    await ann.says("hopefully in berlin, 14 june")
    assert await dated(coach) == (date(2026, 6, 14), "half marathon")
    assert (await ann.presses("change_event")).shows("requests/event_when", "Half marathon: what's the new date?")
    await ann.says("maybe 21 june")
    assert await dated(coach) == (date(2026, 6, 21), "half marathon")
    await ann.presses("change_event")
    await ann.says("ski trip, 21 june")
    assert await dated(coach) == (date(2026, 6, 21), "ski trip")
    assert "replaces" not in said_before(coach, ann), "the same day by another name"
    await ann.presses("change_event")
    await ann.says("10 km on 3 May")
    assert "It replaces the event you had." in said_before(coach, ann)


@pytest.mark.parametrize("typed", [True, False])
async def test_summer_can_be_chosen_where_a_date_is_ahead(coach: BotHarness, typed: bool) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.EVENT, day=SUNDAY, what="10k"))
    await ann.presses("change_event")
    said = await (ann.says("summer") if typed else ann.presses("event_summer"))
    assert said.template == "requests/event_when"
    await ann.presses("1 Jun")
    day, what = await dated(coach)
    assert (day, (what or "").lower()) == (date(2026, 6, 1), "summer")


async def test_an_event_before_the_plan_begins_is_told_in_words(coach: BotHarness) -> None:
    ann = await set_up(coach)

    def later(session: Session) -> None:
        session.get_one(User, 1).plan_start = date(2026, 3, 16)

    await coach.running.db.run(later)
    said = await requests(ann, asked(Intent.EVENT, day=date(2026, 3, 8), what="10k"))
    assert said.shows("requests/event_set", "10k: Sunday, 8 March")
    said = await ann.says("when is my race")
    assert said.shows("plan/event_before_plan", "10k: 6 days to go", "on 16 March")


@pytest.mark.parametrize("typed", ["can't run on friday", "move friday to saturday", "what's on friday?"])
async def test_what_is_no_answer_keeps_no_date(coach: BotHarness, typed: str) -> None:
    ann = await set_up(coach)
    await ann.says("/plan")
    await ann.presses("set_event")
    await ann.says(typed)
    assert await dated(coach) == (None, None)


@pytest.mark.parametrize(("day", "words"), [(date(2026, 3, 1), "has passed"), (date(2028, 1, 1), "over a year")])
async def test_a_day_that_cannot_be_is_asked_again(coach: BotHarness, day: date, words: str) -> None:
    ann = await set_up(coach)
    assert (await requests(ann, asked(Intent.EVENT, day=day, what="10k"))).shows("requests/event_when", words)
    assert await dated(coach) == (None, None)


async def test_a_name_is_escaped_and_short(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.EVENT, day=SUNDAY, what="<b>run</b> & " + "x" * 90))
    assert len((await dated(coach))[1] or "") == 40
    assert "<b>run</b> & xxx" in ann.sees
    await ann.says("/plan")


async def test_when_it_is_is_answered_with_the_picture_until_it_is_over(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.EVENT, day=date(2026, 3, 8), what="10k"))
    assert (await ann.says("when is my race")).shows("plan/blocks", "10k: 6 days to go")
    coach.clock.forward(days=7)
    assert (await ann.says("/plan")).template == "plan/week"
    assert ann.offers("set_event")
    assert (await requests(ann, asked(Intent.EVENT, switch="off"))).template == "requests/event_none"


async def test_the_reminders_speak_of_the_day_and_its_eve(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.EVENT, day=date(2026, 3, 8), what="10k"))
    heard = []
    for _ in range(12):
        if (await coach.jump()).date() > date(2026, 3, 8):
            break
        heard.append(str(ann.sees))
    assert any("fresh tomorrow" in each for each in heard)
    assert any("Today is the day." in each for each in heard)
