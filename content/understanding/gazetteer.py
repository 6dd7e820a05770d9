"""The gazetteer: cities of 15,000 people and more of GeoNames (CC BY), as columns read from `places.txt`."""

import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from io import BytesIO
from typing import Final

from coach.parsing.normalise import fold
from coach.reminders.local_time import zone_names

MANY_PEOPLE: Final = 200_000
"""From this size on a city is also known by its other names, and found in spite of a typo."""

FILE: Final = "places.txt"
_LETTERS: Final = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"} | dict.fromkeys(
    "'’‘`´ʿʾ", ""
)
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_MARKS: Final = re.compile(r"[^\w\n]+|_+")
_ABOUT: Final = re.compile(rb"\A(?:#.*\n)+")
_AREAS: Final = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
"""Areas of IANA's names; others are old names of the same zones."""

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


class Gazetteer:
    """Columns of the index, read once. Cities are in the order of their size, and named by their place in it."""

    def __init__(self) -> None:
        source = files("content.understanding").joinpath(FILE)
        cities, names, other_names, countries, states = _tables(source.read_bytes())
        self._names = bytearray()  # one behind the other, which takes a sixth of a list of them
        self._begins = array("I", [0])
        self.where: list[tuple[str, str]] = []  # country, and the state of the United States
        self.people = array("i")
        self.zones: list[str] = []
        self.biggest: dict[str, int] = {}
        known: dict[tuple[str, str], tuple[str, str]] = {}
        for number, (name, country, state, people, zone) in enumerate(_rows(cities)):
            self._names += name.encode()
            self._begins.append(len(self._names))
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
            self.countries |= {name_key(name): code, iso3.casefold(): code}
        self.states: dict[str, str] = {}
        self.state_names: dict[str, str] = {}
        for code, name in _rows(states):
            self.state_names[code] = name
            self.states |= {name_key(name): code, code.casefold(): code}

    @cached_property
    def names_of_states(self) -> tuple[str, ...]:
        """Names that may follow a state: those of the United States, and its codes."""
        codes = [country for country, code in self.countries.items() if code == _STATES]
        return (*codes, _STATES.casefold())

    @cached_property
    def big_names(self) -> dict[int, list[str]]:
        """The names that a typo may have meant, by their length."""
        big = [self._name(number) for number, people in enumerate(self.people) if people >= MANY_PEOPLE]
        by_length: dict[int, list[str]] = {}
        for name in dict.fromkeys(name_keys(big)):
            by_length.setdefault(len(name), []).append(name)
        return by_length

    @cached_property
    def zone_names(self) -> dict[str, str]:
        return {zone.casefold(): zone for zone in zone_names()}

    @cached_property
    def zones_by_city(self) -> dict[str, str]:
        """The zones by the city or island that they are named after: Kiritimati has no town of its own here."""
        zones = (zone for zone in zone_names() if zone.partition("/")[0] in _AREAS)
        return {name_key(zone.rpartition("/")[2].replace("_", " ")): zone for zone in sorted(zones)}

    def _name(self, number: int) -> str:
        return self._names[self._begins[number] : self._begins[number + 1]].decode()

    def place(self, number: int) -> Place:
        code, state = self.where[number]
        country = self.country_names.get(code, code)
        region = f"{self.state_names[state]}, {country}" if state in self.state_names else country
        return Place(self._name(number), region, self.zones[number])


def _tables(content: bytes) -> list[bytes]:
    """Return the tables of the file; above each are lines that say what it is."""
    return [_ABOUT.sub(b"", part) + b"\n" for part in content.rstrip(b"\n").split(b"\n\n")]


def _rows(table: bytes) -> Iterator[list[str]]:
    for line in BytesIO(table):
        yield line.rstrip(b"\n").decode().split("\t")


def name_key(text: str) -> str:
    """Return a name as it is compared: no accents, no case, no marks."""
    return name_keys([" ".join(text.split())])[0]


def name_keys(names: Iterable[str]) -> list[str]:
    """Return the names as they are compared.

    Letters that are no letter with an accent are spelt out, for cities are; all is done in one string: a hundred
    thousand names one by one take seconds.
    """
    text = "\n".join(names).casefold()
    for letter, plain in _LETTERS.items():
        text = text.replace(letter, plain)
    text = _ACCENTS.sub("", fold(text, "NFKD"))
    return [name.strip() for name in _MARKS.sub(" ", text).split("\n")]
