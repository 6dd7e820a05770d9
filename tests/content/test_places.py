"""Places: what people type for a city finds its zone; what is no city finds nothing, and nothing breaks."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.reminders.local_time import zones_with_offset
from content.understanding.gazetteer import Place
from content.understanding.places import MAX_CHARACTERS, Places
from tests.support.derive_places import LISTED, derived
from tests.support.vocabularies import ENGLISH

WORDS = ENGLISH.places
NOVEMBER = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def places() -> Places:
    return Places()


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("berlin", "Europe/Berlin"),
        ("  BERLIN ", "Europe/Berlin"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("berlin germany", "Europe/Berlin"),
        ("I live in Berlin", "Europe/Berlin"),
        ("berln", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("muenchen", "Europe/Berlin"),
        ("Zurich", "Europe/Zurich"),
        ("sao paulo", "America/Sao_Paulo"),
        ("lodz", "Europe/Warsaw"),
        ("Москва", "Europe/Moscow"),
        ("東京", "Asia/Tokyo"),
        ("xi'an", "Asia/Shanghai"),
        ("St Louis", "America/Chicago"),
        ("new york", "America/New_York"),
        ("LA", "America/Los_Angeles"),
        ("Paris", "Europe/Paris"),
        ("Paris, Texas", "America/Chicago"),
        ("portland me", "America/New_York"),
        ("birmingham, alabama, usa", "America/Chicago"),
        ("London, Canada", "America/Toronto"),
        ("london, uk", "Europe/London"),
        ("Melborne", "Australia/Melbourne"),
        ("san fr", "America/Los_Angeles"),
        ("Portugal", "Europe/Lisbon"),
        ("texas", "America/Chicago"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_finds_the_zone_of_what_people_type(places: Places, text: str, zone: str) -> None:
    assert places.find(text, WORDS)[0].zone == zone


@pytest.mark.parametrize("text", ["", " ", "👍", "qqqqqq", "x", "72,5", "../etc/passwd", "\0", "<b></b>", "a" * 4096])
def test_finds_nothing_where_nothing_is_meant(places: Places, text: str) -> None:
    assert places.find(text, WORDS) == []


def test_names_the_place_so_that_two_can_be_told_apart(places: Places) -> None:
    assert places.find("portland", WORDS, limit=2) == [
        Place("Portland", "Oregon, United States", "America/Los_Angeles"),
        Place("Portland", "Maine, United States", "America/New_York"),
    ]


def test_takes_towns_of_one_name_in_one_zone_as_one(places: Places) -> None:
    found = places.find("Springfield", WORDS, limit=50)
    assert len(found) == len({place.zone for place in found}) >= 3


def test_a_country_gives_its_zones_by_their_biggest_cities(places: Places) -> None:
    assert [place.name for place in places.find("australia", WORDS, limit=3)] == ["Sydney", "Melbourne", "Brisbane"]


def test_gives_no_more_than_asked_for(places: Places) -> None:
    assert len(places.find("santa", WORDS, limit=3)) == 3


def test_the_likely_cities_of_an_offset_are_the_biggest_of_its_zones(places: Places) -> None:
    zones = zones_with_offset(timedelta(hours=1), NOVEMBER, places.zones())
    likely = places.biggest_in(zones, limit=4)
    assert len({place.zone for place in likely}) == 4
    assert {place.zone for place in likely} <= set(zones)
    assert "Berlin" in {place.name for place in likely}
    assert places.biggest_in(["Etc/UTC"]) == []


def test_the_date_line_has_both_its_sides(places: Places) -> None:
    zones = zones_with_offset(timedelta(hours=13), NOVEMBER, places.zones())
    assert {"Pacific/Auckland", "Pacific/Pago_Pago"} <= set(zones)
    assert places.biggest_in(zones)[0].name == "Auckland"


def test_every_zone_of_a_city_is_one_that_the_clock_knows(places: Places) -> None:
    assert set(places.zones()) <= available_timezones()


@settings(deadline=None)
@given(text=st.text(max_size=MAX_CHARACTERS + 2))
def test_no_text_breaks_it(places: Places, text: str) -> None:
    for place in places.find(text, WORDS):
        assert place.name
        assert place.zone in available_timezones()


def test_the_cities_are_those_that_the_package_has() -> None:
    assert LISTED.read_text("utf-8") == derived(), "python -m tests.support.derive_places"


def test_every_name_in_the_file_is_found_there(places: Places) -> None:
    """By bisection in its bytes; of so many names every twentieth, the first and the last."""
    known = places._gazetteer
    _, names, other_names, _, _ = LISTED.read_text("utf-8").split("\n\n")
    for table, lines in ((known.by_name, names), (known.by_other_name, other_names)):
        rows = [line.split("\t") for line in lines.split("\n")[1:]]
        assert rows == sorted(rows)
        assert all(
            table.cities(name) == [int(number) for number in numbers.split(",")]
            for name, numbers in [*rows[::20], rows[-1]]
        )
    assert list(known.by_name.beginning("portland ")) == []
    assert len(list(known.by_name.beginning("portland"))) == 1


def test_threads_share_one_gazetteer() -> None:
    fresh = Places()
    found: list[list[Place]] = []
    threads = [threading.Thread(target=lambda: found.append(fresh.find("oslo", WORDS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[Place("Oslo", "Norway", "Europe/Oslo")]] * 4
