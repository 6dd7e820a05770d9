"""Clock that reminders follow: a city, a clock, a location; and whether they move with the person."""

import pytest

from tests.support.bot_harness import BotHarness, Person, Said
from tests.support.onboarding import set_up

LISBON = (38.72, -9.14)


async def sends(coach: BotHarness, person: Person, place: tuple[float, float]) -> Said:
    await person.user.location(*place)
    await coach.settle()
    return person.sees


async def test_a_location_in_another_zone_asks_whether_to_move(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "You seem to be on Lisbon time: it's 09:00 there now" in await sends(coach, ann, LISBON)
    assert ann.buttons == ["Keep 07:00 in Berlin", "Move to 07:00 in Lisbon"]
    assert "Lisbon time" in await ann.presses("Move to 07:00 in Lisbon")
    assert (await coach.jump()).isoformat() == "2026-03-03T07:00:00+00:00"


async def test_reminders_may_stay_at_home(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await sends(coach, ann, LISBON)
    assert "Berlin time" in await ann.presses("Keep 07:00 in Berlin")
    assert (await coach.jump()).isoformat() == "2026-03-03T06:00:00+00:00"


async def test_a_city_or_a_clock_asks_the_same(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("/remind")
    await ann.presses("change_zone")
    assert "on Lisbon time" in await ann.says("Lisbon")
    await ann.says("/remind")
    await ann.presses("change_zone")
    assert "Berlin time" in await ann.says("Berlin")
    await ann.presses("reminders")
    await ann.presses("change_zone")
    await ann.says("19:00")  # ten hours ahead: the east of Australia
    await ann.presses(ann.buttons[0])
    assert "Keep 07:00 in Berlin" in ann.buttons


@pytest.mark.parametrize("shown", ["10 pm", "23:00", "9:20", "2:07", "21:45"])
async def test_any_clock_leads_to_a_place_or_says_so(coach: BotHarness, shown: str) -> None:
    ann = await set_up(coach)
    await ann.says("/remind")
    await ann.presses("change_zone")
    seen = await ann.says(shown)
    assert (seen.template == "setup/which_clock" and len(ann.buttons) > 0) or "I don't know that place" in seen


async def test_a_location_is_enough_where_no_zone_is_known(coach: BotHarness) -> None:
    ann = coach.person()
    assert "First, where are you?" in await ann.says("/remind")
    assert (await sends(coach, ann, LISBON)).shows("setup/time", part="question")
    assert "Next reminder: Tuesday at 06:30" in await ann.presses("06:30")


async def test_no_such_place_is_a_kind_mistake(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert "I don't know that place" in await sends(coach, ann, (95.0, 200.0))


async def test_a_place_is_not_kept(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await sends(coach, ann, LISBON)
    await ann.presses("Move to 07:00 in Lisbon")
    zone = coach.running.services.places.zone_at
    assert zone(*LISBON) == "Europe/Lisbon"
    assert zone(0.0, -140.0) == "Etc/GMT+9"


@pytest.mark.parametrize(("city", "due"), [("Honolulu", "2026-03-09T17:00:00"), ("Tokyo", "2026-03-08T22:00:00")])
async def test_a_pause_ends_on_its_date_on_the_new_clock(coach: BotHarness, city: str, due: str) -> None:
    ann = await set_up(coach)
    assert "Paused until Monday, 9 March" in await ann.says("/pause until 9 March")
    await ann.says("/remind")
    await ann.presses("change_zone")
    await ann.says(city)
    await ann.presses(f"Move to 07:00 in {city}")
    assert (await coach.jump()).isoformat() == f"{due}+00:00", "Monday at 7"
