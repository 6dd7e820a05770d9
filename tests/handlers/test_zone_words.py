"""Offsets, abbreviations and the names of zones: what is clear is found, what is not is offered, all is echoed."""

from datetime import timedelta

import pytest

from coach.parsing.utc_offset import parse_offset
from coach.reminders.local_time import city_of, to_local
from db.models import User
from tests.support.bot_harness import PLACES, BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.vocabularies import ENGLISH


async def at_the_zone(coach: BotHarness) -> Person:
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    while not ann.sees.shows("setup/zone"):
        await ann.presses("check_none" if ann.sees.shows("setup/check") else "skip_step")
    return ann


async def zone_of(coach: BotHarness) -> str | None:
    found = await coach.running.db.run(lambda session: session.get(User, 1))
    return found.zone if found else None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("UTC+2", 120), ("utc +2", 120), ("GMT+2", 120), ("+2", 120), ("UTC-3", -180), ("GMT -3", -180),
        ("UTC−3", -180), ("utc 2", 120),
        ("UTC+0", 0), ("+0", 0), ("+5:30", 330), ("UTC+05:45", 345), ("+0530", 330), ("-9:30", -570), ("UTC+14", 840),
        ("utc plus 2", 120), ("minus 3", -180), ("GMT+2 time", 120),
    ],
)  # fmt: skip
async def test_an_offset_offers_the_cities_that_have_it_now(coach: BotHarness, text: str, minutes: int) -> None:
    ann = await at_the_zone(coach)
    said = await ann.says(text)
    assert said.shows("setup/which_clock")
    assert await zone_of(coach) is None
    await ann.presses(ann.buttons[0])
    zone = await zone_of(coach)
    assert zone is not None
    assert to_local(coach.clock.now, zone).utcoffset() == timedelta(minutes=minutes)
    assert ann.sees.shows("setup/time", city_of(zone), f"{to_local(coach.clock.now, zone):%H:%M}")


@pytest.mark.parametrize("text", ["UTC+15", "-13", "UTC+7:17", "+99", "UTC+"])
async def test_an_offset_that_nobody_lives_by_saves_nothing(coach: BotHarness, text: str) -> None:
    ann = await at_the_zone(coach)
    await ann.says(text)
    assert await zone_of(coach) is None


@pytest.mark.parametrize(
    ("text", "city"),
    [("EST", "New York"), ("PST", "Los Angeles"), ("msk", "Moscow"), ("AEST", "Sydney"), ("ICT", "Bangkok"),
     ("CET", "Berlin"), ("JST", "Tokyo"), ("BST", "London"), ("IST", "Kolkata"), ("CST", "Chicago")],
)  # fmt: skip
async def test_an_abbreviation_is_offered_with_its_cities(coach: BotHarness, text: str, city: str) -> None:
    ann = await at_the_zone(coach)
    assert (await ann.says(text)).shows("setup/which_city")
    assert await zone_of(coach) is None
    assert any(label.startswith(city) for label in ann.buttons), ann.buttons


@pytest.mark.parametrize("text", ["IST", "CST", "BST", "AST", "PST", "MST"])
async def test_an_abbreviation_of_several_asks(coach: BotHarness, text: str) -> None:
    ann = await at_the_zone(coach)
    await ann.says(text)
    assert len(ann.buttons) > 2


@pytest.mark.parametrize(
    ("text", "zone"),
    [("Eastern time", "America/New_York"), ("eastern standard time", "America/New_York"),
     ("Pacific Time", "America/Los_Angeles"), ("Chatham Islands", "Pacific/Chatham"),
     ("Kiritimati", "Pacific/Kiritimati"), ("India", "Asia/Kolkata"), ("Indian time", "Asia/Kolkata"),
     ("London time", "Europe/London"), ("Berlin time zone", "Europe/Berlin"), ("Easter Island", "Pacific/Easter"),
     ("Lord Howe", "Australia/Lord_Howe"), ("Tasmania", "Australia/Hobart"), ("Azores", "Atlantic/Azores"),
     ("Tahiti", "Pacific/Tahiti"), ("Newfoundland", "America/St_Johns"), ("Bali", "Asia/Makassar"),
     ("Galápagos", "Pacific/Galapagos"), ("utc", "UTC"), ("Atlantic/Madeira", "Atlantic/Madeira")],
)  # fmt: skip
async def test_a_zone_is_found_as_people_name_it_and_echoed(coach: BotHarness, text: str, zone: str) -> None:
    ann = await at_the_zone(coach)
    said = await ann.says(text)
    if not said.shows("setup/time"):
        await ann.presses(ann.buttons[0])
        said = ann.sees
    assert await zone_of(coach) == zone
    assert said.shows("setup/time", city_of(zone), f"{to_local(coach.clock.now, zone):%H:%M}")


async def test_central_european_time_is_one_clock_of_several_cities(coach: BotHarness) -> None:
    ann = await at_the_zone(coach)
    assert (await ann.says("central european time")).shows("setup/which_city")
    assert any(label.startswith("Berlin") for label in ann.buttons)


async def test_at_sea_the_clock_is_named_by_its_real_offset(coach: BotHarness) -> None:
    ann = await at_the_zone(coach)
    await ann.user.location(30.0, -30.0)
    await coach.settle()
    assert await zone_of(coach) == "Etc/GMT+2"
    assert ann.sees.shows("setup/time", "UTC−2", "07:00")
    await ann.presses("at_time", time="07:00")
    await ann.says("/settings")
    assert "UTC−2" in ann.sees
    assert "Etc" not in ann.sees


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Etc/GMT-2", "UTC+2"), ("Etc/GMT+11", "UTC−11"), ("Etc/GMT", "GMT"), ("Etc/GMT0", "GMT0"), ("Etc/GMT+0", "UTC"),
     ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")],
)  # fmt: skip
def test_a_zone_is_called_by_its_city_or_its_offset(zone: str, shown: str) -> None:
    assert city_of(zone) == shown


def test_every_named_zone_shows_a_place() -> None:
    shown = [PLACES.of_zone(zone) for zones in ENGLISH.places.zones.values() for zone in zones]
    assert all(place.name and "_" not in place.name for place in shown)


@pytest.mark.parametrize("text", ["7", "7:30", "2", "19", "Berlin", "", "+", "utc"])
def test_what_is_no_offset_is_none(text: str) -> None:
    assert parse_offset(text, ENGLISH.places) is None


async def asked_which_vienna(coach: BotHarness) -> Person:
    ann = await set_up(coach)
    assert (await ann.says("switch me to Vienna time")).template == "setup/which_city"
    return ann


@pytest.mark.parametrize("text", ["the Austrian one", "Vienna, Austria", "first", "the first one please", "austria"])
async def test_a_place_that_was_offered_is_chosen_in_words(coach: BotHarness, text: str) -> None:
    ann = await asked_which_vienna(coach)
    assert (await ann.says(text)).shows("zone/keep_or_move", "Vienna")


async def test_a_country_within_a_country_chooses_too(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await ann.says("put my clock on Perth time")).template == "setup/which_city"
    assert (await ann.says("the one in Scotland")).shows("zone/keep_or_move", "London")


async def test_a_place_that_is_named_again_days_later_is_known(coach: BotHarness) -> None:
    ann = await asked_which_vienna(coach)
    coach.clock.forward(days=4)
    assert (await ann.says("landed. on vienna time now")).template == "zone/keep_or_move"
