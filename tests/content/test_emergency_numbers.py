"""Emergency numbers by time zone."""

from zoneinfo import available_timezones

import pytest

from content.rendering.emergency_numbers import _numbers, emergency_number


@pytest.mark.parametrize(
    ("zone", "number"),
    [
        ("Europe/Berlin", "112"),
        ("Europe/Warsaw", "112"),
        ("Europe/London", "999"),
        ("America/New_York", "911"),
        ("America/Indiana/Knox", "911"),
        ("America/Toronto", "911"),
        ("Australia/Perth", "000"),
        ("Pacific/Auckland", "111"),
        ("Asia/Kolkata", "112"),
        ("Asia/Tokyo", "119"),
        ("Asia/Pyongyang", None),
        ("Etc/GMT-2", None),
        (None, None),
    ],
)
def test_the_number_of_a_zone(zone: str | None, number: str | None) -> None:
    assert emergency_number(zone) == number


def test_every_zone_that_is_listed_exists() -> None:
    known = available_timezones()
    listed = _numbers()
    assert len(listed) > 100
    for place in listed:
        assert any(zone.startswith(place) for zone in known) if place.endswith("/") else place in known, place
