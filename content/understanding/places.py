"""Cities and their time zones, offline: the towns of 15,000 people and more of GeoNames (CC BY), from `places.txt`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from coach.parsing.vocabulary import PlaceWords, any_of
from coach.parsing.words import Words
from coach.reminders.local_time import zone_names
from content.understanding.gazetteer import MANY_PEOPLE, Gazetteer, Place, name_key

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

MAX_CHARACTERS: Final = 80
LEAST_PREFIX: Final = 3
LEAST_FUZZY: Final = 4
ALIKE: Final = 0.75
"""Least likeness of a misspelt name, by difflib's ratio; "Lisbona" and Lisbon have 0.92, "Berln" for Berlin 0.91."""

_OTHER_NAME_WEIGHT: Final = 0.3
"""A city that is called so by another name counts as this much smaller: Nice is Nice before it is anything else."""

_UNIVERSAL: Final = frozenset({"utc", "gmt"})


class Places:
    """Finds cities and their zones. Loads at the first look-up, in a tenth of a second; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: Gazetteer | None = None
        self._finder: TimezoneFinder | None = None

    def find(self, text: str, words: PlaceWords, limit: int = 5, *, mend: bool = True) -> list[Place]:
        """Return the places that `text` may mean, likeliest first; empty where there is none.

        "berlin", "Berlin, Germany", "portland oregon", "München", "berln", a country, or an IANA name like
        "Europe/Berlin". Accents and case do not matter. Towns of one name in one zone are one place. Without `mend`
        no misspelt name is looked for, which takes some ten milliseconds.
        """
        if len(text) > MAX_CHARACTERS:
            return []
        known = self._gazetteer
        plain = _trail(words.clock).sub("", _lead(words.living, words.near).sub("", text.strip()))
        name = name_key(plain)
        if zone := _zone_called(known, text, name):
            return [_zone_place(zone)]
        if not name:
            return []
        text = plain
        for numbers in _readings(known, words.countries, text, name, mend=mend):
            if numbers:
                return _distinct(known, numbers, limit)
        return []

    def in_words(self, text: str, words: PlaceWords) -> list[Place]:
        """Return the zones that a name or an abbreviation stands for, each by its biggest city; of places, none."""
        zones = words.zones.get(name_key(text), ()) if len(text) <= MAX_CHARACTERS else ()
        return [self.of_zone(zone) for zone in zones]

    def of_zone(self, zone: str) -> Place:
        """Return a zone by the city that it is named after, or else by its biggest."""
        known, place = self._gazetteer, _zone_place(zone)
        named = [number for number in _called(known, name_key(place.name)) if known.zones[number] == zone]
        number = named[0] if named else known.biggest.get(zone)
        return place if number is None else known.place(number)

    def biggest_in(self, zones: Iterable[str], limit: int = 6) -> list[Place]:
        """Return the biggest city of each of `zones` that has one, the biggest of all first."""
        known = self._gazetteer
        numbers = sorted({known.biggest[zone] for zone in zones if zone in known.biggest})
        return [known.place(number) for number in numbers[:limit]]

    def in_zones(self, zones: Iterable[str], limit: int = 6) -> list[Place]:
        """Return the biggest city of each of `zones`; where none has one, what they are named after: an island."""
        listed = list(zones)
        known = self._gazetteer
        alone = [_zone_place(zone) for zone in listed if known.zones_by_city.get(_city_key(zone)) == zone]
        return self.biggest_in(listed, limit) or alone[:limit]

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
        return zone if zone in zone_names() else None

    def zones(self) -> list[str]:
        """Return the zones that have a city, those with the biggest cities first."""
        return list(self._gazetteer.biggest)

    @property
    def _gazetteer(self) -> Gazetteer:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = Gazetteer()
        return self._loaded


@lru_cache
def _lead(living: Words, near: Words) -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of(living)} )?{any_of(near)} ", re.IGNORECASE)


@lru_cache
def _trail(clock: Words) -> re.Pattern[str]:
    return re.compile(rf"(?<=\w) {any_of(clock)}$", re.IGNORECASE)


def _readings(
    known: Gazetteer, countries: Mapping[str, str], text: str, name: str, *, mend: bool
) -> Iterator[list[int]]:
    """Yield the cities that each way to read the text gives, the surest way first."""
    named, *where = (name_key(part) for part in text.split(",", 1))
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
    if mend:
        yield _misspelt(known, named)
    if len(words) > 1:  # "London Ontario": a province is not known
        yield _called(known, " ".join(words[:-1]))


def _called(known: Gazetteer, name: str) -> list[int]:
    """Return the cities of exactly this name, the biggest first."""
    weights = {number: float(known.people[number]) for number in known.by_name.cities(name)}
    for other in known.by_other_name.cities(name):
        weights.setdefault(other, known.people[other] * _OTHER_NAME_WEIGHT)
    return sorted(weights, key=lambda number: -weights[number])


def _beginning(known: Gazetteer, prefix: str) -> list[int]:
    """Return the cities whose name begins so, the biggest first."""
    if len(prefix) < LEAST_PREFIX:
        return []
    return sorted(number for numbers in known.by_name.beginning(prefix) for number in numbers)


def _misspelt(known: Gazetteer, name: str) -> list[int]:
    """Return the big cities whose names are nearly this, the likest first."""
    if len(name) < LEAST_FUZZY:
        return []
    lengths = range(len(name) - 2, len(name) + 3)
    candidates = [candidate for length in lengths for candidate in known.big_names.get(length, ())]
    return [known.by_name.cities(match)[0] for match in get_close_matches(name, candidates, n=3, cutoff=ALIKE)]


def _within(known: Gazetteer, countries: Mapping[str, str], numbers: list[int], where: str) -> list[int]:
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


def _distinct(known: Gazetteer, numbers: list[int], limit: int) -> list[Place]:
    found: dict[tuple[str, str], Place] = {}
    for number in numbers:
        place = known.place(number)
        found.setdefault((name_key(place.name), place.zone), place)
        if len(found) == limit:
            break
    return list(found.values())


def _zone_called(known: Gazetteer, text: str, name: str) -> str | None:
    """Return the zone of this IANA name, or that is named after a place where no town is called so."""
    if "/" in text and (zone := known.zone_names.get("_".join(text.casefold().split()))):
        return zone
    if name in _UNIVERSAL:
        return known.zone_names[name]
    return None if _called(known, name) else known.zones_by_city.get(name)


def _city_key(zone: str) -> str:
    return name_key(zone.rpartition("/")[2].replace("_", " "))


def _zone_place(zone: str) -> Place:
    area, _, city = zone.rpartition("/")
    return Place(city.replace("_", " "), area.replace("_", " "), zone)
