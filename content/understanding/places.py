"""Cities and their time zones, offline: the towns of 15,000 people and more of GeoNames (CC BY), from `places.txt`."""

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from coach.parsing.normalise import fold
from coach.parsing.vocabulary import PlaceWords, Words, any_of

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

MANY_PEOPLE: Final = 200_000
"""From this size on a city is also known by its other names, and found in spite of a typo."""

FILE: Final = "places.txt"
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
_ABOUT: Final = re.compile(rb"\A(?:#.*\n)+")
_UNIVERSAL: Final = frozenset({"utc", "gmt"})
_STATES: Final = "US"


@dataclass(frozen=True, slots=True)
class Place:
    """A town as a person would name it ("Portland"), where that is ("Oregon, United States"), and its IANA zone."""

    name: str
    region: str
    zone: str


class _Names:
    """Names in order, each with the numbers of its cities; looked up in the bytes of the file, which take least."""

    def __init__(self, lines: bytes) -> None:
        """`lines`: a name, a tab and numbers with commas, each line closed; sorted."""
        self._lines = lines

    def cities(self, name: str) -> list[int]:
        """Return the cities of exactly this name, the biggest first."""
        return next(self._from(f"{name}\t".encode()), [])

    def beginning(self, prefix: str) -> Iterator[list[int]]:
        """Yield the cities of each name that begins so."""
        return self._from(prefix.encode())

    def _from(self, prefix: bytes) -> Iterator[list[int]]:
        start = self._first(prefix)
        while self._lines.startswith(prefix, start):
            end = self._lines.index(b"\n", start)
            _, numbers = self._lines[start:end].split(b"\t")
            yield [int(number) for number in numbers.split(b",")]
            start = end + 1

    def _first(self, wanted: bytes) -> int:
        """Return where the first line stands that is not before `wanted`."""
        low, high = 0, len(self._lines)
        while low < high:
            start = max(low, self._lines.rfind(b"\n", low, (low + high) // 2) + 1)
            end = self._lines.index(b"\n", start)
            low, high = (end + 1, high) if self._lines[start:end] < wanted else (low, start)
        return low


class _Gazetteer:
    """Columns of the index, read once. Cities are in the order of their size, and named by their place in it."""

    def __init__(self) -> None:
        source = files("content.understanding").joinpath(FILE)
        cities, names, other_names, countries, states = _tables(source.read_bytes())
        self.names: list[str] = []
        self.where: list[tuple[str, str]] = []  # country, and the state of the United States
        self.people = array("i")
        self.zones: list[str] = []
        self.biggest: dict[str, int] = {}
        known: dict[tuple[str, str], tuple[str, str]] = {}
        for number, (name, country, state, people, zone) in enumerate(_rows(cities)):
            self.names.append(name)
            self.where.append(known.setdefault((country, state), (country, state)))
            self.people.append(int(people))
            self.zones.append(sys.intern(zone))
            self.biggest.setdefault(self.zones[number], number)
        self.by_name = _Names(names)
        self.by_other_name = _Names(other_names)
        self.countries: dict[str, str] = {}
        self.country_names: dict[str, str] = {}
        for code, iso3, name in _rows(countries):
            self.country_names[code] = name
            self.countries |= {_key(name): code, iso3.casefold(): code}
        self.states: dict[str, str] = {}
        self.state_names: dict[str, str] = {}
        for code, name in _rows(states):
            self.state_names[code] = name
            self.states |= {_key(name): code, code.casefold(): code}

    @cached_property
    def names_of_states(self) -> tuple[str, ...]:
        """Names that may follow a state: those of the United States, and its codes."""
        codes = [country for country, code in self.countries.items() if code == _STATES]
        return (*codes, _STATES.casefold())

    @cached_property
    def big_names(self) -> dict[int, list[str]]:
        """The names that a typo may have meant, by their length."""
        big = [name for name, people in zip(self.names, self.people, strict=True) if people >= MANY_PEOPLE]
        by_length: dict[int, list[str]] = {}
        for name in dict.fromkeys(keys(big)):
            by_length.setdefault(len(name), []).append(name)
        return by_length

    @cached_property
    def zone_names(self) -> dict[str, str]:
        return {zone.casefold(): zone for zone in available_timezones()}

    def place(self, number: int) -> Place:
        code, state = self.where[number]
        country = self.country_names.get(code, code)
        region = f"{self.state_names[state]}, {country}" if state in self.state_names else country
        return Place(self.names[number], region, self.zones[number])


def _tables(content: bytes) -> list[bytes]:
    """Return the tables of the file; above each are lines that say what it is."""
    return [_ABOUT.sub(b"", part) + b"\n" for part in content.rstrip(b"\n").split(b"\n\n")]


def _rows(table: bytes) -> Iterator[list[str]]:
    for line in table.splitlines():  # at bytes' own ends of lines alone
        yield line.decode().split("\t")


class Places:
    """Finds cities and their zones. Loads at the first look-up, in a tenth of a second; threads may share it."""

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


def _readings(known: _Gazetteer, countries: Mapping[str, str], text: str, name: str) -> Iterator[list[int]]:
    """Yield the cities that each way to read the text gives, the surest way first."""
    named, *where = (_key(part) for part in text.split(",", 1))
    if where and where[0]:
        yield _within(known, countries, _called(known, named), where[0])
        yield _within(known, countries, _beginning(known, named), where[0])
        yield _called(known, named)
    exactly = _called(known, name)
    if exactly and known.people[exactly[0]] >= MANY_PEOPLE:
        yield exactly
    yield _within(known, countries, list(known.biggest.values()), name)
    if state := known.states.get(name):
        yield [number for number, where in enumerate(known.where) if where == ("US", state)]
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
    weights = {number: float(known.people[number]) for number in known.by_name.cities(name)}
    for other in known.by_other_name.cities(name):
        weights.setdefault(other, known.people[other] * _OTHER_NAME_WEIGHT)
    return sorted(weights, key=lambda number: -weights[number])


def _beginning(known: _Gazetteer, prefix: str) -> list[int]:
    """Return the cities whose name begins so, the biggest first."""
    if len(prefix) < LEAST_PREFIX:
        return []
    return sorted(number for numbers in known.by_name.beginning(prefix) for number in numbers)


def _misspelt(known: _Gazetteer, name: str) -> list[int]:
    """Return the big cities whose names are nearly this, the likest first."""
    if len(name) < LEAST_FUZZY:
        return []
    lengths = range(len(name) - 2, len(name) + 3)
    candidates = [candidate for length in lengths for candidate in known.big_names.get(length, ())]
    return [known.by_name.cities(match)[0] for match in get_close_matches(name, candidates, n=3, cutoff=ALIKE)]


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
        if known.where[number][0] == code or (state is not None and known.where[number] == ("US", state))
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
    return keys([" ".join(text.split())])[0]


def keys(names: Iterable[str]) -> list[str]:
    """Return the names as they are compared.

    Letters that are no letter with an accent are spelt out, for cities are; all is done in one string: a hundred
    thousand names one by one take seconds.
    """
    text = "\n".join(names).casefold()
    for letter, plain in _LETTERS.items():
        text = text.replace(letter, plain)
    text = _ACCENTS.sub("", fold(text, "NFKD"))
    return [name.strip() for name in _MARKS.sub(" ", text).split("\n")]
